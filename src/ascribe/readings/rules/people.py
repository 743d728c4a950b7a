"""Names of people in a document, and the parts that they play: attacker, victim, or neither."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ascribe.readings.lexicon import Lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.naming import PARTICLES, is_name
from ascribe.readings.rules.units import Unit, inside

Role = Literal["perp", "victim", "other"]

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|\S")
_APPOSITION = re.compile(r"\s*,\s*(?:(?:aged\s+)?\d{1,3}|[^,.;()]{2,70})\s*,\s*|\s*\([^()]{1,40}\)\s*")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name of a person as it stands in the text."""

    start: int
    end: int
    name: str


def find_names(text: str, taken: Iterable[tuple[int, int]], lexicon: Lexicon) -> list[NameMention]:
    """Names of people in mixed-case text: two or more capitalised words, and later the surname alone.

    `taken` are spans that are known to be something else (places, groups, dates).
    """
    blocked = sorted(taken)
    runs: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        runs.extend(_runs(text, line.start(), line.end(), lexicon.capitals["not_people"]))
    full = [(s, e) for s, e in runs if _is_person(text, s, e, blocked, lexicon.capitals["not_people"])]
    surnames = {text[s:e].rsplit(maxsplit=1)[-1] for s, e in full if len(text[s:e].rsplit(maxsplit=1)[-1]) > 2}
    names = [NameMention(s, e, " ".join(text[s:e].split())) for s, e in full]
    for s, e in runs:
        words = text[s:e]
        if " " not in words and words in surnames and not overlaps(s, e, blocked):
            names.append(NameMention(s, e, words))
    return sorted(names, key=lambda n: n.start)


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of others, which are in order and (all but) apart from each other."""
    after = bisect_left(spans, (start, start))
    return any(s < end and start < e for s, e in spans[max(0, after - 3) : after + 1])


def _is_person(text: str, start: int, end: int, blocked: Sequence[tuple[int, int]], others: re.Pattern[str]) -> bool:
    words = text[start:end]
    if " " not in words or not is_name(words) or others.search(words) or words.isupper():
        return False
    return not overlaps(start, end, blocked)


def _runs(text: str, start: int, end: int, others: re.Pattern[str]) -> list[tuple[int, int]]:
    """Runs of capitalised words, joints such as "al" and "van" inside them included."""
    runs: list[tuple[int, int]] = []
    open_at, last_capital, pending = -1, -1, False
    previous_end = start
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        gap = text[previous_end : match.start()]
        capital = word[:1].isupper() or (
            "-" in word and word.split("-")[-1][:1].isupper() and word.split("-")[0] in PARTICLES
        )
        if open_at >= 0 and (gap not in (" ", "") or (gap == "" and pending)):
            runs.append((open_at, last_capital))
            open_at = -1
        if capital and not (open_at < 0 and others.search(word)):
            open_at = match.start() if open_at < 0 else open_at
            last_capital = match.end() - (1 if word.endswith(".") and len(word) > 3 else 0)
            pending = word.endswith(".") and len(word) > 3
        elif open_at >= 0 and word not in PARTICLES:
            runs.append((open_at, last_capital))
            open_at = -1
        previous_end = match.end()
    if open_at >= 0:
        runs.append((open_at, last_capital))
    return [(s, e - (2 if text[s:e].endswith(("'s", "’s")) else 0)) for s, e in runs]


def acquitted(text: str, names: Sequence[NameMention], lexicon: Lexicon) -> frozenset[str]:
    """The surnames of those whom the text calls acquitted: nobody may call them perpetrators.

    "X was acquitted" tells of the name before, "the court acquitted X" of the name after.
    """
    found: set[str] = set()
    passive = re.compile(lexicon.phrases["passive"].pattern + r"\s+$", re.IGNORECASE)
    for match in lexicon.phrases["acquitted"].finditer(text):
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), 0)
        before = list(inside(names, start, match.start()))[-1:]
        after = list(inside(names, match.end(), match.end() + 60))[:1]
        if passive.search(text[max(0, match.start() - 12) : match.start()]):
            after = []
        found.update(surname(n.name) for n in (after or before))
    return frozenset(found)


def surname(name: str) -> str:
    """The last word of a name."""
    return name.rsplit(maxsplit=1)[-1]


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
