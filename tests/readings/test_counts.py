"""Counts: numbers of people in running text and in marked words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.languages import language
from ascribe.model import CountValue
from ascribe.readings.counts import add_counts, count_value, find_counts
from ascribe.schema.types.count import CountType

ENGLISH = language("en")


def _shown(value: CountValue | None) -> str | None:
    return CountType().show(value) if value else None


def _counts(text: str) -> list[tuple[str, str | None, str | None]]:
    found = find_counts(text, 0, len(text), ENGLISH)
    return [(text[m.start : m.end], _shown(m.value), m.noun) for m in found]


MARKED = [
    ("130 people", "130"),
    ("1,400", "1400"),
    ("1.400 persons", "1400"),
    ("1,00,000 people", "100000"),
    ("2 million people", "2000000"),
    ("1.5 million", "1500000"),
    ("twenty-five hundred", "2500"),
    ("one hundred and forty-nine people", "149"),
    ("two thousand and five", "2005"),
    ("a dozen", "12"),
    ("half-a-dozen", "6"),
    ("two dozen villagers", "24"),
    ("a couple", "2"),
    ("Both", "2"),
    ("All three", "3"),
    ("two of the pilgrims", "2"),
    ("at least a dozen people", "12+"),
    ("no fewer than 7", "7+"),
    ("more than 100", "100+"),
    ("ninety-odd", "90+"),
    ("31 or more", "31+"),
    ("five people or more", "5+"),
    ("up to 10 men", "at most 10"),
    ("fewer than five", "at most 5"),
    ("about forty", "about 40"),
    ("1,500 or so", "about 1500"),
    ("between six and nine people", "6-9"),
    ("from three to six", "3-6"),
    ("10-12", "10-12"),
    ("six or seven people", "6-7"),
    ("five to six hundred wounded", "500-600"),
    ("thirty, maybe forty", "30-40"),
    ("dozens", "24+"),
    ("scores of worshippers", "40+"),
    ("hundreds", "200+"),
    ("several guards", "3+"),
    ("an unknown number of guards", "unknown"),
    ("no one", "0"),
    ("nobody but the attackers", "0"),
    ("No casualties were reported", "0"),
    ("no physical harm", "0"),
    ("without hurting anyone", "0"),
    ("unharmed", "0"),
    ("a teacher", "1"),
    ("the cook", "1"),
    ("Head Constable Rao", "1"),
    ("shot dead", "1"),
    ("a woman of 53", "1"),
    ("a guard aged 19", "1"),
    ("lost two fingers", "1"),
    ("hit six times in the knees and thighs", "1"),
    ("her driver and a cousin", "2"),
    ("The driver and two pensioners", "3"),
    ("two Danes and one Swede", "3"),
    ("a couple and their son", "3"),
    ("eleven policemen and bystanders", "11"),
    ("thirty-one in all, eighteen of them on leave", "31"),
    ("a fifth victim", "5"),
    ("a tenth, a girl of six", "10"),
    ("a family of five", "5"),
    ("four night staff", "4"),
    ("soldiers", None),
    ("the crew", None),
    ("as many", None),
    ("a clerk and messenger", None),
    ("…", None),
]


@pytest.mark.parametrize(("words", "expected"), MARKED)
def test_marked_words_give_their_number(words: str, expected: str | None) -> None:
    assert _shown(count_value(words, ENGLISH)) == expected


FOUND = [
    ("At least 12 men and two soldiers.", [("At least 12 men", "12+", "men"), ("two soldiers", "2", "soldiers")]),
    ("In 2023 at least five police officers died.", [("at least five police officers", "5+", "officers")]),
    ("Dozens of villagers fled; three died.", [("Dozens of villagers", "24+", "villagers"), ("three", "3", None)]),
    ("Between 10 and 12 fighters came.", [("Between 10 and 12 fighters", "10-12", "fighters")]),
    ("No one else was hurt.", [("No one", "0", None)]),
    ("About 50 farmers, 36 injured.", [("About 50 farmers", "about 50", "farmers"), ("36 injured", "36", "injured")]),
    ("SEVEN OTHERS WERE WOUNDED.", [("SEVEN OTHERS", "7", "others")]),
    ("2000 people left.", [("2000 people", "2000", "people")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_numbers_of_people_are_found_with_their_nouns(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert _counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 13 October 2023, at 5:30 a.m., on May 21.",
        "A 45-year-old and a boy aged 19; Ada Brown, 29, was there.",
        "It cost $5 million, 30 percent or 40% of 12 euros.",
        "They drove 5 km, fired 20 rounds and waited two hours.",
        "The 192nd battalion, Route 60, Flight 182, an AK-47 and a three-storey house.",
        "Resolution 2254, article 5, room 12, No. 7.",
        "They met one another, and the one that left, one day, in that one.",
        "He lived there for twenty years, since 2016.",
    ],
)
def test_numbers_that_count_nobody_are_left_alone(text: str) -> None:
    assert _counts(text) == []


def test_only_the_asked_stretch_is_searched() -> None:
    text = "Two men came. Five women left. Six boys stayed."
    start, end = text.index("Five"), text.index(" Six")
    assert [text[m.start : m.end] for m in find_counts(text, start, end, ENGLISH)] == ["Five women"]


def test_sums_keep_what_is_open() -> None:
    exact, open_end, most = CountValue(3, 3), CountValue(10, None, "at_least"), CountValue(None, 4, "at_most")
    assert add_counts([exact, exact]) == CountValue(6, 6)
    assert add_counts([exact, open_end]) == CountValue(13, None, "at_least")
    assert add_counts([exact, most]) == CountValue(3, 7, "range")
    assert add_counts([exact, CountValue(40, 40, "about")]) == CountValue(43, 43, "about")
    assert add_counts([]) == CountValue(None, None, "unknown")


SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelled(number: int, joiner: str) -> str:
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    rest = number % scale
    joint = joiner if rest < 100 else " "
    return f"{_spelled(number // scale, joiner)} {name}" + (f"{joint}{_spelled(rest, joiner)}" if rest else "")


@pytest.mark.parametrize("joiner", [" ", " and "])
def test_every_number_up_to_9999_reads_back(joiner: str) -> None:
    for number in range(10_000):
        expected = CountValue(number, number)
        assert count_value(_spelled(number, joiner), ENGLISH) == expected, number


def test_every_figure_up_to_9999_reads_back() -> None:
    for number in range(10_000):
        assert count_value(f"{number:,}", ENGLISH) == CountValue(number, number)
    assert count_value("2048", ENGLISH) == CountValue(2048, 2048)


WORDS = st.sampled_from(
    "at least more than 5 12 1,400 ten hundred and thousand dozen dozens half a no one people men or - to between "
    "% $ km aged , . of the soldiers both several fifth \n 99999999999999999999 ² ٣ ’ million nobody".split(" ")
)


@settings(max_examples=250, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=120))
def test_whatever_the_text_counts_are_in_order_and_sound(text: str) -> None:
    end = 0
    for mention in find_counts(text, 0, len(text), ENGLISH):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end
        CountType().check(mention.value, frozenset())
    value = count_value(text, ENGLISH)
    if value is not None:
        CountType().check(value, frozenset())


@pytest.mark.parametrize("piece", ["one hundred and ", "1", "1 ", "12,", "5-", "twenty-", "at least ", "dozens of "])
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    begin = time.perf_counter()
    find_counts(text, 0, len(text), ENGLISH)
    count_value(text, ENGLISH)
    assert time.perf_counter() - begin < 4
