"""Candidate pairs to links: who repeats whom, who cannot be one, and what speaks for the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ascribe.incidents.conflicts import conflict
from ascribe.incidents.features import Features, to_json
from ascribe.incidents.weights import Weights, levels_of, shipped

FEW = 20_000  # pairs up to which starting Splink takes longer than comparing here
_PLACES = 4  # decimals of a weight that count, so that sums in another order are one weight

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Linked:
    """A pair that is linked: its weight and the outcome of each comparison, or neither where one reprints the other."""

    one: int
    other: int
    weight: float | None = None
    outcomes: tuple[int, ...] = ()

    @property
    def reprint(self) -> bool:
        """Whether the first account reprints the second."""
        return self.weight is None


def linked(features: Mapping[int, Features], pairs: Collection[Pair], weights: Weights | None = None) -> list[Linked]:
    """Which of the pairs are linked, by the shipped model or another; `features` by the accounts' numbers."""
    weights = weights or shipped()
    copies = [copy for pair in pairs for copy in _reprint(features, *pair)]
    repeated = {frozenset((c.one, c.other)) for c in copies}
    open_pairs = [
        (one, other)
        for one, other in pairs
        if conflict(features[one], features[other]) is None and frozenset((one, other)) not in repeated
    ]
    scored = (_here if len(open_pairs) <= FEW else _splink)(features, open_pairs, weights)
    return copies + [found for found in scored if found.weight is not None and found.weight >= weights.threshold]


def _reprint(features: Mapping[int, Features], one: int, other: int) -> list[Linked]:
    """The pair as copy and original, where one repeats the anchor's words of the document that it reprints."""
    for copy, original in ((one, other), (other, one)):
        said, first = features[copy], features[original]
        if said.copy_of == first.document and said.wording == first.wording:
            return [Linked(copy, original)]
    return []


def _here(features: Mapping[int, Features], pairs: Collection[Pair], weights: Weights) -> list[Linked]:
    found = []
    for one, other in pairs:
        outcomes = levels_of(features[one], features[other])
        found.append(Linked(one, other, round(weights.weight(outcomes), _PLACES), outcomes))
    return found


def _splink(features: Mapping[int, Features], pairs: Collection[Pair], weights: Weights) -> list[Linked]:
    from ascribe.incidents.splinking import score  # noqa: PLC0415 - Splink and DuckDB are loaded for many pairs only

    named = {n for pair in pairs for n in pair}
    kept = {n: to_json(features[n]) for n in named}
    return [Linked(one, other, round(w, _PLACES), outcomes) for one, other, w, outcomes in score(kept, pairs, weights)]
