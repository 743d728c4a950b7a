"""What `show` and `search` print as JSON may go anywhere: it holds no more than an export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

BOOK = ("--project", "book")
PLAIN = ("--reader", "plain", "--jobs", "0", *BOOK)
JSON = ("--format", "json", *BOOK)
TOLD = "On 2020-01-02 a knife attack in Dar Qasim left three traders hurt, killing Mina Tarn."
LATER = "Mina Tarn, a trader, was buried on Monday. The whole market stood still."


@pytest.fixture
def named(ascribe, work: Path, empty_project: Path) -> Path:
    """A casebook with a document that names a victim, in its file's name too and far from the words that say so."""
    (work / "mina-tarn-mourned.txt").write_text(f"{TOLD}\n\n{LATER}", encoding="utf-8")
    assert ascribe("add", "mina-tarn-mourned.txt", *PLAIN).status == 0
    return work


@pytest.fixture
def secret(ascribe, work: Path, empty_project: Path) -> Path:
    """A casebook with a restricted document that names no victim."""
    (work / "leaked.txt").write_text("On 2021-03-04 a bomb killed 5 people in Port Amsel.", encoding="utf-8")
    assert ascribe("add", "leaked.txt", "--restricted", *PLAIN).status == 0
    return work


def everything(ascribe, *options: str) -> dict[str, str]:
    """What each command prints of the one document, its account and its incident."""
    (document,) = json.loads(ascribe("show", "documents", *JSON).out)
    (account,) = json.loads(ascribe("show", "accounts", *JSON).out)
    (incident,) = json.loads(ascribe("show", *JSON).out)
    commands = {
        "documents": ("show", "documents"),
        "accounts": ("show", "accounts"),
        "incidents": ("show", "incidents"),
        "document": ("show", document["id"]),
        "account": ("show", account["id"]),
        "incident": ("show", incident["id"]),
        "search": ("search", "dar" if "qasim" in incident["id"] else "bomb"),
        "search far off": ("search", "buried" if "qasim" in incident["id"] else "killed"),
    }
    return {name: ascribe(*command, *options, *JSON).out for name, command in commands.items()}


def test_json_names_no_victim(ascribe, named: Path) -> None:
    for name, out in everything(ascribe).items():
        assert json.loads(out), name
        assert "mina" not in out.lower(), name
        assert "tarn" not in out.lower(), name


def test_a_name_is_withheld_wherever_it_stands_in_the_document(ascribe, named: Path) -> None:
    (hit,) = json.loads(ascribe("search", "buried", *JSON).out)
    assert hit["words"] == "[name withheld], a trader, was buried on Monday. The whole market stood still."
    assert hit["name"] == "[name withheld]"
    (document,) = json.loads(ascribe("show", hit["document"], *JSON).out)
    assert "killing [name withheld]." in document["text"]
    assert document["readings"][0]["incidents"][0]["values"]["withheld"] == {"victims": 1}


def test_a_reason_lets_victims_names_into_json(ascribe, named: Path) -> None:
    shown = everything(ascribe, "--with-victims", "memorial page")
    assert "mina-tarn-mourned.txt" in shown["documents"]
    for name in ("accounts", "incidents", "document", "account", "incident", "search", "search far off"):
        assert "Mina Tarn" in shown[name], name


def test_names_of_minors_stay_out_of_json_with_a_reason_too(ascribe, work: Path, empty_project: Path) -> None:
    told = "On 2020-01-02 a knife attack in Dar Qasim left three hurt, killing Mina Tarn, 9, who was buried on Monday."
    (work / "story.txt").write_text(told, encoding="utf-8")
    ascribe("add", "story.txt", *PLAIN)
    for name, out in everything(ascribe, "--with-victims", "memorial page").items():
        assert "Mina" not in out, name


def test_json_holds_nothing_of_a_restricted_document_but_where_the_words_stand(ascribe, secret: Path) -> None:
    shown = everything(ascribe)
    for name, out in shown.items():
        assert "leaked" not in out, name
        assert "bomb killed" not in out, name
    (hit,) = json.loads(shown["search"])
    assert (hit["start"], hit["end"], hit["restricted"]) == (0, 51, True)
    assert hit["words"] == f"[restricted: document {hit['document']}, characters 0-51]"
    (document,) = json.loads(shown["documents"])
    assert {name for name, value in document.items() if value} == {"id", "name", "restricted"}
    assert json.loads(shown["document"])[0]["text"] is None


def test_words_of_restricted_documents_are_told_where_that_is_asked_for(ascribe, secret: Path) -> None:
    shown = everything(ascribe, "--include-restricted")
    assert "leaked.txt" in shown["documents"]
    for name in ("accounts", "document", "search"):
        assert "a bomb killed 5 people" in shown[name], name
    for name in ("incidents", "account", "incident"):
        assert '"quote": "bomb"' in shown[name], name


def test_a_table_shows_all_to_whoever_may_open_the_casebook(ascribe, named: Path) -> None:
    assert "Mina Tarn" in ascribe("search", "buried", *BOOK).out
    assert "Mina Tarn" in ascribe("show", *json_ids(ascribe), *BOOK).out


def json_ids(ascribe) -> list[str]:
    return [i["id"] for i in json.loads(ascribe("show", *JSON).out)]
