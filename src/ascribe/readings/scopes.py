"""Which sentences speak of which marked incident."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.setting import Setting


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that speaks of an incident; `follows` where none of its words is marked and it only comes next."""

    start: int
    end: int
    follows: bool = False


class Scopes:
    """The sentences of a document by the incidents whose marks stand in them."""

    def __init__(self, setting: Setting, incidents: Sequence[MarkedIncident]) -> None:
        self._text = setting.text
        self._sentences = setting.passages
        self._starts = [s.start for s in self._sentences]
        self._marks: dict[int, list[tuple[Mark, int]]] = {}
        for number, incident in enumerate(incidents):
            for mark in incident.marks:
                self._marks.setdefault(self._at(mark.start), []).append((mark, number))

    def _at(self, offset: int) -> int:
        return max(0, bisect_left(self._starts, offset + 1) - 1)

    def passages(self, incident: int) -> list[Passage]:
        """The sentences with marks of an incident, each followed by the next one where that has no marks at all."""
        found: dict[int, Passage] = {}
        for at in sorted(at for at, marks in self._marks.items() if any(n == incident for _, n in marks)):
            sentence = self._sentences[at]
            found[at] = Passage(sentence.start, sentence.end)
            if at + 1 < len(self._sentences) and at + 1 not in self._marks:
                following = self._sentences[at + 1]
                if "\n" not in self._text[sentence.end : following.start]:
                    found[at + 1] = Passage(following.start, following.end, follows=True)
        return [found[at] for at in sorted(found)]

    def owns(self, incident: int, start: int, end: int) -> bool:
        """Whether words belong to an incident: the nearest mark of their sentence does; among equals the one before."""
        marks = self._marks.get(self._at(start), ())
        if all(number == incident for _, number in marks):
            return True
        nearest = min((_gap(m, start, end), m.start > start) for m, _ in marks)
        return any((_gap(m, start, end), m.start > start) == nearest and n == incident for m, n in marks)


def _gap(mark: Mark, start: int, end: int) -> int:
    return max(0, mark.start - end, start - mark.end)
