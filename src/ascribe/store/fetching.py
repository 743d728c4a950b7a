"""Rows back to documents, readings and incidents, streaming: never more than a batch of them in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, case, func, literal, select

from ascribe.errors import UnknownIdError
from ascribe.model import HAND, UNDECIDED, Account, Document, Incident, Reading, Skipped, Told
from ascribe.store import tables
from ascribe.store.rows import Fetched, accounts_of, document_of

_READINGS = 200  # readings that are put together at once
_CHARACTERS = 4_000_000  # characters of text held at once, unless one document alone has more
_INCIDENTS = 20  # incidents that are put together at once
SHORTEST_PREFIX = 6
_SHORTEST_NAME = 3  # of an incident, whose id begins with the name of a place
_LISTED = {"incident": "ascribe show incidents", "document": "ascribe show documents", "judgement": "ascribe history"}
LAST = "\U0010ffff"  # sorts after every character

# The newest; but what a person read stands before whatever a program made since.
current_reading = (
    select(tables.reading.c.id)
    .where(tables.reading.c.document == tables.document.c.id)
    .order_by(
        (tables.reading.c.extractor == literal(HAND)).desc(),
        tables.reading.c.recorded_at.desc(),
        tables.reading.c.id.desc(),
    )
    .limit(1)
    .correlate(tables.document)
    .scalar_subquery()
)


def read_by_several() -> Select[tuple[str]]:
    """The ids of the documents that more than one program has read, and no person, in order of addition."""
    many = func.count(tables.reading.c.extractor.distinct()) > 1
    by_hand = func.sum(case((tables.reading.c.extractor == literal(HAND), 1), else_=0)) > 0
    return (
        select(tables.document.c.document_id)
        .join(tables.reading, tables.reading.c.document == tables.document.c.id)
        .group_by(tables.document.c.id, tables.document.c.document_id)
        .having(many, ~by_hand)
        .order_by(tables.document.c.id)
    )


def read_with_undecided() -> Select[tuple[str]]:
    """The ids of the documents in whose current reading a check left a value undecided, in order of addition."""
    undecided = select(tables.statement.c.id).where(
        tables.statement.c.reading == current_reading, tables.statement.c.rule.startswith(UNDECIDED)
    )
    return select(tables.document.c.document_id).where(undecided.exists()).order_by(tables.document.c.id)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A reading with its row number and those of its accounts, by key."""

    row: int
    reading: Reading
    accounts: dict[int, Account]


def stream(connection: Connection, query: Select[Any]) -> Iterator[Fetched]:
    """The rows of a query, fetched a few at a time."""
    yield from connection.execute(query, execution_options={"yield_per": 50}).mappings()


def find(connection: Connection, table: Table, column: str, id_or_prefix: str, what: str) -> int:
    """The row number of the one thing whose id is this or begins with this; UnknownIdError if none or several."""
    named = table.c[column]
    exact = connection.execute(select(table.c.id).where(named == id_or_prefix)).scalar()
    if exact is not None:
        return int(exact)
    shortest = _SHORTEST_NAME if what == "incident" else SHORTEST_PREFIX
    listed = f", as `{_LISTED[what]}` lists them" if what in _LISTED else ""
    if len(id_or_prefix) < shortest:
        raise UnknownIdError(
            f"{id_or_prefix!r} is no {what}; give its id or at least its first {shortest} signs{listed}"
        )
    among = select(table.c.id, named).where(named >= id_or_prefix, named < id_or_prefix + LAST).limit(3)
    found = connection.execute(among).all()
    if not found:
        raise UnknownIdError(f"there is no {what} {id_or_prefix!r}; give its id or the beginning of it{listed}")
    if len(found) > 1:
        shown = ", ".join(str(row[1])[: len(id_or_prefix) + 4] for row in found)
        raise UnknownIdError(f"{id_or_prefix!r} could be several of the {what}s: {shown}; give more of the id")
    return int(found[0][0])


def documents(connection: Connection) -> Iterator[Document]:
    """Every document in order of addition."""
    return (document_of(row) for row in stream(connection, select(tables.document).order_by(tables.document.c.id)))


def document(connection: Connection, row: int) -> Document:
    """The document with this row number."""
    return document_of(connection.execute(select(tables.document).where(tables.document.c.id == row)).mappings().one())


def _rows(connection: Connection, table: Table, where: ColumnElement[bool], *order: str) -> Sequence[Fetched]:
    return connection.execute(select(table).where(where).order_by(*(table.c[o] for o in order))).mappings().all()


def readings(connection: Connection, heads: Sequence[Fetched]) -> Iterator[ReadingRow]:
    """The readings whose heads (id, document_id, extractor, version) are given, in that order."""
    for at in range(0, len(heads), _READINGS):
        yield from _readings(connection, heads[at : at + _READINGS])


