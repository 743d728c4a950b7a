"""Names of people in running text, and who is called acquitted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.readings.lexicon import lexicon
from ascribe.readings.people import acquitted, find_names


def names(text: str) -> list[str]:
    return [n.name for n in find_names(text, (), lexicon("en"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police named Karim Belhaj on Monday.", ["Karim Belhaj"]),
        ("Police named Karim Belhaj. Belhaj was 31.", ["Karim Belhaj", "Belhaj"]),
        ("He met Abu Yahya al-Baljiki there.", ["Abu Yahya al-Baljiki"]),
        ("Jan van der Berg and Ana de Souza fled.", ["Jan van der Berg", "Ana de Souza"]),
        ("The National Police and the Supreme Court met.", []),
        ("In May the river rose.", []),
    ],
)
def test_names_are_told_from_other_capitals(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_words_that_are_taken_are_no_names() -> None:
    text = "Red Dawn struck; Karim Belhaj fled."

    assert [n.name for n in find_names(text, [(0, 8)], lexicon("en"))] == ["Karim Belhaj"]


@given(st.text(max_size=200))
def test_a_name_is_the_text_at_its_offsets(text: str) -> None:
    for found in find_names(text, (), lexicon("en")):
        assert " ".join(text[found.start : found.end].split()) == found.name


@pytest.mark.parametrize(
    ("text", "cleared"),
    [
        ("The court convicted Piet Moens and acquitted Anna Claes.", {"Anna Claes"}),
        ("Anna Claes was acquitted; Piet Moens got ten years.", {"Anna Claes"}),
        ("Piet Moens was jailed. Anna Claes was found not guilty.", {"Anna Claes"}),
        ("Piet Moens was jailed.", set()),
    ],
)
def test_who_was_acquitted(text: str, cleared: set[str]) -> None:
    words = lexicon("en")

    assert acquitted(text, find_names(text, (), words), words) == cleared


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The court convicted Omar Haddad and acquitted three.", []),
        ("The court convicted Omar Haddad and acquitted Ali Nasr.", ["Ali Nasr"]),
        ("Omar Haddad was acquitted.", ["Omar Haddad"]),
    ],
)
def test_whoever_is_acquitted_is_told_from_the_others(text: str, found: list[str]) -> None:
    words = lexicon("en")

    assert sorted(acquitted(text, find_names(text, (), words), words)) == found
