"""What the words around a place's name say: ordinary words, persons' names, organisations, countries and demonyms."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from ascribe.registers.folding import fold
from ascribe.registers.tokens import Token

# After these a capitalised name is a place if it is one at all.
_LOCATIVE = frozenset(
    "in at near from to around outside inside into through across via towards toward throughout".split()
)
# Before a surname ("Senator Lincoln").
TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady judge justice president minister senator sen rep congressman"
    " congresswoman governor gov mayor general gen colonel col major maj captain capt lieutenant lt sergeant sgt"
    " corporal cpl private admiral commander officer detective inspector constable chief sheriff deputy secretary"
    " ambassador king queen prince princess pope bishop archbishop cardinal father sister brother imam mullah maulana"
    " ayatollah sheikh shaikh sheik emir rabbi reverend rev pastor agent spokesman spokeswoman director attorney"
    " prosecutor lawyer analyst journalist madame monsieur senor señor senora señora"
    " herr frau brigadier privates maulvi mufti hajji haji".split()
)
# Before a name these make no other name of it ("North Belfast").
_DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central upper lower greater northeast northwest southeast"
    " southwest northeastern northwestern southeastern southwestern new old downtown inner outer mid rural".split()
)
NAMES_OF_DAYS = frozenset(
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

_PERSON_VERBS = frozenset(
    "said says told tells added adds wrote writes argued argues testified explained explains noted notes recalled "
    "thinks thought believes believed pleaded who whose".split()
)
_CITY, _COUNTRY = 1, 3
TOWN = 38  # ten times the logarithm of a population: some six thousand people
BIG = 50
LARGE = 57
HUGE = 60
_NEVER = 999


@dataclass(frozen=True, slots=True)
class Run:
    """A text with its words; `persons` are surnames in it, `caps` says that it is all in capitals."""

    text: str
    words: list[Token]
    persons: frozenset[str]
    caps: bool


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Lists that tell a place's name from other words.

    `names` maps country codes to names; `countries` and `demonyms` map keys to codes.
    """

    ordinary: frozenset[str]
    given: frozenset[str]
    names: Mapping[str, str]
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

    def demonym_at(self, words: list[Token], i: int) -> str | None:
        """The code of the country whose people or language the word at i names, two words first ("Sri Lankan")."""
        if i + 1 < len(words) and words[i + 1].joined:
            code = self.demonyms.get(f"{words[i].key} {words[i + 1].key}")
            if code:
                return code
        return self.demonyms.get(words[i].key)

    def may_open(self, text: str, words: list[Token], i: int) -> bool:
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
            and text[word.end] == "-"
            and word.key not in ("the", "la", "le", "los", "las")
        )

    def persons(self, words: list[Token], caps: bool) -> frozenset[str]:
        """The keys of what may be surnames in a text: words after a given name, a title, or another unknown name."""
        found = set()
        for before, word in pairwise(words):
            if not (word.joined and word.upper and before.upper):
                continue
            if before.key in self.given or before.key in TITLES or (not caps and self._is_unknown(before)):
                found.add(word.key)
        return frozenset(found - self.countries.keys())

    def is_place(self, run: Run, i: int, j: int, weights: tuple[int, ...]) -> bool:
        """Whether words i to j, which some place bears as a name, are meant as a place here."""
        words, keys = run.words, [w.key for w in run.words[i : j + 1]]
        if len(keys) == 1 and self._is_never(run, i, keys[0]):
            return False
        main = any(w & 1 for w in weights)
        size = max(w >> 3 for w in weights if w & 1 or not main)
        level = max(w >> 1 & 3 for w in weights if w & 1 or not main)
        if level == _COUNTRY:
            return not self._after_given_name(words, i)
        before = words[i - 1] if i > 0 else None
        located = before is not None and before.key in _LOCATIVE and (run.caps or not before.upper)
        qualified = main and self._is_qualified(run.text, words, j)
        if all(k in self.ordinary or k in SMALL_WORDS or k in self.given for k in keys):
            if run.caps or not main or self._opens_sentence(run.text, words, i):
                return qualified
            least = TOWN if located and level == _CITY and keys[0] not in self.given else BIG
            return qualified or (size >= least and (located or level == _CITY))
        if self._after_given_name(words, i):
            return False
        if qualified or (located and main):
            return True
        return located or size >= self._least_size(run, i, j, main)

    def _least_size(self, run: Run, i: int, j: int, main: bool) -> int:
        """How large a place must be for words i to j to mean it where nothing around them says that it is one."""
        words, single = run.words, i == j
        if (single and words[i].key in run.persons) or self._acts(words, j):
            return LARGE if main else _NEVER
        if run.caps:
            # Half the surnames of a language are towns somewhere; a text of capitals shows no difference.
            return (BIG if main else _NEVER) if single else 0
        if self._ends_longer_name(words, i):
            return HUGE if main else _NEVER
        if single and self._opens_longer_name(words, j):
            return BIG if main else _NEVER
        return (25 if main else 40) if single else 0

    def _is_never(self, run: Run, i: int, key: str) -> bool:
        """Whether a single word is no place whatever is around it."""
        written = run.text[run.words[i].start : run.words[i].end]
        if key in self.countries:
            if run.caps and key in self.ordinary and "." not in written:
                return True
            # "US" and "U.S." are the country, "us" and, in a text of capitals, "US" may be the pronoun.
            return len(key) < 3 and (not written.isupper() or (run.caps and "." not in written))
        if len(key) < 3 or key in NAMES_OF_DAYS or key in SMALL_WORDS or key in self.demonyms:
            return True
        if written[1:2] in ("'", "\u2019") and written[0] in "Ii":
            return True
        # An acronym that is some far town's name too; a dateline in capitals is not one.
        return not run.caps and len(written) <= 5 and written.isupper() and not self._opens_line(run.text, run.words[i])

    def _after_given_name(self, words: list[Token], i: int) -> bool:
        if i == 0 or not words[i].joined or not words[i - 1].upper:
            return False
        return words[i - 1].key in self.given or words[i - 1].key in TITLES

    def _acts(self, words: list[Token], j: int) -> bool:
        """Whether the name does what persons do: "Lincoln said"."""
        return j + 1 < len(words) and words[j + 1].joined and words[j + 1].key in _PERSON_VERBS

    def _is_qualified(self, text: str, words: list[Token], j: int) -> bool:
        """Whether a country's name follows after a comma ("Ghent, Belgium")."""
        if j + 1 >= len(words) or text[words[j].end : words[j + 1].start] not in (", ", ","):
            return False
        key = words[j + 1].key
        return key in self.countries or (
            j + 2 < len(words) and words[j + 2].joined and f"{key} {words[j + 2].key}" in self.countries
        )

    def _ends_longer_name(self, words: list[Token], i: int) -> bool:
        return i > 0 and words[i].joined and words[i - 1].upper and self._is_unknown(words[i - 1])

    def _opens_longer_name(self, words: list[Token], j: int) -> bool:
        return j + 1 < len(words) and words[j + 1].joined and words[j + 1].upper and self._is_unknown(words[j + 1])

    def _is_unknown(self, word: Token) -> bool:
        """Whether a word is none that may stand beside a place's name without being a part of another name."""
        lists = (self.ordinary, self.countries, self.demonyms, _DIRECTIONS, SMALL_WORDS, NAMES_OF_DAYS)
        return not word.key.isdigit() and not any(word.key in names for names in lists)

    def _opens_sentence(self, text: str, words: list[Token], i: int) -> bool:
        if i == 0:
            return True
        gap = text[words[i - 1].end : words[i].start]
        return any(c in gap for c in '.!?\n"“:;•*')

    def _opens_line(self, text: str, word: Token) -> bool:
        return not text[text.rfind("\n", 0, word.start) + 1 : word.start].strip(' \t"(*-')


@lru_cache(maxsize=1)
def place_words() -> PlaceWords:
    """The lists of this package, read once."""
    names: dict[str, str] = {}
    countries: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    with Path(str(files("ascribe.registers") / "countries.csv")).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            names[row["code"]] = row["name"]
            countries.update((fold(n), row["code"]) for n in (row["name"], *row["aliases"].split("|")) if n)
            demonyms.update((fold(n), row["code"]) for n in row["demonyms"].split("|") if n)
    return PlaceWords(_word_list("ordinary_words.txt"), _word_list("given_names.txt"), names, countries, demonyms)


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Words that running texts write in lower case: with a capital they are no name by themselves. Read once."""
    return _word_list("plain_words.txt")


def _word_list(name: str) -> frozenset[str]:
    lines = (files("ascribe.registers") / name).read_text(encoding="utf-8").splitlines()
    return frozenset(fold(w) for line in lines if not line.startswith("#") for w in line.split())
