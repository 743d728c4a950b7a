"""The casebook as linking sees it: which accounts wait, what is kept of the others, links, and the names of incidents.

Accounts and documents go by their row numbers here. Nothing is known of what features or keys mean.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, func, insert, select, update

from ascribe.model import Told
from ascribe.store import fetching, sqlite, tables
from ascribe.store.linked import in_parts, key_number, packed, unlink, write_rows

Opened = Callable[[], AbstractContextManager[Connection]]

_MADE_BY = "linking"  # the key in `meta`

_sought = Table(
    "link_sought",
    MetaData(),
    Column("key", Integer, nullable=False),
    Column("account", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True, slots=True)
class KeptLink:
    """Two linked accounts; no weight where the first reprints the second."""

    one: int
    other: int
    weight: float | None
    outcomes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """An id that an incident was given, in the order of giving, and the account that it belongs to, if it is there."""

    number: int
    incident_id: str
    document: int
    start: int
    end: int
    account: int | None


@dataclass(frozen=True, slots=True)
class Home:
    """An incident as it stands: its row, its id and its accounts in order."""

    row: int
    incident_id: str
    accounts: tuple[int, ...]


class Links:
    """What linking keeps in a casebook. Within `Casebook.together` all of it is one transaction."""

    def __init__(self, reading: Opened, writing: Opened) -> None:
        self._reading, self._writing = reading, writing

    # accounts

    def made_by(self) -> str | None:
        """Which version of linking made what is kept; None where nothing was linked yet."""
        with self._reading() as connection:
            found = connection.execute(select(tables.meta.c.value).where(tables.meta.c.key == _MADE_BY)).scalar()
        return None if found is None else str(found)

    def start_over(self, version: str) -> None:
        """Forget all links and incidents and wait for every reading; names stay with their accounts."""
        made = (tables.link, tables.link_key, tables.linked_account, tables.link_decision, tables.link_waiting)
        with self._writing() as connection:
            for table in (*made, tables.incident_member, tables.incident):
                connection.execute(delete(table))
            connection.execute(delete(tables.meta).where(tables.meta.c.key == _MADE_BY))
            connection.execute(insert(tables.meta).values(key=_MADE_BY, value=version))
            connection.execute(insert(tables.link_waiting).from_select(["reading"], select(tables.reading.c.id)))

    def waiting(self) -> list[int]:
        """The documents with a reading that has not been linked yet, or must be again."""
        query = select(tables.reading.c.document).join(
            tables.link_waiting, tables.link_waiting.c.reading == tables.reading.c.id
        )
        with self._reading() as connection:
            return list(connection.execute(query.distinct().order_by(tables.reading.c.document)).scalars())

    def waited(self) -> None:
        """Nothing waits any more."""
        with self._writing() as connection:
            connection.execute(delete(tables.link_waiting))

    def documents(self, document_ids: Iterable[str]) -> list[int]:
        """The row numbers of documents by their full ids."""
        row, named = tables.document.c.id, tables.document.c.document_id
        with self._reading() as connection:
            parts = in_parts(sorted(document_ids))
            return sorted(n for p in parts for n in connection.execute(select(row).where(named.in_(p))).scalars())

    def told(self, documents: Collection[int]) -> Iterator[tuple[int, int, Told]]:
        """Document, account and what it tells, of the incident accounts of these documents' current readings."""
        with self._reading() as connection:
            for part in in_parts(sorted(documents)):
                yield from list(fetching.told_rows(connection, part))

    def features(self, accounts: Iterable[int]) -> dict[int, str]:
        """What is kept of these accounts."""
        kept = tables.linked_account
        found: dict[int, str] = {}
        with self._reading() as connection:
            for part in in_parts(sorted(accounts)):
                query = select(kept.c.account, kept.c.features).where(kept.c.account.in_(part))
                found.update((row.account, row.features) for row in connection.execute(query))
        return found

    def features_in(self, documents: Iterable[int]) -> dict[int, str]:
        """What is kept of the accounts of these documents, whichever reading they are of."""
        kept = tables.linked_account
        found: dict[int, str] = {}
        with self._reading() as connection:
            for part in in_parts(sorted(documents)):
                query = select(kept.c.account, kept.c.features).where(kept.c.document.in_(part))
                found.update((row.account, row.features) for row in connection.execute(query))
        return found

    def keep(self, rows: Iterable[tuple[int, int, str, Collection[str]]]) -> None:
        """Keep accounts: document, account, features, and the keys that they offer."""
        with self._writing() as connection:
            for part in in_parts(rows):
                numbered = [(d, a, features, sorted({key_number(k) for k in keys})) for d, a, features, keys in part]
                kept = ((d, a, features, packed(offers)) for d, a, features, offers in numbered)
                columns = ("document", "account", "features", "offers")
                sqlite.insert_many(connection, "linked_account", columns, kept)
                keys = ((key, a) for _, a, _, offers in numbered for key in offers)
                sqlite.insert_many(connection, "link_key", ("key", "account"), keys)

    def forget(self, accounts: Sequence[int]) -> None:
        """Forget accounts; those that they were linked to wait to be linked anew."""
        with self._writing() as connection:
            unlink(connection, accounts)

    def found(self, sought: Mapping[int, Collection[str]]) -> list[tuple[int, int]]:
        """The pairs of these accounts and those that offer a key that they seek, each once and the smaller first."""
        key = tables.link_key
        with self._writing() as connection:
            _sought.create(connection, checkfirst=True)
            connection.execute(delete(_sought))
            rows = ((key_number(k), a) for a, keys in sought.items() for k in keys)
            sqlite.insert_many(connection, "link_sought", ("key", "account"), rows)
            pair = select(_sought.c.account, key.c.account).join(key, key.c.key == _sought.c.key).distinct()
            pairs = connection.execute(pair.where(_sought.c.account != key.c.account))
            return sorted({(min(one, other), max(one, other)) for one, other in pairs})

    # links

    def add_links(self, links: Iterable[tuple[int, int, float | None, Sequence[int]]]) -> None:
        """Keep links: two accounts, the weight or None for a reprint, and the outcomes."""
        rows = ({"one": a, "other": b, "weight": w, "outcomes": " ".join(map(str, o))} for a, b, w, o in links)
        with self._writing() as connection:
            write_rows(connection, tables.link, rows)

    def links_of(self, accounts: Iterable[int]) -> list[KeptLink]:
        """Every link of which one of these accounts is a side."""
        link = tables.link
        found: dict[tuple[int, int], KeptLink] = {}
        with self._reading() as connection:
            for part in in_parts(sorted(accounts)):
                for side in (link.c.one, link.c.other):
                    for row in connection.execute(select(link).where(side.in_(part))):
                        found[row.one, row.other] = _kept_link(row)
        return list(found.values())

    def decisions(self) -> set[str]:
        """What the last linking was told to obey."""
        with self._reading() as connection:
            return set(connection.execute(select(tables.link_decision.c.decision)).scalars())

    def set_decisions(self, decisions: Collection[str]) -> None:
        """What this linking obeys."""
        with self._writing() as connection:
            connection.execute(delete(tables.link_decision))
            write_rows(connection, tables.link_decision, ({"decision": d} for d in sorted(decisions)))

    # incidents

    def incidents(self) -> int:
        """How many incidents there are."""
        with self._reading() as connection:
            return connection.execute(select(func.count()).select_from(tables.incident)).scalar_one()

    def homes(self, accounts: Iterable[int]) -> dict[int, Home]:
        """The incidents that these accounts are in, by row."""
        member = tables.incident_member
        rows: set[int] = set()
        found: dict[int, Home] = {}
        with self._reading() as connection:
            for part in in_parts(sorted(accounts)):
                query = select(member.c.incident).where(member.c.account.in_(part)).distinct()
                rows.update(connection.execute(query).scalars())
            for part in in_parts(sorted(rows)):
                query = (
                    select(tables.incident, member.c.account)
                    .outerjoin(member, member.c.incident == tables.incident.c.id)
                    .where(tables.incident.c.id.in_(part))
                    .order_by(tables.incident.c.id, member.c.position)
                )
                of: dict[int, tuple[str, list[int]]] = {}
                for row in connection.execute(query):
                    of.setdefault(row.id, (row.incident_id, []))[1].append(row.account)
                found.update((row, Home(row, name, tuple(members))) for row, (name, members) in of.items())
        return found

    def home_called(self, incident_id: str) -> Home | None:
        """The incident with this id, as far as it stands."""
        with self._reading() as connection:
            row = connection.execute(
                select(tables.incident_member.c.account)
                .join(tables.incident, tables.incident.c.id == tables.incident_member.c.incident)
                .where(tables.incident.c.incident_id == incident_id)
                .limit(1)
            ).scalar()
        return None if row is None else next(h for h in self.homes([row]).values() if h.incident_id == incident_id)

    def settle(self, gone: Iterable[int], homes: Iterable[tuple[int | None, str, Sequence[int]]]) -> None:
        """Take incidents away (rows), and write others: row (None for a new one), id, and accounts in order."""
        incident, member = tables.incident, tables.incident_member
        homes = list(homes)
        with self._writing() as connection:
            emptied = [*gone, *(row for row, _, _ in homes if row is not None)]
            for part in in_parts(emptied):
                connection.execute(delete(member).where(member.c.incident.in_(part)))
            for part in in_parts(gone):
                connection.execute(delete(incident).where(incident.c.id.in_(part)))
            free = sqlite.next_id(connection, "incident")
            numbered = [
                (free + n if row is None else row, row is None, name, accounts)
                for n, (row, name, accounts) in enumerate(homes)
            ]
            write_rows(connection, incident, ({"id": r, "incident_id": i} for r, new, i, _ in numbered if new))
            rows = (
                {"incident": row, "position": position, "account": account}
                for row, _, _, accounts in numbered
                for position, account in enumerate(accounts)
            )
            write_rows(connection, member, rows)

    # names

    def names(self, accounts: Iterable[int] = (), documents: Iterable[int] = ()) -> list[Name]:
        """The ids that belong to these accounts, or to accounts of these documents, the oldest first."""
        name = tables.incident_name
        found: dict[int, Name] = {}
        with self._reading() as connection:
            for column, numbers in ((name.c.account, accounts), (name.c.document, documents)):
                for part in in_parts(sorted(numbers)):
                    for row in connection.execute(select(name).where(column.in_(part))):
                        found[row.id] = Name(row.id, row.incident_id, row.document, row.start, row.end, row.account)
        return [found[number] for number in sorted(found)]

    def give_names(self, names: Sequence[tuple[str, int, int, int]]) -> None:
        """Give ids for good: id, and the founder's account and anchor (start, end)."""
        documents = self._documents_of([account for _, account, _, _ in names])
        columns = ("incident_id", "account", "start", "end", "document")
        with self._writing() as connection:
            rows = (dict(zip(columns, (*n, documents[n[1]]), strict=True)) for n in names)
            write_rows(connection, tables.incident_name, rows)

    def _documents_of(self, accounts: Iterable[int]) -> dict[int, int]:
        kept = tables.linked_account
        found: dict[int, int] = {}
        with self._reading() as connection:
            for part in in_parts(sorted(accounts)):
                query = select(kept.c.account, kept.c.document).where(kept.c.account.in_(part))
                found.update((row.account, row.document) for row in connection.execute(query))
        return found

    def taken(self, incident_ids: Collection[str]) -> set[str]:
        """Which of these ids were given before."""
        name = tables.incident_name.c.incident_id
        with self._reading() as connection:
            parts = in_parts(sorted(incident_ids))
            return {
                found for part in parts for found in connection.execute(select(name).where(name.in_(part))).scalars()
            }

    def refound(self, number: int, account: int, start: int, end: int) -> None:
        """Say which account, with which anchor, an id belongs to from now on."""
        name = tables.incident_name
        where = {"document": self._documents_of([account])[account], "account": account, "start": start, "end": end}
        with self._writing() as connection:
            connection.execute(update(name).where(name.c.id == number).values(**where))


def _kept_link(row: Any) -> KeptLink:
    return KeptLink(row.one, row.other, row.weight, tuple(map(int, row.outcomes.split())))
