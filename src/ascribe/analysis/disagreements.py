"""Who says what of an incident, and which of it cannot all be true.

For every property the statements are put together by value into positions; two positions are compared by the type of
the property. Months and days, "at least 5" and 7, a city and a street in it do not disagree; 5 and 7 do, unless the
one came after the other as the count went on. What only the perpetrators' side says is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from ascribe.analysis.corrections import says_corrected
from ascribe.analysis.firmness import is_counted, is_firm
from ascribe.model import CodeValue, CountValue, DateValue, Incident, Value
from ascribe.schema import Kind, Property, Schema
from ascribe.sources import Cited, Sources, Thing, in_order, things_about
from ascribe.sources.counting import AsOf
from ascribe.sources.things import cited

Nature = Literal["contradictory", "claimant", "unsettled", "revised", "finer", "agreed"]
NATURES: dict[Nature, str] = {
    "contradictory": "cannot all be true",
    "claimant": "the perpetrators' side alone says otherwise",
    "unsettled": "one side is only suspected, doubted or claimed",
    "revised": "a later report took the place of an earlier one",
    "finer": "one says more than the other, or something beside it",
    "agreed": "all say the same",
}
"""What there is between the statements on a property, the worst first, each with its explanation."""

GREATER = "more than the whole"
"""What stands for the thing where a part of a toll is greater than the toll."""

_RANK = {nature: rank for rank, nature in enumerate(NATURES)}
_DAYS = 30.0  # a difference of so many days counts as half of the widest


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with its source, a name that is the same for all statements of one source, and its date."""

    cited: Cited
    source: str
    as_of: AsOf | None


@dataclass(frozen=True, slots=True)
class Position:
    """One value of a property and everybody who gives it, or, where `denied`, says that it is not so."""

    value: Value
    denied: bool
    said: tuple[Said, ...]

    @property
    def sources(self) -> frozenset[str]:
        """The sources, each once however often it is reprinted."""
        return frozenset(s.source for s in self.said)

    @property
    def per_claimant(self) -> bool:
        """Whether nobody but the perpetrators' side says so."""
        return all(s.cited.statement.voice.perpetrator_side for s in self.said)

    @property
    def firm(self) -> bool:
        """Whether anybody says so without reserve."""
        return any(is_firm(s.cited.statement) for s in self.said)

    @property
    def dated(self) -> tuple[AsOf, AsOf] | None:
        """The first and the last date as of which it is said; None where a statement has no date."""
        dates = [s.as_of for s in self.said if s.as_of is not None]
        return (min(dates), max(dates, key=lambda d: (d[1], d[0]))) if len(dates) == len(self.said) else None


@dataclass(frozen=True, slots=True)
class Pair:
    """How two positions stand to each other. `spread` is 0 to 1: how far apart two values are that exclude each other.

    For counts it is the gap as a part of the greater number; for dates the gap in days, 30 of them being a half; for
    all else 1.
    """

    one: Position
    other: Position
    nature: Nature
    spread: float = 0.0

    @property
    def weaker(self) -> int:
        """How many independent sources stand on the side that has fewer."""
        return min(len(self.one.sources), len(self.other.sources))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """All that is said of one property of an incident, or of one thing about it that `thing` names.

    `positions` come with the most sources first. Where the sources agree, `nature` says so.
    """

    incident: str
    prop: Property
    thing: str
    positions: tuple[Position, ...]
    pairs: tuple[Pair, ...]

    @property
    def nature(self) -> Nature:
        """The worst that there is between two positions."""
        return min((p.nature for p in self.pairs), key=_RANK.__getitem__, default="agreed")

    @property
    def weaker(self) -> int:
        """Of the pairs of the worst nature, the greatest number of sources on a weaker side."""
        return max((p.weaker for p in self._worst()), default=0)

    @property
    def spread(self) -> float:
        """Of the pairs of the worst nature, the greatest spread."""
        return max((p.spread for p in self._worst()), default=0.0)

    @property
    def sources(self) -> int:
        """How many independent sources say anything."""
        return len({s for p in self.positions for s in p.sources})

    def _worst(self) -> Iterator[Pair]:
        return (p for p in self.pairs if p.nature == self.nature)


def worst_first(found: Iterable[Disagreement]) -> list[Disagreement]:
    """By `order`; what is equally bad stays in the order of the schema."""
    return sorted(found, key=order)


def order(found: Disagreement) -> tuple[int, int, float, int, str]:
    """The key by which the worst comes first: by nature (`NATURES`); then by the number of independent sources on the
    weaker side, for two against two is worse than nine against one; then by spread; then by the number of sources.
    """
    return (_RANK[found.nature], -found.weaker, -found.spread, -found.sources, found.incident)


