"""Markdown: markup goes, words and signs that mean something stay."""

from __future__ import annotations

from datetime import date

import pytest
from document_samples import one
from hypothesis import given
from hypothesis import strategies as st

from ascribe.documents.plain_markdown import inline, render


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("A **bomb** went *off*.", "A bomb went off."),
        ("A __bomb__ went _off_.", "A bomb went off."),
        ("2*3 and 4 * 5 and snake_case_name", "2*3 and 4 * 5 and snake_case_name"),
        ("[the bridge](http://e.org/a_(b) \"title\") fell", "the bridge fell"),
        ("[the bridge][1] fell![^2]", "the bridge fell!"),
        ("![smoke](a.png) rose", "smoke rose"),
        ("see <https://e.org>", "see https://e.org"),
        ("`code_x` stays", "code_x stays"),
        (r"5 \* 6 \[sic\]", "5 * 6 [sic]"),
        ("[sic] and (sic) stay", "[sic] and (sic) stay"),
        ("R&amp;D &lt;5 &#8211; x", "R&D <5 – x"),
        ("one<br>two <b>three</b>", "one\ntwo three"),
        ("killed < 5 > 3", "killed < 5 > 3"),
    ],
)  # fmt: skip
def test_inline_markup_goes_and_meaning_stays(source: str, plain: str) -> None:
    assert inline(source) == plain


def test_blocks_become_paragraphs() -> None:
    source = (
        "Title\n=====\n\nfirst line\nsecond line  \nthird line\n\n> quoted\n> words\n\n- one\n- two\n\n1. "
        "first\n2. second\n\n"
        "---\n\n```\ncode *x*\n  more\n```\n| a | b |\n|---|:-:|\n| 1 | 2 |\n\n<!-- hidden -->\n[1]: "
        "http://e.org\n## End ##\n"
    )
    rendered = render(source)
    assert rendered.text.split("\n\n") == [
        "Title", "first line second line\nthird line", "quoted words", "one", "two", "1. first", "2. second",
        "code *x*\n  more", "a | b", "1 | 2", "End",
    ]  # fmt: skip
    assert rendered.title == "Title"


def test_a_year_at_the_beginning_of_a_line_is_kept() -> None:
    assert render("It happened in\n2018. Nobody was hurt.").text.endswith("2018. Nobody was hurt.")


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Bridge blown up"\nauthor: A. Lind\nsource: The Post\ndate: 2018-12-12T10:00\nurl: https://e.org/1\n---\n',
        '+++\ntitle = "Bridge blown up"\nauthor = "A. Lind"\nsource = "The Post"\ndate = 2018-12-12\nurl = "https://e.org/1"\n+++\n',
    ],
)
def test_front_matter_gives_metadata_and_is_no_text(front: str) -> None:
    document = one("a.md", (front + "\nA bomb went off.").encode())
    assert document.text == "A bomb went off."
    assert (document.title, document.author, document.publisher) == ("Bridge blown up", "A. Lind", "The Post")
    assert document.url == "https://e.org/1"
    assert document.publication is not None
    assert (document.publication.when.start, document.publication.how) == (date(2018, 12, 12), "front matter:date")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert one("a.md", b"---\nA bomb went off.\n---\nMore.").text.startswith("A bomb went off.")


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=30))
def test_words_without_markup_come_out_unchanged(words: list[str]) -> None:
    assert render(" ".join(words)).text == " ".join(words)


@given(st.text(max_size=300))
def test_any_text_is_rendered(source: str) -> None:
    assert isinstance(render(source).text, str)
