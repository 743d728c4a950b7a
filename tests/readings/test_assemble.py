"""Marks become values: what the words of an incident say, with the words that say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from marking_by_hand import accounts, told

from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    PersonValue,
    PlaceValue,
    Publication,
    Statement,
    TextValue,
    Voice,
    sha256,
)
from ascribe.readings.assemble import assemble
from ascribe.readings.marks import Mark, MarkedIncident, Slot

TEXT = (
    "A gunman opened fire in Strasbourg on Tuesday night, killing five people and wounding eleven. "
    "Police named Karim Haddad. Haddad was arrested and later convicted. The Dawn Front (DF) claimed the attack "
    "the next day on Telegram; DF gave him money. Prosecutors had first suspected the Grey Sons."
)
MONDAY = Publication(DateValue(date(2018, 12, 12), date(2018, 12, 12), "day", "given"), "given")


def mark(words: str, slot: Slot, *codes: str, stance: str = "asserted", last: bool = False) -> Mark:
    at = TEXT.rindex(words) if last else TEXT.index(words)
    return Mark(at, at + len(words), slot, tuple(codes), stance=stance)  # type: ignore[arg-type]


MARKS = (
    mark("A gunman", "perp"),
    mark("opened fire", "event", "armed_assault"),
    mark("Strasbourg", "place"),
    mark("Tuesday night", "date"),
    mark("five people", "killed"),
    mark("eleven", "wounded"),
    mark("Karim Haddad", "perp"),
    mark("Haddad", "perp", last=True),
    mark("arrested", "fate", "arrested"),
    mark("convicted", "fate", "convicted"),
    mark("Dawn Front", "group", stance="claimed_only"),
    mark("DF", "group", stance="asserted", last=True),
    mark("Dawn Front", "claimby"),
    mark("claimed", "claim", "claimed"),
    mark("the next day", "claimdate"),
    mark("Telegram", "outlet"),
    mark("gave him money", "involvement", "assisted"),
    mark("Grey Sons", "group", stance="suspected"),
)


def read(*marks: Mark) -> tuple[Account, ...]:
    document = Document(sha256(TEXT), sha256(TEXT), "a.txt", TEXT, "text", publication=MONDAY)
    return assemble(document, [MarkedIncident(marks)])


def only(accounts: tuple[Account, ...], kind: str, property_id: str) -> Statement:
    (account,) = [a for a in accounts if a.kind == kind]
    (statement,) = account.values(property_id)
    return statement


def test_a_weekday_is_resolved_from_the_day_of_publication_and_names_its_rule() -> None:
    stated = only(read(*MARKS), "incident", "date")

    assert isinstance(stated.value, DateValue)
    assert (stated.value.start, stated.value.end) == (date(2018, 12, 11), date(2018, 12, 11))
    assert stated.rule
    assert stated.evidence[0].quote == "Tuesday night"


def test_numbers_are_read_with_their_quotes() -> None:
    accounts = read(*MARKS)

    assert only(accounts, "incident", "killed").value == CountValue(5, 5)
    assert only(accounts, "incident", "wounded").value == CountValue(11, 11)
    assert only(accounts, "incident", "killed").evidence[0].quote == "five people"


def test_a_town_has_its_country_and_a_point() -> None:
    place = only(read(*MARKS), "incident", "place").value

    assert isinstance(place, PlaceValue)
    assert (place.name, place.level, place.country) == ("Strasbourg", "city", "FR")
    assert place.latitude == pytest.approx(48.58, abs=0.1)


def test_a_description_is_no_second_perpetrator_beside_a_name() -> None:
    assert only(read(*MARKS), "incident", "perpetrators").value == PersonValue(
        "Karim Haddad", True, ("Karim Haddad", "Haddad")
    )


def test_where_nobody_is_named_the_description_stands() -> None:
    assert only(read(*MARKS[:2]), "incident", "perpetrators").value == PersonValue("A gunman", False, ("A gunman",))


def test_the_last_fate_is_the_one_that_holds() -> None:
    status = only(read(*MARKS), "person_status", "status")

    assert status.value == CodeValue("convicted")
    assert [e.quote for e in status.evidence] == ["convicted"]


def test_an_arrest_is_never_more_than_an_arrest() -> None:
    accounts = read(*[m for m in MARKS if m.codes != ("convicted",)])

    assert only(accounts, "person_status", "status").value == CodeValue("arrested")


def test_a_claim_is_an_account_of_its_own() -> None:
    accounts = read(*MARKS)

    assert only(accounts, "claim", "status").value == CodeValue("claimed")
    assert only(accounts, "claim", "by").value == ActorValue("Dawn Front")
    assert only(accounts, "claim", "outlets").value == TextValue("Telegram")
    claimed = only(accounts, "claim", "date").value
    assert isinstance(claimed, DateValue)
    assert claimed.start == date(2018, 12, 12)


def test_a_group_and_its_short_form_are_one_attribution_and_the_firmest_stance_counts() -> None:
    attributions = [a for a in read(*MARKS) if a.kind == "attribution"]
    actors = [s for a in attributions for s in a.values("actor")]

    assert [(s.value, s.stance) for s in actors] == [
        (ActorValue("Dawn Front"), "asserted"),
        (ActorValue("Grey Sons"), "suspected"),
    ]
    assert [s.value for s in attributions[0].values("involvement")] == [CodeValue("assisted")]


def test_what_is_not_marked_is_not_stated() -> None:
    accounts = read(mark("opened fire", "event", "armed_assault"))
    (incident,) = accounts

    assert {s.property for s in incident.statements} == {"status", "tactics"}
    assert incident.first("killed") is None


def test_an_act_told_as_done_is_inferred_to_have_been_carried_out() -> None:
    status = only(read(mark("opened fire", "event", "armed_assault")), "incident", "status")

    assert (status.value, status.origin) == (CodeValue("carried_out"), "inferred")


def test_an_incident_without_an_act_is_an_error_of_the_reader() -> None:
    with pytest.raises(ValueError, match="has no event mark"):
        read(mark("five people", "killed"))


def test_the_figure_of_the_perpetrators_side_is_kept_apart() -> None:
    claimant = Voice("according_to", "the Dawn Front", True)
    accounts = read(*MARKS[:5], replace(mark("eleven", "killed"), voice=claimant))
    (incident,) = [a for a in accounts if a.kind == "incident"]

    assert [(s.value, s.voice.perpetrator_side) for s in incident.values("killed")] == [
        (CountValue(5, 5), False),
        (CountValue(11, 11), True),
    ]


def test_whoever_was_acquitted_is_no_perpetrator_whoever_marked_them() -> None:
    text = "Anna Claes and Piet Moens were tried for the bombing. The court convicted Moens and acquitted Anna Claes."
    document = Document(sha256(text), sha256(text), "a.txt", text, "text")
    marks = [
        Mark(text.index(words), text.index(words) + len(words), slot)
        for words, slot in (("Anna Claes", "perp"), ("Piet Moens", "perp"), ("bombing", "event"))
    ]
    (incident,) = assemble(document, [MarkedIncident(tuple(marks))])  # type: ignore[arg-type]

    assert [s.value for s in incident.values("perpetrators")] == [PersonValue("Piet Moens", True, ("Piet Moens",))]


def test_the_evidence_of_an_incident_is_the_sentence_that_tells_it() -> None:
    incident = read(*MARKS)[0]

    assert incident.anchor.quote == TEXT[: TEXT.index(" Police named")]


def test_a_brother_of_somebody_acquitted_is_not_acquitted() -> None:
    text = "Anna and Piet Claes were tried for the bombing. The court convicted Piet Claes and acquitted Anna Claes."
    document = Document(sha256(text), sha256(text), "a.txt", text, "text")
    told = (("bombing", "event"), ("convicted", "fate"), ("Piet Claes", "perp"))
    marks = [Mark(text.rindex(w), text.rindex(w) + len(w), slot) for w, slot in told]  # type: ignore[arg-type]
    (incident,) = assemble(document, [MarkedIncident(tuple(marks))])

    assert [s.evidence[0].quote for s in incident.values("perpetrators")] == ["Piet Claes"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "[Karim Haddad|perp], 23, and [Ali Nasr|perp] were [convicted|fate:convicted] of [it|event:bombing].",
            {"Karim Haddad": "convicted", "Ali Nasr": "convicted"},
        ),
        (
            "[Karim Haddad|perp] fled after the [bombing|event:bombing]. [Ali Nasr|perp] was [arrested|fate:arrested].",
            {"Ali Nasr": "arrested"},
        ),
        (
            "[Karim Haddad|perp] and [Ali Nasr|perp] did the [bombing|event:bombing]. Both were [shot|fate:killed].",
            {"Karim Haddad": "killed", "Ali Nasr": "killed"},
        ),
        (
            "The [bombing|event:bombing] was solved. Police [arrested|fate:arrested] [Ali Nasr|perp] in May.",
            {"Ali Nasr": "arrested"},
        ),
    ],
)
def test_a_fate_goes_to_all_who_share_it(text: str, found: dict[str, str]) -> None:
    fates = [a for a in accounts(text) if a.kind == "person_status"]

    assert {told(a, "person")[0]: told(a, "status")[0] for a in fates} == found


def test_who_was_acquitted_of_one_charge_and_convicted_of_the_act_is_its_perpetrator() -> None:
    text = (
        "[Karim Haddad|perp] was [convicted|fate:convicted] of the [bombing|event:bombing]. The court "
        "acquitted Haddad of membership."
    )

    assert told(accounts(text)[0], "perpetrators") == ["Karim Haddad"]
