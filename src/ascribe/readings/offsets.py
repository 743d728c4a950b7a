"""Finding things by their offsets in lists that are in the order of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Something that stands at an offset of the text."""

    @property
    def start(self) -> int:
        """Where it begins."""


Item = TypeVar("Item", bound=Placed)


def inside(items: Sequence[Item], start: int, end: int) -> Sequence[Item]:
    """The items, which are in the order of the text, that begin in `start:end`."""
    first = bisect_left(items, start, key=lambda item: item.start)
    return items[first : bisect_left(items, end, first, key=lambda item: item.start)]


def overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span overlaps one of others, which are in order and (all but) apart from each other."""
    after = bisect_left(spans, (start, start))
    return any(s < end and start < e for s, e in spans[max(0, after - 3) : after + 1])
