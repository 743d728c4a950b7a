"""Tolls: low, high and the latest by date, by kind of victim, the perpetrators' own figures apart.

No figure is added to another: parts of a toll ("ninety at one site") stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ascribe.analysis.disagreements import Said
from ascribe.analysis.firmness import is_counted
from ascribe.analysis.victims import victims_named
from ascribe.model import CountValue, Incident
from ascribe.schema import Property, Schema
from ascribe.sources import Sources, in_order
from ascribe.sources.things import cited


@dataclass(frozen=True, slots=True)
class Figure:
    """One number as somebody gives it; `victims` are the words for whom it counts, `kind` a code of `target_types`."""

    count: CountValue
    said: Said
    victims: str = ""
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers in the order of their dates, the undated first. Of figures that only deny one, there is none here."""

    figures: tuple[Figure, ...]

    @property
    def low(self) -> int | None:
        """The lowest number that is given; None where nobody gives one."""
        return min((n for n in map(_lowest, self.figures) if n is not None), default=None)

    @property
    def high(self) -> int | None:
        """The highest number that is given."""
        return max((n for n in map(_highest, self.figures) if n is not None), default=None)

    @property
    def open(self) -> bool:
        """Whether the highest number is a lower bound ("at least 12"), so that there may be more."""
        return any(f.count.maximum is None and _highest(f) == self.high for f in self.figures) and self.high is not None

    @property
    def latest(self) -> Figure | None:
        """The figure of the latest date; of several on one day the one with the most sources, then the higher."""
        if not self.figures:
            return None
        day = _day(self.figures[-1])
        last = [f for f in self.figures if _day(f) == day]
        support = {id(f): len({o.said.source for o in last if o.count == f.count}) for f in last}
        return max(last, key=lambda f: (support[id(f)], _highest(f) or 0))


@dataclass(frozen=True, slots=True)
class Toll:
    """What is said of one toll of an incident: by everybody else, by the perpetrators' side, and of parts of it."""

    prop: Property
    told: Figures
    per_claimant: Figures
    parts: Figures
    parts_per_claimant: Figures


def tolls(incident: Incident, schema: Schema, min_confidence: float = 0.0) -> list[Toll]:
    """The tolls of an incident of which anything is found: the counts of the schema that rise or have parts."""
    told = in_order(incident.accounts)
    if not told:
        return []
    properties = schema[told[0].account.kind].properties
    parts = {p.part_of: p for p in properties if p.part_of}
    thing, sources = [(t, t.account) for t in told], Sources(told)

    def figures(prop: Property | None, *, perpetrator_side: bool) -> Figures:
        statements = cited(thing, prop.id) if prop else []
        counted = (c for c in statements if is_counted(c.statement, min_confidence) and c.statement.stance != "denied")
        own = (c for c in counted if c.statement.voice.perpetrator_side == perpetrator_side)
        return _figures(Said(c, sources.source(c), sources.as_of(c)) for c in own)

    made = [
        Toll(
            prop,
            figures(prop, perpetrator_side=False),
            figures(prop, perpetrator_side=True),
            figures(parts.get(prop.id), perpetrator_side=False),
            figures(parts.get(prop.id), perpetrator_side=True),
        )
        for prop in properties
        if prop.type.name == "count" and (prop.rises or prop.id in parts)
    ]
    return [t for t in made if any(f.figures for f in (t.told, t.per_claimant, t.parts, t.parts_per_claimant))]


def _figures(said: Iterable[Said]) -> Figures:
    return Figures(tuple(sorted(_made(said), key=_day)))


def _made(said: Iterable[Said]) -> Iterator[Figure]:
    for one in said:
        value = one.cited.statement.value
        if isinstance(value, CountValue):
            yield Figure(value, one, *victims_named(one.cited))


def _day(figure: Figure) -> int:
    return figure.said.as_of[0].toordinal() if figure.said.as_of else 0


def _lowest(figure: Figure) -> int | None:
    count = figure.count
    return count.minimum if count.minimum is not None else count.maximum


def _highest(figure: Figure) -> int | None:
    count = figure.count
    return count.maximum if count.maximum is not None else count.minimum


def by_kind(figures: Figures) -> dict[str, Figures]:
    """The figures by kind of victim (codes of `target_types`), as far as their words tell one."""
    found: dict[str, list[Figure]] = {}
    for figure in figures.figures:
        if figure.kind is not None:
            found.setdefault(figure.kind, []).append(figure)
    return {kind: Figures(tuple(own)) for kind, own in sorted(found.items())}
