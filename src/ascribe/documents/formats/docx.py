"""Word documents: paragraphs and tables in order, with the document's own properties."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ascribe.documents.canonical import Draft, document, visible
from ascribe.documents.headings import heading_of
from ascribe.documents.published import date_in_text, day_value
from ascribe.documents.source import Limits, LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Publication, Skipped

logger = logging.getLogger(__name__)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MOST_PARTS = 10_000
# Deleted words, words moved away, instructions of fields, and the second copy of a text box.
_NOT_SHOWN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", _FALLBACK))
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_TEMPLATE_TITLES = ("word document", "document", "untitled", "microsoft word")
# python-docx leaves the date of its own template in the files that it makes; it says nothing of the text.
_TEMPLATE_CREATED = datetime(2013, 12, 23, 23, 15)
_DAMAGED = "a damaged Word document: open it in a word processor and save it anew"
_CREATED = "published: only the day on which the file was created is known, which may be another; give --published"


class Docx:
    """Word documents (.docx). Canonical text is one paragraph a line group, parted by empty lines; rows with bars."""

    name = "docx"
    suffixes = (".docx",)

    def sniff(self, data: bytes) -> bool:
        """Whether it is a zip that holds a Word document."""
        return data.startswith(b"PK\x03\x04") and (b"word/" in data[:65536] or b"word/document" in data[-65536:])

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The one document of a file; its parts' sizes are looked at before anything is unfolded."""
        notes = _checked(source, options.limits)
        opened = _opened(source)
        text = "\n\n".join(visible(p) for p in _paragraphs(opened.element.body))
        properties = opened.core_properties
        publication = date_in_text(text)
        if publication is None and (created := _created(properties)):
            publication = created
            notes = (*notes, _CREATED)
        title = (properties.title or "").strip()
        yield document(
            Draft(
                name=source.name,
                data=source.data,
                text=text,
                format="docx",
                title=heading_of(text) if not title or title.lower().startswith(_TEMPLATE_TITLES) else title,
                author=properties.author if properties.author not in ("", "python-docx") else None,
                publication=publication,
                notes=notes,
            ),
            options,
        )


def _checked(source: Source, limits: Limits) -> tuple[str, ...]:
    """Notes on parts that are not read. Raises DocumentError for a file that would unfold beyond the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError):
        raise DocumentError(source.name, _DAMAGED) from None
    if any(p.flag_bits & 1 for p in parts):
        raise DocumentError(source.name, "the Word document is encrypted: save it without a password")
    # zipfile stops reading a part at the size stated here, so a lie about it cannot unfold more
    total = sum(p.file_size for p in parts)
    markup = max((p.file_size for p in parts if p.filename.endswith((".xml", ".rels"))), default=0)
    if len(parts) > _MOST_PARTS or total > limits.max_expansion or markup > limits.max_markup:
        largest = max(total, markup)
        raise DocumentError(source.name, f"unfolds to {largest / 2**20:,.0f} MiB: a zip bomb, or too large to be read")
    if any(p.filename == "word/footnotes.xml" and p.file_size > 4_000 for p in parts):
        return ("footnotes are not read",)
    return ()


def _opened(source: Source) -> Any:
    import docx  # noqa: PLC0415

    try:
        opened = docx.Document(io.BytesIO(source.data))
        if opened.element.body is None:
            raise ValueError("no body")
    except MemoryError:
        raise
    except Exception as error:  # python-docx lets through whatever its zip, XML and part classes raise
        logger.debug("%s: %r", source.name, error)
        raise DocumentError(source.name, _DAMAGED) from None
    return opened


def _created(properties: Any) -> Publication | None:
    try:
        created = properties.created
    except (ValueError, TypeError):
        return None
    if not isinstance(created, datetime) or not 1990 <= created.year <= 2100:
        return None
    if created.replace(tzinfo=None) == _TEMPLATE_CREATED:
        return None
    return Publication(day_value(created.date()), "docx:created")


def _paragraphs(parent: Any) -> Iterator[str]:
    """The paragraphs below an element in order; each row of a table is one, its cells between bars."""
    for child in parent:
        if child.tag == f"{_W}p":
            if text := _text(child).strip():
                yield text
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                cells = [" ".join(_paragraphs(cell)) for cell in row.iterchildren(f"{_W}tc")]
                if text := " | ".join(c for c in cells if c):
                    yield text
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _paragraphs(child)


def _text(element: Any) -> str:
    """The words of a paragraph as shown: insertions that are not yet accepted in, deletions out."""
    pieces: list[str] = []
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag not in _NOT_SHOWN:
            stack.append(iter(child))
    return "".join(pieces)
