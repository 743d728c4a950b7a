"""Words to statements: what every part of assembling shares."""

from __future__ import annotations

from collections.abc import Iterable

from ascribe.model import Document, Origin, Statement, Value
from ascribe.readings.marks import Mark


def stated(
    document: Document, property_id: str, value: Value, marks: Iterable[Mark], origin: Origin = "stated", rule: str = ""
) -> Statement:
    """A statement that rests on marked words; voice, stance and, where none is given, rule are the first mark's."""
    held = tuple(marks)
    spans = dict.fromkeys((m.start, m.end) for m in held)
    return Statement(
        property=property_id,
        value=value,
        evidence=tuple(document.quote(start, end) for start, end in spans),
        voice=held[0].voice,
        stance=held[0].stance,
        origin=origin,
        rule=rule or held[0].rule,
        confidence=max(m.confidence for m in held),
    )


def words_of(text: str, start: int, end: int) -> str:
    """Words of a text on one line."""
    return " ".join(text[start:end].split())
