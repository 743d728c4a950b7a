"""How two readings of one document stand to each other, and what that does to confidence."""

from __future__ import annotations

from pathlib import Path

from telling import TOWNS, a_document, about, an_incident, said

from ascribe.model import CodeValue, CountValue, Document, PlaceValue, Reading
from ascribe.readings.agreement import STANDINGS, compare_readings, figures, weighed
from ascribe.schema import bundled_schema

SCHEMA = bundled_schema()
STORY = a_document(
    "A bomb killed 5 people in Port Amsel, or 6. Police spoke of at least 4. Later a knife was used in Dar Qasim, "
    "where 2 died. The Ash Front claimed it."
)


def count(words: str, low: int, high: int | None, document: Document = STORY, **more: object) -> object:
    return said(document, "killed", CountValue(low, high, "exact" if low == high else "at_least"), words, **more)


def bombing(*more: object, key: str = "i1", place: PlaceValue | None = None) -> object:
    town = said(STORY, "place", place or TOWNS["Port Amsel"], "Port Amsel")
    return an_incident(STORY, said(STORY, "tactics", CodeValue("bombing"), "bomb"), town, *more, key=key)  # type: ignore[arg-type]


def stabbing(key: str = "i9") -> object:
    town = said(STORY, "place", TOWNS["Dar Qasim"], "Dar Qasim")
    return an_incident(
        STORY, said(STORY, "tactics", CodeValue("stabbing"), "knife"), town, count("2 died", 2, 2), key=key
    )  # type: ignore[arg-type]


def reading(*accounts: object, by: str = "left") -> Reading:
    return Reading(STORY.id, by, "1", accounts)  # type: ignore[arg-type]


def standing(left: object, right: object, path: str = "incident.killed") -> list[str]:
    pairs = compare_readings(reading(left), reading(right), SCHEMA)
    assert len(pairs) == 1
    return [v.standing for v in pairs[0].values if v.prop.path == path]


def test_the_same_the_near_and_the_different() -> None:
    five = bombing(count("5", 5, 5))
    assert standing(five, bombing(count("5", 5, 5))) == ["agree"]
    assert standing(five, bombing(count("at least 4", 4, None))) == ["close"]
    assert standing(five, bombing(count("6", 6, 6))) == ["differ"]
    assert standing(five, bombing()) == ["alone"]


def test_a_denial_is_no_agreement() -> None:
    assert standing(bombing(count("5", 5, 5)), bombing(count("5", 5, 5, stance="denied"))) == ["differ"]


def test_of_a_property_with_many_values_none_excludes_another() -> None:
    one = an_incident(STORY, said(STORY, "tactics", CodeValue("bombing"), "bomb"))
    other = an_incident(STORY, said(STORY, "tactics", CodeValue("armed_assault"), "bomb"))
    assert sorted(standing(one, other, "incident.tactics")) == ["alone", "alone"]


def test_incidents_are_paired_by_what_is_said_of_them_and_not_by_their_order() -> None:
    left = reading(bombing(), stabbing())
    right = reading(stabbing("x1"), bombing(key="x2"))
    pairs = compare_readings(left, right, SCHEMA)
    assert [(p.left.key, p.right.key) for p in pairs if p.left and p.right] == [("i1", "x2"), ("i9", "x1")]


def test_an_incident_that_only_one_reader_has_stands_alone() -> None:
    pairs = compare_readings(reading(bombing(), stabbing()), reading(bombing()), SCHEMA)
    assert [(p.right is None, p.standing) for p in pairs] == [(False, "agree"), (True, "alone")]


def test_what_is_unsupported_is_compared_with_nothing() -> None:
    unsupported = count("6", 6, 6, origin="unsupported")
    assert standing(bombing(count("5", 5, 5), unsupported), bombing(count("5", 5, 5))) == ["agree"]


def test_agreement_raises_confidence_and_difference_lowers_it() -> None:
    claim = about(STORY, "claim", said(STORY, "status", CodeValue("claimed"), "claimed it"), key="c1")
    left = reading(bombing(count("5", 5, 5, confidence=0.9)), claim)
    fills = frozenset({"incident.killed", "incident.tactics", "claim.status"})

    def confidence(other: object, prop: str = "killed") -> float:
        found = weighed(left, reading(other, by="right"), fills, SCHEMA)
        return next(s.confidence for a in found.accounts for s in a.statements if s.property == prop)

    same, different, silent = bombing(count("5", 5, 5)), bombing(count("6", 6, 6)), bombing()
    assert confidence(same) > confidence(silent) > confidence(different)
    assert confidence(same, "status") == figures()["alone"]
    assert confidence(same, "place") == 1.0  # not among what the other one fills


def test_the_figures_are_in_the_order_of_what_they_stand_for() -> None:
    worth = [figures()[standing] for standing in STANDINGS]
    assert worth == sorted(worth)
    assert all(0 < w < 1 for w in worth)


def test_the_page_gives_the_figures_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "llm.md").read_text("utf-8")
    rows = {"agree": "says the same", "close": "says something close", "alone": "does not give it"}
    rows["differ"] = "says something that excludes it"
    for standing, words in rows.items():
        assert f"| {words} | {figures()[standing]:.3f} |" in page  # type: ignore[index]
