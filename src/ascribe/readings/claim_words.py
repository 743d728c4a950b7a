"""The words of a language around claims and views on who did it, compiled for search."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.lexicon import WordTable

Search = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """All compiled word lists of one language; tables map a list's name to its search."""

    own_word: WordTable
    steps: WordTable
    about: WordTable
    views: WordTable


@lru_cache(maxsize=4)
def claim_words(code: str) -> ClaimWords:
    """The words of a language ("en")."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_claims.toml").read_text("utf-8"))
    tables = (WordTable(data[key]) for key in ClaimWords.__slots__)
    return ClaimWords(*tables)


@lru_cache(maxsize=64)
def _leading(words: Search, between: int) -> Search:
    return re.compile(rf"{words.pattern}\W+(?:[\w’'-]+\W+){{0,{between}}}$", re.IGNORECASE)


def led_by(text: str, start: int, earliest: int, words: Search, between: int = 3) -> bool:
    """Whether one of `words` stands before `start` with at most so many words between, not before `earliest`."""
    return _leading(words, between).search(text[max(earliest, start - 60) : start]) is not None
