"""Attacks that resemble each other stay apart, and what tells of one attack comes together."""

from __future__ import annotations

from datetime import date

from stories import parts_of, reading_of
from telling import TOWNS, a_document, an_incident, said, told

from ascribe.incidents import AccountRef, Constraint, group
from ascribe.model import CodeValue, CountValue, DateValue, PersonValue, PlaceValue, Told, Value

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel."


def account(name: str, **values: Value | tuple[Value, ...]) -> list[Told]:
    """One account in a document of its own."""
    document = a_document(f"An attack, told by {name}.", name)
    statements = [
        said(document, prop, value, "attack")
        for prop, given in values.items()
        for value in (given if isinstance(given, tuple) else (given,))
    ]
    return told(document, an_incident(document, *statements))


def day(words: str) -> DateValue:
    return DateValue(date.fromisoformat(words), date.fromisoformat(words))


MARCH = DateValue(date(2021, 3, 1), date(2021, 3, 31), "month")
HERE, THERE = TOWNS["Port Amsel"], TOWNS["Dar Qasim"]
BOMBING = CodeValue("bombing")


def together(*accounts: list[Told]) -> list[list[str]]:
    found = group(t for told in accounts for t in told)
    return sorted(sorted(t.document.name for t in members) for members in found.values())


def test_two_attacks_in_one_town_in_a_week_stay_apart() -> None:
    first = [account(n, place=HERE, date=day("2021-03-02"), tactics=BOMBING, killed=CountValue(4, 4)) for n in "ab"]
    second = [account(n, place=HERE, date=day("2021-03-06"), tactics=BOMBING, killed=CountValue(4, 4)) for n in "cd"]
    assert together(*first, *second) == [["a", "b"], ["c", "d"]]


def test_attacks_on_two_days_running_stay_apart() -> None:
    one = account("a", place=HERE, date=day("2021-03-02"), tactics=BOMBING)
    assert together(one, account("b", place=HERE, date=day("2021-03-03"), tactics=BOMBING)) == [["a"], ["b"]]


def test_two_bombings_on_one_day_that_one_document_tells_apart_stay_apart() -> None:
    twice = reading_of(f"{BOMB}\nOn 2021-03-04 a bomb killed 40 people in Port Amsel.", "both.txt")
    small = reading_of("In Port Amsel 5 people died: a bomb on 2021-03-04 killed 5 of them.", "small.txt")
    large = reading_of("A bomb on 2021-03-04 killed 40 people in Port Amsel, police said.", "large.txt")
    found = group([*twice, *small, *large])
    assert sorted(len(members) for members in found.values()) == [2, 2]
    for members in found.values():
        assert len({"40" in t.account.anchor.quote for t in members}) == 1


def test_a_third_telling_does_not_join_what_one_document_tells_apart() -> None:
    twice = reading_of(f"{BOMB}\nOn 2021-03-04 another bomb killed 5 people in Port Amsel.")
    found = group([*twice, *reading_of(BOMB, "b.txt"), *reading_of(BOMB + " It was night.", "c.txt")])
    for members in found.values():
        assert len({t.document.id for t in members}) == len(members)


def test_one_name_in_two_cities_is_two_attacks() -> None:
    who = PersonValue("Jonas Vell")
    here = account("a", place=HERE, date=day("2021-03-04"), tactics=BOMBING, perpetrators=who)
    there = account("b", place=THERE, date=day("2021-03-04"), tactics=BOMBING, perpetrators=who)
    assert together(here, there) == [["a"], ["b"]]


def test_two_towns_of_one_name_in_two_countries_are_two_places() -> None:
    when = day("2021-03-04")
    one = account("a", place=PlaceValue("Kirkby", "city", "GB", 53.5, -2.9), date=when, tactics=BOMBING)
    other = account("b", place=PlaceValue("Kirkby", "city", "CA", 45.0, -75.0), date=when, tactics=BOMBING)
    assert together(one, other) == [["a"], ["b"]]


def test_spellings_of_one_town_that_no_map_knows_come_together() -> None:
    when, toll = day("2020-08-07"), CountValue(19, 19)
    one = account("a", place=PlaceValue("Mbau", None, "CD"), date=when, tactics=BOMBING, killed=toll)
    other = account("b", place=PlaceValue("Mbao", None, "CD"), date=when, tactics=BOMBING, killed=toll)
    assert together(one, other) == [["a", "b"]]


def test_a_vague_account_joins_the_only_attack_that_fits() -> None:
    known = account("a", place=HERE, date=day("2021-03-02"), tactics=BOMBING, killed=CountValue(12, 12))
    vague = account("v", place=HERE, date=MARCH, tactics=BOMBING, killed=CountValue(12, 12))
    assert together(known, vague) == [["a", "v"]]


def test_a_vague_account_that_fits_two_attacks_joins_neither() -> None:
    one = account("a", place=HERE, date=day("2021-03-02"), tactics=BOMBING)
    other = account("b", place=HERE, date=day("2021-03-09"), tactics=BOMBING)
    vague = account("v", place=HERE, date=MARCH, tactics=BOMBING)
    assert together(one, other, vague) == [["a"], ["b"], ["v"]]


def test_a_person_is_above_the_machine() -> None:
    one, other = (account(n, place=HERE, date=day("2021-03-02"), tactics=BOMBING)[0] for n in "ab")
    far = account("c", place=THERE, date=day("2021-05-02"), tactics=BOMBING)[0]
    refs = {t.document.name: AccountRef.of(t) for t in (one, other, far)}
    apart = Constraint(refs["a"], refs["b"], same=False, decided="2024-01-01")
    joined = Constraint(refs["b"], refs["c"], same=True, decided="2024-01-02")
    found = group([one, other, far], [joined, apart])
    assert parts_of(found) == {frozenset({refs["a"]}), frozenset({refs["b"], refs["c"]})}


def test_of_contradictory_decisions_the_later_wins_also_by_way_of_others() -> None:
    told_by = [account(n, place=HERE, date=day(f"2021-03-0{i}"), tactics=BOMBING)[0] for i, n in enumerate("abc", 1)]
    a, b, c = map(AccountRef.of, told_by)
    chain = [Constraint(a, b, same=True, decided="1"), Constraint(b, c, same=True, decided="2")]
    assert len(group(told_by, [*chain, Constraint(a, c, same=False, decided="0")])) == 1
    assert parts_of(group(told_by, [*chain, Constraint(a, c, same=False, decided="3")])) == {
        frozenset({a}),
        frozenset({b, c}),
    }


def test_two_accounts_of_one_document_can_be_joined_by_a_person_only() -> None:
    twice = reading_of(f"{BOMB}\n{BOMB} It was night.")
    one, other = map(AccountRef.of, twice)
    assert len(group(twice)) == 2
    assert len(group(twice, [Constraint(one, other, same=True)])) == 1
