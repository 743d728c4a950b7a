"""How well values are found by how far their words stand from the words that tell the act.

The distance of a value is the number of sentence ends between its nearest words and the nearest event mention of the
gold incident. Recall is over the values of the gold, precision over those read for an incident that the gold has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from evaluation.fillers import SLOTS
from evaluation.gold_format import GoldDocument, GoldIncident, ReadDocument, ReadIncident, Span
from evaluation.metrics import align, match_fillers

# credit of the gold's values, their number, credit of those read, their number
Count: TypeAlias = tuple[float, int, float, int]

STEPS = ((0, "the same sentence"), (1, "the next one"), (3, "2-3 sentences"), (10, "4-10"), (10**9, "further"))
_ACT = ("status", "tactics")  # told by the event's own words
_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def _label(steps: int) -> str:
    return next(label for most, label in STEPS if steps <= most)


class _Measure:
    """The sentences of one document."""

    def __init__(self, text: str) -> None:
        self.ends = [m.end() for m in _END.finditer(text)]

    def _number(self, at: int) -> int:
        return sum(end <= at for end in self.ends)

    def steps(self, words: Iterable[Span], events: Iterable[Span]) -> int | None:
        """Sentence ends between the nearest of both; None where one of them is empty."""
        mine, theirs = ({self._number(start) for start, _ in spans} for spans in (words, events))
        return min((abs(a - b) for a in mine for b in theirs), default=None)


@dataclass(frozen=True, slots=True)
class Found:
    """At one distance: the values of the gold and the credit they got, those that were read and the credit they got."""

    gold: int
    recall: float
    read: int
    precision: float


def by_distance(gold: Mapping[str, GoldDocument], read: Mapping[str, ReadDocument]) -> dict[str, Found]:
    """How many values are found and right, by distance, nearest first."""
    counts = {label: np.zeros(4) for _, label in STEPS}
    for name, document in gold.items():
        for label, count in _document(document, read.get(name)):
            counts[label] += count
    return {
        label: Found(int(wanted), met / max(wanted, 1), int(given), right / max(given, 1))
        for label, (met, wanted, right, given) in counts.items()
    }


def _document(gold: GoldDocument, read: ReadDocument | None) -> Iterator[tuple[str, Count]]:
    measure = _Measure(gold.text)
    taken = {pair.gold: read.incidents[pair.read] for pair in align(read, gold)} if read else {}
    for k, incident in enumerate(gold.incidents):
        if incident.required:
            yield from _incident(measure, incident, taken.get(k))


def _incident(measure: _Measure, gold: GoldIncident, read: ReadIncident | None) -> Iterator[tuple[str, Count]]:
    events = gold.words("tactics")
    for slot in SLOTS:
        if slot in _ACT or gold.skips(slot):
            continue
        wanted, given = gold.fillers[slot], read.fillers[slot] if read else ()
        matched = match_fillers(slot, given, wanted)
        for j, filler in enumerate(wanted):
            steps = measure.steps(gold.words_of(slot, filler), events)
            if steps is not None:
                yield _label(steps), (sum(got for _, at, got in matched if at == j), 1, 0.0, 0)
        for i, filler in enumerate(given):
            steps = measure.steps(read.words_of(slot, filler), events) if read else None
            if steps is not None:
                yield _label(steps), (0.0, 0, sum(got for at, _, got in matched if at == i), 1)
