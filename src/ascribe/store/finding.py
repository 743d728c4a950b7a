"""A search carried out: passages that match, their words shown, and the incidents that rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from ascribe.errors import StoreError
from ascribe.model import Document
from ascribe.store import sqlite, tables
from ascribe.store.fetching import LAST, SHORTEST_PREFIX, document, find
from ascribe.store.reprinted import Original
from ascribe.store.rows import Fetched
from ascribe.store.search import Hit, Phrase, phrases_of, snippet

_Spans = dict[str, list[tuple[int, int]]]


def incident(connection: Connection, id_or_prefix: str) -> int:
    """The row of the incident whose id this is or begins with this, or that an id of former days leads to.

    StoreError if there is none, or several.
    """
    try:
        return find(connection, tables.incident, "incident_id", id_or_prefix, "incident")
    except StoreError:
        led_to = _led_to(connection, id_or_prefix)
        if len(led_to) != 1:
            raise
        return led_to[0]


def _led_to(connection: Connection, id_or_prefix: str) -> Sequence[int]:
    """The rows of the incidents that the founders of ids like this are in."""
    name, member = tables.incident_name, tables.incident_member
    query = select(member.c.incident).join(name, name.c.account == member.c.account).distinct()
    exact = connection.execute(query.where(name.c.incident_id == id_or_prefix)).scalars().all()
    if exact or len(id_or_prefix) < SHORTEST_PREFIX:
        return exact
    like = name.c.incident_id.between(id_or_prefix, id_or_prefix + LAST)
    return connection.execute(query.where(like).limit(2)).scalars().all()


def hits(connection: Connection, words: str, limit: int) -> list[Hit]:
    """The passages that hold all the words, best first, at most `limit` of them."""
    phrases = phrases_of(words)
    if not phrases or limit < 1:
        return []
    query = sqlite.match_query((" ".join(p.words), p.prefix) for p in phrases)
    ranked = sqlite.match(connection, query, limit)
    rows = _passages(connection, ranked)
    by_document: dict[int, list[Fetched]] = {}
    for row in rows.values():
        by_document.setdefault(row["document"], []).append(row)
    made: dict[int, Hit] = {}
    for number, passages in by_document.items():
        found, spans = document(connection, number), _incident_spans(connection, number)
        original = _Reprinted(connection, found.near_copy_of) if found.near_copy_of else None
        for row in passages:
            of_original = original.incidents(found.text, row["start"], row["end"]) if original else ()
            made[row["id"]] = _hit(found, row, phrases, (*_within(spans, row["start"], row["end"]), *of_original))
    return [made[number] for number in ranked if number in made]


def _passages(connection: Connection, ranked: Sequence[int]) -> Mapping[int, Fetched]:
    found: dict[int, Fetched] = {}
    for at in range(0, len(ranked), 500):
        query = select(tables.passage).where(tables.passage.c.id.in_(ranked[at : at + 500]))
        found.update({row["id"]: row for row in connection.execute(query).mappings()})
    return found


def _hit(document: Document, row: Fetched, phrases: Sequence[Phrase], incidents: Iterable[str]) -> Hit:
    start, end = row["start"], row["end"]
    shown_from, parts = snippet(document.text, start, end, phrases)
    return Hit(
        document_id=document.id,
        name=document.name,
        title=document.title,
        start=start,
        end=end,
        shown_from=shown_from,
        parts=parts,
        incidents=tuple(dict.fromkeys(incidents)),
        page=document.page_at(start),
        restricted=document.restricted,
        near_copy_of=document.near_copy_of,
    )


def _within(spans: _Spans, start: int, end: int) -> Iterator[str]:
    """The incidents with evidence in a passage."""
    return (name for name, mine in spans.items() if any(a < end and b > start for a, b in mine))


class _Reprinted:
    """The original of a reprint, as far as it is stored: a passage tells of what the same words tell of there."""

    def __init__(self, connection: Connection, document_id: str) -> None:
        query = select(tables.document.c.id).where(tables.document.c.document_id == document_id)
        number = connection.execute(query).scalar()
        self._original = Original(document(connection, number).text) if number is not None else None
        self._spans = _incident_spans(connection, number) if number is not None else {}

    def incidents(self, text: str, start: int, end: int) -> Iterator[str]:
        """The incidents of the original in the words of `text[start:end]`."""
        place = self._original.place(text, start, end) if self._original else None
        return _within(self._spans, *place) if place else iter(())


def _incident_spans(connection: Connection, number: int) -> _Spans:
    """Where the evidence of each incident lies in a document, that of the accounts about it included."""
    account, reading = tables.account, tables.reading
    members = connection.execute(
        select(tables.incident.c.incident_id, account.c.reading, account.c.key)
        .join(tables.incident_member, tables.incident_member.c.incident == tables.incident.c.id)
        .join(account, account.c.id == tables.incident_member.c.account)
        .where(account.c.reading.in_(select(reading.c.id).where(reading.c.document == number).scalar_subquery()))
        .order_by(tables.incident.c.id)
    ).all()
    names: dict[tuple[int, str], list[str]] = {}
    for name, of_reading, key in members:
        names.setdefault((of_reading, key), []).append(name)
    spans: _Spans = {name: [] for name, _, _ in members}
    passages = connection.execute(
        select(account.c.reading, account.c.key, account.c.about, tables.evidence.c.start, tables.evidence.c.end)
        .join(tables.evidence, tables.evidence.c.account == account.c.id)
        .where(account.c.reading.in_({of_reading for _, of_reading, _ in members}))
    )
    for of_reading, key, about, start, end in passages:
        for name in names.get((of_reading, about or key), ()):
            spans[name].append((start, end))
    return spans
