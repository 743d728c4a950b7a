"""Label scores of word pieces -> marked spans with their codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ascribe.readings.marks import Slot
from ascribe.readings.trained.layout import CODES, COLUMNS, SLOTS
from ascribe.readings.trained.pieces import NAMES, Pieces
from ascribe.readings.trained.standins import SORTS

Floats = NDArray[np.float32]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
# A town, a country or the adjective of one alone is no person.
_PEOPLE = ("perp", "victim")
_NOBODY = frozenset(NAMES + SORTS.index(sort) for sort in ("town", "country", "nation", "faith", "worship"))
NO_LINES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """Pieces `first:last` = characters `start:end` that carry a slot; `confidence` is the network's own.

    `part` is the chance that a number or place is only a part of the incident's.
    """

    slot: int
    first: int
    last: int
    start: int
    end: int
    confidence: float = 1.0
    codes: tuple[str, ...] = ()
    part: float = 0.0

    @property
    def name(self) -> Slot:
        """The slot by name."""
        return SLOTS[self.slot]


def log_softmax(scores: Floats) -> Floats:
    """Log probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float32)


def best_path(scores: Floats) -> NDArray[np.int8]:
    """The best labels (pieces x slots) under the rule that nothing goes on (INSIDE) that has not begun (Viterbi)."""
    length, slots, _ = scores.shape
    held = np.array(scores.transpose(0, 2, 1), order="C")  # pieces x labels x slots: the best sum that ends there
    held[0, INSIDE] = -1e9
    begun, most = np.empty((2, slots), dtype=held.dtype)
    for before, now in pairwise(held):
        np.maximum(before[BEGIN], before[INSIDE], out=begun)
        np.maximum(before[OUTSIDE], begun, out=most)
        now[:INSIDE] += most
        now[INSIDE] += begun
    begun_by = np.where(held[:, BEGIN] >= held[:, INSIDE], BEGIN, INSIDE).astype(np.int8)
    labels: NDArray[np.int8] = held.argmax(axis=1).astype(np.int8)  # unless the next piece goes on
    for t in range(length - 1, 0, -1):
        np.copyto(labels[t - 1], begun_by[t - 1], where=labels[t] == INSIDE)
    return labels


def find_spans(
    labels: Floats, codes: Floats, pieces: Pieces, eagerness: Floats, lines: Mapping[str, float] = NO_LINES
) -> list[Span]:
    """Spans in the order of the text from raw scores: labels (pieces x slots x 3), codes (pieces x codes).

    `eagerness` is taken from the score of OUTSIDE, slot by slot: above zero more spans are found. `lines` are the
    scores above which a code is given, by slot; zero, an even chance, where none is named.
    """
    if not len(pieces):
        return []
    log = log_softmax(labels)
    chances = 1 - np.exp(log[:, :, OUTSIDE])
    log[:, :, OUTSIDE] -= eagerness
    path = best_path(log)
    found: dict[tuple[int, int, int], Span] = {}
    for slot in range(path.shape[1]):
        for first, last in _runs(path[:, slot]):
            confidence = float(chances[first:last, slot].mean())
            left, right = _whole_words(pieces, first, last)
            if SLOTS[slot] in _PEOPLE and set(pieces.ids[left:right].tolist()) <= _NOBODY:
                continue
            means = codes[left:right].mean(axis=0)
            chosen = choose(slot, means, lines.get(SLOTS[slot], 0.0))
            start, end = int(pieces.starts[left]), int(pieces.ends[right - 1])
            held = found.get((slot, left, right))
            if held is None or held.confidence < confidence:
                found[slot, left, right] = Span(slot, left, right, start, end, confidence, chosen, _part(slot, means))
    return sorted(found.values(), key=lambda s: (s.start, s.end, s.slot))


def _part(slot: int, means: Floats) -> float:
    name = SLOTS[slot]
    if name not in CODES or CODES[name][0] != "flag":
        return 0.0
    return float(sigmoid(means[COLUMNS[name]])[0])


def _runs(labels: NDArray[np.int8]) -> list[tuple[int, int]]:
    starts = np.flatnonzero(labels == BEGIN)
    runs = []
    for start in starts:
        end = int(start) + 1
        while end < len(labels) and labels[end] == INSIDE:
            end += 1
        runs.append((int(start), end))
    return runs


def _whole_words(pieces: Pieces, first: int, last: int) -> tuple[int, int]:
    while first > 0 and pieces.words[first - 1] == pieces.words[first]:
        first -= 1
    while last < len(pieces) and pieces.words[last] == pieces.words[last - 1]:
        last += 1
    return first, last


def choose(slot: int, scores: Floats, line: float = 0.0) -> tuple[str, ...]:
    """The codes of a span from its mean code scores. A target or weapon always has one, an event may have none."""
    name = SLOTS[slot]
    if name not in CODES:
        return ()
    choice, codes = CODES[name]
    mine = scores[COLUMNS[name]]
    if choice == "one":
        return (codes[int(mine.argmax())],)
    over = tuple(code for code, score in zip(codes, mine, strict=True) if score > line)
    if not over and name in ("weapon", "target"):
        return (codes[int(mine.argmax())],)
    return over
