"""`ascribe record` and `ascribe draft`."""

from __future__ import annotations

import json
from pathlib import Path

BOOK = ("--project", "book")
PLAIN = ("--reader", "plain", "--jobs", "0", *BOOK)
SEVEN = """
document = "report.txt"
signed = "A. Reader"
[i1]
words = "a bomb killed 5 people in Port Amsel"
status = { words = "a bomb", is = "carried out" }
date = { words = "2021-03-04" }
place = { words = "Port Amsel", is = { name = "Port Amsel", level = "city", country = "FR" } }
killed = { words = "5 people", is = 7 }
"""


def test_a_reading_by_hand_takes_the_place_of_the_program_s_and_keeps_it(ascribe, work: Path, project: Path) -> None:
    (work / "seven.toml").write_text(SEVEN, encoding="utf-8")
    assert ascribe("record", "seven.toml", *BOOK).out.startswith("1 recorded; the casebook holds ")
    known = ascribe("show", "documents", "--format", "json", *BOOK)
    (document,) = [d["id"] for d in json.loads(known.out) if d["name"] == "report.txt"]
    assert ascribe("add", "report.txt", "--reader", "later", "--jobs", "0", *BOOK).status == 0
    (shown,) = json.loads(ascribe("show", document, "--format", "json", *BOOK).out)
    assert [r["reader"]["name"] for r in shown["readings"]] == ["plain", "plain", "hand"]
    assert shown["readings"][-1]["incidents"][0]["values"]["killed"]["value"]["max"] == 7
    assert ascribe("verify", *BOOK).status == 0


def test_recording_twice_changes_nothing_and_a_replaced_reading_is_not_brought_back_unseen(
    ascribe, work: Path, project: Path
) -> None:
    (work / "seven.toml").write_text(SEVEN, encoding="utf-8")
    (work / "eight.toml").write_text(SEVEN.replace("is = 7", "is = 8"), encoding="utf-8")
    ascribe("record", "seven.toml", *BOOK)
    assert ascribe("record", "seven.toml", *BOOK).out.startswith("1 known already; ")
    assert ascribe("record", "eight.toml", *BOOK).out.startswith("1 recorded; ")
    again = ascribe("record", "seven.toml", *BOOK)
    assert (again.status, again.err) == (
        1,
        "seven.toml: this reading has been replaced by a later one; to bring it back, change `signed` in it\n",
    )


def test_every_problem_of_every_file_is_a_line_and_the_other_files_are_recorded(
    ascribe, work: Path, project: Path
) -> None:
    (work / "good.toml").write_text(SEVEN, encoding="utf-8")
    (work / "bad.toml").write_text(
        SEVEN.replace("5 people", "9 people").replace("is = 7", 'is = "x"'), encoding="utf-8"
    )
    (work / "other.toml").write_text('document = "nowhere.txt"\n', encoding="utf-8")
    (work / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    found = ascribe("record", "bad.toml", "good.toml", "other.toml", "bytes.toml", "gone.toml", ".", *BOOK)
    assert found.status == 5
    assert found.out.startswith("1 recorded; ")
    assert found.err.splitlines() == [
        "bad.toml: i1: the words 'a bomb killed 9 people in Port Amsel' are not in report.txt",
        "other.toml: there is no document 'nowhere.txt'; give its name or id, as `ascribe show documents` lists them",
        "bytes.toml: is not written in UTF-8; save it as UTF-8",
        "gone.toml: cannot be opened: No such file or directory",
        ".: cannot be opened: Is a directory",
    ]


def test_a_draft_is_a_file_that_can_be_recorded(ascribe, work: Path, project: Path) -> None:
    drafted = ascribe("draft", "report.txt", *BOOK)
    assert drafted.status == 0
    (work / "draft.toml").write_text(drafted.out, encoding="utf-8")
    before = ascribe("show", *BOOK).out
    assert ascribe("record", "draft.toml", *BOOK).out.startswith("1 recorded; ")
    assert ascribe("show", *BOOK).out == before
    found = ascribe("draft", "nowhere", *BOOK)
    assert (found.status, found.err.count("\n")) == (120, 1)


def test_one_name_of_two_documents_is_told(ascribe, work: Path, project: Path) -> None:
    (work / "reports" / "report.txt").write_text("On 2021-03-05 a bomb killed 5 people in Dar Qasim.", encoding="utf-8")
    ascribe("add", "reports", *PLAIN)
    (work / "seven.toml").write_text(SEVEN.replace("report.txt", "reports/report.txt"), encoding="utf-8")
    assert "are not in reports/report.txt" in ascribe("record", "seven.toml", *BOOK).err
    (work / "seven.toml").write_text(SEVEN, encoding="utf-8")
    found = ascribe("record", "seven.toml", *BOOK)
    assert found.status == 0, found.err  # the whole name goes before the last part of another's
