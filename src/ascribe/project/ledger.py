"""What a project's documents, taken together, say of an incident: `Project.ledger`.

Each question has its own file in `analysis/`, of pure functions over incidents; this face fetches what they need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ascribe.pipeline.judged import judged_incidents

if TYPE_CHECKING:
    from ascribe.model import Incident
    from ascribe.project import Project


class Ledger:
    """Questions to the casebook as a whole. Nothing that it answers is stored."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def incidents(self) -> Iterator[Incident]:
        """Every incident as it stands after the judgements; what each question is asked of."""
        return judged_incidents(self._project.casebook)
