"""Who is meant: names of one document brought together from all its marks."""

from __future__ import annotations

from ascribe.model import Document, sha256
from ascribe.readings.identities import Identities
from ascribe.readings.marks import Mark, Slot
from ascribe.readings.setting import Setting


def identities(text: str, *told: tuple[str, Slot]) -> tuple[Identities, list[Mark]]:
    marks, at = [], 0
    for words, slot in told:
        at = text.index(words, at)
        marks.append(Mark(at, at + len(words), slot))
    return Identities(Setting(Document(sha256(text), sha256(text), "a", text, "text")), marks), marks


def test_a_surname_finds_its_full_name_in_another_incident() -> None:
    text = "Belhaj fired in May. In June Karim Belhaj fired again."
    who, marks = identities(text, ("Belhaj", "perp"), ("Karim Belhaj", "perp"))

    assert [p.name for p in who.people(marks[:1])] == ["Karim Belhaj"]


def test_aliases_of_the_register_are_one_group() -> None:
    text = "ISIS struck. Daesh said so. The Islamic State grew."
    who, marks = identities(text, ("ISIS", "group"), ("Daesh", "group"), ("Islamic State", "group"))

    assert [(g.name, g.variants) for g in who.groups(marks)] == [("Islamic State", ("ISIS", "Daesh", "Islamic State"))]


def test_an_unknown_group_goes_by_the_short_form_that_the_text_introduces() -> None:
    text = "The Front of the Red Dawn (FRD) struck. The FRD said so."
    who, marks = identities(text, ("Front of the Red Dawn", "group"), ("FRD", "group"))
    again = text.rindex("FRD")

    found = who.groups([*marks, Mark(again, again + 3, "group")])

    assert [g.name for g in found] == ["Front of the Red Dawn"]


def test_two_groups_stay_two() -> None:
    text = "ETA and the Red Dawn"
    who, marks = identities(text, ("ETA", "group"), ("Red Dawn", "group"))

    assert [g.name for g in who.groups(marks)] == ["ETA", "Red Dawn"]


def test_a_name_with_two_meanings_has_no_register_id() -> None:
    who, _ = identities("Islamic Jihad struck; so did Islamic State.")

    assert who.register_id("Islamic State") == "islamic-state"
    assert who.register_id("Islamic Jihad") is None
    assert who.register_id("The Red Dawn of Nowhere") is None


def test_the_countries_of_a_text_tell_namesakes_apart() -> None:
    assert identities("In Beirut, Lebanon.")[0].register_id("Islamic Jihad") == "islamic-jihad-organization"
    assert identities("In Cairo, Egypt.")[0].register_id("Islamic Jihad") == "egyptian-islamic-jihad"


def names_of(text: str, *told: str) -> list[str]:
    who, marks = identities(text, *((words, "group") for words in told))
    return [g.name for g in who.groups(marks)]


def test_a_part_of_a_longer_name_is_that_group() -> None:
    text = "The Llanero Red Dawn Front struck. The Front said so, and Dawn repeated it."
    assert names_of(text, "Llanero Red Dawn Front", "Front", "Dawn") == ["Llanero Red Dawn Front"]


def test_initials_are_the_group_whose_they_are() -> None:
    text = "The United Front of Upper Amsel struck. UFUA said so, then U.F.U.A. again."
    assert names_of(text, "United Front of Upper Amsel", "UFUA", "U.F.U.A.") == ["United Front of Upper Amsel"]


def test_a_branch_that_the_register_tells_apart_is_not_its_parent() -> None:
    text = "Al-Qaeda in the Arabian Peninsula struck. Al-Qaeda praised it."
    assert len(names_of(text, "Al-Qaeda in the Arabian Peninsula", "Al-Qaeda")) == 2


def test_a_short_form_of_several_groups_is_the_one_named_last() -> None:
    text = "The Red Front struck. The Front said so. The Amsel Front struck. The Front denied it."
    who, marks = identities(
        text, ("Red Front", "group"), ("Front", "group"), ("Amsel Front", "group"), ("Front", "group")
    )
    assert [(g.name, len(g.marks)) for g in who.groups(marks)] == [("Red Front", 2), ("Amsel Front", 2)]


def test_a_description_counts_where_no_group_is_named() -> None:
    text = "The army and the group came. The Red Front came."
    assert names_of(text, "army", "group") == ["army"]
    assert names_of(text, "army", "Red Front") == ["Red Front"]
    assert names_of(text, "group") == []
