"""Every value type: what it refuses, and that a value survives the casebook unchanged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.errors import SchemaError
from ascribe.model import (
    ActorValue,
    CodeValue,
    CountQualifier,
    CountValue,
    DateValue,
    PersonValue,
    PlaceValue,
    TextValue,
    Value,
)
from ascribe.schema.types import value_type

WORDS = st.text(min_size=1).filter(lambda s: bool(s.strip()))
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
VALUES: dict[str, st.SearchStrategy[Value]] = {
    "date": st.tuples(DAYS, DAYS).map(lambda d: DateValue(min(d), max(d), "interval", "absolute")),
    "count": st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda n: CountValue(min(n), max(n), "range")),
    "place": WORDS.map(lambda w: PlaceValue(w, "city", "FR", 48.58, 7.75, "geonames:1")),
    "actor": WORDS.map(lambda w: ActorValue(w, "group:1")),
    "person": st.tuples(WORDS, st.booleans(), st.lists(WORDS)).map(lambda p: PersonValue(p[0], p[1], tuple(p[2]))),
    "text": WORDS.map(TextValue),
    "code": st.just(CodeValue("bombing")),
}


@pytest.mark.parametrize("name", sorted(VALUES))
@given(data=st.data())
def test_a_value_survives_its_json_and_its_cells_match_its_columns(name: str, data: st.DataObject) -> None:
    kind = value_type(name)
    value = data.draw(VALUES[name])
    kind.check(value, frozenset({"bombing"}))

    assert kind.from_json(kind.to_json(value)) == value
    assert len(kind.cells(value)) == len(kind.columns())
    assert kind.show(value).strip()
    low, high = kind.bounds(value)
    assert low is None or high is None or low <= high


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_value_of_another_type_is_refused(name: str) -> None:
    other: Value = CodeValue("bombing") if name != "code" else TextValue("bombing")

    with pytest.raises(SchemaError, match=f"is not a {name} value"):
        value_type(name).check(other, frozenset({"bombing"}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", DateValue(None, None)),
        ("date", DateValue(date(2020, 2, 1), date(2020, 1, 1))),
        ("count", CountValue(-1, 4, "range")),
        ("count", CountValue(5, 4, "range")),
        ("count", CountValue(None, None)),
        ("count", CountValue(3, 3, "unknown")),
        ("place", PlaceValue(" ")),
        ("place", PlaceValue("Lyon", "city", "France")),
        ("place", PlaceValue("Lyon", "city", "FR", 45.7)),
        ("place", PlaceValue("Lyon", "city", "FR", 145.7, 4.8)),
        ("actor", ActorValue("")),
        ("person", PersonValue("")),
        ("text", TextValue(" ")),
        ("code", CodeValue("bombardment")),
    ],
)
def test_values_that_cannot_be_true_are_refused(name: str, value: Value) -> None:
    with pytest.raises(SchemaError):
        value_type(name).check(value, frozenset({"bombing"}))


def test_coordinates_are_never_finer_than_the_text() -> None:
    with pytest.raises(SchemaError, match="finer than the text"):
        value_type("place").check(PlaceValue("France", "country", "FR", 46.0, 2.0), frozenset())


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "shown"),
    [
        (5, 5, "exact", "5"),
        (0, 0, "exact", "0"),
        (12, None, "at_least", "12+"),
        (None, 4, "at_most", "at most 4"),
        (6, 9, "range", "6-9"),
        (40, 40, "about", "about 40"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_a_count_reads_as_a_person_would_write_it(
    low: int | None, high: int | None, qualifier: CountQualifier, shown: str
) -> None:
    count = value_type("count")
    value = CountValue(low, high, qualifier)
    count.check(value, frozenset())

    assert count.show(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (DateValue(date(2018, 12, 11), date(2018, 12, 11)), "2018-12-11"),
        (DateValue(date(2019, 5, 1), date(2019, 5, 31), "month"), "2019-05"),
        (DateValue(date(2016, 1, 1), date(2016, 12, 31), "year"), "2016"),
        (DateValue(None, date(2014, 6, 28), "interval"), "until 2014-06-28"),
        (DateValue(date(2024, 4, 12), date(2024, 4, 14), "days"), "2024-04-12 .. 2024-04-14"),
    ],
)
def test_a_date_shows_no_more_than_its_precision(value: DateValue, shown: str) -> None:
    assert value_type("date").show(value) == shown


WRITTEN = [
    ("count", "7", CountValue(7, 7)),
    ("count", "12+", CountValue(12, None, "at_least")),
    ("count", "6-9", CountValue(6, 9, "range")),
    ("count", "at most 4", CountValue(None, 4, "at_most")),
    ("count", "about 40", CountValue(40, 40, "about")),
    ("count", "unknown", CountValue(None, None, "unknown")),
    ("date", "2018-12-11", DateValue(date(2018, 12, 11), date(2018, 12, 11))),
    ("date", "2018-02", DateValue(date(2018, 2, 1), date(2018, 2, 28), "month")),
    ("date", "2018", DateValue(date(2018, 1, 1), date(2018, 12, 31), "year")),
    ("date", "2018 .. 2019-03-02", DateValue(date(2018, 1, 1), date(2019, 3, 2), "interval")),
    ("date", "since 2018-12", DateValue(date(2018, 12, 1), None, "interval")),
    ("date", "until 2018-12", DateValue(None, date(2018, 12, 31), "interval")),
    ("place", "Port Amsel, FR", PlaceValue("Port Amsel", country="FR")),
    ("place", "Springfield, Illinois", PlaceValue("Springfield, Illinois")),
    ("person", "Jonas Vell", PersonValue("Jonas Vell")),
    ("person", "two gunmen", PersonValue("two gunmen", named=False)),
    ("person", "A former guard", PersonValue("A former guard", named=False)),
    ("actor", " the  Ash Front ", ActorValue("the Ash Front")),
    ("code", "suicide bombing", CodeValue("suicide_bombing")),
    ("text", "a letter\nto a station", TextValue("a letter to a station")),
]


@pytest.mark.parametrize(("name", "words", "value"), WRITTEN)
def test_a_value_is_understood_as_a_person_writes_it(name: str, words: str, value: Value) -> None:
    assert value_type(name).parse(words) == value


@pytest.mark.parametrize(("name", "words", "value"), WRITTEN)
def test_what_is_shown_can_be_written(name: str, words: str, value: Value) -> None:
    kind = value_type(name)
    assert kind.parse(kind.show(value)) == value


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("count", "seven"),
        ("count", "-3"),
        ("count", "about 3+"),
        ("count", "٣"),
        ("count", "9" * 5000),
        ("date", "yesterday"),
        ("date", "2018-13"),
        ("date", "2018-00"),
        ("date", "0000"),
        ("date", "2018-02-30"),
        ("date", "2018 .. "),
        ("date", "since"),
    ],
)
def test_words_in_no_known_form_are_refused_with_the_forms(name: str, words: str) -> None:
    with pytest.raises(SchemaError, match=f"is no {name}; write "):
        value_type(name).parse(words)