def compare_sources(incident: Incident, schema: Schema, min_confidence: float = 0.0) -> list[Disagreement]:
    """Who says what, for every property of an incident, and of what is about it, of which anything is found."""
    told = in_order(incident.accounts)
    if not told:
        return []
    sources = Sources(told)
    compared = _Compared(incident.id, sources, min_confidence)
    kind = schema[told[0].account.kind]
    itself = [(t, t.account) for t in told]
    found = [*compared.thing(kind, itself, ""), *compared.parts(kind, itself)]
    for about in (k for k in schema.kinds if k.about == kind.id):
        things = things_about(told, about)
        for number, thing in enumerate(things, 1):
            found += compared.thing(about, thing, _name(about, thing) or f"{about.label} {number}")
        if about.rivals:
            found += compared.rivals(about, things)
    return found


def greater_parts(incident: Incident, schema: Schema, min_confidence: float = 0.0) -> list[Disagreement]:
    """Where a part of one of the incident's tolls is greater than the toll itself."""
    told = in_order(incident.accounts)
    if not told:
        return []
    compared = _Compared(incident.id, Sources(told), min_confidence)
    return compared.parts(schema[told[0].account.kind], [(t, t.account) for t in told])


def _name(kind: Kind, thing: Thing) -> str:
    """What a thing is called: its actor or person, else the values that identify it."""
    naming = kind.identity or tuple(p.id for p in kind.properties if p.type.name in ("actor", "person"))
    values = (next(iter(cited(thing, i)), None) for i in naming)
    return ", ".join(kind[c.statement.property].type.show(c.statement.value) for c in values if c is not None)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Compares what the sources of one incident say."""

    incident: str
    sources: Sources
    min_confidence: float

    def thing(self, kind: Kind, thing: Thing, name: str) -> list[Disagreement]:
        found = []
        for prop in kind.properties:
            positions = self._positions(prop, cited(thing, prop.id))
            if positions:
                pairs = [_pair(prop, p, q) for p, q in combinations(positions, 2)]
                found.append(Disagreement(self.incident, prop, name, positions, tuple(pairs)))
        return found

    def parts(self, kind: Kind, thing: Thing) -> list[Disagreement]:
        """Numbers of a part that are greater than those of the whole ("nine of the five").

        A part is held against the whole that its own sources give and, where these give none, against all that others
        give; it must be greater than each of them.
        """
        found = []
        for part in (p for p in kind.properties if p.part_of):
            whole = kind[part.part_of or ""]
            wholes = [p for p in self._positions(whole, cited(thing, whole.id)) if not p.denied]
            pairs = [
                Pair(one, other, _how(whole, one, other), _spread(one.value, other.value))
                for one in self._positions(part, cited(thing, part.id))
                if not one.denied
                for other in _exceeded(whole, one, wholes)
            ]
            if pairs:
                held = {id(p): p for pair in pairs for p in (pair.one, pair.other)}
                found.append(Disagreement(self.incident, part, GREATER, _ordered(held.values()), tuple(pairs)))
        return found

    def rivals(self, kind: Kind, things: Sequence[Thing]) -> list[Disagreement]:
        """Things of one kind that exclude each other: attributions to different actors, a claim and "nobody claimed".

        A source that holds both at once sees no contradiction in them, and then there is none.
        """
        prop = kind[kind.rivals or ""]
        by_thing = [(t, self._positions(prop, cited(t, prop.id))) for t in things]
        pairs = [
            _pair(prop, p, q, joint=True)
            for (one, ps), (other, qs) in combinations(by_thing, 2)
            if _comparable(kind, prop, one, other)
            for p in ps
            for q in qs
        ]
        pairs = [p for p in pairs if p.nature in ("contradictory", "claimant", "unsettled", "revised")]
        held = {id(p) for pair in pairs for p in (pair.one, pair.other)}
        positions = [p for _, ps in by_thing for p in ps if id(p) in held]
        if not positions:
            return []
        return [Disagreement(self.incident, prop, f"all {kind.label.lower()}s", _ordered(positions), tuple(pairs))]

    def _positions(self, prop: Property, statements: Iterable[Cited]) -> tuple[Position, ...]:
        groups: list[list[Cited]] = []
        for one in statements:
            if not is_counted(one.statement, self.min_confidence):
                continue
            group = next((g for g in groups if _one_position(prop, g[0], one)), None)
            if group is None:
                groups.append([one])
            else:
                group.append(one)
        return _ordered(Position(g[0].statement.value, _denied(g[0]), tuple(map(self._said, g))) for g in groups)

    def _said(self, one: Cited) -> Said:
        return Said(one, self.sources.source(one), self.sources.as_of(one))


def _ordered(positions: Iterable[Position]) -> tuple[Position, ...]:
    """The most sources first; the perpetrators' side after all others that have as many."""
    return tuple(sorted(positions, key=lambda p: (-len(p.sources), p.per_claimant)))


