"""What a document as a whole tells about its words: its dates in order, and where it is set."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from ascribe.languages import Language, language
from ascribe.model import CountValue, DateValue, Document, PlaceValue
from ascribe.readings.counts import count_value
from ascribe.readings.dates import DateMention, find_dates, resolve_marked
from ascribe.readings.marks import NOBODY, ONE_PERSON, Mark
from ascribe.readings.sentences import Sentence, sentences
from ascribe.registers.groups import GroupRegister, group_register
from ascribe.registers.places import place_register
from ascribe.registers.surroundings import Surroundings

_SAID_WITHOUT_NUMBER = {NOBODY: 0, ONE_PERSON: 1}


class Setting:
    """One document; turns the words of a mark into a value."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.anchor: DateValue | None = document.publication.when if document.publication else None

    @cached_property
    def language(self) -> Language:
        """The words of the document's language."""
        return language("en")

    @cached_property
    def group_register(self) -> GroupRegister:
        """The register of groups."""
        return group_register()

    @cached_property
    def dates(self) -> list[DateMention]:
        """Every date expression of the document, resolved."""
        return find_dates(self.text, self.anchor, self.language)

    @cached_property
    def surroundings(self) -> Surroundings:
        """The names of places in the document, and what ranks their meanings."""
        return Surroundings(place_register(), self.text)

    @cached_property
    def passages(self) -> list[Sentence]:
        """Every sentence of the document."""
        return sentences(self.text)

    def sentence(self, mark: Mark) -> tuple[int, int]:
        """The sentence in which a mark begins; its own words where no sentence holds them whole."""
        at = bisect_right(self.passages, mark.start, key=lambda s: s.start) - 1
        held = self.passages[at] if at >= 0 else None
        return (held.start, held.end) if held and mark.end <= held.end else (mark.start, mark.end)

    def date(self, mark: Mark) -> DateValue | None:
        """The interval that a mark's words mean here."""
        return resolve_marked(self.text, mark.start, mark.end, self.dates, self.anchor, self.language)

    def count(self, mark: Mark) -> CountValue | None:
        """The number of people that a mark's words give; the mark's rule says so where the words are no number."""
        if mark.rule in _SAID_WITHOUT_NUMBER:
            people = _SAID_WITHOUT_NUMBER[mark.rule]
            return CountValue(people, people)
        return count_value(self.text[mark.start : mark.end], self.language, wounded=mark.slot == "wounded")

    def place(self, mark: Mark) -> PlaceValue:
        """The place that a mark's words mean; a name that the gazetteer does not know has the country that the
        text speaks of there, and nothing finer."""
        name = " ".join(self.text[mark.start : mark.end].split())
        if "part" in mark.codes:
            return PlaceValue(name, "site")
        found = self.surroundings.resolve(mark.start, mark.end)
        if found is None:
            return PlaceValue(name, None, self.surroundings.country_at(mark.start, mark.end))
        exact = found.level in ("site", "city")
        return PlaceValue(
            name,
            found.level,
            found.country,
            found.latitude if exact else None,
            found.longitude if exact else None,
            found.id,
        )
