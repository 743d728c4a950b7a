"""What a document as a whole tells about its words: its dates in order, where it is set, who is meant by a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ascribe.languages import Language, language
from ascribe.model import CountValue, DateValue, Document, PlaceValue
from ascribe.readings import naming
from ascribe.readings.counts import count_value
from ascribe.readings.dates import DateMention, find_dates, resolve_marked
from ascribe.readings.marks import NOBODY, ONE_PERSON, Mark
from ascribe.registers.groups import GroupRegister, group_register
from ascribe.registers.places import place_register
from ascribe.registers.surroundings import Surroundings

_SAID_WITHOUT_NUMBER = {NOBODY: 0, ONE_PERSON: 1}


class Setting:
    """One document with all its marks; turns the words of a mark into a value."""

    def __init__(self, document: Document, marks: Sequence[Mark]) -> None:
        self.document = document
        self.text = document.text
        self.marks = tuple(marks)
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
    def _names(self) -> list[str]:
        people = [m for m in self.marks if m.slot in ("perp", "victim")]
        words = {m.refers_to or " ".join(self.text[m.start : m.end].split()) for m in people}
        return sorted(w for w in words if naming.is_name(w))

    @cached_property
    def _same_groups(self) -> dict[str, str]:
        """Folded names and short forms of the document's groups, each with the one that stands for all of them."""
        marks = [m for m in self.marks if m.slot in ("group", "claimby")]
        spans = {(m.start, m.end) for m in marks}
        same: dict[str, str] = {}
        for short, full in naming.acronyms(self.text, sorted(spans)).items():
            same[naming.group_core(short)] = naming.group_core(full)
        first: dict[str, str] = {}
        for start, end in sorted(spans):
            core = naming.group_core(self.text[start:end])
            known = self.group_register.look_up(self.text[start:end])
            if core not in same and len(known) == 1:
                same[core] = first.setdefault(known[0].id, core)
        return {core: same.get(stands, stands) for core, stands in same.items()}

    def date(self, mark: Mark) -> DateValue | None:
        """The interval that a mark's words mean here."""
        return resolve_marked(self.text, mark.start, mark.end, self.dates, self.anchor, self.language)

    def count(self, mark: Mark) -> CountValue | None:
        """The number of people that a mark's words give; the mark's rule says so where the words are no number."""
        if mark.rule in _SAID_WITHOUT_NUMBER:
            people = _SAID_WITHOUT_NUMBER[mark.rule]
            return CountValue(people, people)
        return count_value(self.text[mark.start : mark.end], self.language)

    def place(self, mark: Mark) -> PlaceValue:
        """The place that a mark's words mean; a name that the gazetteer does not know keeps only its name."""
        name = " ".join(self.text[mark.start : mark.end].split())
        if "part" in mark.codes:
            return PlaceValue(name, "site")
        found = self.surroundings.resolve(mark.start, mark.end)
        if found is None:
            return PlaceValue(name)
        exact = found.level in ("site", "city")
        return PlaceValue(
            name,
            found.level,
            found.country,
            found.latitude if exact else None,
            found.longitude if exact else None,
            found.id,
        )

    def people(self, marks: Sequence[Mark]) -> tuple[naming.Named, ...]:
        """The people behind marks, under the fullest names of the document."""
        return naming.people(self.text, marks, self._names)

    def groups(self, marks: Sequence[Mark]) -> tuple[naming.Named, ...]:
        """The groups behind marks, aliases and short forms brought together."""
        return naming.groups(self.text, marks, self._same_groups)

    def register_id(self, name: str) -> str | None:
        """The register's id of a group, where the name means just one."""
        known = self.group_register.look_up(name)
        return known[0].id if len(known) == 1 else None
