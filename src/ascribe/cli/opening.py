"""Finding the project that a command is about."""

from __future__ import annotations

from pathlib import Path

from ascribe.project import Project


def project_at(folder: Path | None) -> Project:
    """The project in this folder, or the one that the working folder lies in."""
    return Project.open(folder) if folder is not None else Project.find()
