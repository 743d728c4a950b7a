"""What a statement's value can be: dates, counts, places, actors, people, codes and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

DatePrecision = Literal["day", "days", "week", "month", "season", "year", "interval"]
CountQualifier = Literal["exact", "at_least", "at_most", "range", "about", "unknown"]
PlaceLevel = Literal["site", "city", "region", "country"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """An interval of days, both ends included. `None` at an end means that the text leaves it open.

    `rule` names the rule that resolved the words ("absolute", "weekday_before_publication", ...).
    """

    start: date | None
    end: date | None
    precision: DatePrecision = "day"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CountValue:
    """A number of people with its bounds; `qualifier` "unknown" is a text that says that the number is not known.

    "Not stated" is the absence of a statement, never a count.
    """

    minimum: int | None
    maximum: int | None
    qualifier: CountQualifier = "exact"


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place as named in the text; coordinates in degrees (WGS 84), never finer than `level` allows."""

    name: str
    level: PlaceLevel | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    gazetteer_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActorValue:
    """A group, state or organisation under the name the text gives it; `register_id` where the register knows it."""

    name: str
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A person under the fullest name in the text, or a description ("two gunmen") when `named` is false."""

    name: str
    named: bool = True
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A code of a closed list in `schema/lists/`."""

    code: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """Free words, such as the name of an outlet."""

    text: str


Value: TypeAlias = DateValue | CountValue | PlaceValue | ActorValue | PersonValue | CodeValue | TextValue
