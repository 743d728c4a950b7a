"""A counting statement as a query over incidents: what is asked, of whose acts, where, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from ascribe.analysis.counting.facts import ATTACKS, Facts
from ascribe.analysis.said import fold
from ascribe.model import ActorValue, CountedArea, CountingStatement, CountKind, PlaceValue
from ascribe.registers.regions import Region, RegionRegister


@dataclass(frozen=True, slots=True)
class Area:
    """Where the query looks: countries and places, joined, or all but them where `outside`.

    `definitions` says, a line for each part, whose definition it is; `undefined` are areas nobody defines.
    """

    words: str
    countries: frozenset[str] = frozenset()
    places: tuple[PlaceValue, ...] = ()
    outside: bool = False
    definitions: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()

    def holds(self, facts: Facts) -> bool | None:
        """Whether an incident lies in it; None where its place is not stated."""
        if not facts.places:
            return None
        if self.countries & facts.countries or any(_same_place(p, q) for p in self.places for q in facts.places):
            return not self.outside
        known = facts.countries or any(p.level is not None for p in facts.places)
        return self.outside if known else None


def _same_place(one: PlaceValue, other: PlaceValue) -> bool:
    if one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id:
        return True
    return fold(one.name) == fold(other.name) and (None in (one.country, other.country) or one.country == other.country)


@dataclass(frozen=True, slots=True)
class Query:
    """What a counting statement asks of the casebook. None is "any"; `start` and `end` bound the acts, both included,
    `as_of` is the last day that the statement can know of, and `as_of_rule` says where that comes from.
    """

    asks: CountKind
    group: ActorValue | None = None
    area: Area | None = None
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    as_of_rule: str = ""
    lethal: bool | None = None
    claimed: bool | None = None
    tactics: tuple[str, ...] = ()
    statuses: tuple[str, ...] = field(default=ATTACKS)

    def lines(self) -> list[str]:
        """The query in words, one condition a line."""
        out = [f"{_ASKS[self.asks]} with status {' or '.join(s.replace('_', ' ') for s in self.statuses)}"]
        if self.group is not None:
            known = f" [{self.group.register_id}]" if self.group.register_id else ""
            out.append(f"group: {self.group.name}{known}")
        if self.area is not None:
            out.append(f"area: {'outside of ' if self.area.outside else ''}{self.area.words}")
        if self.start or self.end:
            out.append(f"date: {self.start or '…'} to {self.end or '…'}")
        out += [f"lethal: {_yes(self.lethal)}"] if self.lethal is not None else []
        out += [f"claimed: {_yes(self.claimed)}"] if self.claimed is not None else []
        out += [f"tactic: {' or '.join(t.replace('_', ' ') for t in self.tactics)}"] if self.tactics else []
        out.append(f"as of: {self.as_of} ({self.as_of_rule})" if self.as_of else "as of: no date is known")
        return out


_ASKS = {
    "number": "number of incidents",
    "latest": "latest incident",
    "first": "first incident",
    "deadliest": "deadliest incident",
    "most": "country with most incidents",
}


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def query_of(statement: CountingStatement, published: date | None, regions: RegionRegister) -> Query:
    """The query that a counting statement of a text published at `published` (its last possible day) asks."""
    period = statement.period
    as_of, rule = (
        (statement.reference, "set by the text") if statement.reference else (published, "date of publication")
    )
    return Query(
        asks=statement.kind,
        group=statement.group,
        area=area_of(statement, regions),
        start=period.start if period else None,
        end=period.end if period else None,
        as_of=as_of,
        as_of_rule=rule if as_of else "",
        lethal=statement.lethal,
        claimed=statement.claimed,
        tactics=statement.tactics,
    )


def area_of(statement: CountingStatement, regions: RegionRegister) -> Area | None:
    """The area of a statement, each part by its definition; an area made of several parts is the author's own."""
    if not statement.areas:
        return None
    countries: set[str] = set()
    places: list[PlaceValue] = []
    definitions: list[str] = []
    undefined: list[str] = []
    if len(statement.areas) > 1:
        definitions.append(f"as the text itself lists it: {', '.join(_words(a) for a in statement.areas)}")
    for area in statement.areas:
        found = regions.look_up(area.evidence.quote) if area.region is None and area.place is None else ()
        named = _by_id(regions, area.region) or (found[0] if found else None)
        if named is not None:
            countries |= named.countries
            definitions += [named.told(), *_also(regions, named)]
        elif area.place is None:
            undefined.append(_words(area))
        elif area.place.level == "country" and area.place.country:
            countries.add(area.place.country)
        else:
            places.append(area.place)
    words = ", ".join(_words(a) for a in statement.areas)
    return Area(words, frozenset(countries), tuple(places), statement.outside, tuple(definitions), tuple(undefined))


def alternatives(statement: CountingStatement, regions: RegionRegister) -> Iterator[tuple[Region, CountingStatement]]:
    """The same statement with another definition of one of its regions, for each that there is."""
    for at, area in enumerate(statement.areas):
        used = _by_id(regions, area.region)
        for other in regions.look_up(used.name) if used else ():
            if used is not None and other.id != used.id:
                changed = (*statement.areas[:at], replace(area, region=other.id), *statement.areas[at + 1 :])
                yield other, replace(statement, areas=changed)


def _words(area: CountedArea) -> str:
    return " ".join(area.evidence.quote.split())


def _by_id(regions: RegionRegister, region_id: str | None) -> Region | None:
    return next((r for r in regions.regions if r.id == region_id), None) if region_id else None


def _also(regions: RegionRegister, used: Region) -> list[str]:
    """The other definitions of the same name, which were not used."""
    return [f"not used: {r.told()}" for r in regions.look_up(used.name) if r.id != used.id]


def match(query: Query, facts: Facts) -> bool | None:
    """Whether an incident is one that the query asks for: all conditions hold, one fails (False), or it is not stated
    whether they hold (None).
    """
    parts: list[bool | None] = [facts.is_attack, in_time(query, facts)]
    if query.group is not None:
        parts.append(facts.is_of(query.group))
    if query.area is not None:
        parts.append(query.area.holds(facts))
    for wanted, known in ((query.lethal, facts.lethal), (query.claimed, facts.claimed)):
        if wanted is not None:
            parts.append(None if known is None else known == wanted)
    if query.tactics:
        parts.append(None if not facts.tactics else bool(set(query.tactics) & set(facts.tactics)))
    if False in parts:
        return False
    return None if None in parts else True


def in_time(query: Query, facts: Facts) -> bool | None:
    """Whether an incident lies in the query's period and was known of at its time."""
    first, last = facts.first, facts.last
    if first is None or last is None:
        return None if query.start or query.end or query.as_of else True
    until = min((d for d in (query.end, query.as_of) if d is not None), default=None)
    if (query.start and last < query.start) or (until and first > until):
        return False
    inside = (query.start is None or first >= query.start) and (until is None or last <= until)
    return True if inside else None
