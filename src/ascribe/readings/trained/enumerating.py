"""Numbers of the dead or hurt that are told one beside the other: "a tourist and the stoker died" counts two.

The network marks each of them and takes each for a total. They are parts of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ascribe.languages import language
from ascribe.model import CountValue
from ascribe.readings.counts.amounts import amount_at
from ascribe.readings.naming import fold, is_name
from ascribe.readings.numbers import ordinal, tokens
from ascribe.readings.toll_words import toll_words
from ascribe.readings.trained.grouping import Member

Values = Mapping[Member, CountValue | None]
# What may follow the first of two: a name, an age or a verb, up to "and" and the words that lead to the second.
_UP_TO = re.compile(
    rf"[^.;:\n]{{0,60}}?(?:\s|,\s?){toll_words('en').kinds['joins'].pattern}"
    r"(?:,[^,.;:\n]{1,40},)?\s+(?:[\w’'-]+\s+){0,2}",
    re.IGNORECASE,
)
# A word after a bare number by which it counts people of a certain kind: "two nurses were killed and five patients".
_COUNTED = re.compile(rf"\s+(?!{toll_words('en').kinds['no_kind'].pattern})[^\W\d_]+", re.IGNORECASE)
_NEXT = re.compile(r"\s+\w+")
_NEAR = 16  # characters after a number in which it says that those people were hurt
_CERTAIN = 0.5  # of the confidence of the likeliest number, from which on a larger one is the total


def enumerated(text: str, members: Sequence[Member], value: Values, best: Member) -> list[Member] | None:
    """The list that the likeliest number belongs to, in the order of the text; None where it is a total by itself."""
    told = [m for m in members if _adds_up(text, m, value[m])]
    if best not in told:
        return None
    ways = (_beside(text, told, best), _by_name(text, told, best), _on_top(text, told, best))
    found = next((way for way in ways if len(way) > 1), None)
    if found is None:
        return None
    number = sum(_number(value[m]) for m in found)
    sure = _CERTAIN * best.span.confidence * best.chance
    larger = (m for m in told if m not in found and _number(value[m]) > number)
    return None if any(m.span.confidence * m.chance >= sure for m in larger) else found


def as_parts(members: Sequence[Member], found: Sequence[Member], value: Values) -> list[Member]:
    """Members of one slot with a list in them: it is parts, the same sum told elsewhere is a total, and what else is
    said of some of them is left out."""
    number = sum(_number(value[m]) for m in found)
    out = []
    for m in members:
        if m in found or _number(value[m]) == number:
            out.append(replace(m, span=replace(m.span, codes=("part",) if m in found else ())))
    return out


def _adds_up(text: str, member: Member, value: CountValue | None) -> bool:
    """Whether a number can be one of several: it is exact, and does not count up as "an eighth victim" does."""
    if value is None or value.qualifier != "exact" or not value.minimum:
        return False
    words = [t.word for t in tokens(text[member.span.start : member.span.end]) if t.word not in ("a", "an", "the")]
    return not words or ordinal(words[0], language("en")) != value.minimum


def _number(value: CountValue | None) -> int:
    return value.minimum or 0 if value is not None else 0


def _beside(text: str, told: Sequence[Member], best: Member) -> list[Member]:
    """The run of people of certain kinds around the likeliest that nothing but "and" joins."""
    at = told.index(best)
    first = last = at
    while first > 0 and _joined(text, told[first - 1], told[first]):
        first -= 1
    while last + 1 < len(told) and _joined(text, told[last], told[last + 1]):
        last += 1
    return list(told[first : last + 1])


def _on_top(text: str, told: Sequence[Member], best: Member) -> list[Member]:
    """The likeliest and those that are told further on to come on top of it: "two more", "a third", "another"."""
    further = toll_words("en").kinds["further"]

    def is_more(m: Member) -> bool:
        words = text[m.span.start : m.span.end]
        after = _NEXT.match(text, m.span.end) if not _is_certain(words) else None
        return further.search(words + (after.group() if after else "")) is not None

    return [best, *(m for m in told if m.span.start >= best.span.end and is_more(m))]


def _joined(text: str, one: Member, other: Member) -> bool:
    between = text[one.span.end : other.span.start]
    after = text[other.span.end : other.span.end + _NEAR]
    if one.span.end > other.span.start or _UP_TO.fullmatch(between) is None:
        return False
    if toll_words("en").kinds["wounding"].search(between + after):
        return False
    if not _is_certain(text[one.span.start : one.span.end]):
        return False
    return _is_certain(text[other.span.start : other.span.end]) or _COUNTED.match(text, other.span.end) is not None


def _is_certain(words: str) -> bool:
    """Whether words count people of a certain kind: "two nurses", "a companion", and not "nine" or "12 people"."""
    found = tokens(words)
    amount = amount_at(found, 0, language("en")) if found else None
    bare = amount is not None and amount.after == len(found)
    return not bare and toll_words("en").kinds["at_large"].search(words) is None


def _by_name(text: str, told: Sequence[Member], best: Member) -> list[Member]:
    """The people who are told by names of which none is a part of another, each where it stands first."""
    found: dict[frozenset[str], Member] = {}
    for m in told:
        words = text[m.span.start : m.span.end]
        name = frozenset(fold(words).split())
        if is_name(words) and len(name) > 1 and not any(name <= known or known <= name for known in found):
            found[name] = m
    return list(found.values()) if best in found.values() else []
