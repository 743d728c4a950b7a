"""`ascribe remarks`."""

from __future__ import annotations

import json
from pathlib import Path

BOOK = ("--project", "book")
REMARKS = """
document = "report.txt"
[r1]
kind = "remark"
words = "The Ash Front claimed it"
type = { words = "The Ash Front claimed it", is = "pattern" }
said = { words = "The Ash Front claimed it", stance = "hypothetical" }
speaker = { words = "The Ash Front" }
[r2]
kind = "remark"
words = "Jonas Vell was arrested"
type = { words = "Jonas Vell was arrested", is = "call" }
said = { words = "Jonas Vell was arrested" }
"""


def test_remarks_are_listed_with_speaker_and_firmness_and_a_call_is_not_repeated(
    ascribe, work: Path, project: Path
) -> None:
    assert "no document holds a remark" in ascribe("remarks", *BOOK).out
    (work / "remarks.toml").write_text(REMARKS, encoding="utf-8")
    assert ascribe("record", "remarks.toml", *BOOK).status == 0
    pattern, call = json.loads(ascribe("remarks", "--format", "json", *BOOK).out)
    assert (pattern["type"], pattern["said"], pattern["stance"], pattern["speaker"]) == (
        "pattern",
        "The Ash Front claimed it",
        "hypothetical",
        "The Ash Front",
    )
    assert (call["type"], call["said"]) == ("call", "[withheld: a call to act]")
    shown = ascribe("remarks", *BOOK).out
    assert "pattern (hypothetical)" in shown
    assert "Vell" not in shown


def test_remarks_are_found_by_their_words(ascribe, work: Path, project: Path) -> None:
    (work / "remarks.toml").write_text(REMARKS, encoding="utf-8")
    ascribe("record", "remarks.toml", *BOOK)
    assert len(json.loads(ascribe("remarks", "ash", "claimed", "--format", "json", *BOOK).out)) == 1
    assert ascribe("remarks", "nothing", "such", *BOOK).out == "no remark holds “nothing such”\n"


def test_words_of_restricted_documents_stay_inside(ascribe, work: Path, project: Path) -> None:
    (work / "remarks.toml").write_text(REMARKS, encoding="utf-8")
    ascribe("record", "remarks.toml", *BOOK)
    ascribe("add", "report.txt", "--restricted", "--reader", "plain", "--jobs", "0", *BOOK)
    pattern, _ = json.loads(ascribe("remarks", "--format", "json", *BOOK).out)
    assert (pattern["said"], pattern["speaker"], pattern["name"]) == (
        "[restricted]",
        "[speaker withheld]",
        "[restricted document]",
    )


def test_a_remark_that_is_only_proposed_is_not_listed(ascribe, work: Path, project: Path) -> None:  # type: ignore[no-untyped-def]
    (work / "remarks.toml").write_text(REMARKS.replace("stance =", "confidence = 0.05, stance ="), encoding="utf-8")
    assert ascribe("record", "remarks.toml", *BOOK).status == 0
    pattern, _ = json.loads(ascribe("remarks", "--format", "json", *BOOK).out)
    assert (pattern["type"], pattern["said"], pattern["stance"]) == ("pattern", None, "asserted")
