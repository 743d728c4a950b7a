"""The casebook as it stands after all judgements.

Everything that shows or counts incidents takes them from here, so that no face forgets what a person decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ascribe.incidents import AccountRef, Constraint
from ascribe.incidents.judging import (
    JudgedPair,
    constraints,
    find_account,
    judged,
    judged_pairs,
    judged_reading,
    judged_told,
)
from ascribe.model import AccountAnchor, Incident, Reading, Told

__all__ = [
    "Finder",
    "judged_accounts",
    "judged_incident",
    "judged_incidents",
    "judged_reading",
    "linking_constraints",
    "pairs_in_force",
]

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook


def judged_incidents(casebook: Casebook, documents: Iterable[str] | None = None) -> Iterator[Incident]:
    """Every incident, or those that one of these documents (full ids) tells of, after all judgements; streaming."""
    standing = casebook.judgements.standing()
    return (judged(incident, standing) for incident in casebook.incidents(documents=documents))


def judged_incident(casebook: Casebook, id_or_prefix: str) -> Incident:
    """The incident whose id begins so, after all judgements; StoreError if there is none or more than one."""
    return judged(casebook.incident(id_or_prefix), casebook.judgements.standing())


def judged_accounts(casebook: Casebook) -> Iterator[Told]:
    """The incident accounts of the current reading of every document, after all judgements; streaming."""
    standing = casebook.judgements.standing()
    before: tuple[Reading, Reading] | None = None
    for told in casebook.told():
        if before is None or before[0] is not told.reading:
            before = (told.reading, judged_reading(told.reading, standing))
        yield told if before[1] is told.reading else judged_told(told, before[1])


class Finder:
    """Finds where judged accounts are in the current readings, looking each document up once."""

    def __init__(self, casebook: Casebook) -> None:
        self._casebook = casebook
        self._readings: dict[str, Reading] = {}

    def reading(self, document_id: str) -> Reading:
        """The current reading of a document (full id)."""
        if document_id not in self._readings:
            self._readings[document_id] = self._casebook.current_reading(document_id)
        return self._readings[document_id]

    def ref(self, anchor: AccountAnchor) -> AccountRef | None:
        """The account of the current reading that rests on these words; None where none does."""
        reading = self.reading(anchor.document_id)
        found = find_account(anchor, reading)
        return None if found is None else AccountRef(reading.document_id, reading.extractor, reading.version, found.key)


def pairs_in_force(casebook: Casebook) -> list[JudgedPair]:
    """What counts of every two accounts that somebody judged, the newest first."""
    return judged_pairs(casebook.judgements.standing(), Finder(casebook).ref)


def linking_constraints(casebook: Casebook) -> list[Constraint]:
    """What a person decided of two accounts, as linking takes it."""
    return constraints(pairs_in_force(casebook))
