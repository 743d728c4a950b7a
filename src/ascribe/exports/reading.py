"""A reading as the exchange format: what `ascribe read --format json` prints of one document.

The kinds of the schema (claim, attribution, person status) are laid flat here, and only here, into the slots of an
incident: `groups` and `involvement` from attributions, `claim` from claims, `fate` from people's statuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ascribe.exports.summary import (
    Cited,
    IncidentSummary,
    PropertySummary,
    Showing,
    Shown,
    ThingSummary,
    same_value,
    summarise,
)
from ascribe.model import Document, Evidence, Incident, PersonValue, Reading, Statement, Told
from ascribe.schema import Property, Schema

Json = dict[str, Any]

_SLOT_NAMES = {
    "attribution.actor": "groups",
    "attribution.involvement": "involvement",
    "person_status.status": "fate",
}

_NAMED = ("perpetrators", "victims", "groups")


def reading_json(document: Document, reading: Reading, schema: Schema, showing: Showing | None = None) -> Json:
    """One document with its incidents: slots, statements and their words. Absent is null or [], never zero.

    Only what is found: neither what lies below the least confidence nor what its words do not carry.
    """
    alone = [Incident(a.key, (Told(document, reading, a),)) for a in reading.of_kind("incident")]
    found = (summarise(i, schema, showing) for i in alone)
    incidents = [_incident(s, schema) for s in found if not s.proposed]
    return {
        "path": document.name,
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "published": _published(document),
        "format": document.format,
        "language": document.language,
        "encoding": document.encoding,
        "near_copy_of": document.near_copy_of,
        "notes": list(document.notes),
        "reader": {"name": reading.extractor, "version": reading.version},
        "skipped": [{"name": s.name, "reason": s.reason} for s in reading.skipped],
        "incidents": incidents,
    }


def slot_name(prop: Property) -> str:
    """The name under which a property's statements stand in a reading: `killed`, `claim.by`, `groups`, `fate`."""
    return _SLOT_NAMES.get(prop.path, prop.id if prop.kind == "incident" else prop.path)


def _published(document: Document) -> Json | None:
    if document.publication is None:
        return None
    when = document.publication.when
    return {
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "how": document.publication.how,
    }


def _incident(summary: IncidentSummary, schema: Schema) -> Json:
    account = summary.incident.accounts[0].account
    out: Json = {"id": account.key}
    for one in summary.thing.properties:
        out[one.property.id] = _slot(one)
    if "perpetrators" in out:
        _add_fates(out, summary)
    out["groups"] = _groups(_all(summary, "attribution", "actor"))
    out["claim"] = _claim(summary)
    out["involvement"] = next((_value(s, p) for p, s in _pairs(summary, "attribution", "involvement")), None)
    out["evidence"] = [_words(e) for e in _in_text_order((account.anchor, *account.evidence))]
    out["statements"] = [_statement(cited, schema, out) for thing in summary.things() for cited in thing.cited()]
    return out


def _slot(summary: PropertySummary) -> Any:
    prop = summary.property
    if not prop.many:
        return _value(summary.shown[0], prop) if summary.shown else None
    if prop.type.name == "person":
        return [{"name": _value(s, prop)} for s in summary.shown]
    return [_value(s, prop) for s in summary.shown]


def _value(shown: Shown, prop: Property) -> Any:
    return prop.type.slot(shown.value)


def _pairs(summary: IncidentSummary, kind: str, property_id: str) -> Iterator[tuple[Property, Shown]]:
    for thing in summary.of_kind(kind):
        for one in thing.properties:
            if one.property.id == property_id:
                yield from ((one.property, shown) for shown in one.shown)


def _all(summary: IncidentSummary, kind: str, property_id: str) -> Iterator[Shown]:
    return (shown for _, shown in _pairs(summary, kind, property_id))


def _add_fates(out: Json, summary: IncidentSummary) -> None:
    for slot, shown in zip(out["perpetrators"], summary.thing["perpetrators"].shown, strict=True):
        slot["fate"] = next((f for t in summary.of_kind("person_status") for f in _fate_of(t, shown)), None)


