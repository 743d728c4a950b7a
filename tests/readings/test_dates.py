"""Dates: what is found, what it means, and what is left alone."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.languages import language
from ascribe.model import DateValue
from ascribe.readings.dates import DateMention, find_dates, resolve_date, resolve_marked
from ascribe.schema.types.date import DateType

ENGLISH = language("en")
WEDNESDAY = DateValue(date(2023, 10, 18), date(2023, 10, 18), "day", "given")
OCTOBER = DateValue(date(2023, 10, 1), date(2023, 10, 31), "month", "given")


def _shown(value: DateValue | None) -> str | None:
    if value is None:
        return None
    if value.start == value.end:
        return str(value.start)
    return f"{value.start or ''}/{value.end or ''}"


def _dates(text: str, anchor: DateValue | None = WEDNESDAY) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], _shown(m.value)) for m in find_dates(text, anchor, ENGLISH)]


ABSOLUTE = [
    ("13 October 2023", "2023-10-13", "day"),
    ("Oct. 13, 2023", "2023-10-13", "day"),
    ("October 13th, 2023", "2023-10-13", "day"),
    ("2023-10-13", "2023-10-13", "day"),
    ("the 13th of October 2023", "2023-10-13", "day"),
    ("13/10/2023", "2023-10-13", "day"),
    ("10/13/2023", "2023-10-13", "day"),
    ("13.10.2023", "2023-10-13", "day"),
    ("03.04.2017", "2017-04-03", "day"),
    ("30/12/89", "1989-12-30", "day"),
    ("12/4/2551", "2008-04-12", "day"),
    ("18 JAN 89", "1989-01-18", "day"),
    ("Friday, 13 October 2023", "2023-10-13", "day"),
    ("3-4 June 2017", "2017-06-03/2017-06-04", "days"),
    ("4 and 6 March 2022", "2022-03-04/2022-03-06", "days"),
    ("28 May - 3 June 2017", "2017-05-28/2017-06-03", "days"),
    ("29 December to 2 January 2015", "2014-12-29/2015-01-02", "days"),
    ("the night of 6-7 March 2019", "2019-03-06/2019-03-07", "days"),
    ("July 2021", "2021-07-01/2021-07-31", "month"),
    ("Feb. 2020", "2020-02-01/2020-02-29", "month"),
    ("October-November 2001", "2001-10-01/2001-11-30", "interval"),
    ("summer of 2023", "2023-06-01/2023-08-31", "season"),
    ("winter 2016", "2016-12-01/2017-02-28", "season"),
    ("late 2016", "2016-09-01/2016-12-31", "interval"),
    ("early March 2020", "2020-03-01/2020-03-10", "interval"),
    ("mid-March 2020", "2020-03-11/2020-03-20", "interval"),
    ("late February 2020", "2020-02-21/2020-02-29", "interval"),
    ("the first week of May 2017", "2017-05-01/2017-05-07", "interval"),
    ("the first half of February 2022", "2022-02-01/2022-02-15", "interval"),
    ("the 1990s", "1990-01-01/1999-12-31", "interval"),
    ("the early 1990s", "1990-01-01/1993-12-31", "interval"),
    ("2015-17", "2015-01-01/2017-12-31", "interval"),
    ("between 2016 and 2020", "2016-01-01/2020-12-31", "interval"),
    ("since 1998", "1998-01-01/", "interval"),
    ("until May 2014", "/2014-05-31", "interval"),
    ("Christmas Eve 2000", "2000-12-24", "day"),
    ("Easter Sunday 2022", "2022-04-17", "day"),
    ("Maundy Thursday 2012", "2012-04-05", "day"),
    ("Valentine’s Day 1996", "1996-02-14", "day"),
    ("two days before Christmas 2020", "2020-12-23", "day"),
]


@pytest.mark.parametrize(("words", "expected", "precision"), ABSOLUTE)
@pytest.mark.parametrize("anchor", [None, WEDNESDAY])
def test_a_date_with_a_year_needs_nothing_else(
    words: str, expected: str, precision: str, anchor: DateValue | None
) -> None:
    value = resolve_date(words, anchor, (), ENGLISH)
    assert (_shown(value), value and value.precision) == (expected, precision)


@pytest.mark.parametrize(("words", "expected", "precision"), [a for a in ABSOLUTE if "before" not in a[0]])
def test_a_date_inside_a_sentence_is_found_whole(words: str, expected: str, precision: str) -> None:
    text = f"The shop burned down, {words}, and nobody knew why."
    assert [d[1] for d in _dates(text)] == [expected]


FROM_PUBLICATION = [
    ("today", "2023-10-18", "day"),
    ("yesterday", "2023-10-17", "day"),
    ("last night", "2023-10-17", "day"),
    ("this morning", "2023-10-18", "day"),
    ("the day before yesterday", "2023-10-16", "day"),
    ("overnight", "2023-10-17/2023-10-18", "days"),
    ("Monday", "2023-10-16", "day"),
    ("on Tuesday", "2023-10-17", "day"),
    ("Wednesday", "2023-10-18", "day"),
    ("Thursday evening", "2023-10-12", "day"),
    ("late on Monday", "2023-10-16", "day"),
    ("last Wednesday", "2023-10-11", "day"),
    ("next Monday", "2023-10-23", "day"),
    ("Tuesday of last week", "2023-10-10", "day"),
    ("the night of Friday to Saturday", "2023-10-13/2023-10-14", "days"),
    ("Sunday, 8 October", "2023-10-08", "day"),
    ("the 14th", "2023-10-14", "day"),
    ("the 25th", "2023-09-25", "day"),
    ("29 May", "2023-05-29", "day"),
    ("Dec 30", "2022-12-30", "day"),
    ("6 May last year", "2022-05-06", "day"),
    ("March this year", "2023-03-01/2023-03-31", "month"),
    ("last October", "2022-10-01/2022-10-31", "month"),
    ("last week", "2023-10-09/2023-10-15", "week"),
    ("last month", "2023-09-01/2023-09-30", "month"),
    ("next month", "2023-11-01/2023-11-30", "month"),
    ("last year", "2022-01-01/2022-12-31", "year"),
    ("earlier this year", "2023-01-01/2023-10-18", "interval"),
    ("three days ago", "2023-10-15", "day"),
    ("two weeks ago", "2023-10-04", "day"),
    ("a fortnight ago today", "2023-10-04", "day"),
    ("two months ago", "2023-08-01/2023-08-31", "month"),
    ("a year ago", "2022-01-01/2022-12-31", "year"),
    ("a year ago today", "2022-10-18", "day"),
]


@pytest.mark.parametrize(("words", "expected", "precision"), FROM_PUBLICATION)
def test_the_publication_date_gives_what_the_words_leave_out(words: str, expected: str, precision: str) -> None:
    value = resolve_date(words, WEDNESDAY, (), ENGLISH)
    assert value is not None
    assert (_shown(value), value.precision) == (expected, precision)
    assert value.rule not in ("", "absolute")


@pytest.mark.parametrize("words", [w for w, _, _ in FROM_PUBLICATION])
def test_without_a_publication_date_nothing_is_made_up(words: str) -> None:
    assert resolve_date(words, None, (), ENGLISH) is None


def test_a_publication_month_widens_what_leans_on_it() -> None:
    assert _shown(resolve_date("today", OCTOBER, (), ENGLISH)) == "2023-10-01/2023-10-31"
    assert _shown(resolve_date("last month", OCTOBER, (), ENGLISH)) == "2023-09-01/2023-09-30"
    assert resolve_date("Tuesday", OCTOBER, (), ENGLISH) is None


TOLD = DateValue(date(2016, 2, 28), date(2016, 2, 28), "day", "absolute")
FROM_TOLD = [
    ("the next day", "2016-02-29", "day"),
    ("the following morning", "2016-02-29", "day"),
    ("a day later", "2016-02-29", "day"),
    ("three days later", "2016-03-02", "day"),
    ("Nineteen days afterwards", "2016-03-18", "day"),
    ("two days earlier", "2016-02-26", "day"),
    ("a week before", "2016-02-21", "day"),
    ("A fortnight on", "2016-03-13", "day"),
    ("six weeks after the attack", "2016-04-10", "day"),
    ("the day before the attack", "2016-02-27", "day"),
    ("the night before", "2016-02-27", "day"),
    ("the following month", "2016-03-01/2016-03-31", "month"),
    ("three months earlier", "2015-11-01/2015-11-30", "month"),
    ("five years earlier", "2011-01-01/2011-12-31", "year"),
    ("that night", "2016-02-28", "day"),
    ("the same day", "2016-02-28", "day"),
    ("later that evening", "2016-02-28", "day"),
    ("that week", "2016-02-22/2016-02-28", "week"),
    ("that month", "2016-02-01/2016-02-29", "month"),
    ("that year", "2016-01-01/2016-12-31", "year"),
    ("that summer", "2016-06-01/2016-08-31", "season"),
    ("October of that year", "2016-10-01/2016-10-31", "month"),
    ("November of the following year", "2017-11-01/2017-11-30", "month"),
    ("the 3rd", "2016-02-03", "day"),
    ("19th", "2016-02-19", "day"),
    ("16 May", "2016-05-16", "day"),
    ("within hours", "2016-02-28", "day"),
    ("30 minutes later", "2016-02-28", "day"),
    ("twenty-four hours later", "2016-02-29", "day"),
    ("within two days", "2016-02-28/2016-03-01", "days"),
    ("months later", None, None),
    ("a few days later", None, None),
    ("in recent weeks", None, None),
]


@pytest.mark.parametrize(("words", "expected", "precision"), FROM_TOLD)
def test_a_date_told_before_is_the_base_of_what_follows(
    words: str, expected: str | None, precision: str | None
) -> None:
    value = resolve_date(words, WEDNESDAY, [TOLD], ENGLISH)
    assert (_shown(value), value and value.precision) == (expected, precision)


def test_the_nearest_date_before_wins() -> None:
    text = "It began on 3 May 2016. On 9 June 2016 a second letter came. Two days later a third followed."
    assert _dates(text)[-1] == ("Two days later", "2016-06-11")


def test_a_year_named_earlier_in_the_paragraph_goes_on() -> None:
    text = "On 29 November 2016 a post burned. The second fell on 3 January and the third on 5 March."
    assert [d for _, d in _dates(text)] == ["2016-11-29", "2017-01-03", "2017-03-05"]


def test_a_year_in_passing_does_not_move_the_story() -> None:
    text = "On 9 March 2012 a van was burned by a man who was convicted in 2015. A second burned on 20 March."
    assert _dates(text)[-1] == ("20 March", "2012-03-20")


def test_in_news_a_year_in_passing_does_not_date_the_news() -> None:
    text = "The bakery, founded in 1998, was burned on 16 June. Nobody was hurt."
    assert _dates(text)[-1] == ("16 June", "2023-06-16")


def test_news_after_an_old_case_is_news_again() -> None:
    text = "In March 2016 a gang had burned the same shop.\n\nOn 9 October it was burned again, on a Monday."
    assert _dates(text)[1] == ("9 October", "2023-10-09")


def test_a_heading_dates_the_paragraphs_below_it() -> None:
    text = "2013\nThe year began quietly.\nOn 19 November a bridge was blown up.\nThe same day another was."
    assert [d for _, d in _dates(text)][-2:] == ["2013-11-19", "2013-11-19"]


def test_months_as_headings_carry_days_without_a_month() -> None:
    text = "March.\nOn the 3rd a kiosk burned.\nMay.\nOn Monday the 8th a second one did."
    assert [d for _, d in _dates(text)] == [
        "2023-03-01/2023-03-31",
        "2023-03-03",
        "2023-05-01/2023-05-31",
        "2023-05-08",
    ]


def test_weekdays_beside_an_old_date_belong_to_it() -> None:
    text = "On 11 March 2004 the station was attacked. On Saturday night a tape was found."
    assert _dates(text)[-1] == ("Saturday night", "2004-03-13")


def test_a_digest_published_on_a_wednesday_tells_of_the_wednesday_before() -> None:
    days = ["Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    text = " ".join(f"On {day} a shop burned." for day in days)
    assert _dates(text)[0] == ("Wednesday", "2023-10-11")
    assert _dates("On Wednesday a shop burned.") == [("Wednesday", "2023-10-18")]


def test_slashes_follow_the_order_that_the_document_shows() -> None:
    assert _dates("03/04/2017") == [("03/04/2017", "2017-03-04/2017-04-03")]
    assert _dates("03/04/2017 and 25/04/2017")[0][1] == "2017-04-03"
    assert _dates("03/04/2017 and 04/25/2017")[0][1] == "2017-03-04"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor may resign. May he rest. Mrs May said so.",
        "They march at 11 AM on five fronts.",
        "A 45-year-old man shot at 2000 people.",
        "Flight 2016 carried 2010 rounds.",
        "The 14th battalion met on the 3rd floor in the 19th century.",
        "Every Friday they remember Bloody Sunday.",
        "He spent three days on the road.",
        "An AK-47, order 9/11, 1,998 men, 3.2010 grams.",
        "The fall of the city, sat in the sun.",
        "On 31 December 1899 and December 31, 1899.",
        "",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [d for _, d in _dates(text) if d is not None] == []


def test_a_day_that_no_calendar_has_is_found_but_has_no_value() -> None:
    (mention,) = find_dates("It fell on 30 February 2020.", WEDNESDAY, ENGLISH)
    assert (mention.value, mention.kind) == (None, "vague")


def test_a_year_before_a_noun_is_a_year() -> None:
    assert _dates("the 2008 attacks") == [("2008", "2008-01-01/2008-12-31")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("13 October 2023", "absolute"), ("Monday", "relative"), ("months later", "vague"), ("in recent weeks", "vague")],
)
def test_a_mention_says_what_it_was_resolved_from(words: str, kind: str) -> None:
    assert find_dates(words, WEDNESDAY, ENGLISH)[0].kind == kind
    assert find_dates(f"On 3 May 2016 it fell.\n\n{words}", WEDNESDAY, ENGLISH)[1].kind == kind


def test_a_marked_span_takes_the_mention_that_it_touches() -> None:
    text = "It fell on the night of 6-7 March 2019, on the 14th, and that night again. Nobody announced it."
    mentions = find_dates(text, WEDNESDAY, ENGLISH)

    def marked(words: str) -> str | None:
        start = text.index(words)
        return _shown(resolve_marked(text, start, start + len(words), mentions, WEDNESDAY, ENGLISH))

    assert marked("6-7 March 2019") == "2019-03-06/2019-03-07"
    assert marked("14th") == "2019-03-14"
    assert marked("night again") == "2019-03-14"
    assert marked("announced") is None


def test_a_mark_without_since_is_not_open() -> None:
    text = "He has been in prison since May 2018."
    mentions = find_dates(text, WEDNESDAY, ENGLISH)
    start = text.index("May")
    assert _shown(resolve_marked(text, start, start + 8, mentions, WEDNESDAY, ENGLISH)) == "2018-05-01/2018-05-31"


def test_upper_case_wires_are_read() -> None:
    text = "LA PAZ, 18 JAN 89 -- ON 30 DECEMBER A BOMB EXPLODED. ANOTHER WENT OFF YESTERDAY MORNING IN MAY STREET."
    anchor = DateValue(date(1989, 1, 18), date(1989, 1, 18))
    assert [d for _, d in _dates(text, anchor)][:3] == ["1989-01-18", "1988-12-30", "1989-01-17"]


FORMATS = [
    "{d} {month} {y}", "{month} {d}, {y}", "{short}. {d}, {y}", "{y}-{m:02}-{d:02}", "{d:02}.{m:02}.{y}",
    "the {d}{th} of {month} {y}", "{month} {d}{th}, {y}", "{weekday}, {d} {month} {y}", "on {weekday} {d} {month} {y}",
    "{d} {SHORT} {y}", "the evening of {d} {month} {y}",
]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMATS))
def test_a_day_written_in_any_supported_way_is_that_day(day: date, form: str) -> None:
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    month = day.strftime("%B")
    short = month[:3] if month != "May" else "May"
    words = form.format(d=day.day, m=day.month, y=day.year, month=month, short=short, SHORT=short.upper(), th=th,
                        weekday=day.strftime("%A"))  # fmt: skip
    words = words.replace("May. ", "May ")
    assert [(m.value and (m.value.start, m.value.end)) for m in find_dates(words, None, ENGLISH)] == [(day, day)]


@given(st.dates(date(1901, 1, 1), date(2099, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_one_of_the_last_seven_days(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    found = resolve_date(f"on {day:%A}", DateValue(published, published), (), ENGLISH)
    assert found is not None
    assert found.start == day


WORDS = st.sampled_from(
    "on the 14th of May 2016 , - since until between and Monday last week later three days two months ago that night "
    "March early late 12/13/2001 13.4.99 1990s \n \n\n ’ ' summer next before after Christmas within hours 31 0 99999 "
    "of to year JAN é ( ) Sept. same".split(" ")
)


def _check(text: str, mentions: list[DateMention]) -> None:
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        if mention.value is not None:
            DateType().check(mention.value, frozenset())
            assert mention.value.rule


@settings(max_examples=250, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200), st.sampled_from([None, WEDNESDAY, OCTOBER]))
def test_whatever_the_text_mentions_are_in_order_and_sound(text: str, anchor: DateValue | None) -> None:
    mentions = find_dates(text, anchor, ENGLISH)
    _check(text, mentions)
    resolve_date(text, anchor, [m.value for m in mentions if m.value], ENGLISH)


@pytest.mark.parametrize(
    "piece",
    [
        "On Monday, 3 May 2016, two days later. ",
        "1",
        "May ",
        "1 May and ",
        "5-",
        "the ",
        "in the early hours of ",
        "two days before ",
        " ",
        "1.1.",
        "Kenya kept Independence Day. ",
        "the last Sunday in ",
        "the eve of St John's Eve ",
        "on the first of the month before ",
        "\n1 Fri",
        "1986, ",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begin = time.perf_counter()
    find_dates(text, WEDNESDAY, ENGLISH)
    assert time.perf_counter() - begin < 6
