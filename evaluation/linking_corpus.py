"""Accounts whose incident is known: annotated documents, in which one incident has one id wherever it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from ascribe.incidents.features import Features, features_of
from ascribe.model import Account, Reading, Told
from ascribe.readings import extractor
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


def known_in(annotated: Annotated, reader: str | None = None) -> list[Known]:
    """The accounts of one document, made of the annotators' marks or by a reader.

    An account that a reader makes is of the incident whose marks of the event stand in its passages, most of them; one
    that is of no incident, or of one that another account has more of, is left out.
    """
    gold = annotated.gold
    given = document(annotated.name, annotated.text, str(gold["published"]) if gold.get("published") else None)
    if reader is None:
        marked = [MarkedIncident(tuple(mark(s) for s in incident["spans"])) for incident in gold["incidents"]]
        reading = Reading(given.id, "annotators", "1", assemble(given, marked))
        ids: list[str | None] = [str(incident["id"]) for incident in gold["incidents"]]
    else:
        reading = extractor(reader).read(given)
        ids = _matched(reading.of_kind("incident"), gold["incidents"])
    told = [Told(given, reading, account) for account in reading.of_kind("incident")]
    return [Known(f, i, annotated.name) for f, i in zip(features_of(told), ids, strict=True) if i is not None]


def _matched(accounts: Sequence[Account], incidents: Sequence[dict[str, Any]]) -> list[str | None]:
    shared = [
        (_inside(account, incident), -a, -i)
        for a, account in enumerate(accounts)
        for i, incident in enumerate(incidents)
    ]
    ids: list[str | None] = [None] * len(accounts)
    taken: set[int] = set()
    for count, a, i in sorted(shared, reverse=True):
        if count and ids[-a] is None and -i not in taken:
            ids[-a] = str(incidents[-i]["id"])
            taken.add(-i)
    return ids


def _inside(account: Account, incident: dict[str, Any]) -> int:
    """How many marks of the event stand within the account's passages."""
    passages = (account.anchor, *account.evidence)
    return sum(any(p.start <= start and end <= p.end for p in passages) for start, end in incident["evidence"])


def known_accounts(folders: Iterable[Path], reader: str | None = None) -> list[Known]:
    """The accounts of all annotated documents (NAME.ann.txt) in some folders; by a reader instead of the marks."""
    paths = [path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}"))]
    return [known for path in paths for known in known_in(compile_file(path), reader)]


def pairs_of_one(accounts: Sequence[Known]) -> list[tuple[int, int]]:
    """Every two accounts of one incident, as positions."""
    of: defaultdict[str, list[int]] = defaultdict(list)
    for number, known in enumerate(accounts):
        of[known.incident].append(number)
    return [pair for members in of.values() for pair in combinations(members, 2)]
