"""Each class of mistake, on a small gold."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from evaluation.gold_format import gold_document, read_document
from evaluation.mistakes import CLASSES, document_mistakes, mistakes

TEXT = (
    "In Arvika on 3 May 2010 a gunman, Olo Rask, shot two guards. "
    "In Bodo on 9 June 2011 Nils Berg bombed a mill for the North Circle. "
    "In Tornio a van was burned."
)
Json = dict[str, Any]


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def span(slot: str, words: str, value: str | None = None) -> Json:
    start, end = at(words)
    return {"start": start, "end": end, "slot": slot, "value": value}


def blank(number: int, event: str, place: str, tactic: str) -> Json:
    return {
        "id": f"i{number}",
        "status": "carried_out",
        "place": {"names": [place], "country": "SE", "level": "city"},
        "tactics": [tactic],
        "evidence": [at(event)],
        "spans": [span("event", event, tactic), span("place", place)],
    }


ARVIKA = {
    **blank(1, "shot", "Arvika", "armed_assault"),
    "date": {"start": "2010-05-03", "end": "2010-05-03"},
    "perpetrators": [{"names": ["Olo Rask", "a gunman"], "fate": None}],
    "killed": {"min": 2, "max": 2},
}
ARVIKA["spans"] = [
    *ARVIKA["spans"],
    span("date", "3 May 2010", "2010-05-03"),
    span("perp", "Olo Rask", "Olo Rask"),
    span("killed", "two guards", "2"),
]
BODO = {
    **blank(2, "bombed", "Bodo", "bombing"),
    "date": {"start": "2011-06-09", "end": "2011-06-09"},
    "perpetrators": [{"names": ["Nils Berg"], "fate": None}],
    "groups": [{"names": ["North Circle"], "stance": "asserted"}],
}
TORNIO = blank(3, "burned", "Tornio", "arson")
GOLD = gold_document({"name": "story", "incidents": [ARVIKA, BODO, TORNIO]}, TEXT)


def words(quote: str) -> Json:
    start, end = at(quote)
    return {"start": start, "end": end, "quote": quote}


def read_of(incident: Json, event: str) -> Json:
    read = copy.deepcopy(incident)
    read["place"]["name"] = read["place"].pop("names")[0]
    for slot in ("perpetrators", "groups"):
        for thing in read.get(slot, []):
            thing["name"] = thing.pop("names")[0]
    return {**read, "evidence": [words(event)], "statements": []}


@pytest.fixture
def reading() -> list[Json]:
    return [read_of(ARVIKA, "shot"), read_of(BODO, "bombed"), read_of(TORNIO, "burned")]


def kinds(incidents: list[Json]) -> list[tuple[str, str]]:
    read = read_document({"path": "story", "text": TEXT, "incidents": incidents})
    return [(m.kind, m.slot) for m in document_mistakes(GOLD, read)]


def test_a_faultless_reading_has_no_mistakes(reading):
    assert kinds(reading) == []


def test_missed_and_spurious_incidents(reading):
    strange = {**read_of(TORNIO, "a van"), "place": None, "tactics": ["hijacking"]}
    assert kinds([*reading[:2], strange]) == [("missed incident", "incident"), ("spurious incident", "incident")]


def test_two_incidents_taken_as_one(reading):
    reading[1]["evidence"].append(words("burned"))
    assert kinds(reading[:2]) == [("two incidents taken as one", "incident")]


def test_one_incident_taken_as_two(reading):
    assert kinds([*reading, copy.deepcopy(reading[2])]) == [("one incident taken as two", "incident")]


def test_a_filler_that_is_right_for_another_incident_is_attached_wrongly(reading):
    reading[1]["perpetrators"].append({"name": "Olo Rask", "fate": None})
    assert kinds(reading) == [("wrong attachment", "perpetrators")]


def test_a_code_needs_the_words_of_the_other_incident_to_be_attached_wrongly(reading):
    reading[1]["tactics"].append("arson")
    assert kinds(reading) == [("spurious filler", "tactics")]
    reading[1]["statements"] = [{"property": "tactics", "value": "arson", "evidence": [words("burned")]}]
    assert kinds(reading) == [("wrong attachment", "tactics")]


def test_the_right_words_with_another_value_are_normalised_wrongly_and_counted_once(reading):
    reading[0]["date"] = {"start": "2010-03-05", "end": "2010-03-05"}
    assert kinds(reading) == [("spurious filler", "date"), ("missed filler", "date")]
    value = {"start": "2010-03-05", "end": "2010-03-05"}
    reading[0]["statements"] = [{"property": "date", "value": value, "evidence": [words("3 May 2010")]}]
    assert kinds(reading) == [("wrong normalisation", "date")]


def test_another_stance(reading):
    reading[1]["groups"][0]["stance"] = "denied"
    assert kinds(reading) == [("wrong stance", "groups")]


def test_a_name_from_overlapping_words_has_wrong_edges(reading):
    reading[0]["perpetrators"] = [{"name": "Rask, shot", "fate": None}]
    evidence = [words("Rask, shot")]
    reading[0]["statements"] = [{"property": "perpetrators", "value": "Rask, shot", "evidence": evidence}]
    assert kinds(reading) == [("span edge", "perpetrators")]


def test_half_marks_from_other_words_are_half_right(reading):
    reading[0]["killed"] = {"min": 2, "max": None}
    assert kinds(reading) == [("half right", "killed")]


def test_every_class_is_in_the_table_and_an_unread_document_is_missed():
    found = mistakes({"story": GOLD}, {})
    assert tuple(found) == CLASSES
    assert {kind: len(rows) for kind, rows in found.items() if rows} == {"missed incident": 3}
