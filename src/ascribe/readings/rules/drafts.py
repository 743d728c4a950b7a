"""Units brought together: which incident each stretch of a document tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ascribe.model import DateValue
from ascribe.readings.lexicon import Lexicon
from ascribe.readings.rules.units import Found, Unit


@dataclass(slots=True)
class Draft:
    """An incident while its document is read."""

    units: list[Unit] = field(default_factory=list)
    towns: list[Found] = field(default_factory=list)
    days: list[Found] = field(default_factory=list)
    tactics: set[str] = field(default_factory=set)

    def take(self, unit: Unit) -> None:
        """Add a unit and what it tells."""
        self.units.append(unit)
        self.towns.extend(unit.towns)
        self.days.extend(unit.days)
        self.tactics.update(t for trigger in unit.triggers for t in trigger.tactics)


def _overlap(first: DateValue, second: DateValue) -> bool:
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return True
    return first.start <= second.end and second.start <= first.end


def _same_day(days: Sequence[Found], others: Sequence[Found]) -> bool | None:
    if not days or not others:
        return None
    return any(_overlap(a.date, b.date) for a in days for b in others if a.date and b.date)


def _same_town(towns: Sequence[Found], others: Sequence[Found]) -> bool | None:
    if not towns or not others:
        return None
    ids = {f.place.gazetteer_id or f.place.name for f in towns if f.place}
    return any((f.place.gazetteer_id or f.place.name) in ids for f in others if f.place)


def _fits(draft: Draft, unit: Unit) -> bool | None:
    """True if place or day agree and neither differs, False if one differs, None if there is nothing to compare."""
    answers = [_same_day(draft.days, unit.days), _same_town(draft.towns, unit.towns)]
    if False in answers:
        return False
    return True if True in answers else None


def is_trend(text: str, unit: Unit, lexicon: Lexicon) -> bool:
    """Whether a unit counts over a period instead of telling of an act."""
    return not unit.days and lexicon.phrases["trend"].search(text, unit.start, unit.end) is not None


def drafts(text: str, units: Sequence[Unit], lexicon: Lexicon) -> list[Draft]:
    """The incidents of a document: each unit goes to the incident that its place and day allow, the nearest first.

    A unit opens an incident if it tells an act with a place or day that no earlier incident can share; every entry of
    a list is an incident of its own.
    """
    made: list[Draft] = []
    current: Draft | None = None
    for unit in units:
        if unit.entry:
            if current is None or current.units[-1].paragraph != unit.paragraph:
                current = Draft()
                made.append(current)
            current.take(unit)
            continue
        if is_trend(text, unit, lexicon):
            continue
        if not unit.triggers:
            if current is not None and unit.paragraph - current.units[-1].paragraph <= 3:
                current.units.append(unit)  # its places and days are not those of the act
            continue
        elsewhere = lexicon.phrases["elsewhere"].match(text, unit.start, unit.end) is not None
        home = _home(made, current, unit, elsewhere)
        if home is None and _opens(unit):
            home = Draft()
            made.append(home)
        if home is not None:
            home.take(unit)
            current = home
    return [draft for draft in made if any(unit.triggers for unit in draft.units)]


def _opens(unit: Unit) -> bool:
    """Whether a unit tells enough to open an incident: an act; a tool with a place or day; an echo with both."""
    if unit.tells:
        return True
    tool = any(t.strength == "tool" for t in unit.triggers)
    return bool(unit.days and unit.towns) or (tool and bool(unit.days or unit.towns))


def _home(made: Sequence[Draft], current: Draft | None, unit: Unit, elsewhere: bool) -> Draft | None:
    if current is not None:
        fits = _fits(current, unit)
        if fits or (fits is None and not (elsewhere and unit.tells)):
            return current
    for draft in reversed(made):
        if draft is not current and _fits(draft, unit):
            return draft
    if not unit.tells and not (unit.days and unit.towns):
        return current if not (unit.days or unit.towns) else None
    return None
