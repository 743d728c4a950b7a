"""A project that holds one invented document of many statements, read by hand."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from invented_essay import PUBLISHED, READING, TEXT, Command, Unread

from ascribe.cli import main
from ascribe.project import Project


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's folder; nothing is changed in it."""
    made = tmp_path_factory.mktemp("acceptance") / "book"
    with Project.init(made) as project:
        project.add([TEXT], PUBLISHED, reader=Unread, jobs=0)
        recorded, problems = project.recording.files([READING])
        assert not problems
        assert [r.new for r in recorded] == [True]
    return made


@pytest.fixture
def project(folder: Path) -> Iterator[Project]:
    with Project.open(folder) as opened:
        yield opened


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line on this project as a function of its arguments; gives what it prints as JSON."""

    def run(*arguments: str) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main([*arguments, "--format", "json", "--project", str(folder)])
        assert not left.value.code, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return run
