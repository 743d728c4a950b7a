"""Every step from an empty database to today's tables, and what happens with those of tomorrow."""

from __future__ import annotations

import sqlite3
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from invented import NOON, story
from sqlalchemy import inspect
from stored import set_incidents

import ascribe.store
from ascribe.errors import StoreError
from ascribe.schema import bundled_schema
from ascribe.store import Casebook, migrate, sqlite
from ascribe.store.tables import metadata

SCRIPTS = Path(ascribe.store.__file__).parent / "migrations"


def test_each_step_runs_and_the_last_gives_the_declared_tables(tmp_path: Path) -> None:
    engine = sqlite.engine_for(tmp_path / "steps.sqlite")
    for revision in migrate.REVISIONS:
        with engine.connect().execution_options(**sqlite.WRITING) as connection, connection.begin():
            migrate.upgrade(connection, revision)
            assert migrate.revision_of(connection) == revision
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())

    assert [s.revision for s in reversed(scripts)] == list(migrate.REVISIONS)


def test_each_step_can_be_told_from_its_file_name() -> None:
    for revision in migrate.REVISIONS:
        (path,) = SCRIPTS.glob(f"versions/{revision}_*.py")
        spec = spec_from_file_location(path.stem, path)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        assert module.__doc__
        assert module.revision == revision


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    engine = sqlite.engine_for(tmp_path / "steps.sqlite")

    def fail_at_the_end() -> None:
        with engine.connect().execution_options(**sqlite.WRITING) as connection, connection.begin():
            migrate.upgrade(connection)
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        fail_at_the_end()
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_migrating_says_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    Casebook.create(tmp_path / "casebook.sqlite", bundled_schema()).close()

    assert capfd.readouterr() == ("", "")
    assert [r for r in caplog.records if r.levelname not in ("DEBUG", "INFO")] == []


def test_a_casebook_of_a_newer_program_is_one_clear_error_and_is_not_touched(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(*story(1), NOON)
    connection = sqlite3.connect(where)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    before = list(connection.iterdump())

    with pytest.raises(StoreError, match=r"newer version of Ascribe.*9999.*update Ascribe"):
        Casebook.open(where, bundled_schema())
    assert list(connection.iterdump()) == before
    connection.close()


def test_a_casebook_without_its_index_is_indexed_when_opened(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(*story(1), NOON)
    connection = sqlite3.connect(where)
    connection.execute("UPDATE meta SET value = 'older' WHERE key = 'search'")
    connection.execute("DROP TABLE passage_words")
    connection.commit()
    connection.close()

    with Casebook.open(where, bundled_schema()) as casebook:
        assert len(casebook.search("exploded")) == 1
        assert list(casebook.verify()) == []


def test_a_casebook_of_the_first_tables_is_sound_after_the_step_and_misses_what_goes_later(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    document, _, reading = story(4)
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(*story(3), NOON)  # a restricted one
        casebook.save(document, None, reading, NOON)
        before = [*casebook.documents()]
    connection = sqlite3.connect(where)
    for statement in (
        *(f"DROP TABLE {name}" for name in ("link_waiting", "linked_account", "link_key", "link")),
        "DROP TABLE link_decision",
        "DROP TABLE incident_name",
        "DROP TABLE judgement_effect",
        "DROP TABLE judgement",
        "ALTER TABLE document DROP COLUMN metadata_hash",
        "ALTER TABLE sighting DROP COLUMN bytes_kept",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        connection.execute(statement)
    connection.commit()

    with Casebook.open(where, bundled_schema()) as casebook:
        assert [*casebook.documents()] == before
        assert list(casebook.verify()) == []
        connection.execute("DELETE FROM blob")
        connection.execute("UPDATE document SET title = 'Another' WHERE id = 2")
        connection.commit()
        assert [(p.name, p.what[:9]) for p in casebook.verify()] == [
            ("invented/3.txt", "the bytes"),
            ("invented/4.txt", "what is k"),
        ]
    connection.close()


def test_incidents_of_a_casebook_without_links_keep_their_ids_and_wait_to_be_linked(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    document, data, reading = story(4)
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)
        set_incidents(casebook, {"a-name-of-old": [(document.id, "1")]})
    connection = sqlite3.connect(where)
    for name in ("link_waiting", "linked_account", "link_key", "link", "link_decision", "incident_name"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.commit()
    connection.close()

    with Casebook.open(where, bundled_schema()) as casebook:
        assert len(casebook.links.waiting()) == 1
        (name,) = casebook.links.names(documents=[1])
        anchor = next(a.anchor for a in reading.accounts if a.key == "1")
        assert (name.incident_id, name.start, name.end) == ("a-name-of-old", anchor.start, anchor.end)
        assert casebook.incident("a-name-of-old").accounts[0].document == document