def _fate_of(thing: ThingSummary, person: Shown) -> Iterator[Any]:
    who = thing["person"].shown
    if any(isinstance(s.value, PersonValue) and same_value(s.value, person.value) for s in who):
        yield from (_value(s, thing["status"].property) for s in thing["status"].shown)


# Of several views on one group the one that counts in its slot: what clears it first, then the firmest.
_STANCES = ("denied", "asserted", "claimed_only", "suspected")


def _groups(views: Iterable[Shown]) -> list[Json]:
    """Every group once, whoever holds it responsible."""
    found: dict[str, Json] = {}
    for shown in views:
        view = _group(shown)
        known = found.setdefault(view["name"], view)
        known["stance"] = min(known["stance"], view["stance"], key=_STANCES.index)
    return list(found.values())


def _group(shown: Shown) -> Json:
    stance = shown.cited[0].statement.stance
    known = stance if stance in ("asserted", "suspected", "claimed_only", "denied") else "suspected"
    return {"name": getattr(shown.value, "name", ""), "stance": known}


# What a perpetrator says is no claim by an organisation, and whoever denies or praises an act claims nothing.
_NO_CLAIM_FORMS = frozenset({"pledge", "confession", "message"})
_NO_CLAIM_STATUSES = frozenset({"denied", "praised"})


def _claim(summary: IncidentSummary) -> Json:
    """All claims about an incident as one slot: every claimant and outlet, the first date, a claim before none."""
    things = [t for t in summary.of_kind("claim") if not _codes(t, "form") & _NO_CLAIM_FORMS]
    things = [t for t in things if not _codes(t, "status") & _NO_CLAIM_STATUSES]
    statuses = {code for t in things for code in _codes(t, "status")}
    made = [t for t in things if "not_claimed" not in _codes(t, "status")]
    dates = [
        (t["date"].property.type.bounds(s.value)[0] or float("inf"), _value(s, t["date"].property))
        for t in made
        if "repeat" not in _codes(t, "form")
        for s in t["date"].shown
        if s.cited[0].statement.origin == "stated"  # a bound that follows from "within hours" is no date of the text
    ]
    return {
        # A claim that was taken back is still one; a denial or praise is no claim, nor the word that there was none.
        "status": "claimed"
        if {"claimed", "withdrawn"} & statuses
        else next((s for s in statuses if s == "not_claimed"), None),
        "by": _unique(_value(s, t["by"].property) for t in made for s in t["by"].shown),
        "outlets": _unique(_value(s, t["outlets"].property) for t in made for s in t["outlets"].shown),
        "date": min(dates, key=lambda d: d[0])[1] if dates else None,
    }


def _codes(thing: ThingSummary, property_id: str) -> set[Any]:
    return {_value(s, thing[property_id].property) for s in thing[property_id].shown}


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _in_text_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted({(e.start, e.end): e for e in evidence}.values(), key=lambda e: (e.start, e.end))


def _words(evidence: Evidence) -> Json:
    return {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}


def _filler(slot: str, value: Any, out: Json) -> Any:
    """A statement's value as it stands in its slot: a person with the fate, a group with the stance."""
    fillers = out.get(slot)
    named = [f for f in fillers if isinstance(f, dict) and f.get("name") == value] if isinstance(fillers, list) else []
    return named[0] if named else {"name": value} if slot in _NAMED else value


def _statement(cited: Cited, schema: Schema, out: Json) -> Json:
    statement: Statement = cited.statement
    prop = schema[cited.account.kind][statement.property]
    return {
        "property": slot_name(prop),
        "value": _filler(slot_name(prop), prop.type.slot(statement.value), out),
        "evidence": [_words(e) for e in statement.evidence],
        "voice": voice_json(statement),
        "modality": statement.stance,
        "confidence": statement.confidence,
        "origin": statement.origin,
        "rule": statement.rule,
        "account": cited.account.key,
    }


def voice_json(statement: Statement) -> Json:
    """Whose word a statement is, as an object."""
    voice = statement.voice
    return {"kind": voice.kind, "speaker": voice.speaker, "perpetrator_side": voice.perpetrator_side}
