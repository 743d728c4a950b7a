"""A model's answer taken at its word: what a reading would be without any check or normaliser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ascribe.errors import SchemaError
from ascribe.model import Document
from ascribe.schema import bundled_schema
from ascribe.schema.types import value_type
from evaluation.llm_perfect import Json


def naive_reading(document: Document, incidents: Sequence[Json], facts: Sequence[Json]) -> Json:
    """The answer in the exchange format, every value as it was given, the last one where only one can stand."""
    told = [_incident(i, [f for f in facts if f["incident"] == i["incident"]], document.text) for i in incidents]
    return {"path": document.name, "text": document.text, "incidents": told}


def _values(facts: Sequence[Mapping[str, Any]], prop: str) -> list[str]:
    return list(dict.fromkeys(f["value"] for f in facts if f["property"] == prop))


def _slot(kind: str, facts: Sequence[Mapping[str, Any]], prop: str) -> Any:
    """The last value that can be read."""
    for value in reversed(_values(facts, prop)):
        try:
            return value_type(kind).slot(value_type(kind).parse(value))
        except SchemaError:
            continue
    return None


def _incident(told: Json, facts: Sequence[Json], text: str) -> Json:
    fates = dict(_fates(facts))
    groups = {f["value"]: f["stance"] for f in facts if f["property"] == "attribution.actor"}
    start = max(text.find(told["quote"]), 0)
    schema = bundled_schema()["incident"]
    return {
        "id": str(told["incident"]),
        "status": (_values(facts, "status") or ["carried_out"])[-1],
        **{prop: _slot(kind, facts, prop) for prop, kind in (("date", "date"), ("place", "place"))},
        **{prop: _slot("count", facts, prop) or _sum(facts, prop) for prop in ("killed", "wounded")},
        **{p.id: _values(facts, p.id) for p in schema.properties if p.type.name == "code" and p.many},
        "perpetrators": [{"name": n, "fate": fates.get(n)} for n in _values(facts, "perpetrators")],
        "victims": [{"name": n} for n in _values(facts, "victims")],
        "groups": [{"name": n, "stance": s} for n, s in groups.items()],
        "claim": {
            "status": next(iter(_values(facts, "claim.status")), None),
            "by": _values(facts, "claim.by"),
            "outlets": _values(facts, "claim.outlets"),
            "date": _slot("date", facts, "claim.date"),
        },
        "involvement": next(iter(_values(facts, "attribution.involvement")), None),
        "evidence": [{"start": start, "end": start + len(told["quote"]), "quote": told["quote"]}],
    }


def _sum(facts: Sequence[Mapping[str, Any]], prop: str) -> Any:
    """The parts added up where no total is given, as a model that reckons would do."""
    parts = [value_type("count").parse(f["value"]) for f in facts if f["property"] == f"{prop}_of_which"]
    lows = [low for part in parts if (low := getattr(part, "minimum", None)) is not None]
    return {"min": sum(lows), "max": sum(lows)} if lows else None


def _fates(facts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    who = {f["thing"]: f["value"] for f in facts if f["property"] == "person_status.person"}
    for fact in facts:
        if fact["property"] == "person_status.status" and fact["thing"] in who:
            yield who[fact["thing"]], fact["value"]
