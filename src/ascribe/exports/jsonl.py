"""Incidents as JSON lines: one object an incident with what is shown, every statement, and the documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from ascribe.exports import Options, summaries
from ascribe.exports.document_guards import NOBODY, Unnamed
from ascribe.exports.guards import Guard
from ascribe.exports.reading import voice_json
from ascribe.exports.summary import Cited, IncidentSummary, PropertySummary, Shown, ThingSummary
from ascribe.model import HAND, Document, Incident, is_undecided
from ascribe.schema import Property, Schema

Json = dict[str, Any]

# Legal inside a JSON string, and yet the end of a line to many programs.
_LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\u0085\u2028\u2029"}


class JsonlExporter:
    """UTF-8, one object a line. Values are without loss; every one points at its statements by index."""

    suffix = ".jsonl"

    def write(self, incidents: Iterable[Incident], out: TextIO, schema: Schema, options: Options) -> None:
        """One line an incident."""
        for summary in summaries(incidents, schema, options):
            line = incident_json(summary, options)
            out.write(json.dumps(line, ensure_ascii=False).translate(_LINE_ENDS) + "\n")


def incident_json(summary: IncidentSummary, options: Options, also: Unnamed = NOBODY) -> Json:
    """One incident as an object: values, statements with their words, documents.

    `unsupported` statements stand apart, and only where what is proposed is let out; those that a person `rejected`
    stand apart always. `also` are names that are kept back besides those of this incident.
    """
    guard = Guard(summary, options, also)
    statements = list(_allowed(summary, _cited, guard))
    index = {id(cited): number for number, (cited, _) in enumerate(statements)}
    out: Json = {"id": summary.incident.id, **({"proposed": True} if summary.proposed else {})}
    out["values"] = _thing(summary.thing, guard, index)
    for kind in dict.fromkeys(t.kind.id for t in summary.about):
        out[kind] = [_thing(t, guard, index) for t in summary.of_kind(kind)]
    out["statements"] = [_statement(cited, prop, guard) for cited, prop in statements]
    if options.include_proposed and (unsupported := list(_allowed(summary, lambda s: iter(s.unsupported), guard))):
        out["unsupported"] = [_statement(cited, prop, guard) for cited, prop in unsupported]
    if rejected := list(_allowed(summary, lambda s: iter(s.rejected), guard)):
        out["rejected"] = [_statement(cited, prop, guard) for cited, prop in rejected]
    out["documents"] = [_document(d, guard) for d in summary.documents()]
    if options.victims_reason:
        out["victims_reason"] = options.victims_reason
    return out


def _allowed(
    summary: IncidentSummary, statements: Callable[[PropertySummary], Iterator[Cited]], guard: Guard
) -> Iterator[tuple[Cited, Property]]:
    for thing in summary.things():
        for one in thing.properties:
            yield from ((cited, one.property) for cited in statements(one) if guard.allows(cited, one.property))


def _cited(summary: PropertySummary) -> Iterator[Cited]:
    for shown in summary.shown:
        yield from shown.cited
    yield from summary.others


def _thing(thing: ThingSummary, guard: Guard, index: dict[int, int]) -> Json:
    out: Json = {}
    for summary in thing.properties:
        values = [_shown(s, summary.property, index, guard) for s in guard.shown(summary)]
        withheld = guard.withheld(summary)
        if values or withheld:
            out[summary.property.id] = values if summary.property.many else next(iter(values), None)
        if withheld:
            out.setdefault("withheld", {})[summary.property.id] = withheld
    return out


def _shown(shown: Shown, prop: Property, index: dict[int, int], guard: Guard) -> Json:
    out: Json = {
        "value": prop.type.to_json(shown.value),
        "statements": [index[id(c)] for c in shown.cited if id(c) in index],
    }
    if said := guard.said(shown):
        out["said"] = said
    return out


def _statement(cited: Cited, prop: Property, guard: Guard) -> Json:
    statement = cited.statement
    return {
        "kind": prop.kind,
        "property": prop.id,
        "value": prop.type.to_json(guard.value(statement.value)),
        "document": cited.document.id,
        "account": cited.account.key,
        "evidence": [_words(cited, number, guard) for number in range(len(statement.evidence))],
        "voice": {**voice_json(statement), "speaker": guard.speaker(cited)},
        "stance": statement.stance,
        "origin": statement.origin,
        "rule": _rule(cited, guard),
        "confidence": statement.confidence,
        "reader": {"name": cited.reading.extractor, "version": cited.reading.version},
        **_review(cited, guard),
    }


def _rule(cited: Cited, guard: Guard) -> str:
    """The rule that made a value; the reason of a check may quote the document."""
    statement = cited.statement
    if statement.origin != "unsupported" and not is_undecided(statement):
        return statement.rule
    return statement.rule.partition(":")[0] if guard.hides(cited.document) else guard.mask(statement.rule)


def _review(cited: Cited, guard: Guard) -> Json:
    """What a person made of a statement, with their reason; of restricted words the reason may tell too much."""
    judgement = cited.statement.judged
    if judgement is None:
        return {"review": "by_hand" if cited.reading.extractor == HAND else "proposed"}
    signed = judgement.signed
    reason = None if guard.hides(cited.document) else guard.mask(signed.reason)
    return {
        "review": judgement.verdict,
        "judgement": {"id": judgement.id, "by": signed.by, "on": signed.at.date().isoformat(), "reason": reason},
    }


def _words(cited: Cited, number: int, guard: Guard) -> Json:
    quoted = guard.quote(cited, cited.statement.evidence[number])
    out: Json = {"start": quoted.start, "end": quoted.end, "quote": quoted.text}
    if quoted.page is not None:
        out["page"] = quoted.page
    return out if quoted.whole else {**out, "whole": False}


def _document(document: Document, guard: Guard) -> Json:
    """Where the words come from; of a restricted document the id alone, for all the rest may tell the source."""
    hidden = guard.hides(document)
    published = document.publication
    return {
        "id": document.id,
        "bytes": None if hidden else document.bytes_id,
        "name": guard.name(document),
        "title": guard.title(document),
        "publisher": guard.publisher(document),
        "url": guard.url(document),
        "published": published.when.start.isoformat() if published and published.when.start and not hidden else None,
        "near_copy_of": None if hidden else document.near_copy_of,
        "restricted": document.restricted,
    }
