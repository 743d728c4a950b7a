"""Document and incidents -> answers: what a text counts, checked against what others told."""

from __future__ import annotations

from collections.abc import Iterable

from ascribe.analysis.counting import Answer, check, facts
from ascribe.analysis.said import published
from ascribe.model import Document, Incident
from ascribe.readings.counted import counting_statements
from ascribe.registers.regions import RegionRegister


def check_document(document: Document, incidents: Iterable[Incident], regions: RegionRegister) -> list[Answer]:
    """The counting statements of a document in order, each with the answer of the incidents."""
    found = counting_statements(document, regions)
    if not found:
        return []
    known = [facts(i) for i in incidents]
    when = published(document)
    last_day = (when.end or when.start) if when else None
    return [check(statement, known, last_day, regions, document.id) for statement in found]
