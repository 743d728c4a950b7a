"""How well accounts are put together.

    python -m evaluation.linking FOLDER... [--reader NAME]     documents annotated with ids of incidents
    python -m evaluation.linking --ecbplus FILE [--reader NAME]    ECB+: are documents of one subtopic together?
    python -m evaluation.linking --famus FILE [--reader NAME]      FAMuS: do two documents tell of one event?

On annotated folders the model is trained anew five times, each time without a fifth of the incidents, and scored on
that fifth while all accounts compete. Accounts are made of the annotators' marks, or by the reader that is named. The
other two need a reader and use the shipped model; documents are together if any of their accounts are.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ascribe.incidents.grouping import cluster_all, group
from ascribe.model import Told
from ascribe.readings import extractor
from evaluation.linking_corpus import FOLDS, known_accounts
from evaluation.linking_metrics import Figures, b_cubed, of_verdicts, pairwise
from evaluation.linking_model import estimate
from evaluation.predictions import document

# FrameNet frames of FAMuS that are, or may be, political violence.
VIOLENT = frozenset(
    """Attack Cause_harm Counterattack Destroying Detonate_explosive Explosion Hostile_encounter Kidnapping Killing
    Shoot_projectiles Suicide_attack""".split()
)


def crossed(folders: Sequence[Path], reader: str | None) -> None:
    """Train without a fold, link everything, score the fold; print the figures of all folds together."""
    marked = known_accounts(folders)
    accounts = marked if reader is None else known_accounts(folders, reader)
    company: dict[int, set[int]] = {}
    for fold in range(FOLDS):
        weights, _ = estimate([known for known in marked if known.fold != fold])
        found = cluster_all([known.features for known in accounts], weights=weights)
        company.update({n: set(c) for c in found for n in c if accounts[n].fold == fold})
    gold = [known.incident for known in accounts]
    told = Counter(gold)
    shared = [n for n, incident in enumerate(gold) if told[incident] > 1]
    print(f"accounts                          {len(accounts):>7}")
    print(f"incidents told by several         {sum(count > 1 for count in told.values()):>7}")
    print(f"accounts of these                 {len(shared):>7}\n")
    _row("B³, all accounts", b_cubed(company, gold))
    _row("B³, accounts of incidents told by several", b_cubed(company, gold, shared))
    _row("pairs", pairwise(company, gold))


def _row(label: str, figures: Figures) -> None:
    print(f"{label:<44} P {figures.precision:.3f}  R {figures.recall:.3f}  F1 {figures.f1:.3f}")


def _lines(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(name: str, text: str, reader: str) -> list[Told]:
    """The incident accounts that a reader finds in a text without a date."""
    given = document(name, text)
    reading = extractor(reader).read(given)
    return [Told(given, reading, account) for account in reading.of_kind("incident")]


def together(told: Iterable[Told]) -> list[set[str]]:
    """The documents that are linked by any of their accounts."""
    found: list[set[str]] = []
    for members in group(told).values():
        documents = {t.document.id for t in members}
        touched = [one for one in found if one & documents]
        found = [one for one in found if not one & documents] + [documents.union(*touched)]
    return found


def ecbplus(path: Path, reader: str) -> None:
    """Documents against subtopics."""
    rows = _lines(path)
    told = [read(row["id"], row["text"], reader) for row in rows]
    at: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        at.setdefault(document(row["id"], row["text"]).id, []).append(number)
    found = together(t for ts in told for t in ts)
    clusters = [{n for d in documents for n in at[d]} for documents in found]
    company = {n: cluster for cluster in clusters for n in cluster}
    gold = [str(row["subtopic"]) for row in rows]
    read_some = [n for n, ts in enumerate(told) if ts]
    print(
        f"documents {len(rows)}, subtopics {len(set(gold))}, documents in which an incident was read {len(read_some)}\n"
    )
    _row("B³, all documents", b_cubed(company, gold))
    _row("B³, documents in which an incident was read", b_cubed(company, gold, read_some))
    _row("pairs", pairwise(company, gold))


def famus(path: Path, reader: str) -> None:
    """Pairs of documents against "the same event"."""
    rows = _lines(path)
    read_all = [(read("report", r["report"], reader), read("source", r["source"], reader)) for r in rows]
    said = [any(len({t.document.id for t in m}) > 1 for m in group([*a, *b]).values()) for a, b in read_all]
    for label, chosen in (
        ("all pairs", range(len(rows))),
        ("pairs of violent events", [n for n, r in enumerate(rows) if r["event_type"] in VIOLENT]),
        ("pairs in which both were read", [n for n, (a, b) in enumerate(read_all) if a and b]),
    ):
        true = [bool(rows[n]["same_event"]) for n in chosen]
        print(f"{label}: {len(true)}, {sum(true)} of them the same event")
        _row("  the same event", of_verdicts([said[n] for n in chosen], true))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--ecbplus", type=Path)
    parser.add_argument("--famus", type=Path)
    parser.add_argument("--reader")
    options = parser.parse_args(arguments)
    if options.folders:
        crossed(options.folders, options.reader)
    if options.ecbplus:
        ecbplus(options.ecbplus, options.reader or "rules")
    if options.famus:
        famus(options.famus, options.reader or "rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
