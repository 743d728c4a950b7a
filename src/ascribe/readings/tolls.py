"""The number of killed or wounded that a document gives for an incident, chosen among its marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ascribe.model import CountValue
from ascribe.readings.counts import add_counts
from ascribe.readings.marks import Mark


@dataclass(frozen=True, slots=True)
class Toll:
    """A total with the marks it rests on, and the parts that the text gives beside it."""

    value: CountValue
    marks: tuple[Mark, ...]
    computed: bool
    parts: tuple[tuple[CountValue, Mark], ...]


# Words for the dead and hurt at large: a number with one of them is a total or a correction, not a last part.
_AT_LARGE = frozenset("dead killed people bodies lives deaths victims corpses wounded injured hurt casualties".split())


def toll(
    marks: Sequence[Mark], value_of: Callable[[Mark], CountValue | None], words_of: Callable[[Mark], str]
) -> Toll | None:
    """The toll behind marks of `killed` or `wounded`; `value_of` reads the number of a mark's words.

    Marks with the code "part" are parts of the toll. The last total wins, since tolls are corrected as a text goes on.
    A total of certain people ("a civilian") that is no larger than a part ("two policewomen") is no total but the last
    part: then the parts are added up, and the sum says so (`computed`). A part is never added to a total that can
    contain it, nor a number to its own correction.
    """
    parts: list[tuple[CountValue, Mark]] = []
    totals: list[tuple[CountValue, Mark]] = []
    for mark in sorted(marks, key=lambda m: m.start):
        value = value_of(mark)
        if value is not None:
            (parts if "part" in mark.codes else totals).append((value, mark))
    counted = [(v, m) for v, m in parts if v.minimum]
    if not totals:
        if len(counted) < 2 or any(v.qualifier != "exact" for v, _ in counted):
            return Toll(counted[0][0], (counted[0][1],), False, ()) if len(counted) == 1 else None
        return Toll(add_counts([v for v, _ in counted]), tuple(m for _, m in counted), True, tuple(counted))
    # "The nurse is unhurt" takes nobody from the dead: zero counts only where no number contradicts it.
    value, mark = next(((v, m) for v, m in reversed(totals) if v.maximum != 0), totals[-1])
    before = [(v, m) for v, m in counted if m.start < mark.start]
    kinds = [set(words_of(m).lower().split()) for _, m in [*before, (value, mark)]]
    certain = all(kind & _AT_LARGE == set() and not kind <= _numbers(kind) for kind in kinds)
    if value.maximum and certain and any((v.minimum or 0) >= value.maximum for v, _ in before):
        summed = [*before, (value, mark)]
        return Toll(add_counts([v for v, _ in summed]), tuple(m for _, m in summed), True, tuple(summed))
    return Toll(value, tuple(m for v, m in totals if v == value), False, tuple(parts))


def _numbers(words: set[str]) -> set[str]:
    """Those of the words that stand alone as a number: a figure or one word without a noun after it."""
    return words if len(words) == 1 else set()
