"""The words of a language around numbers of killed and wounded, compiled for search."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.lexicon import WordTable

Search = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class TollWords:
    """All compiled word lists of one language; tables map a list's name to its search."""

    kinds: WordTable
    fates: WordTable
    sources: WordTable


@lru_cache(maxsize=4)
def toll_words(code: str) -> TollWords:
    """The words of a language ("en")."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_tolls.toml").read_text("utf-8"))
    tables = (WordTable(data[key]) for key in TollWords.__slots__)
    return TollWords(*tables)
