"""`ascribe init`, `add`, `show`, `search`, `export`, `verify`."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from ascribe.errors import StoreError
from ascribe.project import Project

BOOK = ("--project", "book")
PLAIN = ("--reader", "plain", "--jobs", "0", *BOOK)


def test_init_makes_a_project_once(ascribe, work: Path) -> None:
    assert ascribe("init", "fresh").status == 0
    assert (work / "fresh" / "ascribe.toml").is_file()
    again = ascribe("init", "fresh")
    assert (again.status, again.err.count("\n")) == (121, 1)


def test_add_says_what_came_of_it(ascribe, empty_project: Path) -> None:
    assert ascribe("add", "report.txt", "reports", *PLAIN).out == "3 new; the casebook holds 2 incidents\n"
    assert ascribe("add", "report.txt", "reports", *PLAIN).out == "3 known already; the casebook holds 2 incidents\n"
    later = ascribe("add", "report.txt", "--reader", "later", "--jobs", "0", *BOOK)
    assert later.out == "1 read anew; the casebook holds 2 incidents\n"


def test_add_says_that_a_known_document_is_restricted_from_now_on(ascribe, empty_project: Path) -> None:
    ascribe("add", "report.txt", *PLAIN)

    assert "1 known already, 1 marked restricted;" in ascribe("add", "report.txt", "--restricted", *PLAIN).out
    assert "marked" not in ascribe("add", "report.txt", *PLAIN).out


def test_add_counts_what_could_not_be_read_and_stores_the_rest(ascribe, work: Path, empty_project: Path) -> None:
    (work / "reports" / "empty.txt").write_bytes(b"")
    found = ascribe("add", "reports", "gone.txt", *PLAIN)
    assert found.status == 2
    assert found.out.startswith("2 new;")
    assert found.err.splitlines()[-1] == "2 of 4 documents could not be read"


def test_add_takes_standard_input(ascribe, empty_project: Path) -> None:
    found = ascribe("add", "-", *PLAIN, stdin=b"On 2021-03-04 a bomb killed 5 people in Port Amsel.")
    assert found.out == "1 new; the casebook holds 1 incident\n"


def test_the_project_is_found_from_the_working_folder(ascribe, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert ascribe("show").status == 0


def test_without_a_project_every_command_says_so_in_one_line(ascribe) -> None:
    for command in (["add", "report.txt"], ["show"], ["search", "x"], ["export", "csv"], ["verify"]):
        found = ascribe(*command)
        assert (found.status, found.err.count("\n")) == (121, 1)
        assert "ascribe init" in found.err


def test_show_lists_incidents_accounts_and_documents(ascribe, project: Path) -> None:
    incidents = ascribe("show", *BOOK).out
    assert "port-amsel-2021-03-04-" in incidents
    assert "dar-qasim-2020-01-02-" in incidents
    assert "Ash Front" in incidents
    assert "(claimed" in incidents  # the cell may be wrapped
    assert ascribe("show", "incidents", *BOOK).out == incidents
    assert "/i0" in ascribe("show", "accounts", *BOOK).out
    documents = ascribe("show", "documents", *BOOK).out
    assert "report.txt" in documents
    assert "knife.txt" in documents


def test_show_gives_an_incident_with_all_its_sources_and_what_is_not_shown(ascribe, project: Path) -> None:
    out = ascribe("show", "port-amsel", *BOOK).out
    assert "report.txt 28-29" in " ".join(out.split())
    assert "not picked" in out
    assert "On 2021-03-04 a bomb killed 5 people in Port Amsel." in " ".join(out.split())
    assert "told by report.txt" in out


def test_show_gives_a_document_with_its_readings_and_accounts(ascribe, project: Path) -> None:
    ascribe("add", "report.txt", "--reader", "later", "--jobs", "0", *BOOK)
    listed = json.loads(ascribe("show", "documents", "--format", "json", *BOOK).out)
    report = next(d for d in listed if d["name"] == "report.txt")
    out = ascribe("show", report["id"][:12], *BOOK).out
    assert "plain 1: 1 incident account, " in out
    assert ", old" in out
    assert "plain 2: 1 incident account, " in out
    assert ", current" in out
    account = ascribe("show", f"{report['id'][:12]}/i0", *BOOK).out
    assert "Port Amsel" in account


def test_show_as_json_is_json(ascribe, project: Path) -> None:
    incidents = json.loads(ascribe("show", "--format", "json", *BOOK).out)
    assert {i["id"][:9] for i in incidents} == {"dar-qasim", "port-amse"}
    assert json.loads(ascribe("show", incidents[0]["id"], "--format", "json", *BOOK).out)[0] == incidents[0]
    document = incidents[0]["documents"][0]["id"]
    (shown,) = json.loads(ascribe("show", document, "--format", "json", *BOOK).out)
    assert shown["readings"][0]["incidents"]
    accounts = json.loads(ascribe("show", "accounts", "--format", "json", *BOOK).out)
    assert len(accounts) == 3
    (account,) = json.loads(ascribe("show", accounts[0]["id"], "--format", "json", *BOOK).out)
    assert account["statements"]


def test_show_of_nothing_known_is_one_line_that_says_where_to_look(ascribe, project: Path) -> None:
    for wrong in ("nowhere-2020", "zz", "ffffffffffff/i9"):
        found = ascribe("show", wrong, *BOOK)
        assert (found.status, found.err.count("\n")) == (120, 1), wrong
    for wrong in ("zzz", "nowhere-2020"):
        assert ascribe("show", wrong, *BOOK).err == (
            f"ascribe: there is no incident or document '{wrong}': give its id or the beginning of it, "
            "as `ascribe show incidents` and `ascribe show documents` list them\n"
        )


def test_a_casebook_that_breaks_is_not_told_as_an_unknown_id(ascribe, project: Path, monkeypatch) -> None:
    def damaged(*_: object) -> None:
        raise StoreError("casebook.db: it is damaged: restore it from a copy")

    monkeypatch.setattr(Project, "incident", damaged)
    monkeypatch.setattr(Project, "document", damaged)
    for wrong in ("nowhere-2020", "ffffffffffff/i9"):
        found = ascribe("show", wrong, *BOOK)
        assert (found.status, found.err) == (121, "ascribe: casebook.db: it is damaged: restore it from a copy\n")


def test_show_of_an_account_that_is_not_there_names_those_that_are(ascribe, project: Path) -> None:
    (first, *_) = json.loads(ascribe("show", "accounts", "--format", "json", *BOOK).out)
    assert "it has i0" in ascribe("show", f"{first['id'].split('/')[0]}/i77", *BOOK).err


def test_an_empty_casebook_says_what_to_do(ascribe, empty_project: Path) -> None:
    assert "add documents" in ascribe("show", *BOOK).out
    assert "ascribe add" in ascribe("show", "documents", *BOOK).out
    assert json.loads(ascribe("show", "--format", "json", *BOOK).out) == []


def test_search_finds_words_with_their_incident(ascribe, project: Path) -> None:
    found = ascribe("search", "market square", *BOOK)
    assert "reports/other.md" in found.out
    assert "[port-amsel-2021-03-04-" in found.out
    (hit,) = json.loads(ascribe("search", "market", "square", "--format", "json", *BOOK).out)
    assert hit["incidents"][0].startswith("port-amsel")
    assert "no passage" in ascribe("search", "zebra", *BOOK).out
    assert json.loads(ascribe("search", "zebra", "--format", "json", *BOOK).out) == []


def test_export_writes_to_standard_output_or_to_a_file(ascribe, project: Path, work: Path) -> None:
    out = ascribe("export", "csv", *BOOK).out
    found = ascribe("export", "csv", "-o", "incidents.csv", *BOOK)
    assert (found.out, found.err) == ("", "incidents.csv: 2 incidents\n")
    written = (work / "incidents.csv").read_bytes().decode("utf-8")
    assert written == out
    assert len(list(csv.DictReader(io.StringIO(written, newline="")))) == 2
    for format in ("jsonl", "geojson"):
        assert ascribe("export", format, *BOOK).out.strip().startswith("{")


def test_the_message_about_a_map_counts_what_is_on_it(ascribe, project: Path, work: Path) -> None:
    whole = ascribe("export", "geojson", "-o", "map.geojson", *BOOK)
    assert whole.err == "map.geojson: 2 incidents\n"
    (work / "nowhere.txt").write_text("On 2019-05-06 a bomb killed 3 people in Upper Lenn.", encoding="utf-8")
    ascribe("add", "nowhere.txt", *PLAIN)
    found = ascribe("export", "geojson", "-o", "map.geojson", "--with-victims", "a\u2028]\n memorial", *BOOK)
    assert found.err == "map.geojson: 3 incidents, 2 on the map, 1 without a place\n"
    written = json.loads((work / "map.geojson").read_text("utf-8"))
    assert (len(written["features"]), written["unplaced"]) == (2, 1)


def test_a_file_that_cannot_be_written_is_one_line(ascribe, project: Path) -> None:
    found = ascribe("export", "csv", "-o", "/nonexistent/x.csv", *BOOK)
    assert found.err == "ascribe: /nonexistent/x.csv: cannot be written: No such file or directory\n"


def test_one_document_is_told_as_one(ascribe, empty_project: Path) -> None:
    ascribe("add", "report.txt", *PLAIN)
    assert ascribe("verify", *BOOK).out == "1 document and every quote are as they were stored\n"


def test_searching_for_nothing_says_what_to_give(ascribe, project: Path) -> None:
    found = ascribe("search", "", *BOOK)
    assert (found.status, found.out) == (120, "")
    assert "give at least one word" in " ".join(found.err.split())


def test_victims_are_named_only_for_a_reason(ascribe, project: Path) -> None:
    assert "Mina Tarn" not in ascribe("export", "csv", *BOOK).out
    with_reason = ascribe("export", "csv", "--with-victims", "a memorial", *BOOK).out
    assert "Mina Tarn" in with_reason
    assert "a memorial" in with_reason


def test_restricted_words_leave_only_on_demand(ascribe, empty_project: Path) -> None:
    ascribe("add", "report.txt", "--restricted", *PLAIN)
    assert "“bomb”" not in ascribe("export", "csv", *BOOK).out
    assert "“bomb”" in ascribe("export", "csv", "--include-restricted", *BOOK).out


def test_an_unknown_export_format_names_the_known_ones(ascribe, project: Path) -> None:
    found = ascribe("export", "xls", *BOOK)
    assert found.status == 120
    assert "csv, geojson, jsonl" in found.err


def test_verify_is_content_with_a_sound_casebook_and_counts_what_is_wrong(ascribe, project: Path) -> None:
    sound = ascribe("verify", *BOOK)
    assert (sound.status, sound.out) == (0, "3 documents and every quote are as they were stored\n")
    with sqlite3.connect(project / "casebook.db") as raw:
        raw.execute("UPDATE document SET text = replace(text, 'killed', 'healed')")
    raw.close()
    spoiled = ascribe("verify", *BOOK)
    assert 1 <= spoiled.status <= 100
    assert len(spoiled.out.splitlines()) == spoiled.status
    assert "report.txt" in spoiled.out
