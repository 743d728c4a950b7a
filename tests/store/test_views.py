"""Each kind has a wide view; a property declared today has its column without a migration."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented import NOON, said, story
from stored import set_incidents

from ascribe.model import HAND, UNDECIDED, ActorValue, CodeValue, CountValue, Voice
from ascribe.schema import Property, Schema, bundled_schema
from ascribe.schema.types import value_type
from ascribe.store import Casebook


@pytest.fixture
def where(tmp_path: Path) -> Path:
    path = tmp_path / "casebook.sqlite"
    Casebook.create(path, bundled_schema()).close()
    return path


def rows(where: Path, view: str) -> list[dict[str, Any]]:
    connection = sqlite3.connect(where)
    connection.row_factory = sqlite3.Row
    found = [dict(row) for row in connection.execute(f"SELECT * FROM {view} ORDER BY account")]
    connection.close()
    return found


def declared(property_id: str) -> Schema:
    """The schema with one more property of an incident."""
    incident, *others = bundled_schema().kinds
    more = Property(property_id, "incident", value_type("count"), "Abducted", "People taken.")
    return Schema((replace(incident, properties=(*incident.properties, more)), *others))


def test_a_property_is_a_column_and_an_account_a_row(where: Path) -> None:
    document, data, reading = story(4)
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)
        set_incidents(casebook, {"abcdef": [(document.id, "1")]})

    (incident,) = rows(where, "wide_incident")
    assert incident["document"] == document.id
    assert incident["document_name"] == document.name
    assert (incident["account_key"], incident["about"], incident["current"]) == ("1", None, 1)
    assert incident["incident"] == "abcdef"
    assert incident["date"] == "2021-05-03"
    assert incident["place"] == "Velnik, XV"
    assert incident["killed"] == "5+"
    assert incident["wounded"] == "unknown"
    assert incident["victims"] is None
    assert [row["incident"] for row in rows(where, "wide_claim")] == ["abcdef"]
    assert set(incident) > {p.id for p in bundled_schema()["incident"].properties}


def test_many_values_are_joined_in_the_order_of_the_reading(where: Path) -> None:
    document, data, reading = story(4)
    first, *others = reading.accounts
    more = said(document, "tactics", CodeValue("suicide_bombing"), "exploded")
    told = replace(first, statements=(*first.statements, more))
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, replace(reading, accounts=(told, *others)), NOON)

    assert rows(where, "wide_incident")[0]["tactics"] == "bombing; suicide bombing"


def test_a_value_that_its_words_do_not_carry_is_kept_and_not_in_the_view(where: Path) -> None:
    document, data, reading = story(4)
    first, *others = reading.accounts
    wrong = replace(said(document, "tactics", CodeValue("arson"), "exploded"), origin="unsupported")
    told = replace(first, statements=(*first.statements, wrong))
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, replace(reading, accounts=(told, *others)), NOON)
        kept = casebook.current_reading(document.id).accounts[0].statements

    assert wrong in kept
    assert rows(where, "wide_incident")[0]["tactics"] == "bombing"


def test_reservations_stand_beside_the_value(where: Path) -> None:
    document, data, reading = story(4)
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)

    assert rows(where, "wide_incident")[0]["perpetrators"] == "Ilo Vesk [suspected]"
    assert rows(where, "wide_attribution")[0]["actor"] == "Red Column [suspected]"
    assert rows(where, "wide_claim")[0]["by"] == "Northern Front [per claimant]"
    assert rows(where, "wide_claim")[0]["outlets"] == "Signal 4"


def test_both_reservations_can_stand_together(where: Path) -> None:
    document, data, reading = story(4)
    _, _, held, _ = reading.accounts
    voice = Voice("quoted", "Northern Front", True)
    told = said(document, "actor", ActorValue("Red Column"), "Red Column", stance="claimed_only", voice=voice)
    accounts = (reading.accounts[0], replace(held, statements=(told,)))
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, replace(reading, accounts=accounts), NOON)

    assert rows(where, "wide_attribution")[0]["actor"] == "Red Column [claimed only] [per claimant]"


def test_only_the_newest_reading_is_current(where: Path) -> None:
    document, data, reading = story(4)
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)
        casebook.save(document, data, replace(reading, version="2"), NOON)

    assert [(r["version"], r["current"]) for r in rows(where, "wide_incident")] == [("1", 0), ("2", 1)]


def test_documents_that_several_programs_and_no_person_read_are_known(where: Path) -> None:
    with Casebook.open(where, bundled_schema()) as casebook:
        for number in (11, 12, 13):
            document, data, reading = story(number)
            casebook.save(document, data, reading, NOON)
            casebook.save(document, data, replace(reading, version="2"), NOON)
            if number > 11:
                casebook.save(document, data, replace(reading, extractor="other"), NOON)
            if number > 12:
                casebook.save(document, data, replace(reading, extractor=HAND), NOON)

        assert casebook.read_by_several() == [story(12)[0].id]


def test_documents_with_an_undecided_value_in_the_current_reading_are_known(where: Path) -> None:
    with Casebook.open(where, bundled_schema()) as casebook:
        for number in (11, 12):
            document, data, reading = story(number)
            first = reading.accounts[0]
            undecided = replace(first.statements[0], rule=f"{UNDECIDED}why")
            accounts = (replace(first, statements=(undecided, *first.statements[1:])), *reading.accounts[1:])
            casebook.save(document, data, replace(reading, accounts=accounts), NOON)
            if number > 11:
                casebook.save(document, data, replace(reading, version="2"), NOON)

        assert casebook.read_with_undecided() == [story(11)[0].id]


def test_an_undecided_value_never_stands_in_a_view_without_the_word_and_comes_last(where: Path) -> None:
    document, data, reading = story(4)
    held = reading.accounts[0]
    undecided = said(document, "killed", CountValue(9, 9), document.text[:4], rule=f"{UNDECIDED}why", confidence=0.05)
    others = tuple(s for s in held.statements if s.property != "killed")
    found = said(document, "killed", CountValue(7, 7), document.text[:4])
    for version, statements, shown in (("a", (undecided,), "9 [proposed]"), ("b", (undecided, found), "7")):
        accounts = (replace(held, statements=(*others, *statements)), *reading.accounts[1:])
        with Casebook.open(where, bundled_schema()) as casebook:
            casebook.save(document, data, replace(reading, version=version, accounts=accounts), NOON)
        assert [r["killed"] for r in rows(where, "wide_incident") if r["version"] == version] == [shown]


@pytest.mark.parametrize(("property_id", "column"), [("abducted", "abducted"), ("extractor", "extractor_")])
def test_a_newly_declared_property_has_its_column_without_a_migration(
    where: Path, property_id: str, column: str
) -> None:
    document, data, reading = story(4)
    with Casebook.open(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)
    assert column not in rows(where, "wide_incident")[0]

    with Casebook.open(where, declared(property_id)) as casebook:
        first, *others = reading.accounts
        taken = said(document, property_id, CountValue(3, 3), "the attack")
        accounts = (replace(first, statements=(*first.statements, taken)), *others)
        newer = replace(reading, version="2", accounts=accounts)
        casebook.save(document, data, newer, NOON)
        assert casebook.current_reading(document.id) == newer

    assert [r[column] for r in rows(where, "wide_incident")] == [None, "3"]


def test_a_statement_of_a_property_that_is_no_more_is_still_read(where: Path) -> None:
    document, data, reading = story(4)
    first, *others = reading.accounts
    taken = said(document, "abducted", CountValue(3, 3), "the attack")
    reading = replace(reading, accounts=(replace(first, statements=(taken,)), *others))
    with Casebook.open(where, declared("abducted")) as casebook:
        casebook.save(document, data, reading, NOON)

    with Casebook.open(where, bundled_schema()) as casebook:
        assert casebook.current_reading(document.id) == reading
        assert list(casebook.verify()) == []
    assert "abducted" not in rows(where, "wide_incident")[0]
