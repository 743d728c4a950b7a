"""The schema is data: what is declared is what can be said, and mistakes in it name themselves."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from ascribe.errors import SchemaError
from ascribe.model import Account, CodeValue, CountValue, Evidence, Statement
from ascribe.schema import Schema, bundled_schema, load_schema

EVIDENCE = (Evidence("d" * 64, 0, 4, "five"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped schema that a test may change."""
    source = Path(str(files("ascribe.schema")))
    for part in ("kinds", "lists"):
        shutil.copytree(source / part, tmp_path / part)
    return tmp_path


def declare(folder: Path, block: str, kind: str = "incident") -> Schema:
    path = folder / "kinds" / f"{kind}.toml"
    path.write_text(path.read_text("utf-8") + block, "utf-8")
    return load_schema(folder)


def test_incidents_terms_and_remarks_stand_alone_and_every_other_kind_is_about_an_incident() -> None:
    about = {kind.id: kind.about for kind in bundled_schema().kinds}

    told_of = ("claim", "attribution", "person_status", "contact", "response", "connection")
    assert about == {"incident": None, **dict.fromkeys(told_of, "incident"), "term": None, "remark": None}


def test_every_property_and_code_has_a_definition() -> None:
    for found in bundled_schema().properties():
        assert found.label, found.path
        assert found.definition.endswith("."), found.path
        assert all(code.label and code.definition for code in found.codes), found.path


def test_a_new_property_is_one_block(folder: Path) -> None:
    block = '\n[properties.abducted]\ntype = "count"\nlabel = "Abducted"\ndefinition = "People carried off."\n'
    schema = declare(folder, block)
    statement = Statement("abducted", CountValue(3, 3), EVIDENCE)

    schema["incident"]["abducted"].check(statement)

    with pytest.raises(SchemaError, match=r"incident\.abducted: .* is not a count value"):
        schema["incident"]["abducted"].check(replace(statement, value=CodeValue("three")))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ('\n[properties.x]\ntype = "number"\nlabel = "X"\ndefinition = "X."\n', "unknown value type 'number'"),
        ('\n[properties.x]\ntype = "code"\nlabel = "X"\ndefinition = "X."\n', "a code needs a `list`"),
        ('\n[properties.x]\ntype = "code"\nlist = "no"\nlabel = "X"\ndefinition = "X."\n', "there is no lists/no.csv"),
        ('\n[properties.x]\ntype = "text"\nlabel = "X"\n', "'definition' is missing"),
        ('\n[properties.x]\ntype = "text"\nlable = "X"\n', "unknown key 'lable'"),
        ('\n[properties.x]\ntype = "text"\npick = "best"\nlabel = "X"\ndefinition = "X."\n', "`pick` is one of"),
        ("\n[properties.date]\n", "Cannot declare"),
    ],
)
def test_a_mistake_in_the_schema_names_itself(folder: Path, block: str, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        declare(folder, block)


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ('rivals = "actors"', r"claim\.toml: there is no property 'actors'"),
        ("rivals = 3", r"'rivals' must be words in quotation marks, not 3"),
        ("identity = 3", r"'identity' must be a list of properties, not 3"),
        ('identity = ["whose"]', r"there is no property 'whose'"),
    ],
)
def test_what_a_kind_is_compared_by_is_one_of_its_properties(folder: Path, head: str, message: str) -> None:
    path = folder / "kinds" / "claim.toml"
    kept = path.read_text("utf-8").replace('rivals = "status"\n', "")
    path.write_text(kept.replace("[kind]\n", f"[kind]\n{head}\n"), "utf-8")
    with pytest.raises(SchemaError, match=message):
        load_schema(folder)


def test_a_list_says_only_of_its_own_codes_what_goes_with_what(folder: Path) -> None:
    path = folder / "lists" / "fates.csv"
    path.write_text(path.read_text("utf-8").replace(",at_large\n", ",gone\n"), "utf-8")
    with pytest.raises(SchemaError, match=r"fates\.csv: \w+ names 'gone', which is not on the list"):
        load_schema(folder)


def test_a_finer_form_of_a_finer_form_is_finer_than_both(folder: Path) -> None:
    path = folder / "lists" / "tactics.csv"
    path.write_text(path.read_text("utf-8") + "vest_bombing,vest bombing,A worn bomb,suicide_bombing\n", "utf-8")
    tactics = load_schema(folder)["incident"]["tactics"]
    assert tactics.compare(CodeValue("vest_bombing"), CodeValue("bombing")) == "finer"


def test_a_code_stands_on_its_list_once(folder: Path) -> None:
    path = folder / "lists" / "fates.csv"
    path.write_text(path.read_text("utf-8") + "killed,killed,Twice\n", "utf-8")

    with pytest.raises(SchemaError, match=r"fates\.csv: the code 'killed' stands there twice"):
        load_schema(folder)


def test_a_value_without_evidence_cannot_be_stated() -> None:
    with pytest.raises(SchemaError, match="without evidence"):
        bundled_schema()["incident"]["killed"].check(Statement("killed", CountValue(1, 1), ()))


def test_an_unknown_property_names_the_known_ones() -> None:
    account = Account("i1", "incident", (Statement("motive", CountValue(1, 1), EVIDENCE),), EVIDENCE[0])

    with pytest.raises(SchemaError, match=r"incident has no property 'motive'; it has status, date"):
        bundled_schema().check(account)


def test_a_claim_belongs_to_an_incident() -> None:
    claim = Account("i1.claim", "claim", (Statement("status", CodeValue("claimed"), EVIDENCE),), EVIDENCE[0])

    with pytest.raises(SchemaError, match="a claim needs `about`"):
        bundled_schema().check(claim)
    bundled_schema().check(replace(claim, about="i1"))


def test_nothing_numeric_can_be_said_of_a_person() -> None:
    numeric = {"count"}
    kinds = bundled_schema()

    assert not [p.path for p in kinds["person_status"].properties if p.type.name in numeric]
