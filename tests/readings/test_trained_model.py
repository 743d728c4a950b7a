"""The bundled model: refused when it is not the one of its card, and read whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from ascribe.errors import AscribeError
from ascribe.model import Document, sha256
from ascribe.readings.setting import Setting
from ascribe.readings.trained.card import checked_bytes, read_card
from ascribe.readings.trained.grouping import FEATURES, Linker, Member
from ascribe.readings.trained.layout import LINK, SLOTS, layout_hash
from ascribe.readings.trained.marking import Tuning
from ascribe.readings.trained.network import linker_json, linker_of
from ascribe.readings.trained.reader import TrainedReader
from ascribe.readings.trained.spans import Span

CARD = """
[model]
version = "t1"
layout = "{layout}"
sha256 = "{sha}"
tokenizer_sha256 = "{sha}"

[tuning.eagerness]
date = 0.5

[tuning.floors]
perp = 0.3

[tuning.thresholds]
same = 0.4

[tuning.calibration]
killed = [2.0, -1.0]
"""


def test_a_card_gives_the_tuning_and_calibrates_confidence(tmp_path: Path) -> None:
    (tmp_path / "card.toml").write_text(CARD.format(layout=layout_hash(), sha="0" * 64))
    card = read_card(tmp_path)

    assert card.version == "t1"
    assert card.tuning.thresholds.same == 0.4
    assert card.tuning.floors == {"perp": 0.3}
    assert card.tuning.eagerness["date"] == 0.5
    assert card.tuning.confidence("killed", 0.5) == pytest.approx(1 / (1 + np.e), abs=1e-4)
    assert card.tuning.confidence("place", 0.8) == pytest.approx(0.8, abs=1e-4)


def test_a_model_of_another_schema_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "card.toml").write_text(CARD.format(layout="f" * 64, sha="0" * 64))

    with pytest.raises(AscribeError, match=r"another schema.*train it again"):
        read_card(tmp_path)


def test_a_missing_model_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(AscribeError, match="no model card"):
        read_card(tmp_path)


def test_a_file_that_is_not_the_cards_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "reader.onnx"
    file.write_bytes(b"weights")

    assert checked_bytes(file, sha256("weights")) == b"weights"
    with pytest.raises(AscribeError, match="not the file of the model card"):
        checked_bytes(file, sha256("others"))


def test_the_link_network_survives_its_way_through_the_model_file() -> None:
    made = np.random.default_rng(5)
    size = 3 * LINK + FEATURES
    linker = Linker(*(made.normal(size=s).astype(np.float32) for s in ((size, 4), (4,), (4,))), out_bias=0.25)
    again = linker_of(linker_json(linker))

    assert np.array_equal(again.hidden, linker.hidden)
    assert np.array_equal(again.out, linker.out)
    assert again.out_bias == 0.25


def document(text: str, language: str = "en") -> Document:
    return Document(sha256(text), sha256(text), "told.txt", text, "text", language=language)


@pytest.fixture(scope="module")
def reader():
    return TrainedReader()


class TestBundled:
    """The model as shipped."""

    FIRST = (
        "ARLEN, 4 May 2019 - Gunmen shot dead five farmers in the town of Arlen on Monday, police said. "
        "The Red Lantern Front claimed responsibility for the attack."
    )
    SECOND = "In Belcastro a car bomb exploded outside a bank on 12 March 2018, wounding eleven people."

    def test_two_incidents_are_told_apart_with_their_own_tolls(self, reader) -> None:
        text = f"{self.FIRST}\n\n{self.SECOND}\n"
        found = reader.incidents(Setting(document(text)))

        assert len(found) == 2
        told = [{m.slot: text[m.start : m.end] for m in incident.marks} for incident in found]
        assert told[0]["killed"].startswith("five")
        assert told[1]["wounded"].startswith("eleven")
        assert told[1]["place"] == "Belcastro"

    def test_what_a_text_says_once_is_found_wherever_the_window_borders_fall(self, reader) -> None:
        filler = "The council met again on the matter of the new bridge and came to no decision. "
        for before in (0, 18, 24, 25, 26, 27, 30, 60):
            text = filler * before + "\n" + self.SECOND + "\n" + filler * 20
            marks = {
                (m.slot, text[m.start : m.end])
                for incident in reader.incidents(Setting(document(text)))
                for m in incident.marks
            }
            assert any(slot == "wounded" and words.startswith("eleven") for slot, words in marks), before
            assert ("place", "Belcastro") in marks, before

    def test_a_text_without_violence_has_no_incident(self, reader) -> None:
        assert reader.incidents(Setting(document("The bakery sells bread and cakes, and closes on Mondays."))) == []
        assert reader.incidents(Setting(document(""))) == []

    def test_a_reading_carries_the_cards_version_and_only_true_quotes(self, reader) -> None:
        told = document(f"{self.FIRST}\n\n{self.SECOND}\n")
        reading = reader.read(told)

        assert (reading.extractor, reading.version) == ("model", reader.card.version)
        quotes = [e for a in reading.accounts for s in a.statements for e in s.evidence]
        assert quotes
        assert all(told.text[e.start : e.end] == e.quote for e in quotes)
        assert reading == reader.read(told)

    def test_another_language_is_skipped_with_the_reason(self, reader) -> None:
        reading = reader.read(document("Fünf Menschen starben.", "de"))

        assert reading.accounts == ()
        assert "English" in reading.skipped[0].reason

    def test_changed_weights_are_refused(self, reader, tmp_path: Path) -> None:
        copy = tmp_path / "model"
        shutil.copytree(reader.folder, copy)
        data = bytearray((copy / "reader.onnx").read_bytes())
        data[1000] ^= 1
        (copy / "reader.onnx").write_bytes(data)

        with pytest.raises(AscribeError, match="not the file of the model card"):
            type(reader)(copy).incidents(Setting(document("A bomb exploded.")))


def test_a_mark_below_the_floor_of_its_slot_does_not_count() -> None:
    tuning = Tuning(floors={"perp": 0.5})
    at = {slot: Span(SLOTS.index(slot), 0, 1, 0, 4, 0.9) for slot in ("perp", "place")}
    assert tuning.sure(Member(at["perp"], 0.6))
    assert not tuning.sure(Member(at["perp"], 0.5))
    assert tuning.sure(Member(at["place"], 0.01))
