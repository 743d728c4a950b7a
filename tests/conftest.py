"""Makes the invented stories of `telling` importable from every folder of tests, and an empty project cheap."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ascribe.project import Project


@pytest.fixture(scope="session")
def _made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "book"
    Project.init(folder).close()
    return folder


@pytest.fixture
def empty_project(_made_project: Path, tmp_path: Path) -> Path:
    """The folder of a new project. It is copied, because making tables takes longer than most tests."""
    return Path(shutil.copytree(_made_project, tmp_path / "book"))
