"""`ascribe schema`."""

from __future__ import annotations

import json

import pytest

from ascribe.schema import bundled_schema


def test_json_has_every_kind_property_and_code(ascribe) -> None:
    data = json.loads(ascribe("schema", "--format", "json").out)
    schema = bundled_schema()
    assert [k["id"] for k in data["kinds"]] == [k.id for k in schema.kinds]
    shown = [(k["id"], p["id"], len(p["codes"])) for k in data["kinds"] for p in k["properties"]]
    assert shown == [(p.kind, p.id, len(p.codes)) for p in schema.properties()]


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_every_property_is_described(ascribe, format: str) -> None:
    out = ascribe("schema", "--format", format).out
    words = " ".join(out.replace("|", " ").split())
    for prop in bundled_schema().properties():
        assert prop.id in words
        if format == "markdown":
            assert " ".join(prop.definition.split()) in words


def test_it_says_which_reader_fills_what(ascribe) -> None:
    data = json.loads(ascribe("schema", "--kind", "incident", "--format", "json").out)
    filled = {p["id"]: p["filled_by"] for k in data["kinds"] for p in k["properties"]}
    assert "plain" in filled["killed"]
    assert "plain" not in filled["weapons"]


def test_one_kind_alone(ascribe) -> None:
    assert [k["id"] for k in json.loads(ascribe("schema", "--kind", "claim", "--format", "json").out)["kinds"]] == [
        "claim"
    ]


def test_an_unknown_kind_names_the_known_ones(ascribe) -> None:
    found = ascribe("schema", "--kind", "riot")
    assert found.status == 120
    assert "incident, claim, attribution, person_status" in found.err
