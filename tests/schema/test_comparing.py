"""How two values stand to each other: what is finer, what can be true beside, what contradicts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.errors import SchemaError
from ascribe.model import ActorValue, CodeValue, CountValue, DateValue, PersonValue, PlaceValue, TextValue, Value
from ascribe.schema import bundled_schema
from ascribe.schema.types import same_value
from ascribe.schema.types.comparing import Relation

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
WORDS = st.text(min_size=1, max_size=12).filter(lambda s: bool(s.strip()))
COUNTS = st.tuples(st.none() | st.integers(0, 40), st.none() | st.integers(0, 40)).map(
    lambda n: (
        CountValue(*sorted(n), "range")
        if None not in n
        else CountValue(*n, "unknown" if n == (None, None) else "exact")
    )
)
VALUES: dict[str, tuple[str, st.SearchStrategy[Value]]] = {
    "date": ("incident.date", st.tuples(DAYS, DAYS).map(lambda d: DateValue(min(d), max(d), "interval"))),
    "count": ("incident.killed", COUNTS),
    "place": (
        "incident.place",
        st.builds(
            PlaceValue,
            WORDS,
            st.sampled_from(["site", "city", "region", "country", None]),
            st.sampled_from(["FR", "BE", None]),
        ),
    ),
    "actor": ("attribution.actor", st.builds(ActorValue, WORDS, st.sampled_from([None, "g1", "g2"]))),
    "person": ("incident.perpetrators", st.builds(PersonValue, WORDS, st.booleans())),
    "text": ("claim.item", WORDS.map(TextValue)),
    "code": ("person_status.status", st.sampled_from(["killed", "arrested", "charged", "at_large"]).map(CodeValue)),
}


def relation(path: str, one: Value, other: Value) -> Relation:
    kind, _, prop = path.partition(".")
    return bundled_schema()[kind][prop].compare(one, other)


@pytest.mark.parametrize("name", sorted(VALUES))
@given(data=st.data())
def test_comparing_is_the_same_from_both_sides(name: str, data: st.DataObject) -> None:
    path, values = VALUES[name]
    one, other = data.draw(values), data.draw(values)
    assert relation(path, one, one) == "same"
    assert same_value(one, one)
    told = relation(path, one, other)
    assert relation(path, other, one) == {"finer": "coarser", "coarser": "finer"}.get(told, told)


@given(DAYS, st.integers(0, 27))
def test_a_day_is_finer_than_its_month_and_year_and_never_contradicts_them(day: date, on: int) -> None:
    day = day.replace(day=1) + timedelta(days=on)
    month = DateValue(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]), "month")
    year = DateValue(date(day.year, 1, 1), date(day.year, 12, 31), "year")
    alone = DateValue(day, day)
    assert relation("incident.date", alone, month) == "finer"
    assert relation("incident.date", alone, year) == "finer"
    assert relation("incident.date", year, month) == "coarser"


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_at_least_and_unknown_contradict_nothing_that_they_allow(least: int, more: int) -> None:
    at_least = CountValue(least, None, "at_least")
    exact = CountValue(least + more, least + more)
    assert relation("incident.killed", exact, at_least) == "finer"
    assert relation("incident.killed", exact, CountValue(None, None, "unknown")) == "finer"


def place(name: str, level: str, at: tuple[float, float] | None = None, country: str | None = "FR") -> PlaceValue:
    return PlaceValue(name, level, country, *(at or (None, None)))  # type: ignore[arg-type]


PARIS, LYON, NEAR_PARIS = (48.86, 2.35), (45.76, 4.83), (48.90, 2.40)


@pytest.mark.parametrize(
    ("path", "one", "other", "expected"),
    [
        ("incident.killed", CountValue(5, 5), CountValue(7, 7), "contradictory"),
        ("incident.killed", CountValue(5, None, "at_least"), CountValue(3, 3), "contradictory"),
        ("incident.killed", CountValue(40, 40, "about"), CountValue(43, 43), "coarser"),
        ("incident.killed", CountValue(40, 40, "about"), CountValue(60, 60), "contradictory"),
        ("incident.place", place("Paris", "city", PARIS), place("France", "country"), "finer"),
        ("incident.place", place("Paris", "city", PARIS), place("Ile", "region"), "finer"),
        ("incident.place", place("The hall", "site", NEAR_PARIS), place("Paris", "city", PARIS), "finer"),
        ("incident.place", place("Paris", "city", PARIS), place("Lyon", "city", LYON), "contradictory"),
        ("incident.place", place("Paris", "city", PARIS), place("Pantin", "city", NEAR_PARIS), "overlapping"),
        ("incident.place", place("Paris", "city", PARIS), place("Gent", "city", None, "BE"), "contradictory"),
        ("incident.place", place("A hall", "site"), place("A street", "site"), "overlapping"),
        ("incident.perpetrators", PersonValue("Jonas Vell"), PersonValue("two gunmen", named=False), "finer"),
        ("incident.perpetrators", PersonValue("Vell"), PersonValue("Jonas Vell"), "coarser"),
        ("incident.perpetrators", PersonValue("Jonas Vell"), PersonValue("Ivo Karst"), "contradictory"),
        ("attribution.actor", ActorValue("Ash Front", "a"), ActorValue("The Ashes", "a"), "same"),
        ("attribution.actor", ActorValue("the Ash Front"), ActorValue("Ash Front"), "same"),
        ("attribution.actor", ActorValue("Ash Front"), ActorValue("Reed Front"), "contradictory"),
        ("attribution.actor", ActorValue("Kommando Ash"), ActorValue("Commando Ash"), "overlapping"),
        (
            "attribution.actor",
            ActorValue("Ash Front", "ash-front"),
            ActorValue("The River Province", "ash-front-river-province"),
            "coarser",
        ),
        ("attribution.actor", ActorValue("RF"), ActorValue("Reed Front"), "overlapping"),
        ("incident.tactics", CodeValue("suicide_bombing"), CodeValue("bombing"), "finer"),
        ("incident.status", CodeValue("carried_out"), CodeValue("foiled"), "contradictory"),
        ("incident.status", CodeValue("threatened"), CodeValue("carried_out"), "overlapping"),
        ("person_status.status", CodeValue("charged"), CodeValue("arrested"), "overlapping"),
        ("person_status.status", CodeValue("killed"), CodeValue("suicide"), "contradictory"),
        ("claim.item", TextValue("a video"), TextValue("A video of two minutes"), "coarser"),
        ("claim.item", TextValue("a video"), TextValue("a letter"), "overlapping"),
    ],
)
def test_what_contradicts_and_what_is_only_more_or_less_exact(
    path: str, one: Value, other: Value, expected: Relation
) -> None:
    assert relation(path, one, other) == expected


def test_time_lets_a_toll_rise_and_a_state_end() -> None:
    killed, status = bundled_schema()["incident"]["killed"], bundled_schema()["person_status"]["status"]
    assert killed.revises(CountValue(8, 8), CountValue(5, 5))
    assert not killed.revises(CountValue(5, 5), CountValue(8, 8))
    assert status.revises(CodeValue("arrested"), CodeValue("at_large"))
    assert not status.revises(CodeValue("at_large"), CodeValue("arrested"))
    assert not bundled_schema()["incident"]["date"].revises(
        *(DateValue(date(2020, 1, d), date(2020, 1, d)) for d in (9, 1))
    )


def test_a_project_can_ask_for_another_rule_and_only_for_one_that_can_work() -> None:
    schema = bundled_schema().with_picks({"incident.killed": "lowest", "incident.place": "majority"})
    assert (schema["incident"]["killed"].pick, schema["incident"]["place"].pick) == ("lowest", "majority")
    assert schema["incident"]["date"].pick == "first"
    for path, rule, words in (
        ("incident.killd", "lowest", "there is no property 'incident.killd'"),
        ("incident.killed", "loudest", "is one of first, latest"),
        ("incident.place", "lowest", "needs a count or a date"),
        ("incident.tactics", "majority", "all of which are shown"),
    ):
        with pytest.raises(SchemaError, match=words):
            bundled_schema().with_picks({path: rule})
