"""What holds for all commands: help, statuses, errors, pipes, start-up."""

from __future__ import annotations

import json
import os
import re
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from ascribe import __version__
from ascribe.cli import keeping, status
from ascribe.cli.app import app

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel."
COMMANDS = [c.callback.__name__ for c in app.registered_commands if c.callback]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"} | {
    "PYTHONPATH": os.pathsep.join(filter(None, sys.path))
}
ASCRIBE = [sys.executable, "-c", "from ascribe.cli import main; main()"]


def test_all_commands_are_there(ascribe) -> None:
    assert COMMANDS == ["read", "init", "add", "show", "search", "export", "verify", "schema"]
    out = ascribe("--help").out
    assert all(re.search(rf"^  {name} ", out, re.MULTILINE) for name in COMMANDS)
    assert " ".join(status.EXPLAINED.split()) in " ".join(out.split())


def test_version(ascribe) -> None:
    assert ascribe("--version").out == f"ascribe {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_has_an_example(ascribe, name: str) -> None:
    found = ascribe(name, "--help")
    assert found.status == 0
    assert re.search(rf"Example: ascribe {name} \S", found.out)


def test_every_example_of_the_help_works(ascribe, work: Path) -> None:
    examples = {}
    for name in COMMANDS:
        text = " ".join(ascribe(name, "--help").out.split())
        examples[name] = shlex.split(text.partition("Example: ascribe ")[2])
    for name in ("init", *(n for n in COMMANDS if n != "init")):
        more = ["--reader", "plain", "--jobs", "0"] if name in ("read", "add") else []
        found = ascribe(*examples[name], *more)
        assert found.status == 0, (examples[name], found.err)
        if name != "export":
            assert found.out.strip(), name
    assert (work / "incidents.csv").stat().st_size > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["read"],
        ["read", "x", "--format", "xml"],
        ["--nonsense"],
        ["search", "x", "--limit", "0"],
        ["search", ""],
        ["search", " ", ""],
        ["read", "report.txt", "--published", "2021-13-45"],
        ["read", "report.txt", "--reader", "nope"],
        ["read", "report.txt", "--jobs", "0", "--as", "nope"],
        ["read", "report.txt", "--seconds", "0"],
        ["schema", "--kind", "nope"],
        ["export", "nope", "--project", "book"],
        ["export", "csv", "-o", "/nonexistent/x.csv", "--project", "book"],
        ["add", "report.txt", "--reader", "nope", "--jobs", "0", "--project", "book"],
        ["add", "report.txt", "--published", "soon", "--project", "book"],
        ["add", "report.txt", "--as", "nope", "--jobs", "0", "--project", "book"],
        ["show", "nowhere-2020", "--project", "book"],
    ],
)
def test_a_wrong_command_line_has_a_status_of_its_own(ascribe, project: Path, arguments: list[str]) -> None:
    found = ascribe(*arguments)
    assert found.status == status.USAGE
    assert found.err
    assert "a fault" not in found.err


@pytest.mark.parametrize("setting", ['reader = "nope"', "jobs = [1]", 'casebook = "gone.db"'])
def test_a_wrong_project_has_a_status_of_its_own(ascribe, project: Path, setting: str) -> None:
    (project / "ascribe.toml").write_text(setting + "\n", encoding="utf-8")
    (project.parent / "more.txt").write_text(f"{BOMB} Again.", encoding="utf-8")
    found = ascribe("add", "more.txt", "--jobs", "0", "--project", "book")
    assert (found.status, found.err.count("\n")) == (status.ERROR, 1)


def test_statuses_do_not_collide_with_the_count_of_failures() -> None:
    others = {status.USAGE, status.ERROR, status.FAULT, status.INTERRUPTED, status.BROKEN_PIPE}
    assert len(others) == 5
    assert min(others) > status.MOST_FAILURES


