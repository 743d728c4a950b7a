"""Units brought together: which incident each stretch of a document tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ascribe.model import DateValue
from ascribe.readings.lexicon import Lexicon
from ascribe.readings.rules.units import Unit


@dataclass(slots=True)
class Draft:
    """An incident while its document is read."""

    units: list[Unit] = field(default_factory=list)
    towns: set[str] = field(default_factory=set)
    days: set[DateValue] = field(default_factory=set)

    def take(self, unit: Unit) -> None:
        """Add a unit and what it tells."""
        self.units.append(unit)
        self.towns.update(_towns(unit))
        self.days.update(_days(unit))


def _towns(unit: Unit) -> set[str]:
    return {f.place.gazetteer_id or f.place.name for f in unit.towns if f.place}


def _days(unit: Unit) -> set[DateValue]:
    return {f.date for f in unit.days if f.date}


def _overlap(first: DateValue, second: DateValue) -> bool:
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return True
    return first.start <= second.end and second.start <= first.end


def _fits(draft: Draft, unit: Unit) -> bool | None:
    """True if place or day agree and neither differs, False if one differs, None if there is nothing to compare."""
    days, towns = _days(unit), _towns(unit)
    answers = [
        any(_overlap(a, b) for a in draft.days for b in days) if draft.days and days else None,
        bool(draft.towns & towns) if draft.towns and towns else None,
    ]
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
