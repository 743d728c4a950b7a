"""The last step of every format: a Document with its ids, language, date and notes, or the reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ascribe.documents.language import language_of
from ascribe.documents.source import LoadOptions
from ascribe.model import Document, PageMark, Publication, Skipped, sha256

_SURROGATES = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f]")
_LONGEST_FIELD = 500
_LONGEST_REASON = 300

EMPTY = "empty: there is no text in it"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format has found out about one document; `data` are the bytes that it was made from."""

    name: str
    data: bytes
    text: str
    format: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    publication: Publication | None = None
    encoding: str | None = None
    pages: tuple[PageMark, ...] = ()
    notes: tuple[str, ...] = field(default=())


def document(draft: Draft, options: LoadOptions) -> Document | Skipped:
    """The Document of a draft; Skipped where its text is empty or beyond the limit.

    The text is taken as it is, but a lone surrogate, which no encoding can hold, becomes U+FFFD (one for one, so
    that offsets stay).
    """
    if not any(not c.isspace() and c != "\x00" for c in draft.text):
        return skipped(draft.name, EMPTY)
    if len(draft.text) > options.limits.max_text:
        return skipped(
            draft.name,
            f"too long: {len(draft.text):,} characters, the limit is {options.limits.max_text:,}; split it",
        )
    text, replaced = _SURROGATES.subn("\ufffd", draft.text)
    language = language_of(text)
    notes = [*draft.notes]
    if replaced:
        notes.append(f"{replaced} half character{'s' if replaced > 1 else ''} (lone surrogates) replaced by \ufffd")
    if language not in (None, "en"):
        notes.append(f"written in language {language!r}: the rule reader reads English only")
    publication = Publication(options.published, "given") if options.published else draft.publication
    return Document(
        id=sha256(text),
        bytes_id=sha256(draft.data),
        name=clean(draft.name) or "(no name)",
        text=text,
        format=draft.format,
        title=clean(draft.title),
        author=clean(draft.author),
        publisher=clean(draft.publisher),
        url=clean(draft.url),
        language=language,
        publication=publication,
        encoding=draft.encoding,
        pages=draft.pages,
        notes=tuple(dict.fromkeys(one_line(n) for n in notes)),
        restricted=options.restricted,
    )


def skipped(name: str, reason: str) -> Skipped:
    """A Skipped whose name and reason are one line each, however hostile what they quote is."""
    return Skipped(clean(name) or "(no name)", one_line(reason))


def one_line(text: str) -> str:
    """Text without line breaks and control characters, cut to a readable length."""
    line = clean(text) or ""
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"


def clean(text: str | None) -> str | None:
    """A metadata field as one line of visible characters, or None where nothing is left."""
    if text is None:
        return None
    line = " ".join(visible(text[: 4 * _LONGEST_FIELD]).split())
    return line[:_LONGEST_FIELD] or None


def visible(text: str) -> str:
    """Text with control characters made blanks and lone surrogates made U+FFFD; line breaks and tabs stay."""
    return _SURROGATES.sub("\ufffd", _INVISIBLE.sub(" ", text))
