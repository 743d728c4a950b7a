"""Dates told by number words, by named days, by a date beside them, and by what a text tells of."""

from __future__ import annotations

from datetime import date

import pytest

from ascribe.languages import language
from ascribe.model import DateValue
from ascribe.readings.dates import calendar as cal
from ascribe.readings.dates import find_dates, resolve_date, resolve_marked
from ascribe.readings.dates.feasts import feasts

ENGLISH = language("en")
SUNDAY = DateValue(date(2016, 7, 3), date(2016, 7, 3), "day", "given")
YEAR_2008 = DateValue(date(2008, 1, 1), date(2008, 12, 31), "year", "given")
TOLD = DateValue(date(2014, 3, 12), date(2014, 3, 12), "day", "absolute")


def _shown(value: DateValue | None) -> str | None:
    if value is None:
        return None
    return str(value.start) if value.start == value.end else f"{value.start or ''}/{value.end or ''}"


def _dates(text: str, anchor: DateValue | None = SUNDAY) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], _shown(m.value)) for m in find_dates(text, anchor, ENGLISH)]


def _values(text: str, anchor: DateValue | None = SUNDAY) -> list[str | None]:
    return [value for _, value in _dates(text, anchor)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the first of July 2014", "2014-07-01"),
        ("Friday, the twenty-first of May 2010", "2010-05-21"),
        ("Second of September 1967", "1967-09-02"),
        ("the last day of July 1983", "1983-07-31"),
        ("the last night of February 1980", "1980-02-29"),
        ("the last Saturday of August 2017", "2017-08-26"),
        ("the second Sunday in June 1999", "1999-06-13"),
        ("a Thursday in late November 2005", "2005-11-24"),
        ("a Thursday in November 2005", "2005-11-01/2005-11-30"),
        ("August '73", "1973-08-01/1973-08-31"),
        ("March of '59", "1959-03-01/1959-03-31"),
        ("Carnival Saturday 1979", "1979-02-24"),
        ("Shrove Tuesday 1989", "1989-02-07"),
        ("Ash Wednesday 2005", "2005-02-09"),
        ("Easter 1997", "1997-03-30"),
        ("Whitsun of '56", "1956-05-20"),
        ("Corpus Christi 2004", "2004-06-10"),
        ("the feast of the Assumption 1974", "1974-08-15"),
        ("the feast of St Peter and Paul, 2007", "2007-06-29"),
        ("St Lawrence's day 1974", "1974-08-10"),
        ("St John’s Eve 1977", "1977-06-23"),
        ("Hallowe’en 2014", "2014-10-31"),
        ("the eve of Guy Fawkes, 1965", "1965-11-04"),
        ("All Souls' Day 1961", "1961-11-02"),
        ("the night before Whit Sunday 2021", "2021-05-22"),
        ("ten days before Christmas 1974", "1974-12-15"),
        ("the Saturday before Easter 1966", "1966-04-09"),
        ("the week before Christmas 2016", "2016-12-18/2016-12-24"),
    ],
)
def test_days_told_by_word_or_name(words: str, expected: str) -> None:
    assert _shown(resolve_date(words, None, (), ENGLISH)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Five years ago last Friday", "2011-07-01"),
        ("thirty years ago next Monday", "1986-07-04"),
        ("four years ago this month", "2012-07-01/2012-07-31"),
        ("two years ago last Christmas Eve", "2013-12-24"),
        ("two winters ago", "2014-12-01/2015-02-28"),
        ("three nights ago", "2016-06-30"),
        ("in March, two years ago", "2014-03-01/2014-03-31"),
        ("29 May last.", "2016-05-29"),
        ("the last day of last month", "2016-06-30"),
    ],
)
def test_distances_from_the_publication(words: str, expected: str) -> None:
    assert _shown(resolve_date(words, SUNDAY, (), ENGLISH)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the year before", "2013-01-01/2013-12-31"),
        ("the year after", "2015-01-01/2015-12-31"),
        ("the year after that", "2015-01-01/2015-12-31"),
        ("a year later to the day", "2015-03-12"),
        ("two months before, to the day", "2014-01-12"),
        ("a week later to the hour", "2014-03-19"),
        ("early in the month", "2014-03-01/2014-03-10"),
        ("the last day of the month", "2014-03-31"),
        ("the second Sunday of the month", "2014-03-09"),
        ("on the eighteenth", "2014-03-18"),
        ("The twentieth", "2014-03-20"),
        ("the 27th to the 28th", "2014-03-27/2014-03-28"),
        ("the Saturday before", "2014-03-08"),
        ("the Monday following", "2014-03-17"),
        ("the week before", "2014-03-05/2014-03-11"),
        ("that Friday", "2014-03-14"),
        ("the following spring", "2015-03-01/2015-05-31"),
        ("Easter Monday of the following year", "2015-04-06"),
        ("the Thursday before Advent", None),
        ("the fourth day of the strike", None),
        ("the night of the flood", None),
        ("election night", None),
        ("the eve of the vote", None),
        ("on a Wednesday", None),
    ],
)
def test_distances_from_a_told_day(words: str, expected: str | None) -> None:
    assert _shown(resolve_date(words, SUNDAY, [TOLD], ENGLISH)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Pakistani police found it on Independence Day 2014.", "2014-08-14"),
        ("In Turkey it burned on Republic Day 2012.", "2012-10-29"),
        ("A shop in Ontario, Canada, burned on Labor Day 1966.", "1966-09-05"),
        ("In Spain it burned on Labour Day 1966.", "1966-05-01"),
        ("In Texas, United States, it burned on Thanksgiving 2005.", "2005-11-24"),
        ("In South Africa it burned on Women's Day 1991.", "1991-08-09"),
        ("It burned on Independence Day 1994.", "1994-01-01/1994-12-31"),
        ("From Kenya to Ghana they kept Independence Day.", None),
        ("The Christmas market and the Easter bonnet were spared.", None),
    ],
)
def test_a_national_day_is_that_of_the_country_that_the_text_names(text: str, expected: str | None) -> None:
    assert _values(text) in ([expected], [] if expected is None else [expected])


