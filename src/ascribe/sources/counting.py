"""Which statements are one source, so that ten reprints of one report, or of one man's word, count once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache

from ascribe.model import DateValue, Document, Told
from ascribe.registers.agencies import agency_credited, agency_named
from ascribe.schema.types.comparing import fold
from ascribe.sources.things import Cited, published

_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+|\n\s*\n")
_WORD = re.compile(r"\w+")
_LONGEST = 600  # characters of a sentence on each side of a statement's words
_FEWEST_WORDS = 8  # two writers may hit on the same short sentence
_OWN_DATES = ("since", "date")
_NEVER = 9_999_999

AsOf = tuple[date, date]


class Sources:
    """The documents that tell of one incident, as sources.

    A statement's source is, in this order: who is quoted or reported with it; else the news agency that its document
    credits; else the document's publisher; else the document. A near copy has the source of its original, and so has
    a sentence of eight words or more that an earlier document has word for word. The count errs on the side of fewer:
    two papers that quote "the ministry" are one source.
    """

    def __init__(self, told: Iterable[Told]) -> None:
        self._documents = {t.document.id: t.document for t in told}
        self._source: dict[str, str] = {}

    @cached_property
    def _original(self) -> dict[str, Document]:
        """The original of each document, or the earliest of its copies where the original is not here."""
        families: dict[str, list[Document]] = {}
        for document in self._documents.values():
            families.setdefault(self._root(document), []).append(document)
        found = {}
        for root, family in families.items():
            first = self._documents.get(root) or min(family, key=_when)
            found.update({d.id: first for d in family})
        return found

    @cached_property
    def _originals(self) -> list[Document]:
        return sorted({d.id: d for d in self._original.values()}.values(), key=_when)

    def _root(self, document: Document) -> str:
        seen = {document.id}
        while document.near_copy_of is not None and document.near_copy_of not in seen:
            seen.add(document.near_copy_of)
            if document.near_copy_of not in self._documents:
                return document.near_copy_of
            document = self._documents[document.near_copy_of]
        return document.id

    def first_written_in(self, cited: Cited) -> Document:
        """The document that had these words first: an original, or an earlier one with the same sentence."""
        own = self._original[cited.document.id]
        sentence = _sentence(cited) if len(self._originals) > 1 else None
        if sentence is None:
            return own
        return next((d for d in self._originals if d.id == own.id or sentence in _plain(d.text)), own)

    def source(self, cited: Cited) -> str:
        """A name of the source, the same for all statements that have it; for comparing, not for reading."""
        voice = cited.statement.voice
        if voice.speaker:
            return f"voice:{fold(voice.speaker)}"
        if voice.perpetrator_side:
            return "claimant"
        document = self.first_written_in(cited)
        if document.id not in self._source:
            self._source[document.id] = _source_of(document)
        return self._source[document.id]

    def as_of(self, cited: Cited) -> AsOf | None:
        """As of when a statement holds: the date that its claim or attribution gives, else that of publication.

        A copy counts as of its original. First and last day; None where nothing dates it.
        """
        own = _own_date(cited)
        publication = self.first_written_in(cited).publication
        when = own or (publication.when if publication else None)
        if when is None:
            return None
        first, last = when.start or when.end, when.end or when.start
        return (first, last) if first and last else None


def _when(document: Document) -> tuple[int, str]:
    return (published(document) or _NEVER, document.id)


def _source_of(document: Document) -> str:
    agency = agency_named(document.publisher) or agency_named(document.author) or agency_credited(document.text)
    if agency:
        return f"agency:{agency}"
    return f"publisher:{fold(document.publisher)}" if document.publisher else f"document:{document.id}"


def _own_date(cited: Cited) -> DateValue | None:
    if cited.account.kind == "incident":
        return None
    stated = (cited.account.first(name) for name in _OWN_DATES)
    return next((s.value for s in stated if s is not None and isinstance(s.value, DateValue)), None)


@lru_cache(maxsize=256)
def _plain(text: str) -> str:
    """The words of a text in any case and however it is punctuated, between blanks."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _sentence(cited: Cited) -> str | None:
    """The words of the sentence around a statement's words; None where it is too short to be anybody's own."""
    if not cited.statement.evidence:
        return None
    text, at = cited.document.text, cited.statement.evidence[0].start
    start = max(
        (m.end() for m in _SENTENCE_END.finditer(text, max(0, at - _LONGEST), at)), default=max(0, at - _LONGEST)
    )
    end = _SENTENCE_END.search(text, at, at + _LONGEST)
    words = _plain(text[start : end.end() if end else at + _LONGEST])
    return words if words.count(" ") > _FEWEST_WORDS else None
