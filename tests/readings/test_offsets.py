"""Finding things by offset gives what a plain search gives."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ascribe.readings.offsets import inside, overlaps


@dataclass(frozen=True)
class Thing:
    start: int


@given(st.lists(st.integers(0, 50)).map(sorted), st.integers(0, 50), st.integers(0, 50))
def test_inside_is_what_begins_between_two_offsets(starts: list[int], start: int, end: int) -> None:
    things = [Thing(s) for s in starts]

    assert list(inside(things, start, end)) == [t for t in things if start <= t.start < end]


@given(st.sets(st.integers(0, 30)), st.integers(0, 60), st.integers(1, 10))
def test_overlaps_finds_any_of_spans_that_lie_apart(starts: set[int], start: int, length: int) -> None:
    spans = [(2 * s, 2 * s + 1) for s in sorted(starts)]
    end = start + length

    assert overlaps(start, end, spans) == any(s < end and start < e for s, e in spans)
