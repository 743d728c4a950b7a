# ruff: noqa: T201
"""Train the linking model: annotated documents -> src/ascribe/incidents/weights.toml.

    python -m training.linking FOLDER... [--out FILE]

How it is estimated stands in evaluation/linking_model.py. The documents come from the training folder only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.weights import FILE, Weights
from evaluation.linking_corpus import known_accounts
from evaluation.linking_model import DRAWN, SMOOTHING, estimate

OUT = Path(__file__).parents[1] / "src" / "ascribe" / "incidents" / FILE


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
