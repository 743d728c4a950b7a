"""The total among the numbers of a text: the last correction wins, parts are never added to a total."""

from __future__ import annotations

from ascribe.model import CountValue
from ascribe.readings.marks import Mark
from ascribe.readings.tolls import Toll, toll


def read(*told: tuple[int, bool], words: tuple[str, ...] = ("two policewomen", "a civilian")) -> Toll | None:
    values = {i: CountValue(n, n) for i, (n, _) in enumerate(told)}
    marks = [Mark(i, i + 1, "killed", ("part",) if part else ()) for i, (_, part) in enumerate(told)]
    return toll(marks, lambda mark: values[mark.start], lambda mark: words[mark.start])


def test_a_part_of_the_dead_is_not_added_to_the_total() -> None:
    found = read((130, False), (90, True))

    assert found is not None
    assert (found.value, found.computed) == (CountValue(130, 130), False)
    assert [value.minimum for value, _ in found.parts] == [90]


def test_a_corrected_total_replaces_the_first() -> None:
    found = read((16, False), (22, False))

    assert found is not None
    assert found.value == CountValue(22, 22)


def test_parts_without_a_total_are_added_up_and_the_sum_says_so() -> None:
    found = read((2, True), (1, True))

    assert found is not None
    assert (found.value, found.computed, len(found.marks)) == (CountValue(3, 3), True, 2)


def test_a_last_total_of_other_people_is_the_last_part() -> None:
    found = read((2, True), (1, False))

    assert found is not None
    assert (found.value, found.computed) == (CountValue(3, 3), True)


def test_a_lower_count_of_the_dead_is_a_correction_and_no_part() -> None:
    found = read((34, True), (29, False), words=("34 dead", "29 bodies"))

    assert found is not None
    assert (found.value, found.computed) == (CountValue(29, 29), False)


def test_no_number_is_no_toll() -> None:
    assert read() is None
    assert toll([Mark(0, 1, "killed")], lambda mark: None, lambda mark: "men") is None


def test_nobody_is_a_toll_of_zero_and_not_the_same_as_nothing_said() -> None:
    found = read((0, False))

    assert found is not None
    assert found.value == CountValue(0, 0)
