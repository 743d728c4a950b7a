"""Sentences cut into units: stretches that tell of one act each, with what was found in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ascribe.model import DateValue, PlaceValue
from ascribe.readings.lexicon import Lexicon, Trigger
from ascribe.readings.offsets import inside
from ascribe.readings.sentences import Sentence

# A day is precise enough to tell two acts apart; a year is not.
_TELLING = ("day", "days", "week", "month")


@dataclass(frozen=True, slots=True)
class Found:
    """A place or date of the text with its value.

    `aside` marks the date of something said, claimed or decided ("arrested on 12 March"): not the day of an act.
    """

    start: int
    end: int
    place: PlaceValue | None = None
    date: DateValue | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or a part of one. `paragraph` counts from 0; triggers, places and dates are those inside.

    `entry` says that its paragraph is an entry of a list ("5 November, Oldham. ..."), `head` that it opens one.
    """

    start: int
    end: int
    paragraph: int
    triggers: tuple[Trigger, ...]
    places: tuple[Found, ...]
    dates: tuple[Found, ...]
    entry: bool = False
    head: bool = False

    @property
    def tells(self) -> bool:
        """Whether an act is told here, not merely echoed."""
        return any(t.strength == "act" for t in self.triggers)

    @property
    def towns(self) -> tuple[Found, ...]:
        """Places fine enough to tell two acts apart."""
        return tuple(f for f in self.places if f.place is not None and f.place.level in ("city", "site"))

    @property
    def days(self) -> tuple[Found, ...]:
        """Dates fine enough to tell two acts apart."""
        return tuple(f for f in self.dates if f.date and not f.aside and f.date.precision in _TELLING)


def _all(unit: Unit) -> list[Found]:
    return sorted((*unit.places, *unit.dates), key=lambda f: f.start)


def _unit(start: int, end: int, paragraph: int, triggers: Sequence[Trigger], found: Sequence[Found]) -> Unit:
    here = inside(found, start, end)
    return Unit(
        start,
        end,
        paragraph,
        tuple(t for t in triggers if start <= t.start < end),
        tuple(f for f in here if f.place is not None),
        tuple(f for f in here if f.date is not None),
    )


# Between two acts of one sentence: a semicolon, a joining word, or a comma before the next place or day.
_BREAK = re.compile(
    r";\s+|,?\s+(?:and|while|but|whereas)\s+(?=(?:an?|the|another|in|on|at|two|three)\b)|,\s+(?=(?:in|on)\s+[A-Z0-9])"
)


def _cuts(text: str, whole: Unit) -> list[int]:
    """Where a sentence is cut that tells of several acts: before a part with an act and a place or day of its own."""
    cuts = [m.end() for m in _BREAK.finditer(text, whole.start, whole.end)]
    kept: list[int] = []
    begin = whole.start
    for index, cut in enumerate(cuts):
        until = next((c for c in cuts[index + 1 :]), whole.end)
        left = _unit(begin, cut, 0, whole.triggers, _all(whole))
        right = _unit(cut, whole.end if until == cut else until, 0, whole.triggers, _all(whole))
        rest = _unit(cut, whole.end, 0, whole.triggers, _all(whole))
        own = bool(left.triggers) and bool(left.days or left.towns)
        other = bool(rest.triggers) and bool(right.days or right.towns)
        if own and other and _differ(left, right):
            kept.append(cut)
            begin = cut
    return kept


def _differ(left: Unit, right: Unit) -> bool:
    days = {(f.date.start, f.date.end) for f in left.days if f.date}
    more_days = {(f.date.start, f.date.end) for f in right.days if f.date}
    towns = {f.place.name for f in left.towns if f.place}
    more_towns = {f.place.name for f in right.towns if f.place}
    return bool(days and more_days and not days & more_days) or bool(towns and more_towns and not towns & more_towns)


def units(
    text: str, sentences: Sequence[Sentence], found: Sequence[Found], lexicon: Lexicon, dateline: tuple[int, int]
) -> list[Unit]:
    """The units of a text in order, its dateline left out; `found` are its places and dates."""
    made: list[Unit] = []
    paragraph, last = 0, 0
    position = 0
    ordered = sorted(found, key=lambda f: f.start)
    for sentence in sentences:
        inside = dateline[0] <= sentence.start < dateline[1]
        start, end = dateline[1] if inside else sentence.start, sentence.end
        if start >= end:
            continue
        if "\n" in text[last:start]:
            paragraph += 1
        last = end
        while position < len(ordered) and ordered[position].start < start:
            position += 1
        stop = position
        while stop < len(ordered) and ordered[stop].start < end:
            stop += 1
        whole = _unit(start, end, paragraph, lexicon.triggers(text, start, end), ordered[position:stop])
        cuts = _cuts(text, whole) if len(whole.triggers) > 1 else []
        edges = [start, *cuts, end]
        for left, right in pairwise(edges):
            made.append(_unit(left, right, paragraph, whole.triggers, _all(whole)))
    return _entries(text, made)


# A list has at least this many paragraphs that open with a day or a place, and they are this share of all.
_ENTRIES, _SHARE, _HEAD = 3, 0.4, 30


def _entries(text: str, made: Sequence[Unit]) -> list[Unit]:
    """The units, those of a list's entries marked: an entry opens with a day, or with a place before a full stop."""
    opening: dict[int, Unit] = {}
    for unit in made:
        opening.setdefault(unit.paragraph, unit)
    entries = {p for p, u in opening.items() if _is_entry(text, u)}
    if len(entries) < _ENTRIES or len(entries) < _SHARE * len(opening):
        return list(made)
    starts = {p: opening[p].start for p in entries}
    return [
        replace(u, entry=True, head=u.start - starts[u.paragraph] < 2 * _HEAD) if u.paragraph in entries else u
        for u in made
    ]


_PLACE_HEAD = re.compile(r"(?:\s*[,(][^.,)]{1,30}\)?)?\s*(?:\.|:|\s[-–—])")


def _is_entry(text: str, unit: Unit) -> bool:
    dated = any(f.start - unit.start < _HEAD and f.date and f.date.precision != "year" for f in unit.dates)
    return dated or any(f.start - unit.start < 6 and _PLACE_HEAD.match(text, f.end) for f in unit.places)
