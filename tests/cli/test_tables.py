"""Quotes in their context."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from telling import a_document

from ascribe.cli.tables import quoted
from ascribe.model import Account, CodeValue, Reading, Statement
from ascribe.project import Cited

TEXT = "It was market day. A bomb went off at noon and the roof fell in. Nobody has said why.\n\nRain came later."


def shown(text: str, *spans: tuple[int, int], whole: bool = True) -> str:
    document = a_document(text)
    evidence = tuple(document.quote(*span) for span in spans)
    statement = Statement("status", CodeValue("carried_out"), evidence)
    account = Account("i1", "incident", (statement,), evidence[0])
    return quoted(
        Cited(document, Reading(document.id, "plain", "1"), account, statement), several=False, whole=whole
    ).plain


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_the_sentence_around_a_quote_is_shown() -> None:
    assert shown(TEXT, at("bomb")) == "A bomb went off at noon and the roof fell in.   21-25"


def test_two_quotes_in_one_sentence_are_shown_in_it_once() -> None:
    assert shown(TEXT, at("roof fell"), at("bomb")) == "A bomb went off at noon and the roof fell in.   21-25, 51-60"


def test_quotes_far_apart_are_shown_apart() -> None:
    out = shown(TEXT, at("market"), at("Rain"))
    assert out.startswith("It was market day.")
    assert " + Rain came later." in out


def test_a_heading_does_not_run_into_the_sentence_below_it() -> None:
    text = "Bomb in Velnik\n\nA bomb went off in Velnik at noon. Nobody was hurt."
    spans = [(0, 4), (text.index("bomb went"), text.index("bomb went") + 4)]
    assert shown(text, *spans) == "Bomb in Velnik   0-4 + A bomb went off in Velnik at noon.   18-22"
    assert shown(text, *spans, whole=False).startswith("Bomb in Velnik")
    assert " + " in shown(text, *spans, whole=False)


def test_a_few_words_beside_a_quote_stay_in_its_paragraph() -> None:
    assert shown(TEXT, at("Rain"), whole=False) == "…Rain came later.  87-91"


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=60), st.data(), st.booleans())
def test_every_quote_is_shown_whatever_the_text(text: str, data: st.DataObject, whole: bool) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    out = shown(text, (start, end), whole=whole)
    assert f"{start}-{end}" in out
    if text[start:end].isascii() and text[start:end].isalnum():
        assert text[start:end] in out
