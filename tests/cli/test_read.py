"""`ascribe read`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ascribe.cli import reading
from ascribe.project import Settings

PLAIN = ("--reader", "plain", "--jobs", "0")
ESC = "\x1b[31mred\x1b[0m"


def test_json_is_the_default_where_nobody_looks(ascribe) -> None:
    found = ascribe("read", "report.txt", *PLAIN)
    data = json.loads(found.out)
    (document,) = data["documents"]
    assert document["path"] == "report.txt"
    assert document["incidents"][0]["place"]["name"] == "Port Amsel"
    assert (found.status, found.err, data["failed"]) == (0, "", [])


def test_a_table_shows_each_value_with_its_words_and_where_they_stand(ascribe) -> None:
    out = ascribe("read", "report.txt", "--format", "table", *PLAIN).out
    assert "2021-03-04 · Port Amsel, FR · carried out" in out
    killed = out[out.index("  Killed") : out.index("  Perpetrators")]
    assert killed.split()[:2] == ["Killed", "5"]
    assert "bomb killed 5 people" in killed
    assert "28-29" in killed
    assert "Ash Front (claimed only)" in out


def test_json_lines_are_one_document_a_line(ascribe) -> None:
    out = ascribe("read", "reports", "--format", "jsonl", *PLAIN).out
    assert [json.loads(line)["path"] for line in out.splitlines()] == ["reports/knife.txt", "reports/other.md"]


def test_standard_input_is_read(ascribe) -> None:
    found = ascribe("read", "-", *PLAIN, stdin=b"On 2021-03-04 a bomb killed 5 people in Port Amsel.")
    assert json.loads(found.out)["documents"][0]["incidents"]


def test_standard_input_is_read_as_the_format_that_is_named(ascribe) -> None:
    page = b"<p>On 2021-03-04 a bomb killed 5 people in Port Amsel.</p>"
    text = json.loads(ascribe("read", "-", "--as", "text", *PLAIN, stdin=page).out)["documents"][0]["text"]
    assert text.startswith("<p>")


def test_the_date_of_publication_is_taken_from_the_command_line(ascribe) -> None:
    data = json.loads(ascribe("read", "report.txt", "--published", "2021-03", *PLAIN).out)
    assert data["documents"][0]["published"] == {"start": "2021-03-01", "end": "2021-03-31", "how": "given"}


def test_a_mixed_batch_prints_whole_json_and_says_how_many_failed(ascribe, work: Path) -> None:
    (work / "reports" / "empty.txt").write_bytes(b"")
    (work / "reports" / "noise.txt").write_bytes(bytes(range(256)) * 10)
    found = ascribe("read", "reports", "gone.txt", *PLAIN)
    data = json.loads(found.out)
    assert found.status == 3
    assert [d["path"] for d in data["documents"]] == ["reports/knife.txt", "reports/other.md"]
    assert [f["name"] for f in data["failed"]] == ["reports/empty.txt", "reports/noise.txt", "gone.txt"]
    lines = found.err.splitlines()
    assert lines[0].startswith("reports/empty.txt: ")
    assert lines[2].startswith("gone.txt: there is no such file")
    assert lines[-1] == "3 of 5 documents could not be read"
    assert len(lines) == 4


def test_nothing_but_failures_is_whole_json_too(ascribe) -> None:
    found = ascribe("read", "gone.txt", *PLAIN)
    assert json.loads(found.out)["documents"] == []
    assert found.status == 1


def test_the_status_counts_no_further_than_a_hundred(ascribe) -> None:
    found = ascribe("read", *(f"gone{n}.txt" for n in range(130)), *PLAIN)
    assert found.status == 100
    assert found.err.splitlines()[-1] == "130 of 130 documents could not be read"


@pytest.mark.parametrize("format", ["table", "json", "jsonl"])
def test_escape_sequences_and_direction_marks_do_not_reach_the_terminal(ascribe, work: Path, format: str) -> None:
    text = f"On 2021-03-04 a bomb {ESC} [bold red]x[/] \u202ekilled 5\u202c people in Port Amsel. \x9b31m"
    (work / "evil\x1b[2J.txt").write_text(text, encoding="utf-8")
    (work / "worse\x1b[2J.txt").write_bytes(b"")
    found = ascribe("read", "evil\x1b[2J.txt", "worse\x1b[2J.txt", "--format", format, *PLAIN)
    for character in "\x1b\x9b\u202e\u202c":
        assert character not in found.out
        assert character not in found.err
    if format == "table":
        assert "[bold red]x[/]" in found.out
    else:
        assert found.status == 1
        data = json.loads(found.out) if format == "json" else {"documents": [json.loads(found.out)]}
        document = data["documents"][0]
        assert "\u202ekilled 5\u202c" in document["text"]
        for statement in document["incidents"][0]["statements"]:
            for words in statement["evidence"]:
                assert document["text"][words["start"] : words["end"]] == words["quote"]


def test_a_document_without_incidents_says_so(ascribe) -> None:
    out = ascribe("read", "-", "--format", "table", *PLAIN, stdin=b"The harbour was quiet all day.").out
    assert "no incident found" in out


def test_an_unknown_reader_is_one_line(ascribe) -> None:
    found = ascribe("read", "report.txt", "--reader", "nobody")
    assert found.status == 120
    assert found.err.startswith("ascribe: no reader 'nobody'; known are ")
    assert found.err.count("\n") == 1
    assert found.out == ""


def test_a_wrong_date_is_one_line(ascribe) -> None:
    found = ascribe("read", "report.txt", "--published", "soon", *PLAIN)
    assert (found.status, found.err.count("\n")) == (120, 1)
    assert "soon" in found.err


def test_the_time_for_one_document_can_be_set(ascribe, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[float, int]] = []
    real = reading.read_files

    def watched(*arguments: object) -> object:
        settings = arguments[-1]
        assert isinstance(settings, Settings)
        given.append((settings.seconds, settings.memory_mb))
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "read_files", watched)
    assert ascribe("read", "report.txt", "--seconds", "2.5", "--memory-mb", "512", *PLAIN).status == 0
    assert ascribe("read", "report.txt", *PLAIN).status == 0
    assert given == [(2.5, 512), (Settings().seconds, Settings().memory_mb)]
