"""Judgements are added and never changed; what was changed behind the casebook's back is noticed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import NOON, story, words
from stored import set_incidents

from ascribe.errors import EvidenceError, SchemaError, StoreError
from ascribe.model import (
    AccountAnchor,
    Change,
    CountValue,
    Evidence,
    Judgement,
    Pairing,
    Signature,
    Statement,
    StatementAnchor,
    TextValue,
    Voice,
)
from ascribe.schema import bundled_schema
from ascribe.store import Casebook
from ascribe.store.tables import metadata

DOCUMENT, DATA, READING = story(1)
INCIDENT = READING.accounts[0]
NO_WORDS = Evidence(DOCUMENT.id, 0, 3, "no!")
ELSEWHERE = words(story(2)[0], "people died")


def signed(why: str = "read it twice", by: str = "Ana Reyes", at: datetime = NOON) -> Signature:
    return Signature(by, at, why)


def account(number: int = 1, kind: str = "incident", about: AccountAnchor | None = None) -> AccountAnchor:
    document, _, reading = story(number)
    own = tuple(dict.fromkeys(e for s in reading.accounts[0].statements for e in s.evidence))
    return AccountAnchor(document.id, kind, words(document, "a bomb exploded"), own, about, "invented", "1", "1")


def statement(prop: str = "killed", value: object = None) -> StatementAnchor:
    said = next(s for s in INCIDENT.statements if s.property == "killed")
    return StatementAnchor(account(), prop, value or said.value, said.evidence)  # type: ignore[arg-type]


def correction(value: object = None, prop: str = "killed", evidence: tuple[Evidence, ...] | None = None) -> Statement:
    voice = Voice("according_to", "agency N1")
    quote = (words(DOCUMENT, "people died"),) if evidence is None else evidence
    return Statement(prop, value or CountValue(3, 3), quote, voice, rule="judgement")  # type: ignore[arg-type]


@pytest.fixture
def book(casebook: Casebook) -> Casebook:
    for number in (1, 2):
        casebook.save(*story(number), NOON)
    return casebook


@contextmanager
def behind_its_back(casebook: Casebook) -> Iterator[sqlite3.Connection]:
    """Somebody who takes the guards off."""
    with closing(sqlite3.connect(casebook.path)) as connection, connection:
        for table in ("judgement", "judgement_effect"):
            for change in ("update", "delete"):
                connection.execute(f"DROP TRIGGER {table}_no_{change}")
        yield connection


# --- keeping ---------------------------------------------------------------------------------------------------------


def test_what_is_judged_comes_back_as_it_was(book: Casebook) -> None:
    claim = AccountAnchor(DOCUMENT.id, "claim", words(DOCUMENT, "claimed the attack"), (), account())
    outlet = StatementAnchor(claim, "outlets", TextValue("Signal 1"), (words(DOCUMENT, "Signal 1"),))
    made = [
        book.judgements.add("same", Pairing((account(),), (account(2),)), signed("one bomb")),
        book.judgements.add("unsure", Pairing((account(), account(2)), (account(2),)), signed("“perhaps”", "Ω")),
        book.judgements.add("accepted", outlet, signed()),
        book.judgements.add("rejected", statement(), signed()),
        book.judgements.add("corrected", statement(), signed(), correction()),
    ]

    assert book.judgements.all() == tuple(made)
    assert all(book.judgements.find(j.id[:8]) == j for j in made)
    assert len({j.id for j in made}) == len(made)
    assert list(book.verify()) == []


def test_a_withdrawal_is_signed_too_and_the_judgement_stays(book: Casebook) -> None:
    made = book.judgements.add("rejected", statement(), signed())
    withdrawn = book.judgements.withdraw(made.id[:10], signed("too hasty", "Ben", NOON + timedelta(days=1)))

    assert withdrawn.withdrawn == signed("too hasty", "Ben", NOON + timedelta(days=1))
    assert book.judgements.all() == (withdrawn,)
    assert book.judgements.standing() == ()
    with pytest.raises(StoreError, match=r"withdrawn already.*Ben: too hasty"):
        book.judgements.withdraw(made.id, signed())
    assert list(book.verify()) == []


def test_the_history_has_both_with_what_they_changed(book: Casebook) -> None:
    made = book.judgements.add("rejected", statement(), signed())
    changes = (Change("velnik-1", "incident.killed", "2+", ""), Change("velnik-1", "", "a/1", "a/1, b/2"))
    book.judgements.note(made.id, changes, withdrawal=False)
    withdrawn = book.judgements.withdraw(made.id, signed("no"))
    book.judgements.note(made.id, (), withdrawal=True)

    first, second = book.judgements.history()

    assert (first.judgement, first.withdrawal, first.changes) == (withdrawn, False, changes)
    assert (second.withdrawal, second.changes, second.signed.reason) == (True, (), "no")


def test_the_same_judgement_may_be_made_again(book: Casebook) -> None:
    first = book.judgements.add("rejected", statement(), signed())
    book.judgements.withdraw(first.id, signed())
    again = book.judgements.add("rejected", statement(), signed())

    assert first.id != again.id
    assert [j.id for j in book.judgements.standing()] == [again.id]


def test_a_withdrawal_cannot_be_withdrawn(book: Casebook) -> None:
    made = book.judgements.add("rejected", statement(), signed())
    book.judgements.withdraw(made.id, signed())
    with closing(sqlite3.connect(book.path)) as connection:
        (name,) = connection.execute("SELECT judgement_id FROM judgement WHERE withdraws IS NOT NULL").fetchone()

    with pytest.raises(StoreError, match="judge anew"):
        book.judgements.withdraw(name, signed())


# --- refusing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "why", "said"), [("", "because", "signed"), (" ", "because", "signed"), ("Ana", " ", "reason")]
)
def test_nothing_is_judged_unsigned_or_without_a_reason(book: Casebook, who: str, why: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        book.judgements.add("rejected", statement(), signed(why, who))
    made = book.judgements.add("rejected", statement(), signed())
    with pytest.raises(StoreError, match=said):
        book.judgements.withdraw(made.id, signed(why, who))
    assert book.judgements.all() == (made,)


def test_a_time_without_a_zone_is_refused(book: Casebook) -> None:
    with pytest.raises(StoreError, match="zone"):
        book.judgements.add("rejected", statement(), signed(at=datetime(2024, 5, 1)))


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        (("rejected", statement(), correction()), SchemaError, "correction"),
        (("corrected", statement(), None), SchemaError, "correction"),
        (("same", statement(), None), SchemaError, "same"),
        (("accepted", Pairing((account(),), (account(2),)), None), SchemaError, "accepted"),
        (("corrected", statement(), correction(CountValue(3, 2))), SchemaError, "out of order"),
        (("corrected", statement(), correction(TextValue("three"))), SchemaError, "count"),
        (("corrected", statement(), correction(prop="wounded")), SchemaError, "wounded"),
        (("corrected", statement(), correction(evidence=())), SchemaError, "evidence"),
        (("corrected", statement(), correction(evidence=(NO_WORDS,))), EvidenceError, "quote"),
        (("corrected", statement(), correction(evidence=(ELSEWHERE,))), EvidenceError, "another document"),
        (("rejected", statement("colour"), None), SchemaError, "colour"),
        (("same", Pairing((account(),), (account(3),)), None), EvidenceError, "no document"),
    ],
)  # fmt: skip
def test_what_does_not_fit_leaves_nothing_behind(
    book: Casebook, given: tuple[object, ...], error: type[Exception], said: str
) -> None:
    verdict, subject, corrected = given
    with pytest.raises(error, match=said):
        book.judgements.add(verdict, subject, signed(), corrected)  # type: ignore[arg-type]
    assert book.judgements.all() == ()


def test_half_a_character_is_refused(book: Casebook) -> None:
    with pytest.raises(StoreError, match="surrogate"):
        book.judgements.add("rejected", statement(), signed("\ud800"))


# --- append-only -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["judgement", "judgement_effect"])
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_the_database_refuses_to_change_or_delete_one(book: Casebook, table: str, change: str) -> None:
    made = book.judgements.add("rejected", statement(), signed())
    book.judgements.note(made.id, (), withdrawal=False)

    with (
        closing(sqlite3.connect(book.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="never changed or deleted"),
    ):
        connection.execute(change.format(table))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE judgement SET reason = 'for no reason' WHERE id = 1", "judgement"),
        ("UPDATE judgement SET signed_by = 'Ben' WHERE id = 2", "judgement"),
        ("UPDATE judgement SET verdict = 'accepted' WHERE id = 1", "judgement"),
        ("DELETE FROM judgement_effect; DELETE FROM judgement WHERE id = 1", "judgement"),
        ("UPDATE judgement SET withdraws = 1 WHERE id = 3", "judgement"),
        ("UPDATE judgement_effect SET changes = '[]'", "what it changed"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_noticed(book: Casebook, change: str, said: str) -> None:
    made = book.judgements.add("rejected", statement(), signed())
    book.judgements.note(made.id, (Change("velnik", "incident.killed", "2+", ""),), withdrawal=False)
    second = book.judgements.add("accepted", statement(), signed("after all"))
    book.judgements.withdraw(second.id, signed())
    assert list(book.verify()) == []

    with behind_its_back(book) as connection:
        connection.executescript(change)

    assert any(said in f"{p.name} {p.what}" for p in book.verify())


def test_a_judgement_whose_words_no_longer_stand_is_noticed(book: Casebook) -> None:
    book.judgements.add("rejected", statement(), signed())
    with behind_its_back(book) as connection:
        connection.execute("UPDATE document SET text = replace(text, 'people', 'peopel')")

    assert any(p.name.startswith("judgement") and "not the quote" in p.what for p in book.verify())


# --- together --------------------------------------------------------------------------------------------------------


def test_what_is_written_together_is_there_whole_or_not_at_all(book: Casebook) -> None:
    def fail() -> None:
        with book.together():
            book.judgements.add("rejected", statement(), signed())
            assert len(book.judgements.all()) == 1  # seen from within
            set_incidents(book, {"velnik": [(DOCUMENT.id, "1")]})
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        fail()
    assert book.judgements.all() == ()
    assert book.counts().incidents == 0

    with book.together():
        book.judgements.add("rejected", statement(), signed())
        with book.together():  # one within another is part of it
            set_incidents(book, {"velnik": [(DOCUMENT.id, "1")]})
        assert [i.id for i in book.incidents()] == ["velnik"]
    assert (len(book.judgements.all()), book.counts().incidents) == (1, 1)


def test_others_see_nothing_of_it_until_it_is_whole(book: Casebook) -> None:
    with Casebook.open(book.path, bundled_schema()) as other, book.together():
        book.judgements.add("rejected", statement(), signed())
        assert other.judgements.all() == ()


def test_judgements_outlive_the_casebook_s_closing(book: Casebook) -> None:
    made = book.judgements.add("corrected", statement(), signed(), correction())
    book.close()
    with Casebook.open(book.path, bundled_schema()) as again:
        assert again.judgements.all() == (made,)


def test_readings_hold_no_judgements(casebook: Casebook) -> None:
    judgement = Judgement("j", "accepted", statement(), signed())
    marked = replace(INCIDENT, statements=(replace(INCIDENT.statements[0], judged=judgement),))
    with pytest.raises(SchemaError, match="no judgement"):
        casebook.save(DOCUMENT, DATA, replace(READING, accounts=(marked,)), NOON)


def test_a_casebook_from_before_judgements_takes_them(tmp_path: Path) -> None:
    where = tmp_path / "casebook.sqlite"
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(*story(1), NOON)
    kept = "alembic_version meta document blob sighting reading skipped account statement evidence incident".split()
    later = [t for t in reversed(metadata.sorted_tables) if t.name not in (*kept, "incident_member", "passage")]
    with closing(sqlite3.connect(where)) as connection, connection:
        for table in later:
            connection.execute(f"DROP TABLE {table.name}")
        connection.execute("UPDATE alembic_version SET version_num = '0002'")

    with Casebook.open(where, bundled_schema()) as casebook:
        made = casebook.judgements.add("rejected", statement(), signed())
        assert casebook.judgements.all() == (made,)
        assert list(casebook.verify()) == []


# --- any judgements --------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1).filter(str.strip)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    who=texts,
    why=texts,
    at=st.datetimes(timezones=st.timezones(), min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),
)
def test_any_signature_comes_back_and_is_sound(book: Casebook, who: str, why: str, at: datetime) -> None:
    made = book.judgements.add("rejected", statement(), Signature(who, at, why))
    back = book.judgements.find(made.id)

    # a time that the clocks of a zone skip equals nothing, itself apart: moments are compared
    assert (back.signed.by, back.signed.reason) == (who, why)
    assert back.signed.at.timestamp() == at.timestamp()
    assert list(book.verify()) == []
