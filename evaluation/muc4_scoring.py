"""The published measures for MUC-4 with five roles: GTT's micro F1 and CEAF-RME (phi_3 and phi_subset).

Strings are compared after lower-casing and dropping ASCII punctuation and a, an, the. A second copy of a gold template
is dropped. Sources: `eval.py` of GTT (Du, Rush and Cardie 2021, "CEAF-REE_impl" in the paper of IterX) and
`ceaf-scorer.py` of IterX (Chen et al. 2023); a document that those would count in an odd way is counted in the same way
here, and the places where that matters say so.
"""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.optimize import linear_sum_assignment

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"
MEASURES = ("GTT", "RME-sub", "RME-phi3")

Entity: TypeAlias = tuple[str, ...]
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(mention: str) -> str:
    """A mention as both scorers compare it."""
    return " ".join(re.sub(r"\b(a|an|the)\b", " ", mention.lower().translate(_PUNCTUATION)).split())


@dataclass(frozen=True, slots=True)
class Template:
    """An incident of MUC-4: its type, and for each role its entities, an entity being its coreferent mentions."""

    type: str
    roles: Mapping[str, tuple[Entity, ...]]

    def normalised(self) -> Template:
        """The template with all mentions in the form in which they are compared."""
        return Template(self.type, {r: tuple(tuple(map(normalise, e)) for e in self.roles[r]) for r in ROLES})


@dataclass(frozen=True, slots=True)
class Counts:
    """Right among predicted, found among gold; the two numerators can differ."""

    right: float = 0
    predicted: float = 0
    found: float = 0
    gold: float = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """In 0 .. 1."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """In 0 .. 1."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


Rows: TypeAlias = dict[str, Counts]


def _assigned(gain: np.ndarray) -> float:
    rows, columns = linear_sum_assignment(-gain)
    return float(gain[rows, columns].sum())


# GTT


def _pair_hits(predicted: Template, gold: Template) -> dict[str, tuple[int, int]] | None:
    """Right predicted and found gold entities by row; None where the types disagree.

    The predicted type has to be a part of the gold type: "attack" fits "attack / bombing".
    """
    if predicted.type not in gold.type:
        return None
    hits = {TYPE: (1, 1)}
    for role in ROLES:
        wanted = [set(entity) for entity in gold.roles[role]]
        fits = [[set(entity) <= mentions for mentions in wanted] for entity in predicted.roles[role]]
        hits[role] = (sum(map(any, fits)), sum(any(column) for column in zip(*fits, strict=True)))
    return hits


def _summed(hits: Mapping[str, tuple[int, int]] | None) -> tuple[int, int]:
    rows = (hits or {}).values()
    return sum(right for right, _ in rows), sum(found for _, found in rows)


class _Alignment:
    """The alignment of templates with the best F1 of the document.

    F1 is no sum over pairs, so that one assignment does not find it. The search goes through the alignments in the
    order of the original (gold template 0, 1, ..., none for the first prediction, then the second, ...) and leaves a
    branch when even the separately greatest numerators of precision and recall cannot beat what is known. The first of
    the best is the one the original takes; which one it is matters only for the rows by role.
    """

    def __init__(self, predicted: Sequence[Template], gold: Sequence[Template]) -> None:
        self.hits = [[_pair_hits(p, g) for g in gold] for p in predicted]
        sums = [[_summed(h) for h in row] for row in self.hits]
        gains = np.array(sums, dtype=float).reshape(len(predicted), len(gold), 2)
        self.right, self.found = gains[:, :, 0], gains[:, :, 1]
        self.empty = sum(_sizes(predicted, gold).values(), Counts())
        self.known = max(self._seeds(), default=0.0)
        self.best: list[int] | None = None
        self.best_f1 = -1.0

    def _f1(self, right: float, found: float) -> float:
        return (self.empty + Counts(right=right, found=found)).f1

    def _seeds(self) -> Iterator[float]:
        """F1 values that some alignment reaches: those of the best assignments by weighted sums."""
        for weight in (0.0, 0.5, 1.0):
            rows, columns = linear_sum_assignment(-(weight * self.right + (1 - weight) * self.found))
            yield self._f1(float(self.right[rows, columns].sum()), float(self.found[rows, columns].sum()))

    def search(self) -> list[int]:
        """The position of a gold template, or -1, for each prediction."""
        self._branch([], list(range(self.right.shape[1])), 0.0, 0.0)
        return self.best or []

    def _branch(self, path: list[int], free: list[int], right: float, found: float) -> None:
        at = len(path)
        if at == len(self.hits):
            reached = self._f1(right, found)
            if reached > self.best_f1:
                self.best, self.best_f1 = path, reached
            return
        bound = self._f1(
            right + _assigned(self.right[at:, free]),
            found + _assigned(self.found[at:, free]),
        )
        if bound < self.known or bound <= self.best_f1:
            return
        for j in free:
            rest = [k for k in free if k != j]
            self._branch([*path, j], rest, right + float(self.right[at, j]), found + float(self.found[at, j]))
        self._branch([*path, -1], free, right, found)


def _sizes(predicted: Sequence[Template], gold: Sequence[Template]) -> Rows:
    rows = {TYPE: Counts(predicted=len(predicted), gold=len(gold))}
    for role in ROLES:
        sizes = [sum(len(t.roles[role]) for t in templates) for templates in (predicted, gold)]
        rows[role] = Counts(predicted=sizes[0], gold=sizes[1])
    return rows


def gtt(predicted: Sequence[Template], gold: Sequence[Template]) -> Rows:
    """The counts of one document by row: incident type and the five roles. Mentions are normalised already."""
    rows = _sizes(predicted, gold)
    if not predicted or not gold:
        return rows
    alignment = _Alignment(predicted, gold)
    for i, j in enumerate(alignment.search()):
        for row, (right, found) in ((alignment.hits[i][j] if j >= 0 else None) or {}).items():
            rows[row] += Counts(right=right, found=found)
    return rows


