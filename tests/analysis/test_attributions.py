"""Views on who is responsible: who holds them, from when to when, and what answers differ by the day asked for."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime

from claiming import ASH, REED, Story, day, incident
from hypothesis import given
from hypothesis import strategies as st

from ascribe.analysis.attributions import State, as_of, views
from ascribe.analysis.hypotheses import WEIGHTS, grid
from ascribe.incidents.judging import statement_anchor
from ascribe.model import ActorValue, CodeValue, DateValue, Incident, Judgement, Signature, Weighing, Weight

ACT = day("2022-11-01", "2022-11-30")
TEXT = (
    "Bombing in November. At first the Ash Front was suspected; the government has since pointed to the Reed Front. "
    "Its handlers guided him. The fuse was of its make. No pledge was found."
)


def revised() -> Incident:
    """An initial suspicion that the same text says was replaced."""
    story = Story(TEXT, ACT, "2023-11-30")
    story.add(
        "attribution",
        story.state("actor", ASH, "the Ash Front", stance="suspected"),
        story.state("since", ACT, "At first"),
        story.state("until", day("2022-11-01", "2023-11-30"), "has since pointed to the Reed Front"),
    )
    story.add(
        "attribution",
        story.state("actor", REED, "the Reed Front", stance="suspected"),
        story.state("holder", "the government", "the government"),
        story.state("since", day("2022-11-01", "2023-11-30"), "has since"),
        story.state("involvement", CodeValue("guided"), "Its handlers guided him"),
        story.state("supporting", "The fuse was of its make", "The fuse was of its make"),
    )
    return incident(story)


def held(of: Incident, on: str | None) -> list[tuple[str, State]]:
    day_asked = date.fromisoformat(on) if on else None
    return [(v.actor.name if v.actor else "", s) for v, s in as_of(views(of), day_asked) if s != "not_yet"]


def test_the_first_suspicion_is_held_just_after_the_act_and_given_up_when_the_text_was_published() -> None:
    one = revised()

    assert held(one, "2022-10-31") == []
    assert held(one, "2022-11-20")[0] == ("Ash Front", "held")
    assert ("Reed Front", "held") not in held(one, "2022-11-20")
    assert held(one, "2023-11-30") == [("Ash Front", "given_up"), ("Reed Front", "held")]
    assert held(one, None) == [("Ash Front", "given_up"), ("Reed Front", "held")]


def test_what_was_given_up_says_what_took_its_place_and_keeps_its_words() -> None:
    first, second = views(revised())

    assert first.superseded_by == REED
    assert first.said[0].words == "the Ash Front"
    assert (second.holder, second.involvement_code) == ("the government", "guided")
    assert second.involvement[0].words == "Its handlers guided him"
    assert [s.words for s in second.supporting] == ["The fuse was of its make"]


def test_without_a_word_on_when_a_view_counts_from_the_publication_on() -> None:
    story = Story("Fire. Police suspect the Ash Front.", day("2021-01-01"), "2021-02-03")
    story.add("attribution", story.state("actor", ASH, "the Ash Front", stance="suspected"))
    one = incident(story)

    assert held(one, "2021-02-02") == []
    assert held(one, "2021-02-03") == [("Ash Front", "held")]
    assert not views(one)[0].since_stated


def test_the_same_holder_naming_another_actor_later_gives_up_the_first_view() -> None:
    def told(published: str, actor: ActorValue, holder: str) -> Story:
        story = Story(f"Fire. Police suspect the {actor.name}, as of {published}.", day("2021-01-01"), published)
        return story.add(
            "attribution",
            story.state("actor", actor, actor.name, stance="suspected"),
            story.state("holder", holder, "Police"),
        )

    one = incident(told("2021-02-03", ASH, "police"), told("2021-05-01", REED, "Police"))

    assert held(one, "2021-03-01") == [("Ash Front", "held")]
    assert held(one, "2021-06-01") == [("Ash Front", "given_up"), ("Reed Front", "held")]
    assert views(one)[0].superseded_by == REED

    apart = incident(told("2021-02-03", ASH, "police"), told("2021-05-01", REED, "the mayor"))
    assert held(apart, "2021-06-01") == [("Ash Front", "held"), ("Reed Front", "held")]


def test_one_view_of_a_named_holder_in_two_documents_is_one_from_its_first_day_on() -> None:
    def told(published: str, more: str) -> Story:
        story = Story(f"Fire. Police suspect the Ash Front.{more}", day("2021-01-01"), published)
        return story.add(
            "attribution",
            story.state("actor", ASH, "the Ash Front", stance="suspected"),
            story.state("holder", "police", "Police"),
        )

    (view,) = views(incident(told("2021-02-03", ""), told("2021-01-02", " Again.")))

    assert len(view.documents) == 2
    assert view.since is not None
    assert view.since.start == date(2021, 1, 2)


def test_evidence_is_weighed_for_the_actor_it_names_alone_and_silence_is_no_denial() -> None:
    story = Story(TEXT, ACT, "2023-11-30").claim("pointed to", ASH, doubt="No pledge was found")
    story.add("claim", story.state("form", CodeValue("confession"), "guided him"), story.state("by", REED, "Reed"))
    story.add("claim", story.state("status", CodeValue("not_claimed"), "No pledge"), story.state("by", REED, "Reed"))
    story.add(
        "attribution",
        story.state("actor", REED, "the Reed Front", stance="suspected"),
        story.state("supporting", "The fuse was of its make", "The fuse was of its make"),
        story.state("opposing", "No pledge was found", "No pledge was found"),
    )
    table = grid(incident(story))
    weights = {(row.what, a.name): c.weight for row in table.rows for a, c in zip(table.actors, row.cells, strict=True)}

    assert {a.name for a in table.actors} == {"Ash Front", "Reed Front"}
    assert weights[("claimed", "Ash Front")] == "consistent"
    assert weights[("claimed", "Reed Front")] == "neutral"
    assert weights[("doubted", "Ash Front")] == "inconsistent"
    assert weights[("confessed", "Reed Front")] == "consistent"
    assert weights[("not_claimed", "Reed Front")] == "neutral"
    assert weights[("supporting", "Reed Front")] == "consistent"
    assert weights[("opposing", "Reed Front")] == "inconsistent"


def weighed(of: Incident, what: str, actor: ActorValue, weight: Weight, *, withdrawn: bool = False) -> Judgement:
    """A person's judgement of a row."""
    row = next(r for r in grid(of).rows if r.what == what)
    anchor = statement_anchor(row.said.reading, row.said.account, row.said.statement)
    subject = Weighing(anchor.account, anchor.property, anchor.value, anchor.evidence, actor)
    signed = Signature("A. Reader", datetime(2024, 1, 1, tzinfo=UTC), "a common make")
    return Judgement(f"{weight}-{actor.name}", weight, subject, signed, None, signed if withdrawn else None)


