"""Marks of groups become views: who holds them, from when to when, and what is given for and against."""

from __future__ import annotations

from marking_by_hand import accounts, of, told

from ascribe.model import Account

BOMB = "In [November 2020|date] a [bomb|event:bombing] hit a market in Port Amsel. "


def views(rest: str) -> list[Account]:
    return of(accounts(BOMB + rest), "attribution")


REVISED = (
    "There was some initial suspicion that the [Ash Front|group:suspected] was involved; "
    "the national government has since pointed to the [Reed Front|group:suspected]."
)


def test_a_first_suspicion_begins_with_the_act_and_ends_before_the_publication() -> None:
    first, _ = views(REVISED)

    assert told(first, "actor") == ["Ash Front"]
    assert told(first, "since") == ["2020-11-01..2020-11-30"]
    assert told(first, "until") == ["2020-11-01..2021-06-30"]
    assert told(first, "holder") == []
    assert {s.origin for p in ("since", "until") for s in first.values(p)} == {"inferred"}


def test_what_took_its_place_has_its_holder_and_came_up_since() -> None:
    _, second = views(REVISED)

    assert told(second, "actor") == ["Reed Front"]
    assert told(second, "holder") == ["the national government"]
    assert told(second, "since") == ["2020-11-01..2021-06-30"]
    assert told(second, "until") == []


def test_a_cleared_group_keeps_the_view_of_whoever_blamed_it_and_its_clearing() -> None:
    held, cleared = views("The police at first blamed the [Ash Front|group:denied], wrongly.")

    assert told(held, "holder") == ["The police"]
    assert [s.stance for s in held.values("actor")] == ["suspected"]
    assert told(held, "until")
    assert [s.stance for s in cleared.values("actor")] == ["denied"]


def test_two_holders_of_one_view_are_two_views_and_one_group() -> None:
    found = views(
        "The police suspect the [Ash Front|group:suspected]. The mayor blamed the [Ash Front|group:suspected]."
    )

    assert [told(v, "holder") for v in found] == [["The police"], ["The mayor"]]


def test_the_day_on_which_a_group_was_named_is_the_day_from_which_on_it_is_held() -> None:
    (view,) = views("On 3 December 2020 the interior ministry blamed the [Ash Front|group:suspected].")

    assert told(view, "since") == ["2020-12-03..2020-12-03"]


def test_a_day_before_the_act_is_no_day_of_blaming_it() -> None:
    (view,) = views("Since 2 May 2019 the interior ministry blamed the [Ash Front|group:suspected] for everything.")

    assert told(view, "since") == []


def test_what_was_denied_or_claimed_at_first_is_no_first_view() -> None:
    for words in (
        "The [Ash Front|group:suspected] at first denied it.",
        "It was at first claimed by the [Ash Front|group:claimed_only].",
    ):
        (view,) = views(words)
        assert told(view, "since") == []


def test_evidence_for_and_against_stands_with_the_group_it_speaks_of() -> None:
    found = views(
        "The bomb bore the hallmarks of the [Ash Front|group:suspected]. "
        "There is no evidence linking the [Reed Front|group:suspected] to it."
    )
    assert told(found[0], "supporting") == ["bore the hallmarks of the Ash Front"]
    assert told(found[0], "opposing") == []
    assert told(found[1], "opposing") == ["no evidence linking the Reed Front to it"]
    assert told(found[1], "supporting") == []


def test_the_involvement_goes_with_the_group_of_its_sentence() -> None:
    found = views(
        "Some blame the [Ash Front|group:suspected]. He was [sent by|involvement:directed] the [Reed Front|group]."
    )
    assert [told(v, "involvement") for v in found] == [[], ["directed"]]


def test_a_group_that_nobody_comments_on_has_no_times_and_no_holder() -> None:
    (view,) = views("The [Ash Front|group] did it.")

    assert [s.property for s in view.statements] == ["actor"]
