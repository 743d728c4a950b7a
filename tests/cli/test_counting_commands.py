"""`ascribe check`, `contacts`, `responses`, `connections` and `terms` on the command line."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from telling import PlainReader

from ascribe import readings
from ascribe.model import CountValue, Document, Reading, Statement

STORY = (
    "On 3 May 2021 Karim Vell shot dead two people in Lyon, France. Vell had been questioned by the domestic "
    "intelligence service in 2019. After the attack the mayor, Anne Duval, banned all marches. Two accomplices of Vell "
    "were charged. Vell was not a “lone wolf”, the prosecutor said."
)
NUMBERS = "There were no attacks in France in 2021. There were forty attacks in Norway in 2021."


@pytest.fixture
def book(ascribe, work: Path, empty_project: Path) -> Path:
    (work / "story.txt").write_text(STORY, "utf-8")
    (work / "numbers.txt").write_text(NUMBERS, "utf-8")
    assert (
        ascribe(
            "add", "--reader", "rules", "story.txt", "--published", "2021-05-10", "--jobs", "0", "--project", "book"
        ).status
        == 0
    )
    return empty_project


def test_check_prints_the_query_and_the_answer_and_counts_what_is_wrong(ascribe, book: Path) -> None:
    found = ascribe("check", "numbers.txt", "--published", "2022", "--project", "book")
    assert found.status == 1
    assert "“no attacks in France in 2021”" in found.out
    assert "date: 2021-01-01 to 2021-12-31" in found.out
    assert "inconsistent" in found.out
    assert "cannot be verified with these documents" in found.out
    assert "lyon-2021-05-03" in found.out


def test_check_as_json(ascribe, book: Path) -> None:
    found = ascribe("check", "numbers.txt", "--published", "2022", "--project", "book", "--format", "json")
    (document,) = json.loads(found.out)
    wrong, unknown = document["statements"]
    assert (document["against"], document["incidents"]) == ("casebook", 1)
    assert (wrong["verdict"], wrong["says"], wrong["query"]["area"]["countries"]) == (
        "inconsistent",
        {"min": 0, "max": 0, "qualifier": "exact"},
        ["FR"],
    )
    assert wrong["against"] == wrong["counted"]
    assert unknown["verdict"] == "cannot be verified"


def test_check_outside_a_project_uses_the_text_itself(ascribe, work: Path) -> None:
    text = f"{STORY} There were no attacks in France in 2021."
    (work / "both.txt").write_text(text, "utf-8")
    found = ascribe("check", "both.txt", "--published", "2022")
    assert found.status == 1
    assert "no project here" in found.err
    assert "of the text itself" in found.out
    assert ascribe("check", "both.txt", "--own", "--published", "2022").err == ""


class PartReader(PlainReader):
    """The plain reader, for texts that say "9 of them" too."""

    name = "parts"

    def read(self, document: Document) -> Reading:
        reading = super().read(document)
        part = re.search(r"(\d+) of them", document.text)
        if part is None:
            return reading
        value = CountValue(int(part[1]), int(part[1]))
        more = Statement("killed_of_which", value, (document.quote(*part.span()),), rule="plain")
        first = replace(reading.accounts[0], statements=(*reading.accounts[0].statements, more))
        return replace(reading, accounts=(first, *reading.accounts[1:]))


@pytest.fixture
def parts(work: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text whose parts are more than the whole."""
    monkeypatch.setitem(readings.EXTRACTORS, "parts", f"{__name__}:PartReader")
    (work / "parts.txt").write_text(
        "On 2021-03-04 a bomb killed 5 people in Port Amsel. 9 of them were guards.", "utf-8"
    )
    return work


@pytest.mark.parametrize("known", [False, True])
def test_check_tells_of_a_part_that_is_greater_than_the_whole(ascribe, parts: Path, known: bool) -> None:
    reader = ("--own", "--reader", "parts")
    if known:
        ascribe("init", "book")
        assert ascribe("add", "parts.txt", "--reader", "parts", "--jobs", "0", "--project", "book").status == 0
        reader = ("--project", "book")
    found = ascribe("check", "parts.txt", *reader)
    assert found.status == 1
    assert "Killed, of which: more than the whole" in found.out
    out = " ".join(found.out.split())
    assert "the whole: 5 On 2021-03-04 a bomb killed 5 people in Port Amsel." in out
    assert "the part: 9 9 of them were guards." in out
    (document,) = json.loads(ascribe("check", "parts.txt", *reader, "--format", "json").out)
    (wrong,) = document["greater_parts"]
    assert (wrong["property"], wrong["part_of"]) == ("incident.killed_of_which", "incident.killed")
    assert {s["property"]: s["evidence"][0]["quote"] for s in wrong["said"]} == {
        "incident.killed": "5",
        "incident.killed_of_which": "9 of them",
    }


