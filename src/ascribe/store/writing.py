"""Documents and readings into tables, within a transaction that the caller has opened."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ascribe.errors import StoreError
from ascribe.model import Document, Reading
from ascribe.schema import Schema
from ascribe.store import sqlite, tables
from ascribe.store.linked import unlink
from ascribe.store.rows import Row, document_row, metadata_hash, publication_text, reading_rows
from ascribe.store.search import passages_of

_T = TypeVar("_T")
_BATCH = 1000  # passages in one go: bounds memory, not speed


def batches(items: Iterable[_T], size: int = _BATCH) -> Iterator[list[_T]]:
    """Lists of at most `size` items."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def write(
    connection: Connection, document: Document, data: bytes | None, reading: Reading, recorded: str, schema: Schema
) -> None:
    """Store a document with its bytes and a reading of it, each unless it is there already.

    A document that is restricted now stays so, whoever adds it later without saying so.
    """
    row = _write_document(connection, document, recorded)
    if data is not None:
        _write_bytes(connection, document.bytes_id, data)
    _write_sighting(connection, row, document, data is not None, recorded)
    _write_reading(connection, row, reading, recorded, schema)


# Built once: the database layer keeps what it compiled by the statement that it was given.
_INSERT = {table: insert(table) for table in tables.metadata.sorted_tables}
_find_document = select(tables.document.c.id).where(tables.document.c.document_id == bindparam("wanted"))
_find_blob = select(tables.blob.c.id).where(tables.blob.c.bytes_id == bindparam("wanted"))
_find_sighting = select(tables.sighting.c.id, tables.sighting.c.bytes_kept).where(
    tables.sighting.c.bytes_id == bindparam("wanted"),
    tables.sighting.c.document == bindparam("of_document"),
    tables.sighting.c.name == bindparam("of_name"),
)
_find_reading = select(tables.reading.c.id).where(
    tables.reading.c.document == bindparam("of_document"),
    tables.reading.c.extractor == bindparam("of_extractor"),
    tables.reading.c.version == bindparam("of_version"),
)


def _write_document(connection: Connection, document: Document, recorded: str) -> int:
    found = connection.execute(_find_document, {"wanted": document.id}).scalar()
    if found is not None:
        if document.restricted:
            restrict(connection, int(found))
        return int(found)
    row = sqlite.next_id(connection, "document")
    connection.execute(_INSERT[tables.document], {"id": row, **document_row(document, recorded)})
    write_passages(connection, row, document.text)
    return row


def write_passages(connection: Connection, document: int, text: str) -> None:
    """Put a document's passages into the search index."""
    first = sqlite.next_id(connection, "passage")
    for batch in batches(enumerate(passages_of(text), first)):
        connection.execute(
            _INSERT[tables.passage],
            [{"id": row, "document": document, "start": start, "end": end} for row, (start, end) in batch],
        )
        sqlite.index_passages(connection, ((row, text[start:end]) for row, (start, end) in batch))


def _write_bytes(connection: Connection, bytes_id: str, data: bytes) -> None:
    if connection.execute(_find_blob, {"wanted": bytes_id}).scalar() is not None:
        return
    packed = zlib.compress(data)
    packing, kept = ("zlib", packed) if len(packed) < len(data) else ("none", data)
    connection.execute(
        _INSERT[tables.blob], {"bytes_id": bytes_id, "size": len(data), "packing": packing, "data": kept}
    )


def unpack(packing: str, data: bytes) -> bytes:
    """The bytes as they came."""
    return zlib.decompress(data) if packing == "zlib" else data


def _write_sighting(connection: Connection, row: int, document: Document, kept: bool, recorded: str) -> None:
    seen = {"wanted": document.bytes_id, "of_document": row, "of_name": document.name}
    found = connection.execute(_find_sighting, seen).one_or_none()
    if found is None:
        sighting = {"bytes_id": document.bytes_id, "document": row, "name": document.name, "added_at": recorded}
        connection.execute(_INSERT[tables.sighting], {**sighting, "bytes_kept": kept})
    elif kept and not found.bytes_kept:
        which = tables.sighting.c.id == found.id
        connection.execute(update(tables.sighting).where(which).values(bytes_kept=True))


def restrict(connection: Connection, document: int) -> None:
    """Mark the document with this row number as restricted; the mark is never taken off."""
    amend(connection, document, {"restricted": True})


def amend(connection: Connection, document: int, change: Row) -> None:
    """Change columns of a document's metadata, and their hash with them."""
    here = tables.document.c.id == document
    row = dict(connection.execute(select(tables.document).where(here)).mappings().one())
    if any(row[name] != value for name, value in change.items()):
        made = metadata_hash({**row, **change})
        connection.execute(update(tables.document).where(here).values(**change, metadata_hash=made))


def forget_reading(connection: Connection, document: int, extractor: str, version: str) -> None:
    """Delete a reading with all that hangs on it, and its accounts from incidents, which linking makes anew."""
    key = {"of_document": document, "of_extractor": extractor, "of_version": version}
    row = connection.execute(_find_reading, key).scalar()
    if row is None:
        return
    account, member = tables.account, tables.incident_member
    accounts = select(account.c.id).where(account.c.reading == row).scalar_subquery()
    unlink(connection, connection.execute(select(account.c.id).where(account.c.reading == row)).scalars().all())
    told = select(member.c.incident).where(member.c.account.in_(accounts)).distinct()
    touched = connection.execute(told).scalars().all()
    connection.execute(delete(member).where(member.c.account.in_(accounts)))
    for batch in batches(touched):
        filled = select(member.c.incident).scalar_subquery()
        incident = tables.incident.c.id
        connection.execute(delete(tables.incident).where(incident.in_(batch), incident.not_in(filled)))
    connection.execute(delete(tables.evidence).where(tables.evidence.c.account.in_(accounts)))
    for table in (tables.statement, tables.account, tables.skipped):
        connection.execute(delete(table).where(table.c.reading == row))
    connection.execute(delete(tables.link_waiting).where(tables.link_waiting.c.reading == row))
    connection.execute(delete(tables.reading).where(tables.reading.c.id == row))


def publish(connection: Connection, document: Document, reading: Reading) -> None:
    """Give a stored document this one's date of publication, and forget the reading that this one is to replace.

    StoreError if the document is not stored.
    """
    found = connection.execute(_find_document, {"wanted": document.id}).scalar()
    if found is None:
        raise StoreError(f"there is no document {document.id!r}")
    amend(connection, int(found), {"publication": publication_text(document.publication)})
    forget_reading(connection, int(found), reading.extractor, reading.version)


def _write_reading(connection: Connection, document: int, reading: Reading, recorded: str, schema: Schema) -> None:
    key = {"of_document": document, "of_extractor": reading.extractor, "of_version": reading.version}
    if connection.execute(_find_reading, key).scalar() is not None:
        return
    row = sqlite.next_id(connection, "reading")
    made = reading_rows(
        reading,
        schema,
        document=document,
        row=row,
        next_account=sqlite.next_id(connection, "account"),
        next_statement=sqlite.next_id(connection, "statement"),
    )
    head = {
        "id": row,
        "document": document,
        "extractor": reading.extractor,
        "version": reading.version,
        "recorded_at": recorded,
    }
    connection.execute(_INSERT[tables.reading], head)
    connection.execute(_INSERT[tables.link_waiting], {"reading": row})
    for table, rows in (
        (tables.account, made.accounts),
        (tables.statement, made.statements),
        (tables.evidence, made.evidence),
        (tables.skipped, made.skipped),
    ):
        if rows:
            connection.execute(_INSERT[table], rows)
