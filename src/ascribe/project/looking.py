"""What a project holds, as plain objects ready for JSON: `Project.looking`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ascribe.exports import Options
from ascribe.exports.documents import DocumentGuard, Unnamed, document_json, published, reading_in_full, unnamed
from ascribe.exports.jsonl import incident_json
from ascribe.exports.summary import IncidentSummary, summarise, with_proposed
from ascribe.pipeline.judged import judged_incidents
from ascribe.project.reading import summaries_in

if TYPE_CHECKING:
    from ascribe.model import Account, Document, Reading
    from ascribe.project import DocumentView, Project

__all__ = ["Looking", "account_id", "published"]

Json = dict[str, Any]

_SHORT = 12  # characters of a document's id that name it in front of an account's key


def account_id(document: Document, account: Account) -> str:
    """The name by which a person calls an account: DOCUMENT/KEY."""
    return f"{document.id[:_SHORT]}/{account.key}"


class Looking:
    """Incidents, documents, accounts and passages, with what is proposed marked as such.

    Names of victims and minors, restricted words and long quotes of perpetrators are withheld as in every export;
    `options` lets some of it out, as there.
    """

    def __init__(self, project: Project, options: Options | None = None) -> None:
        self._project, self._options = project, replace(options or Options(), include_proposed=True)

    def incidents(self) -> Iterator[Json]:
        """Every incident in full."""
        return map(self.incident, self._project.incidents())

    def incident(self, summary: IncidentSummary) -> Json:
        """One incident, or one account shown as if it were alone."""
        return self._incident(summary, Unnamed())

    def _incident(self, summary: IncidentSummary, also: Unnamed) -> Json:
        return incident_json(with_proposed(summary), self._options, also)

    def documents(self) -> Iterator[Json]:
        """What is known about every document, in the order in which they were added."""
        names = unnamed(self._project.incidents(), self._options)
        return (document_json(d, DocumentGuard(self._options, names[d.id])) for d in self._project.documents())

    def document(self, view: DocumentView) -> Json:
        """One document with its text, its readings and all incidents in them, the current reading last."""
        read = [(r, self._summaries(view.document, r)) for r in view.readings]
        names = self._names(view.document.id) | self._all_names(view.document, read)
        guard = DocumentGuard(self._options, names)
        return {
            **document_json(view.document, guard),
            "text": guard.about(view.document, view.document.text),
            "incident_ids": list(view.incidents),
            "readings": [reading_in_full(view.document, r, found, names, self._options) for r, found in read],
        }

    def _summaries(self, document: Document, reading: Reading) -> list[IncidentSummary]:
        return summaries_in(document, reading, self._project.schema, self._project.showing())

    def _all_names(self, document: Document, read: list[tuple[Reading, list[IncidentSummary]]]) -> Unnamed:
        """Whom any reading names, an old one too: what it found stands in the text."""
        return unnamed((s for _, found in read for s in found), self._options)[document.id]

    def accounts(self) -> Iterator[Json]:
        """Every incident account with the words that it begins with."""
        names = unnamed(self._project.incidents(), self._options)
        for told in self._project.accounts():
            guard = DocumentGuard(self._options, names[told.document.id])
            yield {
                "id": account_id(told.document, told.account),
                "document": told.document.id,
                "anchor": guard.words(told.document, told.account.anchor),
            }

    def hits(self, words: str, limit: int = 20) -> Iterator[Json]:
        """Passages that hold the words, the best first, with the incidents that they belong to."""
        for hit in self._project.search(words, limit):
            document = self._project.casebook.document(hit.document_id)
            guard = DocumentGuard(self._options, self._names(document.id))
            shown = sum(len(p.text) for p in hit.parts)
            yield {
                "document": hit.document_id,
                "name": guard.name(document),
                "start": hit.start,
                "end": hit.end,
                "page": hit.page,
                "near_copy_of": None if guard.hides(document) else hit.near_copy_of,
                "restricted": hit.restricted,
                "incidents": list(hit.incidents),
                "words": guard.passage(document, hit.shown_from, hit.shown_from + shown),
            }

    def _names(self, document_id: str) -> Unnamed:
        """Whom the incidents of a document (full id) keep back."""
        project = self._project
        found = judged_incidents(project.casebook, documents=[document_id])
        return unnamed((summarise(i, project.schema, project.showing()) for i in found), self._options)[document_id]
