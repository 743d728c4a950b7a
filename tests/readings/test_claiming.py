"""Marks of claims become claim accounts: told apart by claimant and item, with what the words add."""

from __future__ import annotations

import pytest
from marking_by_hand import accounts, of, told

from ascribe.model import Account

BOMB = "A [bomb|event:bombing] hit a bus in Port Amsel on [4 March 2021|date]. "


def claims(rest: str) -> list[Account]:
    return of(accounts(BOMB + rest), "claim")


def only(rest: str) -> Account:
    (found,) = claims(rest)
    return found


def test_a_claim_has_status_form_claimant_outlet_and_day() -> None:
    claim = only(
        "The [Ash Front|claimby] [claimed|claim:claimed] it through [Ember Radio|outlet] on [5 March|claimdate]."
    )

    assert told(claim, "status") == ["claimed"]
    assert told(claim, "form") == ["statement"]
    assert told(claim, "by") == ["Ash Front"]
    assert told(claim, "outlets") == ["Ember Radio"]
    assert told(claim, "date") == ["2021-03-05..2021-03-05"]


def test_what_one_claimant_is_told_to_have_claimed_twice_is_one_claim() -> None:
    claim = only(
        "The [Ash Front|claimby] [claimed|claim:claimed] it. "
        "The [Ash Front|claimby] [said it was behind|claim:claimed] it."
    )
    assert len(claim.first("status").evidence) == 2  # type: ignore[union-attr]


def test_competing_claimants_have_a_claim_each() -> None:
    found = claims(
        "The [Ash Front|claimby] [claimed|claim:claimed] it by [phone call|outlet]. "
        "An hour later the [Reed Front|claimby] [claimed|claim:claimed] it too."
    )
    assert [told(c, "by") for c in found] == [["Ash Front"], ["Reed Front"]]


def test_claimants_who_claim_together_have_one_claim() -> None:
    assert told(only("The [Ash Front|claimby] and the [Reed Front|claimby] [claimed|claim:claimed] it."), "by") == [
        "Ash Front",
        "Reed Front",
    ]


def test_an_item_that_repeats_the_claim_is_a_copy_with_its_own_day() -> None:
    found = claims(
        "The [Ash Front|claimby]'s [Ember agency|outlet] [claimed|claim:claimed] it on [5 March|claimdate]. "
        "The weekly [Ash Letter|outlet] of the [Ash Front|group], published on 9 March, gave it half a page, "
        "largely a reprint of the [Ember agency|outlet] statement."
    )
    first, copy = found

    assert told(first, "outlets") == ["Ember agency"]
    assert told(first, "date") == ["2021-03-05..2021-03-05"]
    assert told(copy, "form") == ["repeat"]
    assert told(copy, "copy_of") == ["Ember agency statement"]
    assert told(copy, "outlets") == ["Ash Letter"]
    assert told(copy, "by") == ["Ash Front"]
    assert told(copy, "date") == ["2021-03-09..2021-03-09"]


def test_within_hours_is_the_day_of_the_act_or_the_next_one() -> None:
    (when,) = only("The [Ash Front|claimby] [claimed|claim:claimed] it within hours.").values("date")

    assert (when.origin, when.rule, when.evidence[0].quote) == ("inferred", "within_hours", "within hours")
    assert told(only("The [Ash Front|claimby] [claimed|claim:claimed] it within hours."), "date") == [
        "2021-03-04..2021-03-05"
    ]


def test_an_item_a_proof_and_the_claimants_own_words_are_found() -> None:
    claim = only(
        "In a letter to a newspaper the [Ash Front|claimby] [claimed|claim:claimed] it, "
        'saying that it had "struck the buses of the occupiers", and enclosed photographs of the fuse.'
    )
    assert told(claim, "item") == ["letter"]
    assert told(claim, "wording") == ["struck the buses of the occupiers"]
    assert told(claim, "proof") == ["photographs of the fuse"]
    (wording,) = claim.values("wording")
    assert wording.voice.perpetrator_side