# CEAF-RME

_Mentions: TypeAlias = list[tuple[str, str, str]]  # (incident type, role, words)
_Likeness: TypeAlias = Callable[[list[_Mentions], list[_Mentions]], tuple[float, float]]


def _entities(template: Template, kind: str | None = None) -> list[_Mentions]:
    kind = template.type if kind is None else kind
    return [[(kind, role, words) for words in entity] for role in ROLES for entity in template.roles[role]]


def _phi_subset(gold: list[_Mentions], predicted: list[_Mentions]) -> tuple[float, float]:
    """Predicted entities that share a mention with a gold one, and how many gold ones are so found."""
    right = 0
    found = set()
    for entity in predicted:
        hit = next((j for mention in entity for j, wanted in enumerate(gold) if mention in wanted), None)
        if hit is not None:
            right += 1
            found.add(hit)
    return right, len(found)


def _phi_3(gold: list[_Mentions], predicted: list[_Mentions]) -> tuple[float, float]:
    """The mentions shared when entities are aligned one to one."""
    if not gold or not predicted:
        return 0.0, 0.0
    shared = _assigned(np.array([[sum(m in wanted for m in entity) for entity in predicted] for wanted in gold]))
    return shared, shared


def _by_type(gold: Sequence[Template], split: bool) -> tuple[list[list[_Mentions]], list[range]]:
    """Gold templates as entities; one of two types ("attack / bombing") stands there once for each of them.

    The ranges are the rows that are copies of one template. A template without fillers keeps its row.
    """
    rows: list[list[_Mentions]] = []
    copies = []
    for template in gold:
        entities = _entities(template)
        if split and "/" in template.type and any(entities):
            kinds = [kind.strip() for kind in template.type.split("/")]
            copies.append(range(len(rows), len(rows) + len(kinds)))
            rows += [_entities(template, kind) for kind in kinds]
        else:
            rows.append(entities)
    return rows, copies


def rme(predicted: Sequence[Template], gold: Sequence[Template], phi_3: bool) -> Counts:
    """CEAF-RME of one document: counts of mentions with phi_3, of entities with phi_subset.

    As in the original, phi_3 counts every copy of a template of two types in the recall.
    """
    likeness: _Likeness = _phi_3 if phi_3 else _phi_subset
    rows, copies = _by_type(gold, split=bool(predicted))
    columns = [entities for entities in map(_entities, predicted) if entities]
    counted = rows if phi_3 else [_entities(t) for t in gold]
    size = _mention_number if phi_3 else _entity_number
    pairs = np.array([[likeness(g, p) for p in columns] for g in rows], dtype=float).reshape(len(rows), len(columns), 2)
    for group in copies:
        best = max(group, key=lambda i: (pairs[i, :, 0].sum(), -i))
        pairs[[i for i in group if i != best]] = 0
    at = linear_sum_assignment(-pairs[:, :, 0])
    return Counts(float(pairs[:, :, 0][at].sum()), size(columns), float(pairs[:, :, 1][at].sum()), size(counted))


def _entity_number(templates: Iterable[list[_Mentions]]) -> int:
    return sum(map(len, templates))


def _mention_number(templates: Iterable[list[_Mentions]]) -> int:
    return sum(len(entity) for template in templates for entity in template)


# Documents


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """The counts of one document in all three measures."""

    gtt: Mapping[str, Counts]
    rme_subset: Counts
    rme_phi3: Counts

    def measure(self, name: str) -> Counts:
        """The counts behind one of MEASURES."""
        if name == "GTT":
            return sum(self.gtt.values(), Counts())
        return self.rme_subset if name == "RME-sub" else self.rme_phi3


def score_document(predicted: Sequence[Template], gold: Sequence[Template]) -> DocumentCounts:
    """All three measures of one document."""
    given = [template.normalised() for template in predicted]
    wanted = [template.normalised() for template in _distinct(gold)]
    return DocumentCounts(gtt(given, wanted), rme(given, wanted, phi_3=False), rme(given, wanted, phi_3=True))


def _distinct(templates: Sequence[Template]) -> list[Template]:
    return [t for i, t in enumerate(templates) if t not in templates[:i]]


def score(
    gold: Mapping[str, Sequence[Template]], predicted: Mapping[str, Sequence[Template]]
) -> dict[str, DocumentCounts]:
    """Every gold document; one without a prediction counts as predicted empty."""
    return {name: score_document(predicted.get(name, ()), templates) for name, templates in gold.items()}


def summary(documents: Iterable[DocumentCounts]) -> Rows:
    """Micro-averaged counts: one row for the type, one a role, one a measure."""
    documents = list(documents)
    rows = {row: sum((d.gtt[row] for d in documents), Counts()) for row in (TYPE, *ROLES)}
    return rows | {name: sum((d.measure(name) for d in documents), Counts()) for name in MEASURES}


def intervals(documents: Sequence[DocumentCounts], draws: int, seed: int = 0) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals of each measure's F1 over documents, by drawing documents with replacement."""
    dice = random.Random(seed)
    found = {}
    for name in MEASURES:
        counts = np.array([[c.right, c.predicted, c.found, c.gold] for c in (d.measure(name) for d in documents)])
        picked = (dice.choices(range(len(documents)), k=len(documents)) for _ in range(draws))
        values = sorted(Counts(*counts[rows].sum(axis=0)).f1 for rows in picked)
        found[name] = (values[int(0.025 * draws)], values[max(0, int(0.975 * draws) - 1)])
    return found
