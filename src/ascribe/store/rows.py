"""Model objects to rows and back, without loss and without a database at hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any, Protocol, cast

from ascribe.errors import StoreError
from ascribe.model import (
    AUTHOR,
    Account,
    DateValue,
    Document,
    Evidence,
    PageMark,
    Publication,
    Reading,
    Statement,
    Voice,
)
from ascribe.schema import Schema
from ascribe.schema.types import Json, ValueType, value_type

Row = dict[str, Any]  # column -> value, as the database takes it


class Fetched(Protocol):
    """A row as the database gives it: column -> value."""

    def __getitem__(self, column: str, /) -> Any:
        """The value in a column."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


# The types are looked up by name a million times when a large casebook is read.
_type = lru_cache(maxsize=None)(value_type)


def canonical(data: Json) -> str:
    """JSON with one spelling for one value: sorted keys, no blanks, characters as they are."""
    return _ENCODER.encode(data)


def stamp(recorded: datetime) -> str:
    """A moment as text that sorts as time does. StoreError for a time without a zone: it would be a guess."""
    if recorded.tzinfo is None:
        raise StoreError(f"the time {recorded} has no zone; give an aware time, such as datetime.now(UTC)")
    return recorded.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The inverse of `stamp`."""
    return datetime.fromisoformat(text)


def document_row(document: Document, added_at: str) -> Row:
    """A document as a row of its table."""
    row = {
        "document_id": document.id,
        "bytes_id": document.bytes_id,
        "name": document.name,
        "format": document.format,
        "title": document.title,
        "author": document.author,
        "publisher": document.publisher,
        "url": document.url,
        "language": document.language,
        "publication": publication_text(document.publication),
        "encoding": document.encoding,
        "pages": canonical([[mark.start, mark.page] for mark in document.pages]),
        "notes": canonical(list(document.notes)),
        "restricted": document.restricted,
        "near_copy_of": document.near_copy_of,
        "added_at": added_at,
        "characters": len(document.text),
        "text": document.text,
    }
    return {**row, "metadata_hash": metadata_hash(row)}


_HASHED = (
    "document_id",
    "bytes_id",
    "name",
    "format",
    "title",
    "author",
    "publisher",
    "url",
    "language",
    "publication",
    "encoding",
    "pages",
    "notes",
    "restricted",
    "near_copy_of",
    "added_at",
    "characters",
)


def metadata_hash(row: Fetched) -> str:
    """The hash of everything that a document's row holds besides the text, which has its own."""
    about = [bool(row[name]) if name == "restricted" else row[name] for name in _HASHED]
    return sha256(canonical(about).encode("utf-8", "surrogatepass")).hexdigest()


def publication_text(found: Publication | None) -> str | None:
    """A date of publication as it is kept."""
    if found is None:
        return None
    return canonical({"when": value_type("date").to_json(found.when), "how": found.how})


def _publication(text: str | None) -> Publication | None:
    if text is None:
        return None
    data = json.loads(text)
    return Publication(cast(DateValue, value_type("date").from_json(data["when"])), data["how"])


def document_of(row: Fetched) -> Document:
    """The document of a row."""
    return Document(
        id=row["document_id"],
        bytes_id=row["bytes_id"],
        name=row["name"],
        text=row["text"],
        format=row["format"],
        title=row["title"],
        author=row["author"],
        publisher=row["publisher"],
        url=row["url"],
        language=row["language"],
        publication=_publication(row["publication"]),
        encoding=row["encoding"],
        pages=tuple(PageMark(start, page) for start, page in json.loads(row["pages"])),
        notes=tuple(json.loads(row["notes"])),
        restricted=bool(row["restricted"]),
        near_copy_of=row["near_copy_of"],
    )


