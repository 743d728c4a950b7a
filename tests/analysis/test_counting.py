"""Counting statements checked against incidents: what is consistent, what is not, and what nobody can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import a_document, about, an_incident, said, told

from ascribe.analysis.counting import Answer, Facts, check, facts
from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    Incident,
    PlaceValue,
    Voice,
)
from ascribe.readings.counted import counting_statements
from ascribe.registers.regions import region_register

FRONT = ActorValue("ETA", "eta")
PUBLISHED = date(2023, 11, 30)
PLACES = {"FR": PlaceValue("Lyon", "city", "FR"), "BE": PlaceValue("Ghent", "city", "BE")}


def an_act(
    name: str,
    day: str,
    country: str = "FR",
    *,
    killed: int | None = 2,
    claim: str | None = None,
    stance: str = "asserted",
    status: str = "carried_out",
    document: Document | None = None,
) -> Incident:
    """An incident of the group, told by one document of its own or by the one given."""
    document = document or a_document(f"{name}: something happened there on {day}.", published="2023-11-15")
    words = document.text[:10]
    when = date.fromisoformat(day)

    def stated(prop: str, value: object, **more: object):
        return said(document, prop, value, words, **more)  # type: ignore[arg-type]

    statements = [
        stated("status", CodeValue(status)),
        stated("date", DateValue(when, when)),
        stated("place", PLACES[country]),
        stated("tactics", CodeValue("bombing")),
    ]
    statements += [stated("killed", CountValue(killed, killed))] if killed is not None else []
    accounts: list[Account] = [an_incident(document, *statements, key=name)]
    accounts.append(
        about(document, "attribution", stated("actor", FRONT, stance=stance), key=f"{name}a", incident=name)
    )
    if claim is not None:
        accounts.append(about(document, "claim", stated("status", CodeValue(claim)), key=f"{name}c", incident=name))
    return Incident(name, tuple(told(document, *accounts)))


def ask(text: str, *incidents: Incident, published: str = "2023-11-15") -> Answer:
    document = a_document(text, published=published)
    return answers(document, incidents)[-1]


def answers(document: Document, incidents: tuple[Incident, ...] | list[Incident]) -> list[Answer]:
    known = [facts(i) for i in incidents]
    found = counting_statements(document)
    return [check(s, known, PUBLISHED, region_register(), document.id) for s in found]


FIRST, SECOND = an_act("first", "2015-01-07"), an_act("second", "2015-11-13", killed=130)
CLAIMED = an_act("claimed", "2018-12-11", killed=5, claim="claimed")
UNCLAIMED = an_act("unclaimed", "2023-10-13", killed=1, claim="not_claimed")
HARMLESS = an_act("harmless", "2020-04-27", killed=0, claim="not_claimed")
PLOT = an_act("plot", "2015-02-01", status="foiled")
BELGIAN = an_act("belgian", "2018-05-29", "BE", killed=3)
RECENT = an_act("recent", "2023-10-16", "BE", killed=2, claim="claimed")
ALL = (FIRST, SECOND, CLAIMED, UNCLAIMED, HARMLESS, PLOT, BELGIAN, RECENT)


def test_more_than_the_documents_hold_cannot_be_verified() -> None:
    answer = ask("ETA began a campaign, with fifty attacks in 2015.", *ALL)
    assert answer.verdict == "cannot be verified"
    assert answer.counted == ("first", "second")
    assert "never complete" in answer.reasons[0]


def test_fewer_than_the_documents_hold_is_inconsistent() -> None:
    answer = ask("There were no ETA attacks in France in 2015.", *ALL)
    assert (answer.verdict, answer.against) == ("inconsistent", ("first", "second"))


def test_a_foiled_plot_is_no_attack() -> None:
    answer = ask("There were two ETA attacks in France in 2015.", *ALL)
    assert (answer.verdict, answer.counted, answer.left_out) == ("consistent", ("first", "second"), ("plot",))


def test_at_least_so_many_are_there() -> None:
    assert ask("There were more than one hundred ETA attacks in 2015.", *ALL).verdict == "cannot be verified"
    assert ask("There were at least two ETA attacks in 2015.", *ALL).verdict == "consistent"


def test_a_statement_narrower_than_its_query_is_not_refuted() -> None:
    answer = ask("There were no ETA attacks on journalists in France in 2015.", *ALL)
    assert answer.verdict == "cannot be verified"
    assert "“on journalists”" in answer.reasons[0]


def test_the_most_recent_lethal_and_claimed_one() -> None:
    text = "The most recent lethal and claimed ETA attack in France was the shooting in Lyon on 11 December 2018."
    answer = ask(text, *ALL)
    assert (answer.verdict, answer.named) == ("consistent", ("claimed",))
    assert answer.query.lethal
    assert answer.query.claimed
    assert ask(text, *ALL, an_act("later", "2019-01-01", claim="claimed")).against == ("later",)


def test_without_the_filters_a_later_one_contradicts() -> None:
    answer = ask("The most recent ETA attack in France was the shooting in Lyon on 11 December 2018.", *ALL)
    assert (answer.verdict, answer.against) == ("inconsistent", ("harmless", "unclaimed"))


def test_what_is_named_must_be_what_is_asked_for() -> None:
    answer = ask("The most recent lethal ETA attack in France was in Lyon on 27 April 2020.", *ALL)
    assert (answer.verdict, answer.reasons) == ("inconsistent", ("harmless: nobody was killed",))


def test_what_is_not_stated_is_told_and_refutes_nothing() -> None:
    unknown = an_act("unknown", "2021-01-01", killed=None)
    answer = ask("The most recent lethal ETA attack in France was in Lyon on 11 December 2018.", CLAIMED, unknown)
    assert (answer.verdict, answer.unsure) == ("consistent", ("unknown",))


BACKGROUND = "Last month ETA struck Ghent. The last lethal ETA attack in Belgium was in 2018."


def test_a_statement_is_judged_as_of_before_the_news_that_its_own_text_reports() -> None:
    document = a_document(BACKGROUND, published="2023-11-15")
    recent = an_act("recent", "2023-10-16", "BE", claim="claimed", document=document)
    answer = answers(document, [BELGIAN, recent])[-1]
    assert (answer.verdict, answer.named) == ("consistent", ("belgian",))
    assert answer.query.as_of == date(2023, 9, 30)
    assert "it would not hold as of 2023-11-30" in answer.reasons[-1]
    assert "recent" in answer.reasons[-1]


def test_what_other_documents_tell_contradicts_it() -> None:
    answer = answers(a_document(BACKGROUND, published="2023-11-15"), [BELGIAN, RECENT])[-1]
    assert (answer.verdict, answer.against) == ("inconsistent", ("recent",))
    assert "as of any day before 2023-10-16" in answer.reasons[-1]


def test_a_reference_time_of_its_own_counts_first() -> None:
    text = "Outside of the theatres—Iraq and Syria—there had been two ETA attacks in 2023 before October 2023."
    answer = ask(text, *ALL)
    assert answer.query.as_of == date(2023, 9, 30)
    assert answer.counted == ()


def test_outside_of_an_area_is_everything_else_that_has_a_place() -> None:
    answer = ask("Outside of France—and Spain—there were at least two ETA attacks in 2018 in all.", *ALL)
    assert answer.query.area
    assert answer.query.area.outside
    assert answer.counted == ("belgian",)


def test_a_region_by_its_owners_definition() -> None:
    answer = ask("There were at least three ETA attacks in Western Europe in 2018.", *ALL)
    assert answer.counted == ("belgian", "claimed")
    assert answer.query.area
    assert "United Nations" in answer.query.area.definitions[0]
    assert answer.query.area.definitions[1].startswith("not used: ")


def test_another_definition_that_changes_the_answer_is_told() -> None:
    british = an_act("british", "2018-02-01")
    place = PlaceValue("Leeds", "city", "GB")
    (told_,) = british.accounts
    moved = tuple(replace(s, value=place) if s.property == "place" else s for s in told_.account.statements)
    account = replace(told_.account, statements=moved)
    answer = ask(
        "There were no ETA attacks in Western Europe in 2018.", Incident("british", (replace(told_, account=account),))
    )
    assert answer.verdict == "cannot be verified"
    assert answer.reasons[-1] == "by the definition of Global Terrorism Database it is inconsistent"


def test_an_area_that_nobody_defines_cannot_be_checked() -> None:
    answer = ask("There were two ETA attacks in the West in 2018.", *ALL)
    assert (answer.verdict, answer.counted) == ("cannot be verified", ())
    assert "“the West”" in answer.reasons[0]


def test_the_deadliest_by_what_is_certain() -> None:
    text = "The deadliest ETA attack in France since 2010 was in Lyon on {}."
    assert ask(text.format("13 November 2015"), *ALL).verdict == "consistent"
    answer = ask(text.format("11 December 2018"), *ALL)
    assert (answer.verdict, answer.against) == ("inconsistent", ("second",))


def test_the_first_victim_and_where_most_were() -> None:
    assert ask("France was the first victim of ETA’s campaign.", *ALL).verdict == "consistent"
    assert ask("Belgium was the first victim of ETA’s campaign.", *ALL).against == ("first", "second")
    worst = ask("France was the worst victim of ETA’s campaign.", *ALL)
    assert worst.verdict == "cannot be verified"
    assert "FR 5, BE 2" in worst.reasons[0]


def test_the_perpetrators_own_toll_is_no_toll() -> None:
    document = a_document("They said that nine had died.")
    own = said(document, "killed", CountValue(9, 9), "nine", voice=Voice("quoted", "ETA", perpetrator_side=True))
    assert facts(Incident("x", tuple(told(document, an_incident(document, own))))).lethal is None


@pytest.mark.parametrize(
    ("stance", "expected"), [("asserted", True), ("suspected", None), ("claimed_only", None), ("denied", False)]
)
def test_whose_act_it_is(stance: str, expected: bool | None) -> None:
    assert facts(an_act("x", "2018-01-01", stance=stance)).is_of(FRONT) is expected


def test_a_reprint_adds_nothing() -> None:
    copy = an_act("x", "2018-01-01", killed=9, document=a_document("A reprint.", near_copy_of="0" * 64))
    assert facts(Incident("x", copy.accounts)).killed == (9, 9)
    original = an_act("x", "2018-01-01", killed=3)
    copied = a_document("Another one, a reprint.", near_copy_of=original.accounts[0].document.id)
    joined = Incident("x", (*original.accounts, *an_act("x", "2018-01-01", killed=9, document=copied).accounts))
    assert facts(joined).killed == (3, 3)


TEXTS = (
    "ETA began a campaign, with fifty attacks in 2015.",
    "The most recent lethal and claimed ETA attack in France was in Lyon on 11 December 2018.",
    "The last lethal ETA attack in Belgium was in 2018.",
    "The deadliest ETA attack in France since 2010 was in Lyon on 11 December 2018.",
)


@settings(deadline=None, max_examples=40)
@given(st.permutations(ALL), st.sampled_from(TEXTS))
def test_the_order_of_incidents_makes_no_difference(shuffled: list[Incident], text: str) -> None:
    document = a_document(text, published="2023-11-15")
    assert answers(document, shuffled) == answers(document, ALL)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(ALL), unique=True), st.sampled_from(ALL))
def test_one_act_more_never_makes_an_inconsistent_number_consistent(some: list[Incident], one: Incident) -> None:
    document = a_document("There was no more than one attack. There were at most two ETA attacks in 2018 in France.")
    order = {"cannot be verified": 0, "consistent": 0, "inconsistent": 1}
    more = [*(i for i in some if i is not one), one]
    before, after = (answers(document, held)[-1].verdict for held in ([i for i in more if i is not one], more))
    assert order[after] >= order[before]


def test_facts_of_an_incident_of_which_nothing_is_told() -> None:
    document = a_document("Nothing.")
    bare = facts(Incident("bare", tuple(told(document, an_incident(document)))))
    assert bare == Facts("bare", (), None, (), None, (None, None), None, (), (), (), frozenset({document.id}))
    assert bare.is_attack