def test_a_fault_is_one_line_and_debug_shows_where(ascribe, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("a bolt\ncame \x1b[31mloose")

    monkeypatch.setattr(keeping, "project_at", broken)
    found = ascribe("verify")
    assert (found.status, found.err.count("\n")) == (status.FAULT, 1)
    assert "RuntimeError: a bolt came" in found.err
    assert "\x1b" not in found.err
    assert "Traceback" in ascribe("--debug", "verify").err


def test_ctrl_c_is_one_line(ascribe, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(keeping, "project_at", interrupted)
    found = ascribe("verify")
    assert (found.status, found.err) == (status.INTERRUPTED, "interrupted; what was stored before is safe\n")


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the plain reader is installed as an outsider's package would be."""
    site = tmp_path_factory.mktemp("site")
    package = site / "plain_reader-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: plain-reader\nVersion: 1.0\n")
    (package / "entry_points.txt").write_text("[ascribe.extractors]\nplain = telling:PlainReader\n")
    return {**ENVIRONMENT, "PYTHONPATH": f"{site}{os.pathsep}{ENVIRONMENT['PYTHONPATH']}"}


def run(*arguments: str, folder: Path, env: dict[str, str], **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*ASCRIBE, *arguments], cwd=folder, env=env, capture_output=True, check=False, **more)  # type: ignore[call-overload]


def test_help_starts_quickly(work: Path, environment: dict[str, str]) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run("--help", folder=work, env=environment).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_help_loads_nothing_heavy(work: Path) -> None:
    code = (
        "import sys; from ascribe.cli.app import app; "
        "heavy = ('sqlalchemy', 'rich.table', 'lxml', 'trafilatura', 'ascribe.project', 'ascribe.readings.rules'); "
        "print([m for m in heavy if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, check=True)
    assert found.stdout.strip() == b"[]"


@pytest.mark.parametrize("format", ["json", "table"])
def test_a_reader_of_the_output_that_leaves_early_is_no_error(
    work: Path, environment: dict[str, str], format: str
) -> None:
    (work / "long.txt").write_text(f"{BOMB}\n\n" * 300)
    process = subprocess.Popen(
        [*ASCRIBE, "read", "long.txt", "--reader", "plain", "--jobs", "0", "--format", format],
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), err) == (status.BROKEN_PIPE, b"")


def test_output_is_utf_8_whatever_the_locale(work: Path, project: Path) -> None:
    environment = {**ENVIRONMENT, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    found = subprocess.run(
        [*ASCRIBE, "export", "csv", "--project", "book"], cwd=work, env=environment, capture_output=True, check=True
    )
    assert "“bomb”" in found.stdout.decode("utf-8")


def test_standard_input_works_in_a_real_pipe(work: Path, environment: dict[str, str]) -> None:
    words = b"On 2021-03-04 a bomb killed 5 people in Port Amsel."
    found = run("read", "-", "--reader", "plain", folder=work, env=environment, input=words)
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["documents"][0]["incidents"]


def test_a_batch_in_worker_processes_with_failures(work: Path, environment: dict[str, str]) -> None:
    (work / "reports" / "empty.txt").write_bytes(b"")
    found = run("read", "reports", "report.txt", "--reader", "plain", "--jobs", "2", folder=work, env=environment)
    data = json.loads(found.stdout)
    assert found.returncode == 1
    assert [d["path"] for d in data["documents"]] == ["reports/knife.txt", "reports/other.md", "report.txt"]
    assert found.stderr.decode().splitlines()[-1] == "1 of 4 documents could not be read"


def test_ctrl_c_ends_workers_and_leaves_whole_json(work: Path, environment: dict[str, str]) -> None:
    for n in range(600):
        (work / "reports" / f"r{n}.txt").write_text(
            f"Report {n}: on 2021-03-04 a bomb killed 5 people in Port Amsel. " * 30
        )
    process = subprocess.Popen(
        [*ASCRIBE, "read", "reports", "--reader", "plain", "--jobs", "2"],
        cwd=work,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        bufsize=0,
        # a suite that runs in the background of a shell inherits that Ctrl-C is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    assert process.stdout is not None
    first = process.stdout.readline() + process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    rest, err = process.communicate(timeout=30)
    assert process.returncode == status.INTERRUPTED, err
    assert err.decode().splitlines()[-1].startswith("interrupted")
    assert b"Traceback" not in err
    assert json.loads(first + rest)["documents"]
    deadline = time.monotonic() + 10
    while _group_alive(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _group_alive(process.pid)


def _group_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_typer_shows_its_usage_errors() -> None:
    assert typer.BadParameter.__mro__[1].__name__ == "UsageError"
