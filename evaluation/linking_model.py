"""The linking model estimated from accounts whose incident is known.

m is how often an outcome is met in two accounts of one incident, u in two accounts that were drawn at random. Splink
finds the outcomes; the shares are smoothed, because an outcome that some dozens of pairs never met is rare and not
impossible.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.features import to_json
from ascribe.incidents.splinking import score
from ascribe.incidents.weights import Weights
from evaluation.linking_corpus import Known, pairs_of_one

PRIOR = 1e-5  # two accounts of a casebook at random: one in a hundred thousand are of one incident
THRESHOLD = 2.0  # as log2 of the odds: four to one
SMOOTHING = 0.5  # a pair is added to each outcome in this part
DRAWN = 200_000
SEED = 7

Shares = dict[str, tuple[float, ...]]


def estimate(accounts: Sequence[Known], drawn: int = DRAWN) -> tuple[Weights, int]:
    """The model, and of how many pairs of one incident it was made."""
    together = pairs_of_one(accounts)
    apart = _drawn(accounts, drawn)
    flat = Weights(PRIOR, THRESHOLD, _flat(), _flat())
    said = {number: to_json(known.features) for number, known in enumerate(accounts)}
    outcomes = {(one, other): found for one, other, _, found in score(said, [*together, *apart], flat)}
    m, u = (_shares([outcomes[pair] for pair in pairs]) for pairs in (together, apart))
    return Weights(PRIOR, THRESHOLD, m, u), len(together)


def _flat() -> Shares:
    return {c.name: tuple(1 / len(c.levels) for _ in c.levels) for c in COMPARISONS}


def _drawn(accounts: Sequence[Known], wanted: int) -> list[tuple[int, int]]:
    """Pairs of accounts of two documents and two incidents, drawn at random."""
    chance = random.Random(SEED)
    found: dict[tuple[int, int], None] = {}
    most = len(accounts) * (len(accounts) - 1) // 3
    while len(found) < min(wanted, most):
        one, other = sorted(chance.sample(range(len(accounts)), 2))
        a, b = accounts[one], accounts[other]
        if a.incident != b.incident and a.document != b.document:
            found[one, other] = None
    return list(found)


def _shares(outcomes: Sequence[tuple[int, ...]]) -> Shares:
    """How often each outcome was met, among the pairs in which both say something."""
    shares = {}
    for number, comparison in enumerate(COMPARISONS):
        met = [SMOOTHING] * len(comparison.levels)
        for outcome in outcomes:
            if outcome[number] >= 0:
                met[outcome[number]] += 1
        shares[comparison.name] = tuple(count / sum(met) for count in met)
    return shares
