"""The part that a name or a description plays in an act: attacker, victim, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ascribe.readings.lexicon import Lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.people import NameMention
from ascribe.readings.rules.units import Unit

Role = Literal["perp", "victim", "other"]

_APPOSITION = re.compile(r"\s*,\s*(?:(?:aged\s+)?\d{1,3}|[^,.;()]{2,70})\s*,\s*|\s*\([^()]{1,40}\)\s*")


class Roles:
    """Tells an attacker's name from a victim's and from anybody else's by the words around it."""

    def __init__(self, lexicon: Lexicon) -> None:
        roles, phrases = lexicon.roles, lexicon.phrases

        def after(words: str) -> re.Pattern[str]:
            return re.compile(r"[\s,]*(?:who )?(?:had |has |then |also |later )?" + words, re.IGNORECASE)

        self._perp_before = re.compile(roles["perp_before"].pattern + r"[\s,:“\"]*$", re.IGNORECASE)
        self._victim_before = re.compile(
            roles["victim_before"].pattern + r"[\s,:“\"]*(?:[\w-]+\s+){0,2}$", re.IGNORECASE
        )
        self._perp_after = after(roles["perp_after"].pattern)
        self._victim_after = after(roles["victim_after"].pattern)
        self._harm = roles["harm"]
        self._by = re.compile(r"(?<!\w)by\s+$", re.IGNORECASE)
        self._by_police = after(phrases["shot_by_police"].pattern)
        self._suspect = re.compile(phrases["suspects"].pattern + r"\W*$", re.IGNORECASE)
        self._title = re.compile(lexicon.capitals["titles"].pattern + r"\s+$", re.IGNORECASE)
        self._speaking = re.compile(
            r"\W{0,2}(?:,[^,.;]{2,60},\s*)?(?:who )?(?:has |had |also )?" + phrases["saying"].pattern, re.IGNORECASE
        )

    def role(self, text: str, mention: NameMention, unit: Unit) -> Role:
        """The part that a mention plays in its unit."""
        before = text[max(unit.start, mention.start - 60) : mention.start]
        title = self._title.search(before)
        before = before[: title.start()] if title else before
        near = text[mention.end : unit.end]
        tails = (near, text[_past_apposition(text, mention.end, unit.end) : unit.end])
        if self._speaking.match(near):
            return "other"
        if any(self._by_police.match(t) for t in tails):
            return "perp"
        if any(self._victim_after.match(t) for t in tails) and not self._suspect.search(before):
            return "victim"
        if self._victim_before.search(before):
            return "victim"
        if title is None and self._by.search(before):
            return "perp"
        doing = self._perp_before.search(before) or any(self._perp_after.match(t) for t in tails)
        if doing and title is None:
            return "perp"
        close = text[max(unit.start, mention.start - 50) : min(unit.end, mention.end + 70)]
        return "victim" if unit.tells and self._harm.search(close) else "other"


def _past_apposition(text: str, at: int, end: int) -> int:
    """Where a sentence goes on after a name's age and calling (", 26, a warehouse worker, ")."""
    for _ in range(2):
        apposition = _APPOSITION.match(text, at, end)
        at = apposition.end() if apposition else at
    return at


def attackers(text: str, unit: Unit, lexicon: Lexicon) -> list[Mark]:
    """Attackers who are described but not named, with their number ("two men on a motorcycle").

    Words such as "gunmen" say so by themselves; plain people ("four young men") are attackers if they do the act, or
    if it is done by them.
    """
    phrases = lexicon.phrases
    leading = rf"(?:{phrases['attacker_lead'].pattern}\s+)?(?:{phrases['attacker_adjective'].pattern}\s+){{0,2}}$"
    numbered = rf"{phrases['attacker_lead'].pattern}\s+(?:[\w’'-]+\s+){{0,2}}$"
    acting = re.compile(r"\s+(?:then\s+|also\s+|had\s+)?" + lexicon.roles["acting"].pattern, re.IGNORECASE)
    verbs = "|".join(lexicon.tolls[f"{harm}_after"].pattern for harm in ("killed", "wounded"))
    harming = re.compile(rf"(?:{verbs})\s+$", re.IGNORECASE)
    marks = []
    for match in lexicon.people["attackers"].finditer(text, unit.start, unit.end):
        lead = re.search(leading, text[unit.start : match.start()], re.IGNORECASE)
        start = unit.start + lead.start() if lead else match.start()
        marks.append(Mark(start, match.end(), "perp", confidence=0.5, rule="described"))
    for kind in ("plain", "riders"):
        for match in lexicon.people[kind].finditer(text, unit.start, unit.end):
            lead = re.search(numbered, text[unit.start : match.start()], re.IGNORECASE)
            if lead is None:
                continue
            start = unit.start + lead.start()
            if harming.search(text[max(unit.start, start - 30) : start]):
                continue  # the object of a verb of harm
            done_by = re.search(r"\bby\s+$", text[max(unit.start, start - 4) : start], re.IGNORECASE)
            if done_by or acting.match(text, match.end(), unit.end):
                marks.append(Mark(start, match.end(), "perp", confidence=0.4, rule="described"))
    return _apart(marks)


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that do not overlap: the first of each place wins."""
    kept: list[Mark] = []
    for mark in marks:
        if all(mark.end <= k.start or k.end <= mark.start for k in kept):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.start)
