"""Documents, and the words of them that values rest on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from ascribe.errors import EvidenceError
from ascribe.model.values import DateValue


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page of the source begins in the canonical text (`page` counts from 1)."""

    start: int
    page: int


@dataclass(frozen=True, slots=True)
class Publication:
    """When a document was published, and how that was found ("given", "meta", "dateline", ...)."""

    when: DateValue
    how: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a value came from: `Document.text[start:end] == quote`, checked whenever it is stored."""

    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. `text` is canonical: every offset points into it and it is never edited.

    `id` is the sha-256 of the text (UTF-8), `bytes_id` that of the bytes that it was made from.
    `name` is the path, or the id that a container (feed, JSON lines, WARC) gives.
    `encoding` and `notes` say what was guessed or mended on the way; `near_copy_of` is the id of the
    document that this one reprints, where that is known.
    """

    id: str
    bytes_id: str
    name: str
    text: str
    format: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    publication: Publication | None = None
    encoding: str | None = None
    pages: tuple[PageMark, ...] = ()
    notes: tuple[str, ...] = ()
    restricted: bool = False
    near_copy_of: str | None = None

    def quote(self, start: int, end: int) -> Evidence:
        """The only way to make evidence: the words of this document at these offsets."""
        if not 0 <= start < end <= len(self.text):
            raise EvidenceError(f"{self.name}: no words at {start}:{end} (the text has {len(self.text)} characters)")
        return Evidence(self.id, start, end, self.text[start:end])

    def page_at(self, offset: int) -> int | None:
        """The page of the source on which a character stands, where the format has pages."""
        found = None
        for mark in self.pages:
            if mark.start > offset:
                break
            found = mark.page
        return found


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why. `reason` is one line that says what to do."""

    name: str
    reason: str


def sha256(data: bytes | str) -> str:
    """The id of a text or of bytes: sha-256 in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()
