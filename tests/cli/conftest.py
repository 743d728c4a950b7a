"""Running the command line in this process, with the plain reader under the name `plain`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ascribe import readings
from ascribe.cli import main


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Run = Callable[..., Result]

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it. Jonas Vell was arrested."
OTHER = "Officials in Port Amsel said that a bomb on 2021-03-04 had killed 6 people near the market square."
KNIFE = "On 2020-01-02 a knife attack in Dar Qasim left three traders hurt, killing Mina Tarn."


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a report, a folder of reports, and the plain reader at hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(readings.EXTRACTORS, "plain", "telling:PlainReader")
    monkeypatch.setitem(readings.EXTRACTORS, "later", "telling:LaterPlainReader")
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "report.txt").write_text(BOMB, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "other.md").write_text(OTHER, encoding="utf-8")
    (tmp_path / "reports" / "knife.txt").write_text(KNIFE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def ascribe(work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line as a function of its arguments."""

    def run(*arguments: str, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        captured = capsys.readouterr()
        return Result(int(left.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def project(ascribe: Run, work: Path, empty_project: Path) -> Path:
    """A project in `book` with the three reports in it."""
    found = ascribe("add", "report.txt", "reports", "--reader", "plain", "--jobs", "0", "--project", "book")
    assert found.status == 0, found.err
    return empty_project
