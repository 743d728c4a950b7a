"""How two values of one property stand to each other; what the types share that compare intervals and names."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

Relation = Literal["same", "finer", "coarser", "overlapping", "contradictory"]
"""How the first value stands to the second: it says the same, says more, says less, can be true beside it, cannot."""


@dataclass(frozen=True, slots=True)
class ListRules:
    """What a closed list says of its codes, for each code.

    `wider`: those that are true wherever it is, only less exact. `beside`: those that may be true of the same thing
    as well, sooner or later. `ends`: those that hold no more once it does.
    """

    wider: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ends: Mapping[str, frozenset[str]] = field(default_factory=dict)


NO_RULES = ListRules()

_LONGEST_NAME = 80  # characters; longer ones are not compared letter by letter
_ONE_SPELLING = 0.9  # "Kommando Heinrich" and "Commando Heinrich" are 0.94 alike


def intervals(one: tuple[float | None, float | None], other: tuple[float | None, float | None]) -> Relation:
    """Two closed intervals; an end that is None is open. What lies within is finer, what is apart contradicts."""
    low, high = _ends(one)
    other_low, other_high = _ends(other)
    if (low, high) == (other_low, other_high):
        return "same"
    if other_low <= low and high <= other_high:
        return "finer"
    if low <= other_low and other_high <= high:
        return "coarser"
    return "overlapping" if low <= other_high and other_low <= high else "contradictory"


def _ends(bounds: tuple[float | None, float | None]) -> tuple[float, float]:
    low, high = bounds
    return -math.inf if low is None else low, math.inf if high is None else high


def names(one: str, other: str) -> Relation:
    """Two names by their words, whatever their case, accents and order: "Vell" is coarser than "Jonas Vell".

    Initials may stand for a name ("RF" for "Reed Front"), or for another, and nearly equal names may be one in two
    spellings. All else are two names, which one thing does not have.
    """
    mine, theirs = fold(one).split(), fold(other).split()
    if mine == theirs:
        return "same"
    if set(mine) > set(theirs):
        return "finer"
    if set(mine) < set(theirs):
        return "coarser"
    initials = _initials(mine, theirs) or _initials(theirs, mine)
    alike = initials or set(mine) == set(theirs) or _spelt_alike(" ".join(mine), " ".join(theirs))
    return "overlapping" if alike else "contradictory"


def _spelt_alike(one: str, other: str) -> bool:
    first, second = sorted((one, other))  # the matcher does not give the same both ways
    if max(len(first), len(second)) > _LONGEST_NAME:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ONE_SPELLING


def _initials(short: list[str], long: list[str]) -> bool:
    return len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long)


def fold(name: str) -> str:
    """A name without case, accents, punctuation and a leading article, for comparison only."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words) or " ".join(name.casefold().split())


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The great-circle distance of two points in degrees of latitude and longitude (haversine)."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
