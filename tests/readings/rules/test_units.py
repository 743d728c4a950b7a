"""Sentences cut into units, and units brought together to incidents."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ascribe.model import DateValue, PlaceValue
from ascribe.readings.lexicon import lexicon
from ascribe.readings.rules.drafts import drafts
from ascribe.readings.rules.units import Found, Unit, units
from ascribe.readings.sentences import sentences


def found(text: str, *words: str) -> list[Found]:
    """Capitalised words are towns, others days of May."""
    made = []
    for word in words:
        at = text.index(word)
        day = date(2019, 5, int(word.split()[0])) if word[0].isdigit() else None
        value = DateValue(day, day) if day else None
        place = PlaceValue(word, "city", "BE", gazetteer_id=word) if day is None else None
        made.append(Found(at, at + len(word), place, value))
    return made


def cut(text: str, *words: str) -> list[Unit]:
    return units(text, sentences(text), found(text, *words), lexicon("en"), (0, 0))


def test_one_act_is_one_unit() -> None:
    assert len(cut("A bomb exploded in Ghent on 3 May.", "Ghent", "3 May")) == 1


def test_a_second_act_with_a_day_and_town_of_its_own_is_a_second_unit() -> None:
    text = "A bomb exploded in Ghent on 3 May, and a gunman opened fire in Namur on 9 May."

    assert [u.towns[0].place.name for u in cut(text, "Ghent", "3 May", "Namur", "9 May") if u.towns[0].place] == [
        "Ghent",
        "Namur",
    ]


def test_a_second_verb_of_the_same_act_is_not() -> None:
    assert len(cut("Gunmen stormed a bank in Ghent on 3 May and shot two clerks.", "Ghent", "3 May")) == 1


@given(st.lists(st.sampled_from(["A bomb exploded", " in Ghent", ", and ", "; ", "a man was shot", ". ", "\n"])))
def test_units_are_in_order_and_apart_and_hold_every_sentence(parts: list[str]) -> None:
    text = "".join(parts)
    made = units(text, sentences(text), [], lexicon("en"), (0, 0))

    assert all(a.end <= b.start for a, b in pairwise(made))
    assert sum(u.end - u.start for u in made) == sum(s.end - s.start for s in sentences(text))


def test_an_echo_joins_the_act_before_it_and_another_day_opens_a_new_one() -> None:
    text = "A bomb exploded in Ghent on 3 May. The attack shook the town. A bomb exploded on 9 May."
    made = drafts(text, cut(text, "Ghent", "3 May", "9 May"), lexicon("en"))

    assert [len(d.units) for d in made] == [2, 1]
