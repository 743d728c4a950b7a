"""Disagreements and tolls as plain objects; whatever may not leave the casebook is withheld here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ascribe.analysis.disagreements import NATURES, Disagreement, Position, Said
from ascribe.analysis.tolls import Figure, Figures, Toll, by_kind
from ascribe.analysis.victims import clause
from ascribe.exports.guards import Guard
from ascribe.exports.reading import voice_json
from ascribe.exports.summary import IncidentSummary
from ascribe.model import Value
from ascribe.schema import Property

Json = dict[str, Any]


def head_json(summary: IncidentSummary) -> Json:
    """Which incident it is: id, date, place."""

    def first(property_id: str) -> str | None:
        found = summary.thing[property_id]
        return next((found.property.type.show(s.value) for s in found.shown), None)

    return {"incident": summary.incident.id, "date": first("date"), "place": first("place")}


def disagreement_json(found: Disagreement, guard: Guard) -> Json:
    """One property: every position with who holds it; positions that may not be told are counted as withheld."""
    told = [(p, [s for s in p.said if guard.allows(s.cited, found.prop)]) for p in found.positions]
    numbers = {source: n for n, source in enumerate(dict.fromkeys(s.source for _, said in told for s in said), 1)}
    out = {
        "property": found.prop.path,
        "label": found.prop.label,
        "thing": guard.mask(found.thing),
        "nature": found.nature,
        "meaning": NATURES[found.nature],
        "sources": found.sources,
        "weaker_side": found.weaker,
        "spread": round(found.spread, 3),
        "positions": [_position(p, said, found.prop, numbers, guard) for p, said in told if said],
    }
    if withheld := sum(not said for _, said in told):
        out["withheld"] = withheld
    return out


def _position(position: Position, told: list[Said], prop: Property, numbers: dict[str, int], guard: Guard) -> Json:
    return {
        **_value(position.value, prop, guard),
        "denied": position.denied,
        "per_claimant": position.per_claimant,
        "sources": len(position.sources),
        "said": [_said(s, guard, numbers) for s in told],
    }


def _value(value: Value, prop: Property, guard: Guard) -> Json:
    value = guard.value(value)
    return {"value": prop.type.to_json(value), "shown": guard.mask(prop.type.show(value))}


def _said(said: Said, guard: Guard, numbers: dict[str, int] | None = None) -> Json:
    """One statement: whose word, where, as of when, in which words. `source` numbers are equal for one source."""
    cited, document = said.cited, said.cited.document
    hidden = guard.hides(document)
    out: Json = {"source": numbers[said.source]} if numbers else {}
    return out | {
        "voice": {**voice_json(cited.statement), "speaker": guard.speaker(cited)},
        "stance": cited.statement.stance,
        "document": document.id,
        "name": guard.name(document),
        "publisher": guard.publisher(document),
        "as_of": [day.isoformat() for day in said.as_of] if said.as_of and not hidden else None,
        "near_copy_of": None if hidden else document.near_copy_of,
        "quotes": [
            {"start": q.start, "end": q.end, "quote": q.text, **({"page": q.page} if q.page is not None else {})}
            for q in (guard.quote(cited, e) for e in cited.statement.evidence)
        ],
    }


def toll_json(toll: Toll, guard: Guard) -> Json:
    """One toll: low, high, latest and every figure; the perpetrators' own apart; parts by kind of victim."""
    return {
        "property": toll.prop.path,
        "label": toll.prop.label,
        **_figures(toll.told, toll.prop, guard),
        "per_claimant": _figures(toll.per_claimant, toll.prop, guard) if toll.per_claimant.figures else None,
        "parts": _each(toll.parts.figures, toll.prop, guard),
        "parts_by_kind": {
            kind: {"low": own.low, "high": own.high, "open": own.open} for kind, own in by_kind(toll.parts).items()
        },
        "parts_per_claimant": _each(toll.parts_per_claimant.figures, toll.prop, guard),
    }


def _figures(figures: Figures, prop: Property, guard: Guard) -> Json:
    return {
        "low": figures.low,
        "high": figures.high,
        "open": figures.open,
        "latest": _figure(figures.latest, prop, guard) if figures.latest else None,
        "figures": _each(figures.figures, prop, guard),
    }


def _each(figures: Iterable[Figure], prop: Property, guard: Guard) -> list[Json]:
    return [_figure(f, prop, guard) for f in figures]


def _figure(figure: Figure, prop: Property, guard: Guard) -> Json:
    cited = figure.said.cited
    hidden = guard.hides(cited.document) or cited.statement.voice.perpetrator_side
    return {
        **_value(figure.count, prop, guard),
        "victims": guard.mask(figure.victims) or None,
        "kind": figure.kind,
        "clause": None if hidden else guard.mask(clause(cited)),
        **_said(figure.said, guard),
    }
