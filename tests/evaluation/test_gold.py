"""The command that measures, and what it shows of a change."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from faultless import reading_of
from spoiling import spoiled

from evaluation import gold
from evaluation.annotated import compile_file, write
from evaluation.comparison import changes
from evaluation.gold_format import load_gold
from evaluation.predictions import document
from evaluation.sentences import sentence

FOLDER = Path(__file__).parents[2] / "evaluation" / "gold_small"


@pytest.fixture(scope="module")
def readings() -> list[dict[str, Any]]:
    return [reading_of(d.gold, d.text) for d in map(compile_file, sorted(FOLDER.glob("*.ann.txt")))]


def run(tmp_path: Path, readings: list[dict[str, Any]], *arguments: str) -> int:
    path = tmp_path / "reading.json"
    path.write_text(json.dumps({"documents": readings}), "utf-8")
    return gold.main([str(FOLDER), "--reading", str(path), *arguments])


def test_the_figures_of_a_faultless_reading_are_printed_by_slot_style_and_size(
    tmp_path: Path, readings: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
):
    assert run(tmp_path, readings, "--verbose", "--errors") == 0
    shown = capsys.readouterr().out
    assert "10 documents; evidence right: 1.0000" in shown
    assert "incidents              F1 1.000  P 1.000  R 1.000" in shown
    assert "by style" in shown
    assert "by number of incidents" in shown
    assert "    0  wrong attachment" in shown


def test_a_change_is_shown_as_gained_and_lost_with_the_sentences(
    tmp_path: Path, readings: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
):
    first = copy.deepcopy(readings)
    second = copy.deepcopy(readings)
    told = next(r for r in readings if "fortul" in r["path"])
    first[readings.index(told)]["incidents"][0]["weapons"] = []
    second[readings.index(told)]["incidents"][0]["tactics"] = []
    run(tmp_path, first, "--out", str(tmp_path / "before.json"))
    capsys.readouterr()
    run(tmp_path, second, "--against", str(tmp_path / "before.json"), "--out", str(tmp_path / "after.json"))
    shown = capsys.readouterr().out
    assert f"gained: {len(told['incidents'][0]['weapons'])}" in shown
    assert f"lost: {len(told['incidents'][0]['tactics'])}" in shown
    before, after = (json.loads((tmp_path / f"{n}.json").read_text("utf-8")) for n in ("before", "after"))
    found = {(c.verdict, c.slot, c.kind) for c in changes(before, after)}
    assert found == {("gained", "weapons", "missed"), ("lost", "tactics", "missed")}
    assert all("«" in s for c in changes(before, after) for s in c.sentences)


def test_nothing_is_gained_or_lost_between_a_measurement_and_itself(tmp_path: Path, readings: list[dict[str, Any]]):
    bad = [spoiled(reading, i) for i, reading in enumerate(readings)]
    run(tmp_path, bad, "--out", str(tmp_path / "one.json"))
    one = json.loads((tmp_path / "one.json").read_text("utf-8"))
    assert sum(map(len, one["findings"].values())) > 50
    assert changes(one, one) == []


def test_verbose_names_what_was_missed_and_what_was_spurious(
    tmp_path: Path, readings: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
):
    changed = copy.deepcopy(readings)
    for reading in changed:
        for incident in reading["incidents"]:
            incident["victims"] = [{"name": "Nemo Nullus"}]
    run(tmp_path, changed, "--verbose")
    shown = capsys.readouterr().out
    assert "victims: Nemo Nullus" in shown
    assert "  missed ul" not in shown
    assert any(line.strip().startswith("missed") and "victims" in line for line in shown.splitlines())


def test_compiled_gold_and_annotated_gold_are_the_same(tmp_path: Path):
    write([compile_file(path) for path in sorted(FOLDER.glob("*.ann.txt"))], tmp_path)
    assert load_gold(tmp_path) == load_gold(FOLDER)


@pytest.mark.parametrize("arguments", [["nowhere"], [str(FOLDER), "--reader", "nobody"]])
def test_gold_or_reader_that_cannot_be_used_is_one_line_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
):
    assert gold.main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_documents_keep_the_given_text_and_anchor_relative_dates_at_what_is_known():
    made = document("x", "A text.\n", "2019-02")
    assert made.text == "A text.\n"
    assert made.publication is not None
    assert (made.publication.when.precision, made.publication.when.rule) == ("month", "given")
    assert str(made.publication.when.end) == "2019-02-28"
    assert document("x", "A text.").publication is None


def test_a_sentence_is_shown_with_its_words_marked():
    text = 'One. Dr. No, 40, fled. Then two were\nkilled? "Yes" he said.\n\nNew paragraph'
    assert sentence(text, text.index("fled"), text.index("fled") + 4).endswith("No, 40, «fled».")
    assert sentence(text, text.index("Yes"), text.index("Yes") + 3) == '"«Yes»" he said.'
    assert sentence(text, text.index("New"), text.index("New") + 3) == "«New» paragraph"
