"""Why two accounts were put together, or were not, in words and weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.conflicts import conflict
from ascribe.incidents.features import Features
from ascribe.incidents.weights import Weights, probability, shipped


@dataclass(frozen=True, slots=True)
class Part:
    """The outcome of one comparison: what was compared, in which words, and its weight (log2 of a ratio)."""

    name: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """All comparisons of a pair in which both accounts say something, the prior, and what they come to."""

    parts: tuple[Part, ...]
    prior: float
    weight: float

    @property
    def probability(self) -> float:
        """That the two are one incident, as the model has it; conflicts and rivals are not in it."""
        return probability(self.weight)


def weighed(outcomes: Sequence[int], weights: Weights | None = None) -> Weighed:
    """A pair's outcomes in words, by the shipped model or another."""
    weights = weights or shipped()
    parts = tuple(
        Part(comparison.name, comparison.levels[outcome].words, by_level[outcome])
        for comparison, by_level, outcome in zip(COMPARISONS, weights.by_level, outcomes, strict=True)
        if outcome >= 0
    )
    return Weighed(parts, weights.prior_weight, weights.weight(tuple(outcomes)))


def kept_apart(ours: Iterable[Features], theirs: Sequence[Features]) -> str:
    """Why two incidents that a link connects are two, in a few words."""
    for one in ours:
        for other in theirs:
            if why := conflict(one, other):
                return why
    return "another account fits as well or better"
