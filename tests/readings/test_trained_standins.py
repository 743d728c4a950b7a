"""Stand-ins: what the network is not to see, found and sorted; other names of the same sorts are the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.readings.trained.standins import SORTS, stand_ins
from ascribe.registers.groups import group_register
from ascribe.registers.places import place_register
from ascribe.registers.surroundings import Surroundings


def names_in(text: str) -> list[tuple[str, str, int]]:
    found = stand_ins(text, Surroundings(place_register(), text), group_register())
    return [(text[n.start : n.end], SORTS[n.sort], n.number) for n in found]


TEMPLATE = (
    "A bomb exploded outside a {house} in {town}, in {country}, on Tuesday, police said. The {group} claimed it. "
    "{person}, 29, a {nation} citizen, was arrested among {faith} worshippers. {surname} denies it."
)
CASTS = (
    ("mosque", "Tikrit", "Iraq", "Islamic State", "Karim Haddad", "Haddad", "Iraqi", "Muslim"),
    ("church", "Drogheda", "Ireland", "Real IRA", "Sean Kinsella", "Kinsella", "Irish", "Christian"),
    ("synagogue", "Colmar", "France", "Lowland Liberation Front", "Pierre Lambert", "Lambert", "French", "Jewish"),
)
PARTS = ("house", "town", "country", "group", "person", "surname", "nation", "faith")


@pytest.mark.parametrize("cast", CASTS)
def test_every_name_is_found_with_its_sort_and_the_surname_is_the_person(cast: tuple[str, ...]) -> None:
    words = dict(zip(PARTS, cast, strict=True))
    found = {name: (sort, number) for name, sort, number in names_in(TEMPLATE.format(**words))}

    assert found[words["house"]][0] == "worship"
    assert found[words["town"]][0] == "town"
    assert found[words["country"]] == ("country", 0)
    assert found[words["nation"]] == ("nation", 0)
    assert found[words["group"]][0] == "group"
    assert found[words["person"]] == found[words["surname"]] == ("name", 0)
    assert found[words["faith"]][0] == "faith"
    assert len(found) == len(PARTS)


def test_other_names_of_the_same_sorts_leave_the_same_text() -> None:
    left = []
    for cast in CASTS:
        text = TEMPLATE.format(**dict(zip(PARTS, cast, strict=True)))
        at, out = 0, ""
        for name in stand_ins(text, Surroundings(place_register(), text), group_register()):
            out += text[at : name.start] + f"<{name.sort}.{name.number}>"
            at = name.end
        left.append(out + text[at:])

    assert left[0] == left[1] == left[2]


def test_days_titles_ordinary_words_and_acronyms_are_left_to_the_network() -> None:
    assert names_in("Investigators told Prosecutor General reporters on Friday in March that the DGSI knew.") == []


def test_a_shaped_name_of_a_group_is_taken_without_its_article() -> None:
    assert names_in("The Lowland Liberation Front fired.") == [("Lowland Liberation Front", "group", 0)]


def test_a_text_in_capitals_keeps_its_words_but_not_its_towns_and_groups() -> None:
    found = names_in("GUNMEN OF THE SHINING PATH ATTACKED A BANK IN AYACUCHO ON TUESDAY AND WOUNDED THREE CLERKS.")

    assert [(name, sort) for name, sort, _ in found] == [("SHINING PATH", "group"), ("AYACUCHO", "town")]


@given(st.text(max_size=300))
def test_stand_ins_never_overlap_and_lie_within_the_text(text: str) -> None:
    at = 0
    for name in stand_ins(text, Surroundings(place_register(), text), group_register()):
        assert at <= name.start < name.end <= len(text)
        at = name.end
