"""What the groups of a date pattern say: years, parts of a unit, pointers, amounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.words import Words, folded

_Match = re.Match[str]
Builder = Callable[[_Match, Words], Phrase | None]
_YEAR_POINTERS = {"same": "that", "next": "following", "year after": "following", "year before": "previous"}


def year_of(match: _Match, words: Words) -> tuple[int | None, str | None]:
    """The year that follows a day or month, in figures or as a pointer (see `Phrase`)."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"]), None
    if groups.get("y2"):
        return century(groups["y2"]), None
    if groups.get("yago"):
        return None, f"-{words.number(groups['yago'])}"
    if groups.get("lately"):
        return None, "lately"
    pointer = groups.get("yp") or groups.get("yp2")
    if not pointer:
        return None, None
    word = folded(pointer).removesuffix(" year").removeprefix("the ").removesuffix(" same")
    return None, _YEAR_POINTERS.get(word, word) if groups.get("yp2") else word


def century(figures: str) -> int:
    """The year that two figures mean."""
    year = int(figures)
    return 1900 + year if year > 40 else 2000 + year


def part_of(match: _Match, table: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Which part of a month, year or decade is meant."""
    words = match.groupdict().get("part")
    if not words:
        return None
    key = folded(words).replace("-", " ").strip().removesuffix(" the").removeprefix("the ")
    return table.get(key) or table.get(f"{key} of") or table.get(key.removesuffix(" of"))


def pointer_of(word: str, words: Words) -> str:
    """ "last", "this", "next", "that", "following" or "previous"."""
    dates, key = words.language.dates, folded(word).removeprefix("the ")
    for name, known in (("next", dates.next), ("last", dates.last), ("this", dates.this)):
        if key in known:
            return name
    if key in dates.following:
        return "following"
    return "previous" if key in dates.previous else "that"


def amount_of(match: _Match, words: Words) -> tuple[str, int | None]:
    """The unit of a distance, and how many; None for a vague amount."""
    unit = words.language.dates.units[folded(match["unit"])]
    groups = match.groupdict()
    return unit, words.number(groups["amount"]) if groups.get("amount") else None
