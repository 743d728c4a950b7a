"""`ascribe link` and `ascribe why`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from ascribe.project import Project

BOOK = ("--project", "book")


def joined(project: Path) -> str:
    with Project.open(project) as opened:
        return next(i.incident.id for i in opened.incidents() if len(i.incident.accounts) == 2)


def test_linking_again_finds_nothing_new_and_anew_compares_everything(ascribe, project: Path) -> None:
    assert ascribe("link", *BOOK).err == "0 accounts looked at; the casebook holds 2 incidents\n"
    found = ascribe("link", "--anew", "--format", "json", *BOOK)
    assert json.loads(found.out) == {"incidents": 2, "accounts": 3, "joined": []}


def test_why_tells_what_agreed_and_how_much_it_weighs(ascribe, project: Path) -> None:
    found = ascribe("why", joined(project), *BOOK)
    assert found.status == 0
    for words in ("probability", "the same place: Port Amsel", "the same day: 2021-03-04", "prior", "other.md"):
        assert words in found.out, words


def test_why_as_data_adds_up(ascribe, project: Path) -> None:
    told = json.loads(ascribe("why", joined(project)[:-3], "--format", "json", *BOOK).out)
    (tie,) = told["ties"]
    assert tie["by"] == "comparison"
    assert abs(tie["weight"] - tie["prior"] - sum(c["weight"] for c in tie["comparisons"])) < 0.1
    assert {a["name"] for a in told["accounts"]} == {"report.txt", "reports/other.md"}
    assert told["former_ids"] == told["kept_apart"] == []


SHOT = "LYON, France, May 4, 2021 - Karim Vell shot dead two people at a market in Lyon on 3 May 2021. {}"
NAMED = "The victims were named as Odile Zerbrugge, 41, and Ines Marle, 30. The Ash Front claimed the attack."
AGAIN = (
    "Odile Zerbrugge shot dead in Lyon market, a zebrafish source said\n\n"
    "Karim Vell killed Odile Zerbrugge, 41, and another person at a market in Lyon on 3 May 2021."
    " The Ash Front claimed the attack."
)


def test_why_as_data_withholds_names_of_victims_and_restricted_words(ascribe, work: Path) -> None:
    (work / "first.txt").write_text(SHOT.format(NAMED), encoding="utf-8")
    (work / "zebrafish.txt").write_text(AGAIN, encoding="utf-8")
    at = ("--published", "2021-05-04", "--reader", "rules", *BOOK)
    assert ascribe("init", "book").status == ascribe("add", "first.txt", *at).status == 0
    assert ascribe("add", "zebrafish.txt", "--restricted", *at).status == 0
    incident = joined(work / "book")
    told = ascribe("why", incident, "--format", "json", *BOOK).out
    assert "Zerbrugge" not in told
    assert "zebrafish" not in told
    assert "[restricted document]" in told
    (tie,) = json.loads(told)["ties"]
    groups = next(c for c in tie["comparisons"] if c["compared"] == "groups")
    assert groups["one"] == groups["other"] == "Ash Front"
    assert "zebrafish.txt" in ascribe("why", incident, *BOOK).out


def test_an_incident_of_one_account_says_so(ascribe, project: Path) -> None:
    assert "one account only" in ascribe("why", "dar-qasim", *BOOK).out


def test_an_unknown_incident_is_one_clear_line(ascribe, project: Path) -> None:
    found = ascribe("why", "nowhere", *BOOK)
    assert found.status != 0
    assert found.err.count("\n") == 1
    assert "no incident" in found.err


def test_few_pairs_are_linked_without_loading_what_many_need(project: Path) -> None:
    code = (
        "import sys; from ascribe.project import Project\n"
        f"Project.open({str(project)!r}).link(anew=True)\n"
        "print(sorted({'splink', 'duckdb', 'pandas'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
