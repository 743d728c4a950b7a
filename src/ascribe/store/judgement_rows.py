"""Judgements to text and back, without loss: accounts and statements by their words, values by their types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ascribe.model import (
    AccountAnchor,
    ActorValue,
    Evidence,
    Pairing,
    Statement,
    StatementAnchor,
    Voice,
    Weighing,
)
from ascribe.schema import Schema
from ascribe.schema.types import Json, value_type
from ascribe.store.rows import canonical


def subject_text(subject: Pairing | StatementAnchor, schema: Schema) -> str:
    """What a judgement is about, as it is kept."""
    if isinstance(subject, Pairing):
        return canonical({"ones": [*map(_account, subject.ones)], "others": [*map(_account, subject.others)]})
    kind = schema[subject.account.kind][subject.property].type
    return canonical(
        {
            "account": _account(subject.account),
            "property": subject.property,
            "type": kind.name,
            "value": kind.to_json(subject.value),
            "evidence": _spans(subject.evidence),
            **({"actor": [subject.actor.name, subject.actor.register_id]} if isinstance(subject, Weighing) else {}),
        }
    )


def subject_of(text: str) -> Pairing | StatementAnchor:
    """The inverse of `subject_text`."""
    data = json.loads(text)
    if "ones" in data:
        return Pairing(tuple(map(_account_of, data["ones"])), tuple(map(_account_of, data["others"])))
    account = _account_of(data["account"])
    value = value_type(data["type"]).from_json(data["value"])
    anchor = StatementAnchor(account, data["property"], value, _spans_of(data["evidence"], account.document_id))
    if "actor" not in data:
        return anchor
    return Weighing(anchor.account, anchor.property, anchor.value, anchor.evidence, ActorValue(*data["actor"]))


def correction_text(correction: Statement, subject: Pairing | StatementAnchor, schema: Schema) -> str:
    """The statement that stands in the place of another, as it is kept."""
    assert isinstance(subject, StatementAnchor)
    kind = schema[subject.account.kind][correction.property].type
    voice = correction.voice
    return canonical(
        {
            "type": kind.name,
            "value": kind.to_json(correction.value),
            "evidence": _spans(correction.evidence),
            "voice": [voice.kind, voice.speaker, voice.perpetrator_side],
            "stance": correction.stance,
            "origin": correction.origin,
            "rule": correction.rule,
            "confidence": correction.confidence,
        }
    )


def correction_of(text: str, subject: StatementAnchor) -> Statement:
    """The inverse of `correction_text`."""
    data = json.loads(text)
    return Statement(
        property=subject.property,
        value=value_type(data["type"]).from_json(data["value"]),
        evidence=_spans_of(data["evidence"], subject.account.document_id),
        voice=Voice(*data["voice"]),
        stance=data["stance"],
        origin=data["origin"],
        rule=data["rule"],
        confidence=data["confidence"],
    )


def passages(subject: Pairing | StatementAnchor, correction: Statement | None) -> Iterator[Evidence]:
    """All words that a judgement is tied to."""
    if isinstance(subject, Pairing):
        for account in (*subject.ones, *subject.others):
            yield from _account_passages(account)
    else:
        yield from _account_passages(subject.account)
        yield from subject.evidence
    if correction is not None:
        yield from correction.evidence


def _account_passages(account: AccountAnchor) -> Iterator[Evidence]:
    yield account.anchor
    yield from account.own
    if account.about is not None:
        yield from _account_passages(account.about)


def _account(account: AccountAnchor) -> Json:
    return {
        "document": account.document_id,
        "kind": account.kind,
        "anchor": _spans([account.anchor]),
        "own": _spans(account.own),
        "about": None if account.about is None else _account(account.about),
        "judged_as": [account.extractor, account.version, account.key],
    }


def _account_of(data: Json) -> AccountAnchor:
    (anchor,) = _spans_of(data["anchor"], data["document"])
    return AccountAnchor(
        data["document"],
        data["kind"],
        anchor,
        _spans_of(data["own"], data["document"]),
        None if data["about"] is None else _account_of(data["about"]),
        *data["judged_as"],
    )


def _spans(evidence: Sequence[Evidence]) -> Json:
    return [[e.start, e.end, e.quote] for e in evidence]


def _spans_of(data: Json, document_id: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(document_id, start, end, quote) for start, end, quote in data)