def _readings(connection: Connection, heads: Sequence[Fetched]) -> Iterator[ReadingRow]:
    numbers = [head["id"] for head in heads]
    accounts = _rows(connection, tables.account, tables.account.c.reading.in_(numbers), "id")
    of_these = tables.evidence.c.account.in_(
        select(tables.account.c.id).where(tables.account.c.reading.in_(numbers)).scalar_subquery()
    )
    told: dict[int, dict[int, Account]] = {}
    for made in accounts_of(
        {head["id"]: head["document_id"] for head in heads},
        accounts,
        _rows(connection, tables.statement, tables.statement.c.reading.in_(numbers), "id"),
        _rows(connection, tables.evidence, of_these, "account", "position"),
    ):
        told.setdefault(made.reading, {})[made.row] = made.account
    skipped: dict[int, list[Skipped]] = {}
    for row in _rows(connection, tables.skipped, tables.skipped.c.reading.in_(numbers), "reading", "position"):
        skipped.setdefault(row["reading"], []).append(Skipped(row["name"], row["reason"]))
    for head in heads:
        mine = told.get(head["id"], {})
        reading = Reading(
            head["document_id"],
            head["extractor"],
            head["version"],
            tuple(mine.values()),
            tuple(skipped.get(head["id"], ())),
        )
        yield ReadingRow(head["id"], reading, mine)


def heads() -> Select[Any]:
    """The heads of readings, as `readings` takes them."""
    return select(tables.reading, tables.document.c.document_id).join(
        tables.document, tables.document.c.id == tables.reading.c.document
    )


def reading_stream(connection: Connection, query: Select[Any]) -> Iterator[Reading]:
    """The readings of a query of heads, a batch at a time."""
    for batch in _by_weight(stream(connection, query), lambda _: 0, _READINGS):
        yield from (found.reading for found in readings(connection, batch))


def _by_weight(rows: Iterable[Fetched], weight: Any, most: int) -> Iterator[list[Fetched]]:
    """Batches of at most `most` rows and, unless one row alone is heavier, `_CHARACTERS` characters."""
    batch: list[Fetched] = []
    held = 0
    for row in rows:
        if batch and (len(batch) >= most or held + weight(row) > _CHARACTERS):
            yield batch
            batch, held = [], 0
        batch.append(row)
        held += weight(row)
    if batch:
        yield batch


def told(connection: Connection) -> Iterator[Told]:
    """Every incident account of the current reading of every document, in order of addition."""
    return (told for _, _, told in told_rows(connection))


def told_rows(connection: Connection, documents: Sequence[int] | None = None) -> Iterator[tuple[int, int, Told]]:
    """As `told`, with the row numbers of document and account; of some documents (row numbers) or all."""
    query = select(tables.document, current_reading.label("reading")).order_by(tables.document.c.id)
    if documents is not None:
        query = query.where(tables.document.c.id.in_(documents))
    for batch in _by_weight(stream(connection, query), lambda row: row["characters"], _READINGS):
        numbers = [row["reading"] for row in batch]
        in_batch = connection.execute(heads().where(tables.reading.c.id.in_(numbers))).mappings().all()
        made = {found.row: found for found in readings(connection, in_batch)}
        for row in batch:
            if row["reading"] is None:
                continue
            document, found = document_of(row), made[row["reading"]]
            for number, account in found.accounts.items():
                if account.kind == "incident":
                    yield row["id"], number, Told(document, found.reading, account)


def incidents(connection: Connection, query: Select[Any]) -> Iterator[Incident]:
    """The incidents of a query of the incident table, each with its accounts in their documents."""
    for batch in _by_weight(stream(connection, query), lambda _: 0, _INCIDENTS):
        yield from _incidents(connection, batch)


def told_by(documents: Iterable[str]) -> Select[Any]:
    """The row numbers of the incidents that one of these documents (full ids) tells of."""
    member = tables.incident_member
    return (
        select(member.c.incident)
        .join(tables.account, tables.account.c.id == member.c.account)
        .join(tables.reading, tables.reading.c.id == tables.account.c.reading)
        .join(tables.document, tables.document.c.id == tables.reading.c.document)
        .where(tables.document.c.document_id.in_([*documents]))
    )


def _incidents(connection: Connection, batch: Sequence[Fetched]) -> Iterator[Incident]:
    member = tables.incident_member
    query = (
        select(member.c.incident, member.c.account, tables.account.c.reading, tables.reading.c.document)
        .join(tables.account, tables.account.c.id == member.c.account)
        .join(tables.reading, tables.reading.c.id == tables.account.c.reading)
        .where(member.c.incident.in_([row["id"] for row in batch]))
        .order_by(member.c.incident, member.c.position)
    )
    members = connection.execute(query).mappings().all()
    numbers = sorted({row["reading"] for row in members})
    found: list[Fetched] = []
    for at in range(0, len(numbers), _READINGS):
        wanted = heads().where(tables.reading.c.id.in_(numbers[at : at + _READINGS]))
        found.extend(connection.execute(wanted).mappings().all())
    made = {r.row: r for r in readings(connection, found)}
    texts = {row: document(connection, row) for row in sorted({row["document"] for row in members})}
    of_incident: dict[int, list[Told]] = {}
    for row in members:
        reading = made[row["reading"]]
        told = Told(texts[row["document"]], reading.reading, reading.accounts[row["account"]])
        of_incident.setdefault(row["incident"], []).append(told)
    for head in batch:
        yield Incident(head["incident_id"], tuple(of_incident.get(head["id"], ())))
