"""One wide view a kind, made from the schema: an account a row, a property a column.

A property that is declared today has its column the next time the casebook is opened; no migration is needed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, inspect, literal, select

from ascribe.model import UNDECIDED
from ascribe.schema import Kind, Property, Schema
from ascribe.store import tables
from ascribe.store.fetching import current_reading

VIEWS_VERSION = "4"  # raised whenever the same schema gives other views, so that old casebooks get them anew
PREFIX = "wide_"
_HEAD = ("account", "account_key", "about", "document", "document_name", "extractor", "version", "current", "incident")


def view_name(kind: str) -> str:
    """The name of a kind's view."""
    return PREFIX + kind


def column_name(property_id: str) -> str:
    """The column of a property; a property that is named like a column of every view gets a line after its name."""
    return property_id + "_" if property_id.lower() in _HEAD else property_id


def _words() -> ColumnElement[str]:
    """A value in words, never without its reservations: proposed only, not asserted, or the claimant's own word."""
    said = tables.statement.c
    return (
        said.shown
        + case((said.rule.startswith(UNDECIDED), " [proposed]"), else_="")
        + case((said.stance != "asserted", literal(" [") + func.replace(said.stance, "_", " ") + "]"), else_="")
        + case((said.perpetrator_side, " [per claimant]"), else_="")
    )


def _cell(prop: Property) -> ColumnElement[Any]:
    """The values of a property in one account that its words carry: all of a set, else the first in the text.

    What a check left undecided comes after all others.
    """
    said = tables.statement.c
    mine = (
        select(_words().label("words"))
        .where(said.account == tables.account.c.id, said.property == prop.id, said.origin != "unsupported")
        .order_by(case((said.rule.startswith(UNDECIDED), 1), else_=0), said.id)
        .correlate(tables.account)
    )
    if not prop.many:
        return mine.limit(1).scalar_subquery()
    # SQLite and PostgreSQL both take the rows as they come from an ordered subquery.
    every = mine.subquery()
    return select(func.aggregate_strings(every.c.words, "; ")).scalar_subquery()


def view_query(kind: Kind) -> Select[Any]:
    """The query that a kind's view stands for."""
    owner = tables.account.alias("owner")
    member = (
        select(func.min(tables.incident.c.incident_id))
        .join(tables.incident_member, tables.incident_member.c.incident == tables.incident.c.id)
        .join(owner, owner.c.id == tables.incident_member.c.account)
        .where(
            owner.c.reading == tables.account.c.reading,
            owner.c.key == func.coalesce(tables.account.c.about, tables.account.c.key),
        )
        .correlate(tables.account)
        .scalar_subquery()
    )
    head: tuple[ColumnElement[Any], ...] = (
        tables.account.c.id,
        tables.account.c.key,
        tables.account.c.about,
        tables.document.c.document_id,
        tables.document.c.name,
        tables.reading.c.extractor,
        tables.reading.c.version,
        tables.reading.c.id == current_reading,
        member,
    )
    return (
        select(
            *(column.label(name) for column, name in zip(head, _HEAD, strict=True)),
            *(_cell(prop).label(column_name(prop.id)) for prop in kind.properties),
        )
        .select_from(tables.account)
        .join(tables.reading, tables.reading.c.id == tables.account.c.reading)
        .join(tables.document, tables.document.c.id == tables.reading.c.document)
        .where(tables.account.c.kind == kind.id)
    )


def view_statements(connection: Connection, schema: Schema) -> dict[str, str]:
    """`CREATE VIEW` for every kind, by the view's name."""
    quote = connection.dialect.identifier_preparer.quote
    made = {}
    for kind in schema.kinds:
        query = view_query(kind).compile(connection, compile_kwargs={"literal_binds": True})
        made[view_name(kind.id)] = f"CREATE VIEW {quote(view_name(kind.id))} AS {query}"
    return made


def make_views(connection: Connection, schema: Schema) -> None:
    """Make every kind's view anew; those of kinds that are no more are dropped."""
    quote = connection.dialect.identifier_preparer.quote
    for name in inspect(connection).get_view_names():
        if name.startswith(PREFIX):
            connection.exec_driver_sql(f"DROP VIEW {quote(name)}")
    for statement in view_statements(connection, schema).values():
        connection.exec_driver_sql(statement)
