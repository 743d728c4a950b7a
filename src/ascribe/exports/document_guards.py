"""What may be told of a document: not its words and source where it is restricted, and no name that is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ascribe.exports import Options
from ascribe.exports.names import WITHHELD_NAME, Names
from ascribe.model import Document, Evidence

WITHHELD_DOCUMENT = "[restricted document]"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Names that may not be told: `people`, and `words` that are looked for as they are, such as a house's address."""

    words: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str], people: Iterable[str]) -> Unnamed:
        """From names in any order, each once or more often."""
        return cls(frozenset(words), frozenset(people))

    def __or__(self, other: Unnamed) -> Unnamed:
        """The names of both."""
        return Unnamed(self.words | other.words, self.people | other.people)


NOBODY = Unnamed()


class DocumentGuard:
    """What may be told of documents under the given options, without these names."""

    def __init__(self, options: Options, unnamed: Unnamed = NOBODY) -> None:
        self._options = options
        self._names = Names(unnamed.words, unnamed.people)
        self._named = Names((), unnamed.people)

    def mask(self, text: str) -> str:
        """Words with every withheld name replaced."""
        return self._names.mask(text)

    def hides(self, document: Document) -> bool:
        """Whether of this document nothing but its id, offsets and pages may be written."""
        return document.restricted and not self._options.include_restricted

    def name(self, document: Document) -> str:
        """A document's name as it may be written."""
        return WITHHELD_DOCUMENT if self.hides(document) else self.address(document.name)

    def url(self, document: Document) -> str | None:
        """A document's address as it may be written; that of a restricted document is left out."""
        return None if document.url is None or self.hides(document) else self.address(document.url)

    def address(self, text: str) -> str:
        """A file name or an address; withheld whole where a name stands in it."""
        return WITHHELD_NAME if self._named.in_address(text) else text

    def title(self, document: Document) -> str | None:
        """A document's title as it may be written; that of a restricted document is left out."""
        return self.about(document, document.title)

    def publisher(self, document: Document) -> str | None:
        """A document's publisher as it may be written; that of a restricted document is left out."""
        return self.about(document, document.publisher)

    def about(self, document: Document, text: str | None) -> str | None:
        """What is said about a document, such as who wrote it; of a restricted document it is left out."""
        return None if text is None or self.hides(document) else self.mask(text)

    def words(self, document: Document, evidence: Evidence) -> str:
        """Words of a document that no single statement rests on, such as an account's anchor."""
        return self.passage(document, evidence.start, evidence.end)

    def passage(self, document: Document, start: int, end: int) -> str:
        """`document.text[start:end]` as it may be written; a name that is cut at an end is withheld too."""
        if not self.hides(document):
            return self._names.mask_between(document.text, start, end)
        page = document.page_at(start)
        where = f"characters {start}-{end}{f', page {page}' if page else ''}"
        return f"[restricted: document {document.id}, {where}]"
