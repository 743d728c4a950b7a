"""Counting statements in texts: what is found, and what each is about."""

from __future__ import annotations

import time
from datetime import date

import pytest
from telling import a_document

from ascribe.model import CountingStatement
from ascribe.readings.counted import counting_statements


def found(text: str, published: str = "2023-11-15") -> list[CountingStatement]:
    document = a_document(text, published=published)
    made = list(counting_statements(document))
    for one in made:
        for evidence in (one.evidence, one.told, one.group_evidence, *(a.evidence for a in one.areas), *one.unread):
            assert evidence is None or document.text[evidence.start : evidence.end] == evidence.quote
    return made


def only(text: str, published: str = "2023-11-15") -> CountingStatement:
    (one,) = found(text, published)
    return one


def countries(one: CountingStatement) -> list[str | None]:
    return [a.place.country if a.place else a.region for a in one.areas]


def test_a_number_in_a_year_and_the_one_that_leans_on_it() -> None:
    first, second = found("A campaign followed, with forty attacks in 2011 and more than sixty in 2012.")
    assert (first.kind, first.count and first.count.minimum, first.evidence.quote) == (
        "number",
        40,
        "forty attacks in 2011",
    )
    assert first.period
    assert (first.period.start, first.period.end) == (date(2011, 1, 1), date(2011, 12, 31))
    assert second.count
    assert (second.count.minimum, second.count.maximum) == (60, None)
    assert second.period
    assert second.period.start == date(2012, 1, 1)


def test_a_group_named_shortly_before_is_the_one_that_is_meant() -> None:
    one = only("The Red Front began a campaign. There were forty attacks in 2011.")
    assert one.group is not None
    assert one.group.name == "Red Front"


def test_outside_of_areas_that_the_text_lists() -> None:
    one = only(
        "Since the fall of its stronghold in March 2019 little happened. Outside of its theatres—Iraq and Syria, "
        "West Africa—there have been just over half a dozen ETA attacks before last month’s events: in Chile and Peru."
    )
    assert one.outside
    assert countries(one) == ["IQ", "SY", "m49-011"]
    assert one.count
    assert (one.count.minimum, one.count.maximum) == (7, None)
    assert one.period
    assert (one.period.start, one.period.end) == (date(2019, 3, 1), None)
    assert one.reference == date(2023, 9, 30)


def test_a_superlative_with_filters_names_its_act() -> None:
    one = only("The most recent lethal and claimed ETA attack in France was the shooting in Lyon on 3 May 2009.")
    assert (one.kind, one.lethal, one.claimed, countries(one)) == ("latest", True, True, ["FR"])
    assert one.group
    assert one.group.register_id == "eta"
    assert [d.start for d in one.told_days] == [date(2009, 5, 3)]
    assert [p.name for p in one.told_places] == ["Lyon"]


def test_a_superlative_may_name_only_a_year() -> None:
    one = only("The last lethal ETA attack in Belgium was also in 2018.")
    assert [(d.start, d.end) for d in one.told_days] == [(date(2018, 1, 1), date(2018, 12, 31))]


def test_is_in_capitals_is_no_verb() -> None:
    one = only("The most recent attacks by IS loyalists in France were in Lyon on 3 May 2019.")
    assert one.group
    assert one.group.register_id == "islamic-state"
    assert countries(one) == ["FR"]


def test_other_attacks_leave_out_the_one_just_told() -> None:
    _, one = found(
        "The last ETA attack in France was the shooting in Lyon on 11 December 2018. France suffered two other "
        "attacks from ETA earlier in 2018."
    )
    assert countries(one) == ["FR"]
    assert one.period
    assert (one.period.start, one.period.end) == (date(2018, 1, 1), date(2018, 12, 10))
    assert [d.start for d in one.told_days] == [date(2018, 12, 11)]


def test_the_deadliest_looks_back_from_its_own_day() -> None:
    one = only("A car bomb hit Bogota on 4 June 2018. It was the deadliest attack in the country for ten years.")
    assert (one.kind, countries(one)) == ("deadliest", ["CO"])
    assert one.reference == date(2018, 6, 4)
    assert one.period
    assert one.period.start == date(2008, 6, 4)


def test_what_remains_the_deadliest_is_told_as_of_the_text() -> None:
    one = only("A bomb in Minya killed 300 on 4 June 2018. It remains the deadliest attack in modern Egyptian history.")
    assert countries(one) == ["EG"]
    assert one.reference is None


def test_a_rank_is_a_number() -> None:
    one = only("It was the third shooting in Lyon in seven days.")
    assert (one.kind, one.tactics) == ("number", ("armed_assault",))
    assert one.count
    assert one.count.minimum == 3


def test_none_at_all() -> None:
    one = only("There were no attacks in Norway in 2019.")
    assert one.count
    assert (one.count.minimum, one.count.maximum) == (0, 0)


def test_first_and_worst_victims() -> None:
    first, worst = found("Belgium was the first victim of ETA’s campaign. France was the worst victim of ETA’s terror.")
    assert (first.kind, worst.kind) == ("first", "most")
    assert [p.country for p in (*first.told_places, *worst.told_places)] == ["BE", "FR"]


def test_much_or_little_without_a_number() -> None:
    one = only("There has been a dearth of ETA attacks in France in the five years since its end.")
    assert one.count
    assert one.count.qualifier == "unknown"


def test_words_that_no_filter_covers_are_told() -> None:
    one = only("Press groups counted 356 attacks on journalists in 2022.")
    assert [e.quote for e in one.unread] == ["on journalists"]


def test_an_area_that_nobody_defines() -> None:
    one = only("The latest attack in the West was in Paris on 3 May 2020.")
    assert [(a.evidence.quote, a.place, a.region) for a in one.areas] == [("the West", None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The first attack took place at noon.",
        "Two bombings in Kabul on 3 May 2019 killed ten.",
        "Several men attacked the post. The last one fled.",
        "One of the worst attacks in France was in 2015.",
        "He was shot in the attack in 2019.",
        "",
        "IS IS IS",
    ],
)
def test_what_is_no_counting_statement(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "first " + "a-" * 8_000 + "attack in France was in 2018",
        "the last " * 4_000,
        "fifty attacks in 2015 " * 500,
        "first" + " " * 40_000 + "attack",
        "outside of " * 4_000 + "two attacks in 2015",
        "Since " * 6_000 + "2015 two attacks",
        "was the deadliest attack in France " * 400,
    ],
    ids=["hyphens", "superlatives", "numbers", "blanks", "outside", "since", "predicates"],
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    begun = time.perf_counter()
    list(counting_statements(a_document(text, published="2020-01-01")))
    assert time.perf_counter() - begun < 15
