"""Who was killed and who was hurt: the numbers and people that stand with verbs of killing and wounding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ascribe.languages import Language
from ascribe.readings.counts import find_counts
from ascribe.readings.lexicon import Lexicon
from ascribe.readings.marks import NOBODY, ONE_PERSON, Mark
from ascribe.readings.rules.units import Unit

Harm = Literal["killed", "wounded"]

_COORDINATED = re.compile(r"\s*(?:,|,?\s*and|,?\s*as well as)\s*")
_LEAD = re.compile(r"\s*(?:of\s+|outright\s+|him\s+)?[\"“]?")
_INCLUDING = re.compile(r"[^.;]{0,60}?\b(?:including|among them|of (?:them|whom))\s+", re.IGNORECASE)
_PARTITIVE_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:of (?:them|whom|the dead|those))\b|\s+more\b|\s+others?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for people who may have come to harm; `single` where they stand for one person without a number."""

    start: int
    end: int
    single: bool
    attacker: bool


def speaks(lexicon: Lexicon) -> re.Pattern[str]:
    """What follows somebody who is only quoted, with or without an office: "the prefect *of Borgou said*"."""
    return re.compile(
        r"(?: (?:of|for|in) (?:the )?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})? " + lexicon.phrases["saying"].pattern
    )


def _singles(text: str, unit: Unit, lexicon: Lexicon) -> Iterator[Phrase]:
    determiners, quoted = lexicon.phrases["determiners"].pattern, speaks(lexicon)
    tables = [*lexicon.target_people.values(), *(lexicon.people[k] for k in ("others", "plain", "attackers"))]
    for search in tables:
        for match in search.finditer(text, unit.start, unit.end):
            word = match.group().lower()
            plural = word.endswith(("s", "men")) or word in ("people", "children", "troops", "police")
            before = text[unit.start : match.start()]
            lead = re.search(determiners + r"\s+(?:[\w'’-]+\s+){0,2}$", before, re.IGNORECASE)
            if not plural and lead is not None and not quoted.match(text, match.end(), unit.end):
                yield Phrase(unit.start + lead.start(), match.end(), True, search is lexicon.people["attackers"])


