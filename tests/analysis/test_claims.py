"""The life cycle of claims: what was claimed when, what repeats it, and what speaks against it."""

from __future__ import annotations

import random

import pytest
from claiming import ASH, REED, Story, day, incident
from hypothesis import given
from hypothesis import strategies as st

from ascribe.analysis.claims import life_cycle
from ascribe.analysis.lag import WITHIN_HOURS, Lag, lag
from ascribe.model import CodeValue, DateValue, TextValue

ACT = day("2021-03-04")
BOMB = "Bomb on Thursday. The Ash Front said it was theirs. A paper reprinted it. Police doubted it. It was taken back."


def test_a_claim_has_its_outlet_its_day_and_its_lag() -> None:
    story = Story(BOMB, ACT).claim("said it was theirs", ASH, when=day("2021-03-05"), outlets="Ember Radio")
    cycle = life_cycle(incident(story))

    assert cycle.status == "claimed"
    assert cycle.first is not None
    assert cycle.first.claimants == (ASH,)
    assert cycle.first.first.outlets == ("Ember Radio",)
    assert cycle.first.first.lag == Lag(1, 1)


def test_an_item_that_repeats_a_claim_is_a_copy_and_no_second_claim() -> None:
    story = Story(BOMB, ACT).claim("said it was theirs", ASH, when=day("2021-03-05"), outlets="Ember Radio")
    story.claim("A paper reprinted it", ASH, when=day("2021-03-07"), outlets="The Ember", copy_of="the radio's word")
    cycle = life_cycle(incident(story))

    assert [e.step for e in cycle.events] == ["claimed", "repeated"]
    (claim,) = cycle.claims
    assert claim.first.when == day("2021-03-05")
    assert [c.copy_of for c in claim.copies] == [("the radio's word",)]
    assert claim.copies[0].lag == Lag(3, 3)
    assert cycle.competing == ()


def test_a_repeat_told_by_its_form_alone_is_a_copy_too() -> None:
    story = Story(BOMB, ACT).claim("said it was theirs", ASH)
    form = story.state("form", CodeValue("repeat"), "reprinted it")
    story.add("claim", form, story.state("status", CodeValue("claimed"), "reprinted it"), story.state("by", ASH, "Ash"))

    assert [len(c.copies) for c in life_cycle(incident(story)).claims] == [1]


def test_what_two_documents_report_of_one_claim_is_one_claim_told_twice() -> None:
    one = Story(BOMB, ACT, "2021-03-05").claim("said it was theirs", ASH)
    other = Story(BOMB + " So it is told.", ACT, "2021-03-06").claim(
        "said it was theirs", ASH, when=day("2021-03-05"), outlets="Ember Radio"
    )
    (event,) = life_cycle(incident(one, other)).events

    assert len(event.documents) == 2
    assert event.when == day("2021-03-05")
    assert event.known == day("2021-03-05")


def test_a_reprint_tells_nothing_again() -> None:
    one = Story(BOMB, ACT, "2021-03-05").claim("said it was theirs", ASH)
    copy = Story(BOMB + " (agency)", ACT, "2021-03-05", copy_of=one.document.id).claim("said it was theirs", ASH)
    (event,) = life_cycle(incident(one, copy)).events

    assert event.documents == (one.document.id,)


def test_claims_of_two_actors_stand_beside_each_other() -> None:
    story = Story(BOMB, ACT).claim("said it was theirs", ASH).claim("reprinted it", REED)

    assert [c.claimants for c in life_cycle(incident(story)).competing] == [(ASH,), (REED,)]


def test_a_joint_claim_is_one_claim() -> None:
    cycle = life_cycle(incident(Story(BOMB, ACT).claim("said it was theirs", ASH, REED)))

    assert [c.claimants for c in cycle.claims] == [(ASH, REED)]
    assert cycle.competing == ()


def test_a_doubted_claim_is_still_a_claim() -> None:
    story = Story(BOMB, ACT).claim("said it was theirs", ASH, doubt="Police doubted it")
    cycle = life_cycle(incident(story))

    assert cycle.status == "claimed"
    assert cycle.doubted
    assert [e.step for e in cycle.claims[0].doubts] == ["doubted"]


def test_a_claim_that_was_taken_back_no_longer_stands() -> None:
    story = Story(BOMB, ACT)
    story.add(
        "claim",
        story.state("status", CodeValue("claimed"), "said it was theirs"),
        story.state("by", ASH, "Ash Front"),
        story.state("withdrawn", day("2021-03-09"), "It was taken back"),
    )
    cycle = life_cycle(incident(story))

    assert cycle.status == "withdrawn"
    assert [(e.step, e.when) for e in cycle.events] == [("claimed", None), ("withdrawn", day("2021-03-09"))]


@pytest.mark.parametrize("form", ["pledge", "confession", "message"])
def test_a_perpetrators_own_word_is_no_claim_by_an_organisation(form: str) -> None:
    story = Story("Stabbing. He confessed for the Ash Front; the Ash Front has not claimed it.", ACT, "2021-03-06")
    story.add(
        "claim", story.state("form", CodeValue(form), "confessed"), story.state("on_behalf_of", ASH, "the Ash Front")
    )
    story.add(
        "claim",
        story.state("status", CodeValue("not_claimed"), "has not claimed it"),
        story.state("by", ASH, "the Ash Front", stance="denied"),
    )
    cycle = life_cycle(incident(story))

    assert cycle.status == "not_claimed"
    assert cycle.claims == ()
    assert {e.step for e in cycle.events} == {
        "not_claimed",
        {"pledge": "pledged", "confession": "confessed", "message": "message"}[form],
    }
    assert all(e.actors == (ASH,) for e in cycle.events)


