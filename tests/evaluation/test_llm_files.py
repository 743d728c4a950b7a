"""Questions and answers by way of files, scored as the casebook holds them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.llm_files import Given, figures, main, travel
from evaluation.llm_replies import FAULTLESS, gold_files


@pytest.fixture(scope="module")
def files() -> list[Given]:
    return list(gold_files(Path("evaluation/gold_small")))[:2]


def test_spoilt_answers_are_better_after_the_checks_and_faultless_ones_hardly_worse(
    files: list[Given], tmp_path: Path
) -> None:
    kept = {}
    for way in (FAULTLESS, "wrong number"):
        trip = travel(way, files, tmp_path / way)
        kept[way] = figures(way, files, trip.before), figures(way, files, trip.after)
        assert trip.questions[0] == len(files)
        assert set(trip.after) == {name for name, _, _ in files}

    before, after = kept["wrong number"]
    assert after.slots.precision > before.slots.precision
    before, after = kept[FAULTLESS]
    assert after.slots.f1 > 0.95 * before.slots.f1


def test_the_readings_are_kept_for_another_scorer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    source = min(Path("evaluation/gold_small").glob("*.ann.txt"))
    (folder / source.name).write_bytes(source.read_bytes())

    assert main([str(folder), "--way", FAULTLESS, "--out", str(tmp_path / "out")]) == 0

    assert "| faultless | 1" in capsys.readouterr().out
    for name in ("before", "after"):
        held = json.loads((tmp_path / "out" / f"{FAULTLESS}.{name}.json").read_text("utf-8"))
        (one,) = held["documents"]
        assert all(one["text"][e["start"] : e["end"]] == e["quote"] for i in one["incidents"] for e in i["evidence"])
