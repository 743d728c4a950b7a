"""What a text says of how many acts there were; it is checked against incidents and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ascribe.model.documents import Evidence
from ascribe.model.values import ActorValue, CountValue, DateValue, PlaceValue

CountKind = Literal["number", "latest", "first", "deadliest", "most"]


@dataclass(frozen=True, slots=True)
class CountedArea:
    """Where a counting statement looks, in the text's words: a place, a region of the register by id, or neither,
    which is an area that nobody is named as defining ("the West").
    """

    evidence: Evidence
    place: PlaceValue | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class CountingStatement:
    """What a text says of how many acts there were, which was the last, the first or the deadliest, or where most were.

    `evidence` is the statement, `told` the words that say which act it is (of a superlative) or which acts it leaves
    out ("two other attacks"), with their days and places. `areas` are joined, and left out where `outside`.
    `period` bounds the acts that are meant; `reference` is the last day that the text's own words set for the
    statement, `news` the first day of what the text reports as news. `unread` are words that narrow the statement in a
    way that no filter here says ("on journalists"). None is "not stated".
    """

    evidence: Evidence
    kind: CountKind
    count: CountValue | None = None
    group: ActorValue | None = None
    group_evidence: Evidence | None = None
    areas: tuple[CountedArea, ...] = ()
    outside: bool = False
    period: DateValue | None = None
    reference: date | None = None
    news: date | None = None
    lethal: bool | None = None
    claimed: bool | None = None
    tactics: tuple[str, ...] = ()
    told: Evidence | None = None
    told_days: tuple[DateValue, ...] = ()
    told_places: tuple[PlaceValue, ...] = ()
    unread: tuple[Evidence, ...] = ()