def weights(of: Incident, *judgements: Judgement) -> dict[tuple[str, str], str]:
    table = grid(of, judgements)
    return {(r.what, a.name): c.weight for r in table.rows for a, c in zip(table.actors, r.cells, strict=True)}


def test_a_persons_cell_outranks_the_rule_and_changes_no_other() -> None:
    one = revised()
    before, after = weights(one), weights(one, weighed(one, "supporting", REED, "neutral"))

    assert before[("supporting", "Reed Front")] == "consistent"
    assert after == {**before, ("supporting", "Reed Front"): "neutral"}


def test_the_last_of_several_cells_counts_and_a_withdrawn_one_does_not() -> None:
    one = revised()
    first, last = weighed(one, "supporting", ASH, "inconsistent"), weighed(one, "supporting", ASH, "consistent")

    assert weights(one, first, last)[("supporting", "Ash Front")] == "consistent"
    gone = weighed(one, "supporting", ASH, "inconsistent", withdrawn=True)
    assert weights(one, gone) == weights(one)


def test_a_cell_finds_its_row_again_in_another_reading_of_the_same_words() -> None:
    one = revised()
    cell = weighed(one, "supporting", REED, "neutral")
    told = one.accounts[0]
    later = Incident("one", (replace(told, reading=replace(told.reading, version="2")),))

    assert weights(later, cell)[("supporting", "Reed Front")] == "neutral"


VIEWS = st.lists(
    st.tuples(
        st.sampled_from([ASH, REED]),
        st.sampled_from(["asserted", "suspected", "denied", "claimed_only"]),
        st.sampled_from(["", "police", "the mayor"]),
        st.sampled_from([None, "2021-01-01", "2021-03-01"]),
        st.sampled_from([None, "2021-04-01"]),
    ),
    max_size=4,
)


def _story(number: int, told: list[tuple[ActorValue, str, str, str | None, str | None]]) -> Story:
    story = Story(f"Fire number {number}. They did it.", day("2021-01-01"), f"2021-02-0{number + 1}")
    for actor, stance, holder, since, until in told:
        parts = [story.state("actor", actor, "They", stance=stance)]
        parts += [story.state("holder", holder, "They did")] if holder else []
        parts += [story.state("since", day(since), "did it")] if since else []
        parts += [story.state("until", day(until), "it")] if until else []
        story.add("attribution", *parts)
    return story


@given(st.lists(VIEWS, min_size=1, max_size=4), st.randoms())
def test_views_only_come_up_and_end_and_their_order_of_arrival_changes_nothing(
    told: list[list[tuple[ActorValue, str, str, str | None, str | None]]], chance: random.Random
) -> None:
    stories = [_story(n, one) for n, one in enumerate(told)]
    found = views(incident(*stories))
    chance.shuffle(stories)
    assert [(v.actor, v.holder, v.since, v.until) for v in views(incident(*stories))] == [
        (v.actor, v.holder, v.since, v.until) for v in found
    ]
    order = ("not_yet", "perhaps", "held", "given_up")
    for view in found:
        states = [order.index(view.state(date(2021, month, 15))) for month in range(1, 13)]
        assert states == sorted(states)
    table = grid(incident(*stories))
    assert all(c.weight in WEIGHTS for r in table.rows for c in r.cells)
    assert len({r.id for r in table.rows}) == len(table.rows)


def test_an_open_date_is_no_error() -> None:
    story = Story("Fire. They did it.", None, None)
    story.add(
        "attribution", story.state("actor", ASH, "They"), story.state("since", DateValue(date(2021, 1, 1), None), "did")
    )
    assert held(incident(story), None) == [("Ash Front", "held")]
