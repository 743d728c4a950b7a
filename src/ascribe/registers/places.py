"""The register of places: what a name in a text may mean, best first, and where names of places stand in a text."""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ascribe.model import PlaceLevel
from ascribe.registers.folding import fold
from ascribe.registers.place_words import PlaceWords, Run, place_words
from ascribe.registers.ranking import NOWHERE, Context, Place, rank
from ascribe.registers.tokens import Token, is_upper_case, tokens

LEVELS: tuple[PlaceLevel, ...] = ("site", "city", "region", "country")
_COLUMNS = "id, name, level, country, admin1, latitude, longitude, population, slug"
_ARTICLES = ("al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "esh", "et", "ez")
_KIND = re.compile(
    r"^(?:the )?(?:(?:city|town|village|province|state|region|district|municipality|department|governorate|county|port)"
    r" of )(?=\S)|(?<=\S) (?:province|state|region|district|municipality|department|governorate|county|oblast|city|"
    r"town|village|agency|prefecture|division|subdivision|island|peninsula)$"
)


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """Words at `start:end` that name a place; `key` is the folded name, `size` ten times the logarithm of the
    largest population that bears it, `level` the widest level among its bearers.
    """

    start: int
    end: int
    name: str
    key: str
    size: int
    level: PlaceLevel


class PlaceRegister:
    """Reads one immutable SQLite file. May be shared by threads, and by processes that fork."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._words: PlaceWords = place_words()
        self._weights = lru_cache(maxsize=100_000)(self._read_weights)
        self._named = lru_cache(maxsize=20_000)(self._read_places)
        self._longest = lru_cache(maxsize=100_000)(self._read_longest)

    def look_up(self, name: str) -> tuple[Place, ...]:
        """The places of this name, the likeliest first as far as one can say without a context."""
        key = fold(name)
        code = self._words.country(key)
        country = tuple(p for p in self._named(fold(self._words.names[code])) if p.country == code) if code else ()
        for variant in _variants(key):
            found = self._named(variant)
            if found:
                # "Canadian" is a town in Texas too.
                return found if not country or country[0] in found else (*country[:1], *found)
        return country

    def resolve(self, name: str, context: Context = NOWHERE) -> Place | None:
        """The place meant by a name in this context, or None where the register does not know the name."""
        ranked = rank(self.look_up(name), context)
        return ranked[0] if ranked else None

    def country(self, words: str) -> str | None:
        """The ISO 3166-1 alpha-2 code for a country's name, alias or demonym ("the UK", "Burma", "Iraqi")."""
        return self._words.country(words)

    def country_codes(self) -> frozenset[str]:
        """The codes of all countries (ISO 3166-1 alpha-2, and XK)."""
        return frozenset(self._words.names)

    def countries_in(
        self, text: str, words: list[Token], spans: Sequence[PlaceSpan], caps: bool
    ) -> list[tuple[int, str]]:
        """Where a text names countries, by name or demonym: offsets and codes, in order."""
        found = {s.start: code for s in spans if s.level == "country" and (code := self._words.countries.get(s.key))}
        for i, word in enumerate(words):
            code = self._words.demonym_at(words, i) if word.upper or caps else None
            if code:
                found.setdefault(word.start, code)
        return sorted(found.items())

    def spans(self, text: str, caps: bool | None = None) -> list[PlaceSpan]:
        """The names of places in a running text, longest matches, in order, without overlap.

        `caps` says that the text is all in capitals; by default that is judged from the text.
        """
        return self.spans_of(text, tokens(text), is_upper_case(text) if caps is None else caps)

    def spans_of(self, text: str, words: list[Token], caps: bool) -> list[PlaceSpan]:
        """As `spans`, for a text whose words are at hand."""
        found: list[PlaceSpan] = []
        run = Run(text, words, self._words.persons(words, caps), caps)
        i = 0
        while i < len(words):
            if not (words[i].upper or words[i].key in _ARTICLES):
                i += 1
                continue
            span, after = self._span_at(run, i)
            if span is not None:
                found.append(span)
            i = after
        return found

    def towns(self) -> Iterator[Place]:
        """All places of the level of a city."""
        for row in self._rows(f"SELECT {_COLUMNS}, 1 FROM place WHERE level = 1", ()):
            yield _place(row)

    def _span_at(self, run: Run, i: int) -> tuple[PlaceSpan | None, int]:
        text, words = run.text, run.words
        if not self._words.may_open(text, words, i):
            return None, i + 1
        most = self._longest(words[i].key)
        # "al-Raqqa" is Raqqa where no place bears the name with its article.
        tied = words[i].key in _ARTICLES and text[words[i].end : words[i].end + 1] == "-"
        if tied:
            most = max(most, 2)
        last = i
        while last + 1 < len(words) and last - i + 1 < most and words[last + 1].joined:
            last += 1
        for j in range(last, i - 1, -1):
            if not words[j].upper and j > i:
                continue
            key = words[i].key if j == i else " ".join(w.key for w in words[i : j + 1])
            weights = self._weights(key)
            if not weights and tied and j > i:
                key = key.partition(" ")[2]
                weights = self._weights(key)
            if weights and self._words.is_place(run, i, j, weights):
                start, end = words[i].start, words[j].end
                level = LEVELS[max(w >> 1 & 3 for w in weights)]
                size = max(w >> 3 for w in weights)
                return PlaceSpan(start, end, text[start:end], key, size, level), j + 1
        return None, i + 1

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        # A connection must not be carried over a fork, nor be used by two threads at a time.
        if getattr(self._local, "pid", None) != os.getpid():
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            self._local.connection = sqlite3.connect(uri, uri=True)
            self._local.pid = os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection.execute(query, values).fetchall()

    def _read_longest(self, word: str) -> int:
        """The number of words of the longest name that begins with this word; one where only the word is a name."""
        return next((n for (n,) in self._rows("SELECT words FROM opening WHERE word = ?", (word,))), 1)

    def _read_weights(self, key: str) -> tuple[int, ...]:
        return tuple(w for (w,) in self._rows("SELECT weight FROM alias WHERE key = ?", (key,)))

    def _read_places(self, key: str) -> tuple[Place, ...]:
        rows = self._rows(
            f"SELECT {_COLUMNS}, weight & 1 FROM alias JOIN place ON id = place WHERE key = ?",
            (key,),
        )
        return rank(tuple(_place(row) for row in rows), NOWHERE)


def _place(row: tuple[Any, ...]) -> Place:
    number, name, level, country, admin1, latitude, longitude, population, slug, main = row
    return Place(
        id=f"supplement:{slug}" if slug else f"geonames:{number}",
        name=name,
        level=LEVELS[level],
        country=country,
        admin1=admin1,
        latitude=_degrees(latitude),
        longitude=_degrees(longitude),
        population=population,
        main=bool(main),
    )


def _degrees(value: int | None) -> float | None:
    return None if value is None else value / 10_000


def _variants(key: str) -> Iterator[str]:
    """The keys to try for a name, the closest first: without a kind word, without or with the Arabic article."""
    yield key
    bare = _KIND.sub("", key.removeprefix("the "))
    if bare != key:
        yield bare
    first, _, rest = bare.partition(" ")
    if first in _ARTICLES and len(rest) > 2:
        yield rest
        yield from (f"{article} {rest}" for article in _ARTICLES)
        bare = rest
    else:
        yield f"al {bare}"
    if len(bare) > 4:
        yield bare[:-1] if bare.endswith("h") else f"{bare}h"
    if " " in bare:
        yield bare.replace(" ", "")


@lru_cache(maxsize=1)
def place_register() -> PlaceRegister:
    """The register that comes with Ascribe, opened once."""
    return PlaceRegister(Path(str(files("ascribe.registers") / "places.sqlite")))
