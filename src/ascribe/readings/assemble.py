"""Marks -> accounts: the words of each incident turned into values by the normalisers.

Every reader ends here, so that a date, a number or a place means the same whoever marked it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from ascribe.model import (
    Account,
    CodeValue,
    CountValue,
    DatePrecision,
    Document,
    Origin,
    PersonValue,
    PlaceValue,
    Statement,
    Value,
)
from ascribe.readings import attributing, claiming, own_words
from ascribe.readings.identities import Identities
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import Mark, MarkedIncident, Slot
from ascribe.readings.naming import Named
from ascribe.readings.scopes import Scopes
from ascribe.readings.setting import Setting
from ascribe.readings.stating import stated, words_of
from ascribe.readings.surrounding import Surrounding
from ascribe.readings.tolls import Toll, toll

FILLS = frozenset(
    {
        *(f"incident.{p}" for p in ("status", "date", "place", "sites", "tactics", "weapons", "target_types")),
        *(f"incident.{p}" for p in ("killed", "killed_of_which", "wounded", "wounded_of_which")),
        *(f"incident.{p}" for p in ("perpetrators_killed", "perpetrators", "victims")),
        *claiming.FILLS,
        *own_words.FILLS,
        *attributing.FILLS,
        *(f"person_status.{p}" for p in ("person", "status")),
    }
)
_FATE_ORDER = ("at_large", "arrested", "charged", "convicted", "killed", "suicide")
# What stands between two people of one verb: "Karim Haddad, 23, and Ali Nasr".
_JOINT = re.compile(r"(?:,?\s*\(?\d{1,3}\)?)?(?:,|,?\s+and|\s+&)\s+")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SOON = 60  # characters in which the object of "police arrested" follows
_PRECISIONS = get_args(DatePrecision)


def assemble(
    document: Document, incidents: Sequence[MarkedIncident], setting: Setting | None = None
) -> tuple[Account, ...]:
    """The accounts of all marked incidents of a document: each incident, and its claim, attributions and fates.

    `setting` is the document's, where the reader has made it already. Incident keys are "i1", "i2", ... in the order of
    `incidents`. Marks whose words give no value are left out; an incident without an `event` mark is an error of the
    reader (ValueError).
    """
    setting = setting or Setting(document)
    identities = Identities(setting, [mark for incident in incidents for mark in incident.marks])
    scopes = Scopes(setting, incidents)
    accounts: list[Account] = []
    for number, incident in enumerate(incidents):
        around = Surrounding(document, setting, identities, scopes, number, incident)
        accounts.extend(_Assembly(around, f"i{number + 1}").accounts())
    return tuple(accounts)


class _Assembly:
    """One incident on its way from marks to accounts."""

    def __init__(self, around: Surrounding, key: str) -> None:
        self.around, self.key = around, key
        self.document, self.setting, self.identities = around.document, around.setting, around.identities
        self.incident = around.incident
        if not self.incident.of("event"):
            raise ValueError(f"incident {key} of {self.document.name} has no event mark")
        self.events = sorted(self.incident.of("event"), key=lambda m: m.start)

    def accounts(self) -> Iterator[Account]:
        """The incident's own account, then what belongs to it."""
        people = self._people("perp")
        statements = [
            *self._status(),
            *self._date("date", "date"),
            *self._places(),
            *self._codes("event", "tactics"),
            *self._codes("weapon", "weapons"),
            *self._codes("target", "target_types"),
            *self._tolls("killed"),
            *self._tolls("wounded"),
            *self._own_deaths(),
            *self._persons(people, "perpetrators"),
            *self._persons([p for p in self._people("victim") if p.named], "victims"),
        ]
        told_in = dict.fromkeys(self.setting.sentence(m) for m in self.events)
        evidence = tuple(self.document.quote(start, end) for start, end in told_in)
        yield Account(self.key, "incident", tuple(statements), evidence[0], evidence)
        yield from self._claims()
        yield from self._attributions()
        yield from self._fates(people)

    def _state(
        self, property_id: str, value: Value, marks: Iterable[Mark], origin: Origin = "stated", rule: str = ""
    ) -> Statement:
        return stated(self.document, property_id, value, marks, origin, rule)

    def _words(self, mark: Mark) -> str:
        return words_of(self.document.text, mark.start, mark.end)

    def _account(self, suffix: str, kind: str, statements: Sequence[Statement]) -> Account:
        return Account(f"{self.key}.{suffix}", kind, tuple(statements), statements[0].evidence[0], about=self.key)

    def _status(self) -> Iterator[Statement]:
        marks = [m for m in self.incident.of("status") if m.codes]
        told = [m for m in marks if m.codes[0] != "carried_out"] or marks
        if told:
            code = told[-1].codes[0]
            yield self._state("status", CodeValue(code), [m for m in told if m.codes[0] == code])
        else:
            yield self._state("status", CodeValue("carried_out"), self.events[:1], "inferred", "told_as_done")

    def _date(self, slot: Slot, property_id: str) -> Iterator[Statement]:
        resolved = [(self.setting.date(m), m) for m in sorted(self.incident.of(slot), key=lambda m: m.start)]
        known = [(value, mark) for value, mark in resolved if value is not None]
        if not known:
            return
        best = min(known, key=lambda pair: _PRECISIONS.index(pair[0].precision))[0]
        for value in dict.fromkeys([best, *(v for v, _ in known)]):
            marks = [m for v, m in known if v == value]
            yield self._state(property_id, value, marks, rule=value.rule)

    def _places(self) -> Iterator[Statement]:
        named: dict[PlaceValue, list[Mark]] = {}
        sites: dict[PlaceValue, list[Mark]] = {}
        for mark in self.incident.of("place"):
            value = self.setting.place(mark)
            (sites if "part" in mark.codes else named).setdefault(value, []).append(mark)
        if named:
            finest = min(named, key=lambda p: ("city", "site", None, "region", "country").index(p.level))
            yield self._state("place", finest, named.pop(finest))
        elif sites:
            first = next(iter(sites))
            yield self._state("place", first, sites.pop(first))
        for value, marks in sites.items():
            yield self._state("sites", value, marks)

    def _codes(self, slot: Slot, property_id: str) -> Iterator[Statement]:
        by_code: dict[str, list[Mark]] = {}
        for mark in self.incident.of(slot):
            for code in mark.codes:
                by_code.setdefault(code, []).append(mark)
        for code, marks in by_code.items():
            yield self._state(property_id, CodeValue(code), marks)

    def _tolls(self, slot: Slot) -> Iterator[Statement]:
        """The toll, and apart from it what the perpetrators' side gives; perpetrators' own deaths are no part of it."""
        marks = [m for m in self.incident.of(slot) if "attackers" not in m.codes]
        others = [m for s in ("victim", "killed", "wounded") if s != slot for m in self.incident.of(s)]
        for side in (False, True):
            told = [m for m in marks if m.voice.perpetrator_side == side]
            found = toll(told, self.setting, others)
            if found is not None:
                yield from self._toll(slot, found)

    def _own_deaths(self) -> Iterator[Statement]:
        marks = [m for m in self.incident.of("killed") if "attackers" in m.codes]
        found = toll(marks, self.setting)
        if found is not None:
            yield self._state("perpetrators_killed", found.value, found.marks)

    def _toll(self, slot: Slot, found: Toll) -> Iterator[Statement]:
        yield self._state(slot, found.value, found.marks, "computed" if found.rule else "stated", found.rule)
        parts: dict[CountValue, list[Mark]] = {}
        for value, mark in found.parts:
            parts.setdefault(value, []).append(mark)
        for value, held in parts.items():
            yield self._state(f"{slot}_of_which", value, held)

    def _people(self, slot: Slot) -> list[Named]:
        all_told = self.identities.people(self.incident.of(slot))
        convicted = {i for m in self.incident.of("fate") if "convicted" in m.codes for i in self._whose(m, all_told)}
        # Presumption of innocence: whoever was acquitted is no perpetrator, and the one who was cleared no victim;
        # who was acquitted of one charge and convicted of the act is one.
        found = [p for i, p in enumerate(all_told) if i in convicted or not self.identities.is_acquitted(p)]
        told_apart = [p for p in found if any(m.refers_to for m in p.marks)]
        return [p for p in found if p.named] or told_apart or list(found[:1])

    def _persons(self, people: Sequence[Named], property_id: str) -> Iterator[Statement]:
        for person in people:
            value = PersonValue(person.name, person.named, person.variants)
            yield self._state(property_id, value, person.marks)

    def _fates(self, people: Sequence[Named]) -> Iterator[Account]:
        last: dict[int, Mark] = {}
        for mark in sorted(self.incident.of("fate"), key=lambda m: m.start):
            if not mark.codes or self._is_of_earlier(mark):
                continue
            for index in self._whose(mark, people):
                held = last.get(index)
                if held is None or _FATE_ORDER.index(mark.codes[0]) >= _FATE_ORDER.index(held.codes[0]):
                    last[index] = mark
        for number, (index, mark) in enumerate(sorted(last.items()), start=1):
            person = people[index]
            value = PersonValue(person.name, person.named, person.variants)
            statements = [
                self._state("person", value, person.marks),
                self._state("status", CodeValue(mark.codes[0]), [mark]),
            ]
            yield self._account(f"person_status.{number}", "person_status", statements)

    def _is_of_earlier(self, fate: Mark) -> bool:
        """Whether all years of a fate's sentence lie before the act: a conviction for something else is none for it.

        A day without its year does not count: which year is meant was inferred, and would decide here.
        """
        acts = [d.start for m in self.incident.of("date") if (d := self.setting.date(m)) is not None and d.start]
        start, end = self.setting.sentence(fate)
        dated = [d for d in self.setting.dates if start <= d.start and d.end <= end]
        told = [d.value for d in dated if d.value is not None and _YEAR.search(self.setting.text, d.start, d.end)]
        said = [value.end for value in told if value.end is not None]
        return bool(acts and said) and max(said) < min(acts)

    def _whose(self, fate: Mark, people: Sequence[Named]) -> set[int]:
        """Whose fate it is: who is meant; all, where the words say so; else who was named last, with whom he shares
        the verb ("Karim Haddad and Ali Nasr were convicted")."""
        for index, person in enumerate(people):
            if fate.refers_to and fate.refers_to in (person.name, *person.variants):
                return {index}
        named = sorted((m.start, m.end, i) for i, p in enumerate(people) for m in p.marks)
        before = [one for one in named if one[0] <= fate.start]
        if not before:
            return {0} if people else set()
        text, (first, last) = self.setting.text, self.setting.sentence(fate)
        if before[-1][1] <= first:
            after = [i for start, _, i in named if fate.start < start < min(last, fate.end + _SOON)]
            if after:
                return {after[0]}
        clause = max(first, before[-1][1])
        if clause < fate.end and lexicon("en").phrases["everyone"].search(text, clause, fate.end):
            return set(range(len(people)))
        joined = {before[-1][2]}
        for (start, end, index), (later, _, _) in zip(reversed(before[:-1]), reversed(before[1:]), strict=True):
            if start < first or not _JOINT.fullmatch(text, end, later):
                break
            joined.add(index)
        return joined

    def _claims(self) -> Iterator[Account]:
        found = [*claiming.claims(self.around), *own_words.own_words(self.around)]
        for number, statements in enumerate(found, start=1):
            yield self._account(f"claim.{number}" if len(found) > 1 else "claim", "claim", statements)

    def _attributions(self) -> Iterator[Account]:
        for number, statements in enumerate(attributing.attributions(self.around), start=1):
            yield self._account(f"attribution.{number}", "attribution", statements)
