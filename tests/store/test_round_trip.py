"""Any reading of any values that the schema allows comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import NOON
from stored import data_of

from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DatePrecision,
    DateValue,
    Document,
    Origin,
    PageMark,
    PersonValue,
    PlaceValue,
    Publication,
    Reading,
    Skipped,
    Stance,
    Statement,
    TextValue,
    Value,
    Voice,
    VoiceKind,
    sha256,
)
from ascribe.schema import Property, bundled_schema
from ascribe.store import Casebook

WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
NAMES = WORDS.filter(str.strip)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
NUMBERS = st.integers(0, 10**15)
SCHEMA = bundled_schema()


@st.composite
def dates(draw: st.DrawFn) -> DateValue:
    start, end = sorted(draw(st.tuples(DAYS, DAYS)))
    left, right = draw(st.sampled_from([(start, end), (start, None), (None, end)]))
    return DateValue(left, right, draw(st.sampled_from(get_args(DatePrecision))), draw(st.text(max_size=5)))


@st.composite
def counts(draw: st.DrawFn) -> CountValue:
    low, high = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
    return draw(
        st.sampled_from(
            [
                CountValue(low, low),
                CountValue(low, None, "at_least"),
                CountValue(None, high, "at_most"),
                CountValue(low, high, "range"),
                CountValue(low, high, "about"),
                CountValue(None, None, "unknown"),
            ]
        )
    )


@st.composite
def places(draw: st.DrawFn) -> PlaceValue:
    name, country = draw(NAMES), draw(st.none() | st.from_regex(r"[A-Z]{2}", fullmatch=True))
    level = draw(st.sampled_from([None, "site", "city", "region", "country"]))
    gazetteer = draw(st.none() | WORDS)
    if level in ("site", "city") and draw(st.booleans()):
        point = draw(st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
        return PlaceValue(name, level, country, *point, gazetteer)
    return PlaceValue(name, level, country, gazetteer_id=gazetteer)


def values(prop: Property) -> st.SearchStrategy[Value]:
    return {
        "actor": st.builds(ActorValue, NAMES, st.none() | WORDS),
        "code": st.builds(CodeValue, st.sampled_from([c.code for c in prop.codes] or [""])),
        "count": counts(),
        "date": dates(),
        "person": st.builds(PersonValue, NAMES, st.booleans(), st.lists(WORDS, max_size=2).map(tuple)),
        "place": places(),
        "text": st.builds(TextValue, NAMES),
    }[prop.type.name]


@st.composite
def statements(draw: st.DrawFn, document: Document, kind: str) -> Statement:
    prop = draw(st.sampled_from(SCHEMA[kind].properties))
    return Statement(
        prop.id,
        draw(values(prop)),
        tuple(document.quote(*span) for span in draw(st.lists(spans(document), min_size=1, max_size=3))),
        draw(st.builds(Voice, st.sampled_from(get_args(VoiceKind)), st.none() | WORDS, st.booleans())),
        draw(st.sampled_from(get_args(Stance))),
        draw(st.sampled_from(get_args(Origin))),
        draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=5)),
        draw(st.floats(0, 1)),
    )


def spans(document: Document) -> st.SearchStrategy[tuple[int, int]]:
    ends = st.tuples(st.integers(0, len(document.text)), st.integers(0, len(document.text)))
    return ends.map(lambda pair: tuple(sorted(pair))).filter(lambda pair: pair[0] < pair[1])  # type: ignore[return-value]


@st.composite
def told(draw: st.DrawFn) -> tuple[Document, bytes, Reading]:
    text = draw(st.text(st.characters(exclude_categories=("Cs",)), min_size=2, max_size=80))
    data = draw(st.binary(max_size=20))
    published = st.builds(Publication, dates(), WORDS)
    document = Document(
        sha256(text),
        sha256(data),
        draw(WORDS),
        text,
        draw(WORDS),
        title=draw(st.none() | WORDS),
        publication=draw(st.none() | published),
        encoding=draw(st.none() | WORDS),
        pages=tuple(draw(st.lists(st.builds(PageMark, st.integers(0, 80), st.integers(1, 9)), max_size=2))),
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
        restricted=draw(st.booleans()),
        near_copy_of=draw(st.none() | WORDS),
    )
    accounts = []
    for number in range(draw(st.integers(0, 3))):
        kind = "incident" if not accounts else draw(st.sampled_from([k.id for k in SCHEMA.kinds]))
        about = None if SCHEMA[kind].about is None else "0"
        said = draw(st.lists(statements(document, kind), max_size=4))
        passages = [document.quote(*span) for span in draw(st.lists(spans(document), min_size=1, max_size=3))]
        accounts.append(Account(str(number), kind, tuple(said), passages[0], tuple(passages[1:]), about))
    skipped = draw(st.lists(st.builds(Skipped, WORDS, WORDS), max_size=2))
    return document, data, Reading(document.id, draw(WORDS), draw(WORDS), tuple(accounts), tuple(skipped))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with Casebook.create(tmp_path_factory.mktemp("round") / "casebook.sqlite", SCHEMA) as casebook:
        yield casebook


@given(told())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_reading_comes_back_as_it_was(shared: Casebook, case: tuple[Document, bytes, Reading]) -> None:
    document, data, reading = case
    # One casebook for all examples: the number of readings makes each a reading of its own.
    reading = replace(reading, version=f"{reading.version}{shared.counts().readings}")
    known = shared.has_document(document.id)
    shared.save(document, data, reading, NOON)

    assert data_of(shared, document.bytes_id) == data
    assert shared.current_reading(document.id) == reading
    assert known or shared.document(document.id) == document
    assert list(shared.verify([document.id])) == []
