"""An incident as one flat row whose columns derive from the schema; the table formats share it.

A property of the incident has columns under its own id, one of another kind under `kind_property`. After the columns
of its type come `_said` (whose word, how firmly; empty where an author simply asserts it) and `_evidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ascribe.exports.guards import Guard
from ascribe.exports.summary import Cited, IncidentSummary, PropertySummary, Shown, ThingSummary
from ascribe.schema import Property, Schema

BETWEEN_VALUES = "; "
BETWEEN_THINGS = " | "


def column(prop: Property) -> str:
    """The name a property's columns begin with."""
    return prop.id if prop.kind == "incident" else f"{prop.kind}_{prop.id}"


def header(schema: Schema) -> list[str]:
    """All columns, in the order of the schema."""
    names = ["id"]
    for prop in schema.properties():
        names += [column(prop) + suffix for suffix in (*prop.type.columns(), "_said", "_evidence")]
    return [*names, "documents", "document_ids", "victims_reason"]


def row(summary: IncidentSummary, schema: Schema, guard: Guard, victims_reason: str | None) -> dict[str, str]:
    """The cells of one incident by column; what no document states is an empty cell, what is withheld says so."""
    cells = {"id": summary.incident.id}
    for kind in schema.kinds:
        things = summary.of_kind(kind.id)
        for prop in kind.properties:
            cells.update(_cells(prop, [_find(t, prop) for t in things], guard))
    documents = summary.documents()
    cells["documents"] = BETWEEN_THINGS.join(guard.name(d) for d in documents)
    cells["document_ids"] = BETWEEN_VALUES.join(d.id for d in documents)
    cells["victims_reason"] = victims_reason or ""
    return cells


def _find(thing: ThingSummary, prop: Property) -> PropertySummary:
    return thing[prop.id]


def _cells(prop: Property, summaries: list[PropertySummary], guard: Guard) -> dict[str, str]:
    name = column(prop)
    shown = [guard.shown(s) for s in summaries]
    out = {}
    for index, suffix in enumerate(prop.type.columns()):
        out[name + suffix] = _things([prop.type.cells(v.value)[index] for v in values] for values in shown)
    withheld = sum(guard.withheld(s) for s in summaries)
    if withheld:
        first = name + prop.type.columns()[0]
        out[first] = BETWEEN_VALUES.join(filter(None, (out[first], f"[{withheld} withheld]")))
    out[name + "_said"] = _said(shown, guard)
    out[name + "_evidence"] = BETWEEN_THINGS.join(
        dict.fromkeys(q for values in shown for v in values for q in _quotes(v, guard))
    )
    return out


def _said(shown: list[tuple[Shown, ...]], guard: Guard) -> str:
    """Empty if an author asserts all of it; else one word for each value, so that the columns stay in step."""
    if not any(guard.said(v) for values in shown for v in values):
        return ""
    return _things([guard.said(v) or "asserted" for v in values] for values in shown)


def _things(values: Iterable[list[str]]) -> str:
    parts = [BETWEEN_VALUES.join(v) for v in values]
    return BETWEEN_THINGS.join(parts) if any(part.strip("; ") for part in parts) else ""


def _quotes(shown: Shown, guard: Guard) -> Iterator[str]:
    for cited in shown.cited:
        for evidence in cited.statement.evidence:
            quoted = guard.quote(cited, evidence)
            yield f"{guard.name(cited.document)}: “{' '.join(quoted.text.split())}”{_page(cited, quoted.page, guard)}"


def _page(cited: Cited, page: int | None, guard: Guard) -> str:
    return f" (page {page})" if page is not None and not guard.hides(cited.document) else ""
