"""Which "not" turns a fate round, and who is one dead person without a number."""

from __future__ import annotations

import pytest
from readings.llm.grounded import fact, read

COURT = (
    "A bomb exploded in Ludda on 4 May 2021. {sentence} The mayor was shot dead in his car on 5 May 2021 by two men "
    "with pistols.\n"
)


def _checked(sentence: str, quote: str, prop: str, value: str, person: str = "Ivo Marek") -> str:
    """The check that caught a fate, "" where none did."""
    text = COURT.format(sentence=sentence)
    told = [
        fact("exploded", "mention", "exploded", text=text),
        fact(person, "person_status.person", person, text=text),
        fact(quote, prop, value, text=text),
    ]
    answer = {"incidents": [{"incident": 1, "sentence": 1, "quote": "exploded", "title": "a bomb"}], "facts": told}
    _, checked = read(answer, text)
    (one,) = [c for c in checked if c.fact.quote == quote and c.fact.value == value]
    return one.failure.check if one.failure else ""


@pytest.mark.parametrize(
    ("sentence", "quote", "value"),
    [
        ("Ivo Marek is serving life without parole.", "life without parole", "convicted"),
        ("Ivo Marek has pleaded not guilty.", "pleaded not guilty", "charged"),
        ("It was not the rebels at all, they detained Ivo Marek.", "detained", "arrested"),
        ("Ivo Marek has not been arrested.", "has not been arrested", "at_large"),
    ],
)
def test_a_negation_of_something_else_leaves_the_fate_as_it_is(sentence: str, quote: str, value: str) -> None:
    assert _checked(sentence, quote, "person_status.status", value) == ""


@pytest.mark.parametrize(
    ("sentence", "quote", "value"),
    [
        ("Ivo Marek has not been arrested.", "arrested", "arrested"),
        ("Ivo Marek has not been arrested.", "not been arrested", "arrested"),
        ("None of the men, nor Ivo Marek, was ever charged.", "nor Ivo Marek, was ever charged", "charged"),
        ("The court acquitted Ivo Marek.", "acquitted", "convicted"),
        ("Ivo Marek has pleaded not guilty.", "pleaded not guilty", "convicted"),
    ],
)
def test_a_fate_that_did_not_come_about_is_caught(sentence: str, quote: str, value: str) -> None:
    assert _checked(sentence, quote, "person_status.status", value)


@pytest.mark.parametrize(("value", "check"), [("1", ""), ("2", "number")])
def test_one_dead_needs_no_number_and_more_do(value: str, check: str) -> None:
    assert _checked("Ivo Marek fled.", "shot dead", "killed", value) == check
