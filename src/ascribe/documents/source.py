"""What is handed in, how much of it may be read, and the seam that every format stands behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from ascribe.model import DateValue, Document, Skipped

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """What was handed in. `name` is a path or an id, as shown to the user; `data` are its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on time and memory. What lies beyond one is refused in one line, never read in part without a word.

    `max_bytes`: bytes of a file, and of one member of a container (64 MiB).
    `max_text`: characters of one document's text (20 million).
    `max_expansion`: bytes that a zip (docx) or a compressed WARC may unfold to (512 MiB).
    `max_markup`: bytes of HTML or XML that are made into a tree (32 MiB).
    `max_elements`: elements of an HTML page up to which its article is looked for by trafilatura (30,000).
    `max_depth`: levels of nesting in HTML and XML (255; the parser gives up just above).
    `max_members`: documents in a container: entries of a feed, lines, records (1 million).
    `max_pages`: pages of a PDF (5,000).
    """

    max_bytes: int = 64 * MEBIBYTE
    max_text: int = 20_000_000
    max_expansion: int = 512 * MEBIBYTE
    max_markup: int = 32 * MEBIBYTE
    max_elements: int = 30_000
    max_depth: int = 255
    max_members: int = 1_000_000
    max_pages: int = 5_000


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to read. `published` is a date given by the user and wins over any that is found (how="given").

    `restricted` marks every document made as unpublished material. `format` is the name of a format that is
    to be used whatever the content looks like.
    """

    limits: Limits = field(default_factory=Limits)
    published: DateValue | None = None
    restricted: bool = False
    format: str | None = None


class Format(Protocol):
    """What turns bytes of one sort into documents. One file each in `documents/formats/`."""

    name: str
    suffixes: tuple[str, ...]

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes are of this sort, by content alone and cheaply; False where only a suffix can tell."""

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The documents in the source, in its order, and what could not be read with the reason in one line."""
