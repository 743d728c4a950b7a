"""Which incidents of the parts are one: the numbers of the answers brought together under numbers of the document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ascribe.model import DateValue
from ascribe.readings import naming
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.marks import Mark


class _Incident:
    """What tells one incident apart: the words for the act, and its days and places as the normalisers read them."""

    def __init__(self) -> None:
        self.parts: set[int] = set()
        self.acts: set[tuple[int, int]] = set()
        self.days: set[DateValue] = set()
        self.places: set[str] = set()

    def take(self, ground: Ground, one: Checked) -> None:
        self.parts.add(one.fact.part)
        match one.fact.path:
            case "event" | "incident.tactics":
                self.acts.add((one.start, one.end))
            case "incident.date":
                value = one.date or ground.setting.date(Mark(one.start, one.end, "date"))
                if value is not None and value.precision in ("day", "days"):
                    self.days.add(value)
            case "incident.place":
                self.places.add(naming.fold(ground.text[one.start : one.end]))

    def agrees(self, other: _Incident) -> bool:
        """Whether both are told by the same words, or on the same day at the same place by different parts."""
        if self.acts & other.acts:
            return True
        return bool(self.days & other.days and self.places & other.places) and not self.parts & other.parts

    def differs(self, other: _Incident) -> bool:
        """Whether both have days and places, and none in common."""
        days = bool(self.days and other.days) and not self.days & other.days
        places = bool(self.places and other.places) and not self.places & other.places
        return days and places


def _known(ground: Ground, checked: Iterable[Checked]) -> dict[int, _Incident]:
    found: dict[int, _Incident] = defaultdict(_Incident)
    for one in checked:
        if one.holds and one.fact.incident:
            found[one.fact.incident].take(ground, one)
    return found


def numbers_of(
    ground: Ground, before: Sequence[Checked], answer: Sequence[Checked], known: Iterable[int], following: int
) -> dict[int, int]:
    """For each number of an answer the number of its incident in the document.

    `known` are the numbers that the answer was told of. One of these is a new incident all the same where days and
    places differ: a model that counts from 1 again. New ones are counted from `following`.
    """
    told, mine = _known(ground, before), _known(ground, answer)
    given: dict[int, int] = {}
    for number in sorted({one.fact.incident for one in answer if one.fact.incident}):
        same = number in set(known) and not (number in told and number in mine and told[number].differs(mine[number]))
        given[number] = number if same else following
        following += not same
    return given


def joined(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """All facts, those of different parts under one number where their incidents are one."""
    known = _known(ground, checked)
    stands: dict[int, int] = {}
    for number in sorted(known):
        earlier = next(
            (
                n
                for n in sorted(set(stands.values()))
                if known[n].parts != known[number].parts and known[n].agrees(known[number])
            ),
            number,
        )
        stands[number] = earlier
    return [
        replace(one, fact=replace(one.fact, incident=stands.get(one.fact.incident, one.fact.incident)))
        for one in checked
    ]
