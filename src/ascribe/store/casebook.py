"""The casebook: documents, what was read in them, and the incidents made of it, in one file."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, Select, func, select

from ascribe.errors import StoreError
from ascribe.model import Document, Incident, Reading, Skipped, Told
from ascribe.schema import Schema
from ascribe.store import derived, fetching, finding, migrate, sqlite, tables
from ascribe.store.checking import check
from ascribe.store.judgements import Judgements
from ascribe.store.links import Links
from ascribe.store.rows import moment, stamp
from ascribe.store.search import Hit
from ascribe.store.verify import Problem, verify
from ascribe.store.writing import batches, publish, restrict, write


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name that some bytes came under, when they were first added under it, and the document made of them."""

    name: str
    added_at: datetime
    document_id: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a casebook holds. Readings, accounts and statements count older readings too."""

    documents: int
    readings: int
    accounts: int
    statements: int
    incidents: int


class Casebook:
    """One casebook, open. Every `save` is one transaction; reading methods see the state when they begin.

    May be shared between threads and be open in several processes: one writes, the others read meanwhile.
    """

    def __init__(self, path: Path, engine: Engine, schema: Schema) -> None:
        self.path = path
        self.schema = schema
        self._engine = engine
        self._writer: Connection | None = None
        self._one_writer = threading.RLock()
        self._together: tuple[int, Connection] | None = None  # the thread whose reads and writes are one transaction

    @classmethod
    def create(cls, where: Path | str, schema: Schema) -> Self:
        """A new, empty casebook at a path or `sqlite:///` URL; StoreError if something is there already.

        It is built beside its place and appears there whole, so that no half-made casebook can be met.
        """
        path = sqlite.path_of(where)
        if path.exists():
            raise StoreError(f"{path}: exists already; open it, or name another file")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.parent}")
        made = path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")
        try:
            with sqlite.translated(path):
                engine = sqlite.engine_for(made)
                try:
                    sqlite.prepare_file(engine)
                    with engine.connect().execution_options(**sqlite.WRITING) as connection, connection.begin():
                        migrate.upgrade(connection)
                        derived.bring_up_to_date(connection, schema)
                finally:
                    engine.dispose()
            sqlite.place_file(made, path)
        finally:
            sqlite.remove_file(made)
        return cls.open(path, schema)

    @classmethod
    def open(cls, where: Path | str, schema: Schema) -> Self:
        """An existing casebook, brought to this program's tables and this schema's views.

        StoreError if it is missing, not a casebook, or made by a newer version of Ascribe.
        """
        path = sqlite.path_of(where)
        sqlite.check_file(path)
        casebook = cls(path, sqlite.engine_for(path), schema)
        try:
            with casebook._reading() as connection:
                ready = migrate.is_current(connection, str(path)) and derived.is_up_to_date(connection, schema)
            if not ready:
                with casebook._writing() as connection:
                    if not migrate.is_current(connection, str(path)):
                        migrate.upgrade(connection)
                    derived.bring_up_to_date(connection, schema)
        except BaseException:
            casebook.close()
            raise
        return casebook

    def close(self) -> None:
        """Give the file back. What was saved is in it already."""
        with self._one_writer:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            self._engine.dispose()

    def __enter__(self) -> Self:
        """Itself; closes at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close."""
        self.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that this thread reads and writes within is one transaction: it is stored whole, or nothing of it is.

        What is streamed within must have been read to its end before anything is written.
        """
        with self._writing() as connection:
            outer, self._together = self._together, (threading.get_ident(), connection)
            try:
                yield
            finally:
                self._together = outer

    def _joined(self) -> Connection | None:
        """The connection of the transaction that this thread is in, if it is in one."""
        return self._together[1] if self._together and self._together[0] == threading.get_ident() else None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if (together := self._joined()) is not None:
            yield together
            return
        with sqlite.translated(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if (together := self._joined()) is not None:
            yield together
            return
        with self._one_writer, sqlite.translated(self.path):
            if self._writer is None:
                self._writer = self._engine.connect().execution_options(**sqlite.WRITING)
            with self._writer.begin():
                yield self._writer

    # writing

    def save(self, document: Document, data: bytes | None, reading: Reading, recorded: datetime) -> None:
        """Store a document, the bytes it was made from and a reading of it, in one transaction.

        What is there already stays as it is: the document with this text, bytes with this hash, the reading by this
        version of this extractor; only that the document is marked as restricted where this one is. When this returns,
        it is on the disk. `recorded` is an aware time.
        EvidenceError or SchemaError, naming the document, if a hash, a quote or a value is wrong: nothing is stored.
        """
        for _ in self.save_all([(document, data, reading, recorded)], every=1):
            pass

    def save_all(
        self, items: Iterable[tuple[Document, bytes | None, Reading, datetime]], every: int = 200
    ) -> Iterator[str]:
        """Save many, in transactions of `every` documents; yields each document's id once it is on the disk.

        For bringing in what exists already: faster than `save`, but a crash loses up to `every` documents that were
        not reported yet. An EvidenceError or SchemaError leaves nothing of its batch stored.
        """
        for batch in batches(items, every):
            for document, data, reading, _ in batch:
                check(document, data, reading, self.schema)
            with self._writing() as connection:
                for item in batch:
                    self._write(connection, *item)
            yield from (document.id for document, *_ in batch)

    def _write(
        self, connection: Connection, document: Document, data: bytes | None, reading: Reading, recorded: datetime
    ) -> None:
        try:
            write(connection, document, data, reading, stamp(recorded), self.schema)
        except UnicodeEncodeError:
            # A file's name that is not UTF-8 comes as such from the operating system.
            raise StoreError(f"{document.name!a}: a name or value holds half a surrogate pair") from None

    def publish(self, document: Document, data: bytes | None, reading: Reading, recorded: datetime) -> None:
        """As `save`, of a stored document whose date of publication is now known to be this document's.

        The stored date is replaced, and so is the reading by this version of this extractor, which reckoned from the
        wrong day; its accounts leave their incidents until the next linking. Readings by others stay, as
        older ones. All in one transaction. StoreError if the document is not stored.
        """
        check(document, data, reading, self.schema)
        with self._writing() as connection:
            publish(connection, document, reading)
            self._write(connection, document, data, reading, recorded)

    def restrict(self, bytes_id: str) -> tuple[str, ...]:
        """Mark all documents made of these bytes as restricted, for good; the full ids of those that were not."""
        made = select(tables.sighting.c.document).where(tables.sighting.c.bytes_id == bytes_id).scalar_subquery()
        which = (tables.document.c.id.in_(made), tables.document.c.restricted.is_(False))
        open_ones = select(tables.document.c.id, tables.document.c.document_id).where(*which)
        with self._writing() as connection:
            found = connection.execute(open_ones.order_by(tables.document.c.id)).all()
            for row, _ in found:
                restrict(connection, row)
        return tuple(document_id for _, document_id in found)

    def rebuild(self) -> None:
        """Make anew what is derived from documents and readings: search index, shown values, bounds and views.

        Membership is derived too, but by linking, which makes it anew when asked.
        """
        with self._writing() as connection:
            derived.rebuild(connection, self.schema)

    # reading

    def has_data(self, bytes_id: str) -> bool:
        """Whether the bytes with this hash are kept themselves."""
        return self._exists(select(tables.blob.c.id).where(tables.blob.c.bytes_id == bytes_id))

    def has_document(self, document_id: str) -> bool:
        """Whether the document with this full id is stored."""
        return self._exists(select(tables.document.c.id).where(tables.document.c.document_id == document_id))

    def has_reading(self, document_id: str, extractor: str, version: str) -> bool:
        """Whether this version of this extractor has read the document with this full id."""
        return self._exists(
            fetching.heads().where(
                tables.document.c.document_id == document_id,
                tables.reading.c.extractor == extractor,
                tables.reading.c.version == version,
            )
        )

    def _exists(self, query: Select[Any]) -> bool:
        with self._reading() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def names_of(self, bytes_id: str) -> tuple[Sighting, ...]:
        """Every name that these bytes came under, the first one first."""
        query = (
            select(tables.sighting.c.name, tables.sighting.c.added_at, tables.document.c.document_id)
            .join(tables.document, tables.document.c.id == tables.sighting.c.document)
            .where(tables.sighting.c.bytes_id == bytes_id)
            .order_by(tables.sighting.c.added_at, tables.sighting.c.id)
        )
        with self._reading() as connection:
            return tuple(Sighting(row[0], moment(row[1]), row[2]) for row in connection.execute(query))

    def documents(self) -> Iterator[Document]:
        """Every document in order of addition, streaming."""
        with self._reading() as connection:
            yield from fetching.documents(connection)

    def document(self, id_or_prefix: str) -> Document:
        """The document whose id this is, or begins with these six or more digits; StoreError if none or several."""
        with self._reading() as connection:
            row = fetching.find(connection, tables.document, "document_id", id_or_prefix.lower(), "document")
            return fetching.document(connection, row)

    def readings(self, document_id: str | None = None, extractor: str | None = None) -> Iterator[Reading]:
        """Readings in the order they were stored, streaming; of one document (full id), by one extractor, or all."""
        query = fetching.heads().order_by(tables.reading.c.id)
        if document_id is not None:
            query = query.where(tables.document.c.document_id == document_id)
        if extractor is not None:
            query = query.where(tables.reading.c.extractor == extractor)
        with self._reading() as connection:
            yield from fetching.reading_stream(connection, query)

    def read_by_several(self) -> list[str]:
        """The ids of the documents that more than one program has read, and no person, in order of addition."""
        with self._reading() as connection:
            return list(connection.scalars(fetching.read_by_several()))

    def read_with_undecided(self) -> list[str]:
        """The ids of the documents in whose current reading a check left a value undecided, in order of addition."""
        with self._reading() as connection:
            return list(connection.scalars(fetching.read_with_undecided()))

    def current_reading(self, document_id: str) -> Reading:
        """The newest recorded reading of the document with this full id; StoreError if there is none."""
        query = fetching.heads().where(
            tables.document.c.document_id == document_id, tables.reading.c.id == fetching.current_reading
        )
        with self._reading() as connection:
            for reading in fetching.reading_stream(connection, query):
                return reading
        raise StoreError(f"there is no document {document_id!r}")

    def unread(self, document_id: str, extractor: str, version: str) -> tuple[Skipped, ...]:
        """Why this reading, if it is stored, made no account of the document with this full id, where it says so."""
        found = fetching.heads().where(
            tables.document.c.document_id == document_id,
            tables.reading.c.extractor == extractor,
            tables.reading.c.version == version,
            ~select(tables.account.c.id).where(tables.account.c.reading == tables.reading.c.id).exists(),
        )
        with self._reading() as connection:
            return tuple(skipped for r in fetching.reading_stream(connection, found) for skipped in r.skipped)

    def told(self) -> Iterator[Told]:
        """The incident accounts of the current reading of every document, in order of addition, streaming."""
        with self._reading() as connection:
            yield from fetching.told(connection)

    def incidents(
        self, offset: int = 0, limit: int | None = None, documents: Iterable[str] | None = None
    ) -> Iterator[Incident]:
        """The incidents in the order they were set, streaming; a page of them with `offset` and `limit`.

        With `documents` (full ids), only those that one of these documents tells of.
        """
        query = select(tables.incident).order_by(tables.incident.c.id).offset(offset).limit(limit)
        if documents is not None:
            query = query.where(tables.incident.c.id.in_(fetching.told_by(documents)))
        with self._reading() as connection:
            yield from fetching.incidents(connection, query)

    def incident(self, id_or_prefix: str) -> Incident:
        """The incident whose id this is, or begins with these six or more signs; StoreError if none or several."""
        with self._reading() as connection:
            row = finding.incident(connection, id_or_prefix)
            return next(fetching.incidents(connection, select(tables.incident).where(tables.incident.c.id == row)))

    def search(self, words: str, limit: int = 50) -> list[Hit]:
        """The passages that hold all the words, best first.

        "Words in quotation marks" stand together, a trailing * leaves the end of a word open; accents and case do
        not matter. Nothing that a person can type is an error.
        """
        with self._reading() as connection:
            return finding.hits(connection, words, limit)

    @property
    def links(self) -> Links:
        """What linking keeps."""
        return Links(self._reading, self._writing)

    @property
    def judgements(self) -> Judgements:
        """What people decided of accounts and statements."""
        return Judgements(self._reading, self._writing, self.schema)

    def counts(self) -> Counts:
        """How much there is of everything."""
        with self._reading() as connection:
            return Counts(
                *(
                    connection.execute(select(func.count()).select_from(table)).scalar_one()
                    for table in (
                        tables.document,
                        tables.reading,
                        tables.account,
                        tables.statement,
                        tables.incident,
                    )
                )
            )

    def size(self) -> int:
        """Bytes on disk."""
        return sqlite.size_of(self.path)

    def verify(self, document_ids: Iterable[str] | None = None) -> Iterator[Problem]:
        """Re-hash texts, bytes and metadata, re-check quotes and the database itself; nothing when all is sound.

        With `document_ids` (full ids) only these documents are looked at, and not the database.
        """
        with self._reading() as connection:
            only = None
            if document_ids is not None:
                only = [fetching.find(connection, tables.document, "document_id", i, "document") for i in document_ids]
            yield from verify(connection, only)
