"""Looking behind a casebook, and putting incidents into it that no linking made."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

from ascribe.store import Casebook
from ascribe.store.writing import unpack

_MOST = 100  # incidents; no test sets more


def data_of(casebook: Casebook, bytes_id: str) -> bytes | None:
    """The bytes with this hash as they came; None where they were not kept."""
    with closing(sqlite3.connect(casebook.path)) as connection:
        found = connection.execute("SELECT packing, data FROM blob WHERE bytes_id = ?", (bytes_id,)).fetchone()
    return None if found is None else unpack(*found)


def set_incidents(casebook: Casebook, members: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    """Replace all incidents: id -> (full document id, account key) of current readings, in the order given."""
    documents = {document_id for accounts in members.values() for document_id, _ in accounts}
    told = list(casebook.links.told(casebook.links.documents(documents)))
    rows = {(t.document.id, t.account.key): row for _, row, t in told}
    homes = [(None, name, [rows[account] for account in accounts]) for name, accounts in members.items()]
    casebook.links.settle(range(1, _MOST), homes)
