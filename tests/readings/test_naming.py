"""Names brought together: people by surname, groups by short form, descriptions left alone."""

from __future__ import annotations

import pytest

from ascribe.readings.marks import Mark, Slot
from ascribe.readings.naming import acronyms, group_core, groups, is_name, people


def marks(text: str, words: list[str], slot: Slot) -> list[Mark]:
    found, at = [], 0
    for word in words:
        at = text.index(word, at)
        found.append(Mark(at, at + len(word), slot))
        at += len(word)
    return found


@pytest.mark.parametrize(
    "words", ["Rachid Delmotte", "Delmotte", "Abu Yahya al-Baljiki", "al-Baljiki", "Ronny K.", "O’Neill"]
)
def test_names_are_told_from_descriptions(words: str) -> None:
    assert is_name(words)


@pytest.mark.parametrize(
    "words", ["a gunman", "Two men", "the attacker", "gunmen", "A masked man", "a 24-year-old Aurora man"]
)
def test_descriptions_are_told_from_names(words: str) -> None:
    assert not is_name(words)


def test_a_surname_is_the_person_whose_full_name_the_text_gives_later() -> None:
    text = "Delmotte fired. Police named Rachid Delmotte. A masked man fled."
    found = people(text, marks(text, ["Delmotte", "Rachid Delmotte", "A masked man"], "perp"))

    assert [(p.name, p.named) for p in found] == [("Rachid Delmotte", True), ("A masked man", False)]
    assert found[0].variants == ("Delmotte", "Rachid Delmotte")


def test_two_people_of_one_given_name_stay_two() -> None:
    text = "Karim Haddad and Karim Benali"

    assert len(people(text, marks(text, ["Karim Haddad", "Karim Benali"], "perp"))) == 2


def test_a_short_form_is_learned_where_the_text_introduces_it() -> None:
    text = "the Dawn Liberation Front (DLF) struck; the DLF said"
    start = text.index("Dawn")

    assert acronyms(text, [(start, start + len("Dawn Liberation Front"))]) == {"DLF": "Dawn Liberation Front"}


def test_a_group_goes_by_its_longest_name_and_the_group_alone_names_nobody() -> None:
    text = "Dawn Liberation Front ... DLF ... the group"
    found = groups(
        text, marks(text, ["Dawn Liberation Front", "DLF", "the group"], "group"), {"dlf": "dawn liberation front"}
    )

    assert [g.name for g in found] == ["Dawn Liberation Front"]
    assert found[0].variants == ("Dawn Liberation Front", "DLF")


def test_role_words_are_no_part_of_a_group_name() -> None:
    assert group_core("DLF militants") == group_core("the DLF") == "dlf"
    assert group_core("the group") == "group"
