"""Facts of a language as data: number words, words for counts and dates, abbreviations.

`language("en")` loads `en.toml`. What a section may hold is declared by the classes below; the grammar that uses the
words is in `readings/`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from ascribe.errors import SchemaError

Words = tuple[str, ...]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """Words that make up numbers. `collectives` are counted groups ("two dozen")."""

    units: Mapping[str, int]
    tens: Mapping[str, int]
    scales: Mapping[str, int]
    collectives: Mapping[str, int]
    articles: Words
    half: Words
    joiners: Words
    ordinals: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Qualifiers:
    """Words that bound a number, by the bound they set; the `_after` ones follow the number."""

    at_least: Words
    at_most: Words
    about: Words
    exact: Words
    at_least_after: Words
    at_most_after: Words
    about_after: Words


@dataclass(frozen=True, slots=True, eq=False)
class CountNouns:
    """Nouns around numbers: what is counted, and what shows that nothing is counted."""

    measures: Words
    money: Words
    times: Words
    series: Words
    body: Words
    companies: Words
    harms: Words
    not_after_one: Words
    not_before_one: Words
    irregular_plurals: Words
    people: Words
    stops: Words


@dataclass(frozen=True, slots=True, eq=False)
class CountWords:
    """Words for numbers of people: vague ones with the lower bound they mean, words for nobody."""

    vague: Mapping[str, int]
    none: Words
    unharmed: Words
    both: Words
    unknown: Words
    uncounted: Words
    determiners: Words
    conjunctions: Words
    between: Words
    range_words: Words
    between_words: Words
    guesses: Words
    qualifiers: Qualifiers
    nouns: CountNouns


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """Words that make up dates: names of months and days, parts of units, words that point at other dates."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    month_verbs: Words
    month_leads: Words
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    month_parts: Mapping[str, tuple[int, int]]
    year_parts: Mapping[str, tuple[int, int]]
    decade_parts: Mapping[str, tuple[int, int]]
    day_parts: Words
    day_leads: Words
    day_words: Mapping[str, int]
    last_night: Words
    overnight: Words
    units: Mapping[str, str]
    later: Words
    earlier: Words
    ago: Words
    last: Words
    this: Words
    next: Words
    following: Words
    previous: Words
    same: Words
    within: Words
    vague_amounts: Words
    ordinal_nouns: Words
    aftermath: Words
    not_weekday_before: Words
    not_year_before: Words


@dataclass(frozen=True, slots=True, eq=False)
class SentenceWords:
    """What splits, and what does not split, a sentence although it looks the other way."""

    openers: Words
    abbreviations: Words


@dataclass(frozen=True, slots=True, eq=False)
class StandardWords:
    """Words (patterns) for what people are or where they pray, which must make no difference to a reading."""

    faiths: Words
    worship: Words
    peoples: Words


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language. Instances are compared by identity, so that compiled grammars can be kept for each."""

    code: str
    numbers: NumberWords
    counts: CountWords
    dates: DateWords
    sentences: SentenceWords
    standard: StandardWords


_PARTS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (NumberWords, Qualifiers, CountNouns, CountWords, DateWords, SentenceWords, StandardWords)
}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _load(kind: type[_T], table: object, where: str) -> _T:
    """Fill a class from a table; SchemaError names a key that is unknown or missing."""
    if not isinstance(table, dict):
        raise SchemaError(f"{where}: expected a section with keys, found {table!r}")
    known = {f.name: str(f.type) for f in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise SchemaError(f"{where}: unknown key {key!r}; known are {', '.join(known)}")
    for key in known:
        if key not in table:
            raise SchemaError(f"{where}: the key {key!r} is missing")
    filled = {
        key: _load(_PARTS[part], table[key], f"{where}.{key}") if (part := known[key]) in _PARTS else _plain(table[key])
        for key in table
    }
    return kind(**filled)


def parse_language(code: str, text: str) -> Language:
    """A language from the text of its TOML file; SchemaError names a key that is unknown or missing."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"languages/{code}.toml: {error}") from None
    return _load(Language, {"code": code, **data}, f"languages/{code}.toml")


@lru_cache
def language(code: str) -> Language:
    """The language with this ISO 639-1 code; SchemaError where there are no data for it."""
    try:
        text = files(__name__).joinpath(f"{code}.toml").read_text("utf-8")
    except (FileNotFoundError, ValueError):
        raise SchemaError(f"no language data for {code!r}") from None
    return parse_language(code, text)
