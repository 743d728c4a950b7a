"""Days that bear a name: feasts, saints' days, and national days by the country that the text names."""

from __future__ import annotations

import csv
import re
import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.words import folded

_ANY_COUNTRY = "*"
# The country of a text is the one that it names this much more often than any other.
_CLEAR = 2
_AROUND = 40
_LEAD = re.compile(r"\b(?:before|after|since|until|till|of|at)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Feasts:
    """The named days of a language, by their names in lower case."""

    fixed: Mapping[str, tuple[int, ...]]
    easter: Mapping[str, int]
    saints: Mapping[str, tuple[int, ...]]
    national: Mapping[str, Mapping[str, tuple[int, ...]]]
    also: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """Every name but those of saints."""
        return [*self.fixed, *self.easter, *self.national, *self.also]


@lru_cache
def feasts(code: str) -> Feasts:
    """The named days of a language."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_feasts.toml").read_text("utf-8"))
    return Feasts(**data)


def feast(match: re.Match[str], code: str, year: int | None, pointer: str | None) -> Phrase | None:
    """What the name of a day says; None where the words are no date ("a Christmas market")."""
    known, groups = feasts(code), match.groupdict()
    if groups.get("saint"):
        return _dated(match, known.saints[folded(groups["saint"])], year, pointer)
    words = match["name"]
    name = folded(words)
    if words[0].islower() and name not in known.also and name not in known.national:
        return None
    alone = " " not in name and "'" not in name and not groups.get("feast")
    if alone and not (year or pointer or _LEAD.search(match.string, max(0, match.start() - 12), match.start())):
        return None
    if name in known.easter:
        return Phrase(*match.span(), "holiday", year=year, easter=known.easter[name], year_pointer=pointer)
    if name in known.fixed:
        return _dated(match, known.fixed[name], year, pointer)
    return _national(match, known.national[known.also.get(name, name)], year, pointer)


def _dated(
    match: re.Match[str], day: tuple[int, ...] | list[int], year: int | None, pointer: str | None
) -> Phrase | None:
    """A day of a month, or "the first Monday" of one; on its eve where the words say so."""
    if len(day) == 3:
        month, weekday, nth = day
        found = Phrase(*match.span(), "nth_weekday", year=year, month=month, weekday=weekday, nth=nth,
                       year_pointer=pointer)  # fmt: skip
    else:
        month, number = day
        found = Phrase(*match.span(), "holiday", year=year, month=month, day=number, year_pointer=pointer)
    if (match.groupdict().get("which") or "").lower() == "eve":
        return Phrase(*match.span(), "shift", unit="day", amount=-1, until=found)
    return found


def _national(
    match: re.Match[str], days: Mapping[str, tuple[int, ...]], year: int | None, pointer: str | None
) -> Phrase | None:
    """A day that each country keeps on its own date; of no date where it is not clear which country is meant."""
    country = country_named(match.string, match.start())
    day = days.get(country, days.get(_ANY_COUNTRY, ())) if country else ()
    if day:
        return _dated(match, day, year, pointer)
    return Phrase(*match.span(), "year", year=year) if year else Phrase(*match.span(), "vague")


@lru_cache
def _countries() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of the names of countries and their people, and whose each one is."""
    rows = csv.DictReader(files("ascribe.registers").joinpath("countries.csv").read_text("utf-8").splitlines())
    whose = {
        name: row["code"]
        for row in rows
        for name in [row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|")]
        if name
    }
    names = "|".join(re.escape(n) for n in sorted(whose, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)"), whose


@lru_cache(maxsize=1)
def _named(text: str) -> list[tuple[int, str]]:
    """Where a text names which country; kept for its further named days."""
    pattern, whose = _countries()
    return [(m.start(), whose[m.group()]) for m in pattern.finditer(text)]


def country_named(text: str, at: int) -> str | None:
    """The country that a paragraph names, or else the text around it, if one by far the most often."""
    named = _named(text)
    middle = bisect_left(named, (at, ""))
    around = named[max(0, middle - _AROUND) : middle + _AROUND]
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    here = [(place, code) for place, code in around if begin <= place and (end < 0 or place < end)]
    for found in (here, around):
        most = Counter(code for _, code in found).most_common(2)
        if most and (len(most) == 1 or most[0][1] >= _CLEAR * most[1][1]):
            return most[0][0]
    return None
