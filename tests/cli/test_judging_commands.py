"""`ascribe judge …` and `ascribe history`."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ascribe.model import UNDECIDED
from ascribe.project import Project

BOOK = ("--project", "book")
WHY = ("--reason", "checked", "--by", "Ana Reyes", *BOOK)


@pytest.fixture
def accounts(ascribe, project: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """The names of the accounts, by the names of their documents."""
    monkeypatch.delenv("ASCRIBE_USER", raising=False)
    monkeypatch.setenv("COLUMNS", "300")
    told = json.loads(ascribe("show", "accounts", "--format", "json", *BOOK).out)
    names = {
        d["id"]: Path(d["name"]).stem for d in json.loads(ascribe("show", "documents", "--format", "json", *BOOK).out)
    }
    return {names[t["document"]]: t["id"] for t in told}


def test_a_statement_is_judged_by_the_name_that_show_prints(ascribe, accounts: dict[str, str]) -> None:
    shown = ascribe("show", accounts["report"], *BOOK).out
    name = f"{accounts['report']}/killed"
    assert name in shown

    corrected = ascribe("judge", "correct", name, "--value", "at least 7", "--quote", "killed 5 people", *WHY)
    assert (corrected.status, corrected.err) == (0, "")
    assert "Ana Reyes corrected" in corrected.out
    assert "killed 6 → 7+" in corrected.out
    again = ascribe("show", accounts["report"], *BOOK).out
    assert "7+ (corrected by Ana Reyes)" in again
    assert name in again


def test_what_is_rejected_is_listed_with_who_and_why(ascribe, accounts: dict[str, str]) -> None:
    name = accounts["report"]
    ascribe("judge", "reject", f"{name}/perpetrators", "--reason", "cleared since", "--by", "Ben", *BOOK)
    (incident,) = [i for i in incidents(ascribe) if "report.txt" in str(i["documents"])]

    shown = ascribe("show", incident["id"], *BOOK).out
    assert "Jonas Vell (rejected by Ben)" in shown
    assert "why: cleared since" in shown
    (rejected,) = incident["rejected"]
    assert (rejected["review"], rejected["judgement"]["by"]) == ("rejected", "Ben")
    assert "perpetrators" not in incident["values"]


def incidents(ascribe):  # type: ignore[no-untyped-def]
    return json.loads(ascribe("show", "incidents", "--format", "json", *BOOK).out)


def test_accounts_are_put_apart_and_the_judgement_withdrawn(ascribe, accounts: dict[str, str]) -> None:
    before = [i["id"] for i in incidents(ascribe)]
    parted = ascribe("judge", "different", accounts["report"], accounts["other"], "--format", "json", *WHY)
    judgement = json.loads(parted.out)
    assert len(incidents(ascribe)) == len(before) + 1
    assert (judgement["verdict"], judgement["by"]) == ("different", "Ana Reyes")

    assert ascribe("judge", "withdraw", judgement["id"][:8], *WHY).status == 0
    assert [i["id"] for i in incidents(ascribe)] == before
    history = ascribe("history", accounts["report"], *BOOK).out
    assert "called different" in history
    assert "withdrew “different”" in history
    assert [d["decision"] for d in json.loads(ascribe("history", "--format", "json", *BOOK).out)] == [
        "judged",
        "withdrawn",
    ]


def test_incidents_are_joined_and_split(ascribe, accounts: dict[str, str]) -> None:
    one, other = (i["id"] for i in incidents(ascribe))
    assert ascribe("judge", "join", one, other, *WHY).status == 0
    (joined,) = incidents(ascribe)
    assert ascribe("judge", "split", joined["id"], accounts["knife"], *WHY).status == 0
    assert {i["id"] for i in incidents(ascribe)} == {one, other}


def test_the_queue_has_what_nobody_is_sure_of(ascribe, accounts: dict[str, str]) -> None:
    assert "nothing waits" in ascribe("judge", "queue", *BOOK).out
    ascribe("judge", "unsure", accounts["report"], accounts["knife"], *WHY)
    assert "waits: " in ascribe("judge", "queue", *BOOK).out
    (waiting,) = json.loads(ascribe("judge", "queue", "--format", "json", *BOOK).out)
    assert waiting["verdict"] == "unsure"
    assert "two incidents as the machine has it" in waiting["why"]


def test_what_two_readers_read_differently_comes_first_and_goes_when_it_is_decided(  # type: ignore[no-untyped-def]
    ascribe, accounts: dict[str, str], work: Path
) -> None:
    ascribe("judge", "unsure", accounts["report"], accounts["knife"], *WHY)
    (work / "late.txt").write_text("Report 2021-03-09: on 2021-03-04 a bomb killed 5 people in Port Amsel.", "utf-8")
    for reader in ("plain", "rules"):
        ascribe("add", "late.txt", "--reader", reader, "--jobs", "0", *BOOK)

    queue = json.loads(ascribe("judge", "queue", "--format", "json", *BOOK).out)
    differing = [one for one in queue if "standing" in one]
    assert differing
    assert queue[: len(differing)] == differing
    assert {tuple(one["readers"]) for one in differing} == {("rules", "plain")}
    standings = [one["standing"] for one in differing]
    assert standings == sorted(standings, key=["differ", "alone", "close"].index)
    assert "quote" not in differing[0]

    printed = ascribe("judge", "queue", *BOOK).out
    assert printed.index(differing[0]["name"]) < printed.index("waits: ")
    assert ascribe("judge", "accept", differing[0]["name"], *WHY).status == 0
    after = json.loads(ascribe("judge", "queue", "--format", "json", *BOOK).out)
    assert differing[0]["name"] not in {one.get("name") for one in after}
    assert len([one for one in after if "standing" in one]) == len(differing) - 1


def test_what_a_check_left_undecided_stands_in_the_queue_until_it_is_decided(  # type: ignore[no-untyped-def]
    ascribe, accounts: dict[str, str]
) -> None:
    name = f"{accounts['report']}/killed"
    with Project.open(Path("book")) as book:
        casebook = book.casebook
        document = next(d for d in casebook.documents() if accounts["report"].startswith(d.id[:12]))
        reading = casebook.current_reading(document.id)
        undecided = [
            replace(
                a,
                statements=tuple(
                    replace(s, rule=f"{UNDECIDED}another attack", confidence=0.05) if s.property == "killed" else s
                    for s in a.statements
                ),
            )
            for a in reading.accounts
        ]
        later = replace(reading, version="later", accounts=tuple(undecided))
        casebook.save(document, None, later, datetime.now(UTC))

    printed = ascribe("judge", "queue", *BOOK).out
    assert f"{name}  undecided" in printed
    assert "why: another attack" in printed
    assert "(proposed)" in ascribe("show", accounts["report"], *BOOK).out
    (told,) = json.loads(ascribe("judge", "queue", "--format", "json", *BOOK).out)
    assert told == {"name": name, "property": "incident.killed", "undecided": "5"}
    assert ascribe("judge", "accept", name, *WHY).status == 0
    assert "nothing waits" in ascribe("judge", "queue", *BOOK).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "{report}/killed", "--reason", "x"), "--by NAME"),
        (("accept", "{report}/killed", "--reason", " ", "--by", "Ana"), "--reason"),
        (("accept", "{report}/colour", "--reason", "x", "--by", "Ana"), "no statement 'colour'"),
        (("accept", "{report}", "--reason", "x", "--by", "Ana"), "no statement"),
        (("correct", "{report}/killed", "--value", "many", "--reason", "x", "--by", "Ana"), "no count"),
        (("same", "{report}", "{report}", "--reason", "x", "--by", "Ana"), "one account"),
        (("join", "nowhere", "nowhere", "--reason", "x", "--by", "Ana"), "nowhere"),
        (("withdraw", "abcdef", "--reason", "x", "--by", "Ana"), "no judgement"),
    ],
)
def test_what_is_wrong_is_one_line(ascribe, accounts: dict[str, str], arguments: tuple[str, ...], said: str) -> None:
    found = ascribe("judge", *(a.format(**accounts) for a in arguments), *BOOK)

    assert found.status in (120, 121)
    assert found.err.count("\n") == 1
    assert said in found.err
    assert "nothing was decided" in ascribe("history", *BOOK).out


def test_json_withholds_names_of_victims_and_the_table_does_not(ascribe, accounts: dict[str, str]) -> None:
    name = f"{accounts['knife']}/victims"
    reason = ("--reason", "Mina Tarn is spelt otherwise", "--by", "Ana", *BOOK)
    ascribe("judge", "correct", name, "--value", "Minna Taarn", *reason)
    ascribe("judge", "reject", name, *reason)

    for command in (("history", "--format", "json"), ("show", "incidents", "--format", "json"), ("export", "jsonl")):
        out = ascribe(*command, *BOOK).out
        assert out.strip()
        assert not re.search("Mina|Tarn|Minna|Taarn", out), command
    assert "Minna Taarn" in ascribe("history", *BOOK).out


def test_json_withholds_the_words_of_restricted_documents(ascribe, accounts: dict[str, str]) -> None:
    ascribe(
        "judge", "accept", f"{accounts['report']}/place", "--reason", "harbour side, says page 2", "--by", "A", *BOOK
    )
    ascribe("add", "report.txt", "--restricted", "--reader", "plain", "--jobs", "0", *BOOK)
    (decision,) = json.loads(ascribe("history", "--format", "json", *BOOK).out)

    assert "harbour" not in str(decision)
    assert all("restricted" in e["quote"] for e in decision["evidence"])


def test_what_a_judge_types_plays_no_tricks(ascribe, accounts: dict[str, str]) -> None:
    ascribe(
        "judge", "accept", f"{accounts['report']}/killed", "--reason", "\x1b[31mred\u202e", "--by", "A\x07na", *BOOK
    )
    out = ascribe("history", *BOOK).out

    assert not {"\x1b", "\x07", "\u202e"} & set(out)
