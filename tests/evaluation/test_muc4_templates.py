"""A reading as MUC-4 templates, on readings made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    DateValue,
    Document,
    PersonValue,
    Reading,
    Stance,
    Statement,
    Value,
)
from evaluation.muc4_templates import templates
from evaluation.muc4_words import THINGS, heads, is_listed
from evaluation.predictions import document

TEXT = (
    "PUERTO CALMO, 4 FEB 91 (AGENCIA NORTE) -- [TEXT] THREE MASKED MEN BLEW UP TWO POWER PYLONS AND SHOT AT A "
    "TEACHER, ELENA OSSA, NEAR THE SAN TELMO SCHOOL YESTERDAY WITH DYNAMITE AND RIFLES. THE RED COLUMN (RC) IS BLAMED. "
    "THE WHITE COLUMN DENIED IT. ELENA OSSA PINTO, 40, WAS UNHURT. OTHERS ROBBED A BANK."
)
BODY = TEXT.index("THREE")


class Story:
    """A document and the statements about one incident in it, quoted by their words."""

    def __init__(self, text: str = TEXT, published: str | None = "1991-02-04") -> None:
        self.document: Document = document("story", text, published)
        self.statements: list[Statement] = []
        self.attributions: list[Account] = []

    def state(self, property_id: str, value: Value, *quotes: str, stance: Stance = "asserted") -> Statement:
        places = [(self.document.text.index(q), q) for q in quotes]
        evidence = tuple(self.document.quote(at, at + len(q)) for at, q in places)
        return Statement(property_id, value, evidence, stance=stance)

    def add(self, property_id: str, value: Value, *quotes: str) -> Story:
        self.statements.append(self.state(property_id, value, *quotes))
        return self

    def attribute(self, value: ActorValue, quote: str, stance: Stance = "asserted") -> Story:
        statement = self.state("actor", value, quote, stance=stance)
        key = f"i1.attribution.{len(self.attributions)}"
        self.attributions.append(Account(key, "attribution", (statement,), statement.evidence[0], about="i1"))
        return self

    def templates(self, anchor: str = "BLEW UP", **options: Any) -> list[dict[str, Any]]:
        at = self.document.text.index(anchor)
        incident = Account("i1", "incident", tuple(self.statements), self.document.quote(at, at + len(anchor)))
        reading = Reading(self.document.id, "hand", "1", (incident, *self.attributions))
        return templates(self.document, reading, **options)


def test_every_role_is_filled_from_its_statements_in_the_words_of_the_text_lower_cased():
    story = (
        Story()
        .add("tactics", CodeValue("bombing"), "BLEW UP")
        .add("perpetrators", PersonValue("three masked men", named=False), "THREE MASKED MEN")
        .add("target_types", CodeValue("infrastructure"), "TWO POWER PYLONS")
        .add("target_types", CodeValue("education"), "TEACHER", "SAN TELMO SCHOOL")
        .add("victims", PersonValue("Elena Ossa Pinto"), "ELENA OSSA", "ELENA OSSA PINTO")
        .add("weapons", CodeValue("explosives"), "DYNAMITE")
        .add("weapons", CodeValue("firearm"), "RIFLES")
        .attribute(ActorValue("Red Column"), "RED COLUMN")
    )
    assert story.templates(body_start=BODY) == [
        {
            "incident_type": "bombing",
            "PerpInd": [["masked men"]],
            "PerpOrg": [["red column"]],
            "Target": [["san telmo school"], ["power pylons"]],
            "Victim": [["elena ossa pinto"]],
            "Weapon": [["dynamite"], ["rifles"]],
        }
    ]


def test_more_mentions_of_an_entity_are_given_on_request():
    story = Story().add("victims", PersonValue("Elena Ossa Pinto"), "ELENA OSSA", "ELENA OSSA PINTO")
    assert story.templates(mentions=2)[0]["Victim"] == [["elena ossa pinto", "elena ossa"]]


def test_names_of_one_organisation_are_one_entity_and_a_denied_one_is_none():
    story = (
        Story()
        .attribute(ActorValue("Red Column", "g1"), "RED COLUMN", "suspected")
        .attribute(ActorValue("RC", "g1"), "RC")
        .attribute(ActorValue("White Column"), "WHITE COLUMN", "denied")
    )
    assert story.templates(mentions=3)[0]["PerpOrg"] == [["red column", "rc"]]


def test_words_of_the_dateline_are_no_mentions():
    story = Story().attribute(ActorValue("Norte"), "AGENCIA NORTE").attribute(ActorValue("RC"), "RC")
    assert story.templates(body_start=BODY)[0]["PerpOrg"] == [["rc"]]
    assert story.templates()[0]["PerpOrg"] == [["agencia norte"], ["rc"]]


def test_only_named_victims_are_listed():
    story = Story().add("victims", PersonValue("a teacher", named=False), "TEACHER")
    assert story.templates()[0]["Victim"] == []


def test_a_clause_as_evidence_gives_the_name_where_the_text_has_it():
    clause = TEXT[TEXT.index("THREE") : TEXT.index(" YESTERDAY")]
    story = Story().add("perpetrators", PersonValue("MASKED MEN", named=False), clause)
    assert story.templates()[0]["PerpInd"] == [["masked men"]]
    absent = Story().add("perpetrators", PersonValue("hooded men", named=False), clause)
    assert absent.templates()[0]["PerpInd"] == []


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        (["armed_assault"], "attack"),
        (["stabbing", "massacre"], "attack"),
        (["suicide_bombing"], "bombing"),
        (["armed_assault", "bombing"], "bombing"),
        (["hostage_taking"], "kidnapping"),
        (["bombing", "kidnapping"], "kidnapping"),
        (["arson", "bombing"], "arson"),
        (["threat"], "attack"),
        ([], "attack"),
    ],
)
def test_the_type_follows_the_tactics(codes: list[str], kind: str):
    story = Story()
    for code, quote in zip(codes, ["BLEW UP", "SHOT"], strict=False):
        story.add("tactics", CodeValue(code), quote)
    assert story.templates()[0]["incident_type"] == kind


def test_a_weapon_stands_in_for_a_tactic_that_is_not_told():
    assert Story().add("weapons", CodeValue("explosives"), "DYNAMITE").templates()[0]["incident_type"] == "bombing"
    armed = Story().add("weapons", CodeValue("explosives"), "DYNAMITE").add("tactics", CodeValue("stabbing"), "SHOT")
    assert armed.templates()[0]["incident_type"] == "attack"


def test_robbery_and_work_stoppage_are_told_by_cue_words_in_the_sentence_of_the_act():
    assert Story().templates(anchor="ROBBED")[0]["incident_type"] == "robbery"
    strike = Story("GUERRILLAS IMPOSED A TRANSPORT STOPPAGE IN THE EAST. A BANK WAS ROBBED LATER.")
    assert strike.templates(anchor="IMPOSED")[0]["incident_type"] == "forced work stoppage"
    bombing = Story().add("tactics", CodeValue("bombing"), "ROBBED")
    assert bombing.templates(anchor="ROBBED")[0]["incident_type"] == "bombing"


def test_fighting_with_soldiers_alone_is_no_incident():
    soldiers = Story().add("target_types", CodeValue("military"), "TEACHER")
    assert soldiers.templates() == []
    assert soldiers.add("target_types", CodeValue("education"), "TEACHER").templates() != []
    with_victim = Story().add("target_types", CodeValue("military"), "TEACHER")
    assert with_victim.add("victims", PersonValue("Elena Ossa"), "ELENA OSSA").templates() != []


@pytest.mark.parametrize(
    ("when", "published", "told"),
    [
        (date(1991, 1, 15), "1991-02-04", True),
        (date(1990, 11, 1), "1991-02-04", False),
        (date(1990, 11, 1), None, True),
    ],
)
def test_acts_older_than_two_months_are_no_incidents(when: date, published: str | None, told: bool):
    story = Story(published=published).add("date", DateValue(when, when), "YESTERDAY")
    assert bool(story.templates()) is told


def test_equal_templates_are_given_once():
    story = Story()
    anchor = story.document.quote(BODY, BODY + 5)
    twice = tuple(Account(key, "incident", (), anchor) for key in ("i1", "i2"))
    assert len(templates(story.document, Reading(story.document.id, "hand", "1", twice))) == 1


@pytest.mark.parametrize(
    ("phrase", "head", "thing"),
    [
        ("THE OFFICES OF THE MINISTRY", "offices", True),
        ("two buses", "buses", True),
        ("embassies", "embassies", True),
        ("police officers in a car", "officers", False),
        ("churches", "churches", True),
        ("", "", False),
    ],
)
def test_a_thing_is_known_by_the_head_of_its_phrase(phrase: str, head: str, thing: bool):
    assert heads(phrase)[0] == head
    assert is_listed(phrase, THINGS) is thing
