"""Bringing a casebook to this program's tables, with Alembic and without its files, settings or messages."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from ascribe.errors import StoreError

# Every revision there has been, oldest first. Kept here so that opening a casebook that is up to date, which is nearly
# every time, need not load Alembic; a test compares it with the scripts.
REVISIONS = ("0001", "0002", "0003", "0004")

_SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The revision of the tables; None for a database that is not a casebook."""
    names = set(inspect(connection).get_table_names())
    if not {"alembic_version", "meta", "document", "reading"} <= names:
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def is_current(connection: Connection, where: str) -> bool:
    """Whether the tables are those of this program; StoreError if they are a newer program's or nobody's."""
    found = revision_of(connection)
    if found is None:
        raise StoreError(f"{where}: not a casebook")
    if found not in REVISIONS:
        raise StoreError(
            f"{where}: made by a newer version of Ascribe (its tables are {found}, this program knows {REVISIONS[-1]})"
            "; update Ascribe to open it"
        )
    return found == REVISIONS[-1]


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the pending migrations up to a revision inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415 - slow to load and seldom needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
