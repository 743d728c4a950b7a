"""Names that differ for one person, and names that are alike for two."""

from __future__ import annotations

import re

import pytest

from ascribe.readings.aliases import aliases, bare, initialled, introduces
from ascribe.readings.marks import Mark
from ascribe.readings.naming import is_name, people


def named(marked: str) -> list[str]:
    """The names of the people behind the marks of a text in square brackets."""
    text, marks = "", []
    for piece in re.split(r"(\[[^\]]*\])", marked):
        words = piece.strip("[]")
        if piece.startswith("["):
            marks.append(Mark(len(text), len(text) + len(words), "perp"))
        text += words
    spans = [(m.start, m.end) for m in marks if is_name(text[m.start : m.end])]
    found = people(text, marks, {text[s:e] for s, e in spans}, aliases(text, spans))
    return [p.name for p in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[Farid Benslimane], known as [Abu Yaqin], fled. [Abu Yaqin] was caught.", ["Farid Benslimane"]),
        ("[Jorge Aliaga] (alias [Puma]) fled.", ["Jorge Aliaga"]),
        ("[Pedro Ruiz], who called himself [Comandante Nube], fled.", ["Pedro Ruiz"]),
        ("[Danyal Sarraf] was held. [Mr Sarraf] said nothing. It was [Sarraf's] car.", ["Danyal Sarraf"]),
        ("[Ronny K.] and [Silke W.] were tried. [K.] was silent.", ["Ronny K.", "Silke W."]),
        ("[Musa Dube] drove. [Sipho Dube] shot. [Dube] fled.", ["Musa Dube", "Sipho Dube"]),
        ("[Adnan Haddad] was helped by [Omar Nasr].", ["Adnan Haddad", "Omar Nasr"]),
    ],
)
def test_people_are_brought_together_and_kept_apart(text: str, found: list[str]) -> None:
    assert named(text) == found


def test_a_surname_of_two_brothers_is_the_one_told_last() -> None:
    text = "Musa Dube drove. Sipho Dube shot. Dube fled."
    marks = [Mark(0, 9, "perp"), Mark(17, 27, "perp"), Mark(34, 38, "perp")]
    found = people(text, marks, ["Musa Dube", "Sipho Dube"])

    assert {p.name: len(p.marks) for p in found} == {"Musa Dube": 1, "Sipho Dube": 2}


def test_a_pronoun_and_a_nationality_name_nobody() -> None:
    text = "He fled. It was a Tunisian."
    found = people(text, [Mark(0, 2, "perp"), Mark(18, 26, "perp")])

    assert [p.named for p in found] == [False, False]


def test_a_title_is_no_part_of_a_name_unless_it_is_all_there_is() -> None:
    assert (bare("Mr Sarraf’s"), bare("Sgt. Ana Ruiz"), bare("General")) == ("Sarraf", "Ana Ruiz", "General")


def test_an_initial_stands_for_nobody_where_two_bear_it() -> None:
    assert initialled("K.", ["Timur K.", "Ronny K."]) is None
    assert initialled("K.", ["Timur K.", "Nils B."]) == "Timur K."


def test_what_stands_between_two_people_introduces_no_alias() -> None:
    assert not introduces("Ana Ruiz and Omar Nasr", 8, 13)
    assert introduces("Ana Ruiz, alias Luz", 8, 16)
