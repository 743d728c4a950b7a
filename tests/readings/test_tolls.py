"""Tolls out of a text's numbers: the last correction wins, companions and rivals are counted in."""

from __future__ import annotations

import re

import pytest

from ascribe.model import CountValue, Document, sha256
from ascribe.readings.marks import Mark, Slot
from ascribe.readings.setting import Setting
from ascribe.readings.tolls import Toll, toll

_SLOTS: dict[str, tuple[Slot, tuple[str, ...]]] = {"T": ("killed", ()), "P": ("killed", ("part",)), "V": ("victim", ())}


def read(marked: str) -> Toll | None:
    """The toll of a text in which [T words] is a number, [P words] a part of one and [V words] a victim's name."""
    text, marks = "", []
    for piece in re.split(r"(\[[TPV] [^\]]*\])", marked):
        held = re.fullmatch(r"\[([TPV]) (.*)\]", piece)
        if held:
            slot, codes = _SLOTS[held[1]]
            marks.append(Mark(len(text), len(text) + len(held[2]), slot, codes))
        text += held[2] if held else piece
    document = Document(sha256(text), sha256(text), "a.txt", text, "text")
    told = [m for m in marks if m.slot == "killed"]
    return toll(told, Setting(document), [m for m in marks if m.slot == "victim"])


def value(marked: str) -> CountValue | None:
    found = read(marked)
    return found.value if found else None


STATED = [
    ("The dead are [T 130 people], [P ninety of them] at the theatre.", 130),
    ("[T Sixteen people] died. By Sunday it was [T 22].", 22),
    ("Police found [P 34 dead]. The register has [T 29 bodies].", 29),
    ("[P Twelve dead] were announced, then [T nine].", 9),
    ("It gave its losses as [P three], later [T seven policemen].", 7),
    ("[P Four passengers] died at once, [T a fifth] in May.", 5),
    ("[P Two ushers] died there and the cashier in July, [T which made three].", 3),
    ("[P Eight women] and [P a baby] ([T nine persons]) were killed.", 9),
    ("[P A clerk] died too. That makes [T two dead].", 2),
    ("[P Seven Danes] were among [T eleven people] killed.", 11),
    ("[T Nobody] was hurt.", 0),
]


@pytest.mark.parametrize(("text", "number"), STATED)
def test_a_total_or_correction_is_taken_as_it_stands(text: str, number: int) -> None:
    found = read(text)

    assert found is not None
    assert (found.value, found.rule) == (CountValue(number, number), "")


ADDED = [
    ("It killed [P two policewomen] and [T a civilian].", 3),
    ("[P A clerk], Ana Ruiz, and [T two lawyers] were killed.", 3),
    ("[P Nineteen bodies] came, then [T four more].", 23),
    ("[P Thirteen] were shot against a wall. [T One more] has died since.", 14),
    ("[P Nine passengers] died in the bus and [T three] afterwards.", 12),
    ("[P Eleven persons] died there, [P seven of them children]; [T two girls] died in hospital.", 13),
    ("[P The driver] and [T six persons] in the queue died.", 7),
    ("[P Three people] died in the stairwell. [T A lodger] was found in the attic in May.", 4),
]


@pytest.mark.parametrize(("text", "number"), ADDED)
def test_a_last_number_on_top_of_parts_is_added_to_them(text: str, number: int) -> None:
    found = read(text)

    assert found is not None
    assert (found.value, found.rule) == (CountValue(number, number), "sum_of_parts")


BESIDE = [
    ("Judge [V Hatem Sarkis], examining magistrate, and [T his clerk] were killed.", 2),
    ("The prosecutor [V Sabri Gök] was shot at a light with [T his driver].", 2),
    ("[V Tito Luna]'s son was hurt. [V Rıfat Öz], [T his brother and a cook] were dead.", 3),
    ("A councillor, [V Bheki Cele], his wife [V Thoko] and a [T lodger] died.", 3),
    ("The ambassador, [V Luis Prado], and [T three others] lost their lives.", 4),
    ("The mayor and [T his bodyguard] were killed at the gate.", 2),
    ("[V Julia Ruiz], [P her father] and [T two waiters] were killed.", 4),
    ("[V Luis Prado] was gunned down; [T his guard] died with him.", 2),
]


@pytest.mark.parametrize(("text", "number"), BESIDE)
def test_whoever_is_told_of_in_the_same_breath_counts(text: str, number: int) -> None:
    assert value(text) == CountValue(number, number)


ALONE = [
    "[V Luis Prado] was wounded and [T his driver] killed.",
    "[V Luis Prado], a judge, was found with [T his throat cut].",
    "[V Ana Ruiz], [T a baker], was killed.",
    "[V Ana Ruiz] and her husband [V Juan] were hurt, and [T their son] died.",
    "[V Ana Ruiz] had warned them. [T A guard] died.",
]


@pytest.mark.parametrize("text", ALONE)
def test_a_name_that_is_only_near_does_not_count(text: str) -> None:
    assert value(text) == CountValue(1, 1)


RIVALS = [
    ("The company announced [P six dead]; the unions counted [T nine].", 6, 9),
    ("The army says [P eleven]. A doctor counted [T eight bodies].", 8, 11),
    ("It killed [P 38] or [T 39].", 38, 39),
    ("The railways reported [P 33 killed], the government [T 47].", 33, 47),
]


@pytest.mark.parametrize(("text", "low", "high"), RIVALS)
def test_figures_of_two_sources_make_a_range(text: str, low: int, high: int) -> None:
    found = read(text)

    assert found is not None
    assert (found.value, found.rule) == (CountValue(low, high, "range"), "rival_figures")
    assert (len(found.marks), found.parts) == (2, ())


def test_a_number_above_the_total_is_no_part_of_it() -> None:
    found = read("First reports said [P nine]; in fact [T four] died, [P one] of them later.")

    assert found is not None
    assert found.value == CountValue(4, 4)
    assert [v.minimum for v, _ in found.parts] == [1]


def test_parts_alone_are_added_up_unless_one_holds_the_other() -> None:
    assert value("[P Two guards] fell, and [P a cook].") == CountValue(3, 3)
    assert value("[P Nine men] fell, [P two of them] guards.") == CountValue(9, 9)
    assert value("[P At least two guards] fell, and [P a cook].") is None


def test_no_number_is_no_toll() -> None:
    assert read("Nothing is said.") is None
    assert read("It killed [T soldiers].") is None
