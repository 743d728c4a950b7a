"""Texts that other stores cut, change or choke on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from invented import NOON, document_of, said, story, words

from ascribe.model import Account, CodeValue, Reading, Skipped, TextValue
from ascribe.store import Casebook


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
