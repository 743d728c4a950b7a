"""The gold of constructed documents that lies in the repository, and what the measures make of it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faultless import reading_of

from evaluation.annotated import Annotated, compile_file
from evaluation.fillers import SLOTS
from evaluation.gold_format import gold_document, read_document
from evaluation.metrics import DocumentScore, Figures, score, total

FOLDER = Path(__file__).parents[2] / "evaluation" / "gold_small"
Reading = dict[str, Any]


@pytest.fixture(scope="module")
def documents() -> list[Annotated]:
    return [compile_file(path) for path in sorted(FOLDER.glob("*.ann.txt"))]


@pytest.fixture
def readings(documents: list[Annotated]) -> list[Reading]:
    return copy.deepcopy([reading_of(d.gold, d.text) for d in documents])


def scores(documents: list[Annotated], readings: list[Reading]) -> list[DocumentScore]:
    gold = {d.name: gold_document(d.gold, d.text) for d in documents}
    read = {r.name: r for r in map(read_document, readings)}
    return score(gold, read)


def figures(documents: list[Annotated], readings: list[Reading]) -> Figures:
    return total(scores(documents, readings))


def test_there_are_ten_invented_documents_of_many_styles_and_one_tells_of_no_incident(documents):
    assert len(documents) == 10
    assert all(d.gold["invented"] is True for d in documents)
    assert len({d.gold["style"] for d in documents}) >= 7
    assert any(not d.gold["incidents"] for d in documents)


def test_every_evidence_span_and_mark_lies_on_whole_words_of_its_text(documents):
    for document in documents:
        for incident in document.gold["incidents"]:
            spans = [*incident["evidence"], *([s["start"], s["end"]] for s in incident["spans"])]
            assert incident["evidence"]
            for start, end in spans:
                quote = document.text[start:end]
                assert quote
                assert quote == quote.strip()
                assert not set(quote) & set("⟦⟧|")
                assert not document.text[max(0, start - 1) : start].isalnum()
                assert not document.text[end : end + 1].isalnum()


def test_the_gold_as_its_own_reading_scores_one_in_every_slot_that_it_fills(documents, readings):
    found = figures(documents, readings)
    assert found.incident.f1 == found.slots.f1 == found.evidence_right == 1.0
    assert found.incident.gold >= 40
    assert {slot: tally.f1 for slot, tally in found.by_slot.items()} == dict.fromkeys(SLOTS, 1.0)
    assert all(not s.findings for s in scores(documents, readings))


def test_a_reading_that_finds_nothing_scores_nought(documents, readings):
    empty = [{**r, "incidents": []} for r in readings]
    found = figures(documents, empty)
    assert (found.incident.f1, found.slots.f1, found.evidence_right) == (0.0, 0.0, None)
    assert figures(documents, []).incident.gold == found.incident.gold == figures(documents, readings).incident.gold


def no_date(incident: Reading) -> None:
    incident["date"] = None


def no_weapons(incident: Reading) -> None:
    incident["weapons"] = []


def wrong_toll(incident: Reading) -> None:
    if incident["killed"]:
        incident["killed"] = {"min": 9001, "max": 9002}


def other_stance(incident: Reading) -> None:
    for group in incident["groups"]:
        group["stance"] = "denied" if group["stance"] != "denied" else "asserted"


def no_fates(incident: Reading) -> None:
    for person in incident["perpetrators"]:
        person["fate"] = None


def no_claim(incident: Reading) -> None:
    incident["claim"] = {"status": None, "by": [], "outlets": [], "date": None}


def invented_victim(incident: Reading) -> None:
    incident["victims"].append({"name": "Nemo Nullus"})


@pytest.mark.parametrize(
    ("spoil", "slots"),
    [
        (no_date, {"date"}),
        (no_weapons, {"weapons"}),
        (wrong_toll, {"killed"}),
        (other_stance, {"groups"}),
        (no_fates, {"fate"}),
        (no_claim, {"claim_status", "claim_by", "claim_outlets", "claim_date"}),
        (invented_victim, {"victims"}),
    ],
)
def test_a_spoiled_slot_lowers_exactly_its_own_figures(
    documents: list[Annotated], readings: list[Reading], spoil: Callable[[Reading], None], slots: set[str]
):
    for reading in readings:
        for incident in reading["incidents"]:
            spoil(incident)
    found = figures(documents, readings)
    assert {slot for slot, tally in found.by_slot.items() if tally.f1 < 1} == slots
    assert found.slots.f1 < 1


def test_a_quote_that_is_not_the_text_lowers_the_evidence_share_and_nothing_else(documents, readings):
    evidence = next(r["incidents"][0]["evidence"][0] for r in readings if r["incidents"])
    evidence["quote"] += "!"
    found = figures(documents, readings)
    assert found.slots.f1 == 1.0
    assert found.evidence_right == pytest.approx(1 - 1 / found.evidence)


def test_a_dropped_incident_costs_recall_and_a_doubled_one_precision(documents, readings):
    several = next(r for r in readings if len(r["incidents"]) > 1)
    dropped = several["incidents"].pop()
    without = figures(documents, readings)
    assert without.incident.precision == 1.0 > without.incident.recall
    several["incidents"] += [dropped, copy.deepcopy(dropped)]
    doubled = figures(documents, readings)
    assert doubled.incident.recall == 1.0 > doubled.incident.precision
