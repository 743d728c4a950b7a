"""How well things were put together: B-cubed and pairs.

Source: A. Bagga and B. Baldwin, "Algorithms for Scoring Coreference Chains" (1998).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their harmonic mean, each in 0 .. 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Company = Mapping[int, Collection[int]]  # a position -> all positions that it was put together with, and itself


def b_cubed(company: Company, gold: Sequence[Hashable], only: Collection[int] | None = None) -> Figures:
    """B-cubed of what was put together against a label for each position, over all positions or `only` these.

    What is not scored still counts as company: a scored thing that was put together with it loses precision.
    """
    right: dict[Hashable, set[int]] = {}
    for number, label in enumerate(gold):
        right.setdefault(label, set()).add(number)
    scored = range(len(gold)) if only is None else sorted(only)
    together = [(set(company.get(n, {n})), right[gold[n]]) for n in scored]
    if not together:
        return Figures(0.0, 0.0)
    precision = sum(len(mine & true) / len(mine) for mine, true in together) / len(together)
    recall = sum(len(mine & true) / len(true) for mine, true in together) / len(together)
    return Figures(precision, recall)


def pairwise(company: Company, gold: Sequence[Hashable]) -> Figures:
    """Precision and recall of the pairs that were put together."""
    put = {(min(one, n), max(one, n)) for one, others in company.items() for n in others if n != one}
    true = {pair for pair in combinations(range(len(gold)), 2) if gold[pair[0]] == gold[pair[1]]}
    hit = len(put & true)
    return Figures(hit / len(put) if put else 0.0, hit / len(true) if true else 0.0)


def of_verdicts(said: Sequence[bool], true: Sequence[bool]) -> Figures:
    """Precision and recall of "the same"."""
    hit = sum(a and b for a, b in zip(said, true, strict=True))
    return Figures(hit / sum(said) if any(said) else 0.0, hit / sum(true) if any(true) else 0.0)
