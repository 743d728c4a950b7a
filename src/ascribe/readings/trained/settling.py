"""Marks of one incident that cannot all hold: one total, one date."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from ascribe.languages import language
from ascribe.readings.counts import count_value
from ascribe.readings.trained.grouping import Member

CLEARLY = 0.5  # a second date is kept if it is at least this likely beside the likeliest


def settled(text: str, members: list[Member]) -> list[Member]:
    """The members without those that contradict a likelier one."""
    kept = one_total(text, members, "killed")
    kept = one_total(text, kept, "wounded")
    return likeliest(kept, "date")


def one_total(text: str, members: list[Member], slot: Literal["killed", "wounded"]) -> list[Member]:
    """One number is the total: the likeliest. Others say the same, are parts that fit into it, or go.

    The network tells totals from parts less surely than it tells numbers from other words, and two that are taken for
    totals, or a part above the total, would be added up.
    """
    mine = [m for m in members if m.span.name == slot]
    if not mine:
        return members
    value = {m: count_value(text[m.span.start : m.span.end], language("en")) for m in mine}
    best = max(mine, key=lambda m: m.span.confidence * m.chance * (1 - m.span.part))
    total = value[best]
    out = []
    for m in members:
        if m is best:
            out.append(replace(m, span=replace(m.span, codes=())))
        elif m.span.name != slot:
            out.append(m)
        elif value[m] is not None and value[m] == total:
            out.append(replace(m, span=replace(m.span, codes=())))
        elif fits(value[m], total):
            out.append(replace(m, span=replace(m.span, codes=("part",))))
    return out


def fits(part: object, total: object) -> bool:
    """Whether a count can be a part of another."""
    low, high = getattr(part, "minimum", None), getattr(total, "maximum", None)
    return part is not None and total is not None and (high is None or (low is not None and low <= high))


def likeliest(members: list[Member], slot: Literal["date"]) -> list[Member]:
    """Members of a slot that are clearly less likely than its likeliest go."""
    best = max((m.span.confidence * m.chance for m in members if m.span.name == slot), default=0.0)
    return [m for m in members if m.span.name != slot or m.span.confidence * m.chance >= CLEARLY * best]
