"""The contract of a casebook, on every kind of store."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from invented import NOON, document_of, story
from stored import data_of, set_incidents

from ascribe.errors import StoreError
from ascribe.model import Reading, Skipped, sha256
from ascribe.schema import bundled_schema
from ascribe.store import Casebook, Counts, Sighting

NOTHING = Counts(0, 0, 0, 0, 0)


def test_what_is_saved_comes_back_unchanged(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)

    assert casebook.document(document.id) == document
    assert data_of(casebook, document.bytes_id) == data
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
    assert data_of(casebook, sha256(feed)) == feed


def test_bytes_that_do_not_shrink_come_back_too(casebook: Casebook) -> None:
    for data in (b"", b"\x00", bytes(range(256)) * 9, b"a" * 100_000):
        document, _ = document_of(f"Made of {len(data)} bytes.")
        document = replace(document, bytes_id=sha256(data))
        casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)
        assert data_of(casebook, document.bytes_id) == data


def test_bytes_need_not_be_kept(casebook: Casebook) -> None:
    document, _, reading = story(1)
    casebook.save(document, None, reading, NOON)

    assert data_of(casebook, document.bytes_id) is None
    assert casebook.names_of(document.bytes_id)
    assert list(casebook.verify()) == []


def test_it_says_what_it_has(casebook: Casebook) -> None:
    document, data, reading = story(1)
    other = story(2)[0]
    casebook.save(document, data, reading, NOON)

    assert casebook.has_document(document.id)
    assert casebook.names_of(document.bytes_id)
    assert casebook.has_reading(document.id, "invented", "1")
    assert not casebook.has_document(other.id)
    assert not casebook.names_of(other.bytes_id)
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
    set_incidents(casebook, {"abcdef01": (), "abcdef02": ()})

    with pytest.raises(StoreError, match="abcdef01, abcdef02"):
        casebook.incident("abcdef")
    assert casebook.incident("abcdef02").id == "abcdef02"


# incidents


def member(told: tuple[object, object, Reading]) -> tuple[str, str]:
    return told[2].document_id, "1"


def test_incidents_come_back_with_their_accounts_in_the_order_given(casebook: Casebook) -> None:
    stories = [story(n) for n in range(3)]
    for told in stories:
        casebook.save(*told, NOON)
    set_incidents(casebook, {"bbbbbb": [member(stories[2]), member(stories[0])], "aaaaaa": [member(stories[1])]})

    first, second = casebook.incidents()
    assert [first.id, second.id] == ["bbbbbb", "aaaaaa"]
    assert [t.document for t in first.accounts] == [stories[2][0], stories[0][0]]
    assert [t.reading for t in first.accounts] == [stories[2][2], stories[0][2]]
    assert [t.account.key for t in first.accounts] == ["1", "1"]
    assert casebook.incident("aaaaaa") == second
    assert list(casebook.incidents(offset=1, limit=1)) == [second]
    assert casebook.counts().incidents == 2


def test_save_all_reports_what_is_on_the_disk(casebook: Casebook) -> None:
    stories = [story(n) for n in range(7)]
    done = casebook.save_all(((*told, NOON) for told in stories), every=3)

    assert next(done) == stories[0][0].id
    with Casebook.open(casebook.path, bundled_schema()) as other:
        assert other.counts().documents == 3
    assert list(done) == [d.id for d, _, _ in stories[1:]]
    assert list(casebook.readings()) == [r for _, _, r in stories]
