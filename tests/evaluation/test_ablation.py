"""The trained reader without its parts is the trained reader when no part is taken away."""

from __future__ import annotations

import pytest

from ascribe.readings.setting import Setting
from ascribe.readings.trained.reader import TrainedReader
from evaluation.ablation import PARTS, incidents, main, read_without
from evaluation.gold_format import gold_document
from evaluation.predictions import document

TEXT = (
    "ARVIKA, May 4 - A gunman shot dead two guards at a bank in Arvika on Tuesday. The Northern Front claimed the "
    "attack.\n\nIn March a bomb had wounded three people at a station in Tornio. Nobody claimed the bombing."
)


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader()


def test_nothing_taken_away_is_the_reader(reader: TrainedReader):
    setting = Setting(document("wire", TEXT, "2021-05-04"))
    assert incidents(reader, setting) == reader.incidents(setting)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_can_be_taken_away(reader: TrainedReader, part: str):
    gold = gold_document({"name": "wire", "incidents": [], "published": "2021-05-04"}, TEXT)
    assert read_without(reader, gold, part).evidence_wrong == 0


def test_without_clusters_mentions_are_not_brought_together(reader: TrainedReader):
    setting = Setting(document("wire", TEXT, "2021-05-04"))
    events = [len(i.of("event")) for i in incidents(reader, setting, "clusters")]
    assert events
    assert set(events) == {1}


def test_a_folder_without_gold_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "one.json").write_text("{")
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
