"""Counts of people with bounds: exact, at least, at most, a range, about, or said to be unknown."""

from __future__ import annotations

import re
from typing import get_args

from ascribe.errors import SchemaError
from ascribe.model import CountQualifier, CountValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, intervals

_ABOUT = 0.15  # how far "about" may reach, as a part of the number: reports round to tens and dozens
_WRITTEN = re.compile(
    r"(?P<unknown>unknown)|at most (?P<most>\d{1,9})"
    r"|(?P<about>about )?(?P<low>\d{1,9})(?:(?P<plus>\+)|\s*[-\u2013]\s*(?P<high>\d{1,9}))?",
    re.ASCII,
)


class CountType:
    """Whole numbers with bounds; zero is a value, "not stated" is no statement at all."""

    name = "count"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """Bounds in order and in keeping with the qualifier."""
        if not isinstance(value, CountValue):
            raise wrong_type(value, "count")
        low, high = value.minimum, value.maximum
        if value.qualifier not in get_args(CountQualifier):
            raise SchemaError(f"unknown count qualifier {value.qualifier!r}")
        if (low is not None and low < 0) or (high is not None and high < 0):
            raise SchemaError("a count is never negative")
        if low is not None and high is not None and high < low:
            raise SchemaError(f"the count's bounds are out of order: {low} .. {high}")
        if (low is None and high is None) != (value.qualifier == "unknown"):
            raise SchemaError('a count has a bound, or is "unknown" and has none')

    def to_json(self, value: Value) -> Json:
        """Bounds and qualifier."""
        assert isinstance(value, CountValue)
        return {"min": value.minimum, "max": value.maximum, "qualifier": value.qualifier}

    def from_json(self, data: Json) -> CountValue:
        """The inverse of `to_json`."""
        return CountValue(data["min"], data["max"], data["qualifier"])

    def slot(self, value: Value) -> Json:
        """`min` and `max`."""
        assert isinstance(value, CountValue)
        return {"min": value.minimum, "max": value.maximum}

    def parse(self, written: str) -> CountValue:
        """The forms of `show`: 5, 12+, 6-9, at most 4, about 40, about 40-60, unknown."""
        found = _WRITTEN.fullmatch(one_line(written))
        if found is None or (found["about"] and found["plus"]):
            raise SchemaError(f"{written!r} is no count; write 5, 12+, 6-9, at most 4, about 40 or unknown")
        if found["unknown"]:
            return CountValue(None, None, "unknown")
        if found["most"]:
            return CountValue(None, int(found["most"]), "at_most")
        low = int(found["low"])
        if found["plus"]:
            return CountValue(low, None, "at_least")
        high = int(found["high"] or low)
        return CountValue(low, high, "about" if found["about"] else "exact" if high == low else "range")

    def show(self, value: Value) -> str:
        """As a person would write it: 5, 12+, 6-9, at most 4, about 40, unknown."""
        assert isinstance(value, CountValue)
        low, high = value.minimum, value.maximum
        if low is None and high is None:
            return "unknown"
        if low is None:
            return f"at most {high}"
        if high is None:
            return f"{low}+"
        about = "about " if value.qualifier == "about" else ""
        return f"{about}{low}" if low == high else f"{about}{low}-{high}"

    def bounds(self, value: Value) -> tuple[float | None, float | None]:
        """The bounds themselves."""
        assert isinstance(value, CountValue)
        return (
            None if value.minimum is None else float(value.minimum),
            None if value.maximum is None else float(value.maximum),
        )

    def columns(self) -> tuple[str, ...]:
        """Low, high, qualifier."""
        return ("_low", "_high", "_qualifier")

    def cells(self, value: Value) -> tuple[str, ...]:
        """An unknown bound is an empty cell."""
        assert isinstance(value, CountValue)
        low, high = value.minimum, value.maximum
        return ("" if low is None else str(low), "" if high is None else str(high), value.qualifier)

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """By the bounds: 7 is finer than "at least 5"; "about 40" reaches from 34 to 46; unknown excludes nothing."""
        return intervals(self._reach(one), self._reach(other))

    def _reach(self, value: Value) -> tuple[float | None, float | None]:
        """The bounds, those of an approximate number moved apart by 15 in a hundred and by one at least."""
        assert isinstance(value, CountValue)
        low, high = self.bounds(value)
        if value.qualifier != "about":
            return low, high
        return (
            None if low is None else low - max(1.0, _ABOUT * low),
            None if high is None else high + max(1.0, _ABOUT * high),
        )
