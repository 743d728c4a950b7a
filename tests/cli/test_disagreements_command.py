"""`ascribe disagreements`, and the least confidence in read, show and export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from telling import PlainReader

from ascribe import readings

FIRST = "On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it. Jonas Vell was arrested."
SECOND = (
    "The bomb of 2021-03-04 in Port Amsel killed 8 people, killing Mina Tarn among them. police suspect the Reed Front."
)
THIRD = "Port Amsel, where a bomb on 2021-03-04 killed 4, is in mourning."


class UnsureReader(PlainReader):
    """Sure of nothing but the town."""

    def _paragraph(self, document, paragraph):  # type: ignore[no-untyped-def]
        from dataclasses import replace  # noqa: PLC0415

        for account in super()._paragraph(document, paragraph):
            stated = [replace(s, confidence=0.9 if s.property == "place" else 0.3) for s in account.statements]
            yield replace(account, statements=tuple(stated))


@pytest.fixture
def book(ascribe, work: Path, empty_project: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(readings.EXTRACTORS, "unsure", f"{__name__}:UnsureReader")
    for name, text, day in (("a", FIRST, "2021-03-05"), ("b", SECOND, "2021-03-07"), ("c", THIRD, "2021-03-07")):
        (work / f"{name}.txt").write_text(text, encoding="utf-8")
        added = ascribe(
            "add",
            f"{name}.txt",
            "--published",
            day,
            "--reader",
            "plain",
            "--jobs",
            "0",
            "--project",
            str(empty_project),
        )
        assert added.status == 0, added.err
    return str(empty_project)


def the_incident(ascribe, book: str) -> str:
    return json.loads(ascribe("show", "incidents", "--format", "json", "--project", book).out)[0]["id"]


def test_the_worst_disagreement_comes_first_with_its_sources(ascribe, book: str) -> None:
    told = json.loads(ascribe("disagreements", "--format", "json", "--project", book).out)
    first = told["disagreements"][0]
    assert (first["property"], first["nature"], first["weaker_side"], first["spread"]) == (
        "incident.killed",
        "contradictory",
        1,
        0.5,
    )
    assert {p["shown"]: p["sources"] for p in first["positions"]} == {"5": 1, "8": 1, "4": 1}
    assert told["counts"]["contradictory"] == 1


def test_one_incident_tells_who_says_what_as_of_when_with_the_quote(ascribe, book: str) -> None:
    incident = the_incident(ascribe, book)
    told = json.loads(ascribe("disagreements", incident, "--format", "json", "--project", book).out)
    (killed,) = [p for p in told["properties"] if p["property"] == "incident.killed"]
    said = {p["shown"]: p["said"][0] for p in killed["positions"]}
    assert said["8"]["as_of"] == ["2021-03-07", "2021-03-07"]
    assert said["8"]["quotes"][0]["quote"] == "8"
    assert said["8"]["name"].endswith("b.txt")
    (toll,) = told["tolls"]
    assert (toll["low"], toll["high"], toll["per_claimant"]) == (4, 8, None)
    assert toll["latest"]["clause"] == "8 people"
    table = ascribe("disagreements", incident, "--project", book).out
    assert "Killed: 4 to 8" in table
    assert "cannot all be true" in table
    assert "as of 2021-03-07" in table


def test_victims_are_withheld_and_counted(ascribe, book: str) -> None:
    incident = the_incident(ascribe, book)
    found = ascribe("disagreements", incident, "--format", "json", "--project", book).out
    assert "Mina Tarn" not in found
    (victims,) = [p for p in json.loads(found)["properties"] if p["property"] == "incident.victims"]
    assert (victims["positions"], victims["withheld"]) == ([], 1)
    table = ascribe("disagreements", incident, "--project", book).out
    assert "Mina Tarn" not in table
    assert "1 withheld" in table


def test_one_property_can_be_asked_for_and_a_wrong_one_is_told(ascribe, book: str) -> None:
    listed = ascribe("disagreements", "--property", "incident.killed", "--project", book)
    assert "incident.killed" in listed.out
    assert "attribution" not in listed.out
    wrong = ascribe("disagreements", "--property", "incident.killd", "--project", book)
    assert (wrong.status, wrong.out) == (120, "")
    assert "there is no property 'incident.killd'" in wrong.err


def test_nothing_to_list_is_said(ascribe, empty_project: Path) -> None:
    assert "the sources do not disagree" in ascribe("disagreements", "--project", str(empty_project)).out


def test_settings_pick_another_value_and_refuse_wrong_ones(ascribe, book: str) -> None:
    settings = Path(book, "ascribe.toml")
    for rule, expected in (("lowest", 4), ("first", 5), ("latest", None)):
        settings.write_text(f'[picks]\n"incident.killed" = "{rule}"\n', encoding="utf-8")
        (shown,) = json.loads(ascribe("show", "incidents", "--format", "json", "--project", book).out)
        assert expected in (None, shown["values"]["killed"]["value"]["min"])
    for text, words in (
        ('[picks]\n"incident.killed" = "loudest"\n', "is one of first, latest"),
        ('[picks]\n"incident.killed" = 3\n', "must be words in quotation marks"),
        ("picks = 3\n", "picks must be a table"),
        ('[reliability]\n"Post" = 2\n', "must be a number from 0 to 1"),
        ("reliability = 1\n", "reliability must be a table"),
        ("min_confidence = 7\n", "must be a number from 0 to 1"),
    ):
        settings.write_text(text, encoding="utf-8")
        result = ascribe("show", "--project", book)
        assert result.status == 121, text
        assert words in result.err
        assert result.err.count("\n") == 1


def test_read_prints_only_what_is_found_and_marks_what_is_proposed(ascribe, book: str) -> None:
    line = ("--reader", "unsure", "--jobs", "0", "--min-confidence", "0.5")
    (document,) = json.loads(ascribe("read", "a.txt", *line, "--format", "json").out)["documents"]
    (incident,) = document["incidents"]
    assert incident["killed"] is None
    assert incident["place"]["name"] == "Port Amsel"
    table = ascribe("read", "a.txt", *line, "--format", "table").out
    assert "5 (proposed)" in table
    assert "Port Amsel, FR (" not in table


def test_show_and_export_keep_the_proposed_apart(ascribe, book: str, work: Path) -> None:
    (work / "d.txt").write_text("On 2020-01-02 a knife was used in Dar Qasim and killed 2.", encoding="utf-8")
    assert ascribe("add", "d.txt", "--reader", "unsure", "--jobs", "0", "--project", book).status == 0
    line = ("--min-confidence", "0.5", "--project", book)
    shown = {i["id"]: i for i in json.loads(ascribe("show", "incidents", "--format", "json", *line).out)}
    unsure = next(i for i in shown.values() if i["values"]["place"]["value"]["name"] == "Dar Qasim")
    assert unsure["values"]["killed"]["said"] == "proposed"
    rows = [json.loads(r) for r in ascribe("export", "jsonl", *line).out.splitlines()]
    exported = next(r for r in rows if r["id"] == unsure["id"])
    assert "killed" not in exported["values"]
    rows = [json.loads(r) for r in ascribe("export", "jsonl", "--include-proposed", *line).out.splitlines()]
    assert next(r for r in rows if r["id"] == unsure["id"])["values"]["killed"]["said"] == "proposed"
    Path(book, "ascribe.toml").write_text("min_confidence = 0.95\n", encoding="utf-8")
    listed = ascribe("show", "incidents", "--project", book).out
    assert "proposed" in listed
    assert len(ascribe("export", "jsonl", "--project", book).out.splitlines()) == len(shown) - 1
