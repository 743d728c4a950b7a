"""Dates of publication: given, in markup, at the head of a text; never made up."""

from __future__ import annotations

from datetime import date

import pytest

from ascribe.documents import parse_published
from ascribe.documents.headings import heading_of
from ascribe.documents.published import date_in_markup, date_in_text
from ascribe.errors import AscribeError

DAY = date(2018, 12, 12)


def test_a_given_date_is_an_interval_of_its_precision() -> None:
    assert (parse_published("2018-12-12").start, parse_published("2018-12-12").precision) == (DAY, "day")
    month = parse_published(" 2016-02 ")
    assert (month.start, month.end, month.precision) == (date(2016, 2, 1), date(2016, 2, 29), "month")
    year = parse_published("2018")
    assert (year.start, year.end, year.precision) == (date(2018, 1, 1), date(2018, 12, 31), "year")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2018-13", "2018-02-30", "12/12/2018", "18", "2018-1-1", "2018-12-12T00"]
)
def test_anything_else_is_refused_with_the_three_forms(text: str) -> None:
    with pytest.raises(AscribeError, match="write 2018-12-12, 2018-12 or 2018"):
        parse_published(text)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Bomb in Torvik\n\n12 December 2018\n\nA bomb went off.", "header"),
        ("Bomb in Torvik\nPublished: 2018-12-12\nA bomb went off.", "header"),
        ("Bomb in Torvik\nBy Ana Lind | Wednesday, December 12, 2018, 10:15 am\nA bomb went off.", "header"),
        ("Bomb in Torvik\nFirst published on 12th Dec 2018 at 20:15 GMT\n\nA bomb.", "header"),
        ("Bomb in Torvik\nPublished 12 December 2018, updated 14 December 2018\n\nA bomb.", "header"),
        ("Last updated: 12 December 2018\n\nA bomb went off.", "header:updated"),
        ("PARIS, Dec. 12, 2018 (Agency) - A bomb went off.", "dateline"),
        ("Bomb\n\nTORVIK, Norland, 12 December 2018 — A bomb went off.", "dateline"),
        ("Port Hollin (Agency), 12 December 2018 – A bomb went off.", "dateline"),
    ],
)
def test_the_head_of_a_text_tells_its_date(text: str, how: str) -> None:
    found = date_in_text(text)
    assert found is not None
    assert (found.when.start, found.how) == (DAY, how)


@pytest.mark.parametrize(
    "text",
    [
        "GHENT, Belgium, Sept 20 - A bomb went off.",
        "On 12 December 2018, a man opened fire in Torvik.",
        "The attack of 12 December 2018\n\nA bomb went off.",
        "A bomb went off on Wednesday, 12 December 2018, killing five - the worst attack in years.",
        "Released in 2018",
        "31 February 2018\n\nA bomb.",
        "12/10/2018\n\nA bomb.",
        "A bomb.\n" * 40 + "12 December 2018\n",
    ],
)
def test_dates_of_the_story_and_unclear_dates_are_left(text: str) -> None:
    assert date_in_text(text) is None


@pytest.mark.parametrize(
    "text",
    ["2018-12-12", "2018-12-12T23:59:00-11:00", "20181212T1000", "12 December 2018", "Wed, 12 Dec 2018 23:30:00 +0200"],
)
def test_machine_written_dates_keep_the_day_as_written(text: str) -> None:
    value = date_in_markup(text)
    assert value is not None
    assert value.start == DAY


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Bomb in Torvik kills five\n\nA bomb went off.", "Bomb in Torvik kills five"),
        ("12 December 2018\n\nBomb in Torvik\n\nA bomb went off.", "Bomb in Torvik"),
        ("A bomb went off in the town of Torvik.\n\nIt killed five.", None),
        ("TORVIK, Dec 12 - A bomb went off\n\nIt killed five.", None),
        ("one two\n\nlower case is no heading", None),
    ],
)
def test_the_first_line_is_a_title_only_if_it_looks_like_one(text: str, title: str | None) -> None:
    assert heading_of(text) == title