def content_id(key: str, row: Fetched, spans: Iterable[tuple[int, int]], repeat: int = 0) -> bytes:
    """The hash of what a statement says, in which account and where; `repeat` counts its exact likes before it."""
    said = [
        key,
        row["kind"],
        row["property"],
        row["type"],
        row["value"],
        row["voice"],
        row["speaker"],
        bool(row["perpetrator_side"]),
        row["stance"],
        row["origin"],
        row["rule"],
        float(row["confidence"]),
        [list(span) for span in spans],
        repeat,
    ]
    return blake2b(canonical(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _statement_row(kind: str, value: ValueType, statement: Statement) -> Row:
    low, high = value.bounds(statement.value)
    return {
        "kind": kind,
        "property": statement.property,
        "type": value.name,
        "value": canonical(value.to_json(statement.value)),
        "low": low,
        "high": high,
        "shown": value.show(statement.value),
        "voice": statement.voice.kind,
        "speaker": statement.voice.speaker,
        "perpetrator_side": statement.voice.perpetrator_side,
        "stance": statement.stance,
        "origin": statement.origin,
        "rule": statement.rule,
        "confidence": statement.confidence,
    }


@dataclass(slots=True)
class ReadingRows:
    """The rows of one reading, numbered from the first free numbers that the database gives."""

    accounts: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    evidence: list[Row] = field(default_factory=list)
    skipped: list[Row] = field(default_factory=list)


def reading_rows(
    reading: Reading, schema: Schema, *, document: int, row: int, next_account: int, next_statement: int
) -> ReadingRows:
    """All rows of a reading; `document` and `row` are the row numbers of its document and of itself."""
    made = ReadingRows()
    taken: set[bytes] = set()
    for number, account in enumerate(reading.accounts, next_account):
        kind = schema[account.kind]
        made.accounts.append(
            {"id": number, "reading": row, "key": account.key, "kind": account.kind, "about": account.about}
        )
        passages: list[tuple[int | None, Evidence]] = [(None, e) for e in (account.anchor, *account.evidence)]
        for statement in account.statements:
            said = _statement_row(account.kind, kind[statement.property].type, statement)
            spans = [(e.start, e.end) for e in statement.evidence]
            repeat = 0
            while (content := content_id(account.key, said, spans, repeat)) in taken:
                repeat += 1
            taken.add(content)
            identity = next_statement + len(made.statements)
            made.statements.append({"id": identity, "account": number, "reading": row, "content": content, **said})
            passages.extend((identity, e) for e in statement.evidence)
        made.evidence.extend(
            {
                "account": number,
                "position": position,
                "statement": owner,
                "document": document,
                "start": e.start,
                "end": e.end,
                "quote": e.quote,
            }
            for position, (owner, e) in enumerate(passages)
        )
    made.skipped.extend(
        {"reading": row, "position": position, "name": s.name, "reason": s.reason}
        for position, s in enumerate(reading.skipped)
    )
    return made


def _voice(row: Fetched) -> Voice:
    if row["voice"] == "author" and row["speaker"] is None and not row["perpetrator_side"]:
        return AUTHOR
    return Voice(row["voice"], row["speaker"], bool(row["perpetrator_side"]))


def statement_of(row: Fetched, evidence: tuple[Evidence, ...]) -> Statement:
    """The statement of a row, by the type that it was stored with."""
    return Statement(
        property=row["property"],
        value=_type(row["type"]).from_json(json.loads(row["value"])),
        evidence=evidence,
        voice=_voice(row),
        stance=row["stance"],
        origin=row["origin"],
        rule=row["rule"],
        confidence=row["confidence"],
    )


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with the row numbers of itself and of its reading."""

    row: int
    reading: int
    account: Account


def accounts_of(
    document_ids: Mapping[int, str],
    accounts: Sequence[Fetched],
    statements: Iterable[Fetched],
    evidence: Iterable[Fetched],
) -> Iterator[AccountRow]:
    """The accounts of some readings, in order. `document_ids` has the id of each reading's document."""
    of_document = {row["id"]: document_ids[row["reading"]] for row in accounts}
    of_statement: dict[int, list[Evidence]] = {}
    of_account: dict[int, list[Evidence]] = {}
    for row in evidence:
        passage = Evidence(of_document[row["account"]], row["start"], row["end"], row["quote"])
        owner = row["statement"]
        target = of_account.setdefault(row["account"], []) if owner is None else of_statement.setdefault(owner, [])
        target.append(passage)
    told: dict[int, list[Statement]] = {}
    for row in statements:
        told.setdefault(row["account"], []).append(statement_of(row, tuple(of_statement.get(row["id"], ()))))
    for row in accounts:
        anchor, *more = _anchored(of_account.get(row["id"], ()), of_document[row["id"]], row["key"])
        said = tuple(told.get(row["id"], ()))
        made = Account(row["key"], row["kind"], said, anchor, tuple(more), row["about"])
        yield AccountRow(row["id"], row["reading"], made)


def _anchored(passages: Sequence[Evidence], document_id: str, key: str) -> Sequence[Evidence]:
    if not passages:
        raise StoreError(f"document {document_id[:12]}: account {key} has lost its anchor; run verify")
    return passages
