"""Making and opening a casebook, and what is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from invented import NOON, story

from ascribe.errors import StoreError
from ascribe.schema import bundled_schema
from ascribe.store import Casebook


def test_creating_over_something_is_refused(where: Path | str, tmp_path: Path) -> None:
    Casebook.create(where, bundled_schema()).close()
    with pytest.raises(StoreError, match="exists already"):
        Casebook.create(where, bundled_schema())

    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        Casebook.create(tmp_path / "notes.txt", bundled_schema())
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(StoreError, match="no folder"):
        Casebook.create(tmp_path / "nowhere" / "casebook.sqlite", bundled_schema())


def test_creating_leaves_nothing_but_the_casebook(where: Path | str, tmp_path: Path) -> None:
    Casebook.create(where, bundled_schema()).close()

    assert [p.name for p in tmp_path.iterdir()] == ["casebook.sqlite"]


def test_opening_what_is_not_a_casebook_is_one_clear_error(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415

    with pytest.raises(StoreError, match="there is no casebook"):
        Casebook.open(tmp_path / "casebook.sqlite", bundled_schema())
    with pytest.raises(StoreError, match="folder"):
        Casebook.open(tmp_path, bundled_schema())
    for name, content in (("empty", b""), ("letter", b"Dear all,\n"), ("torn", b"SQLite format 3\x00" + b"\x07" * 90)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match=name):
            Casebook.open(tmp_path / name, bundled_schema())
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE document (id)")
    other.close()
    with pytest.raises(StoreError, match="not a casebook"):
        Casebook.open(tmp_path / "other.sqlite", bundled_schema())


def test_a_casebook_can_be_named_by_a_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'casebook.sqlite'}"
    with Casebook.create(url, bundled_schema()) as casebook:
        casebook.save(*story(1), NOON)

    with Casebook.open(url, bundled_schema()) as casebook:
        assert casebook.counts().documents == 1


@pytest.mark.parametrize("url", ["postgresql://localhost/cases", "sqlite://", "sqlite:///:memory:", "://"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(StoreError):
        Casebook.open(url, bundled_schema())
    with pytest.raises(StoreError):
        Casebook.create(url, bundled_schema())


def test_importing_ascribe_does_not_load_the_store() -> None:
    code = "import sys, ascribe; print([m for m in ('sqlalchemy', 'alembic', 'ascribe.store') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_opening_an_up_to_date_casebook_does_not_load_alembic(where: Path | str) -> None:
    Casebook.create(where, bundled_schema()).close()
    code = (
        "import sys; from ascribe.schema import bundled_schema; from ascribe.store import Casebook\n"
        f"Casebook.open({str(where)!r}, bundled_schema()).close(); print('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
