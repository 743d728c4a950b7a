"""Which spans belong together: event mentions into incidents, and every other span to one or several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascribe.readings.naming import fold
from ascribe.readings.trained.layout import EVENT, SLOTS
from ascribe.readings.trained.pieces import Pieces
from ascribe.readings.trained.spans import Floats, Span, sigmoid

# Slots whose words tell incidents apart: two mentions beside the same date are more likely one incident.
TELLING = tuple(SLOTS.index(s) for s in ("date", "place", "perp", "group", "victim", "killed", "target"))
SHORT = 250  # pieces: some 200 words
_DISTANCES = np.array([1, 6, 13, 26, 51, 101, 201])
PAIRS_AT_ONCE = 50_000  # some 100 MB on the way
FEATURES = 16 + 7 + 7 + 4 + 3 + 1 + len(SLOTS) + 1 + 2 * len(TELLING) + 2


@dataclass(frozen=True, slots=True)
class Linker:
    """The small network that scores a span against an event: weights of two layers, as trained."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: float

    def scores(self, asks: Floats, answers: Floats, features: Floats) -> Floats:
        """Scores (spans x events) that the span tells of the event's incident; above zero is yes."""
        width = asks.shape[1]
        by_ask = asks @ self.hidden[:width]
        by_answer = answers @ self.hidden[width : 2 * width]
        product = asks[:, None, :] * answers[None, :, :]
        hidden = by_ask[:, None] + by_answer[None] + product @ self.hidden[2 * width : 3 * width]
        hidden += features @ self.hidden[3 * width :] + self.hidden_bias
        return np.asarray(np.maximum(hidden, 0) @ self.out + self.out_bias, dtype=np.float32)


def pooled(values: Floats, spans: Sequence[Span]) -> Floats:
    """The mean of the pieces' vectors over each span."""
    if not spans:
        return np.zeros((0, values.shape[1]), dtype=np.float32)
    return np.stack([values[s.first : s.last].mean(axis=0) for s in spans])


def one_hot(numbers: NDArray[np.int64], size: int) -> Floats:
    """Numbers as rows with a single one; the last axis is new."""
    return np.eye(size, dtype=np.float32)[np.clip(numbers, 0, size - 1)]


class Pairs:
    """What is known of each (span, event mention) of a text beside their words: distances, order, and shared names."""

    def __init__(self, text: str, pieces: Pieces, spans: Sequence[Span]) -> None:
        self._slots = np.array([s.slot for s in spans], dtype=np.int64)
        self._first = np.array([s.first for s in spans], dtype=np.int64)
        self._last = np.array([s.last for s in spans], dtype=np.int64)
        self._lines, self._sentences = pieces.lines[self._first], pieces.sentences[self._first]
        self._events = np.flatnonzero(self._slots == EVENT)
        self._last_line = int(pieces.lines[-1])
        self._strings = _strings(text, spans)
        self._told = self._telling()

    def features(self, begin: int = 0, end: int | None = None) -> Floats:
        """The features of some spans with every event (spans x events x `FEATURES`)."""
        rows, events = slice(begin, end), self._events
        first, last, slots = self._first[rows], self._last[rows], self._slots[rows]
        after = first[:, None] >= self._first[events][None]
        apart = np.where(after, first[:, None] - self._last[events][None], self._first[events][None] - last[:, None])
        gap = np.maximum(apart, 0)
        distance = np.searchsorted(_DISTANCES, gap, side="right") + 8 * after
        line = self._lines[rows][:, None] - self._lines[events][None]
        sentence = self._sentences[rows][:, None] - self._sentences[events][None]
        rank = np.searchsorted(self._first[events], first, side="right")
        order = np.arange(len(events))
        between = np.where(after, rank[:, None] - 1 - order[None], order[None] - rank[:, None])
        between -= ((slots == EVENT)[:, None] & after).astype(np.int64)
        per_line = np.bincount(self._lines[events], minlength=self._last_line + 1)
        nearest = gap == gap.min(axis=1, keepdims=True)
        size = (len(first), len(events))
        blocks = [
            one_hot(distance, 16),
            one_hot(line + 3, 7),
            one_hot(sentence + 3, 7),
            one_hot(between, 4),
            ((between == 0) & after).astype(np.float32)[..., None],
            ((between == 0) & ~after).astype(np.float32)[..., None],
            nearest.astype(np.float32)[..., None],
            ((line == 0) & (per_line[self._lines[rows]] == 1)[:, None]).astype(np.float32)[..., None],
            np.broadcast_to(one_hot(slots, len(SLOTS))[:, None], (*size, len(SLOTS))),
            (self._strings[rows][:, None] == self._strings[events][None]).astype(np.float32)[..., None],
            self._shared(rows),
            np.full((*size, 1), np.log1p(len(events)) / 3, dtype=np.float32),
            np.full((*size, 1), np.log1p(float(self._last_line)) / 3, dtype=np.float32),
        ]
        return np.concatenate(blocks, axis=-1).astype(np.float32)

    def _telling(self) -> NDArray[np.int64]:
        """For each telling slot the words of a span, or those nearest to an event; -1 where there are none."""
        held = np.full((len(self._slots), len(TELLING)), -1, dtype=np.int64)
        for column, slot in enumerate(TELLING):
            rows = np.flatnonzero(self._slots == slot)
            held[rows, column] = self._strings[rows]
            for event in self._events if len(rows) else ():
                away = np.abs(self._first[rows] - self._first[event]).astype(np.float64)
                away += 1000.0 * (self._sentences[rows] != self._sentences[event])
                near = rows[away.argmin()]
                held[event, column] = self._strings[near] if self._lines[near] == self._lines[event] else -1
        return held

    def _shared(self, rows: slice) -> Floats:
        """Whether those words are the same for span and event, or others."""
        mine, other = self._told[rows][:, None, :], self._told[self._events][None]
        known = (mine >= 0) & (other >= 0)
        return np.concatenate([known & (mine == other), known & (mine != other)], axis=-1).astype(np.float32)


