"""What is checked before anything is written: hashes, quotes, and the fit of every value to the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ascribe.errors import EvidenceError, SchemaError
from ascribe.model import Account, Document, Evidence, Origin, Reading, Stance, Statement, VoiceKind, sha256
from ascribe.schema import Schema

_STANCES = frozenset(get_args(Stance))
_ORIGINS = frozenset(get_args(Origin))
_VOICES = frozenset(get_args(VoiceKind))


def check(document: Document, data: bytes | None, reading: Reading, schema: Schema) -> None:
    """Raise EvidenceError or SchemaError, naming the document, if it or its reading may not be stored."""
    _check_document(document, data)
    if reading.document_id != document.id:
        raise EvidenceError(
            f"{document.name}: the reading is of document {reading.document_id[:12]}, not of {document.id[:12]}"
        )
    try:
        _check_accounts(reading, schema)
    except SchemaError as error:
        raise SchemaError(f"{document.name}: {error}") from None
    for account in reading.accounts:
        for evidence, owner in _passages(account):
            _check_quote(document, evidence, owner)


def _check_document(document: Document, data: bytes | None) -> None:
    if document.id != sha256(document.text):
        raise EvidenceError(f"{document.name}: the document's id is not the hash of its text")
    try:
        document.text.encode()
    except UnicodeEncodeError as error:
        raise EvidenceError(f"{document.name}: half a surrogate pair at {error.start} is not a character") from None
    if data is not None and document.bytes_id != sha256(data):
        raise EvidenceError(f"{document.name}: the document was not made from these bytes (their hash differs)")


def _check_accounts(reading: Reading, schema: Schema) -> None:
    kinds: dict[str, str] = {}
    for account in reading.accounts:
        if account.key in kinds:
            raise SchemaError(f"two accounts have the key {account.key!r}")
        kinds[account.key] = account.kind
    for account in reading.accounts:
        schema.check(account)
        wanted = schema[account.kind].about
        if account.about is not None and kinds.get(account.about) != wanted:
            raise SchemaError(f"account {account.key}: there is no {wanted} {account.about!r} that it could be about")
        for statement in account.statements:
            _check_manner(account, statement)


def _check_manner(account: Account, statement: Statement) -> None:
    for word, allowed, what in (
        (statement.stance, _STANCES, "stance"),
        (statement.origin, _ORIGINS, "origin"),
        (statement.voice.kind, _VOICES, "voice"),
    ):
        if word not in allowed:
            raise SchemaError(f"account {account.key}, {statement.property}: unknown {what} {word!r}")
    if statement.judged is not None:
        raise SchemaError(f"account {account.key}, {statement.property}: a reading holds no judgement; make one of it")


def _passages(account: Account) -> Iterator[tuple[Evidence, str]]:
    for evidence in (account.anchor, *account.evidence):
        yield evidence, f"account {account.key}"
    for statement in account.statements:
        for evidence in statement.evidence:
            yield evidence, f"account {account.key}, {statement.property}"


def _check_quote(document: Document, evidence: Evidence, owner: str) -> None:
    start, end = evidence.start, evidence.end
    if evidence.document_id != document.id:
        raise EvidenceError(f"{document.name}: {owner}: the evidence is of another document")
    if not 0 <= start < end <= len(document.text):
        raise EvidenceError(f"{document.name}: {owner}: there are no words at {start}:{end}")
    if document.text[start:end] != evidence.quote:
        raise EvidenceError(f"{document.name}: {owner}: the words at {start}:{end} are not the quote")