def phrases(
    text: str, unit: Unit, lexicon: Lexicon, language: Language, names: Sequence[tuple[int, int]]
) -> list[Phrase]:
    """Every phrase of a unit that could be a casualty: numbers with their nouns, single people, names."""
    attackers = lexicon.people["attackers"]
    found = []
    for count in find_counts(text, unit.start, unit.end, language):
        words = text[count.start : count.end]
        found.append(Phrase(count.start, count.end, False, attackers.search(words) is not None))
    found += _singles(text, unit, lexicon)
    found += [Phrase(start, end, True, False) for start, end in names]
    found.sort(key=lambda p: (p.start, -p.end))
    kept: list[Phrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept


def _after(text: str, at: int, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """The phrases that begin right after a verb, and those joined to them by commas and "and"."""
    lead = _LEAD.match(text, at)
    here = lead.end() if lead else at
    for phrase in found:
        if phrase.start < here:
            continue
        if phrase.start - here > 3:
            return
        yield phrase
        joined = _COORDINATED.match(text, phrase.end)
        if joined is None:
            return
        here = joined.end()


def _included(text: str, whole: Phrase, found: Sequence[Phrase]) -> list[Phrase]:
    """The parts that are told right after a number ("30 people, including 12 soldiers and two attackers")."""
    lead = _INCLUDING.match(text, whole.end)
    return list(_after(text, lead.end(), found)) if lead is not None else []


def _before(text: str, at: int, begin: int, found: Sequence[Phrase], stops: Sequence[int]) -> Phrase | None:
    """The nearest phrase before a verb in the passive, with no other verb of harm between."""
    around = [p for p in found if p.start < at < p.end]
    if around:
        return around[0]
    edge = max([begin, *(s for s in stops if s < at)])
    near = [p for p in found if edge <= p.start and p.end <= at and at - p.end < 70]
    numbers = [p for p in near if not p.single] or near
    wholes = [p for p in numbers[:-1] if numbers[-1] in _included(text, p, found)]
    return (wholes or numbers)[-1] if numbers else None


def _is_part(text: str, phrase: Phrase, unit: Unit, lexicon: Lexicon) -> bool:
    before = text[max(unit.start, phrase.start - 26) : phrase.start]
    part = lexicon.tolls["part"]
    return bool(_PARTITIVE_AFTER.match(text, phrase.end)) or any(
        m.end() >= len(before.rstrip()) for m in part.finditer(before.rstrip())
    )


def _passive(before: str, lexicon: Lexicon) -> bool:
    return re.search(lexicon.phrases["passive"].pattern + r"\s+(?:\w+ly\s+)?$", before, re.IGNORECASE) is not None


def _harmed(text: str, unit: Unit, lexicon: Lexicon, harm: Harm, found: Sequence[Phrase]) -> Iterator[Phrase]:
    stops = [
        m.end()
        for h in ("killed_before", "wounded_before")
        for m in lexicon.tolls[h].finditer(text, unit.start, unit.end)
    ]
    if harm == "killed":
        for match in lexicon.tolls["killed_total"].finditer(text, unit.start, unit.end):
            yield from list(_after(text, match.end(), found))[:1]
    taken: set[int] = set()
    for match in lexicon.tolls[f"{harm}_after"].finditer(text, unit.start, unit.end):
        if not _passive(text[max(unit.start, match.start() - 24) : match.start()], lexicon):
            for phrase in _after(text, match.end(), found):
                taken.add(match.start())
                yield phrase
    for match in lexicon.tolls[f"{harm}_before"].finditer(text, unit.start, unit.end):
        if match.start() not in taken:
            near = _before(text, match.start(), unit.start, found, stops)
            if near is not None:
                yield near


def _joined(text: str, held: Sequence[Phrase]) -> set[Phrase]:
    """The phrases that commas and "and" make one toll of ("two policemen and a civilian")."""
    ordered = sorted(held, key=lambda p: p.start)
    pairs = [(a, b) for a, b in pairwise(ordered) if _COORDINATED.fullmatch(text, a.end, b.start)]
    return {phrase for pair in pairs for phrase in pair}


def casualties(
    text: str, unit: Unit, lexicon: Lexicon, language: Language, names: Sequence[tuple[int, int]]
) -> list[Mark]:
    """The marks of `killed` and `wounded` in a unit. Attackers' own deaths have the code "attackers"."""
    found = phrases(text, unit, lexicon, language, names)
    marks: dict[tuple[int, str], Mark] = {}
    harms: tuple[Harm, Harm] = ("killed", "wounded")
    for harm in harms:
        for match in lexicon.tolls[f"none_{harm}"].finditer(text, unit.start, unit.end):
            marks.setdefault((match.start(), harm), Mark(match.start(), match.end(), harm, rule=NOBODY))
        for mark in _marks(text, unit, lexicon, harm, found):
            marks.setdefault((mark.start, harm), mark)
    return sorted(marks.values(), key=lambda m: m.start)


def _marks(text: str, unit: Unit, lexicon: Lexicon, harm: Harm, found: Sequence[Phrase]) -> Iterator[Mark]:
    harmed = list(dict.fromkeys(_harmed(text, unit, lexicon, harm, found)))
    included = {p for whole in harmed for p in _included(text, whole, found)}
    held = sorted({p for p in (*harmed, *included) if not p.attacker}, key=lambda p: p.start)
    joined = _joined(text, [p for p in held if p not in included])
    numbered = any(not p.single for p in held)
    for phrase in held:
        beside = phrase.single and numbered
        part = beside or phrase in joined or phrase in included or _is_part(text, phrase, unit, lexicon)
        yield _mark(phrase, harm, ("part",) if part else ())
    if harm == "killed":
        yield from (_mark(p, harm, ("attackers",)) for p in (*harmed, *included) if p.attacker)


def _mark(phrase: Phrase, harm: Harm, codes: tuple[str, ...]) -> Mark:
    return Mark(phrase.start, phrase.end, harm, codes, rule=ONE_PERSON if phrase.single else "", confidence=0.6)
