"""Marks that cannot all hold: one total with the parts that fit into it, one date."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("tokenizers")

from ascribe.readings.trained.grouping import Member
from ascribe.readings.trained.layout import SLOTS
from ascribe.readings.trained.settling import settled
from ascribe.readings.trained.spans import Span

TEXT = (
    "Nine people died, four of them children; the council first spoke of thirty dead. Nine coffins on 3 May or 4 May."
)


def member(words: str, slot: str, confidence: float = 0.9, part: float = 0.0, last: bool = False) -> Member:
    start = TEXT.rindex(words) if last else TEXT.index(words)
    codes = ("part",) if part > 0.5 else ()
    return Member(Span(SLOTS.index(slot), 0, 1, start, start + len(words), confidence, codes, part), 1.0)


def told(members: list[Member]) -> list[tuple[str, tuple[str, ...]]]:
    return [(TEXT[m.span.start : m.span.end], m.span.codes) for m in settled(TEXT, members)]


def test_the_likeliest_number_is_the_total_and_smaller_ones_are_parts_of_it() -> None:
    found = told([member("Nine people", "killed"), member("four of them", "killed", 0.6)])

    assert found == [("Nine people", ()), ("four of them", ("part",))]


def test_a_number_that_does_not_fit_into_the_total_goes_and_one_that_repeats_it_stays() -> None:
    marks = [member("Nine people", "killed"), member("thirty dead", "killed", 0.5)]
    marks.append(member("Nine", "killed", 0.7, 0.6, last=True))

    assert told(marks) == [("Nine people", ()), ("Nine", ())]


def test_a_lone_part_is_taken_for_the_total() -> None:
    assert told([member("four of them", "killed", 0.9, 0.8)]) == [("four of them", ())]


def test_killed_and_wounded_are_settled_apart() -> None:
    assert len(told([member("four of them", "killed"), member("thirty dead", "wounded")])) == 2


def test_a_date_far_less_likely_than_another_goes() -> None:
    assert told([member("3 May", "date", 0.9), member("4 May", "date", 0.3)]) == [("3 May", ())]
    assert len(told([member("3 May", "date", 0.9), member("4 May", "date", 0.7)])) == 2


def test_whoever_is_named_as_a_perpetrator_is_no_victim_of_the_same_act() -> None:
    text = "Ana Costa shot Rui Alves. Costa fled; the wife of Alves wept. She is well."

    def person(words: str, slot: str, confidence: float) -> Member:
        start = text.index(words)
        return Member(Span(SLOTS.index(slot), 0, 1, start, start + len(words), confidence), 1.0)

    kept = settled(
        text,
        [
            person("Ana Costa", "perp", 0.9),
            person("Costa fled", "victim", 0.2),
            person("Ana Costa", "victim", 0.3),
            person("Rui Alves", "victim", 0.8),
            person("She", "victim", 0.9),
        ],
    )

    named = [(m.span.name, text[m.span.start : m.span.end]) for m in kept]
    assert named == [("perp", "Ana Costa"), ("victim", "Costa fled"), ("victim", "Rui Alves")]


def test_pronouns_and_days_are_nobody() -> None:
    text = "He'd fled on Monday, they said; Rask stayed."
    at = {w: text.index(w) for w in ("He'd", "Monday", "they", "Rask")}
    marks = [
        Member(Span(SLOTS.index("perp"), k, k + 1, start, start + len(w), 0.9), 1.0)
        for k, (w, start) in enumerate(at.items())
    ]
    assert [text[m.span.start : m.span.end] for m in settled(text, marks)] == ["Rask"]


def test_a_relative_who_is_only_named_is_no_perpetrator() -> None:
    text = "Rask fired. His mother, Ada Rask, wept. His brother, Bo Rask, fired too."
    told = [("perp", "Rask"), ("event", "fired"), ("perp", "Ada Rask"), ("perp", "Bo Rask"), ("event", "fired too")]
    marks = [
        Member(Span(SLOTS.index(slot), k, k + 1, text.index(w), text.index(w) + len(w), 0.9), 1.0)
        for k, (slot, w) in enumerate(told)
    ]
    kept = [text[m.span.start : m.span.end] for m in settled(text, marks) if m.span.name == "perp"]
    assert kept == ["Rask", "Bo Rask"]


def test_a_title_cut_off_from_its_name_is_nobody_and_a_title_by_itself_is_somebody() -> None:
    text = "Dr Rui Alves died. The bomb killed a captain in the street."

    def victim(words: str) -> Member:
        start = text.index(words)
        return Member(Span(SLOTS.index("victim"), 0, 1, start, start + len(words), 0.9), 1.0)

    kept = settled(text, [victim("Dr"), victim("Rui Alves"), victim("captain")])

    assert [text[m.span.start : m.span.end] for m in kept] == ["Rui Alves", "captain"]