def test_long_words_of_a_claimant_are_cut() -> None:
    long = " ".join(f"word{n}" for n in range(60))
    (wording,) = told(only(f'The [Ash Front|claimby] [claimed|claim:claimed] it: "{long}".'), "wording")
    assert len(wording.split()) == 25


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("Police doubted the call: it gave a wrong number of dead.", "doubted the call"),
        ("The claim could not be verified.", "could not be verified"),
        ("There is no evidence of its hand in it.", "no evidence of its hand in it"),
    ],
)
def test_a_doubt_stands_with_its_words(words: str, doubt: str) -> None:
    assert doubt in told(only(f"The [Ash Front|claimby] [claimed|claim:claimed] it. {words}"), "doubt")


def test_no_doubt_is_no_doubt() -> None:
    claim = only("The [Ash Front|claimby] [claimed|claim:claimed] it, and few people in the town doubted it.")
    assert told(claim, "doubt") == []


def test_a_withdrawal_stands_beside_the_claim_with_its_day() -> None:
    claim = only(
        "The [Ash Front|claimby] [claimed|claim:claimed] it on [5 March|claimdate]. On 8 March it withdrew its claim."
    )
    assert told(claim, "status") == ["withdrawn", "claimed"]
    assert told(claim, "withdrawn") == ["2021-03-08..2021-03-08"]
    assert told(claim, "date") == ["2021-03-05..2021-03-05"]


def test_a_non_claim_names_the_silent_group_as_a_denied_value() -> None:
    for words in (
        "The [Ash Front|group] itself [has not claimed|claim:not_claimed] it.",
        "It was [not claimed|claim:not_claimed] by the Islamic State.",
    ):
        claim = only(words)
        assert told(claim, "status") == ["not_claimed"]
        (by,) = claim.values("by")
        assert by.stance == "denied"
    assert [told(c, "by") for c in claims("[Nobody claimed|claim:not_claimed] it.")] == [[]]


def test_a_confession_and_a_pledge_are_accounts_of_their_own_and_claim_nothing() -> None:
    found = claims(
        "[Jonas Vell|perp] confessed that he had acted on behalf of the [Ash Front|group]. "
        "[Vell|perp] seems to have recorded a video swearing allegiance to the [Ash Front|group], "
        "which [has not claimed|claim:not_claimed] the [attack|event]."
    )
    by_form = {"".join(told(c, "form")): c for c in found}

    assert set(by_form) == {"", "pledge", "confession"}
    assert told(by_form[""], "status") == ["not_claimed"]
    assert told(by_form["confession"], "on_behalf_of") == ["Ash Front"]
    assert told(by_form["pledge"], "on_behalf_of") == ["Ash Front"]
    assert [s.stance for s in by_form["pledge"].values("form")] == ["suspected"]
    assert not told(by_form["pledge"], "status")
    assert not told(by_form["confession"], "by")


@pytest.mark.parametrize(
    "words",
    [
        "The [Ash Front|group:suspected], which pledged allegiance to the Reed Front in 2019, is active there.",
        "[Jonas Vell|perp] has not confessed.",
        "[Jonas Vell|perp] denied having confessed.",
    ],
)
def test_what_a_group_swore_and_what_nobody_confessed_is_no_account(words: str) -> None:
    assert claims(words) == []


def test_a_denial_and_praise_by_a_group_are_told_with_its_name() -> None:
    found = claims("The [Ash Front|group:suspected] denied it. The [Reed Front|group] hailed the attack.")

    assert [(told(c, "status"), told(c, "by")) for c in found] == [
        (["praised"], ["Reed Front"]),
        (["denied"], ["Ash Front"]),
    ]


def test_words_belong_to_the_incident_whose_marks_stand_nearest() -> None:
    found = accounts(
        "On [4 March 2021|date] a [bomb|event:bombing] hit [Port Amsel|place] and the [Ash Front|claimby] "
        "[claimed|claim:claimed] it in a letter, while the [stabbing|2event:stabbing] in [Dar Qasim|2place] was "
        "[claimed|2claim:claimed] by the [Reed Front|2claimby] in a video."
    )
    assert [(a.about, told(a, "item")) for a in of(found, "claim")] == [("i1", ["letter"]), ("i2", ["video"])]