def test_check_tells_a_wrong_command_line(ascribe, book: Path) -> None:
    assert ascribe("check", "numbers.txt", "--own", "--project", "book").status == 120
    assert ascribe("check", "numbers.txt", "--reader", "rules", "--project", "book").status == 120
    assert ascribe("check", "numbers.txt", "--project", "nowhere").status == 121
    missing = ascribe("check", "nothing.txt", "--project", "book")
    assert (missing.status, "nothing.txt" in missing.err) == (1, True)


def test_a_projects_own_regions(ascribe, book: Path, work: Path) -> None:
    own = 'id = "w"\nname = "the West"\nowner = "A. Author"\nsource = "Report"\ndate = "2020"\ncountries = ["FR"]\n'
    (work / "west.txt").write_text("There was at least two attacks in the West in 2021.", "utf-8")
    before = ascribe("check", "west.txt", "--published", "2022", "--project", "book").out
    assert "nobody is named as defining “the West”" in before
    (book / "regions.toml").write_text(f"[[regions]]\n{own}", "utf-8")
    assert "A. Author" in ascribe("check", "west.txt", "--published", "2022", "--project", "book").out
    (book / "regions.toml").write_text("[[regions]]\n", "utf-8")
    broken = ascribe("check", "west.txt", "--project", "book")
    assert broken.status == 121
    assert "regions.toml: region 1 needs" in broken.err


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("contacts", ("2019", "questioning", "the domestic", "Karim Vell")),
        ("responses", ("the mayor, Anne Duval", "banned all marches")),
        ("connections", ("accomplice", "Two accomplices")),
    ],
)
def test_what_stands_around_an_incident(ascribe, book: Path, command: str, expected: tuple[str, ...]) -> None:
    found = ascribe(command, "--project", "book")
    assert found.status == 0
    for words in expected:
        assert words in found.out
    (told,) = json.loads(ascribe(command, "lyon-2021", "--project", "book", "--format", "json").out)
    (line,) = told["lines"]
    assert line["evidence"]
    assert line["name"] == "story.txt"
    assert ascribe(command, "nowhere-at-all", "--project", "book").status in (120, 121)


def test_who_uses_a_term(ascribe, book: Path) -> None:
    found = ascribe("terms", "lone", "wolves", "--project", "book")
    assert "rejected" in found.out
    assert "published 2021-05-10" in found.out
    (told,) = json.loads(ascribe("terms", "lone wolf", "--project", "book", "--format", "json").out)
    assert [(u["use"], u["speaker"]) for u in told["uses"]] == [("rejected", "the prosecutor")]
    assert "no document uses" in ascribe("terms", "sleeper cell", "--project", "book").out
    assert "soldier of the caliphate" in ascribe("terms", "--project", "book").out
    assert ascribe("terms", "!!", "--project", "book").status == 120


def test_any_words_can_be_looked_for_as_a_term(ascribe, book: Path) -> None:
    (told,) = json.loads(ascribe("terms", "march", "--project", "book", "--format", "json").out)
    assert [q["quote"] for u in told["uses"] for q in u["quotes"]] == ["marches"]


def test_restricted_words_are_not_told(ascribe, book: Path) -> None:
    ascribe("add", "story.txt", "--restricted", "--jobs", "0", "--project", "book")
    for command in (("contacts",), ("responses",), ("connections",), ("terms", "lone wolf")):
        found = ascribe(*command, "--project", "book", "--format", "json").out
        assert "questioned" not in found
        assert "Duval" not in found
        assert "prosecutor" not in found
        assert "story.txt" not in found


def test_relatives_are_not_named(ascribe, book: Path, work: Path) -> None:
    text = "On 3 June 2020 Omar Dane shot dead two people in Nice. Dane's brother Idris was charged with conspiring."
    (work / "kin.txt").write_text(text, "utf-8")
    ascribe("add", "kin.txt", "--published", "2020-06-10", "--reader", "rules", "--jobs", "0", "--project", "book")
    found = ascribe("connections", "nice-2020", "--project", "book", "--format", "json").out
    assert '"other": "brother"' in found
    assert "Idris" not in found


def test_the_page_shows_what_is_printed(ascribe, work: Path, empty_project: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "counting.md").read_text("utf-8")
    report, article, shown = re.findall(r"```\n(.*?)\n```", page, re.DOTALL)[:3]
    (work / "report.txt").write_text(report + "\n", "utf-8")
    (work / "article.txt").write_text(article + "\n", "utf-8")
    ascribe("add", "report.txt", "--published", "2021-05-10", "--reader", "rules", "--jobs", "0", "--project", "book")
    printed = ascribe("check", "article.txt", "--published", "2022", "--project", "book").out
    for line in filter(str.strip, printed.splitlines()):
        assert line.rstrip() in shown
    for command in ("contacts", "responses", "connections"):
        for line in filter(str.strip, ascribe(command, "--project", "book").out.splitlines()):
            assert line.rstrip() in page
