"""Killed at any moment, a casebook holds all that was reported stored, whole, and nothing by halves.

`ASCRIBE_KILLS=200 pytest tests/store/test_kill.py` kills more often.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented import story
from sqlalchemy import create_engine, text
from stored import data_of

from ascribe.schema import bundled_schema
from ascribe.store import Casebook

HERE = Path(__file__).parent
KILLS = int(os.environ.get("ASCRIBE_KILLS", "25"))
KILLS_A_CASEBOOK = 4  # then a new one, so that checking all of it after each kill stays quick
LONGEST = 0.15  # seconds of saving before a kill

HALF = {
    "documents without a reading": "SELECT count(*) FROM document WHERE id NOT IN (SELECT document FROM reading)",
    "documents without bytes": "SELECT count(*) FROM document WHERE bytes_id NOT IN (SELECT bytes_id FROM blob)",
    "documents without a name": "SELECT count(*) FROM document WHERE id NOT IN (SELECT document FROM sighting)",
    "documents without passages": "SELECT count(*) FROM document WHERE id NOT IN (SELECT document FROM passage)",
    "readings without accounts": "SELECT count(*) FROM reading WHERE id NOT IN (SELECT reading FROM account)",
    "accounts without statements": "SELECT count(*) FROM account WHERE id NOT IN (SELECT account FROM statement)",
    "accounts without an anchor": "SELECT count(*) FROM account WHERE id NOT IN "
    "(SELECT account FROM evidence WHERE statement IS NULL AND position = 0)",
    "statements without evidence": "SELECT count(*) FROM statement WHERE id NOT IN "
    "(SELECT statement FROM evidence WHERE statement IS NOT NULL)",
}


@pytest.fixture
def workers() -> Iterator[subprocess.Popen[str]]:
    """The process that begets one worker for each line it is told."""
    command = [sys.executable, str(HERE / "saving.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def kill_one(workers: subprocess.Popen[str], work: str, seconds: float, opened: bool = False) -> list[int]:
    """Let one worker work so long, or so long after opening, kill it, and return the numbers that it told before."""
    assert workers.stdin is not None
    assert workers.stdout is not None
    workers.stdin.write(f"{work}\n")
    workers.stdin.flush()
    worker = int(workers.stdout.readline())
    if opened:
        assert workers.stdout.readline() == "open\n"
    time.sleep(seconds)
    os.kill(worker, signal.SIGKILL)
    workers.stdin.write("killed\n")
    workers.stdin.flush()
    return [int(line) for line in iter(workers.stdout.readline, "dead\n") if line != "open\n"]


def check_reported(casebook: Casebook, reported: list[int]) -> None:
    for number in reported:
        document, data, reading = story(number)
        assert casebook.document(document.id) == document
        assert data_of(casebook, document.bytes_id) == data
        assert list(casebook.readings(document.id)) == [reading]
        assert document.id in {hit.document_id for hit in casebook.search(f"r{number}x")}


def check_nothing_by_halves(casebook: Casebook) -> None:
    engine = create_engine(f"sqlite:///{casebook.path}")
    with engine.connect() as connection:
        for what, query in HALF.items():
            assert connection.execute(text(query)).scalar_one() == 0, what
    engine.dispose()
    for document in casebook.documents():
        number = int(document.name.split("/")[1].removesuffix(".txt"))
        assert (document, casebook.current_reading(document.id)) == (story(number)[0], story(number)[2])
    assert list(casebook.verify()) == []


def test_a_kill_loses_nothing_reported_and_leaves_nothing_half_stored(
    workers: subprocess.Popen[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random()
    total = unreported = 0
    for kill in range(KILLS):
        if kill % KILLS_A_CASEBOOK == 0:
            where = tmp_path / f"{kill}.sqlite"
            Casebook.create(where, bundled_schema()).close()
            first = before = 0
        reported = kill_one(workers, f"save {where} {first}", chance.uniform(0, LONGEST), chance.random() < 0.8)
        with Casebook.open(where, bundled_schema()) as casebook:
            check_reported(casebook, reported)
            check_nothing_by_halves(casebook)
            new = casebook.counts().documents - before
        # The one that was being saved may have come in whole, or not at all.
        assert len(reported) <= new <= len(reported) + 1
        total, unreported = total + len(reported), unreported + new - len(reported)
        first, before = first + len(reported) + 1, before + new
    with capsys.disabled():
        sys.stdout.write(f" {KILLS} kills: {total} documents reported stored, all there; {unreported} more, whole ")
    assert total > 0


def test_a_kill_while_creating_leaves_a_casebook_or_nothing(workers: subprocess.Popen[str], tmp_path: Path) -> None:
    chance = random.Random()
    for kill in range(8):
        where = tmp_path / f"{kill}.sqlite"
        assert kill_one(workers, f"create {where}", chance.uniform(0, 0.2)) == []
        if where.exists():
            Casebook.open(where, bundled_schema()).close()
        else:
            Casebook.create(where, bundled_schema()).close()
