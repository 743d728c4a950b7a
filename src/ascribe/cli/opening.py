"""Finding the project that a command is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ascribe.project import Project


def project_at(folder: Path | None, min_confidence: float | None = None) -> Project:
    """The project in this folder, or the one that the working folder lies in.

    `min_confidence` takes the place of the project's own setting where it is given.
    """
    project = Project.open(folder) if folder is not None else Project.find()
    if min_confidence is not None:
        project.settings = replace(project.settings, min_confidence=min_confidence)
    return project
