"""Whatever is changed behind the casebook's back is noticed, and named with its document."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from invented import NOON, document_of, story

from ascribe.errors import StoreError
from ascribe.model import Reading, sha256
from ascribe.schema import bundled_schema
from ascribe.store import Casebook, Problem


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as casebook:
        for number in range(1, 4):
            casebook.save(*story(number), NOON)
    return where


def problems(where: Path) -> list[Problem]:
    with Casebook.open(where, bundled_schema()) as casebook:
        return list(casebook.verify())


def meddle(where: Path, statement: str) -> None:
    connection = sqlite3.connect(where)
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    connection.close()


def test_a_sound_casebook_has_no_problems(stored: Path) -> None:
    assert problems(stored) == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE document SET text = text || ' ' WHERE id = 2", "the text is not the one"),
        ("UPDATE document SET text = replace(text, 'Velnik', 'Velnok') WHERE id = 2", "are not the quote"),
        ("UPDATE blob SET data = x'00' WHERE id = 2", "bytes are not those"),
        ("DELETE FROM blob WHERE id = 2", "the bytes that were stored are gone (of invented/2.txt)"),
        ("DELETE FROM sighting WHERE document = 2", "no longer noted where it came from"),
        ("UPDATE document SET restricted = NOT restricted WHERE id = 2", "what is known about it"),
        ("UPDATE document SET publication = NULL WHERE id = 2", "what is known about it"),
        ("UPDATE document SET title = 'Another' WHERE id = 2", "what is known about it"),
        ("UPDATE document SET metadata_hash = NULL WHERE id = 2", "what is known about it"),
        ("UPDATE statement SET low = 99 WHERE id = 17", "does not follow"),
        ("UPDATE statement SET high = 0 WHERE id = 17", "does not follow"),
        ("UPDATE statement SET shown = 'nobody' WHERE id = 17", "does not follow"),
        ("UPDATE evidence SET quote = 'x' WHERE account = 5 AND position = 0", "are not the quote"),
        ("UPDATE evidence SET start = start + 1 WHERE account = 5 AND position = 2", "are not the quote"),
        ("UPDATE evidence SET document = 1 WHERE account = 5 AND position = 0", "are not the quote"),
        ("DELETE FROM evidence WHERE account = 5 AND position = 0", "lost its anchor"),
        ("DELETE FROM evidence WHERE account = 5 AND position = 2", "lost its evidence"),
        ('UPDATE statement SET value = \'{"min":1,"max":1}\' WHERE id = 17', "statement is not the one"),
        ("UPDATE statement SET stance = 'denied' WHERE id = 17", "statement is not the one"),
        ("UPDATE statement SET confidence = 0.5 WHERE id = 17", "statement is not the one"),
        ("DELETE FROM passage WHERE document = 2", "search index"),
    ],
)
def test_a_change_is_noticed_and_named(stored: Path, statement: str, what: str) -> None:
    meddle(stored, statement)
    found = problems(stored)

    assert found
    assert {p.name for p in found} == {"invented/2.txt"}
    assert any(what in p.what for p in found), found


def test_lost_bytes_are_one_line_a_document(stored: Path) -> None:
    meddle(stored, "DELETE FROM blob")
    assert [p.name for p in problems(stored)] == [f"invented/{n}.txt" for n in (1, 2, 3)]


def test_bytes_that_were_never_kept_are_not_missed(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    document, data, reading = story(1)
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(document, None, reading, NOON)
        assert list(casebook.verify()) == []
        casebook.save(document, data, reading, NOON)
    meddle(where, "DELETE FROM blob")
    assert len(problems(where)) == 1


def test_lost_bytes_of_a_second_form_are_missed_by_its_name(stored: Path) -> None:
    document, _, reading = story(1)
    other = b"the same text in another form"
    with Casebook.open(stored, bundled_schema()) as casebook:
        casebook.save(replace(document, bytes_id=sha256(other), name="other.html"), other, reading, NOON)
    meddle(stored, f"DELETE FROM blob WHERE bytes_id = '{sha256(other)}'")
    assert problems(stored) == [
        Problem("invented/1.txt", "the bytes that were stored are gone (of other.html); add the file again")
    ]


def test_lost_rows_are_noticed(stored: Path) -> None:
    meddle(stored, "DELETE FROM reading WHERE id = 2")
    found = problems(stored)

    assert Problem("invented/2.txt", "there is no reading of it") in found
    assert any("points at a reading that is not there" in p.what for p in found)


def test_bytes_that_only_a_second_form_came_from_are_checked_too(stored: Path) -> None:
    document, _, reading = story(1)
    other = b"the same text in another form"
    with Casebook.open(stored, bundled_schema()) as casebook:
        casebook.save(replace(document, bytes_id=sha256(other), name="other.html"), other, reading, NOON)
    assert problems(stored) == []

    meddle(stored, f"UPDATE blob SET packing = 'none', data = x'00' WHERE bytes_id = '{sha256(other)}'")
    assert ["bytes" in p.name for p in problems(stored)] == [True]


def test_a_character_that_is_damaged_on_the_disk_is_a_problem_and_not_a_crash(stored: Path) -> None:
    data = stored.read_bytes()
    assert b"in Velnik" in data
    stored.write_bytes(data.replace(b"in Velnik", b"in V\xfflnik"))

    (problem,) = problems(stored)
    assert problem.name == "casebook"
    assert "cannot be read on" in problem.what


def test_a_damaged_page_is_a_problem_or_one_clear_error(stored: Path) -> None:
    sound, page = stored.read_bytes(), 4096
    told = []
    for at in range(page, len(sound), page * 7):
        stored.write_bytes(sound[:at] + b"\xff" * page + sound[at + page :])
        try:
            told.append(bool(problems(stored)))
        except StoreError as error:
            told.append("casebook.sqlite" in str(error))
    assert len(told) > 3
    assert all(told)


def test_some_documents_can_be_verified_alone(stored: Path) -> None:
    meddle(stored, "UPDATE document SET text = text || ' ' WHERE id = 2")
    with Casebook.open(stored, bundled_schema()) as casebook:
        assert list(casebook.verify([story(1)[0].id])) == []
        assert len(list(casebook.verify([story(1)[0].id, story(2)[0].id]))) >= 1


def test_rebuilding_mends_what_is_derived(stored: Path) -> None:
    meddle(stored, "DELETE FROM passage WHERE document = 2")
    meddle(stored, "UPDATE statement SET low = 99, shown = 'x' WHERE property = 'killed'")
    meddle_words = sqlite3.connect(stored)
    meddle_words.execute("DROP VIEW wide_claim")
    meddle_words.execute("DROP TABLE passage_words")
    meddle_words.close()
    with Casebook.open(stored, bundled_schema()) as casebook:
        casebook.rebuild()
        assert list(casebook.verify()) == []
        assert len(casebook.search("exploded")) == 3
    connection = sqlite3.connect(stored)
    assert connection.execute("SELECT low, shown FROM statement WHERE property = 'killed'").fetchone() == (2.0, "2+")
    assert connection.execute("SELECT count(*) FROM wide_claim").fetchone() == (3,)
    connection.close()


def test_an_empty_text_is_sound(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    document, data = document_of("")
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)
    assert problems(where) == []
