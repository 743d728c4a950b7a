"""Looking whether everything is still as it was stored: every hash, every quote, every index.

Covered are texts, bytes, what is known about a document, quotes, statements with the words and bounds made of them,
judgements with what they changed, and the index. Not covered are names and times of further sightings, when and by
whom a reading was made, and what a reader said that it skipped; nor can the last judgements be missed if they were
taken out from the end; and nobody is stopped who changes a thing together with its hash.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from ascribe.model import sha256
from ascribe.schema.types import value_type
from ascribe.store import sqlite, tables
from ascribe.store.fetching import stream
from ascribe.store.judgements import problems as judgement_problems
from ascribe.store.rows import Fetched, content_id, metadata_hash
from ascribe.store.search import passages_of
from ascribe.store.writing import unpack


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it was stored: the document's name (or "casebook"), and what is wrong with it."""

    name: str
    what: str


def verify(connection: Connection, only: Sequence[int] | None = None) -> Iterator[Problem]:
    """All problems; none when the casebook is sound. `only` keeps to the documents with these row numbers."""
    try:
        if only is None:
            yield from (Problem("casebook", what) for what in sqlite.damage(connection))
        query = select(tables.document).order_by(tables.document.c.id)
        if only is not None:
            query = query.where(tables.document.c.id.in_(only))
        for row in stream(connection, query):
            for what in _document_problems(connection, row):
                yield Problem(row["name"], what)
        if only is None:
            yield from _loose_bytes(connection)
            yield from (Problem(name, what) for name, what in judgement_problems(connection))
    except (DBAPIError, UnicodeDecodeError) as error:
        yield Problem("casebook", f"cannot be read on: {getattr(error, 'orig', None) or error}")


def _document_problems(connection: Connection, row: Fetched) -> Iterator[str]:
    text = row["text"]
    if sha256(text) != row["document_id"]:
        yield "the text is not the one that was stored (its hash differs)"
    if len(text) != row["characters"]:
        yield f"the text has {len(text)} characters, not {row['characters']}"
    if metadata_hash(row) != row["metadata_hash"]:
        yield "what is known about it (name, title, publication, restriction ...) was changed (its hash differs)"
    yield from _bytes_problems(connection, row["id"], row["bytes_id"])
    yield from _index_problems(connection, row["id"], text)
    of_document = select(tables.reading).where(tables.reading.c.document == row["id"])
    readings = connection.execute(of_document).mappings().all()
    if not readings:
        yield "there is no reading of it"
    for reading in readings:
        where = f"read by {reading['extractor']} {reading['version']}"
        for what in _reading_problems(connection, reading["id"], row["id"], text):
            yield f"{where}: {what}"


def _bytes_problems(connection: Connection, document: int, bytes_id: str) -> Iterator[str]:
    seen = tables.sighting
    of_document = select(seen.c.name, seen.c.bytes_kept, tables.blob.c.id).where(seen.c.document == document)
    joined = of_document.select_from(seen.outerjoin(tables.blob, tables.blob.c.bytes_id == seen.c.bytes_id))
    sightings = connection.execute(joined.order_by(seen.c.id)).all()
    if not sightings:
        yield "it is no longer noted where it came from"
    gone = [name for name, kept, blob in sightings if kept and blob is None]
    if gone:
        yield f"the bytes that were stored are gone (of {', '.join(gone)}); add the file again"
    query = select(tables.blob.c.packing, tables.blob.c.data).where(tables.blob.c.bytes_id == bytes_id)
    found = connection.execute(query).one_or_none()
    if found is not None and _hash(found.packing, found.data) != bytes_id:
        yield "the bytes are not those that were stored (their hash differs)"


def _loose_bytes(connection: Connection) -> Iterator[Problem]:
    """Bytes that no document came from first: of the same text under another form."""
    first = select(tables.document.c.bytes_id)
    query = select(tables.blob).where(tables.blob.c.bytes_id.not_in(first))
    for row in stream(connection, query):
        if _hash(row["packing"], row["data"]) != row["bytes_id"]:
            yield Problem(f"bytes {row['bytes_id'][:12]}", "are not those that were stored (their hash differs)")


def _hash(packing: str, data: bytes) -> str:
    try:
        return sha256(unpack(packing, data))
    except zlib.error:
        return ""


def _index_problems(connection: Connection, document: int, text: str) -> Iterator[str]:
    query = select(tables.passage.c.start, tables.passage.c.end).where(tables.passage.c.document == document)
    kept = [tuple(row) for row in connection.execute(query.order_by(tables.passage.c.id))]
    if kept != list(passages_of(text)):
        yield "the search index does not cover it; rebuild it"


def _reading_problems(connection: Connection, reading: int, document: int, text: str) -> Iterator[str]:
    accounts = tables.account
    keys = {
        int(row.id): str(row.key)
        for row in connection.execute(select(accounts.c.id, accounts.c.key).where(accounts.c.reading == reading))
    }
    of_reading = select(accounts.c.id).where(accounts.c.reading == reading).scalar_subquery()
    query = select(tables.evidence).where(tables.evidence.c.account.in_(of_reading))
    spans: dict[int, list[tuple[int, int]]] = {}
    anchored: set[int] = set()
    for row in connection.execute(query.order_by(tables.evidence.c.account, tables.evidence.c.position)).mappings():
        start, end = row["start"], row["end"]
        if row["document"] != document or not 0 <= start < end or text[start:end] != row["quote"]:
            yield f"account {keys[row['account']]}: the words at {start}:{end} are not the quote"
        if row["position"] == 0 and row["statement"] is None:
            anchored.add(row["account"])
        if row["statement"] is not None:
            spans.setdefault(row["statement"], []).append((start, end))
    for number, key in keys.items():
        if number not in anchored:
            yield f"account {key}: it has lost its anchor"
    yield from _statement_problems(connection, reading, keys, spans)


def _statement_problems(
    connection: Connection, reading: int, keys: dict[int, str], spans: dict[int, list[tuple[int, int]]]
) -> Iterator[str]:
    said = tables.statement
    seen: set[bytes] = set()
    derived = 0
    for row in connection.execute(select(said).where(said.c.reading == reading).order_by(said.c.id)).mappings():
        where = f"account {keys.get(row['account'], '?')}, {row['property']}"
        mine = spans.get(row["id"], [])
        if not mine:
            yield f"{where}: a statement has lost its evidence"
        repeat = 0
        while (content := content_id(keys.get(row["account"], ""), row, mine, repeat)) in seen:
            repeat += 1
        seen.add(content)
        if content != row["content"]:
            yield f"{where}: the statement is not the one that was stored (its hash differs)"
        elif not _is_derived(row):
            derived += 1
    if derived:
        yield f"what is shown for its values, or sorts them, does not follow from them ({derived} statements); rebuild"


def _is_derived(row: Fetched) -> bool:
    """Whether words and bounds are those that the value gives."""
    kind = value_type(row["type"])
    value = kind.from_json(json.loads(row["value"]))
    return (*kind.bounds(value), kind.show(value)) == (row["low"], row["high"], row["shown"])
