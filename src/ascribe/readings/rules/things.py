"""Weapons, targets, status and involvement: words that carry a code of a closed list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ascribe.readings.lexicon import Lexicon, coded
from ascribe.readings.marks import NOBODY, Mark
from ascribe.readings.rules.casualties import speaks
from ascribe.readings.rules.units import Unit

# A word of a list, then at most so many words up to the place in question.
_LEADING = r"\s+(?:[\w’'-]+\s+){0,4}$"


def _led(text: str, start: int, begin: int, words: re.Pattern[str]) -> bool:
    """Whether one of `words` stands shortly before `start`, within the unit."""
    return re.search(words.pattern + _LEADING, text[max(begin, start - 50) : start], re.IGNORECASE) is not None


def weapon_marks(text: str, unit: Unit, lexicon: Lexicon) -> list[Mark]:
    """Weapons in the unit, by category: those its words for the act imply, and those named."""
    marks = [
        Mark(t.start, t.end, "weapon", t.weapons, confidence=0.7, rule="implied_by_act")
        for t in unit.triggers
        if t.weapons and t.strength == "act"
    ]
    for start, end, code in coded(lexicon.weapons, text, unit.start, unit.end):
        if not _led(text, start, unit.start, lexicon.phrases["absent"]):
            marks.append(Mark(start, end, "weapon", (code,), confidence=0.6, rule="named"))
    return marks


def target_marks(text: str, unit: Unit, lexicon: Lexicon, harmed: Sequence[Mark]) -> list[Mark]:
    """Premises that were attacked, and people who were the object of the act."""
    marks = []
    for start, end, code in coded(lexicon.target_premises, text, unit.start, unit.end):
        attacked = _led(text, start, unit.start, lexicon.phrases["attacked"])
        if attacked and not _led(text, start, unit.start, lexicon.phrases["merely_near"]):
            marks.append(Mark(start, end, "target", (code,), confidence=0.5, rule="premises"))
    in_office = speaks(lexicon)
    says = re.compile(r"[\s,]*" + lexicon.phrases["saying"].pattern, re.IGNORECASE)
    for start, end, code in coded(lexicon.target_people, text, unit.start, unit.end):
        if says.match(text, end, unit.end) or in_office.match(text, end, unit.end):
            continue
        if any(m.start <= start <= m.end + 25 and m.rule != NOBODY and "attackers" not in m.codes for m in harmed):
            marks.append(Mark(start, end, "target", (code,), confidence=0.5, rule="people_harmed"))
    return marks


def status_marks(text: str, unit: Unit, lexicon: Lexicon) -> list[Mark]:
    """Words that say that the act failed, was foiled or was only threatened."""
    return [
        Mark(start, end, "status", (code,), confidence=0.6)
        for start, end, code in coded(lexicon.status, text, unit.start, unit.end)
    ]


def involvement_marks(text: str, unit: Unit, lexicon: Lexicon) -> list[Mark]:
    """Words that state the link between perpetrator and group."""
    return [
        Mark(start, end, "involvement", (code,), confidence=0.4)
        for start, end, code in coded(lexicon.involvement, text, unit.start, unit.end)
    ]


def fate_marks(text: str, unit: Unit, lexicon: Lexicon) -> list[Mark]:
    """Words that say what became of an attacker."""
    return [
        Mark(start, end, "fate", (code,), confidence=0.5)
        for start, end, code in coded(lexicon.fates, text, unit.start, unit.end)
    ]
