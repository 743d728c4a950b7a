"""Which format a source is, and its documents: content decides first, the suffix second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import cast

from ascribe.documents.canonical import EMPTY, skipped
from ascribe.documents.encodings import BINARY, beginning, looks_binary
from ascribe.documents.source import Format, LoadOptions, Source
from ascribe.errors import AscribeError, DocumentError
from ascribe.model import Document, Skipped

# In the order in which they are asked whether the content is theirs.
FORMATS = {
    "pdf": "ascribe.documents.formats.pdf:Pdf",
    "docx": "ascribe.documents.formats.docx:Docx",
    "warc": "ascribe.documents.formats.warc:Warc",
    "feed": "ascribe.documents.formats.feed:Feed",
    "html": "ascribe.documents.formats.html:Html",
    "jsonl": "ascribe.documents.formats.jsonl:JsonLines",
    "markdown": "ascribe.documents.formats.markdown:Markdown",
    "text": "ascribe.documents.formats.text:Text",
}

# Which files a walk through a folder takes; a test holds it equal to what the formats themselves say.
_SUFFIXES = ".pdf .docx .warc .warc.gz .rss .atom .xml .html .htm .xhtml .jsonl .ndjson .md .markdown .txt .text"
SUFFIXES = frozenset(_SUFFIXES.split())

_NEVER_TEXT = frozenset({"pdf", "docx", "warc"})
# Starts of files that are no documents, with what to do about them.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls): save it as .docx"),
    (b"{\\rtf", "a rich text file (.rtf): save it as .docx or .txt"),
    (b"\x89PNG", "a PNG image: needs text recognition (OCR) first"),
    (b"\xff\xd8\xff", "a JPEG image: needs text recognition (OCR) first"),
    (b"GIF8", "a GIF image: needs text recognition (OCR) first"),
    (b"II*\x00", "a TIFF image: needs text recognition (OCR) first"),
    (b"MM\x00*", "a TIFF image: needs text recognition (OCR) first"),
    (b"PK\x03\x04", "a zip archive that is no Word document: unpack it and add the files in it"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip file that is no WARC: unpack it and add the file in it"),
    (b"BZh", "a bzip2 file: unpack it and add the file in it"),
    (b"\xfd7zXZ", "an xz file: unpack it and add the file in it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it and add the files in it"),
    (b"SQLite format 3", "an SQLite database: not a document"),
    (b"\x7fELF", "a program: not a document"),
)


@lru_cache(maxsize=1)
def formats() -> tuple[Format, ...]:
    """Every format, built in or from the entry-point group `ascribe.formats`, in the order in which they are asked.

    Outside formats are asked before the built-in text formats, which would take any text.
    """
    outside = {e.name: e.value for e in entry_points(group="ascribe.formats") if e.name not in FORMATS}
    names = [n for n in FORMATS if n not in ("markdown", "text")] + sorted(outside) + ["markdown", "text"]
    return tuple(_loaded({**outside, **FORMATS}[name]) for name in names)


def _loaded(target: str) -> Format:
    module, _, cls = target.partition(":")
    return cast(Format, getattr(import_module(module), cls)())


def is_readable(name: str) -> bool:
    """Whether a file of this name is taken by a walk through a folder; hidden files never are."""
    path = PurePath(name)
    return not path.name.startswith(".") and _by_suffix(name) is not None


def _by_suffix(name: str) -> Format | None:
    lower = name.lower()
    return next((f for f in formats() if lower.endswith(f.suffixes)), None)


def load(source: Source, options: LoadOptions | None = None) -> Iterator[Document | Skipped]:
    """The documents of a source. Bad content is never raised: it is a Skipped with one line that says what to do.

    Raises AscribeError only if `options.format` names no format.
    """
    options = options or LoadOptions()
    chosen = _named(options.format) if options.format else None
    if problem := _refused(source, options):
        yield skipped(source.name, problem)
        return
    notes: tuple[str, ...] = ()
    if chosen is None:
        try:
            chosen, notes = _chosen(source)
        except DocumentError as error:
            yield skipped(source.name, error.reason)
            return
    yield from _guarded(chosen, source, options, notes)


def _guarded(
    chosen: Format, source: Source, options: LoadOptions, notes: tuple[str, ...]
) -> Iterator[Document | Skipped]:
    try:
        for item in chosen.documents(source, options):
            yield replace(item, notes=(*item.notes, *notes)) if notes and isinstance(item, Document) else item
    except DocumentError as error:
        yield skipped(error.name, error.reason)
    except RecursionError:
        yield skipped(source.name, f"nested too deeply to be read as {chosen.name}")
    except MemoryError:
        yield skipped(source.name, f"needs more memory than there is to be read as {chosen.name}; split it")
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a parser's own fault must not end a batch; a panic in Rust is no Exception
        yield skipped(source.name, f"damaged, or no {chosen.name} ({type(error).__name__}): open and save it anew")


def _named(name: str) -> Format:
    for known in formats():
        if known.name == name:
            return known
    raise AscribeError(f"no format {name!r}; known are {', '.join(f.name for f in formats())}")


def _refused(source: Source, options: LoadOptions) -> str | None:
    size, limit = len(source.data), options.limits.max_bytes
    if not size:
        return EMPTY
    if size > limit:
        return f"too large: {size / 2**20:,.0f} MiB, the limit is {limit / 2**20:,.0f} MiB; split it"
    return None


def _chosen(source: Source) -> tuple[Format, tuple[str, ...]]:
    """The format of a source, with a note where its name says something else. DocumentError says why there is none."""
    named = _by_suffix(source.name)
    suffix = _suffix(source.name)
    for known in formats():
        if known.sniff(source.data):
            mislabelled = named is not None and named.name != known.name and known.name not in ("text", "markdown")
            return known, (f"named {suffix}, but is {known.name}",) if mislabelled else ()
    for start, what in _FOREIGN:
        if source.data.startswith(start):
            raise DocumentError(source.name, what)
    if looks_binary(source.data[:65536]) and not _is_wide(source.data):
        raise DocumentError(source.name, BINARY)
    if named is None or named.name == "text":
        return _named("text"), ()
    if named.name in _NEVER_TEXT:
        return _named("text"), (f"named {suffix}, but holds plain text: read as that",)
    if named.name == "feed" and not beginning(source.data).startswith("<"):
        return _named("text"), (f"named {suffix}, but holds plain text: read as that",)
    return named, ()


def _is_wide(data: bytes) -> bool:
    """Whether the bytes may be UTF-16 or UTF-32, whose every other byte is a NUL."""
    return not looks_binary(beginning(data).encode("utf-8"))


def _suffix(name: str) -> str:
    return PurePath(name).suffix[:20] or "without suffix"
