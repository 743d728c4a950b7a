"""Plain text: canonical text is the given text, unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from ascribe.documents.canonical import Draft, document
from ascribe.documents.encodings import UndecodableError, decode
from ascribe.documents.headings import heading_of
from ascribe.documents.published import date_in_text
from ascribe.documents.source import LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Skipped


class Text:
    """Plain text in any encoding. Line ends stay as they are; only a byte order mark is dropped."""

    name = "text"
    suffixes = (".txt", ".text")

    def sniff(self, data: bytes) -> bool:
        """Never: any text could be something more particular."""
        return False

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The one document; title and date are taken from its first lines where they are told apart there."""
        yield plain_text(source.name, source.data, options)


def plain_text(
    name: str, data: bytes, options: LoadOptions, declared: str | None = None, url: str | None = None
) -> Document | Skipped:
    """The document of a plain text. Raises DocumentError for bytes that are no text."""
    try:
        decoded = decode(data, declared)
    except UndecodableError as error:
        raise DocumentError(name, str(error)) from None
    return document(
        Draft(
            name=name,
            data=data,
            text=decoded.text,
            format="text",
            title=heading_of(decoded.text),
            url=url,
            publication=date_in_text(decoded.text),
            encoding=decoded.encoding,
            notes=decoded.notes,
        ),
        options,
    )
