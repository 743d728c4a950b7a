"""Quotes are found as they stand, whatever the shape of marks and white space, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.readings.llm.quoting import locate

TEXT = "“It’s  the\nGoma–Bukavu road…” he said; 1,900 dead, twenty-five hurt, and 5.5 tons of non\u00adsense.\u200b"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('"It\'s the Goma-Bukavu road..."', "“It’s  the\nGoma–Bukavu road…”"),
        ("Goma—Bukavu", "Goma–Bukavu"),
        ("'1,900 dead'", "1,900 dead"),
        ("he said.", "he said"),
        ("nonsense", "non\u00adsense"),
        ("twenty-five hurt", "twenty-five hurt"),
    ],
)
def test_a_quote_is_mapped_back_to_the_words_of_the_text(quote: str, words: str) -> None:
    place = locate(TEXT, 0, len(TEXT), quote)

    assert place is not None
    assert TEXT[place[0] : place[1]] == words


@pytest.mark.parametrize(
    "quote", ["900 dead", "five hurt", "twenty", "aid", "1", "5", "It's the goma", "", " ", "…", "said he"]
)
def test_parts_of_words_and_numbers_are_no_quotes(quote: str) -> None:
    assert locate(TEXT, 0, len(TEXT), quote) is None


@given(st.text(max_size=60), st.integers(0, 59), st.integers(0, 60))
def test_what_is_found_lies_inside_and_folds_to_the_quote(text: str, start: int, end: int) -> None:
    place = locate(text, 0, len(text), text[start:end])

    assert place is None or 0 <= place[0] < place[1] <= len(text)
