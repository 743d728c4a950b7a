"""Sentences and paragraphs: where they end, and that nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.readings.sentences import LONGEST, Sentence, paragraphs, sentences


def _words(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The kiosk burned last month.", "Or perhaps it was the bakery."],
        ["Gen. Abel Quist spoke at 5 p.m. on Monday.", "U.S. Rep. Lena Orr did not."],
        ["St. Louis is quiet.", "Dr. Ames left!", "Did he return?"],
        ["MAJ. ORTEGA SAID SO.", "THE U.S. SHIPS LEFT ON 4 JANUARY.", "GEN. LUNA STAYED."],
        ["1. AT 0945 A GROUP CAME TO THE GATE.", "2. THE GATE WAS SHUT."],
        ['"We did it," the caller said.', '"You will hear from us."'],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(expected: list[str]) -> None:
    assert _words(" ".join(expected)) == expected


def test_lines_are_paragraphs_and_headings_are_sentences() -> None:
    text = "What happened\n\nA shop burned. Nobody saw it.\nA second heading\nIt burned again.\n"
    assert _words(text) == ["What happened", "A shop burned.", "Nobody saw it.", "A second heading", "It burned again."]
    assert len(paragraphs(text)) == 4


def test_lines_broken_at_a_margin_are_one_paragraph() -> None:
    text = (
        "A shop in the old town burned down on Monday night and nobody knows\n"
        "who set it on fire. The owner said that he had been warned twice in\n"
        "August. Police are looking for two men.\n\nThe end."
    )
    assert len(paragraphs(text)) == 2
    assert _words(text)[1].startswith("The owner said that he had been warned twice in\nAugust.")


def _check(text: str, found: list[Sentence]) -> None:
    at = 0
    for piece in found:
        assert text[at : piece.start].strip() == ""
        assert piece.start < piece.end
        assert text[piece.start : piece.end] == text[piece.start : piece.end].strip()
        at = piece.end
    assert text[at:].strip() == ""


@settings(deadline=None)
@given(
    st.text()
    | st.lists(st.sampled_from(["A", "b.", "Or", "No.", "U.S.", "\n", "\r\n", "?", '"', "1.", "…"])).map(" ".join)
)
def test_only_white_space_lies_between_sentences(text: str) -> None:
    _check(text, sentences(text))
    _check(text, paragraphs(text))


@pytest.mark.parametrize("piece", ["no end here ", "x", "a. ", "He left. "])
def test_a_huge_paragraph_takes_bounded_time_and_gives_bounded_sentences(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    begin = time.perf_counter()
    found = sentences(text)
    assert time.perf_counter() - begin < 6
    assert max(s.end - s.start for s in found) <= LONGEST
    _check(text, found)