def test_every_named_day_is_one_of_the_calendar() -> None:
    known = feasts("en")
    days = [*known.fixed.values(), *known.saints.values(), *(d for by in known.national.values() for d in by.values())]
    for day in days:
        match day:
            case [month, number]:
                assert cal.real_day(2004, month, number)
            case [month, weekday, nth]:
                assert cal.nth_weekday(2004, month, weekday, nth)
            case _:
                assert not day
    assert set(known.also.values()) <= set(known.national)


def test_a_mark_on_the_date_behind_a_distance_is_that_date() -> None:
    text = "He was held two days after 9 April 2013."
    mentions = find_dates(text, SUNDAY, ENGLISH)
    values = [
        _shown(resolve_marked(text, text.index(w), len(text) - 1, mentions, SUNDAY, ENGLISH))
        for w in ("two", "9 April")
    ]
    assert values == ["2013-04-11", "2013-04-09"]


def test_a_year_goes_on_across_paragraphs_of_an_old_story() -> None:
    text = (
        "The court sat again.\n\nOn 9 May 1997 a tin of gas was left at a halt.\n\nIt had leaked.\n\n"
        "On 30 August a second one was to be left there."
    )
    assert _values(text)[-1] == "1997-08-30"


def test_an_old_story_goes_on_past_december() -> None:
    text = "On 24 August 2012 a mill burned.\n\nThe next one, on 21 January, was a bakery."
    assert _values(text)[-1] == "2013-01-21"


def test_a_day_of_the_last_weeks_is_news_whatever_stood_before() -> None:
    text = "A mill had burned on 24 August 2012.\n\nOn 12 June the bakery burned."
    assert _values(text)[-1] == "2016-06-12"


def test_days_without_a_year_of_months_ago_keep_a_text_in_the_present() -> None:
    text = "A mill burned on 9 February.\n\nIn April 2009 one had burned.\n\nOn 2 March the bakery burned."
    assert _values(text) == ["2016-02-09", "2009-04-01/2009-04-30", "2016-03-02"]


def test_a_day_just_ahead_is_ahead() -> None:
    assert _values("They asked all shops to close from 8 July.") == ["2016-07-08"]
    assert _values("They closed on 8 September.") == ["2015-09-08"]


def test_last_year_dates_the_days_behind_it() -> None:
    text = "Last year it began. On 15 August a mill burned; on 27 October a bakery."
    assert _values(text)[1:] == ["2015-08-15", "2015-10-27"]


def test_a_year_just_before_a_day_is_its_year() -> None:
    assert _values("There was a fire in 1986, on 19 April, and one in 1991.")[1] == "1986-04-19"


def test_a_year_in_passing_does_not_lead_back() -> None:
    text = "In March 2007 a mill burned.\n\nIts owner, jailed in 1999, died. On 2 April the bakery burned."
    assert _values(text, YEAR_2008)[-1] == "2007-04-02"


def test_in_a_diary_yesterday_is_before_its_heading() -> None:
    text = "8 Dec 1975.\nYesterday a shed burned.\n\n12 Dec.\nIt rained.\n\nThree nights ago the pump was broken."
    assert [v for w, v in _dates(text) if w in ("Yesterday", "Three nights ago")] == ["1975-12-07", "1975-12-09"]


def test_a_dateline_dates_today() -> None:
    text = "Duliajan, June 30: The line was cut again today."
    assert _values(text) == ["2016-06-30", "2016-06-30"]


def test_the_headings_of_a_log() -> None:
    text = "June 2016\n\n2nd. A tin was found.\n\n24th. A shed burned.\n"
    assert _values(text)[1:] == ["2016-06-02", "2016-06-24"]
    text = "February 1985\n\n1 Fri. Rain.\n\n4 Mon. A half-track was hit.\n\nThu 7. A taxi was stopped.\n"
    assert _values(text)[1:] == ["1985-02-01", "1985-02-04", "1985-02-07"]


def test_a_weekday_and_day_are_of_the_year_that_fits() -> None:
    text = "In May 2009 it had burned.\n\nOn Saturday 11 June it burned again."
    assert _values(text)[-1] == "2016-06-11"


@pytest.mark.parametrize(
    "aside", ["The driver died in hospital on 7 May.", "The owner was arrested on 7 May.", "A second fell (on 7 May)."]
)
def test_the_same_day_is_that_of_the_act_not_of_what_came_of_it(aside: str) -> None:
    text = f"On 3 May 2016 a van was burned. {aside} The Column claimed it the same day."
    assert _values(text)[-1] == "2016-05-03"
