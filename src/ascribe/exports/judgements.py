"""Judgements as objects: who decided what, when, why, and what it changed, under the guards of every export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ascribe.errors import SchemaError
from ascribe.exports import Options
from ascribe.exports.guards import Guard
from ascribe.exports.names import WITHHELD_NAME
from ascribe.exports.summary import Cited, summarise
from ascribe.model import (
    Account,
    AccountAnchor,
    Change,
    Decision,
    Document,
    Evidence,
    Incident,
    Judgement,
    Pairing,
    Reading,
    Signature,
    Statement,
    StatementAnchor,
    Told,
    Value,
    Weighing,
)
from ascribe.schema import Property, Schema

Json = dict[str, Any]
WITHHELD_WORDS = "[restricted document]"
_SHORT = 12


class Discreet:
    """What may be told of the judgements of some documents: what an export of their incidents would tell.

    `incidents` are those that the documents tell of, before and after judgements, so that a name which a person
    corrected or rejected stays withheld too.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        incidents: Iterable[Incident],
        judgements: Iterable[Judgement],
        schema: Schema,
        options: Options,
    ) -> None:
        self._documents = {d.id: d for d in documents}
        self._schema = schema
        self._options = options
        self._guards = [Guard(summarise(i, schema), options) for i in incidents]
        for judgement in judgements:
            if isinstance(judgement.subject, StatementAnchor):
                self._guards.append(self._guard_of(judgement.subject, judgement.correction))

    def _guard_of(self, anchor: StatementAnchor, correction: Statement | None) -> Guard:
        """For values that no reading has any more."""
        return Guard(summarise(self._incident_of(anchor, correction), self._schema), self._options)

    def _incident_of(self, anchor: StatementAnchor, correction: Statement | None) -> Incident:
        statements = (*_statements(anchor), *([] if correction is None else [correction]))
        judged = Account("judged", anchor.account.kind, statements, anchor.account.anchor)
        accounts: tuple[Account, ...] = (judged,)
        if judged.kind != "incident":
            accounts = (Account("about", "incident", (), judged.anchor), replace(judged, about="about"))
        document = self._documents[anchor.account.document_id]
        reading = Reading(document.id, "", "", accounts)
        return Incident("judged", (Told(document, reading, accounts[0]),))

    def mask(self, text: str) -> str:
        """Words with every withheld name replaced."""
        for guard in self._guards:
            text = guard.mask(text)
        return text

    def reason(self, signed: Signature, judgement: Judgement) -> str:
        """Why, as it may be told: whoever judges a restricted document may quote it."""
        return self.why(judgement, signed.reason)

    def why(self, judgement: Judgement, reason: str) -> str:
        """Words about a judgement, which may quote what it is about."""
        return WITHHELD_WORDS if any(map(self._hides, documents_of(judgement))) else self.mask(reason)

    def quotes(self, anchor: StatementAnchor, evidence: Sequence[Evidence]) -> list[Json]:
        """Words with their places, as they may be told."""
        statement = _statements(anchor, evidence)[0]
        document = self._documents[anchor.account.document_id]
        cited = Cited(document, Reading(document.id, "", ""), Account("", "", (), anchor.account.anchor), statement)
        found = [self._guards[0].quote(cited, e) for e in evidence]
        return [{"start": q.start, "end": q.end, "quote": self.mask(q.text)} for q in found]

    def value(self, kind: str, property_id: str, value: Value) -> str:
        """A value in words, as it may be told: one that holds a withheld name is not told at all."""
        prop = _property(self._schema, kind, property_id)
        if prop is None:
            return WITHHELD_NAME  # of a property that the schema has no more it is not known whether it is sensitive
        return self._whole(prop, prop.type.show(value))

    def change(self, change: Change) -> Json:
        """What changed in an incident, as it may be told."""
        kind, _, property_id = change.property.partition(".")
        prop = _property(self._schema, kind, property_id) if change.property else None
        before, after = change.before, change.after
        if change.property:
            before, after = (WITHHELD_NAME if prop is None else self._whole(prop, words) for words in (before, after))
        return {"incident": change.incident, "property": change.property or None, "before": before, "after": after}

    def _whole(self, prop: Property, words: str) -> str:
        if words and prop.sensitive and not self._options.victims_reason:
            return WITHHELD_NAME
        return self.mask(words)

    def _hides(self, document_id: str) -> bool:
        return self._documents[document_id].restricted and not self._options.include_restricted


def documents_of(judgement: Judgement) -> frozenset[str]:
    """The full ids of the documents that a judgement is about."""
    return frozenset(a.document_id for a in anchors_of(judgement))


def anchors_of(judgement: Judgement) -> tuple[AccountAnchor, ...]:
    """The accounts that a judgement is about."""
    subject = judgement.subject
    return (*subject.ones, *subject.others) if isinstance(subject, Pairing) else (subject.account,)


def account_name(anchor: AccountAnchor) -> str:
    """The name of an account when it was judged: DOCUMENT/KEY."""
    return f"{anchor.document_id[:_SHORT]}/{anchor.key}"


def judgement_json(judgement: Judgement, discreet: Discreet) -> Json:
    """A judgement as an object."""
    out: Json = {
        "id": judgement.id,
        "verdict": judgement.verdict,
        **_signed(judgement.signed, judgement, discreet),
        **_subject(judgement, discreet),
    }
    if judgement.withdrawn is not None:
        out["withdrawn"] = _signed(judgement.withdrawn, judgement, discreet)
    return out


def decision_json(decision: Decision, discreet: Discreet) -> Json:
    """A judgement, or its withdrawal, with what it changed."""
    return {
        "decision": "withdrawn" if decision.withdrawal else "judged",
        **judgement_json(decision.judgement, discreet),
        "changes": [discreet.change(c) for c in decision.changes],
    }


def _signed(signed: Signature, judgement: Judgement, discreet: Discreet) -> Json:
    return {"by": signed.by, "at": signed.at.isoformat(), "reason": discreet.reason(signed, judgement)}


def _subject(judgement: Judgement, discreet: Discreet) -> Json:
    subject = judgement.subject
    if isinstance(subject, Pairing):
        return {"accounts": [*map(account_name, subject.ones)], "others": [*map(account_name, subject.others)]}
    kind = subject.account.kind
    out: Json = {
        "account": account_name(subject.account),
        "kind": kind,
        "property": subject.property,
        "value": discreet.value(kind, subject.property, subject.value),
        "evidence": discreet.quotes(subject, subject.evidence),
    }
    if isinstance(subject, Weighing):
        out["actor"] = discreet.mask(subject.actor.name)
    if judgement.correction is not None:
        out["corrected"] = {
            "value": discreet.value(kind, subject.property, judgement.correction.value),
            "evidence": discreet.quotes(subject, judgement.correction.evidence),
        }
    return out


def _statements(anchor: StatementAnchor, evidence: Sequence[Evidence] | None = None) -> tuple[Statement, ...]:
    return (Statement(anchor.property, anchor.value, tuple(evidence or anchor.evidence)),)


def _property(schema: Schema, kind: str, property_id: str) -> Property | None:
    try:
        return schema[kind][property_id]
    except SchemaError:
        return None
