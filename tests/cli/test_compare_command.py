"""`ascribe compare`: two readers side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ascribe import readings
from ascribe.readings.llm import asking
from tests.readings.llm_server import ModelServer, spoiled


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ASCRIBE_LLM_URL", "ASCRIBE_LLM_MODEL", "ASCRIBE_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(asking, "back_off", lambda _: 0.0)


def test_a_table_shows_both_values_in_their_sentences(ascribe: Any) -> None:
    found = ascribe("compare", "plain", "rules", "report.txt", "--jobs", "0")
    assert found.status == 0, found.err
    assert "killed" in found.out
    assert "agree" in found.out
    assert "agree: both say the same" in found.err


def test_json_gives_every_value_with_its_words(ascribe: Any, work: Path) -> None:
    found = ascribe("compare", "plain", "rules", "report.txt", "reports", "--format", "json", "--jobs", "0")
    told = json.loads(found.out)
    assert len(told["documents"]) == 3
    assert set(told["counts"]) == {"differ", "alone", "close", "agree"}
    for document in told["documents"]:
        text = (work / document["path"]).read_text("utf-8")
        assert [r["name"] for r in document["readers"]] == ["plain", "rules"]
        for value in (v for i in document["incidents"] for v in i["values"]):
            for side in filter(None, (value["left"], value["right"])):
                assert text[side["start"] : side["end"]] == side["quote"]
                assert side["quote"] in side["sentence"]


def test_differences_come_worst_first(ascribe: Any) -> None:
    found = ascribe("compare", "plain", "rules", "report.txt", "reports", "--differences", "--format", "json")
    standings = [d["standing"] for d in json.loads(found.out)["differences"]]
    assert "agree" not in standings
    assert standings == sorted(standings, key=["differ", "alone", "close"].index)


def test_what_a_reader_cannot_state_is_no_difference(ascribe: Any) -> None:
    found = ascribe("compare", "plain", "rules", "report.txt", "--differences", "--format", "json", "--jobs", "0")
    alone = {d["property"] for d in json.loads(found.out)["differences"] if d["left"] is None}
    assert alone <= readings.extractor("plain").fills | {"incident"}


def test_a_reader_that_asks_a_model_is_compared_too(ascribe: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(model=spoiled) as server:
        monkeypatch.setenv("ASCRIBE_LLM_URL", server.url)
        monkeypatch.setenv("ASCRIBE_LLM_MODEL", "tester")
        found = ascribe("compare", "llm", "plain", "report.txt", "--differences", "--format", "json")
    assert found.status == 0, found.err
    killed = [d for d in json.loads(found.out)["differences"] if d["property"] == "incident.killed"]
    assert [(d["left"], d["right"]["shown"]) for d in killed] == [(None, "5")]
    assert "request" in found.err


def test_without_files_the_readings_of_the_casebook_are_compared(ascribe: Any, project: Path) -> None:
    alone = ascribe("compare", "plain", "later", "--project", "book")
    assert alone.status == 120
    assert "no document has been read by both plain and later" in alone.err
    assert readings.EXTRACTORS["later"]
    ascribe("add", "report.txt", "--reader", "rules", "--project", "book", "--jobs", "0")
    found = ascribe("compare", "plain", "rules", "--project", "book", "--format", "json")
    assert [d["path"] for d in json.loads(found.out)["documents"]] == ["report.txt"]


def test_what_cannot_be_compared_is_one_line(ascribe: Any) -> None:
    for arguments in (("rules", "rules", "report.txt"), ("rules", "plain", "-"), ("rules", "oracle", "report.txt")):
        found = ascribe("compare", *arguments)
        assert found.status == 120
        assert len(found.err.splitlines()) == 1
    missing = ascribe("compare", "plain", "rules", "nowhere.txt")
    assert missing.status == 1
    assert "nowhere.txt: there is no such file" in missing.err
