"""Documents, their readings and passages as objects, under the guards of every export.

A document is told of without the names that any of its incidents keeps back, since its words may name them all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ascribe.exports import Options
from ascribe.exports.document_guards import NOBODY, WITHHELD_DOCUMENT, DocumentGuard, Unnamed
from ascribe.exports.guards import Guard
from ascribe.exports.jsonl import incident_json
from ascribe.exports.summary import IncidentSummary, with_proposed
from ascribe.model import Document, Reading

Json = dict[str, Any]

__all__ = ["DocumentGuard", "Unnamed", "document_json", "published", "reading_in_full", "unnamed"]


def unnamed(summaries: Iterable[IncidentSummary], options: Options) -> Mapping[str, Unnamed]:
    """Whom these incidents keep back, by the full id of each document that tells of them; others keep back nobody."""
    found: defaultdict[str, Unnamed] = defaultdict(lambda: NOBODY)
    for summary in summaries:
        names = Guard(summary, options).unnamed
        if names != NOBODY:
            for document in summary.documents():
                found[document.id] |= names
    return found


def document_json(document: Document, guard: DocumentGuard) -> Json:
    """What is known about a document; of a restricted one the id alone, for all the rest may tell the source."""
    hidden = guard.hides(document)
    return {
        "id": document.id,
        "bytes": None if hidden else document.bytes_id,
        "name": guard.name(document),
        "format": None if hidden else document.format,
        "title": guard.title(document),
        "author": guard.about(document, document.author),
        "publisher": guard.publisher(document),
        "url": guard.url(document),
        "language": None if hidden else document.language,
        "published": None if hidden else published(document) or None,
        "encoding": None if hidden else document.encoding,
        "near_copy_of": None if hidden else document.near_copy_of,
        "restricted": document.restricted,
        "notes": [] if hidden else [guard.mask(n) for n in document.notes],
    }


def published(document: Document) -> str:
    """When a document was published, and how that was found; "" where it is not known."""
    found = document.publication
    return f"{found.when.start or found.when.end} ({found.how})" if found else ""


def reading_in_full(
    document: Document, reading: Reading, summaries: Iterable[IncidentSummary], names: Unnamed, options: Options
) -> Json:
    """A reading of a document with its incidents as exports have them; `names` are kept back besides theirs."""
    guard = DocumentGuard(options, names)
    return {
        "reader": {"name": reading.extractor, "version": reading.version},
        "skipped": [
            {"name": WITHHELD_DOCUMENT, "reason": None}
            if guard.hides(document)
            else {"name": guard.address(s.name), "reason": guard.mask(s.reason)}
            for s in reading.skipped
        ],
        "incidents": [incident_json(with_proposed(s), options, names) for s in summaries],
    }