def _strings(text: str, spans: Sequence[Span]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(fold(text[s.start : s.end]), len(numbers)) for s in spans], dtype=np.int64)


def pair_features(text: str, pieces: Pieces, spans: Sequence[Span]) -> Floats:
    """The features of all spans of a text with every event."""
    return Pairs(text, pieces, spans).features()


def pair_scores(
    text: str, pieces: Pieces, spans: Sequence[Span], vectors: tuple[Floats, Floats], linker: Linker
) -> Floats:
    """The scores of all spans with every event, from the vectors with which pieces ask and answer. A long text has many
    of both, so that they are made some spans at a time."""
    events = [s for s in spans if s.slot == EVENT]
    pairs, asks, answers = Pairs(text, pieces, spans), pooled(vectors[0], spans), pooled(vectors[1], events)
    step = max(1, PAIRS_AT_ONCE // len(events))
    starts = range(0, len(spans), step)
    return np.concatenate([linker.scores(asks[k : k + step], answers, pairs.features(k, k + step)) for k in starts])


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure the network must be: `same` for two mentions to be one incident, `also` for a second incident of a
    span, `least` for a span to be attached at all; `support` is the least sum of the confidences of an incident's other
    spans, below which there is nothing told of it: in a text of `SHORT` pieces or more, in proportion in a shorter one,
    which cannot say as much."""

    same: float = 0.4
    also: float = 0.8
    least: float = 0.1
    support: float = 4.0


@dataclass(frozen=True, slots=True)
class Member:
    """A span in an incident, and how likely it belongs there."""

    span: Span
    chance: float


def group(spans: Sequence[Span], scores: Floats, thresholds: Thresholds, length: int = SHORT) -> list[list[Member]]:
    """Incidents as lists of spans in the order of the text of so many pieces, from scores (spans x events)."""
    rows = [k for k, s in enumerate(spans) if s.slot == EVENT]
    if not rows:
        return []
    chances = sigmoid(scores)
    among = np.asarray((chances[rows] + chances[rows].T) / 2, dtype=np.float32)
    clusters = average_link(among, thresholds.same)
    members = [[Member(spans[rows[i]], 1.0) for i in cluster] for cluster in clusters]
    others = [k for k, s in enumerate(spans) if s.slot != EVENT]
    for k, found in zip(others, attach(scores[others], clusters, thresholds), strict=True):
        for number, chance in found:
            members[number].append(Member(spans[k], chance))
    least = thresholds.support * min(1.0, length / SHORT)
    told = [m for m in members if _support(m) >= least]
    ordered = [sorted(m, key=lambda one: (one.span.start, one.span.end, one.span.slot)) for m in told]
    return sorted(ordered, key=lambda m: min(one.span.start for one in m if one.span.slot == EVENT))


def _support(members: Sequence[Member]) -> float:
    return sum(m.span.confidence * m.chance for m in members if m.span.slot != EVENT)


def average_link(chances: Floats, threshold: float) -> list[list[int]]:
    """Clusters of mentions: the two closest are joined as long as their mean chance is above the threshold."""
    clusters = [[k] for k in range(len(chances))]
    sums = np.array(chances, dtype=np.float64)
    sizes = np.ones(len(chances))
    np.fill_diagonal(sums, -np.inf)
    while len(clusters) > 1:
        means = sums / np.outer(sizes, sizes)
        a, b = sorted(divmod(int(means.argmax()), len(clusters)))
        if means[a, b] <= threshold:
            break
        clusters[a] += clusters.pop(b)
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a] += sizes[b]
        sums = np.delete(np.delete(sums, b, axis=0), b, axis=1)
        sizes = np.delete(sizes, b)
        np.fill_diagonal(sums, -np.inf)
    return [sorted(c) for c in clusters]


def attach(scores: Floats, clusters: Sequence[Sequence[int]], thresholds: Thresholds) -> list[list[tuple[int, float]]]:
    """The incidents that each span (row) belongs to, with chances: the likeliest, and others likely by themselves."""
    share = np.exp(scores - scores.max(axis=1, keepdims=True))
    by_share = np.stack([share[:, list(c)].sum(axis=1) for c in clusters], axis=1)
    alone = np.stack([sigmoid(scores[:, list(c)].max(axis=1)) for c in clusters], axis=1)
    found = []
    for best, chances in zip(by_share.argmax(axis=1).tolist(), alone.tolist(), strict=True):
        kept = [(n, chance) for n, chance in enumerate(chances) if n == best or chance > thresholds.also]
        found.append(kept if chances[best] >= thresholds.least else [])
    return found