def _denied(one: Cited) -> bool:
    return one.statement.stance == "denied"


def _one_position(prop: Property, one: Cited, other: Cited) -> bool:
    alike = prop.compare(one.statement.value, other.statement.value) == "same"
    return alike and _denied(one) == _denied(other)


def _exceeded(whole: Property, part: Position, wholes: Sequence[Position]) -> Sequence[Position]:
    """The numbers of the whole that a part is held against, if it is greater than all of them."""
    against = [w for w in wholes if w.sources & part.sources] or wholes
    return against if all(_is_greater(whole, part.value, w.value) for w in against) else ()


def _is_greater(prop: Property, one: Value, other: Value) -> bool:
    """Whether the one number is certainly greater than the other."""
    if not (isinstance(one, CountValue) and isinstance(other, CountValue)):
        return False
    return prop.compare(one, other) == "contradictory" and _number(one) > _number(other)


def _comparable(kind: Kind, prop: Property, one: Thing, other: Thing) -> bool:
    """Whether two things can be of one matter: what else identifies them does not tell them apart."""
    others = [p for p in kind.properties if p.type.name in ("actor", "person") and p.id != prop.id]
    for naming in others:
        mine = [c.statement.value for c in cited(one, naming.id)]
        theirs = [c.statement.value for c in cited(other, naming.id)]
        if mine and theirs and all(naming.compare(v, w) == "contradictory" for v in mine for w in theirs):
            return False
    return True


def _pair(prop: Property, one: Position, other: Position, *, joint: bool = False) -> Pair:
    """`joint`: a source that holds both positions holds them together."""
    if one.denied or other.denied:
        excluded = one.denied != other.denied and _denial_excludes(prop, one, other)
        relation = "contradictory" if excluded else "overlapping"
    else:
        relation = prop.compare(one.value, other.value)
        if relation == "contradictory" and (prop.many or (joint and one.sources & other.sources)):
            relation = "overlapping"
    if relation != "contradictory":
        return Pair(one, other, "finer")
    return Pair(one, other, _how(prop, one, other), _spread(one.value, other.value))


def _denial_excludes(prop: Property, one: Position, other: Position) -> bool:
    """Whether what the one denies is what the other says, or less than that."""
    said, denied = (other, one) if one.denied else (one, other)
    return prop.compare(said.value, denied.value) in ("same", "finer")


def _how(prop: Property, one: Position, other: Position) -> Nature:
    """What there is between two positions that exclude each other."""
    if prop.kind == "incident" and one.per_claimant != other.per_claimant:
        return "claimant"  # of a claim the claimant's own word is the fact
    if not (one.firm and other.firm):
        return "unsettled"
    return "revised" if _revises(prop, one, other) or _revises(prop, other, one) else "contradictory"


def _revises(prop: Property, earlier: Position, later: Position) -> bool:
    """Whether the one took the place of the other as time went on.

    It must be the later one throughout: nobody gives the earlier value any more once the later one is given. Then
    a value of a property that rises or moves on revises the one before it; a lower toll revises a higher one where
    two sources give it. On any property, whoever says something else than they themselves said before has revised it,
    and so has whoever says that they correct what was said.
    """
    if earlier.denied or later.denied or earlier.dated is None or later.dated is None:
        return False
    (first, last), (begun, _) = earlier.dated, later.dated
    if isinstance(later.value, CodeValue) and prop.revises(later.value, earlier.value):
        return last[0] <= begun[1]  # one state can end and the other begin on the same day
    if not (first[1] < begun[0] and last[1] <= begun[0]):
        return False
    taken_back = earlier.sources <= later.sources
    corrected = prop.rises and len(later.sources) > 1
    said_so = any(says_corrected(s.cited) for s in later.said)
    return prop.revises(later.value, earlier.value) or taken_back or corrected or said_so


def _spread(one: Value, other: Value) -> float:
    if isinstance(one, CountValue) and isinstance(other, CountValue):
        low, high = sorted((_number(one), _number(other)))
        return (high - low) / high if high else 0.0
    if isinstance(one, DateValue) and isinstance(other, DateValue):
        gap = _gap(one, other)
        return gap / (gap + _DAYS)
    return 1.0


def _number(count: CountValue) -> int:
    return count.minimum if count.minimum is not None else count.maximum or 0


def _gap(one: DateValue, other: DateValue) -> int:
    """The days between two dates that do not overlap."""
    for before, after in ((one, other), (other, one)):
        if before.end is not None and after.start is not None and before.end < after.start:
            return (after.start - before.end).days
    return 0
