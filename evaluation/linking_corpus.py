"""Accounts whose incident is known: annotated documents, in which one incident has one id wherever it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from ascribe.incidents.features import Features, features_of
from ascribe.model import Reading, Told
from ascribe.readings.assemble import assemble
from ascribe.readings.marks import MarkedIncident
from evaluation.annotated import SUFFIX, Annotated, compile_file
from evaluation.ceiling import mark
from evaluation.predictions import document

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """An account's features and the id of the incident that it tells of."""

    features: Features
    incident: str
    document: str

    @property
    def fold(self) -> int:
        """Which fifth of the incidents it belongs to: all accounts of one incident to the same."""
        return int(sha256(self.incident.encode()).hexdigest(), 16) % FOLDS


def known_in(annotated: Annotated) -> list[Known]:
    """The accounts of one document, made of the annotators' marks."""
    gold = annotated.gold
    given = document(annotated.name, annotated.text, str(gold["published"]) if gold.get("published") else None)
    marked = [MarkedIncident(tuple(mark(s) for s in incident["spans"])) for incident in gold["incidents"]]
    reading = Reading(given.id, "annotators", "1", assemble(given, marked))
    told = [Told(given, reading, account) for account in reading.of_kind("incident")]
    ids = [str(incident["id"]) for incident in gold["incidents"]]
    return [Known(f, i, annotated.name) for f, i in zip(features_of(told), ids, strict=True)]


def known_accounts(folders: Iterable[Path]) -> list[Known]:
    """The accounts of all annotated documents (NAME.ann.txt) in some folders."""
    paths = [path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return [known for path in paths for known in known_in(compile_file(path))]


def pairs_of_one(accounts: Sequence[Known]) -> list[tuple[int, int]]:
    """Every two accounts of one incident, as positions."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for number, known in enumerate(accounts):
        of[known.incident].append(number)
    return [pair for members in of.values() for pair in combinations(members, 2)]
