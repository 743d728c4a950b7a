"""Dates: intervals of days with a precision and the rule that made them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import get_args

from ascribe.errors import SchemaError
from ascribe.model import DatePrecision, DateValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, intervals


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def _parsed(part: str, whole: str) -> DateValue:
    """The interval that a day, a month or a year covers."""
    found = _WRITTEN.fullmatch(part.strip())
    try:
        if found is None:
            raise ValueError
        year, month, day = (int(g) if g else None for g in found.groups())
        assert year is not None
        if day is not None and month is not None:
            one = date(year, month, day)
            return DateValue(one, one, "day")
        first, final = (1, 12) if month is None else (month, month)
        last = date(year, final, monthrange(year, final)[1])
        return DateValue(date(year, first, 1), last, "year" if month is None else "month")
    except ValueError:
        raise SchemaError(f"{whole!r} is no date; write 2018-12-12, 2018-12, 2018 or two of them as A .. B") from None


class DateType:
    """Intervals of days; an open end is a bound ("before 2014-06-29")."""

    name = "date"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """An end on at least one side, in order."""
        if not isinstance(value, DateValue):
            raise wrong_type(value, "date")
        if value.start is None and value.end is None:
            raise SchemaError("a date needs a start or an end")
        if value.start and value.end and value.end < value.start:
            raise SchemaError(f"the date ends before it starts: {value.start} .. {value.end}")
        if value.precision not in get_args(DatePrecision):
            raise SchemaError(f"unknown date precision {value.precision!r}")

    def to_json(self, value: Value) -> Json:
        """ISO days with precision and rule."""
        assert isinstance(value, DateValue)
        return {
            "start": _iso(value.start),
            "end": _iso(value.end),
            "precision": value.precision,
            "rule": value.rule,
        }

    def from_json(self, data: Json) -> DateValue:
        """The inverse of `to_json`."""
        return DateValue(_day(data["start"]), _day(data["end"]), data["precision"], data["rule"])

    def slot(self, value: Value) -> Json:
        """Start and end as ISO days."""
        assert isinstance(value, DateValue)
        return {"start": _iso(value.start), "end": _iso(value.end)}

    def parse(self, written: str) -> DateValue:
        """The forms of `show`: a day, a month or a year, two of them as "A .. B", "since A" and "until B"."""
        words = one_line(written)
        first, between, last = words.partition("..")
        if between:
            return DateValue(_parsed(first, written).start, _parsed(last, written).end, "interval")
        if words.startswith("since "):
            return DateValue(_parsed(words.removeprefix("since "), written).start, None, "interval")
        if words.startswith("until "):
            return DateValue(None, _parsed(words.removeprefix("until "), written).end, "interval")
        return _parsed(words, written)

    def show(self, value: Value) -> str:
        """The shortest ISO form: a day, a month, a year, or both ends."""
        assert isinstance(value, DateValue)
        start, end = value.start, value.end
        if start is None or end is None:
            return f"since {start}" if start else f"until {end}"
        if start == end:
            return start.isoformat()
        if value.precision == "month":
            return start.strftime("%Y-%m")
        if value.precision == "year":
            return start.strftime("%Y")
        return f"{start} .. {end}"

    def bounds(self, value: Value) -> tuple[float | None, float | None]:
        """Ordinals of the first and the last day."""
        assert isinstance(value, DateValue)
        return (
            float(value.start.toordinal()) if value.start else None,
            float(value.end.toordinal()) if value.end else None,
        )

    def columns(self) -> tuple[str, ...]:
        """First day, last day, precision."""
        return ("", "_end", "_precision")

    def cells(self, value: Value) -> tuple[str, ...]:
        """ISO days; an open end is an empty cell."""
        assert isinstance(value, DateValue)
        return (_iso(value.start) or "", _iso(value.end) or "", value.precision)

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """By the days: a day is finer than its month, and never contradicts it."""
        return intervals(self.bounds(one), self.bounds(other))
