"""The parts that comparisons are made of: each condition once in SQL, for Splink, and once in Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from ascribe.incidents.features import Features

_EARTH_KM = 6371.0

Holds = Callable[[Features, Features], bool]


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its words for a person, its condition as SQL over `_l` and `_r`, and in Python."""

    words: str
    sql: str
    holds: Holds


@dataclass(frozen=True, slots=True)
class Comparison:
    """A thing that is compared; the first level that holds counts. Where `missing` holds nothing is weighed."""

    name: str
    columns: tuple[str, ...]
    missing: Level
    levels: tuple[Level, ...]

    def level(self, one: Features, other: Features) -> int:
        """The number of the level that holds, from 0; -1 where one of the two says nothing."""
        if self.missing.holds(one, other):
            return -1
        return next(number for number, level in enumerate(self.levels) if level.holds(one, other))


def otherwise(words: str) -> Level:
    """The last level, which always holds."""
    return Level(words, "ELSE", lambda _one, _other: True)


def unsaid(*columns: str) -> Level:
    """One of the two says nothing in one of these columns."""
    sql = " OR ".join(f"{column}_{side} IS NULL" for column in columns for side in "lr")
    return Level(sql=sql, words="not said by both", holds=lambda a, b: _any_none(a, columns) or _any_none(b, columns))


def _any_none(features: Features, columns: tuple[str, ...]) -> bool:
    return any(getattr(features, column) is None for column in columns)


def shared(column: str, words: str) -> Level:
    """Two sets have something in common."""
    return Level(
        words,
        f"list_has_any({column}_l, {column}_r)",
        lambda a, b: not set(getattr(a, column)).isdisjoint(getattr(b, column)),
    )


def sets(name: str, column: str, together: str, apart: str) -> Comparison:
    """A comparison of two sets: something in common, or nothing."""
    missing = Level(
        "not said by both",
        f"len({column}_l) = 0 OR len({column}_r) = 0",
        lambda a, b: not getattr(a, column) or not getattr(b, column),
    )
    return Comparison(name, (column,), missing, (shared(column, together), otherwise(apart)))


def within(kilometres: float, words: str) -> Level:
    """Two points on the map lie no further apart than this."""
    return Level(words, f"{_DISTANCE} <= {kilometres}", lambda a, b: distance(a, b) <= kilometres)


# Great circle (haversine); NULL, and so no level, where a place has no point.
_DISTANCE = (
    f"2 * {_EARTH_KM} * asin(least(1.0, sqrt("
    "power(sin(radians(latitude_r - latitude_l) / 2), 2) + cos(radians(latitude_l)) * cos(radians(latitude_r)) * "
    "power(sin(radians(longitude_r - longitude_l) / 2), 2))))"
)


def distance(one: Features, other: Features) -> float:
    """Kilometres between two points on the map; infinite where one of them is missing."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    lat1, lon1, lat2, lon2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
