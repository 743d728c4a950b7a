"""Label scores to spans: legal label sequences, whole words, and codes by closed lists."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ascribe.readings.trained.layout import CODE_COUNT, CODES, COLUMNS, SLOTS
from ascribe.readings.trained.pieces import NAMES, Pieces
from ascribe.readings.trained.spans import BEGIN, INSIDE, OUTSIDE, best_path, choose, find_spans
from ascribe.readings.trained.standins import SORTS
from ascribe.schema import bundled_schema

NEUTRAL = np.zeros(len(SLOTS), dtype=np.float32)


def pieces_of(words: list[int]) -> Pieces:
    numbers = np.array(words)
    at = np.arange(len(words)) * 10
    return Pieces(numbers + 1000, numbers, at, at + 9, numbers, numbers * 0, numbers * 0)


def scores_of(slot: str, labels: list[int]) -> np.ndarray:
    out = np.zeros((len(labels), len(SLOTS), 3), dtype=np.float32)
    out[:, :, OUTSIDE] = 5
    column = SLOTS.index(slot)
    out[:, column, OUTSIDE] = 0
    out[np.arange(len(labels)), column, labels] = 6
    return out


@given(arrays(np.float32, (7, 3, 3), elements=st.floats(-5, 5, width=32)))
def test_the_best_path_is_the_best_of_all_legal_ones(scores: np.ndarray) -> None:
    path = best_path(scores)

    def total(labels: tuple[int, ...], slot: int) -> float:
        return sum(float(scores[t, slot, x]) for t, x in enumerate(labels))

    def legal(labels: tuple[int, ...]) -> bool:
        return all(x != INSIDE or (t and labels[t - 1] != OUTSIDE) for t, x in enumerate(labels))

    every = [p for p in np.ndindex(*[3] * 7) if legal(p)]
    for slot in range(3):
        assert legal(tuple(path[:, slot]))
        best = max(total(p, slot) for p in every)
        assert total(tuple(path[:, slot]), slot) == pytest.approx(best, abs=1e-4)


def test_two_spans_side_by_side_stay_two() -> None:
    found = find_spans(
        scores_of("victim", [0, BEGIN, INSIDE, BEGIN, 0]),
        np.zeros((5, CODE_COUNT), np.float32),
        pieces_of([0, 1, 2, 3, 4]),
        NEUTRAL,
    )

    assert [(s.name, s.start, s.end) for s in found] == [("victim", 10, 29), ("victim", 30, 39)]


def test_a_town_alone_is_nobody_killed() -> None:
    pieces = pieces_of([0, 1])
    town = NAMES + SORTS.index("town")
    pieces.ids[1] = town
    codes = np.zeros((2, CODE_COUNT), np.float32)

    assert find_spans(scores_of("victim", [0, BEGIN]), codes, pieces, NEUTRAL) == []
    assert len(find_spans(scores_of("place", [0, BEGIN]), codes, pieces, NEUTRAL)) == 1


def test_a_span_that_begins_inside_a_word_takes_the_whole_word() -> None:
    found = find_spans(
        scores_of("place", [0, 0, BEGIN, 0]), np.zeros((4, CODE_COUNT), np.float32), pieces_of([0, 1, 1, 1]), NEUTRAL
    )

    assert [(s.first, s.last) for s in found] == [(1, 4)]


def test_one_piece_may_carry_several_slots() -> None:
    scores = np.maximum(scores_of("killed", [0, BEGIN]), 0)
    scores[1, SLOTS.index("victim")] = [0, 6, 0]
    found = find_spans(scores, np.zeros((2, CODE_COUNT), np.float32), pieces_of([0, 1]), NEUTRAL)

    assert {s.name for s in found} == {"killed", "victim"}


def test_eagerness_finds_what_is_just_below_the_line() -> None:
    scores = scores_of("outlet", [0, 0])
    scores[1, SLOTS.index("outlet")] = [1, 0.5, 0]
    codes, pieces = np.zeros((2, CODE_COUNT), np.float32), pieces_of([0, 1])

    assert find_spans(scores, codes, pieces, NEUTRAL) == []
    assert len(find_spans(scores, codes, pieces, NEUTRAL + 1)) == 1


def test_a_weapon_always_has_a_code_and_an_event_may_have_none() -> None:
    scores = np.full(CODE_COUNT, -3, dtype=np.float32)
    scores[COLUMNS["weapon"].start + 2] = -1

    assert choose(SLOTS.index("weapon"), scores) == ("blade",)
    assert choose(SLOTS.index("event"), scores) == ()
    assert choose(SLOTS.index("killed"), scores) == ()
    assert choose(SLOTS.index("victim"), scores) == ()


def test_every_code_of_the_network_is_a_code_of_the_schema() -> None:
    schema = bundled_schema()
    lists = {"event": "tactics", "weapon": "weapons", "target": "target_types", "status": "status"}
    for slot, property_id in lists.items():
        known = {code.code for code in schema["incident"][property_id].codes}
        assert set(CODES[slot][1]) <= known  # type: ignore[index]
