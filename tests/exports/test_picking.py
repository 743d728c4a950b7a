"""The rules that pick the value shown, and what is only proposed or unsupported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from telling import CLAIMANT, a_document, about, an_incident, said, told

from ascribe.exports import Options, exporter
from ascribe.exports.reading import reading_json
from ascribe.exports.summary import PropertySummary, Showing, summarise, with_proposed
from ascribe.model import ActorValue, CodeValue, CountValue, Incident, PersonValue, Reading, Told
from ascribe.schema import bundled_schema

Report = list[Told]


def killed(publisher: str, day: str, low: int, high: int | None = -1, **more: Any) -> Report:
    document = replace(a_document(f"{publisher}, {day}: a bomb killed {low}.", publisher, day), publisher=publisher)
    count = CountValue(low, low if high == -1 else high, "exact" if high == -1 else "at_least")
    return told(document, an_incident(document, said(document, "killed", count, str(low), **more)))


def shown(rule: str, *reports: Report, reliability: dict[str, float] | None = None) -> int | None:
    schema = bundled_schema().with_picks({"incident.killed": rule})
    incident = Incident("x", tuple(t for r in reports for t in r))
    (value,) = summarise(incident, schema, Showing(0.0, reliability or {})).thing["killed"].shown
    assert isinstance(value.value, CountValue)
    return value.value.minimum


REPORTS = (
    killed("Post", "2021-03-05", 7),
    killed("Herald", "2021-03-06", 4),
    killed("Herald", "2021-03-07", 4),
    killed("Globe", "2021-03-08", 9),
    killed("Star", "2021-03-08", 6, None),
    killed("Sun", "2021-03-07", 7),
)


@pytest.mark.parametrize(
    ("rule", "expected"), [("first", 7), ("latest", 9), ("lowest", 4), ("majority", 7), ("most_reliable", 9)]
)
def test_each_rule_picks_its_own_value_whatever_the_order(rule: str, expected: int) -> None:
    # "At least 6" speaks for 7 and 9; two reports of the Herald are one source. The last is a tie of equal sources.
    latest = [r for r in REPORTS if r[0].document.name != "Star"] if rule in ("latest", "most_reliable") else REPORTS
    assert shown(rule, *latest) == expected
    assert shown(rule, *reversed(latest)) == expected


def test_the_most_reliable_is_asserted_by_whom_the_project_trusts() -> None:
    trusted = {"Post": 0.9, "Globe": 0.2}
    assert shown("most_reliable", *REPORTS, reliability=trusted) == 7
    doubted = killed("Post", "2021-03-05", 7, stance="suspected")
    assert shown("most_reliable", doubted, killed("Globe", "2021-03-08", 9), reliability=trusted) == 9
    guessed = killed("Post", "2021-03-05", 7, origin="inferred")
    assert shown("most_reliable", guessed, killed("Sun", "2021-03-04", 8)) == 8
    assert shown("most_reliable", killed("Post", "2021-03-05", 7), killed("Sun", "2021-03-09", 30, voice=CLAIMANT)) == 7


def test_a_reprint_never_makes_an_old_figure_the_latest() -> None:
    first, second = killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-06", 5)
    copy = killed("Globe", "2021-03-09", 3)
    copy = [replace(t, document=replace(t.document, near_copy_of=first[0].document.id)) for t in copy]
    assert shown("latest", first, second, copy) == 5


TEXT = (
    "A bomb killed 5 people in the square. Perhaps 30 were hurt. Ivo Karst did it, Jonas Vell too. Nobody claimed it."
)


def a_reading() -> tuple[Reading, list[Told]]:
    document = a_document(TEXT, "a.txt", "2021-03-05")
    incident = an_incident(
        document,
        said(document, "status", CodeValue("carried_out"), "bomb", confidence=0.9),
        said(document, "killed", CountValue(5, 5), "5", confidence=0.9),
        said(document, "wounded", CountValue(30, 30), "30", confidence=0.3),
        said(document, "perpetrators", PersonValue("Ivo Karst"), "Ivo Karst", confidence=0.8),
        said(document, "perpetrators", PersonValue("Jonas Vell"), "Jonas Vell", confidence=0.2),
        said(document, "tactics", CodeValue("arson"), "bomb", origin="unsupported"),
    )
    view = about(
        document, "attribution", said(document, "actor", ActorValue("Nobody"), "Nobody", confidence=0.1), key="a"
    )
    reading = Reading(document.id, "plain", "1", (incident, view))
    return reading, [Told(document, reading, incident)]


def summary(least: float) -> dict[str, PropertySummary]:
    _, told_ = a_reading()
    made = summarise(Incident("x", tuple(told_)), bundled_schema(), Showing(least))
    return {p.property.path: p for t in made.things() for p in t.properties}


def words(found: PropertySummary) -> tuple[list[str], list[str], list[str]]:
    show = found.property.type.show
    return (
        [show(s.value) for s in found.shown],
        [show(s.value) for s in found.proposed],
        [show(c.statement.value) for c in found.unsupported],
    )


def test_what_lies_below_the_line_is_proposed_and_not_found() -> None:
    found = summary(0.5)
    assert words(found["incident.killed"]) == (["5"], [], [])
    assert words(found["incident.wounded"]) == ([], ["30"], [])
    assert words(found["incident.perpetrators"]) == (["Ivo Karst"], ["Jonas Vell"], [])
    assert words(found["attribution.actor"]) == ([], ["Nobody"], [])
    assert [s.reservation() for s in found["incident.wounded"].proposed] == ["proposed"]
    assert words(summary(0.0)["incident.wounded"]) == (["30"], [], [])


def test_what_its_words_do_not_carry_is_never_found() -> None:
    assert words(summary(0.0)["incident.tactics"]) == ([], [], ["arson"])
    assert words(summary(1.0)["incident.tactics"]) == ([], [], ["arson"])


def test_an_incident_none_of_whose_statements_reaches_the_line_is_proposed() -> None:
    _, told_ = a_reading()
    incident = Incident("x", tuple(told_))
    assert not summarise(incident, bundled_schema(), Showing(0.9)).proposed
    assert summarise(incident, bundled_schema(), Showing(0.95)).proposed
    assert not summarise(incident, bundled_schema(), Showing()).proposed


def exported(format: str, options: Options) -> str:
    _, told_ = a_reading()
    out = io.StringIO()
    exporter(format).write([Incident("x", tuple(told_))], out, bundled_schema(), options)
    return out.getvalue()


def test_exports_leave_out_what_is_proposed_unless_it_is_asked_for() -> None:
    line = Showing(0.5)
    (row,) = csv.DictReader(io.StringIO(exported("csv", Options(showing=line))))
    assert (row["killed_low"], row["wounded_low"], row["perpetrators"]) == ("5", "", "Ivo Karst")
    (row,) = csv.DictReader(io.StringIO(exported("csv", Options(showing=line, include_proposed=True))))
    assert (row["wounded_low"], row["wounded_said"], row["perpetrators_said"]) == (
        "30",
        "proposed",
        "asserted; proposed",
    )
    assert exported("jsonl", Options(showing=Showing(0.95))) == ""
    told_ = json.loads(exported("jsonl", Options(showing=Showing(0.95), include_proposed=True)))
    assert told_["proposed"] is True
    assert told_["values"]["killed"]["said"] == "proposed"


def test_no_export_gives_an_unsupported_value_as_found() -> None:
    for options in (Options(), Options(include_proposed=True)):
        (row,) = csv.DictReader(io.StringIO(exported("csv", options)))
        assert row["tactics"] == ""
        assert "arson" not in json.dumps({**json.loads(exported("jsonl", options)), "unsupported": None})
    assert "arson" not in exported("jsonl", Options())


def test_the_exchange_format_holds_only_what_is_found() -> None:
    reading, told_ = a_reading()
    (incident,) = reading_json(told_[0].document, reading, bundled_schema(), Showing(0.5))["incidents"]
    assert (incident["killed"], incident["wounded"], incident["groups"]) == ({"min": 5, "max": 5}, None, [])
    assert {s["property"] for s in incident["statements"]} == {"status", "killed", "perpetrators"}
    assert [p["name"] for p in incident["perpetrators"]] == ["Ivo Karst"]
    assert reading_json(told_[0].document, reading, bundled_schema(), Showing(0.95))["incidents"] == []


def test_with_proposed_loses_no_statement() -> None:
    _, told_ = a_reading()
    before = summarise(Incident("x", tuple(told_)), bundled_schema(), Showing(0.5))
    after = with_proposed(before)
    expected = [s for a in told_[0].reading.accounts for s in a.statements if s.origin != "unsupported"]
    assert sorted(str(c.statement) for t in after.things() for c in t.cited()) == sorted(map(str, expected))
