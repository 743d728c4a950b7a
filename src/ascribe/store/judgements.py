"""Judgements in the casebook: rows are added and never changed, each bound to the one before it by a hash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import get_args

from sqlalchemy import Connection, insert, select

from ascribe.errors import EvidenceError, SchemaError, StoreError
from ascribe.model import (
    Change,
    Decision,
    Evidence,
    Judgement,
    Pairing,
    Signature,
    Statement,
    StatementAnchor,
    Verdict,
    Weighing,
    Weight,
    sha256,
)
from ascribe.schema import Schema
from ascribe.store import fetching, tables
from ascribe.store.judgement_rows import correction_of, correction_text, passages, subject_of, subject_text
from ascribe.store.rows import Fetched, canonical, moment, stamp

_WITHDRAWN = "withdrawn"
_HASHED = ("verdict", "subject", "correction", "signed_by", "signed_at", "reason")

Opened = Callable[[], AbstractContextManager[Connection]]


class Judgements:
    """The judgements of a casebook."""

    def __init__(self, reading: Opened, writing: Opened, schema: Schema) -> None:
        self._reading, self._writing, self._schema = reading, writing, schema

    def add(
        self,
        verdict: Verdict,
        subject: Pairing | StatementAnchor,
        signed: Signature,
        correction: Statement | None = None,
    ) -> Judgement:
        """Store a judgement for good, in one transaction.

        StoreError for one that is unsigned or gives no reason; EvidenceError or SchemaError where words do not stand
        in their document or a corrected value does not fit its property.
        """
        _check_signature(signed)
        self._check_correction(verdict, subject, correction)
        row = {
            "verdict": verdict,
            "subject": subject_text(subject, self._schema),
            "correction": None if correction is None else correction_text(correction, subject, self._schema),
            **_signature_row(signed),
        }
        with self._writing() as connection:
            for passage in passages(subject, correction):
                if isinstance(subject, StatementAnchor) and passage.document_id != subject.account.document_id:
                    raise EvidenceError("the evidence is of another document than the account")
                _check_quote(connection, passage)
            made = _append(connection, row, None)
        return Judgement(made, verdict, subject, signed, correction)

    def withdraw(self, id_or_prefix: str, signed: Signature) -> Judgement:
        """Withdraw a judgement, which stays readable; the judgement as it is now. StoreError if it was withdrawn."""
        _check_signature(signed)
        with self._writing() as connection:
            found = _find(connection, id_or_prefix)
            if not found.stands:
                raise StoreError(f"judgement {found.id[:12]} was withdrawn already, {_told(found.withdrawn)}")
            _append(connection, {"verdict": _WITHDRAWN, "subject": "", **_signature_row(signed)}, found.id)
        return replace(found, withdrawn=signed)

    def note(self, judgement_id: str, changes: Sequence[Change], *, withdrawal: bool) -> None:
        """Note what a judgement, or its withdrawal, changed; once for each, in the transaction that made it."""
        table = tables.judgement
        which = table.c.judgement_id == judgement_id
        said = canonical([[c.incident, c.property, c.before, c.after] for c in changes])
        with self._writing() as connection:
            row = connection.execute(select(table.c.id).where(which)).scalar_one()
            if withdrawal:
                row = connection.execute(select(table.c.id).where(table.c.withdraws == row)).scalar_one()
            name = connection.execute(select(table.c.judgement_id).where(table.c.id == row)).scalar_one()
            values = {"judgement": row, "changes": said, "hash": sha256(f"{name}\n{said}")}
            connection.execute(insert(tables.judgement_effect), values)

    def find(self, id_or_prefix: str) -> Judgement:
        """The judgement whose id this is, or begins with these six or more signs; StoreError if none or several."""
        with self._reading() as connection:
            return _find(connection, id_or_prefix)

    def all(self) -> tuple[Judgement, ...]:
        """Every judgement, the withdrawn ones too, oldest first."""
        with self._reading() as connection:
            return tuple(made for made, _ in _all(connection).values())

    def standing(self) -> tuple[Judgement, ...]:
        """Every judgement that has not been withdrawn, oldest first."""
        return tuple(j for j in self.all() if j.stands)

    def history(self) -> Iterator[Decision]:
        """Every judgement and every withdrawal in the order of time, with what it changed."""
        with self._reading() as connection:
            made = _all(connection)
            noted = select(tables.judgement_effect.c.judgement, tables.judgement_effect.c.changes)
            effects = {int(row[0]): str(row[1]) for row in connection.execute(noted)}
        decisions = {
            row: Decision(judgement, False, _changes(effects.get(row))) for row, (judgement, _) in made.items()
        }
        for judgement, withdrawal in made.values():
            if withdrawal is not None:
                decisions[withdrawal] = Decision(judgement, True, _changes(effects.get(withdrawal)))
        return iter([decisions[row] for row in sorted(decisions)])

    def _check_correction(
        self, verdict: Verdict, subject: Pairing | StatementAnchor, correction: Statement | None
    ) -> None:
        if (verdict == "corrected") != (correction is not None):
            raise SchemaError("a correction, and only a correction, brings another value")
        if (verdict in ("same", "different", "unsure")) != isinstance(subject, Pairing):
            raise SchemaError(f"{verdict!r} cannot be said of this")
        if (verdict in get_args(Weight)) != isinstance(subject, Weighing):
            raise SchemaError(f"{verdict!r} cannot be said of this")
        if correction is not None and isinstance(subject, StatementAnchor):
            if correction.property != subject.property:
                raise SchemaError(f"a correction of {subject.property} cannot be about {correction.property}")
            self._schema[subject.account.kind][subject.property].check(correction)


def _check_signature(signed: Signature) -> None:
    if not signed.by.strip():
        raise StoreError("a judgement must be signed: say who judges")
    if not signed.reason.strip():
        raise StoreError("a judgement needs a reason: say why")


def _signature_row(signed: Signature) -> dict[str, str]:
    return {"signed_by": signed.by, "signed_at": stamp(signed.at), "reason": signed.reason}


def _check_quote(connection: Connection, passage: Evidence) -> None:
    table = tables.document
    query = select(table.c.text).where(table.c.document_id == passage.document_id)
    text = connection.execute(query).scalar()
    if text is None:
        raise EvidenceError(f"there is no document {passage.document_id[:12]}")
    if not 0 <= passage.start < passage.end or text[passage.start : passage.end] != passage.quote:
        raise EvidenceError(
            f"document {passage.document_id[:12]}: the words at {passage.start}:{passage.end} are not the quote"
        )


def _append(connection: Connection, row: Mapping[str, str | None], withdraws: str | None) -> str:
    """Add a row behind the last one; its id."""
    table = tables.judgement
    before = connection.execute(select(table.c.judgement_id).order_by(table.c.id.desc()).limit(1)).scalar()
    made = judgement_hash(before, {"correction": None, **row}, withdraws)
    target = None
    if withdraws is not None:
        target = connection.execute(select(table.c.id).where(table.c.judgement_id == withdraws)).scalar_one()
    try:
        connection.execute(insert(table), {"judgement_id": made, "withdraws": target, **row})
    except UnicodeEncodeError:
        raise StoreError("a name, a reason or a value holds half a surrogate pair") from None
    return made


def judgement_hash(before: str | None, row: Fetched | Mapping[str, str | None], withdraws: str | None) -> str:
    """The id of a row: the hash of what it says and of the id of the row before it."""
    return sha256(canonical([before, withdraws, *(row[name] for name in _HASHED)]))


def _find(connection: Connection, id_or_prefix: str) -> Judgement:
    row = fetching.find(connection, tables.judgement, "judgement_id", id_or_prefix.lower(), "judgement")
    found = _all(connection).get(row)
    if found is None:
        raise StoreError(f"{id_or_prefix!r} is a withdrawal, which is not withdrawn; judge anew instead")
    return found[0]


def _all(connection: Connection) -> dict[int, tuple[Judgement, int | None]]:
    """Judgements by row number, each with the row number of its withdrawal."""
    rows = connection.execute(select(tables.judgement).order_by(tables.judgement.c.id)).mappings().all()
    withdrawals = {row["withdraws"]: row for row in rows if row["withdraws"] is not None}
    made: dict[int, tuple[Judgement, int | None]] = {}
    for row in rows:
        if row["withdraws"] is None:
            gone = withdrawals.get(row["id"])
            withdrawn = None if gone is None else _signature(gone)
            made[row["id"]] = (_judgement(row, withdrawn), None if gone is None else gone["id"])
    return made


def _judgement(row: Fetched, withdrawn: Signature | None) -> Judgement:
    subject = subject_of(row["subject"])
    correction = None
    if row["correction"] is not None and isinstance(subject, StatementAnchor):
        correction = correction_of(row["correction"], subject)
    return Judgement(row["judgement_id"], row["verdict"], subject, _signature(row), correction, withdrawn)


def _signature(row: Fetched) -> Signature:
    return Signature(row["signed_by"], moment(row["signed_at"]), row["reason"])


def _changes(text: str | None) -> tuple[Change, ...]:
    return () if text is None else tuple(Change(*one) for one in json.loads(text))


def _told(signed: Signature | None) -> str:
    return "" if signed is None else f"on {signed.at.date()} by {signed.by}: {signed.reason}"


def problems(connection: Connection) -> Iterator[tuple[str, str]]:
    """What is wrong with the judgements: the name of each, and what is not as it was stored."""
    before: str | None = None
    names: dict[int, str] = {}
    for row in connection.execute(select(tables.judgement).order_by(tables.judgement.c.id)).mappings():
        name = f"judgement {row['judgement_id'][:12]}"
        if judgement_hash(before, row, names.get(row["withdraws"])) != row["judgement_id"]:
            yield name, "is not the one that was stored, or one before it is gone (its hash differs)"
        elif row["withdraws"] is None:
            try:
                made = _judgement(row, None)
                for passage in passages(made.subject, made.correction):
                    _check_quote(connection, passage)
            except EvidenceError as error:
                yield name, str(error)
        before = names[row["id"]] = row["judgement_id"]
    for row in connection.execute(select(tables.judgement_effect)).mappings():
        name = names.get(row["judgement"], "")
        if sha256(f"{name}\n{row['changes']}") != row["hash"]:
            yield f"judgement {name[:12]}", "what it changed is not what was noted (its hash differs)"
