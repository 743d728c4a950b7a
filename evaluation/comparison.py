"""What a change gained and lost: two measurements of the same gold, difference by difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.gold_format import GoldDocument
from evaluation.metrics import DocumentScore, Finding, total
from evaluation.sentences import sentences


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that came ("lost") or went ("gained"), with the sentences that show it."""

    verdict: Literal["gained", "lost"]
    document: str
    kind: str
    slot: str
    told: str
    sentences: tuple[str, ...]


def told(finding: Finding | Mapping[str, Any]) -> str:
    """A finding in a few words: the incident, what the gold has, what was read."""
    row = finding if isinstance(finding, Mapping) else _row(finding, "")
    gold, read = row["gold"], row["read"]
    if row["slot"] == "incident":
        return str(gold if gold and not read else f"{gold}, read as {read}" if gold else read)
    wording = f"{read} for {gold}" if gold and read else str(gold or read)
    return f"{row['incident']} {row['slot']}: {wording}"


def _row(finding: Finding, text: str) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "slot": finding.slot,
        "incident": finding.incident,
        "gold": finding.gold,
        "read": finding.read,
        "sentences": sentences(text, finding.spans),
    }


def measurement(scores: Iterable[DocumentScore], gold: Mapping[str, GoldDocument]) -> dict[str, Any]:
    """What `--out` writes: the figures, and every finding of every document with its sentences."""
    scores = list(scores)
    figures = total(scores)
    tallies = {"incident": figures.incident, "slots": figures.slots}
    return {
        "documents": figures.documents,
        **{name: {"p": t.precision, "r": t.recall, "f1": t.f1} for name, t in tallies.items()},
        "by_slot": {s: {"p": t.precision, "r": t.recall, "f1": t.f1} for s, t in figures.by_slot.items()},
        "evidence": figures.evidence,
        "evidence_right": figures.evidence_right,
        "findings": {s.name: [_row(f, gold[s.name].text) for f in s.findings] for s in scores},
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The differences that only one of two measurements has, for the documents that both have."""
    found = []
    for name, rows in after["findings"].items():
        earlier = before["findings"].get(name)
        if earlier is not None:
            found += [_change("gained", name, row) for row in _only(earlier, rows)]
            found += [_change("lost", name, row) for row in _only(rows, earlier)]
    return found


def _identity(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("kind", "slot", "incident", "gold", "read"))


def _only(rows: list[dict[str, Any]], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that are not among the others, each as often as it is there more often."""
    spare = Counter(map(_identity, others))
    found = []
    for row in rows:
        if spare[_identity(row)]:
            spare[_identity(row)] -= 1
        else:
            found.append(row)
    return found


def _change(verdict: Literal["gained", "lost"], document: str, row: dict[str, Any]) -> Change:
    return Change(verdict, document, row["kind"], row["slot"], told(row), tuple(row["sentences"]))
