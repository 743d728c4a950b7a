"""What a date expression says, before it is known which date it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DateKind = Literal["absolute", "relative", "event_relative", "anaphoric", "vague"]
Form = Literal[
    "day",  # a day of a month, with or without a year
    "either_order",  # figures whose order of day and month is open
    "month",
    "months",  # from one month to another
    "season",
    "year",
    "years",
    "decade",
    "holiday",
    "day_of_month",  # "the 14th"
    "nth_weekday",  # the first Sunday in June
    "part_of_month",  # early in the month
    "beside",  # the week before, the Friday after a date
    "weekday",
    "weekdays",  # "Friday to Saturday"
    "days_away",  # days from the publication: today, yesterday
    "overnight",
    "ago",
    "period",  # last week, this month, next year
    "shift",  # three days later, the next day
    "within",  # within two days
    "same",  # that night, the same month
    "day_range",  # two days joined
    "vague",
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A date expression at `start:end`. Which fields are set depends on `form`.

    `pointer` says which one is meant ("last", "this", "next", "that", "the", "following", "previous"). `year_pointer`
    does so for the year ("May last year"; "-3" is three years before the publication, "lately" the latest one).
    `nth` counts the weekdays of a month, from its end where negative. `unit` and `amount` belong to shifts; `exact`
    marks "to the day". `until` is the second date of a range, or the date that a shift starts from.
    """

    start: int
    end: int
    form: Form
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    last_month: int | None = None
    last_year: int | None = None
    weekday: int | None = None
    last_weekday: int | None = None
    part: tuple[int, int] | None = None
    months: tuple[int, int] | None = None
    pointer: str | None = None
    year_pointer: str | None = None
    nth: int | None = None
    unit: str | None = None
    amount: int | None = None
    exact: bool = False
    easter: int | None = None
    open_side: Literal["", "start", "end"] = ""
    until: Phrase | None = None
    loose: bool = False
