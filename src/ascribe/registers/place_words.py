"""What the words around a place's name say: ordinary words, persons' names, organisations, countries and demonyms."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.registers.folding import fold
from ascribe.registers.tokens import Token

# After these a capitalised name is a place if it is one at all.
_LOCATIVE = frozenset(
    "in at near from to around outside inside into through across via towards toward throughout".split()
)
# Before a surname ("Senator Lincoln").
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady judge justice president minister senator sen rep congressman"
    " congresswoman governor gov mayor general gen colonel col major maj captain capt lieutenant lt sergeant sgt"
    " corporal cpl private admiral commander officer detective inspector constable chief sheriff deputy secretary"
    " ambassador king queen prince princess pope bishop archbishop cardinal father sister brother imam mullah maulana"
    " ayatollah sheikh shaikh sheik emir rabbi reverend rev pastor agent spokesman spokeswoman director attorney prosecutor"
    " lawyer analyst journalist".split()
)
# After a name these make it an organisation's, a thing's or a person's: still that place, unless its name is a small one's.
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower greater northeast northwest southeast"
    " southwest northeastern northwestern southeastern southwestern new old downtown inner outer mid rural".split()
)
_NAMES_OF_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs"
    " fri sat sun".split()
)
SMALL_WORDS = frozenset(
    "the a an of and or in on at by to for from with as is was be he she it its his her they we i you this that these"
    " those not no but if then there here when where who what why how which while all any both each few more most other"
    " some such only own same so than too very can will just should now one two three four five six seven eight nine"
    " ten his our your my their man men woman women god war army police".split()
)
_ARTICLES = frozenset("al el ad ar as ash at az an ed er es esh et ez the la le los las".split())

BIG = 50  # ten times the logarithm: a hundred thousand people
HUGE = 60


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Lists that tell a place's name from other words; `countries` maps keys of names and demonyms to codes."""

    ordinary: frozenset[str]
    given: frozenset[str]
    countries: Mapping[str, str]
    demonyms: Mapping[str, str]

    def country(self, words: str) -> str | None:
        """The code of a country by name, alias or demonym; a leading "the" does not matter."""
        key = fold(words)
        for variant in (key, key.removeprefix("the ")):
            code = self.countries.get(variant) or self.demonyms.get(variant)
            if code:
                return code
        return None

    def may_open(self, words: list[Token], i: int) -> bool:
        """Whether a name can begin here: at a capital, or at a lower-case article tied to one ("al-Raqqa")."""
        word = words[i]
        if word.upper:
            return True
        after = words[i + 1] if i + 1 < len(words) else None
        return (
            word.key in _ARTICLES
            and after is not None
            and after.upper
            and after.joined
            and (after.start - word.end == 1)
            and word.key != "the"
        )

    def is_place(self, text: str, words: list[Token], i: int, j: int, weights: tuple[int, ...], caps: bool) -> bool:
        """Whether words i to j, which some place bears as a name, are meant as a place here."""
        keys = [w.key for w in words[i : j + 1]]
        if len(keys) == 1 and (len(keys[0]) < 3 or keys[0] in _NAMES_OF_DAYS or keys[0] in SMALL_WORDS):
            return (
                words[i].key in self.countries
                and text[words[i].start : words[i].end].isupper()
                and not (caps and "." not in text[words[i].start : words[i].end])
            )
        size = max(w >> 3 for w in weights)
        main = any(w & 1 for w in weights)
        level = max(w >> 1 & 3 for w in weights)
        if level == 3:
            return not self._is_person(words, i, j, caps) or len(keys) > 1
        before = words[i - 1] if i > 0 else None
        located = before is not None and before.key in _LOCATIVE and (caps or not before.upper)
        qualified = self._is_qualified(text, words, j)
        if all(k in self.ordinary or k in SMALL_WORDS or k in self.given for k in keys):
            if qualified and main:
                return True
            if caps or not main or self._opens_sentence(text, words, i):
                return False
            return size >= BIG and (located or len(keys) > 1)
        if self._is_person(words, i, j, caps):
            return False
        if qualified or (located and main):
            return True
        if caps:
            return size >= (30 if main else 45) or len(keys) > 1
        if self._in_longer_name(words, i, j):
            return main and size >= HUGE
        return size >= (25 if main else 40) or located or len(keys) > 1

    def _is_person(self, words: list[Token], i: int, j: int, caps: bool) -> bool:
        if i > 0 and words[i].joined:
            before = words[i - 1]
            if before.key in self.given and before.upper:
                return True
            if before.key in _TITLES and before.upper:
                return True
        # "Paris Hilton" stays a place name too: only names that are mainly given names make a person.
        return j == i and words[i].key in self.given and not caps

    def _is_qualified(self, text: str, words: list[Token], j: int) -> bool:
        """Whether a country or a region's name follows after a comma ("Ghent, Belgium")."""
        if j + 1 >= len(words) or text[words[j].end : words[j + 1].start] not in (", ", ","):
            return False
        key = words[j + 1].key
        return key in self.countries or (
            j + 2 < len(words) and words[j + 2].joined and f"{key} {words[j + 2].key}" in self.countries
        )

    def _in_longer_name(self, words: list[Token], i: int, j: int) -> bool:
        before = words[i - 1] if i > 0 and words[i].joined else None
        if before is not None and before.upper and before.key not in self.ordinary | _DIRECTIONS | SMALL_WORDS:
            return before.key not in self.countries and before.key not in self.demonyms
        return False

    def _opens_sentence(self, text: str, words: list[Token], i: int) -> bool:
        if i == 0:
            return True
        gap = text[words[i - 1].end : words[i].start]
        return any(c in gap for c in '.!?\n"“:;•*')


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The lists of this package, read once."""
    folder = files("ascribe.registers")
    countries: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    with (folder / "countries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            countries.update((fold(n), row["code"]) for n in (row["name"], *row["aliases"].split("|")) if n)
            demonyms.update((fold(n), row["code"]) for n in row["demonyms"].split("|") if n)
    return PlaceWords(_word_list("ordinary_words.txt"), _word_list("given_names.txt"), countries, demonyms)


def _word_list(name: str) -> frozenset[str]:
    lines = (files("ascribe.registers") / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(w) for line in lines if not line.startswith("#") for w in line.split())
