# ruff: noqa: T201
"""Train the linking model: annotated documents -> src/ascribe/incidents/weights.toml.

    python -m training.linking FOLDER... [--out FILE]

m is how often an outcome is met in two accounts of one incident, u in two accounts that were drawn at random. Splink
finds the outcomes; the shares are smoothed, because an outcome that some dozens of pairs never met is rare and not
impossible. The documents come from the training folder only.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.features import to_json
from ascribe.incidents.splinking import score
from ascribe.incidents.weights import FILE, Weights
from evaluation.linking_corpus import Known, known_accounts, pairs_of_one

PRIOR = 1e-5  # two accounts of a casebook at random: one in a hundred thousand are of one incident
THRESHOLD = 2.0  # as log2 of the odds: four to one
SMOOTHING = 0.5  # a pair is added to each outcome in this part
DRAWN = 200_000
SEED = 7
OUT = Path(__file__).parents[1] / "src" / "ascribe" / "incidents" / FILE

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


def written(weights: Weights, documents: int, accounts: int, pairs: int) -> str:
    """The model as its file has it, with its card."""
    lines = [
        "# What each outcome of a comparison weighs when two accounts are compared; written by training/linking.py.",
        "",
        f"prior = {weights.prior}",
        f"threshold = {weights.threshold}",
        "",
        "[card]",
        'model = "Fellegi and Sunter; outcomes by Splink 5; m and u counted and smoothed"',
        'trained_on = "annotated documents of the project, about half of them invented; none is a test document"',
        f"documents = {documents}",
        f"accounts = {accounts}",
        f"pairs_of_one_incident = {pairs}",
        f"pairs_at_random = {DRAWN}",
        f"smoothing = {SMOOTHING}",
        'figures = "docs/linking.md"',
        'limits = "few pairs of one incident, all in English; wire reports, newspapers, digests and judgments"',
    ]
    for comparison in COMPARISONS:
        m, u = weights.m[comparison.name], weights.u[comparison.name]
        words = ", ".join(f'"{level.words}"' for level in comparison.levels)
        lines += ["", f"[comparisons.{comparison.name}]", f"outcomes = [{words}]"]
        lines += [f"{part} = [{', '.join(f'{x:.6f}' for x in row)}]" for part, row in (("m", m), ("u", u))]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    accounts = known_accounts(options.folders)
    weights, pairs = estimate(accounts)
    documents = len({known.document for known in accounts})
    options.out.write_text(written(weights, documents, len(accounts), pairs), "utf-8")
    print(f"{documents} documents, {len(accounts)} accounts, {pairs} pairs of one incident: {options.out}")
    for comparison, row in zip(COMPARISONS, weights.by_level, strict=True):
        print(comparison.name)
        for level, weight in zip(comparison.levels, row, strict=False):
            print(f"  {level.words:<44} {weight:>7.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
