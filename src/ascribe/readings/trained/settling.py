"""Marks of one incident that cannot all hold: one total, one date, one role for each person."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Literal

from ascribe.languages import language
from ascribe.model import CountValue
from ascribe.readings.counts import count_value
from ascribe.readings.lexicon import lexicon
from ascribe.readings.naming import fold
from ascribe.readings.trained.enumerating import Values, as_parts, enumerated
from ascribe.readings.trained.grouping import Member
from ascribe.registers.place_words import NAMES_OF_DAYS

_NOT_WHO = frozenset([*"the a an he she they who his her their it him them this that those these".split()])
_CONTRACTED = re.compile(r"['’](?:d|ll|m|re|s|ve)$", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\.?\s+[^\W\d_a-z]")
_SENTENCE_END = re.compile(r"\. |\n")
_CLOSE = 60  # characters before a name in which it says whose relative this is
RISEN = 0.7  # a later and larger number is the total if it is at least this likely beside the likeliest
PART = 0.8  # and if it is no part, more surely than this
CLEARLY = 0.7  # a second date is kept if it is at least this likely beside the likeliest


def settled(text: str, members: list[Member]) -> list[Member]:
    """The members without those that contradict a likelier one."""
    named = [m for m in members if not says_nothing(text, m)]
    kept = one_total(text, [m for m in named if not only_related(text, m, named)], "killed")
    kept = one_total(text, kept, "wounded")
    return likeliest(one_role(text, kept), "date")


def one_total(text: str, members: list[Member], slot: Literal["killed", "wounded"]) -> list[Member]:
    """One number is the total: the likeliest, or the sum of the list that it belongs to. Others say the same, are
    parts that fit into it, or go.

    The network tells totals from parts less surely than it tells numbers from other words, and two that are taken for
    totals, or a part above the total, would be added up.
    """
    mine = [m for m in members if m.span.name == slot]
    if not mine:
        return members
    value = {m: count_value(text[m.span.start : m.span.end], language("en")) for m in mine}
    best = max(mine, key=lambda m: m.span.confidence * m.chance * (1 - m.span.part))
    found = enumerated(text, mine, value, best)
    if found is not None:
        held = [m for m in members if m.span.name != slot] + as_parts(mine, found, value)
        return sorted(held, key=lambda m: (m.span.start, m.span.end, m.span.slot))
    before, best = value[best], _last_total(mine, value, best)
    total = value[best]
    out = []
    for m in members:
        if m is best:
            out.append(replace(m, span=replace(m.span, codes=())))
        elif m.span.name != slot:
            out.append(m)
        elif value[m] is not None and value[m] in (total, before):  # a total that has risen was one all the same
            out.append(replace(m, span=replace(m.span, codes=())))
        elif fits(value[m], total) and not is_alike(value[m], total):
            out.append(replace(m, span=replace(m.span, codes=("part",))))
    return out


def _last_total(mine: list[Member], value: Values, best: Member) -> Member:
    """The number that the likeliest has risen to further on in the text: tolls are told as they become known."""
    for m in sorted(mine, key=lambda m: m.span.start):
        later = m.span.start > best.span.start and _sure(m) >= max(RISEN * _sure(best), 0.5) and m.span.part < PART
        if later and (_least(value[m]) or 0) > (_least(value[best]) or 0):
            best = m
    return best


def _sure(member: Member) -> float:
    return member.span.confidence * member.chance


def _least(value: CountValue | None) -> int | None:
    return value.minimum if value is not None else None


def says_nothing(text: str, member: Member) -> bool:
    """Whether a mark for a person is no more than an article, a pronoun ("he", "they'd"), a title cut off from its
    name ("Dr"), a month or a day."""
    if member.span.name not in ("perp", "victim"):
        return False
    if lexicon("en").capitals["titles"].fullmatch(text, member.span.start, member.span.end):
        return _NAME_AFTER.match(text, member.span.end) is not None
    words = fold(_CONTRACTED.sub("", text[member.span.start : member.span.end])).split()
    return not words or words[-1] in _NOT_WHO or (len(words) == 1 and words[0] in NAMES_OF_DAYS)


def only_related(text: str, member: Member, members: list[Member]) -> bool:
    """Whether a perpetrator is named as somebody's relative ("his mother, Leila Haddad") where no act is told: nobody
    is held responsible for whose mother, cousin or brother he is."""
    at = member.span.start
    if member.span.name != "perp":
        return False
    close = [m.end() for m in lexicon("en").phrases["relatives"].finditer(text, max(0, at - _CLOSE), at)]
    if not any(text[end:at].strip() in ("", ",") for end in close):
        return False
    start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at))
    end = _SENTENCE_END.search(text, at)
    acts = (m.span.start for m in members if m.span.name == "event")
    return not any(start < act < (end.start() if end else len(text)) for act in acts)


def one_role(text: str, members: list[Member]) -> list[Member]:
    """Whoever is named as a perpetrator is no victim of the same act, nor the other way round: the likelier role stays.

    A person is known by the last word of the name; the chances of all mentions count together.
    """
    chances: dict[tuple[str, str], float] = defaultdict(float)
    for m in members:
        if m.span.name in ("perp", "victim"):
            chances[m.span.name, _surname(text, m)] += m.span.confidence * m.chance

    def is_other(m: Member) -> bool:
        other = {"perp": "victim", "victim": "perp"}.get(m.span.name)
        return other is not None and chances[other, _surname(text, m)] > chances[m.span.name, _surname(text, m)]

    return [m for m in members if not is_other(m)]


def _surname(text: str, member: Member) -> str:
    words = fold(text[member.span.start : member.span.end]).split()
    return words[-1] if words else ""


def is_alike(one: object, other: object) -> bool:
    """Whether two counts begin with the same number, as "seven" and "at least seven" do: then none is a part."""
    return getattr(one, "minimum", None) == getattr(other, "minimum", None)


def fits(part: object, total: object) -> bool:
    """Whether a count can be a part of another."""
    low, high = getattr(part, "minimum", None), getattr(total, "maximum", None)
    return part is not None and total is not None and (high is None or (low is not None and low <= high))


def likeliest(members: list[Member], slot: Literal["date"]) -> list[Member]:
    """Members of a slot that are clearly less likely than its likeliest go."""
    best = max((m.span.confidence * m.chance for m in members if m.span.name == slot), default=0.0)
    return [m for m in members if m.span.name != slot or m.span.confidence * m.chance >= CLEARLY * best]
