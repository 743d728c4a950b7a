"""A language's date words, made ready for look-up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ascribe.languages import Language


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A language's date words, folded for look-up."""

    language: Language
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    years_taken: frozenset[str]
    not_before_years: frozenset[str]

    def month(self, word: str) -> int:
        """The number of a month's name or short form."""
        return self.months[word.lower().rstrip(".")]

    def weekday(self, word: str | None) -> int | None:
        """1 (Monday) to 7 (Sunday), None for no word."""
        return self.weekdays[word.lower().rstrip(".")] if word else None

    def number(self, words: str) -> int | None:
        """A small number in figures or words; None for a vague amount."""
        numbers = self.language.numbers
        parts = re.split(r"[\s-]+", words.lower().strip())
        if parts[0].isdigit():
            return int(parts[0])
        if len(parts) == 1 and (parts[0] in numbers.articles or parts[0] == "the"):
            return 1
        if not all(p in numbers.units or p in numbers.tens for p in parts):
            return None
        return sum(numbers.units.get(p, 0) + numbers.tens.get(p, 0) for p in parts)

    def ordinal(self, words: str) -> int | None:
        """The number of "first", "twenty-first" or "last" (-1)."""
        numbers, dates = self.language.numbers, self.language.dates
        parts = re.split(r"[\s-]+", words.lower().strip())
        if parts[0] in dates.last or parts[0] == "final":
            return -1
        last = numbers.ordinals.get(parts[-1])
        return last if len(parts) == 1 or last is None else numbers.tens.get(parts[0], 0) + last


def folded(words: str) -> str:
    """Words in lower case with single blanks and straight apostrophes."""
    return " ".join(words.lower().replace("’", "'").split())
