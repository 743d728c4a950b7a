"""Which accounts are compared at all: those that share a key. Everything else is never looked at.

Every account offers keys, under which others find it, and seeks keys, under which it finds others. Seeking is mutual:
if one finds the other, the other finds the one, so that it makes no difference which of them was there first. Precise
accounts meet by day and neighbourhood; those that know only a month, a region or a number meet the precise ones, so
that nobody is compared with all of a town's attacks.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from itertools import product

from ascribe.incidents.features import Features

_CELL = 0.25  # degrees, 28 km; with the cells around it more than any distance at which places are one
_WIDEST_DAYS = 366  # a date wider than this says nothing
_MANY = 10  # a number of killed from here on is a name by itself
_NEIGHBOURS = tuple(product((-1, 0, 1), repeat=2))


def keys(features: Features) -> tuple[frozenset[str], frozenset[str]]:
    """The keys that an account offers and those that it seeks."""
    pairs = [*_copies(features), *_days(features), *_months(features), *_names(features), *_numbers(features)]
    return (
        frozenset(key for key, offered in pairs if offered),
        frozenset(key for key, offered in pairs if not offered),
    )


_Key = tuple[str, bool]  # the key, and whether it is offered (True) or sought


def _mutual(key: str) -> Iterator[_Key]:
    yield key, True
    yield key, False


def _coarse(key: str, coarse: bool) -> Iterator[_Key]:
    """Keys on which a coarse account meets everybody and a fine one only the coarse."""
    if coarse:
        yield from ((f"{key}~", True), (f"{key}~", False), (key, False))
    else:
        yield from ((key, True), (f"{key}~", False))


def _copies(f: Features) -> Iterator[_Key]:
    yield f"r{f.document}{f.wording}", True
    yield f"R{f.document}{f.wording}", False
    if f.copy_of is not None:
        yield f"R{f.copy_of}{f.wording}", True
        yield f"r{f.copy_of}{f.wording}", False


def _days(f: Features) -> Iterator[_Key]:
    if not f.precise or f.first_day is None or f.last_day is None:
        return
    for day in range(f.first_day, f.last_day + 1):
        if f.latitude is not None and f.longitude is not None:
            row, column = _cell(f.latitude, f.longitude)
            yield f"c{row},{column}:{day}", True
            yield from ((f"c{row + up},{column + right}:{day}", False) for up, right in _NEIGHBOURS)
        for name in {*f.sites, f.place}:
            if name:
                yield from _mutual(f"n{name}:{day}")
        if f.country:
            yield from _coarse(f"k{f.country}:{day}", not f.pointed)


def _months(f: Features) -> Iterator[_Key]:
    if f.first_day is None or f.last_day is None or not 0 <= f.last_day - f.first_day < _WIDEST_DAYS:
        return
    first, last = date.fromordinal(f.first_day), date.fromordinal(f.last_day)
    for month in range(first.year * 12 + first.month, last.year * 12 + last.month + 1):
        if f.place:
            yield from _coarse(f"m{f.place}:{month}", not f.precise)
        if f.latitude is not None and f.longitude is not None:
            yield from _around(*_cell(f.latitude, f.longitude), month, f.precise)


def _around(row: int, column: int, month: int, precise: bool) -> Iterator[_Key]:
    """The vague look around their cell and are met around it, so that the precise, who are many, need not."""
    here = f"{row},{column}:{month}"
    if precise:
        yield from ((f"M{here}", True), (f"M~{here}", False))
        return
    yield f"W{here}", True
    for up, right in _NEIGHBOURS:
        there = f"{row + up},{column + right}:{month}"
        yield from ((f"M~{there}", True), (f"M{there}", False), (f"W{there}", False))


def _names(f: Features) -> Iterator[_Key]:
    for name in (*f.full_names, *f.victims):
        yield from _mutual(f"p{name}")


def _numbers(f: Features) -> Iterator[_Key]:
    if f.killed_low is not None and f.killed_low >= _MANY and f.place:
        undated = f.first_day is None or f.last_day is None
        yield from _coarse(f"u{f.place}:{f.killed_low}", undated)


def _cell(latitude: float, longitude: float) -> tuple[int, int]:
    return math.floor(latitude / _CELL), math.floor(longitude / _CELL)
