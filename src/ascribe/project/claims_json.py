"""Claims, views and evidence as plain objects; whatever may not leave the casebook is withheld here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from ascribe.analysis.attributions import State, View
from ascribe.analysis.claim_tables import Rate, Table
from ascribe.analysis.claims import Claim, Event, LifeCycle
from ascribe.analysis.hypotheses import Grid, Row, actor_key
from ascribe.analysis.lag import Lag
from ascribe.analysis.said import Said
from ascribe.exports import Options
from ascribe.exports.guards import Guard
from ascribe.exports.summary import Cited, IncidentSummary
from ascribe.model import ActorValue, DateValue
from ascribe.schema import Schema
from ascribe.schema.types import value_type

Json = dict[str, Any]


def _head(summary: IncidentSummary) -> Json:
    def first(property_id: str) -> str | None:
        found = summary.thing[property_id]
        return next((found.property.type.show(s.value) for s in found.shown), None)

    return {"incident": summary.incident.id, "date": first("date"), "place": first("place")}


def _guard(summary: IncidentSummary) -> Guard:
    return Guard(summary, Options())


def _when(value: DateValue | None) -> str | None:
    return value_type("date").show(value) if value else None


def _lag(value: Lag | None) -> Json | None:
    if value is None:
        return None
    maximum = None if math.isinf(value.maximum) else int(value.maximum)
    return {"min_days": value.minimum, "max_days": maximum, "words": value.show()}


def _names(actors: Iterable[ActorValue], guard: Guard) -> list[str]:
    return [guard.mask(a.name) for a in actors]


def _masked(texts: Iterable[str], guard: Guard) -> list[str]:
    return [guard.mask(t) for t in texts]


def _quotes(said: Iterable[Said], guard: Guard) -> list[Json]:
    """The words behind something, each passage once."""
    out: dict[tuple[str, int, int], Json] = {}
    for one in said:
        cited = Cited(one.document, one.reading, one.account, one.statement)
        for evidence in one.statement.evidence:
            quoted = guard.quote(cited, evidence)
            out[(one.document.id, evidence.start, evidence.end)] = {
                "document": one.document.id,
                "name": guard.name(one.document),
                "start": quoted.start,
                "end": quoted.end,
                "quote": quoted.text,
            }
    return list(out.values())


def _voice(said: Sequence[Said], guard: Guard) -> str | None:
    """Whose word it is, where it is not the author's."""
    first = said[0]
    voice = first.statement.voice
    if voice.perpetrator_side:
        return "per claimant"
    if voice.kind == "author":
        return None
    speaker = guard.speaker(Cited(first.document, first.reading, first.account, first.statement))
    return f"{'quoting' if voice.kind == 'quoted' else 'according to'} {speaker or 'an unnamed source'}"


def life_cycle_json(cycle: LifeCycle, summary: IncidentSummary) -> Json:
    """The life cycle of an incident's claims."""
    guard = _guard(summary)
    return {
        **_head(summary),
        "status": cycle.status,
        "doubted": cycle.doubted,
        "competing": [" and ".join(_names(c.claimants, guard)) for c in cycle.competing],
        "claims": [_claim(c, guard) for c in cycle.claims],
        "events": [_event(e, guard) for e in cycle.events],
    }


def _claim(claim: Claim, guard: Guard) -> Json:
    first = claim.first
    return {
        "claimants": _names(claim.claimants, guard),
        "date": _when(first.when),
        "lag": _lag(first.lag),
        "outlets": _masked(first.outlets, guard),
        "copies": len(claim.copies),
        "documents": len({d for e in claim.events if e.step in ("claimed", "repeated") for d in e.documents}),
        "doubted": bool(claim.doubts),
        "denied": claim.denied,
        "withdrawn": claim.withdrawn,
    }


def _event(event: Event, guard: Guard) -> Json:
    return {
        "step": event.step,
        "date": _when(event.when),
        "known": _when(event.known),
        "actors": _names(event.actors, guard),
        "outlets": _masked(event.outlets, guard),
        "items": _masked(event.items, guard),
        "proof": _masked(event.proof, guard),
        "wording": _masked(event.wording, guard),
        "reported_by": _masked(event.reporter, guard),
        "copy_of": _masked(event.copy_of, guard),
        "lag": _lag(event.lag),
        "voice": _voice(event.said, guard),
        "evidence": _quotes(event.said, guard),
    }


def table_json(table: Table, schema: Schema) -> Json:
    """One table of claims; codes are written as their labels."""
    labels = {c.code: c.label for prop in schema.properties() for c in prop.codes}
    return {
        "table": table.name,
        "definition": table.definition,
        "period": table.period,
        "rows": [_rate(r, labels) for r in table.rows],
    }


def _rate(row: Rate, labels: dict[str, str]) -> Json:
    return {
        "label": labels.get(row.label, row.label),
        "numerator": row.numerator,
        "denominator": row.denominator,
        "rate": None if row.rate is None else round(row.rate, 4),
        "note": row.note,
        "incidents": list(row.incidents),
    }


def attribution_json(stated: Sequence[tuple[View, State]], as_of: str | None, summary: IncidentSummary) -> Json:
    """The views on who is responsible; those that had not come up yet on the day are counted and not told."""
    guard = _guard(summary)
    return {
        **_head(summary),
        "as_of": as_of,
        "views": [_view(view, state, guard) for view, state in stated if state != "not_yet"],
        "later": sum(state == "not_yet" for _, state in stated),
    }


def _view(view: View, state: State, guard: Guard) -> Json:
    name = guard.mask(view.actor.name) if view.actor else None
    return {
        "state": state,
        "actor": name,
        "holder": guard.mask(view.holder) if view.holder else None,
        "author": None if view.holder else guard.name(view.document),
        "stance": view.stance,
        "involvement": view.involvement_code,
        "involvement_words": [q["quote"] for q in _quotes(view.involvement, guard)],
        "since": _when(view.since),
        "since_stated": view.since_stated,
        "until": _when(view.until),
        "superseded_by": guard.mask(view.superseded_by.name) if view.superseded_by else None,
        "supporting": _quotes(view.supporting, guard),
        "opposing": _quotes(view.opposing, guard),
        "voice": _voice(view.said, guard),
        "evidence": _quotes(view.said, guard),
    }


def grid_json(table: Grid, summary: IncidentSummary) -> Json:
    """The evidence by actor; no cell is added up."""
    guard = _guard(summary)
    return {
        **_head(summary),
        "actors": [{"key": actor_key(a), "name": guard.mask(a.name)} for a in table.actors],
        "rows": [_row(r, table, guard) for r in table.rows],
    }


def _row(row: Row, table: Grid, guard: Guard) -> Json:
    return {
        "id": row.id,
        "evidence": row.what,
        "about": _names(row.actors, guard),
        "voice": _voice((row.said,), guard),
        "words": _quotes((row.said,), guard),
        "cells": [
            {
                "actor": guard.mask(actor.name),
                "weight": cell.weight,
                "weighed_by": cell.judged.signed.by if cell.judged else None,
                "reason": guard.mask(cell.judged.signed.reason) if cell.judged else None,
                "judgement": cell.judged.id if cell.judged else None,
            }
            for actor, cell in zip(table.actors, row.cells, strict=True)
        ],
    }
