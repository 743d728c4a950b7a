"""What docs/by-hand.md says can be done is done as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ascribe.model import CountValue
from ascribe.project import Project

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "by-hand.md").read_text("utf-8")
REPORT = """A bomb exploded in the waiting room of the main bus station in Parakou on Tuesday evening, killing
at least seven people, the prefect of Borgou said. The claimants spoke of nine. On the morning it was told that
No group had claimed it; the next day the Ash Front claimed the attack."""


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("report.txt").write_text(REPORT, "utf-8")
    with Project.init("my-casebook") as project:
        project.add(["report.txt"], "2021-03-04", jobs=0)
    return tmp_path / "my-casebook"


def test_the_file_of_the_page_is_recorded(book: Path) -> None:
    Path("report.toml").write_text(block("toml"), "utf-8")
    with Project.open(book) as project:
        recorded, problems = project.recording.files([Path("report.toml")])
        assert (len(recorded), problems) == (1, [])
        (summary,) = project.incidents()
        assert [s.value for s in summary.thing["killed"].shown] == [CountValue(7, None, "at_least")]
        (claim,) = project.claims.life_cycle(summary.incident.id)["claims"]
        assert (claim["claimants"], claim["date"]) == (["the Ash Front"], "2021-03-05")


def test_the_python_of_the_page_runs(book: Path) -> None:
    exec(block("python"), {})
    with Project.open(book) as project:
        (summary,) = project.incidents()
        assert project.claims.life_cycle(summary.incident.id)["status"] == "not_claimed"
        assert [s.value for s in summary.thing["killed"].shown] == [CountValue(7, None, "at_least")]


def test_the_error_of_the_page_is_the_error_that_comes(book: Path) -> None:
    line = re.search(r"`(report\.toml: i1\.killed: [^`]+)`", PAGE)
    assert line is not None
    Path("report.toml").write_text(block("toml").replace("at least seven people", "eight people"), "utf-8")
    with Project.open(book) as project:
        assert project.recording.files([Path("report.toml")])[1] == [line[1]]
