"""`ascribe claims` and `ascribe attribution`, from a text to the table, and a cell that a person sets."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

TEXT = (
    "A bomb exploded at the market of Mosul on 4 March 2021, killing five people.\n\n"
    "There was some initial suspicion that the Reed Front was involved in the bombing in Mosul; "
    "the national government has since pointed to the Islamic State. "
    "The Islamic State claimed responsibility for the bombing in a statement. "
    "Police doubted the statement: it gave a wrong number of dead.\n"
)


@pytest.fixture
def book(ascribe: Run, work: Path) -> Path:
    """A project with a text that the rules read, and two that they do not need."""
    (work / "dar.txt").write_text(TEXT, encoding="utf-8")
    assert ascribe("init", "book").status == 0
    added = ascribe("add", "dar.txt", "--published", "2021-06-30", "--reader", "rules", "-p", "book", "--jobs", "0")
    assert added.status == 0, added.err
    return work / "book"


def answer(ascribe: Run, *arguments: str) -> Any:
    found = ascribe(*arguments, "-p", "book", "--format", "json")
    assert found.status == 0, found.err
    return json.loads(found.out)


@pytest.fixture
def incident(ascribe: Run, book: Path) -> str:
    """The incident of the text."""
    (one,) = [i["id"] for i in answer(ascribe, "show", "incidents")]
    return str(one)


def test_the_list_has_a_line_for_every_incident_with_a_claim(ascribe: Run, incident: str) -> None:
    found = ascribe("claims", "-p", "book")

    assert found.status == 0
    assert incident[:20] in found.out
    assert "claimed, doubted" in found.out


def test_the_life_cycle_has_its_words(ascribe: Run, incident: str) -> None:
    (cycle,) = answer(ascribe, "claims", incident)
    steps = {e["step"]: e for e in cycle["events"]}

    assert (cycle["status"], cycle["doubted"]) == ("claimed", True)
    assert steps["claimed"]["evidence"][0]["quote"] == "claimed responsibility"
    assert steps["claimed"]["items"] == ["statement"]
    assert "doubted" in steps
    assert "doubted" in ascribe("claims", incident, "-p", "book").out


def test_the_tables_say_what_they_count_and_give_no_rate_of_one_case(ascribe: Run, incident: str) -> None:
    tables = answer(ascribe, "claims", "--tables")

    assert {"claimed, attributed, neither", "claimed by group", "lag between act and claim"} <= {
        t["table"] for t in tables
    }
    for table in tables:
        assert table["definition"].startswith("Denominator")
        assert table["period"]
        assert all(r["rate"] is None and r["note"] for r in table["rows"])
    assert "no rate: fewer than 10 cases" in ascribe("claims", "--tables", "-p", "book").out


def test_a_period_leaves_out_what_lies_outside(ascribe: Run, incident: str) -> None:
    def counted(*period: str) -> int:
        return int(answer(ascribe, "claims", "--tables", *period)[0]["rows"][0]["denominator"])

    assert (counted("--from", "2021"), counted("--from", "2022"), counted("--to", "2020")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("claims", "--from", "2021"), "--tables"),
        (("claims", "x", "--tables"), "leave out the incident"),
        (("claims", "--tables", "--from", "yesterday"), "2018-12-12"),
        (("claims", "--tables", "--from", "2022", "--to", "2021"), "ends before it begins"),
        (("claims", "nowhere-1"), "nowhere-1"),
        (("attribution", "nowhere-1"), "nowhere-1"),
        (("attribution", "x", "--table", "--as-of", "2021"), "--as-of"),
    ],
)
def test_a_wrong_argument_is_told_in_a_line(ascribe: Run, book: Path, arguments: tuple[str, ...], why: str) -> None:
    found = ascribe(*arguments, "-p", "book")

    assert found.status != 0
    assert why in found.err
    assert "Traceback" not in found.err


def test_the_answer_changes_with_the_day_asked_for(ascribe: Run, incident: str) -> None:
    def states(*day: str) -> dict[str, str]:
        (found,) = answer(ascribe, "attribution", incident, *day)
        return {v["actor"]: v["state"] for v in found["views"] if v["stance"] == "suspected"}

    early, late = states("--as-of", "2021-03-05"), states("--as-of", "2021-06")
    assert early["Reed Front"] == "held"
    assert early.get("Islamic State") != "held"
    assert (late["Reed Front"], late["Islamic State"]) == ("given_up", "held")
    assert "None of them is a finding of Ascribe" in ascribe("attribution", incident, "-p", "book").out


def test_a_person_sets_a_cell_and_takes_it_back(ascribe: Run, incident: str) -> None:
    def cell() -> tuple[str, str | None]:
        (found,) = answer(ascribe, "attribution", incident, "--table")
        row = next(r for r in found["rows"] if r["evidence"] == "claimed")
        named = next(c for c in row["cells"] if c["actor"] == "Reed Front")
        return named["weight"], named["weighed_by"]

    (found,) = answer(ascribe, "attribution", incident, "--table")
    row = next(r["id"] for r in found["rows"] if r["evidence"] == "claimed")
    assert cell() == ("neutral", None)

    weigh = ("judge", "weigh", incident, row, "Reed Front", "inconsistent", "--reason", "rivals", "--by", "A. Reader")
    assert ascribe(*weigh, "-p", "book").status == 0
    assert cell() == ("inconsistent", "A. Reader")
    assert "called inconsistent" in ascribe("history", "-p", "book").out
    assert "*" in ascribe("attribution", incident, "--table", "-p", "book").out

    (judged,) = answer(ascribe, "history")
    assert judged["actor"] == "Reed Front"
    withdrawn = ascribe("judge", "withdraw", judged["id"], "--reason", "not so", "--by", "A. Reader", "-p", "book")
    assert withdrawn.status == 0, withdrawn.err
    assert cell() == ("neutral", None)
    assert ascribe("verify", "-p", "book").status == 0


@pytest.mark.parametrize(
    ("row", "actor", "weight", "why"),
    [
        ("00000000", "Reed Front", "neutral", "names no row"),
        ("", "Reed Front", "neutral", "names no row"),
        ("ROW", "Nobody", "neutral", "is no actor of this table"),
        ("ROW", "Reed Front", "guilty", "is no weight"),
    ],
)
def test_a_cell_that_is_not_there_is_refused(
    ascribe: Run, incident: str, row: str, actor: str, weight: str, why: str
) -> None:
    (found,) = answer(ascribe, "attribution", incident, "--table")
    known = found["rows"][0]["id"] if row == "ROW" else row
    refused = ascribe(
        "judge", "weigh", incident, known, actor, weight, "--reason", "x", "--by", "A. Reader", "-p", "book"
    )

    assert refused.status != 0
    assert why in refused.err


@pytest.mark.parametrize(
    "arguments", [("claims",), ("claims", "--tables"), ("attribution",), ("attribution", "--table")]
)
def test_rows_can_be_had_as_csv(ascribe: Run, incident: str, arguments: tuple[str, ...]) -> None:
    of = (incident,) if arguments[0] == "attribution" else ()
    found = ascribe(*arguments, *of, "-p", "book", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))

    assert found.status == 0, found.err
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)


def test_an_empty_casebook_says_so(ascribe: Run, work: Path) -> None:
    assert ascribe("init", "empty").status == 0
    assert "no document says anything about claims" in ascribe("claims", "-p", "empty").out
    assert ascribe("claims", "-p", "empty", "--format", "json").out == "[]\n"
