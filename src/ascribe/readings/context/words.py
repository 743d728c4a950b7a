"""The words of a language for what surrounds an incident, compiled for search."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.context.index import Needs
from ascribe.readings.lexicon import WordTable, compile_words

CONNECTIONS = ("accomplice", "handler", "contact", "family", "network", "precursor")
Table = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The lists of one language. Tables map a code, or a list's name, to its search."""

    institution: re.Pattern[str]
    office: re.Pattern[str]
    contacts_own: Table
    contacts_done: Table
    needs: Needs
    cues: Table
    responses: Table
    connections: Table
    terms: Table


def _ending(patterns: list[str]) -> re.Pattern[str]:
    """One of the patterns at the end of a stretch, with no more than a quotation mark after it."""
    return re.compile(compile_words(patterns).pattern + r"[\s“\"‘'«(]*$", re.IGNORECASE)


def _opening(patterns: list[str]) -> re.Pattern[str]:
    """One of the patterns at the beginning of a stretch, after no more than signs."""
    known = "|".join(p.replace(" ", r"\s+") for p in sorted(patterns, key=lambda p: (-len(p), p)))
    return re.compile(rf"[\s”\"’'»(),;:—–-]*(?:{known})(?!\w)", re.IGNORECASE)


def _noun_phrase(heads: list[str], before: list[str], names: list[str]) -> re.Pattern[str]:
    """A head with the words before it that belong to the name: "the Belgian federal police", "the FBI"."""
    head = "|".join(h.replace(" ", r"\s+") for h in sorted(heads, key=len, reverse=True))
    lead = rf"(?:(?:[A-Z][\w’'-]{{1,30}}|{'|'.join(before)})\s+){{0,4}}?"
    named = "|".join(names)
    tail = r"(?:\s+of\s+(?:the\s+)?[A-Z][\w’'-]{1,30})?"
    either = rf"{lead}(?i:{head})(?!\w){tail}" + (rf"|(?:{named})(?!\w)" if names else "")
    return re.compile(rf"(?<!\w)(?:[Tt]he\s+|[Aa]n?\s+)?(?:{either})")


@lru_cache(maxsize=4)
def context_words(code: str) -> ContextWords:
    """The words of a language ("en")."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_context.toml").read_text("utf-8"))
    contacts, terms = data["contacts"], data["terms"]
    institutions, before = data["institutions"], data["institutions"]["before"]
    everything = [p for table in ("own", "done") for found in contacts[table].values() for p in found]
    return ContextWords(
        institution=_noun_phrase(institutions["heads"], before, institutions["names"]),
        office=_noun_phrase([*data["responses"]["offices"], *institutions["heads"]], before, []),
        contacts_own=WordTable(contacts["own"]),
        contacts_done=WordTable(contacts["done"]),
        needs=Needs(
            {
                "contacts": everything,
                "measures": data["responses"]["measures"],
                **{code: data["connections"][code] for code in CONNECTIONS},
            }
        ),
        cues=WordTable(contacts["before"]),
        responses=WordTable({name: data["responses"][name] for name in ("measures", "ties", "not_by")}),
        connections=WordTable(data["connections"]),
        terms={name: _ending(found) if name.endswith("_before") else _opening(found) for name, found in terms.items()},
    )
