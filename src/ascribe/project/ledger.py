"""What a project's documents, taken together, say of an incident: `Project.ledger`.

Each question has its own file in `analysis/`, of pure functions over incidents; this face fetches what they need.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ascribe.analysis.disagreements import NATURES, Disagreement, Nature, compare_sources, order, worst_first
from ascribe.analysis.tolls import Toll, tolls
from ascribe.errors import AscribeError
from ascribe.exports import Options
from ascribe.exports.guards import Guard
from ascribe.exports.summary import summarise
from ascribe.pipeline.judged import judged_incident, judged_incidents
from ascribe.project.ledger_json import disagreement_json, head_json, toll_json
from ascribe.sources import found_only

if TYPE_CHECKING:
    from ascribe.model import Incident
    from ascribe.project import Project

Json = dict[str, Any]

DISAGREEING: tuple[Nature, ...] = ("contradictory", "claimant", "unsettled", "revised")
"""What counts as a disagreement; "finer" and "agreed" do not."""

__all__ = ["DISAGREEING", "NATURES", "Ledger"]


class Ledger:
    """Questions to the casebook as a whole. Nothing that it answers is stored.

    `min_confidence` is the project's own where it is not given. What comes as plain objects, ready for JSON, withholds
    names of victims and minors, restricted words and long quotes of perpetrators, as every export does.
    """

    def __init__(self, project: Project, min_confidence: float | None = None) -> None:
        self._project = project
        self._showing = project.showing(min_confidence)

    def incidents(self) -> Iterator[Incident]:
        """Every incident as it stands after the judgements; what each question is asked of."""
        return judged_incidents(self._project.casebook)

    def found(self, incident: Incident) -> Incident:
        """The incident without what is only proposed or unsupported, for questions that ask its accounts."""
        return found_only(incident, self._showing.min_confidence)

    def incident(self, prefix: str) -> Incident:
        """The incident whose id begins so, as it stands after the judgements; StoreError if none or several."""
        return judged_incident(self._project.casebook, prefix)

    def compare(self, incident: Incident) -> list[Disagreement]:
        """Who says what on every property of an incident, the worst disagreement first."""
        return worst_first(compare_sources(incident, self._project.schema, self._showing.min_confidence))

    def tolls(self, incident: Incident) -> list[Toll]:
        """The tolls of an incident: low, high and the latest, by kind of victim, the perpetrators' own apart."""
        return tolls(incident, self._project.schema, self._showing.min_confidence)

    def disagreements(
        self, natures: Sequence[str] = DISAGREEING, property: str | None = None, limit: int = 50
    ) -> tuple[list[Json], dict[str, int]]:
        """The worst disagreements of all incidents, and how many there are of each nature. `property` is a path."""
        self._check(property)
        counts: Counter[str] = Counter()

        def wanted() -> Iterator[tuple[Disagreement, Incident]]:
            for incident in self.incidents():
                for found in compare_sources(incident, self._project.schema, self._showing.min_confidence):
                    if found.nature in natures and property in (None, found.prop.path):
                        counts[found.nature] += 1
                        yield found, incident

        worst = heapq.nsmallest(limit, wanted(), key=lambda pair: order(pair[0]))
        told = [{**self._head(incident), **disagreement_json(d, self._guard(incident))} for d, incident in worst]
        return told, {n: counts[n] for n in NATURES if counts[n]}

    def who_says_what(self, prefix: str, property: str | None = None) -> Json:
        """One incident in full: its tolls, and every property with who says what, the worst disagreement first."""
        self._check(property)
        incident = self.incident(prefix)
        guard = self._guard(incident)
        return {
            **self._head(incident),
            "tolls": [toll_json(t, guard) for t in self.tolls(incident) if property in (None, t.prop.path)],
            "properties": [
                disagreement_json(d, guard) for d in self.compare(incident) if property in (None, d.prop.path)
            ],
        }

    def _check(self, path: str | None) -> None:
        if path is not None and path not in {p.path for p in self._project.schema.properties()}:
            raise AscribeError(f"there is no property {path!r}; `ascribe schema` lists them, such as incident.killed")

    def _head(self, incident: Incident) -> Json:
        return head_json(summarise(incident, self._project.schema, self._showing))

    def _guard(self, incident: Incident) -> Guard:
        return Guard(summarise(incident, self._project.schema, self._showing), Options())
