"""What linking keeps of accounts, written and taken back within a transaction that the caller has opened."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, or_, select, update

from ascribe.store import tables

_T = TypeVar("_T")
_AT_ONCE = 500  # row numbers in one query, and rows written at once


def key_number(key: str) -> int:
    """A key as the number that it is kept as: eight bytes of its hash."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def packed(keys: Sequence[int]) -> bytes:
    """Key numbers as one value."""
    return struct.pack(f">{len(keys)}q", *keys)


def unpacked(value: bytes) -> tuple[int, ...]:
    """The inverse of `packed`."""
    return struct.unpack(f">{len(value) // 8}q", value)


def in_parts(numbers: Iterable[_T]) -> Iterator[list[_T]]:
    """Lists short enough for one query."""
    rest = iter(numbers)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def write_rows(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, so many at a time that memory stays small."""
    rest = iter(rows)
    while part := list(islice(rest, _AT_ONCE)):
        connection.execute(insert(table), part)


def either(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Links of which one of these accounts is a side."""
    return or_(tables.link.c.one.in_(numbers), tables.link.c.other.in_(numbers))


def unlink(connection: Connection, accounts: Sequence[int]) -> None:
    """Forget all that linking keeps of these accounts; those that they were linked to wait to be linked anew."""
    kept, keys, link, name = tables.linked_account, tables.link_key, tables.link, tables.incident_name
    for part in in_parts(accounts):
        _wait_again(connection, part)
        offered = connection.execute(select(kept.c.account, kept.c.offers).where(kept.c.account.in_(part))).all()
        gone = [{"a_key": key, "an_account": row.account} for row in offered for key in unpacked(row.offers)]
        if gone:
            which = (keys.c.key == bindparam("a_key"), keys.c.account == bindparam("an_account"))
            connection.execute(delete(keys).where(*which), gone)
        connection.execute(delete(link).where(either(part)))
        connection.execute(delete(kept).where(kept.c.account.in_(part)))
        connection.execute(update(name).where(name.c.account.in_(part)).values(account=None))


def _wait_again(connection: Connection, accounts: Sequence[int]) -> None:
    link, account, waiting = tables.link, tables.account, tables.link_waiting
    linked = connection.execute(select(link.c.one, link.c.other).where(either(accounts))).all()
    partners = {number for pair in linked for number in pair} - set(accounts)
    for part in in_parts(sorted(partners)):
        readings = select(account.c.reading).where(account.c.id.in_(part)).distinct()
        there = select(waiting.c.reading)
        new = connection.execute(readings.where(account.c.reading.not_in(there))).scalars().all()
        write_rows(connection, waiting, ({"reading": reading} for reading in new))
