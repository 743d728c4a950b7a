"""The contract of a casebook, on every kind of store."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from invented import NOON, document_of, said, story, words

from ascribe.errors import EvidenceError, SchemaError, StoreError
from ascribe.model import Account, CodeValue, CountValue, Evidence, Reading, Skipped, TextValue, Voice, sha256
from ascribe.schema import bundled_schema
from ascribe.store import Casebook, Counts, Sighting

NOTHING = Counts(0, 0, 0, 0, 0)


def test_what_is_saved_comes_back_unchanged(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id) == document
    assert casebook.data_of(document.bytes_id) == data
    assert list(casebook.readings()) == [reading]
    assert casebook.current_reading(document.id) == reading


def test_it_is_still_there_after_closing_and_opening(where: Path | str) -> None:
    document, data, reading = story(2)
    with Casebook.create(where, bundled_schema()) as casebook:
        casebook.save(document, data, reading, NOON)

    with Casebook.open(where, bundled_schema()) as casebook:
        assert casebook.document(document.id) == document
        assert casebook.current_reading(document.id) == reading


def test_saving_the_same_again_changes_nothing(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    before = casebook.counts()

    casebook.save(document, data, replace(reading, accounts=()), NOON + timedelta(days=1))

    assert casebook.counts() == before
    assert casebook.current_reading(document.id) == reading
    assert len(casebook.names_of(document.bytes_id)) == 1


def test_a_new_version_is_kept_beside_the_old_and_becomes_current(casebook: Casebook) -> None:
    document, data, old = story(1, "1")
    new = replace(old, version="2", accounts=old.accounts[:1])
    casebook.save(document, data, old, NOON)
    casebook.save(document, data, new, NOON + timedelta(minutes=1))

    assert list(casebook.readings(document.id)) == [old, new]
    assert casebook.current_reading(document.id) == new
    assert [t.reading.version for t in casebook.told()] == ["2"]


def test_current_is_what_was_recorded_last_not_what_was_stored_last(casebook: Casebook) -> None:
    document, data, newer = story(1, "2")
    older = replace(newer, version="1")
    casebook.save(document, data, newer, NOON)
    casebook.save(document, data, older, NOON - timedelta(days=1))

    assert casebook.current_reading(document.id) == newer


def test_times_in_other_zones_are_put_in_order(casebook: Casebook) -> None:
    document, data, first = story(1, "1")
    second = replace(first, version="2")
    casebook.save(document, data, first, NOON)
    casebook.save(document, data, second, datetime(2024, 5, 1, 14, 30, tzinfo=timezone(timedelta(hours=2))))

    assert casebook.current_reading(document.id) == second


def test_a_time_without_a_zone_is_refused(casebook: Casebook) -> None:
    with pytest.raises(StoreError, match="zone"):
        casebook.save(*story(1), datetime(2024, 5, 1, 12))

    assert casebook.counts() == NOTHING


def test_every_name_of_the_same_bytes_is_kept(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    casebook.save(replace(document, name="copies/other.txt"), data, reading, NOON + timedelta(hours=1))

    assert casebook.names_of(document.bytes_id) == (
        Sighting(document.name, NOON, document.id),
        Sighting("copies/other.txt", NOON + timedelta(hours=1), document.id),
    )
    assert casebook.counts().documents == 1
    assert casebook.document(document.id).name == document.name


def test_one_container_may_hold_several_documents(casebook: Casebook) -> None:
    feed = b"<rss>two items</rss>"
    stories = [story(n) for n in (1, 2)]
    for document, _, reading in stories:
        casebook.save(replace(document, bytes_id=sha256(feed)), feed, reading, NOON)

    assert [s.document_id for s in casebook.names_of(sha256(feed))] == [d.id for d, _, _ in stories]
    assert casebook.data_of(sha256(feed)) == feed


def test_bytes_that_do_not_shrink_come_back_too(casebook: Casebook) -> None:
    for data in (b"", b"\x00", bytes(range(256)) * 9, b"a" * 100_000):
        document, _ = document_of(f"Made of {len(data)} bytes.")
        document = replace(document, bytes_id=sha256(data))
        casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)
        assert casebook.data_of(document.bytes_id) == data


def test_bytes_need_not_be_kept(casebook: Casebook) -> None:
    document, _, reading = story(1)
    casebook.save(document, None, reading, NOON)

    assert casebook.data_of(document.bytes_id) is None
    assert casebook.has_bytes(document.bytes_id)
    assert list(casebook.verify()) == []


def test_it_says_what_it_has(casebook: Casebook) -> None:
    document, data, reading = story(1)
    other = story(2)[0]
    casebook.save(document, data, reading, NOON)

    assert casebook.has_document(document.id)
    assert casebook.has_bytes(document.bytes_id)
    assert casebook.has_reading(document.id, "invented", "1")
    assert not casebook.has_document(other.id)
    assert not casebook.has_bytes(other.bytes_id)
    assert not casebook.has_reading(document.id, "invented", "2")
    assert not casebook.has_reading(document.id, "rules", "1")
    assert casebook.counts() == Counts(1, 1, 4, 12, 0)


def test_a_reading_that_found_nothing_is_a_reading(casebook: Casebook) -> None:
    document, data = document_of("The harvest was good.")
    reading = Reading(document.id, "invented", "1", (), (Skipped("page 2", "a picture without words"),))
    casebook.save(document, data, reading, NOON)

    assert casebook.current_reading(document.id) == reading
    assert list(casebook.told()) == []


def test_documents_stream_in_order_of_addition(casebook: Casebook) -> None:
    stories = [story(n) for n in range(120, 0, -1)]
    for told in stories:
        casebook.save(*told, NOON)

    assert list(casebook.documents()) == [document for document, _, _ in stories]
    assert list(casebook.readings()) == [reading for _, _, reading in stories]
    assert [t.document.id for t in casebook.told()] == [document.id for document, _, _ in stories]


def test_saving_while_documents_stream_does_not_disturb_them(casebook: Casebook) -> None:
    for number in range(60):
        casebook.save(*story(number), NOON)

    seen = 0
    for seen, document in enumerate(casebook.documents(), 1):
        casebook.save(document, None, Reading(document.id, "second", "1"), NOON)
        casebook.save(*story(1000 + seen), NOON)

    assert seen == 60
    assert casebook.counts().documents == 120
    assert casebook.counts().readings == 180


def test_readings_can_be_asked_for_by_document_and_extractor(casebook: Casebook) -> None:
    document, data, reading = story(1)
    by_hand = replace(reading, extractor="hand")
    casebook.save(document, data, reading, NOON)
    casebook.save(document, data, by_hand, NOON)
    casebook.save(*story(2), NOON)

    assert list(casebook.readings(document.id, "hand")) == [by_hand]
    assert list(casebook.readings(extractor="hand")) == [by_hand]
    assert len(list(casebook.readings(document.id))) == 2
    assert list(casebook.readings("0" * 64)) == []


def test_a_document_is_found_by_the_beginning_of_its_id(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id[:6]) == document
    assert casebook.document(document.id[:12].upper()) == document
    with pytest.raises(StoreError, match="at least its first 6"):
        casebook.document(document.id[:5])
    with pytest.raises(StoreError, match="no document"):
        casebook.document("f" * 12 if not document.id.startswith("f") else "0" * 12)
    with pytest.raises(StoreError, match="no document"):
        casebook.current_reading("0" * 64)


def test_a_beginning_that_fits_several_ids_is_not_guessed(casebook: Casebook) -> None:
    casebook.save(*story(1), NOON)
    casebook.set_incidents({"abcdef01": (), "abcdef02": ()})

    with pytest.raises(StoreError, match="abcdef01, abcdef02"):
        casebook.incident("abcdef")
    assert casebook.incident("abcdef02").id == "abcdef02"


# incidents


def member(told: tuple[object, object, Reading], key: str = "1") -> tuple[str, str, str, str]:
    reading = told[2]
    return reading.document_id, reading.extractor, reading.version, key


def test_incidents_come_back_with_their_accounts_in_the_order_given(casebook: Casebook) -> None:
    stories = [story(n) for n in range(3)]
    for told in stories:
        casebook.save(*told, NOON)
    casebook.set_incidents({"bbbbbb": [member(stories[2]), member(stories[0])], "aaaaaa": [member(stories[1])]})

    first, second = casebook.incidents()
    assert [first.id, second.id] == ["bbbbbb", "aaaaaa"]
    assert [t.document for t in first.accounts] == [stories[2][0], stories[0][0]]
    assert [t.reading for t in first.accounts] == [stories[2][2], stories[0][2]]
    assert [t.account.key for t in first.accounts] == ["1", "1"]
    assert casebook.incident("aaaaaa") == second
    assert list(casebook.incidents(offset=1, limit=1)) == [second]
    assert casebook.counts().incidents == 2


def test_setting_incidents_replaces_all_of_them(casebook: Casebook) -> None:
    told = story(1)
    casebook.save(*told, NOON)
    casebook.set_incidents({"one111": [member(told)]})
    casebook.set_incidents({"two222": [member(told)]})

    assert [i.id for i in casebook.incidents()] == ["two222"]
    with pytest.raises(StoreError, match="no incident"):
        casebook.incident("one111")


def test_membership_of_an_unknown_account_changes_nothing(casebook: Casebook) -> None:
    told = story(1)
    casebook.save(*told, NOON)
    casebook.set_incidents({"one111": [member(told)]})

    with pytest.raises(StoreError, match="account 9 of document"):
        casebook.set_incidents({"two222": [member(told)], "three3": [member(told, "9")]})
    assert [i.id for i in casebook.incidents()] == ["one111"]


# what may not be stored


def wrong_quote(reading: Reading) -> Reading:
    first = reading.accounts[0]
    e = first.statements[0].evidence[0]
    return _with(reading, replace(first.statements[0], evidence=(replace(e, quote="4 May 2021"),)))


def shifted(reading: Reading) -> Reading:
    first = reading.accounts[0]
    e = first.statements[0].evidence[0]
    return _with(reading, replace(first.statements[0], evidence=(replace(e, start=e.start + 1, end=e.end + 1),)))


def counted_from_the_end(reading: Reading) -> Reading:
    first = reading.accounts[0]
    return _with(reading, replace(first.statements[0], evidence=(Evidence(reading.document_id, -5, -1, "hurt"),)))


def of_another_document(reading: Reading) -> Reading:
    first = reading.accounts[0]
    e = first.statements[0].evidence[0]
    return _with(reading, replace(first.statements[0], evidence=(replace(e, document_id="0" * 64),)))


def wrong_anchor(reading: Reading) -> Reading:
    first, *others = reading.accounts
    return replace(reading, accounts=(replace(first, anchor=replace(first.anchor, quote="a bomb failed!!")), *others))


def wrong_passage(reading: Reading) -> Reading:
    first, *others = reading.accounts
    passage = replace(first.evidence[0], end=first.evidence[0].end + 1)
    return replace(reading, accounts=(replace(first, evidence=(passage,)), *others))


def other_document(reading: Reading) -> Reading:
    return replace(reading, document_id="0" * 64)


@pytest.mark.parametrize(
    "spoil",
    [wrong_quote, shifted, counted_from_the_end, of_another_document, wrong_anchor, wrong_passage, other_document],
)
def test_a_quote_that_is_not_in_the_text_stores_nothing(casebook: Casebook, spoil) -> None:
    document, data, reading = story(1)

    with pytest.raises(EvidenceError, match=r"invented/1\.txt"):
        casebook.save(document, data, spoil(reading), NOON)
    assert casebook.counts() == NOTHING
    assert not casebook.has_bytes(document.bytes_id)
    assert casebook.search("exploded") == []


def test_a_text_or_bytes_that_are_not_what_their_hash_says_store_nothing(casebook: Casebook) -> None:
    document, data, reading = story(1)

    with pytest.raises(EvidenceError, match="hash"):
        casebook.save(document, data + b" ", reading, NOON)
    with pytest.raises(EvidenceError, match="hash"):
        casebook.save(replace(document, text=document.text + " "), data, reading, NOON)
    assert casebook.counts() == NOTHING


def _with(reading: Reading, statement: object) -> Reading:
    first, *others = reading.accounts
    return replace(reading, accounts=(replace(first, statements=(statement, *first.statements[1:])), *others))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"property": "colour"}, id="unknown property"),
        pytest.param({"property": "tactics", "value": CodeValue("sorcery")}, id="off the closed list"),
        pytest.param({"property": "killed"}, id="another type"),
        pytest.param({"property": "killed", "value": CountValue(9, 3, "range")}, id="bounds out of order"),
        pytest.param({"evidence": ()}, id="no evidence"),
        pytest.param({"confidence": 1.5}, id="confidence over 1"),
        pytest.param({"confidence": float("nan")}, id="confidence not a number"),
        pytest.param({"stance": "rumoured"}, id="unknown stance"),
        pytest.param({"origin": "dreamt"}, id="unknown origin"),
        pytest.param({"voice": Voice("sung")}, id="unknown voice"),
    ],
)
def test_a_value_that_does_not_fit_the_schema_stores_nothing(casebook: Casebook, change: dict[str, object]) -> None:
    document, data, reading = story(1)
    spoilt = _with(reading, replace(reading.accounts[0].statements[0], **change))

    with pytest.raises(SchemaError, match=r"invented/1\.txt"):
        casebook.save(document, data, spoilt, NOON)
    assert casebook.counts() == NOTHING
    assert not casebook.has_bytes(document.bytes_id)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "rumour"}, id="unknown kind"),
        pytest.param({"key": "1"}, id="key taken"),
        pytest.param({"about": None}, id="about nothing"),
        pytest.param({"about": "7"}, id="about what is not there"),
        pytest.param({"about": "1a"}, id="about an attribution"),
    ],
)
def test_an_account_that_does_not_fit_stores_nothing(casebook: Casebook, change: dict[str, object]) -> None:
    document, data, reading = story(1)
    first, claim, *others = reading.accounts
    spoilt = replace(reading, accounts=(first, replace(claim, **change), *others))

    with pytest.raises(SchemaError, match=r"invented/1\.txt"):
        casebook.save(document, data, spoilt, NOON)
    assert casebook.counts() == NOTHING


def test_half_a_surrogate_pair_is_one_clear_error(casebook: Casebook) -> None:
    text = "A bomb \ud83d exploded."
    data = text.encode("utf-8", "surrogatepass")
    document = replace(story(1)[0], id=sha256(text), bytes_id=sha256(data), text=text)
    with pytest.raises(EvidenceError, match="surrogate"):
        casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)

    document, data, reading = story(1)
    with pytest.raises(StoreError, match="surrogate"):
        casebook.save(replace(document, name="caf\udce9.txt"), data, reading, NOON)
    assert casebook.counts() == NOTHING


# many at once


def test_save_all_reports_what_is_on_the_disk(casebook: Casebook) -> None:
    stories = [story(n) for n in range(7)]
    done = casebook.save_all(((*told, NOON) for told in stories), every=3)

    assert next(done) == stories[0][0].id
    with Casebook.open(casebook.path, bundled_schema()) as other:
        assert other.counts().documents == 3
    assert list(done) == [d.id for d, _, _ in stories[1:]]
    assert list(casebook.readings()) == [r for _, _, r in stories]


def test_save_all_stores_nothing_of_a_batch_with_an_error(casebook: Casebook) -> None:
    good, bad = story(1), story(2)
    items = [(*good, NOON), (bad[0], bad[1], wrong_quote(bad[2]), NOON)]

    with pytest.raises(EvidenceError):
        list(casebook.save_all(items))
    assert casebook.counts() == NOTHING


# opening


def test_creating_over_something_is_refused(where: Path | str, tmp_path: Path) -> None:
    Casebook.create(where, bundled_schema()).close()
    with pytest.raises(StoreError, match="exists already"):
        Casebook.create(where, bundled_schema())

    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="exists already"):
        Casebook.create(tmp_path / "notes.txt", bundled_schema())
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(StoreError, match="no folder"):
        Casebook.create(tmp_path / "nowhere" / "casebook.sqlite", bundled_schema())


def test_creating_leaves_nothing_but_the_casebook(where: Path | str, tmp_path: Path) -> None:
    Casebook.create(where, bundled_schema()).close()

    assert [p.name for p in tmp_path.iterdir()] == ["casebook.sqlite"]


def test_opening_what_is_not_a_casebook_is_one_clear_error(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415

    with pytest.raises(StoreError, match="there is no casebook"):
        Casebook.open(tmp_path / "casebook.sqlite", bundled_schema())
    with pytest.raises(StoreError, match="folder"):
        Casebook.open(tmp_path, bundled_schema())
    for name, content in (("empty", b""), ("letter", b"Dear all,\n"), ("torn", b"SQLite format 3\x00" + b"\x07" * 90)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError, match=name):
            Casebook.open(tmp_path / name, bundled_schema())
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE document (id)")
    other.close()
    with pytest.raises(StoreError, match="not a casebook"):
        Casebook.open(tmp_path / "other.sqlite", bundled_schema())


def test_a_casebook_can_be_named_by_a_url(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'casebook.sqlite'}"
    with Casebook.create(url, bundled_schema()) as casebook:
        casebook.save(*story(1), NOON)

    with Casebook.open(url, bundled_schema()) as casebook:
        assert casebook.counts().documents == 1


@pytest.mark.parametrize("url", ["postgresql://localhost/cases", "sqlite://", "sqlite:///:memory:", "://"])
def test_other_databases_are_refused_by_name(url: str) -> None:
    with pytest.raises(StoreError):
        Casebook.open(url, bundled_schema())
    with pytest.raises(StoreError):
        Casebook.create(url, bundled_schema())


def test_importing_ascribe_does_not_load_the_store() -> None:
    code = "import sys, ascribe; print([m for m in ('sqlalchemy', 'alembic', 'ascribe.store') if m in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_opening_an_up_to_date_casebook_does_not_load_alembic(where: Path | str) -> None:
    Casebook.create(where, bundled_schema()).close()
    code = (
        "import sys; from ascribe.schema import bundled_schema; from ascribe.store import Casebook\n"
        f"Casebook.open({str(where)!r}, bundled_schema()).close(); print('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


# difficult texts


def test_offsets_are_pythons_in_every_script(casebook: Casebook) -> None:
    text = "𝔄 👩‍👩‍👧 قتل خمسة أشخاص 💥 in Ḱyiv̈, 日本語\u2028 and e\u0301 too"
    document, data = document_of(text)
    spans = [document.quote(i, i + 1) for i in range(len(text))]
    account = Account("1", "incident", (), spans[0], tuple(spans[1:]))
    reading = Reading(document.id, "invented", "1", (account,))
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id).text == text
    assert casebook.current_reading(document.id) == reading
    assert list(casebook.verify()) == []


def test_nul_characters_survive(casebook: Casebook) -> None:
    text = "Before\x00after.\n\nA bomb\x00 exploded in Vel\x00nik.\x00\n\n\x00"
    document, data = document_of(text, title="a\x00b")
    tactic = said(document, "tactics", CodeValue("bombing"), "bomb\x00 exploded", rule="r\x00")
    outlet = said(document, "outlets", TextValue("Vel\x00nik"), "Vel\x00nik")
    incident = Account("1", "incident", (tactic,), words(document, "A bomb\x00"))
    claim = Account("2", "claim", (outlet,), words(document, "exploded"), about="1")
    reading = Reading(document.id, "invented", "1", (incident, claim), (Skipped("x\x00", "\x00"),))
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id) == document
    assert casebook.current_reading(document.id) == reading
    assert len(casebook.search("exploded")) == 1
    assert list(casebook.verify()) == []


def test_a_page_of_nul_bytes_is_stored_and_found_sound(casebook: Casebook) -> None:
    document, data = document_of("\x00" * 100_000)
    casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)

    assert casebook.document(document.id) == document
    assert list(casebook.verify()) == []


def test_twenty_million_characters_in_one_paragraph_are_stored(casebook: Casebook) -> None:
    text = "💥 " + "blast " * 3_333_000 + "needle"
    document, data = document_of(text)
    last = document.quote(len(text) - 6, len(text))
    reading = Reading(document.id, "invented", "1", (Account("1", "incident", (), last),))
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id).text == text
    (hit,) = casebook.search("needle")
    assert text[hit.start : hit.end].endswith("needle")
    assert hit.end - hit.start <= 2000
    assert casebook.current_reading(document.id) == reading


def test_statements_that_say_the_same_twice_are_both_kept(casebook: Casebook) -> None:
    document, data, reading = story(1)
    first, *others = reading.accounts
    reading = replace(reading, accounts=(replace(first, statements=first.statements * 2), *others))
    casebook.save(document, data, reading, NOON)

    assert casebook.current_reading(document.id) == reading
    assert list(casebook.verify()) == []


def test_recorded_times_come_back_in_utc(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2))))

    assert casebook.names_of(document.bytes_id)[0].added_at == datetime(2024, 5, 1, 12, tzinfo=UTC)
