"""The stages together: bytes to documents, readings, casebook and incidents."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from stored import data_of
from telling import PlainReader, later_plain_reader, plain_reader

from ascribe import pipeline
from ascribe.documents import LoadOptions, Source, parse_published
from ascribe.model import Account, CodeValue, Document, Evidence, Publication, Reading, Skipped, Statement
from ascribe.pipeline import Failed, Read, Stored, engines
from ascribe.schema import bundled_schema
from ascribe.store import Casebook

SCHEMA = bundled_schema()
HERE = engines(0, 30, 512)
NOTHING_SAID = LoadOptions()
BOMB = b"On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it."
OTHER = b"Officials in Port Amsel said that a bomb on 2021-03-04 had killed 6 people near the old harbour wall."
KNIFE = b"On 2020-01-02 a knife attack in Dar Qasim left three traders hurt, said a doctor."


def now() -> datetime:
    return datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def casebook(empty_project: Path) -> Iterator[Casebook]:
    book = Casebook.open(empty_project / "casebook.db", SCHEMA)
    yield book
    book.close()


def add(
    casebook: Casebook, *sources: Source | Skipped, make=plain_reader, engine=HERE, options=NOTHING_SAID
) -> list[Stored | Failed]:  # type: ignore[no-untyped-def]
    return list(pipeline.add(casebook, sources, options, make, engine, SCHEMA, now))


def news(outcomes: list[Stored | Failed]) -> list[str]:
    return [o.news if isinstance(o, Stored) else "failed" for o in outcomes]


def test_documents_are_stored_with_their_bytes_and_reading(casebook: Casebook) -> None:
    (stored,) = add(casebook, Source("bomb.txt", BOMB))
    assert isinstance(stored, Stored)
    assert data_of(casebook, stored.document.bytes_id) == BOMB
    reading = casebook.current_reading(stored.document.id)
    assert reading == PlainReader().read(stored.document)


def test_adding_again_changes_nothing(casebook: Casebook) -> None:
    add(casebook, Source("bomb.txt", BOMB), Source("knife.txt", KNIFE))
    before = casebook.counts()
    assert news(add(casebook, Source("bomb.txt", BOMB), Source("knife.txt", KNIFE))) == ["known", "known"]
    assert casebook.counts() == before


def test_a_known_file_is_not_even_loaded(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    add(casebook, Source("bomb.txt", BOMB))
    monkeypatch.setattr(pipeline.reading, "load", lambda *_: pytest.fail("loaded"))
    assert news(add(casebook, Source("bomb.txt", BOMB))) == ["known"]


def test_a_new_version_of_the_reader_reads_anew_beside_the_old_reading(casebook: Casebook) -> None:
    (first,) = add(casebook, Source("bomb.txt", BOMB))
    assert news(add(casebook, Source("bomb.txt", BOMB), make=later_plain_reader)) == ["read anew"]
    assert [r.version for r in casebook.readings(first.document.id)] == ["1", "2"]
    assert casebook.counts().documents == 1


def test_the_same_text_under_another_name_is_one_document_seen_twice(casebook: Casebook) -> None:
    assert news(add(casebook, Source("a.txt", BOMB), Source("b.txt", BOMB))) == ["new", "known"]
    add(casebook, Source("c.txt", BOMB))
    document = next(casebook.documents())
    assert {s.name for s in casebook.names_of(document.bytes_id)} == {"a.txt", "b.txt", "c.txt"}


def test_the_same_text_in_other_bytes_is_noted_with_those_bytes(casebook: Casebook) -> None:
    add(casebook, Source("a.txt", BOMB))
    other = b"\xef\xbb\xbf" + BOMB
    outcomes = add(casebook, Source("marked.txt", other))
    assert news(outcomes) == ["known"]  # the mark at the beginning is no part of the text
    assert data_of(casebook, outcomes[0].document.bytes_id) == other


def lines(*texts: bytes) -> bytes:
    return b"".join(json.dumps({"id": f"d{n}", "text": t.decode()}).encode() + b"\n" for n, t in enumerate(texts))


def test_members_of_a_container_are_kept_with_its_bytes(casebook: Casebook) -> None:
    data = lines(BOMB, KNIFE)
    outcomes = add(casebook, Source("wire.jsonl", data))
    assert news(outcomes) == ["new", "new"]
    assert {o.document.name for o in outcomes} == {"d0", "d1"}
    assert all(data_of(casebook, o.document.bytes_id) == data for o in outcomes)


def test_a_container_that_was_cut_short_is_finished_the_next_time(casebook: Casebook) -> None:
    source = Source("wire.jsonl", lines(BOMB, KNIFE))
    running = pipeline.add(casebook, [source], LoadOptions(), plain_reader, HERE, SCHEMA, now)
    next(running)
    running.close()  # type: ignore[attr-defined]
    assert casebook.counts().documents == 1
    assert news(add(casebook, source)) == ["known", "new"]


def test_what_cannot_be_read_is_told_in_its_place_and_the_rest_goes_on(casebook: Casebook) -> None:
    outcomes = add(
        casebook,
        Source("a.txt", BOMB),
        Source("empty.txt", b""),
        Skipped("gone", "no such file"),
        Source("b.txt", KNIFE),
    )
    assert news(outcomes) == ["new", "failed", "failed", "new"]
    assert [o.source for o in outcomes] == [1, 2, 3, 4]


def test_a_reprint_is_known_as_one_also_across_runs(casebook: Casebook) -> None:
    text = b" ".join(b"word%d said the harbour master of Port Amsel on a quiet day" % n for n in range(40))
    (original,) = add(casebook, Source("wire.txt", text))
    (copy,) = add(casebook, Source("paper.txt", b"From our wires.\n\n" + text))
    assert copy.document.near_copy_of == original.document.id
    assert casebook.document(copy.document.id).near_copy_of == original.document.id


def test_linking_joins_what_two_documents_tell(casebook: Casebook) -> None:
    add(casebook, Source("a.txt", BOMB), Source("b.txt", OTHER), Source("c.txt", KNIFE))
    assert pipeline.link(casebook).incidents == 2
    assert sorted(len(i.accounts) for i in casebook.incidents()) == [1, 2]
    assert pipeline.link(casebook).incidents == 2


def test_bytes_that_were_lost_are_brought_back_by_adding_them_again(casebook: Casebook) -> None:
    sources = (Source("bomb.txt", BOMB), Source("wire.jsonl", lines(KNIFE)))
    add(casebook, *sources)
    with sqlite3.connect(casebook.path) as raw:
        raw.execute("DELETE FROM blob")
    raw.close()
    assert len(list(casebook.verify())) == 2
    assert news(add(casebook, *sources)) == ["known", "known"]
    assert list(casebook.verify()) == []


GIVEN = LoadOptions(published=parse_published("2021-03-05"))
RESTRICTED = LoadOptions(restricted=True)


def test_restricting_a_known_document_marks_it_for_good_and_says_so_once(casebook: Casebook) -> None:
    (first,) = add(casebook, Source("bomb.txt", BOMB))
    (told,) = add(casebook, Source("bomb.txt", BOMB), options=RESTRICTED)
    assert (told.news, told.marked_restricted) == ("known", True)
    assert casebook.document(first.document.id).restricted
    for options in (RESTRICTED, LoadOptions()):
        (again,) = add(casebook, Source("bomb.txt", BOMB), options=options)
        assert (again.news, again.marked_restricted) == ("known", False)
    assert casebook.document(first.document.id).restricted


@pytest.mark.parametrize(("name", "mark"), [("b.txt", b""), ("b.txt", b"\xef\xbb\xbf"), ("a.txt", b"\xef\xbb\xbf")])
def test_a_known_text_is_restricted_under_any_name_and_in_any_bytes(casebook: Casebook, name: str, mark: bytes) -> None:
    add(casebook, Source("a.txt", BOMB))
    (told,) = add(casebook, Source(name, mark + BOMB), options=RESTRICTED)
    assert told.marked_restricted
    assert [d.restricted for d in casebook.documents()] == [True]


def test_restricting_holds_for_all_documents_of_a_container_and_for_what_is_read_anew(casebook: Casebook) -> None:
    source = Source("wire.jsonl", lines(BOMB, KNIFE))
    add(casebook, source, Source("other.txt", OTHER))
    outcomes = add(casebook, source, make=later_plain_reader, options=RESTRICTED)
    assert [(o.news, o.marked_restricted) for o in outcomes] == [("read anew", True)] * 2
    assert {d.name: d.restricted for d in casebook.documents()} == {"d0": True, "d1": True, "other.txt": False}


def test_a_date_of_publication_given_later_wins_and_the_document_is_read_anew(casebook: Casebook) -> None:
    sources = (Source("bomb.txt", BOMB), Source("wire.jsonl", lines(KNIFE)))
    add(casebook, *sources, make=DatingReader)
    assert news(add(casebook, *sources, make=DatingReader, options=GIVEN)) == ["read anew", "read anew"]
    for document in casebook.documents():
        assert document.publication == Publication(GIVEN.published, "given")
        (reading,) = casebook.readings(document.id)
        assert [s.name for s in reading.skipped] == ["2021-03-05"]  # the day that it reckoned from
    assert casebook.counts().readings == 2
    assert list(casebook.verify()) == []
    for options in (GIVEN, LoadOptions()):
        assert news(add(casebook, *sources, make=DatingReader, options=options)) == ["known", "known"]
    assert all(d.publication.how == "given" for d in casebook.documents() if d.publication)


def test_a_new_version_of_the_reader_reckons_from_the_date_that_was_given(casebook: Casebook) -> None:
    add(casebook, Source("bomb.txt", BOMB), options=GIVEN)
    (anew,) = add(casebook, Source("bomb.txt", BOMB), make=DatingReader)
    assert anew.news == "read anew"
    assert [s.name for s in casebook.current_reading(anew.document.id).skipped] == ["2021-03-05"]


def test_linking_after_a_new_date_finds_the_new_accounts(casebook: Casebook) -> None:
    add(casebook, Source("a.txt", BOMB), Source("b.txt", OTHER))
    pipeline.link(casebook)
    add(casebook, Source("a.txt", BOMB), options=GIVEN)
    assert [len(i.accounts) for i in casebook.incidents()] == [1]
    assert pipeline.link(casebook).incidents == 1
    assert [len(i.accounts) for i in casebook.incidents()] == [2]


def test_what_the_reader_refuses_is_told_each_time_it_is_added(casebook: Casebook) -> None:
    for source in (Source("knife.txt", KNIFE), Source("wire.jsonl", lines(OTHER))):
        first, second = (add(casebook, source, make=RefusingReader)[0] for _ in range(2))
        assert (first.news, second.news) == ("new", "known")
        assert first.unread == second.unread != ()


class DatingReader(PlainReader):
    """Tells from which day it reckons."""

    version = "dating"

    def read(self, document: Document) -> Reading:
        day = str(document.publication.when.start) if document.publication else "unknown"
        return replace(super().read(document), version=self.version, skipped=(Skipped(day, "the day"),))


class RefusingReader(PlainReader):
    """Knows no language."""

    def read(self, document: Document) -> Reading:
        return Reading(document.id, self.name, self.version, (), (Skipped(document.name, "in no language"),))


class LyingReader(PlainReader):
    """Quotes words that do not stand in the text."""

    def read(self, document: Document) -> Reading:
        false = Evidence(document.id, 0, 4, "lies")
        account = Account("i1", "incident", (Statement("status", CodeValue("failed"), (false,)),), false)
        return Reading(document.id, self.name, self.version, (account,))


class CarelessReader(PlainReader):
    """States what no list has."""

    def read(self, document: Document) -> Reading:
        words = document.quote(0, 4)
        account = Account("i1", "incident", (Statement("status", CodeValue("splendid"), (words,)),), words)
        return Reading(document.id, self.name, self.version, (account,))


@pytest.mark.parametrize(("make", "problem"), [(LyingReader, "not in the text"), (CarelessReader, "does not fit")])
def test_a_reading_that_cannot_be_believed_is_not_stored(casebook: Casebook, make, problem: str) -> None:  # type: ignore[no-untyped-def]
    (failed,) = add(casebook, Source("a.txt", BOMB), make=make)
    assert isinstance(failed, Failed)
    assert problem in failed.skipped.reason
    assert casebook.counts().documents == 0


def test_a_reader_that_falls_over_one_document_reads_the_others(casebook: Casebook) -> None:
    class Falling(PlainReader):
        def read(self, document: Document) -> Reading:
            if "knife" in document.text:
                raise KeyError("knife")
            return super().read(document)

    assert news(add(casebook, Source("a.txt", BOMB), Source("k.txt", KNIFE), Source("b.txt", OTHER), make=Falling)) == [
        "new",
        "failed",
        "new",
    ]


def test_documents_are_read_without_a_casebook_too() -> None:
    outcomes = list(
        pipeline.read([Source("a.txt", BOMB), Source("e.txt", b"")], LoadOptions(), plain_reader, HERE, SCHEMA)
    )
    assert [type(o) for o in outcomes] == [Read, Failed]
    assert outcomes[0].reading.of_kind("incident")


def test_worker_processes_give_what_this_process_gives() -> None:
    sources = [
        Source("a.txt", BOMB),
        Source("e.txt", b""),
        Source("w.jsonl", lines(KNIFE, OTHER)),
        Source("k.txt", KNIFE),
    ]
    here, there = (
        list(pipeline.read(sources, LoadOptions(), plain_reader, engine, SCHEMA))
        for engine in (HERE, engines(2, 60, 2048))
    )
    assert here == there
