"""Names are found however they are written, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.exports.names import WITHHELD_NAME, Names

NAMES = Names((), ["María Lopes", "Seán O'Dell"])


@pytest.mark.parametrize(
    "text",
    [
        "f/maria-lopes-murdered.txt",
        "f/María_Lopes.txt",
        "MARIA LOPES.pdf",
        "f/lopes2021.html",
        "f/MariaLopesMurdered.txt",
        "f/marialopes.txt",
        "https://example.org/2021/killing-of-maria%20lopes",
        "https://example.org/mar%C3%ADa.lopes?x=1",
        "f/o-dell.txt",
    ],
)
def test_a_name_is_found_in_file_names_and_addresses(text: str) -> None:
    assert NAMES.in_address(text)


@pytest.mark.parametrize("text", ["f/report-7.txt", "https://example.org/envelopes", "f/maria-lindt.txt", ""])
def test_what_is_no_name_is_left_in_file_names_and_addresses(text: str) -> None:
    assert not NAMES.in_address(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("killed María Lopes, 41", f"killed {WITHHELD_NAME}, 41"),
        ("MARIA LOPES KILLED", f"{WITHHELD_NAME} KILLED"),
        ("Maria\nLopes died", f"{WITHHELD_NAME} died"),
        ("Mrs Lopes died", f"Mrs {WITHHELD_NAME} died"),
        ("Seán O’Dell’s car", f"{WITHHELD_NAME}’s car"),
        ("the envelopes of Lopesville", "the envelopes of Lopesville"),
        ("a run of slopes and lopes", "a run of slopes and lopes"),
    ],
)
def test_names_are_masked_in_words(text: str, masked: str) -> None:
    assert NAMES.mask(text) == masked


@given(st.text())
def test_a_text_without_the_names_stays_as_it_is_and_masking_twice_is_masking_once(text: str) -> None:
    once = NAMES.mask(text)
    assert NAMES.mask(once) == once
    assert Names(()).mask(text) == text
    assert WITHHELD_NAME in NAMES.mask(f"{text} María Lopes {text}")


def test_a_name_of_which_only_a_part_stands_in_a_passage_is_replaced_too() -> None:
    text = "The dead: Mina Tarn and others."
    names = Names((), ["Mina Tarn"])
    assert names.mask_between(text, 0, text.index("Tarn")) == "The dead: [name withheld]"
    assert names.mask_between(text, text.index("Tarn"), len(text)) == "[name withheld] and others."
    assert names.mask_between(text, 0, 8) == "The dead"
