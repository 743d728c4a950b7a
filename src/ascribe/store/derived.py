"""What can be dropped and made again: views, search index, shown values and bounds; and when it must be."""

from __future__ import annotations

import json

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from ascribe.model import sha256
from ascribe.schema import Property, Schema
from ascribe.schema.types import Json, value_type
from ascribe.store import sqlite, tables
from ascribe.store.fetching import stream
from ascribe.store.rows import Row, canonical
from ascribe.store.search import INDEX_VERSION
from ascribe.store.views import VIEWS_VERSION, make_views
from ascribe.store.writing import batches, write_passages


def _wanted(schema: Schema) -> dict[str, str]:
    return {"schema": schema_hash(schema), "views": VIEWS_VERSION, "search": INDEX_VERSION}


def _kept(connection: Connection) -> dict[str, str]:
    return {str(key): str(value) for key, value in connection.execute(select(tables.meta.c.key, tables.meta.c.value))}


def schema_hash(schema: Schema) -> str:
    """Changes with every kind, property, type and code."""
    return sha256(canonical([[kind.id, *map(_signature, kind.properties)] for kind in schema.kinds]))


def _signature(prop: Property) -> Json:
    return [prop.id, prop.type.name, prop.many, prop.list_id, [code.code for code in prop.codes]]


def is_up_to_date(connection: Connection, schema: Schema) -> bool:
    """Whether views and index were made by this schema and this program."""
    return _wanted(schema).items() <= _kept(connection).items()


def bring_up_to_date(connection: Connection, schema: Schema) -> None:
    """Make anew what another schema or an older program made."""
    wanted, kept = _wanted(schema), _kept(connection)
    if any(wanted[part] != kept.get(part) for part in ("schema", "views")):
        make_views(connection, schema)
    if wanted["search"] != kept.get("search"):
        _index_all(connection)
    _keep(connection, wanted)


def rebuild(connection: Connection, schema: Schema) -> None:
    """Make everything anew."""
    make_views(connection, schema)
    _index_all(connection)
    _show_all(connection)
    _keep(connection, _wanted(schema))


def _keep(connection: Connection, wanted: dict[str, str]) -> None:
    connection.execute(delete(tables.meta).where(tables.meta.c.key.in_(list(wanted))))
    connection.execute(insert(tables.meta), [{"key": key, "value": value} for key, value in wanted.items()])


def _index_all(connection: Connection) -> None:
    sqlite.create_index(connection)
    connection.execute(delete(tables.passage))
    # By number, one at a time: a query that is still being read must not see its connection write.
    for number in connection.execute(select(tables.document.c.id).order_by(tables.document.c.id)).scalars().all():
        text = connection.execute(select(tables.document.c.text).where(tables.document.c.id == number)).scalar_one()
        write_passages(connection, number, text)


def _show_all(connection: Connection) -> None:
    """Bounds and words of every statement, as the types have them now."""
    said = tables.statement
    change = (
        update(said)
        .where(said.c.id == bindparam("number"))
        .values(low=bindparam("new_low"), high=bindparam("new_high"), shown=bindparam("new_shown"))
    )
    numbers = connection.execute(select(said.c.id).order_by(said.c.id)).scalars().all()
    for batch in batches(numbers):
        query = select(said.c.id, said.c.type, said.c.value, said.c.low, said.c.high, said.c.shown)
        changes: list[Row] = []
        for row in stream(connection, query.where(said.c.id.between(batch[0], batch[-1]))):
            value = value_type(row["type"]).from_json(json.loads(row["value"]))
            low, high = value_type(row["type"]).bounds(value)
            shown = value_type(row["type"]).show(value)
            if (low, high, shown) != (row["low"], row["high"], row["shown"]):
                changes.append({"number": row["id"], "new_low": low, "new_high": high, "new_shown": shown})
        if changes:
            connection.execute(change, changes)
