"""What is shown for an incident told by several documents."""

from __future__ import annotations

import random

from telling import CLAIMANT, PlainReader, a_document, about, an_incident, said, told

from ascribe.exports.summary import IncidentSummary, summarise
from ascribe.model import ActorValue, CodeValue, CountValue, Incident, PersonValue, Told
from ascribe.schema import bundled_schema


def toll(name: str, published: str | None, killed: int, **more: object) -> list[Told]:
    document = a_document(f"{name}: a bomb killed {killed} people.", name, published)
    return told(
        document, an_incident(document, said(document, "killed", CountValue(killed, killed), str(killed), **more))
    )


def summary(*accounts: list[Told]) -> IncidentSummary:
    return summarise(Incident("x", tuple(t for a in accounts for t in a)), bundled_schema())


def test_the_latest_published_toll_is_shown_whatever_the_order() -> None:
    parts = [toll("a", "2021-03-05", 3), toll("b", "2021-03-09", 8), toll("c", "2021-03-06", 6), toll("d", None, 9)]
    for seed in range(5):
        random.Random(seed).shuffle(parts)
        killed = summary(*parts).thing["killed"]
        assert [s.value for s in killed.shown] == [CountValue(8, 8)]
        assert [c.document.name for c in killed.shown[0].cited] == ["b"]
        assert {c.document.name for c in killed.others} == {"a", "c", "d"}


def test_all_sources_of_the_shown_value_are_cited() -> None:
    killed = summary(toll("a", "2021-03-05", 8), toll("b", "2021-03-09", 8)).thing["killed"]
    assert [c.document.name for c in killed.shown[0].cited] == ["b", "a"]


def test_a_figure_that_only_the_claimant_gives_is_labelled() -> None:
    alone = summary(toll("a", "2021-03-05", 20, voice=CLAIMANT)).thing["killed"].shown[0]
    assert alone.said() == "per claimant"
    contested = summary(toll("a", "2021-03-05", 3), toll("b", "2021-03-09", 20, voice=CLAIMANT)).thing["killed"]
    assert [(s.value, s.said()) for s in contested.shown] == [(CountValue(3, 3), "")]


def test_a_doubted_figure_shows_only_where_nothing_firmer_stands() -> None:
    doubted = toll("b", "2021-03-09", 20, stance="doubted")
    assert summary(toll("a", "2021-03-05", 3), doubted).thing["killed"].shown[0].value == CountValue(3, 3)
    assert summary(doubted).thing["killed"].shown[0].said() == "doubted"


def test_the_first_report_decides_where_the_schema_says_first() -> None:
    def state(name: str, day: str, code: str) -> list[Told]:
        document = a_document(f"{name} bomb", name, day)
        return told(document, an_incident(document, said(document, "status", CodeValue(code), "bomb")))

    status = summary(state("b", "2021-03-09", "failed"), state("a", "2021-03-05", "carried_out")).thing["status"]
    assert [s.value for s in status.shown] == [CodeValue("carried_out")]


def attribution(name: str, day: str, group: str, stance: str, register_id: str | None = None) -> list[Told]:
    document = a_document(f"{name} bomb {group}", name, day)
    actor = said(document, "actor", ActorValue(group, register_id), group, stance=stance)
    return told(
        document,
        an_incident(document, said(document, "status", CodeValue("carried_out"), "bomb")),
        about(document, "attribution", actor, key="a1"),
    )


def test_attributions_to_one_group_are_joined_across_documents() -> None:
    made = summary(
        attribution("a", "2021-03-05", "Ash Front", "suspected", "ash"),
        attribution("b", "2021-03-06", "The Ashes", "asserted", "ash"),
        attribution("c", "2021-03-06", "Reed Front", "denied"),
    )
    groups = [t["actor"].shown[0] for t in made.of_kind("attribution")]
    assert [g.value.name for g in groups] == ["Ash Front", "Reed Front"]
    assert [g.said() for g in groups] == ["suspected", "denied"]
    assert len(groups[0].cited) == 2


def test_people_are_one_under_their_variants() -> None:
    def people(name: str, person: PersonValue) -> list[Told]:
        document = a_document(f"{name} Jonas K. Vell", name)
        return told(document, an_incident(document, said(document, "perpetrators", person, "Vell")))

    made = summary(
        people("a", PersonValue("Jonas K. Vell", variants=("Jonas Vell", "Vell"))),
        people("b", PersonValue("Jonas Vell")),
    )
    assert len(made.thing["perpetrators"].shown) == 1


def test_every_statement_is_either_shown_or_among_the_others() -> None:
    document = a_document(
        "On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it. Jonas Vell was arrested."
    )
    reading = PlainReader().read(document)
    made = summarise(
        Incident("x", tuple(Told(document, reading, a) for a in reading.of_kind("incident"))), bundled_schema()
    )
    expected = [s for a in reading.accounts for s in a.statements]
    found = [c.statement for t in made.things() for c in t.cited()]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_an_incident_without_accounts_shows_nothing() -> None:
    made = summarise(Incident("x"), bundled_schema())
    assert not any(p.shown for p in made.thing.properties)


def test_a_pledge_in_a_groups_name_is_no_part_of_its_claim_in_another_document() -> None:
    claimed = a_document("A bomb. The Ash Front claimed it.", published="2021-03-05")
    pledged = a_document("A bomb. He swore loyalty to the Ash Front.", published="2021-03-06")
    actor = ActorValue("Ash Front")
    one = about(claimed, "claim", said(claimed, "by", actor, "Ash Front"), key="c")
    other = about(
        pledged,
        "claim",
        said(pledged, "form", CodeValue("pledge"), "swore"),
        said(pledged, "on_behalf_of", actor, "Ash Front"),
        key="c",
    )
    accounts = [
        *told(claimed, an_incident(claimed, said(claimed, "tactics", CodeValue("bombing"), "bomb")), one),
        *told(pledged, an_incident(pledged, said(pledged, "tactics", CodeValue("bombing"), "bomb")), other),
    ]

    assert len(summarise(Incident("one", tuple(accounts)), bundled_schema()).of_kind("claim")) == 2
