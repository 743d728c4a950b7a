"""The MUC-4 files and commands, with a reader made for the test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ascribe.model import Account, CodeValue, Document, Reading, Statement
from evaluation import muc4
from evaluation.muc4_files import gtt_id, load_gold, load_predictions, load_reports, long_id

ROLES = {"PerpInd": [], "PerpOrg": [], "Target": [], "Victim": [], "Weapon": []}


class BombReader:
    """Finds the word BOMB, as weapon and as act."""

    name = "bombs"
    version = "1"
    fills = frozenset({"incident.weapons", "incident.tactics"})

    def read(self, document: Document) -> Reading:
        at = document.text.find("BOMB")
        if at < 0:
            return Reading(document.id, self.name, self.version)
        words = document.quote(at, at + 4)
        found = (
            Statement("tactics", CodeValue("bombing"), (words,)),
            Statement("weapons", CodeValue("explosives"), (words,)),
        )
        return Reading(document.id, self.name, self.version, (Account("i1", "incident", found, words),))


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(muc4, "extractor", lambda name: {"bombs": BombReader()}[name])
    bomb = {"incident_type": "bombing", **ROLES, "Weapon": [[["bomb", 20]]]}
    rows = [
        {
            "docid": "TST3-MUC4-0001",
            "text": "ESTE, 1 MAY 90 -- A BOMB.",
            "body_start": 18,
            "date": "1990-05-01",
            "gtt": [bomb],
        },
        {
            "docid": "TST3-MUC4-0002",
            "text": "A BOMB -- NOTHING ELSE.",
            "body_start": 10,
            "date": "XXXX-05-01",
            "gtt": [],
        },
        {"docid": "TST3-MUC4-0003", "text": "RAIN.", "gtt": [bomb]},
    ]
    path = tmp_path / "docs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_ids_go_both_ways_and_others_stay():
    pairs = {
        "TST1-MUC3-0007": "10007",
        "TST2-MUC4-0100": "20100",
        "TST4-MUC4-0001": "40001",
        "DEV-MUC3-0001": "DEV-MUC3-0001",
    }
    assert {long: gtt_id(long) for long in pairs} == pairs
    assert {long_id(short): short for short in pairs.values()} == pairs


def test_a_year_that_is_not_known_is_no_date(reports: Path):
    assert [r.published for r in load_reports(reports)] == ["1990-05-01", None, None]
    assert [r.body_start for r in load_reports(reports)] == [18, 10, 0]


@pytest.mark.parametrize(("ids", "first"), [("long", "TST3-MUC4-0001"), ("gtt", "30001")])
def test_predictions_are_written_in_the_format_of_gtt_and_read_back(
    reports: Path, tmp_path: Path, ids: str, first: str
):
    out = tmp_path / "preds.json"
    assert muc4.main(["--docs", str(reports), "--out", str(out), "--reader", "bombs", "--ids", ids]) == 0
    written = json.loads(out.read_text("utf-8"))
    assert next(iter(written)) == first
    assert written[first] == {"pred_templates": [{"incident_type": "bombing", **ROLES, "Weapon": [["bomb"]]}]}
    weapons = {name: [t.roles["Weapon"] for t in found] for name, found in load_predictions(out).items()}
    assert weapons == {"TST3-MUC4-0001": [(("bomb",),)], "TST3-MUC4-0002": [], "TST3-MUC4-0003": []}


def test_scoring_at_once_and_from_the_file_print_the_same(
    reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "preds.json"
    muc4.main(["--docs", str(reports), "--out", str(out), "--reader", "bombs", "--score", "--ids", "gtt"])
    at_once = capsys.readouterr().out
    assert muc4.main(["--gold", str(reports), "--pred", str(out)]) == 0
    assert capsys.readouterr().out == at_once
    assert "3 documents, 2 gold templates (copies dropped), 1 predicted" in at_once
    gtt_row = next(line for line in at_once.splitlines() if line.startswith("GTT"))
    assert gtt_row.split()[1:4] == ["100.00", "50.00", "66.67"]
    assert "95 % interval" in at_once


def test_predictions_as_lines_are_read_too(tmp_path: Path):
    path = tmp_path / "lines.jsonl"
    one = json.dumps({"docid": "30001", "templates": [{"incident_type": "arson", "Target": ["a mill"]}]})
    path.write_text(one + "\n" + json.dumps({"TST3-MUC4-0001": [{"incident_type": "attack"}]}) + "\n", "utf-8")
    found = load_predictions(path)
    assert [t.type for t in found["TST3-MUC4-0001"]] == ["arson", "attack"]
    assert found["TST3-MUC4-0001"][0].roles["Target"] == (("a mill",),)


def test_gold_mentions_lose_their_offsets(reports: Path):
    assert load_gold(reports)["TST3-MUC4-0001"][0].roles["Weapon"] == (("bomb",),)


def test_a_file_that_is_not_there_is_one_line_and_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    missing = str(tmp_path / "none.jsonl")
    assert muc4.main(["--gold", missing, "--pred", missing]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["--docs", "a"], ["--gold", "a"], ["--docs", "a", "--gold", "b", "--pred", "c"]]
)
def test_arguments_that_do_not_fit_are_refused(arguments: list[str]):
    with pytest.raises(SystemExit):
        muc4.main(arguments)
