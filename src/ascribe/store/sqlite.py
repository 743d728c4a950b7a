"""All that is special to SQLite: the file, its settings, transactions and full-text index.

Another database would bring a module with the same functions; nothing else in the store knows the difference.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ascribe.errors import StoreError

WRITING = {"ascribe_writing": True}  # execution options of a connection that will write
_APPLICATION_ID = 0x41534342  # "ASCB" in the file's header, so that `file` and others can tell a casebook
_HEADER = b"SQLite format 3\x00"
_BUSY_MILLISECONDS = 30_000

# FULL: a commit is on the disk when it returns, so that what was reported stored survives a power cut too.
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
)

# Contentless: the words' places are kept, the words themselves are in `document.text` alone.
_INDEX = "CREATE VIRTUAL TABLE passage_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"


def path_of(where: Path | str) -> Path:
    """The file meant by a path or a `sqlite:///` URL; StoreError for the URL of any other database."""
    if isinstance(where, Path) or "://" not in where:
        return Path(where)
    try:
        url = make_url(where)
    except ArgumentError:
        raise StoreError(f"{where} is neither a path nor the URL of a database") from None
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"{url.get_backend_name()} is not supported yet: give a path or a sqlite:///PATH URL")
    if not url.database or url.database == ":memory:":
        raise StoreError("a casebook is a file: give a path or a sqlite:///PATH URL")
    return Path(url.database)


def engine_for(path: Path) -> Engine:
    """An engine whose connections enforce foreign keys, wait for each other and begin as they mean to go on."""
    engine = create_engine(URL.create("sqlite+pysqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _connected(raw: sqlite3.Connection, _: object) -> None:
        # The driver's own guesses at where a transaction begins leave DDL and first reads outside of it.
        raw.isolation_level = None
        for pragma in _PRAGMAS:
            raw.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begins(connection: Connection) -> None:
        # A writer takes the lock at once: one that read first could no longer wait for another writer to end.
        writing = connection.get_execution_options().get("ascribe_writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def prepare_file(engine: Engine) -> None:
    """Set what stays in the file: write-ahead log, so that readers never wait for the writer, and its mark."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
        raw.cursor().execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    finally:
        raw.close()


def check_file(path: Path) -> None:
    """StoreError where the file is missing or is no SQLite database."""
    if not path.exists():
        raise StoreError(f"{path}: there is no casebook")
    if not path.is_file():
        raise StoreError(f"{path}: not a casebook but a folder; name the file in it")
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror}") from None
    if header != _HEADER:
        raise StoreError(f"{path}: not a casebook")


def place_file(made: Path, where: Path) -> None:
    """Give a finished new file its name in one step; StoreError if something has that name."""
    try:
        try:
            os.link(made, where)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if where.exists():
                raise FileExistsError from None
            made.rename(where)
    except FileExistsError:
        raise StoreError(f"{where}: exists already; open it, or name another file") from None


def remove_file(path: Path) -> None:
    """Remove a database file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def size_of(path: Path) -> int:
    """Bytes on disk, the write-ahead log included."""
    return sum(p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists())


def next_id(connection: Connection, table: str) -> int:
    """The next free row number. Safe because a writing transaction holds the only write lock."""
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").scalar_one())


def insert_many(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert very many small rows, past the statement builder, which would take longer than the database."""
    marks = ", ".join("?" for _ in columns)
    rest = iter(rows)
    while part := list(islice(rest, 10_000)):
        connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", part)


def create_index(connection: Connection) -> None:
    """An empty full-text index; an old one is dropped."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS passage_words")
    connection.exec_driver_sql(_INDEX)


def index_passages(connection: Connection, passages: Iterable[tuple[int, str]]) -> None:
    """Add the words of passages (row number, text)."""
    rows = list(passages)
    if rows:
        connection.exec_driver_sql("INSERT INTO passage_words (rowid, words) VALUES (?, ?)", rows)


def match(connection: Connection, query: str, limit: int) -> list[int]:
    """The row numbers of the passages that match an FTS5 query, best first."""
    found = connection.exec_driver_sql(
        "SELECT rowid FROM passage_words WHERE passage_words MATCH ? ORDER BY rank, rowid LIMIT ?", (query, limit)
    )
    return [int(row[0]) for row in found]


def match_query(phrases: Iterable[tuple[str, bool]]) -> str:
    """An FTS5 query for phrases that must all occur; True beside one whose last word is a beginning only.

    Everything is quoted, so no word of a user is ever an operator.
    """
    quoted = (('"' + words.replace('"', " ") + '"' + (" *" if prefix else "")) for words, prefix in phrases)
    return " ".join(quoted)


def damage(connection: Connection) -> Iterator[str]:
    """What the database itself finds wrong: its pages, its foreign keys and the full-text index."""
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if line != "ok":
            yield str(line)
    for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{table} row {row} points at a {parent} that is not there"


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """What the database driver says, as an error of ours that names the file."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig)
        advice = {
            "database is locked": "another program is writing to it; try again",
            "database or disk is full": "make room and try again; what was stored before is safe",
            "attempt to write a readonly database": "the file or its folder may not be written",
        }.get(said, "it is damaged: restore it from a copy" if "malformed" in said else "")
        raise StoreError(f"{path}: {said}" + (f"; {advice}" if advice else "")) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path}: it is damaged: restore it from a copy") from error
