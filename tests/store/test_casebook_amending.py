"""What may change about a stored document: it can become restricted, and its date of publication can be mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from invented import NOON, story
from stored import set_incidents

from ascribe.errors import EvidenceError, StoreError
from ascribe.model import DateValue, Publication
from ascribe.store import Casebook

GIVEN = Publication(DateValue(date(2021, 6, 1), date(2021, 6, 1), "day", "absolute"), "given")
LATER = NOON + timedelta(hours=1)


def test_a_document_that_is_saved_as_restricted_becomes_so_and_stays_so(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    casebook.save(replace(document, restricted=True), data, reading, NOON)
    assert casebook.document(document.id).restricted
    casebook.save(document, data, reading, NOON)
    assert casebook.document(document.id).restricted
    assert list(casebook.verify()) == []


def test_restricting_bytes_marks_what_was_made_of_them_once_and_nothing_else(casebook: Casebook) -> None:
    for number in (1, 2):
        casebook.save(*story(number), NOON)
    first = next(casebook.documents())
    assert casebook.restrict(first.bytes_id) == (first.id,)
    assert casebook.restrict(first.bytes_id) == ()
    assert [d.restricted for d in casebook.documents()] == [True, False]
    assert list(casebook.verify()) == []


def test_publishing_replaces_the_date_and_the_reading_by_this_version_only(casebook: Casebook) -> None:
    document, data, old = story(1)
    other = replace(old, extractor="another")
    casebook.save(document, data, other, NOON)
    casebook.save(document, data, old, NOON)
    casebook.save(*story(2), NOON)
    new = replace(old, accounts=old.accounts[:1], skipped=())
    casebook.publish(replace(document, publication=GIVEN), data, new, LATER)

    assert casebook.document(document.id).publication == GIVEN
    assert casebook.current_reading(document.id) == new
    assert list(casebook.readings(document.id, "another")) == [other]
    assert list(casebook.readings(document.id, old.extractor)) == [new]
    assert casebook.current_reading(story(2)[0].id) == story(2)[2]
    assert list(casebook.verify()) == []


def test_accounts_of_a_replaced_reading_leave_their_incidents_and_none_stays_empty(casebook: Casebook) -> None:
    stories = [story(n) for n in (1, 2)]
    for told in stories:
        casebook.save(*told, NOON)
    first, second = ((d.id, "1") for d, _, _ in stories)
    set_incidents(casebook, {"alone": [first], "both": [first, second], "other": [second]})
    document, data, reading = stories[0]
    casebook.publish(replace(document, publication=GIVEN), data, reading, LATER)

    assert [(i.id, len(i.accounts)) for i in casebook.incidents()] == [("both", 1), ("other", 1)]
    assert list(casebook.verify()) == []


def test_a_reading_that_may_not_be_stored_replaces_nothing(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    false = replace(reading.accounts[0], anchor=replace(reading.accounts[0].anchor, quote="x"))
    with pytest.raises(EvidenceError):
        casebook.publish(replace(document, publication=GIVEN), data, replace(reading, accounts=(false,)), LATER)
    assert casebook.document(document.id) == document
    assert casebook.current_reading(document.id) == reading


def test_a_document_that_is_not_stored_cannot_be_published_anew(casebook: Casebook) -> None:
    with pytest.raises(StoreError, match="there is no document"):
        casebook.publish(*story(1), NOON)
    assert casebook.counts().documents == 0


def test_why_nothing_was_read_is_told_of_readings_without_accounts_only(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    empty = replace(reading, version="2", accounts=())
    casebook.save(document, data, empty, LATER)
    assert casebook.unread(document.id, reading.extractor, "1") == ()
    assert casebook.unread(document.id, reading.extractor, "2") == reading.skipped
    assert casebook.unread(document.id, reading.extractor, "3") == ()
