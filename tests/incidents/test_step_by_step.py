"""Linking a casebook step by step: the same incidents in any order, and names that stay."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stories import STORIES, parts_of
from telling import TOWNS, LaterPlainReader, PlainReader, a_document, said

from ascribe import pipeline
from ascribe.errors import StoreError
from ascribe.incidents import AccountRef, group
from ascribe.incidents.judging import account_anchor, statement_anchor
from ascribe.model import Document, Pairing, Reading, Signature, Told
from ascribe.pipeline import judging
from ascribe.pipeline.explaining import why
from ascribe.schema import bundled_schema
from ascribe.store import Casebook

SCHEMA = bundled_schema()
NOON = datetime(2024, 5, 1, tzinfo=UTC)
BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel."
AGAIN = "In Port Amsel a bomb on 2021-03-04 killed 6 people."
THIRD = "The bomb of 2021-03-04 in Port Amsel killed 6 people, it is known now."
KNIFE = "On 2020-01-02 a knife attack in Dar Qasim killed 1 person."


@contextmanager
def opened(empty: Path) -> Iterator[Casebook]:
    with TemporaryDirectory() as folder:
        where = shutil.copy(empty / "casebook.db", Path(folder) / "casebook.db")
        with closing(Casebook.open(where, SCHEMA)) as casebook:
            yield casebook


@pytest.fixture
def casebook(empty_project: Path) -> Iterator[Casebook]:
    with closing(Casebook.open(empty_project / "casebook.db", SCHEMA)) as casebook:
        yield casebook


def save(casebook: Casebook, *documents: Document, reader: PlainReader | None = None, after: int = 0) -> None:
    for document in documents:
        reading = (reader or PlainReader()).read(document)
        casebook.save(document, document.text.encode(), reading, NOON + timedelta(hours=after))


def story(text: str, name: str, published: str | None = None, **more: str) -> Document:
    return a_document(text, name, published, **more)  # type: ignore[arg-type]


def held(casebook: Casebook) -> set[frozenset[AccountRef]]:
    return parts_of({i.id: list(i.accounts) for i in casebook.incidents()})


def homes(casebook: Casebook) -> dict[str, str]:
    """Document -> the id of the incident that it tells of, for documents that tell of one."""
    return {t.document.name: i.id for i in casebook.incidents() for t in i.accounts}


def judge(casebook: Casebook, one: Told, other: Told) -> str:
    anchors = [account_anchor(t.reading, t.account) for t in (one, other)]
    signed = Signature("A. Name", NOON, "one attack")
    made, _ = judging.judge(casebook, "same", Pairing((anchors[0],), (anchors[1],)), signed)
    return made.id


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES, st.randoms(use_true_random=False))
def test_the_incidents_do_not_depend_on_order_or_batches(
    empty_project: Path, stories: list[str], random: random.Random
) -> None:
    documents = [story(text, f"{n}.txt", f"2021-03-1{n}") for n, text in enumerate(stories)]
    told = [Told(d, r, a) for d in documents for r in (PlainReader().read(d),) for a in r.of_kind("incident")]
    random.shuffle(documents)
    with opened(empty_project) as casebook:
        while documents:
            part, documents = documents[: (size := random.randint(1, 4))], documents[size:]
            save(casebook, *part)
            before = {i.id for i in casebook.incidents()}
            report = pipeline.link(casebook)
            assert report.incidents == len(list(casebook.incidents()))
            for old in before:
                casebook.incident(old)  # every id that was ever given leads somewhere
        assert held(casebook) == parts_of(group(told))
        names = {i.id for i in casebook.incidents()}
        assert pipeline.link(casebook).accounts == 0
        pipeline.link(casebook, anew=True)
        assert held(casebook) == parts_of(group(told))
        assert {i.id for i in casebook.incidents()} == names


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES, st.randoms(use_true_random=False))
def test_documents_read_anew_leave_what_linking_everything_would(
    empty_project: Path, stories: list[str], random: random.Random
) -> None:
    documents = [story(text, f"{n}.txt", f"2021-03-1{n}") for n, text in enumerate(stories)]
    later = random.sample(documents, k=len(documents) // 2)
    with opened(empty_project) as casebook:
        save(casebook, *documents)
        pipeline.link(casebook)
        first = {i.id for i in casebook.incidents()}
        save(casebook, *later, reader=LaterPlainReader(), after=1)
        pipeline.link(casebook)
        assert held(casebook) == parts_of(group(casebook.told()))
        assert {i.id for i in casebook.incidents()} == first  # the same anchors: the same names


def test_an_incident_keeps_its_id_when_an_earlier_account_arrives(casebook: Casebook) -> None:
    save(casebook, story(BOMB, "late.txt", "2021-03-09"))
    pipeline.link(casebook)
    (incident,) = casebook.incidents()
    save(casebook, story(AGAIN, "early.txt", "2021-03-05"))
    assert pipeline.link(casebook).joined == ()
    (joined,) = casebook.incidents()
    assert joined.id == incident.id
    assert [t.document.name for t in joined.accounts] == ["early.txt", "late.txt"]


def test_only_what_is_touched_is_looked_at(casebook: Casebook) -> None:
    save(casebook, story(BOMB, "a.txt"), story(KNIFE, "k.txt"))
    pipeline.link(casebook)
    save(casebook, story(AGAIN, "b.txt"))
    assert pipeline.link(casebook).accounts == 1
    assert pipeline.link(casebook).accounts == 0


def test_what_is_joined_answers_to_both_ids_and_has_them_back_when_it_is_split(casebook: Casebook) -> None:
    far = BOMB.replace("2021-03-04", "2021-05-04")
    save(casebook, story(BOMB, "a.txt", "2021-03-05"), story(far, "b.txt", "2021-05-05"))
    pipeline.link(casebook)
    before = homes(casebook)
    assert before["a.txt"] != before["b.txt"]
    one, other = (i.accounts[0] for i in casebook.incidents())
    made = judge(casebook, one, other)
    assert set(homes(casebook).values()) == {before["a.txt"]}
    assert casebook.incident(before["b.txt"]).id == before["a.txt"]
    assert casebook.incident(before["b.txt"][:-2]).id == before["a.txt"]
    judging.withdraw(casebook, made, Signature("A. Name", NOON, "two after all"))
    assert homes(casebook) == before


def test_a_document_dated_anew_leaves_and_joins(casebook: Casebook) -> None:
    save(casebook, story(BOMB, "a.txt"), story(AGAIN, "b.txt"), story(THIRD, "c.txt"))
    pipeline.link(casebook)
    (incident,) = casebook.incidents()
    document = casebook.document(incident.accounts[0].document.id)
    moved = PlainReader().read(document)
    account = moved.accounts[0]
    dated = replace(account, statements=tuple(s for s in account.statements if s.property != "place"))
    casebook.publish(document, None, Reading(document.id, "plain", "1", (dated,)), NOON)
    pipeline.link(casebook)
    assert sorted(len(i.accounts) for i in casebook.incidents()) == [1, 2]
    assert held(casebook) == parts_of(group(casebook.told()))
    casebook.publish(document, None, moved, NOON)
    pipeline.link(casebook)
    assert [len(i.accounts) for i in casebook.incidents()] == [3]


def test_a_founder_that_is_no_more_leaves_its_name_to_the_others(casebook: Casebook) -> None:
    save(casebook, story(BOMB, "a.txt", "2021-03-05"), story(AGAIN, "b.txt", "2021-03-06"))
    pipeline.link(casebook)
    (before,) = casebook.incidents()
    document = before.accounts[0].document
    casebook.publish(document, None, Reading(document.id, "plain", "1"), NOON)
    pipeline.link(casebook)
    (after,) = casebook.incidents()
    assert after.id == before.id
    assert [t.document.name for t in after.accounts] == ["b.txt"]


def test_a_reprint_is_told_as_one_whichever_comes_first(casebook: Casebook) -> None:
    wire = story(BOMB, "wire.txt", "2021-03-05")
    copy = story(f"From our wires\n{BOMB}", "paper.txt", "2021-03-06", near_copy_of=wire.id)
    save(casebook, copy)
    pipeline.link(casebook)
    save(casebook, wire)
    pipeline.link(casebook)
    (incident,) = casebook.incidents()
    found = why(casebook, incident.id)
    assert [t.document.name for t in found.accounts] == ["wire.txt", "paper.txt"]
    assert [(tie.one, tie.other, tie.weighed) for tie in found.ties] == [(1, 0, None)]


def test_why_gives_words_weights_and_what_was_kept_apart(casebook: Casebook) -> None:
    save(casebook, story(f"{BOMB}\n{BOMB.replace('5', '6')}", "a.txt"), story(AGAIN, "b.txt"))
    pipeline.link(casebook)
    explained = [why(casebook, i.id) for i in list(casebook.incidents())]
    ties = [tie for found in explained for tie in found.ties]
    assert ties
    for tie in ties:
        assert tie.weighed is not None
        assert tie.weighed.weight == pytest.approx(tie.weighed.prior + sum(p.weight for p in tie.weighed.parts))
        assert {p.name: p.words for p in tie.weighed.parts}["place"] == "the same place"
        assert 0.5 < tie.weighed.probability <= 1
    apart = [a for found in explained for a in found.apart]
    assert "told apart in one document" in {a.why for a in apart}


def test_what_another_version_made_is_made_anew(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    save(casebook, story(BOMB, "a.txt"), story(AGAIN, "b.txt"))
    pipeline.link(casebook)
    before = homes(casebook)
    monkeypatch.setattr("ascribe.pipeline.linking.version", lambda: "another")
    assert pipeline.link(casebook).accounts == 2
    assert pipeline.link(casebook).accounts == 0
    assert homes(casebook) == before


def test_an_id_that_never_was_is_an_error(casebook: Casebook) -> None:
    with pytest.raises(StoreError, match="no incident"):
        why(casebook, "nowhere-2021")


def test_a_corrected_place_links_otherwise_and_withdrawing_it_undoes_that(casebook: Casebook) -> None:
    elsewhere = BOMB.replace("Port Amsel", "Dar Qasim")
    save(casebook, story(BOMB, "a.txt"), story(f"{elsewhere} Some say Port Amsel.", "b.txt"))
    pipeline.link(casebook)
    before = held(casebook)
    wrong = next(t for t in casebook.told() if t.document.name == "b.txt")
    stated = wrong.account.first("place")
    assert stated is not None
    right = replace(said(wrong.document, "place", TOWNS["Port Amsel"], "Port Amsel"), rule="")
    signed = Signature("A. Name", NOON, "the wire was wrong")
    anchor = statement_anchor(wrong.reading, wrong.account, stated)
    made, _ = judging.judge(casebook, "corrected", anchor, signed, right)
    assert [len(part) for part in held(casebook)] == [2]
    assert pipeline.link(casebook).accounts == 0
    judging.withdraw(casebook, made.id, signed)
    assert held(casebook) == before
