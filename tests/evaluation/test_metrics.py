"""The measures: against figures worked out elsewhere, and in small cases by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from faultless import reading_of
from hypothesis import given, settings
from hypothesis import strategies as st
from spoiling import spoiled

from evaluation.annotated import compile_file
from evaluation.fillers import Bounds, Days, Group, Named, Spot, credit, fillers
from evaluation.gold_format import gold_document, read_document
from evaluation.metrics import Tally, align, score, score_document, total

FOLDER = Path(__file__).parents[2] / "evaluation" / "gold_small"
# P, R, F1 of the spoiled readings by the reference scorer of the gold format; for evidence the share and the number.
REFERENCE: dict[int, dict[str, tuple[float, ...]]] = {
    1: {
        "incident": (0.8, 0.9524, 0.8696),
        "slots": (0.6647, 0.8186, 0.7337),
        "status": (0.78, 0.9286, 0.8478),
        "date": (0.63, 0.75, 0.6848),
        "place": (0.6735, 0.8049, 0.7333),
        "tactics": (0.6909, 0.7451, 0.717),
        "weapons": (0.5932, 0.8537, 0.7),
        "target_types": (0.6061, 0.7547, 0.6723),
        "killed": (0.6719, 0.86, 0.7544),
        "wounded": (0.6897, 1.0, 0.8163),
        "perpetrators": (0.7576, 0.9259, 0.8333),
        "victims": (0.5882, 0.7692, 0.6667),
        "groups": (0.6327, 0.775, 0.6966),
        "fate": (0.5, 0.5227, 0.5111),
        "claim_status": (0.7, 0.913, 0.7925),
        "claim_by": (0.7727, 0.9444, 0.85),
        "claim_outlets": (0.7692, 1.0, 0.8696),
        "claim_date": (0.8, 1.0, 0.8889),
        "involvement": (0.4444, 0.5, 0.4706),
        "evidence": (0.9861, 432),
    },
    2: {
        "incident": (0.8857, 0.7381, 0.8052),
        "slots": (0.6883, 0.543, 0.6071),
        "status": (0.8857, 0.7381, 0.8052),
        "date": (0.7143, 0.5952, 0.6494),
        "place": (0.7206, 0.5976, 0.6533),
        "tactics": (0.7027, 0.5098, 0.5909),
        "weapons": (0.6944, 0.6098, 0.6494),
        "target_types": (0.8286, 0.5472, 0.6591),
        "killed": (0.6667, 0.48, 0.5581),
        "wounded": (0.75, 0.45, 0.5625),
        "perpetrators": (0.6667, 0.5926, 0.6275),
        "victims": (0.8, 0.6154, 0.6957),
        "groups": (0.4697, 0.3875, 0.4247),
        "fate": (0.0, 0.0, 0.0),
        "claim_status": (0.8182, 0.7826, 0.8),
        "claim_by": (0.7333, 0.6111, 0.6667),
        "claim_outlets": (0.5714, 0.4, 0.4706),
        "claim_date": (0.5, 0.4167, 0.4545),
        "involvement": (1.0, 0.75, 0.8571),
        "evidence": (0.9782, 275),
    },
    3: {
        "incident": (0.8049, 0.7857, 0.7952),
        "slots": (0.6439, 0.6096, 0.6263),
        "status": (0.7561, 0.7381, 0.747),
        "date": (0.6341, 0.619, 0.6265),
        "place": (0.625, 0.6098, 0.6173),
        "tactics": (0.5652, 0.5098, 0.5361),
        "weapons": (0.6829, 0.6829, 0.6829),
        "target_types": (0.6607, 0.6981, 0.6789),
        "killed": (0.587, 0.54, 0.5625),
        "wounded": (0.7647, 0.65, 0.7027),
        "perpetrators": (0.5172, 0.5556, 0.5357),
        "victims": (0.9, 0.6923, 0.7826),
        "groups": (0.525, 0.525, 0.525),
        "fate": (0.3636, 0.3636, 0.3636),
        "claim_status": (0.7143, 0.6522, 0.6818),
        "claim_by": (0.8462, 0.6111, 0.7097),
        "claim_outlets": (1.0, 0.5, 0.6667),
        "claim_date": (0.8889, 0.6667, 0.7619),
        "involvement": (0.75, 0.75, 0.75),
        "evidence": (0.985, 334),
    },
}


@pytest.mark.parametrize("seed", REFERENCE)
def test_spoiled_readings_get_the_figures_of_the_reference_scorer(seed: int):
    documents = [compile_file(path) for path in sorted(FOLDER.glob("*.ann.txt"))]
    gold = {d.name: gold_document(d.gold, d.text) for d in documents}
    readings = [spoiled(reading_of(d.gold, d.text), seed * 100 + i) for i, d in enumerate(documents)]
    found = total(score(gold, {r.name: r for r in map(read_document, readings)}))
    tallies = {"incident": found.incident, "slots": found.slots, **found.by_slot}
    rounded = {name: tuple(round(x, 4) for x in (t.precision, t.recall, t.f1)) for name, t in tallies.items()}
    assert found.evidence_right is not None
    assert {**rounded, "evidence": (round(found.evidence_right, 4), found.evidence)} == REFERENCE[seed]


SHIRAZ = Spot(("Shiraz",), "IR", 29.61, 52.54, "city")
FRONT = Group(("Fars Front", "FF"), "asserted", claims=True)


@pytest.mark.parametrize(
    ("slot", "read", "gold", "worth"),
    [
        ("status", "failed", "foiled", 0.5),
        ("status", "failed", "carried_out", 0.0),
        ("tactics", "bombing", "suicide_bombing", 0.5),
        ("date", Days("2020-05-01", "2020-05-31"), Days("2020-05-09", "2020-05-09"), 0.5),
        ("date", Days("2020-05-08", "2020-05-08"), Days("2020-05-09", "2020-05-09"), 0.0),
        ("killed", Bounds(5, None), Bounds(5, 5), 0.5),
        ("killed", Bounds(None, 9), Bounds(None, 5), 0.5),
        ("killed", Bounds(6, 9), Bounds(5, 5), 0.0),
        ("place", Spot(("the SHIRAZ",), "IR", None, None, None), SHIRAZ, 1.0),
        ("place", Spot(("Shiraz",), "IQ", None, None, None), SHIRAZ, 0.5),
        ("place", Spot(("Next door",), "IR", 29.65, 52.60, "city"), SHIRAZ, 1.0),
        ("place", Spot(("Isfahan",), "IR", 32.65, 51.67, "city"), SHIRAZ, 0.0),
        ("place", Spot(("Iran",), "IR", None, None, "country"), SHIRAZ, 0.5),
        ("place", Spot(("Iraq",), "IQ", None, None, "country"), SHIRAZ, 0.0),
        ("groups", Group(("FF",), "asserted"), FRONT, 1.0),
        ("groups", Group(("Fars Front fighters",), "claimed_only"), FRONT, 1.0),
        ("groups", Group(("Fars Front",), "denied"), FRONT, 0.5),
        ("groups", Group(("Fars",), "asserted"), Group(("Fars Legion",), "asserted"), 0.0),
        ("perpetrators", Named(("Vali",)), Named(("Reza Vali",)), 1.0),
        ("perpetrators", Named(("Réza Vali",)), Named(("reza vali",)), 1.0),
        ("perpetrators", Named(("Reza Karimi",)), Named(("Reza Vali",)), 0.0),
        ("fate", Named(("Vali",), "charged"), Named(("Reza Vali",), "convicted"), 0.5),
        ("claim_by", Named(("Fars Front fighters",)), Named(("Fars Front",)), 1.0),
    ],
)
def test_a_filler_is_worth_a_half_when_coarser_finer_or_next_door(slot: str, read: Any, gold: Any, worth: float):
    assert credit(slot, read, gold) == worth


def incident(number: int, **slots: Any) -> dict[str, Any]:
    return {"id": f"i{number}", "evidence": [[number * 10, number * 10 + 5]], "status": "carried_out", **slots}


def read(number: int, **slots: Any) -> dict[str, Any]:
    start = number * 10
    return {"status": "carried_out", "evidence": [{"start": start, "end": start + 5, "quote": "aaaaa"}], **slots}


def documents(gold: list[dict[str, Any]], reading: list[dict[str, Any]]) -> tuple[Any, Any]:
    text = "a" * 100
    return (
        gold_document({"name": "d", "incidents": gold}, text),
        read_document({"path": "d.txt", "text": text, "incidents": reading}),
    )


def test_incidents_are_aligned_so_that_the_sum_of_likeness_is_greatest():
    one, two = {"tactics": ["bombing"]}, {"tactics": ["arson"]}
    gold, reading = documents([incident(0, **one), incident(1, **two)], [read(1, **two), read(0, **one)])
    assert [(p.read, p.gold, p.similarity) for p in align(reading, gold)] == [(0, 1, 1.0), (1, 0, 1.0)]


def test_overlapping_evidence_alone_makes_no_pair():
    gold, reading = documents([incident(0, tactics=["bombing"])], [read(0, tactics=["arson"])])
    assert align(reading, gold) == []
    assert score_document(gold, reading).incident == Tally(0, 1, 1)


def test_a_pair_that_is_too_unlike_counts_its_slots_but_is_not_found():
    shared = {"tactics": ["bombing"], "date": {"start": "2001-01-01", "end": "2001-01-01"}}
    other = {"tactics": ["bombing", "arson", "sabotage", "threat"], "date": {"start": "2002-02-02"}}
    gold, reading = documents([incident(0, **shared)], [read(1, **other)])
    assert align(reading, gold) == []
    gold, reading = documents([incident(0, **shared)], [read(0, **other)])
    assert align(reading, gold)[0].similarity == pytest.approx(0.8 * 2 / 7 + 0.2)
    assert score_document(gold, reading).incident == Tally(1, 1, 1)
    other["tactics"] = [*other["tactics"], "hijacking", "other", "stabbing"]
    gold, reading = documents([incident(0, **shared)], [read(0, **other)])
    found = score_document(gold, reading)
    assert 0.25 <= align(reading, gold)[0].similarity < 0.4
    assert found.incident == Tally(0, 1, 1)
    assert found.slots["tactics"] == Tally(1, 7, 1)
    assert [f.slot for f in found.findings if f.kind == "weak"] == ["incident"]


def test_an_incident_that_is_not_required_neither_rewards_nor_punishes():
    gold, reading = documents([incident(0, required=False, tactics=["bombing"])], [read(0, tactics=["bombing"])])
    assert score_document(gold, reading).incident == Tally()
    gold, reading = documents([incident(0, required=False)], [read(0, tactics=["arson"])])
    assert score_document(gold, reading).incident == Tally()
    gold, reading = documents([incident(0, required=False)], [read(5, tactics=["arson"])])
    assert score_document(gold, reading).incident == Tally(0, 1, 0)
    gold, reading = documents([incident(0, required=False, tactics=["bombing"])], [])
    assert score_document(gold, reading).incident == Tally()


def test_an_unscored_slot_counts_neither_way_and_claim_stands_for_all_its_parts():
    claim = {"status": "claimed", "by": [["Fars Front"]], "outlets": [], "date": None}
    gold, reading = documents(
        [incident(0, tactics=["bombing"], weapons=["firearm"], claim=claim, unscored=["weapons", "claim"])],
        [read(0, tactics=["bombing"], weapons=["blade"])],
    )
    found = score_document(gold, reading)
    assert found.slots["weapons"] == found.slots["claim_by"] == found.slots["claim_status"] == Tally()
    assert found.findings == ()


def test_a_document_without_a_reading_is_missed_as_a_whole():
    gold, _ = documents([incident(0, tactics=["bombing"]), incident(1)], [])
    found = score_document(gold, None)
    assert found.incident == Tally(0, 0, 2)
    assert found.slots["status"] == Tally(0, 0, 2)
    assert [f.kind for f in found.findings] == ["missed", "missed"]


def test_findings_carry_the_words_of_the_missed_and_of_the_spurious():
    marked = [{"start": 7, "end": 9, "slot": "weapon", "value": "firearm"}]
    statement = {"property": "weapons", "value": "blade", "evidence": [{"start": 3, "end": 4, "quote": "a"}]}
    gold, reading = documents(
        [incident(0, tactics=["bombing"], weapons=["firearm"], spans=marked)],
        [read(0, tactics=["bombing"], weapons=["blade"], statements=[statement])],
    )
    found = {f.kind: f for f in score_document(gold, reading).findings}
    assert (found["missed"].gold, found["missed"].spans) == ("firearm", ((7, 9),))
    assert (found["spurious"].read, found["spurious"].spans) == ("blade", ((3, 4),))


def test_a_count_without_bounds_and_a_date_without_start_are_no_fillers():
    found = fillers({"killed": {"min": None, "max": None}, "date": {"start": None, "end": "2001-01-01"}})
    assert found["killed"] == found["date"] == ()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 9))
def test_no_slot_gets_more_credit_than_there_is_on_either_side(seed: int, which: int):
    document = compile_file(sorted(FOLDER.glob("*.ann.txt"))[which])
    gold = gold_document(document.gold, document.text)
    found = score_document(gold, read_document(spoiled(reading_of(document.gold, document.text), seed)))
    for tally in (found.incident, *found.slots.values()):
        assert 0 <= tally.credit <= min(tally.read, tally.gold)
    perfect = found.incident.credit == found.incident.gold == found.incident.read
    assert perfect or any(f.slot == "incident" for f in found.findings)
