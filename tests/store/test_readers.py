"""Two processes read while a third writes: each sees whole documents only, and never fewer than before."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from invented import NOON, story

from ascribe.schema import bundled_schema
from ascribe.store import Casebook

READER = """
import sys, time
from ascribe.schema import bundled_schema
from ascribe.store import Casebook
seen, rounds = 0, 0
with Casebook.open(sys.argv[1], bundled_schema()) as casebook:
    print("ready", flush=True)
    while seen < int(sys.argv[2]):
        documents = {d.id: d for d in casebook.documents()}
        assert len(documents) >= seen, (len(documents), seen)
        seen, rounds = len(documents), rounds + 1
        told = list(casebook.told())
        assert len(told) >= seen
        for t in told:
            assert len(t.reading.accounts) == 4 and len(t.account.statements) == 7
            for a in t.reading.accounts:
                for e in [a.anchor, *(e for s in a.statements for e in s.evidence)]:
                    assert t.document.text[e.start:e.end] == e.quote
        if documents:
            assert len(casebook.search("exploded", 1000)) >= seen
        counts = casebook.counts()
        assert counts.accounts == 4 * counts.readings == 4 * counts.documents, counts
        assert counts.statements == 12 * counts.documents, counts
        time.sleep(0.01)
print(rounds)
"""
DOCUMENTS = 60


def test_two_processes_read_consistently_while_one_writes(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as casebook:
        readers = [
            subprocess.Popen(
                [sys.executable, "-c", READER, str(where), str(DOCUMENTS)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(2)
        ]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        for number in range(DOCUMENTS):
            casebook.save(*story(number), NOON)
        for reader in readers:
            rounds, errors = reader.communicate(timeout=60)
            assert reader.returncode == 0, errors
            assert int(rounds) >= 2


@pytest.mark.parametrize("shared", [False, True], ids=["each its own", "one shared"])
def test_two_writers_at_once_wait_for_each_other(tmp_path: Path, shared: bool) -> None:
    where = tmp_path / "casebook.sqlite"

    def save(casebook: Casebook, first: int) -> None:
        for number in range(first, first + 25):
            casebook.save(*story(number), NOON)

    with Casebook.create(where, bundled_schema()) as one, Casebook.open(where, bundled_schema()) as other:
        with ThreadPoolExecutor(2) as threads:
            saving = [threads.submit(save, one, 0), threads.submit(save, one if shared else other, 15)]
            for done in saving:
                done.result()

        assert one.counts().documents == 40
        assert list(one.verify()) == []


def test_two_casebooks_write_in_turns(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as one, Casebook.open(where, bundled_schema()) as other:
        for number in range(10):
            one.save(*story(number), NOON)
            other.save(*story(number), NOON)
            other.save(*story(100 + number), NOON)

        assert one.counts() == other.counts()
        assert one.counts().documents == 20
        assert list(one.verify()) == []
