"""What the rule reader makes of short invented reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

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
    Reading,
    Statement,
    TextValue,
    sha256,
)
from ascribe.readings import extractor

WEDNESDAY = date(2019, 9, 18)


def read(text: str, published: date | None = WEDNESDAY, language: str | None = "en") -> Reading:
    publication = Publication(DateValue(published, published, "day", "given"), "given") if published else None
    document = Document(sha256(text), sha256(text), "a.txt", text, "text", language=language, publication=publication)
    return extractor("rules").read(document)


def stated(reading: Reading, kind: str, property_id: str) -> Iterator[Statement]:
    return (s for a in reading.of_kind(kind) for s in a.values(property_id))


def codes(reading: Reading, kind: str, property_id: str) -> set[str]:
    return {s.value.code for s in stated(reading, kind, property_id) if isinstance(s.value, CodeValue)}


def counts(account: Account, property_id: str) -> list[CountValue]:
    return [s.value for s in account.values(property_id) if isinstance(s.value, CountValue)]


def day_of(account: Account) -> date | None:
    found = account.first("date")
    return found.value.start if found and isinstance(found.value, DateValue) else None


def town_of(account: Account) -> str | None:
    found = account.first("place")
    return found.value.name if found and isinstance(found.value, PlaceValue) else None


WIRE = (
    "GHENT, Belgium, Sept 18 - A gunman opened fire at a café in Ghent on Tuesday, killing three people and wounding "
    "nine, police said. The Dawn Front (DF) claimed responsibility for the attack on Telegram."
)


def test_a_wire_gives_one_incident_with_day_town_toll_and_act() -> None:
    (incident,) = read(WIRE).of_kind("incident")

    assert (day_of(incident), town_of(incident)) == (date(2019, 9, 17), "Ghent")
    assert counts(incident, "killed") == [CountValue(3, 3)]
    assert counts(incident, "wounded") == [CountValue(9, 9)]
    assert codes(read(WIRE), "incident", "tactics") == {"armed_assault"}
    assert codes(read(WIRE), "incident", "weapons") == {"firearm"}
    assert "business" in codes(read(WIRE), "incident", "target_types")


def test_a_claim_has_its_claimant_and_outlet_and_makes_no_more_than_a_claimed_link() -> None:
    reading = read(WIRE)

    assert codes(reading, "claim", "status") == {"claimed"}
    assert [s.value for s in stated(reading, "claim", "by")] == [ActorValue("Dawn Front")]
    assert [s.value for s in stated(reading, "claim", "outlets")] == [TextValue("Telegram")]
    assert "DF" in {v for a in reading.of_kind("claim") for s in a.values("by") for v in [s.evidence[0].quote, "DF"]}


@pytest.mark.parametrize(
    "words",
    [
        "No group has claimed responsibility.",
        "Nobody has claimed the attack.",
        "There was no immediate claim of responsibility.",
        "The attack was never claimed.",
    ],
)
def test_an_explicit_non_claim_is_not_a_claim(words: str) -> None:
    reading = read(f"A bomb exploded in Ghent on Tuesday, killing two people. {words}")

    assert codes(reading, "claim", "status") == {"not_claimed"}


def test_silence_about_claims_is_not_a_non_claim() -> None:
    assert read("A bomb exploded in Ghent on Tuesday, killing two people.").of_kind("claim") == ()


def test_two_acts_in_one_sentence_are_two_incidents() -> None:
    text = "A bomb in Ghent on 3 May 2019 wounded two officers and a stabbing in Liège on 7 June 2019 killed one man."
    incidents = read(text).of_kind("incident")

    assert [(town_of(i), day_of(i)) for i in incidents] == [
        ("Ghent", date(2019, 5, 3)),
        ("Liège", date(2019, 6, 7)),
    ]


def test_an_attack_told_again_is_the_same_incident() -> None:
    text = (
        "Gunmen attacked a market in Ghent on Tuesday, killing four people.\n"
        "The attack was the first in years.\nA bomb exploded in Liège on 3 May, wounding two.\n"
        "In Ghent on Tuesday the gunmen fired from a car."
    )

    assert [town_of(i) for i in read(text).of_kind("incident")] == ["Ghent", "Liège"]


def test_every_entry_of_a_list_is_an_incident_of_its_own() -> None:
    text = (
        "3 May, Ghent. A petrol bomb was thrown at a shop. Nobody was hurt.\n"
        "9 May, Liège. A man was shot dead outside a bar.\n"
        "14 May, Namur. A bomb exploded in a bank, wounding three people.\n"
    )
    incidents = read(text).of_kind("incident")

    assert [day_of(i) for i in incidents] == [date(2019, 5, 3), date(2019, 5, 9), date(2019, 5, 14)]
    assert counts(incidents[0], "wounded") == [CountValue(0, 0)]
    assert counts(incidents[1], "killed") == [CountValue(1, 1)]


def test_a_part_of_the_dead_is_kept_beside_the_total() -> None:
    (incident,) = read("A bomb exploded in Ghent on Tuesday, killing 30 people, including 12 soldiers.").of_kind(
        "incident"
    )

    assert counts(incident, "killed") == [CountValue(30, 30)]
    assert counts(incident, "killed_of_which") == [CountValue(12, 12)]


def test_people_joined_by_and_are_added_up() -> None:
    (incident,) = read("A gunman killed two policemen and a cleaner in Ghent on Tuesday.").of_kind("incident")

    assert counts(incident, "killed") == [CountValue(3, 3)]


def test_one_of_the_dead_is_not_added_to_their_number() -> None:
    text = "Eight people have died in the bombing in Ghent, after a student succumbed to his burns."
    (incident,) = read(text).of_kind("incident")

    assert counts(incident, "killed") == [CountValue(8, 8)]


def test_attackers_who_die_are_no_victims() -> None:
    text = "Three attackers were killed when they stormed a barracks in Ghent on Tuesday; two soldiers died."
    (incident,) = read(text).of_kind("incident")

    assert counts(incident, "killed") == [CountValue(2, 2)]
    assert counts(incident, "perpetrators_killed") == [CountValue(3, 3)]


def test_at_least_stays_open_upwards() -> None:
    (incident,) = read("A bomb exploded in Ghent on Tuesday, killing at least 12 people.").of_kind("incident")

    assert counts(incident, "killed") == [CountValue(12, None, "at_least")]


def test_a_named_attacker_a_victim_and_a_speaker_are_told_apart() -> None:
    text = (
        "Karim Belhaj stabbed Anna Peeters to death in Ghent on Tuesday. Belhaj was arrested. "
        "Mayor Luc Claes said the city was in mourning."
    )
    reading = read(text)
    (incident,) = reading.of_kind("incident")

    assert [s.value.name for s in incident.values("perpetrators") if isinstance(s.value, PersonValue)] == [
        "Karim Belhaj"
    ]
    assert [s.value.name for s in incident.values("victims") if isinstance(s.value, PersonValue)] == ["Anna Peeters"]
    assert codes(reading, "person_status", "status") == {"arrested"}


def test_a_group_that_police_blame_is_suspected() -> None:
    reading = read("A bomb exploded in Ghent on Tuesday, killing two people. Police blamed the Dawn Liberation Front.")

    assert [(s.value, s.stance) for s in stated(reading, "attribution", "actor")] == [
        (ActorValue("Dawn Liberation Front"), "suspected")
    ]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("A bomb failed to explode outside a bank in Ghent on Tuesday.", "failed"),
        ("Police foiled a bomb attack on a bank in Ghent on Tuesday.", "foiled"),
        ("A bomb exploded outside a bank in Ghent on Tuesday.", "carried_out"),
    ],
)
def test_what_became_of_an_act(words: str, status: str) -> None:
    assert codes(read(words), "incident", "status") == {status}


def test_figures_of_the_perpetrators_side_say_so() -> None:
    text = (
        "A bomb exploded at a barracks in Ghent on Tuesday. The army reported two wounded. "
        "In a statement the Dawn Front said it had killed 20 soldiers."
    )
    killed = [s for s in stated(read(text), "incident", "killed") if s.value == CountValue(20, 20)]

    assert [s.voice.perpetrator_side for s in killed] == [True]


def test_a_figure_that_police_give_is_told_as_theirs() -> None:
    (killed,) = stated(read(WIRE), "incident", "killed")

    assert (killed.voice.kind, killed.voice.speaker) == ("according_to", "police")


def test_a_trend_is_no_incident() -> None:
    assert read("More than 4,000 people have been killed in the insurgency this year.").of_kind("incident") == ()


def test_a_text_in_capitals_is_read() -> None:
    text = (
        "GHENT, 18 SEP 2019 -- GUERRILLAS ATTACKED A POLICE STATION IN GHENT ON 17 SEPTEMBER, KILLING FOUR POLICEMEN."
    )
    (incident,) = read(text).of_kind("incident")

    assert counts(incident, "killed") == [CountValue(4, 4)]
    assert codes(read(text), "incident", "target_types") == {"police"}


def test_without_a_date_of_publication_a_weekday_stays_unresolved() -> None:
    (incident,) = read("A bomb exploded in Ghent on Tuesday, killing two people.", published=None).of_kind("incident")

    assert incident.first("date") is None


def test_another_language_is_left_alone_and_said() -> None:
    reading = read("Une bombe a explosé à Gand mardi, tuant deux personnes.", language="fr")

    assert reading.accounts == ()
    assert [s.reason for s in reading.skipped] == ["the text is in 'fr'; this reader reads English only"]


@pytest.mark.parametrize(
    ("text", "killed", "own"),
    [
        ("On 3 May 2015 a bomb killed 10 people in Ghent.", [CountValue(10, 10)], []),
        ("Four people were killed by gunmen in Ghent on 3 May 2015.", [CountValue(4, 4)], []),
        (
            "Twelve people, including two attackers, were killed in a raid in Ghent on 3 May 2015.",
            [CountValue(12, 12)],
            [CountValue(2, 2)],
        ),
        (
            "Two guards were shot dead in Ghent on 3 May 2015. The nurse is unhurt, police said.",
            [CountValue(2, 2)],
            [],
        ),
    ],
)
def test_the_dead_are_counted_as_told(text: str, killed: list[CountValue], own: list[CountValue]) -> None:
    (incident,) = read(text).of_kind("incident")

    assert counts(incident, "killed") == killed
    assert counts(incident, "perpetrators_killed") == own


def test_people_who_are_killed_are_no_attackers() -> None:
    (incident,) = read("On 3 May 2015 a bomb killed 10 people in Ghent.").of_kind("incident")

    assert list(incident.values("perpetrators")) == []


def test_police_who_only_speak_are_no_target() -> None:
    reading = read("A bomb exploded in a market in Ghent on Tuesday, killing five people, police said.")

    assert codes(reading, "incident", "target_types") == {"business"}


def test_one_who_was_acquitted_is_neither_attacker_nor_victim() -> None:
    text = (
        "A court in Ghent on Friday acquitted Lars Holm of the bombing of a mosque in Ghent that killed three people."
    )

    assert not list(stated(read(text), "incident", "victims"))
    assert not list(stated(read(text), "incident", "perpetrators"))


def test_a_group_that_says_through_its_outlet_that_its_fighters_did_it_claims() -> None:
    text = (
        "The Islamic State said through its Amaq news agency on Wednesday that its fighters had carried out the attack "
        "on a clinic in Ghent on Tuesday, in which two guards were shot dead."
    )

    assert codes(read(text), "claim", "status") == {"claimed"}


def test_a_dateline_leaves_a_town_a_town() -> None:
    text = "MADRID, Spain, March 6, 2024 - A bomb exploded in a market in Madrid on Tuesday, killing two people."
    place = next(stated(read(text, date(2024, 3, 6)), "incident", "place")).value

    assert isinstance(place, PlaceValue)
    assert place.level == "city"


def test_an_official_who_is_quoted_after_a_toll_is_not_counted_in_it() -> None:
    told = read("A bomb in Ghent killed at least seven people on Tuesday, wounding 21, the mayor of Ghent said.")
    (account,) = told.of_kind("incident")
    assert counts(account, "wounded") == [CountValue(21, 21)]
    assert counts(account, "wounded_of_which") == []
    assert codes(told, "incident", "target_types").isdisjoint({"government", "political_figure"})
    killed = read("Gunmen killed the mayor of Ghent on Tuesday, police said.")
    assert [counts(a, "killed") for a in killed.of_kind("incident")] == [[CountValue(1, 1)]]