def test_a_denial_and_praise_are_no_claims() -> None:
    story = Story("Fire. The Ash Front denied it. The Reed Front praised it.", ACT)
    for status, words, actor in (("denied", "denied it", ASH), ("praised", "praised it", REED)):
        story.add("claim", story.state("status", CodeValue(status), words), story.state("by", actor, words))
    cycle = life_cycle(incident(story))

    assert cycle.status == "not_stated"
    assert {e.step for e in cycle.events} == {"denied", "praised"}


def test_nothing_said_is_not_stated() -> None:
    cycle = life_cycle(incident(Story(BOMB, ACT)))

    assert (cycle.status, cycle.events, cycle.claims) == ("not_stated", (), ())


def test_a_claim_after_a_first_word_of_none_stands() -> None:
    early = Story("Bomb. Nobody claimed it.", ACT, "2021-03-04")
    early.add("claim", early.state("status", CodeValue("not_claimed"), "Nobody claimed it"))
    late = Story(BOMB, ACT, "2021-03-07").claim("said it was theirs", ASH)
    cycle = life_cycle(incident(late, early))

    assert cycle.status == "claimed"
    assert [e.step for e in cycle.events] == ["not_claimed", "claimed"]


days = st.dates(min_value=day("2000-01-01").start, max_value=day("2030-12-31").start)  # type: ignore[arg-type]


@st.composite
def intervals(draw: st.DrawFn) -> DateValue:
    ends = sorted((draw(days), draw(days)))
    return DateValue(ends[0], ends[1], "interval")


@given(intervals(), intervals(), st.randoms())
def test_the_lag_of_any_two_days_inside_the_intervals_lies_within_its_bounds(
    act: DateValue, claim: DateValue, chance: random.Random
) -> None:
    found = lag(act, claim)
    assert act.start
    assert act.end
    assert claim.start
    assert claim.end
    if claim.end < act.start:
        assert found is None
        return
    acted = chance.randint(act.start.toordinal(), act.end.toordinal())
    said = chance.randint(claim.start.toordinal(), claim.end.toordinal())
    assert found is not None
    assert 0 <= found.minimum <= found.maximum
    if said >= acted:
        assert found.minimum <= said - acted <= found.maximum


def test_hours_after_an_act_of_some_day_of_a_month_are_a_day_at_most() -> None:
    month = day("2017-10-01", "2017-10-31")

    assert lag(month, day("2017-10-01", "2017-11-01", WITHIN_HOURS)) == Lag(0, 1)
    assert lag(month, day("2017-10-01", "2017-10-31")) == Lag(0, 30)
    assert lag(None, day("2017-10-02")) is None


def test_a_lag_is_told_in_words() -> None:
    assert [Lag(*bounds).show() for bounds in ((0, 0), (1, 1), (3, 3), (0, 1), (2, float("inf")))] == [
        "same day",
        "1 day",
        "3 days",
        "0 to 1 days",
        "2 days or more",
    ]


STORIES = st.lists(
    st.tuples(
        st.sampled_from(["claimed", "not_claimed", "denied", "praised", "withdrawn"]),
        st.sampled_from([None, ASH, REED]),
        st.sampled_from([None, "pledge", "repeat", "statement"]),
        st.sampled_from([None, "2021-03-05", "2021-03-09"]),
    ),
    max_size=5,
)


def _story(number: int, claims: list[tuple[str, object, str | None, str | None]]) -> Story:
    story = Story(f"Bomb number {number}. It was theirs.", ACT, "2021-03-06")
    for status, actor, form, when in claims:
        parts = [story.state("status", CodeValue(status), "was theirs")]
        parts += [story.state("by", actor, "It")] if actor else []  # type: ignore[arg-type]
        parts += [story.state("form", CodeValue(form), "It was")] if form else []
        parts += [story.state("date", day(when), "theirs")] if when else []
        story.add("claim", *parts)
    return story


@given(st.lists(STORIES, min_size=1, max_size=4), st.randoms())
def test_the_order_of_the_documents_changes_nothing_and_every_event_has_words(
    told: list[list[tuple[str, object, str | None, str | None]]], chance: random.Random
) -> None:
    stories = [_story(n, claims) for n, claims in enumerate(told)]
    cycle = life_cycle(incident(*stories))
    chance.shuffle(stories)
    again = life_cycle(incident(*stories))

    assert again.events == cycle.events
    assert again.status == cycle.status
    for event in cycle.events:
        assert event.said
        for one in event.said:
            for evidence in one.statement.evidence:
                assert one.document.text[evidence.start : evidence.end] == evidence.quote
    for claim in cycle.claims:
        assert all(e.step not in ("pledged", "confessed", "message", "praised") for e in claim.events)
    assert not isinstance(cycle.first, TextValue)
