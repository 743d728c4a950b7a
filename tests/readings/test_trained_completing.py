"""A place that the act's own sentence leaves no doubt about, where the network marked none."""

from __future__ import annotations

from ascribe.model import Document, sha256
from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.setting import Setting
from ascribe.readings.trained.completing import completed


def places(text: str, *marks: Mark) -> list[str]:
    setting = Setting(Document(sha256(text), sha256(text), "told.txt", text, "text", language="en"))
    at = text.index("bomb")
    (incident,) = completed([MarkedIncident((Mark(at, at + 4, "event"), *marks))], setting)
    return [text[m.start : m.end] for m in incident.of("place")]


def test_the_only_place_of_the_first_sentence_is_taken() -> None:
    assert places("A bomb killed nine people in Mozambique on 3 May 2022. Police in Ghent said so.") == ["Mozambique"]


def days(text: str, *marks: Mark) -> list[str]:
    setting = Setting(Document(sha256(text), sha256(text), "told.txt", text, "text", language="en"))
    at = text.index("bomb")
    (incident,) = completed([MarkedIncident((Mark(at, at + 4, "event"), *marks))], setting)
    return [text[m.start : m.end] for m in incident.of("date")]


def test_the_day_of_filing_is_not_that_of_the_act() -> None:
    text = "GHENT, Belgium, March 6, 2024 (Press) - A bomb went off in Ghent on 5 March 2024, police said."
    start = text.index("March 6")

    assert days(text, Mark(start, start + 13, "date")) == ["5 March 2024"]


def test_the_day_of_the_words_is_not_that_of_the_act() -> None:
    assert days("Police said on 5 March 2024 that a bomb had gone off in Ghent.") == []


def test_two_places_leave_a_choice_and_none_is_taken() -> None:
    assert places("A bomb killed nine people between Ghent and Namur on 3 May.") == []


def test_a_place_that_is_marked_stays_alone() -> None:
    text = "A bomb killed nine people at a market. It was in Namur, not in Ghent."
    start = text.index("Namur")

    assert places(text, Mark(start, start + 5, "place")) == ["Namur"]
