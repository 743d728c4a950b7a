"""What may not be stored: each is one clear error, and nothing of it is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import NOON, story

from ascribe.errors import EvidenceError, SchemaError, StoreError
from ascribe.model import CodeValue, CountValue, Evidence, Reading, Voice, sha256
from ascribe.store import Casebook, Counts

NOTHING = Counts(0, 0, 0, 0, 0)


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
    assert not casebook.names_of(document.bytes_id)
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
    assert not casebook.names_of(document.bytes_id)


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


def test_save_all_stores_nothing_of_a_batch_with_an_error(casebook: Casebook) -> None:
    good, bad = story(1), story(2)
    items = [(*good, NOON), (bad[0], bad[1], wrong_quote(bad[2]), NOON)]

    with pytest.raises(EvidenceError):
        list(casebook.save_all(items))
    assert casebook.counts() == NOTHING
