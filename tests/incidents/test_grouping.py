"""Accounts are joined only where nothing keeps them apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import STORIES, reading_of
from telling import TOWNS, a_document, an_incident, said, told

from ascribe.incidents import group
from ascribe.model import CodeValue, DateValue, PersonValue, PlaceValue, Told

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel."


def sizes(found: dict[str, list[Told]]) -> list[int]:
    return sorted(len(members) for members in found.values())


def test_two_documents_on_one_attack_are_one_incident() -> None:
    other = "In Port Amsel a bomb went off on 2021-03-04; it killed 6 people, officials said."
    found = group(reading_of(BOMB) + reading_of(other))
    assert sizes(found) == [2]


def test_another_day_or_town_or_tactic_keeps_accounts_apart() -> None:
    for other in (
        "On 2021-03-05 a bomb killed 5 people in Port Amsel.",
        "On 2021-03-04 a bomb killed 5 people in Dar Qasim.",
        "On 2021-03-04 a knife attack killed 5 people in Port Amsel.",
    ):
        assert sizes(group(reading_of(BOMB) + reading_of(other))) == [1, 1], other


def test_a_town_next_door_counts_as_the_same_town() -> None:
    assert sizes(group(reading_of(BOMB) + reading_of(BOMB.replace("Port Amsel", "Amsel-le-Port")))) == [2]


def test_a_region_and_a_day_are_too_little_to_join_accounts() -> None:
    upper = BOMB.replace("Port Amsel", "Upper Lenn")
    for other in (upper.replace("killed 5", "killed 50"), upper.replace("2021-03-04", "2021-03-06")):
        assert sizes(group(reading_of(upper) + reading_of(other))) == [1, 1]


def test_accounts_without_a_day_stay_alone() -> None:
    undated = "A bomb killed 5 people in Port Amsel."
    assert sizes(group(reading_of(undated) + reading_of(undated + " It was night."))) == [1, 1]


def test_an_interval_joins_a_day_inside_it_if_it_is_short() -> None:
    def dated(first: int, last: int) -> list[Told]:
        document = a_document(f"A bomb in Port Amsel between {first} and {last} March 2021.")
        when = DateValue(date(2021, 3, first), date(2021, 3, last), "days")
        place = said(document, "place", TOWNS["Port Amsel"], "Port Amsel")
        return told(document, an_incident(document, said(document, "date", when, "March 2021"), place))

    assert sizes(group(dated(4, 4) + dated(3, 5))) == [2]
    assert sizes(group(dated(4, 4) + dated(2, 5))) == [1, 1]


def test_different_named_perpetrators_keep_accounts_apart() -> None:
    one = reading_of(BOMB + " Jonas Vell was arrested.")
    other = reading_of(BOMB + " Tomas Orrin was arrested.")
    assert sizes(group(one + other)) == [1, 1]
    assert sizes(group(one + reading_of(BOMB + " Later Jonas Vell was arrested."))) == [2]


def test_a_foiled_plot_is_not_an_attack_that_was_carried_out() -> None:
    document = a_document("Police stopped a bomb plot in Port Amsel on 2021-03-04.")
    foiled = told(
        document,
        an_incident(
            document,
            said(document, "status", CodeValue("foiled"), "stopped"),
            said(document, "date", DateValue(date(2021, 3, 4), date(2021, 3, 4)), "2021-03-04"),
            said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        ),
    )
    assert sizes(group(reading_of(BOMB) + foiled)) == [1, 1]


def test_linking_is_complete_and_never_chains() -> None:
    def at(latitude: float, name: str) -> list[Told]:
        document = a_document(f"A bomb in {name}.", name)
        day = DateValue(date(2021, 3, 4), date(2021, 3, 4))
        place = said(document, "place", PlaceValue(name, "city", "FR", latitude, 2.0), name)
        tactic = said(document, "tactics", CodeValue("bombing"), "bomb")
        return told(document, an_incident(document, said(document, "date", day, "bomb"), place, tactic))

    # 13 km from one to the next, 53 km from the first to the last
    towns = [at(48.0 + 0.12 * n, name) for n, name in enumerate(("Ober", "Mitt", "Nied", "Tief", "Grund"))]
    found = group(t for town in towns for t in town)
    assert max(sizes(found)) > 1
    for members in found.values():
        names = {m.document.name for m in members}
        assert not {"Ober", "Grund"} <= names


def test_two_attacks_in_one_document_stay_two_even_if_another_document_tells_one() -> None:
    twice = reading_of(BOMB + "\nOn 2021-03-04 another bomb killed 5 people in Port Amsel.")
    assert len(twice) == 2
    found = group(twice + reading_of("On 2021-03-04 a bomb killed 5 people in the port of Port Amsel."))
    assert sizes(found) == [1, 1, 1]


def test_a_better_match_settles_which_of_two_attacks_is_meant() -> None:
    twice = reading_of(BOMB + "\nOn 2021-03-04 a bomb killed 40 people in Port Amsel.")
    found = group(twice + reading_of("In Port Amsel a bomb on 2021-03-04 killed 40 people."))
    joined = next(members for members in found.values() if len(members) == 2)
    assert all("40" in m.account.anchor.quote for m in joined)


def test_a_reprint_follows_its_original_even_where_its_own_date_went_astray() -> None:
    original = reading_of("A bomb killed 5 people in Upper Lenn.", "wire.txt", "2021-03-05")
    copy = reading_of(
        "From our wires\nA bomb killed 5 people in Upper Lenn.", "paper.txt", "2021-03-09", original[0].document.id
    )
    found = group(copy + original)
    assert sizes(found) == [2]
    assert next(iter(found.values()))[0].document.name == "wire.txt"


def test_a_reprint_whose_original_is_gone_stands_for_itself() -> None:
    assert sizes(group(reading_of(BOMB, near_copy_of="0" * 64))) == [1]


def test_reprints_of_each_other_do_not_loop() -> None:
    one, other = reading_of(BOMB, "a"), reading_of(BOMB + " Night.", "b")
    circle = [replace(one[0], document=replace(one[0].document, near_copy_of=other[0].document.id))]
    circle += [replace(other[0], document=replace(other[0].document, near_copy_of=one[0].document.id))]
    assert sizes(group(circle)) == [2]


def test_the_id_tells_place_and_day() -> None:
    assert next(iter(group(reading_of(BOMB)))).startswith("port-amsel-2021-03-04-")


def test_the_id_stays_when_a_later_document_joins() -> None:
    first = reading_of(BOMB, "a.txt", "2021-03-05")
    later = reading_of(BOMB + " More is known now.", "b.txt", "2021-03-07")
    assert list(group(first)) == list(group(later + first))


def test_two_readings_of_one_anchor_get_two_ids() -> None:
    one = reading_of(BOMB)[0]
    other = replace(one, reading=replace(one.reading, version="2"))
    assert sizes(group([one, other])) == [1, 1]


def test_people_named_in_one_account_only_are_no_conflict() -> None:
    document = a_document("A bomb in Port Amsel on 2021-03-04, set by two gunmen.")
    described = told(
        document,
        an_incident(
            document,
            said(document, "date", DateValue(date(2021, 3, 4), date(2021, 3, 4)), "2021-03-04"),
            said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
            said(document, "perpetrators", PersonValue("two gunmen", named=False), "two gunmen"),
        ),
    )
    assert sizes(group(described + reading_of(BOMB + " Jonas Vell was arrested."))) == [2]


@settings(max_examples=80, deadline=None)
@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(stories: list[str], random) -> None:  # type: ignore[no-untyped-def]
    accounts = [t for i, story in enumerate(stories) for t in reading_of(story, f"{i}.txt", f"2021-03-1{i}")]
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert group(shuffled) == group(accounts)


@settings(max_examples=80, deadline=None)
@given(STORIES)
def test_every_account_lands_in_one_incident_and_no_document_twice(stories: list[str]) -> None:
    accounts = [t for i, story in enumerate(stories) for t in reading_of(story, f"{i}.txt")]
    found = group(accounts)
    assert sum(len(members) for members in found.values()) == len(accounts)
    for members in found.values():
        assert len({m.document.id for m in members}) == len(members)
