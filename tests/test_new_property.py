"""A property that is declared is checked, stored, viewed, exported and described at once, without a line of code."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest
from telling import PlainReader, plain_reader
from typer.testing import CliRunner

from ascribe.cli.app import app
from ascribe.errors import SchemaError
from ascribe.model import Account, CountValue, Document, Reading, Statement, TextValue
from ascribe.project import Project
from ascribe.schema import load_schema

BLOCK = """
[properties.abducted]
type = "count"
pick = "latest"
label = "Abducted"
definition = "People taken away by force."
"""
TEXT = "On 2021-03-04 a bomb killed 5 people in Port Amsel and 3 were taken away."


class AbductionReader(PlainReader):
    """States the new property."""

    name = "abduction"

    def read(self, document: Document) -> Reading:
        before = super().read(document)
        start = document.text.index("3 were")
        taken = Statement("abducted", CountValue(3, 3), (document.quote(start, start + 1),))
        accounts = tuple(
            Account(a.key, a.kind, (*a.statements, taken), a.anchor) if a.kind == "incident" else a
            for a in before.accounts
        )
        return Reading(document.id, self.name, self.version, accounts)


@pytest.fixture
def project(empty_project: Path) -> Path:
    folder = empty_project
    for part in ("kinds", "lists"):
        shutil.copytree(str(files("ascribe.schema") / part), folder / "schema" / part)
    with (folder / "schema" / "kinds" / "incident.toml").open("a", encoding="utf-8") as kind:
        kind.write(BLOCK)
    (folder / "ascribe.toml").write_text('schema = "schema"\n')
    (folder / "a.txt").write_text(TEXT)
    return folder


def test_it_reaches_validation(project: Path) -> None:
    prop = load_schema(project / "schema")["incident"]["abducted"]
    words = Document("d", "b", "a", "three", "text").quote(0, 5)
    prop.check(Statement("abducted", CountValue(3, 3), (words,)))
    with pytest.raises(SchemaError, match=r"incident\.abducted"):
        prop.check(Statement("abducted", TextValue("three"), (words,)))


def test_it_reaches_the_casebook_and_its_view(project: Path) -> None:
    with Project.open(project) as made:
        assert made.add([project / "a.txt"], reader=AbductionReader, jobs=0).failed == ()
        (incident,) = made.incidents()
        assert [s.value for s in incident.thing["abducted"].shown] == [CountValue(3, 3)]
    with sqlite3.connect(project / "casebook.db") as raw:
        columns = [row[1] for row in raw.execute("PRAGMA table_info(wide_incident)")]
        column = next(c for c in columns if c.startswith("abducted"))
        assert raw.execute(f"SELECT {column} FROM wide_incident").fetchone()[0] is not None
    raw.close()


def test_it_reaches_every_export(project: Path) -> None:
    with Project.open(project) as made:
        made.add([project / "a.txt"], reader=AbductionReader, jobs=0)
        for name in ("csv", "jsonl", "geojson"):
            made.export(name, project / f"out.{name}")
    with (project / "out.csv").open(encoding="utf-8", newline="") as lines:
        row = next(csv.DictReader(lines))
    assert (row["abducted_low"], row["abducted_evidence"]) == ("3", f"{project / 'a.txt'}: “3”")
    line = json.loads((project / "out.jsonl").read_text("utf-8"))
    assert line["values"]["abducted"]["value"]["min"] == 3
    feature = json.loads((project / "out.geojson").read_text("utf-8"))["features"][0]
    assert feature["properties"]["abducted_low"] == 3


def test_it_reaches_the_printed_schema_in_every_form(project: Path) -> None:
    for form in ("table", "json", "markdown"):
        result = CliRunner().invoke(app, ["schema", "--project", str(project), "--format", form])
        assert result.exit_code == 0, result.output
        assert "abducted" in result.stdout
        assert "nobody yet" in result.stdout or form == "json"


def test_a_document_stored_under_the_old_schema_can_be_read_under_the_new(project: Path) -> None:
    (project / "ascribe.toml").write_text("")
    with Project.open(project) as made:
        made.add([project / "a.txt"], reader=plain_reader, jobs=0)
    (project / "ascribe.toml").write_text('schema = "schema"\n')
    with Project.open(project) as made:
        assert made.add([project / "a.txt"], reader=AbductionReader, jobs=0).read_anew == 1
        (incident,) = made.incidents()
        assert incident.thing["abducted"].shown
