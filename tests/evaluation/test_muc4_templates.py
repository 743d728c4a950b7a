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
from evaluation.muc4_words import THINGS, heads, is_listed, weapon_words
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
    story = told().add("victims", PersonValue("a teacher", named=False), "TEACHER")
    assert story.templates()[0]["Victim"] == []


def test_a_clause_as_evidence_gives_the_name_where_the_text_has_it():
    clause = TEXT[TEXT.index("THREE") : TEXT.index(" YESTERDAY")]
    story = Story().add("perpetrators", PersonValue("MASKED MEN", named=False), clause)
    assert story.templates()[0]["PerpInd"] == [["masked men"]]
    absent = told().add("perpetrators", PersonValue("hooded men", named=False), clause)
    assert absent.templates()[0]["PerpInd"] == []


def told(text: str = TEXT) -> Story:
    """A story in which one role is known, without which there is no template."""
    return Story(text).attribute(ActorValue("Red Column"), "RED COLUMN")


def kinds(story: Story, anchor: str = "BLEW UP") -> list[str]:
    return [template["incident_type"] for template in story.templates(anchor=anchor)]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["armed_assault"], ["attack"]),
        (["stabbing", "massacre"], ["attack"]),
        (["suicide_bombing"], ["bombing"]),
        (["armed_assault", "bombing"], ["bombing"]),
        (["bombing", "assassination"], ["bombing"]),
        (["hostage_taking", "kidnapping"], ["kidnapping"]),
        (["bombing", "kidnapping"], ["bombing", "kidnapping"]),
        (["kidnapping", "assassination"], ["kidnapping", "attack"]),
        (["arson", "armed_assault"], ["arson", "attack"]),
        (["threat"], ["attack"]),
        ([], ["attack"]),
    ],
)
def test_there_is_a_template_for_each_type_that_the_tactics_make(codes: list[str], expected: list[str]):
    story = told()
    for code, quote in zip(codes, ["BLEW UP", "SHOT"], strict=False):
        story.add("tactics", CodeValue(code), quote)
    assert kinds(story) == expected
    roles = [{k: v for k, v in t.items() if k != "incident_type"} for t in story.templates()]
    assert all(r == roles[0] for r in roles)


def test_a_weapon_stands_in_for_a_tactic_that_is_not_told():
    assert kinds(told().add("weapons", CodeValue("explosives"), "DYNAMITE")) == ["bombing"]
    armed = told().add("weapons", CodeValue("explosives"), "DYNAMITE").add("tactics", CodeValue("stabbing"), "SHOT")
    assert kinds(armed) == ["attack"]


def test_robbery_and_work_stoppage_are_told_by_cue_words_in_the_sentence_of_the_act():
    assert kinds(told(), anchor="ROBBED") == ["robbery"]
    strike = told("THE RED COLUMN IMPOSED A TRANSPORT STOPPAGE IN THE EAST. A BANK WAS ROBBED LATER.")
    assert kinds(strike, anchor="IMPOSED") == ["forced work stoppage"]
    bombing = told().add("tactics", CodeValue("bombing"), "ROBBED")
    assert kinds(bombing, anchor="ROBBED") == ["bombing"]


def test_an_incident_of_which_no_role_is_known_is_left_out():
    assert Story().add("tactics", CodeValue("bombing"), "BLEW UP").templates() == []


@pytest.mark.parametrize(
    ("phrase", "weapon"),
    [
        ("car bomb", "car bomb"),
        ("bomb attack", "bomb"),
        ("two bombs that exploded", "two bombs"),
        ("shot to death", ""),
        ("were shot", ""),
        ("attack", ""),
    ],
)
def test_a_weapon_is_a_thing_and_no_act(phrase: str, weapon: str):
    assert weapon_words(phrase) == weapon


def test_premises_are_targets_and_the_people_in_them_are_not():
    text = "GUNMEN SHOT PHOTOGRAPHERS, TWO BUSINESSMEN AND SHOPKEEPERS AT EL FARO AND A BAKERY."
    story = Story(text)
    for words in ("PHOTOGRAPHERS", "TWO BUSINESSMEN", "SHOPKEEPERS", "EL FARO", "A BAKERY"):
        story.add("target_types", CodeValue("business"), words)
    story.add("target_types", CodeValue("civilians"), "GUNMEN")
    assert story.templates(anchor="SHOT")[0]["Target"] == [["el faro"], ["bakery"]]


def test_one_and_several_of_a_thing_are_one_entity():
    story = Story("A BOMB WENT OFF, ONE OF THREE BOMBS; THE OTHERS WERE CAR BOMBS.")
    for words in ("A BOMB", "THREE BOMBS"):
        story.add("weapons", CodeValue("explosives"), words)
    assert story.templates(anchor="WENT", mentions=3)[0]["Weapon"] == [["bomb", "bombs"]]


def test_fighting_with_soldiers_alone_is_no_incident():
    soldiers = told().add("target_types", CodeValue("military"), "MASKED MEN")
    assert soldiers.templates() == []
    assert kinds(soldiers.add("target_types", CodeValue("education"), "TEACHER")) == ["attack"]
    with_victim = told().add("target_types", CodeValue("military"), "MASKED MEN")
    assert kinds(with_victim.add("victims", PersonValue("Elena Ossa"), "ELENA OSSA")) == ["attack"]


@pytest.mark.parametrize(
    ("when", "published", "kept"),
    [
        (date(1991, 1, 15), "1991-02-04", True),
        (date(1990, 11, 1), "1991-02-04", False),
        (date(1990, 11, 1), None, True),
    ],
)
def test_acts_older_than_two_months_are_no_incidents(when: date, published: str | None, kept: bool):
    story = Story(published=published).attribute(ActorValue("Red Column"), "RED COLUMN")
    assert bool(story.add("date", DateValue(when, when), "YESTERDAY").templates()) is kept


def test_equal_templates_are_given_once():
    story = Story().add("weapons", CodeValue("firearm"), "RIFLES")
    anchor = story.document.quote(BODY, BODY + 5)
    twice = tuple(Account(key, "incident", tuple(story.statements), anchor) for key in ("i1", "i2"))
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
