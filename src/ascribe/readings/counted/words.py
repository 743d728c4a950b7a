"""The words of counting statements of a language, compiled for search."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.languages import language
from ascribe.readings.lexicon import compile_words


@dataclass(frozen=True, slots=True)
class CountingWords:
    """The lists of one language; each search is for whole words, in any case."""

    acts: dict[str, re.Pattern[str]]
    lethal_acts: re.Pattern[str]
    counted: re.Pattern[str]
    superlative: re.Pattern[str]
    victims: re.Pattern[str]
    vague: re.Pattern[str]
    order: dict[str, re.Pattern[str]]
    filters: dict[str, re.Pattern[str]]
    links: dict[str, re.Pattern[str]]
    areas: dict[str, re.Pattern[str]]
    idle: re.Pattern[str]
    narrowing: re.Pattern[str]
    span: re.Pattern[str]
    earlier: re.Pattern[str]
    units: dict[str, int]
    amounts: dict[str, int]


def _any_of(patterns: list[str]) -> str:
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    return "(?:" + "|".join(p.replace(" ", r"\s+") for p in ordered) + ")"


@lru_cache(maxsize=4)
def counting_words(code: str) -> CountingWords:
    """The words of a language ("en")."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_counting.toml").read_text("utf-8"))
    acts = _any_of([p for table in ("acts", "lethal_acts") for found in data[table].values() for p in found])
    nouns = _any_of([acts, *data["victims"]["any"]])
    stops = [w for w in language(code).counts.nouns.stops if w not in ("and", "over")]
    # The words between "last" or "fifty" and the noun: nothing that ends a noun phrase ("IS" in capitals does not).
    between = rf"(?:\s+(?!(?-i:{_any_of(stops)})(?![\w’'])|{nouns}(?!\w))[\w’'/-]{{1,40}}){{0,6}}?"
    order = _any_of([p for found in data["order"].values() for p in found])
    units, amounts = data["spans"]["units"], data["spans"]["amounts"]
    number = rf"(?P<amount>{_any_of(list(amounts))}|[\w-]{{1,20}})"
    span = (
        rf"(?<!\w){_any_of(data['spans']['leads'])}\s+(?:{_any_of(data['spans']['about'])}\s+)?"
        rf"(?:{number}\s+)?(?P<unit>{_any_of(list(units))})(?!\w)"
    )
    return CountingWords(
        acts={code: compile_words(patterns) for code, patterns in data["acts"].items()},
        lethal_acts=compile_words(data["lethal_acts"]["any"]),
        counted=re.compile(rf"(?P<mods>{between})\s+(?P<noun>{acts})(?!\w)", re.IGNORECASE),
        victims=compile_words(data["victims"]["any"]),
        vague=re.compile(
            rf"(?<!\w){_any_of(data['vague']['any'])}\s+of(?P<mods>{between})\s+(?P<noun>{acts})(?!\w)", re.IGNORECASE
        ),
        superlative=re.compile(
            rf"(?<!\w)(?P<order>{order})(?!\w)(?P<mods>{between})\s+(?P<noun>{nouns})(?!\w)", re.IGNORECASE
        ),
        order={name: compile_words(patterns) for name, patterns in data["order"].items()},
        filters={name: compile_words(patterns) for name, patterns in data["filters"].items()},
        links={name: compile_words(patterns) for name, patterns in data["links"].items()},
        areas={name: compile_words(patterns) for name, patterns in data["areas"].items()},
        idle=compile_words(data["narrowing"]["idle"]),
        narrowing=re.compile(
            rf"(?<!\w){_any_of(data['narrowing']['leads'])}\s+(?P<what>(?:[\w’'-]{{1,40}})(?:\s+(?!{_any_of(stops)}(?!\w))[\w’'-]{{1,40}}){{0,3}})",
            re.IGNORECASE,
        ),
        span=re.compile(span, re.IGNORECASE),
        earlier=re.compile(rf"(?<!\w){_any_of(data['spans']['earlier'])}\s+(?:the\s+)?$", re.IGNORECASE),
        units=units,
        amounts=amounts,
    )
