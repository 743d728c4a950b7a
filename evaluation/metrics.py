"""How well a reading fits the gold: incidents aligned one to one, then credit for every slot filler.

Incidents are aligned so that the sum of their similarities is greatest; a pair below 0.25 is no pair, and one of at
least 0.4 counts as found. An incident that is not required is neither rewarded nor punished.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

from evaluation.fillers import SLOTS, Filler, credit, wording
from evaluation.gold_format import GoldDocument, GoldIncident, ReadDocument, ReadIncident, Span, overlaps

IDENTITY = ("date", "place", "killed", "perpetrators", "victims", "groups", "tactics")
PAIRED = 0.25
FOUND = 0.4
OVERLAP_BONUS = 0.2

FindingKind: TypeAlias = Literal["missed", "spurious", "half", "weak"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Credit among what was read and what the gold holds."""

    credit: float = 0.0
    read: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(self.credit + other.credit, self.read + other.read, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of what was read that is right; 0 where nothing was read."""
        return self.credit / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was read; 0 where it holds nothing."""
        return self.credit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference between gold and reading, with the words that show it.

    `slot` is "incident" for whole incidents; "half" is half a mark, "weak" a pair too unlike to count as found.
    """

    kind: FindingKind
    slot: str
    incident: str | None
    gold: str | None
    read: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A read incident (by position) and the gold incident that it was taken for."""

    read: int
    gold: int
    similarity: float


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """The counts of one document and what they consist of."""

    name: str
    incident: Tally
    slots: Mapping[str, Tally]
    evidence: int
    evidence_wrong: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of several documents. `evidence_right` is None where a reading gives no evidence."""

    documents: int
    incident: Tally
    slots: Tally
    by_slot: Mapping[str, Tally]
    evidence: int
    evidence_right: float | None


def match_fillers(slot: str, read: tuple[Filler, ...], gold: tuple[Filler, ...]) -> list[tuple[int, int, float]]:
    """The one-to-one pairs of two lists of fillers with the greatest credit, as (read, gold, credit)."""
    if not read or not gold:
        return []
    credits_ = np.array([[credit(slot, r, g) for g in gold] for r in read])
    rows, columns = linear_sum_assignment(-credits_)
    return [(int(i), int(j), float(credits_[i, j])) for i, j in zip(rows, columns, strict=True) if credits_[i, j] > 0]


def _credit(slot: str, read: tuple[Filler, ...], gold: tuple[Filler, ...]) -> float:
    return sum(c for _, _, c in match_fillers(slot, read, gold))


def similarity(read: ReadIncident, gold: GoldIncident) -> float:
    """0 .. 1: the F1 of the slots that identify an incident, a fifth of it for overlapping evidence."""
    slots = [slot for slot in IDENTITY if slot not in gold.unscored]
    got = sum(2 * _credit(slot, read.fillers[slot], gold.fillers[slot]) for slot in slots)
    size = sum(len(read.fillers[slot]) + len(gold.fillers[slot]) for slot in slots)
    f1 = got / size if size else 0.0
    return 0.8 * f1 + (OVERLAP_BONUS if overlaps(read.evidence, gold.evidence) else 0.0)


def align(read: ReadDocument | None, gold: GoldDocument) -> list[Pair]:
    """The one-to-one pairs of incidents with the greatest sum of similarities."""
    if read is None or not read.incidents or not gold.incidents:
        return []
    likeness = np.array([[similarity(r, g) for g in gold.incidents] for r in read.incidents])
    rows, columns = linear_sum_assignment(-likeness)
    pairs = (Pair(int(i), int(j), float(likeness[i, j])) for i, j in zip(rows, columns, strict=True))
    return [pair for pair in pairs if pair.similarity >= PAIRED]


class _Counting:
    """The counts of one document while its incidents are gone through."""

    def __init__(self) -> None:
        self.incident = Tally()
        self.slots = dict.fromkeys(SLOTS, Tally())
        self.findings: list[Finding] = []

    def pair(self, read: ReadIncident, gold: GoldIncident, likeness: float) -> None:
        if not gold.required:
            return
        self.incident += Tally(float(likeness >= FOUND), 1, 1)
        if likeness < FOUND:
            self.findings.append(Finding("weak", "incident", gold.id, gold.id, describe(read), gold.evidence))
        for slot in SLOTS:
            if not gold.skips(slot):
                self._slot(slot, read, gold)

    def _slot(self, slot: str, read: ReadIncident, gold: GoldIncident) -> None:
        given, wanted = read.fillers[slot], gold.fillers[slot]
        matched = match_fillers(slot, given, wanted)
        self.slots[slot] += Tally(sum(c for _, _, c in matched), len(given), len(wanted))
        for i, j, got in matched:
            if got < 1:
                words = read.words_of(slot, given[i]) or gold.words_of(slot, wanted[j])
                self.findings.append(Finding("half", slot, gold.id, wording(wanted[j]), wording(given[i]), words))
        for i in set(range(len(given))) - {i for i, _, _ in matched}:
            words = read.words_of(slot, given[i]) or read.evidence
            self.findings.append(Finding("spurious", slot, gold.id, None, wording(given[i]), words))
        for j in set(range(len(wanted))) - {j for _, j, _ in matched}:
            words = gold.words_of(slot, wanted[j])
            self.findings.append(Finding("missed", slot, gold.id, wording(wanted[j]), None, words))

    def spurious(self, read: ReadIncident) -> None:
        self.incident += Tally(0.0, 1, 0)
        for slot, given in read.fillers.items():
            self.slots[slot] += Tally(0.0, len(given), 0)
        self.findings.append(Finding("spurious", "incident", None, None, describe(read), read.evidence))

    def missed(self, gold: GoldIncident) -> None:
        self.incident += Tally(0.0, 0, 1)
        for slot, wanted in gold.fillers.items():
            if not gold.skips(slot):
                self.slots[slot] += Tally(0.0, 0, len(wanted))
        self.findings.append(Finding("missed", "incident", gold.id, gold.id, None, gold.evidence))


def describe(read: ReadIncident) -> str:
    """A read incident in a few words: its date, place and tactics."""
    parts = [wording(f) for slot in ("date", "place", "tactics") for f in read.fillers[slot]]
    return " · ".join(parts) or "no date, place or tactic"


def score_document(gold: GoldDocument, read: ReadDocument | None) -> DocumentScore:
    """The counts of one document; without a reading every incident is missed."""
    counting = _Counting()
    pairs = align(read, gold)
    incidents = read.incidents if read else ()
    for pair in pairs:
        counting.pair(incidents[pair.read], gold.incidents[pair.gold], pair.similarity)
    optional = [span for g in gold.incidents if not g.required for span in g.evidence]
    for i, incident in enumerate(incidents):
        if i not in {p.read for p in pairs} and not overlaps(incident.evidence, optional):
            counting.spurious(incident)
    for j, wanted in enumerate(gold.incidents):
        if j not in {p.gold for p in pairs} and wanted.required:
            counting.missed(wanted)
    counts = (read.evidence, read.evidence_wrong) if read else (0, 0)
    return DocumentScore(gold.name, counting.incident, counting.slots, *counts, tuple(counting.findings))


def score(gold: Mapping[str, GoldDocument], read: Mapping[str, ReadDocument]) -> list[DocumentScore]:
    """Every gold document scored against the reading of the same name."""
    return [score_document(document, read.get(name)) for name, document in gold.items()]


def total(scores: Iterable[DocumentScore]) -> Figures:
    """The micro-averaged figures of several documents."""
    scores = list(scores)
    by_slot = {slot: sum((s.slots[slot] for s in scores), Tally()) for slot in SLOTS}
    evidence = sum(s.evidence for s in scores)
    wrong = sum(s.evidence_wrong for s in scores)
    return Figures(
        len(scores),
        sum((s.incident for s in scores), Tally()),
        sum(by_slot.values(), Tally()),
        by_slot,
        evidence,
        1 - wrong / evidence if evidence else None,
    )
