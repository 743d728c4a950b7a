"""Marks by hand: a text in which marked words stand in brackets with their slot, made into accounts."""

from __future__ import annotations

import re
from datetime import date

from ascribe.model import Account, DateValue, Document, Publication, Statement, sha256
from ascribe.readings.assemble import assemble
from ascribe.readings.marks import Mark, MarkedIncident

_MARKED = re.compile(r"\[([^\]|]+)\|(\d*)(\w+)((?::\w+)*)\]")


def accounts(marked: str, published: str = "2021-06-30") -> tuple[Account, ...]:
    """The accounts of a text with marks such as `[claimed|claim:claimed]`, `[Ash Front|group:suspected]`.

    A number before the slot is that of the incident, 1 where there is none.
    """
    text, at, incidents = "", 0, {}
    for found in _MARKED.finditer(marked):
        text += marked[at : found.start()]
        words, number, slot, codes = found.groups()
        held = tuple(c for c in codes.split(":") if c)
        stance = held[0] if slot == "group" and held else "asserted"
        mark = Mark(len(text), len(text) + len(words), slot, () if slot == "group" else held, stance=stance)  # type: ignore[arg-type]
        incidents.setdefault(int(number or 1), []).append(mark)
        text, at = text + words, found.end()
    text += marked[at:]
    day = date.fromisoformat(published)
    publication = Publication(DateValue(day, day), "given")
    document = Document(sha256(text), sha256(text), "a.txt", text, "text", publication=publication)
    return assemble(document, [MarkedIncident(tuple(incidents[n])) for n in sorted(incidents)])


def of(found: tuple[Account, ...], kind: str) -> list[Account]:
    """The accounts of one kind."""
    return [a for a in found if a.kind == kind]


def told(account: Account, property_id: str) -> list[str]:
    """What an account states of one property, as plain words; days as FIRST..LAST."""
    return [_plain(s) for s in account.values(property_id)]


def _plain(statement: Statement) -> str:
    value = statement.value
    if isinstance(value, DateValue):
        return f"{value.start}..{value.end}"
    return next(str(getattr(value, n)) for n in ("text", "name", "code") if hasattr(value, n))
