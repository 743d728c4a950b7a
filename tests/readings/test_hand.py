"""A reading by hand: words are named, the normalisers say what they mean, and nothing unfit gets in."""

from __future__ import annotations

from datetime import date

import pytest
from telling import a_document

from ascribe.errors import EvidenceError, SchemaError
from ascribe.model import ActorValue, CodeValue, CountValue, DateValue, PersonValue, PlaceValue, TextValue, Voice
from ascribe.readings.hand import Hand

TEXT = """On Tuesday a bomb killed at least five people in Strasbourg. Islamic State claimed the bomb
through its agency Amaq, and Jonas Vell was arrested at the old mill."""


@pytest.fixture
def hand() -> Hand:
    return Hand(a_document(TEXT, published="2018-12-13"), "A. Reader")


def test_the_words_alone_say_the_value_where_a_normaliser_understands_them(hand: Hand) -> None:
    incident = hand.incident("a bomb killed at least five people")
    for prop, words in (("date", "Tuesday"), ("killed", "at least five people"), ("place", "Strasbourg")):
        incident.state(prop, words)
    incident.state("sites", "the old mill").state("perpetrators", "Jonas Vell")
    claim = incident.tell("claim", "Islamic State claimed").state("by", "Islamic State").state("outlets", "Amaq")
    when, killed, place, site, perpetrator = (s.value for s in incident.account().statements)
    by, outlet = (s.value for s in claim.account().statements)

    assert isinstance(when, DateValue)
    assert (when.start, when.rule) == (date(2018, 12, 11), "weekday_before_publication")
    assert killed == CountValue(5, None, "at_least")
    assert isinstance(place, PlaceValue)
    assert (place.name, place.country, place.level) == ("Strasbourg", "FR", "city")
    assert site == PlaceValue("the old mill", "site")
    assert perpetrator == PersonValue("Jonas Vell")
    assert isinstance(by, ActorValue)
    assert by.register_id is not None
    assert outlet == TextValue("Amaq")


def test_a_value_can_be_given_as_a_person_writes_it_or_as_it_is(hand: Hand) -> None:
    incident = hand.incident("a bomb")
    incident.state("date", "Tuesday", "2018-12-11").state("killed", "five people", 5)
    incident.state("tactics", "bomb killed", "bombing").state("wounded", "people", CountValue(0, 0))
    assert [s.value for s in incident.account().statements] == [
        DateValue(date(2018, 12, 11), date(2018, 12, 11), "day", "by_hand"),
        CountValue(5, 5),
        CodeValue("bombing"),
        CountValue(0, 0),
    ]


def test_voice_stance_and_origin_are_kept(hand: Hand) -> None:
    side = Voice("according_to", "Amaq", perpetrator_side=True)
    incident = hand.incident("a bomb killed")
    incident.state("killed", "five", voice=side, stance="claimed_only", origin="computed", rule="sum_of_parts")
    (statement,) = incident.account().statements
    assert (statement.voice, statement.stance, statement.origin, statement.rule) == (
        side,
        "claimed_only",
        "computed",
        "sum_of_parts",
    )


def test_words_may_be_offsets_and_several_and_broken_over_lines(hand: Hand) -> None:
    start = TEXT.index("Amaq")
    incident = hand.incident(["a bomb killed", (start, start + 4)]).state("killed", (TEXT.index("five"), 35 + 4))
    account = incident.account()
    assert [e.quote for e in (account.anchor, *account.evidence)] == ["a bomb killed", "Amaq"]
    claim = incident.tell("claim", "claimed the bomb through its agency Amaq")
    assert claim.account().anchor.quote == "claimed the bomb\nthrough its agency Amaq"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("a shooting", "the words 'a shooting' are not in story.txt"),
        ("bomb", "the words 'bomb' stand there 2 times; give more of the sentence"),
        ("", "the words '' are not in story.txt"),
        ([], "there are no words"),
        ((5, 5), "no words at 5:5"),
        ((5, 9000), "no words at 5:9000"),
    ],
)
def test_words_that_are_not_there_or_not_plain_are_refused(hand: Hand, words: object, problem: str) -> None:
    with pytest.raises(EvidenceError, match=problem):
        hand.incident(words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("prop", "words", "value", "problem"),
    [
        ("dead", "five", None, "incident has no property 'dead'"),
        ("killed", "people", None, "give no count; say which it is"),
        ("date", "Strasbourg", None, "give no date"),
        ("tactics", "bomb killed", None, "say which of bombing, suicide_bombing"),
        ("tactics", "bomb killed", "explosion", "'explosion' is not on the list"),
        ("killed", "five", "5-", "is no count; write"),
        ("killed", "five", TextValue("5"), "is not a count value"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(hand: Hand, prop: str, words: str, value: object, problem: str) -> None:
    incident = hand.incident("a bomb killed")
    with pytest.raises(SchemaError, match=problem):
        incident.state(prop, words, value)  # type: ignore[arg-type]
    assert incident.account().statements == ()


def test_what_a_thing_is_about_is_told_before_it(hand: Hand) -> None:
    with pytest.raises(SchemaError, match="a claim needs the incident that it is about"):
        hand.tell("claim", "Islamic State claimed")
    with pytest.raises(SchemaError, match="there is no incident 'i1'"):
        hand.tell("claim", "Islamic State claimed", about="i1")
    hand.incident("a bomb killed")
    with pytest.raises(SchemaError, match="a term is about nothing"):
        hand.tell("term", "Islamic State claimed", about="i1")
    with pytest.raises(SchemaError, match="two of the key 'i1'"):
        hand.incident("Islamic State claimed", key="i1")
    assert [hand.tell("claim", "Islamic State claimed", about="i1").key for _ in range(2)] == [
        "i1.claim.1",
        "i1.claim.2",
    ]


def test_the_version_is_who_signed_and_what_was_said(hand: Hand) -> None:
    other = Hand(hand.document, "B. Reader")
    for one in (hand, other):
        one.incident("a bomb killed").state("killed", "five")
    first = hand.reading()
    assert first.extractor == "hand"
    assert first.version.startswith("A. Reader ")
    assert first == hand.reading()
    assert first.version.split()[-1] == other.reading().version.split()[-1]
    hand.incident("Jonas Vell was arrested")
    assert hand.reading().version != first.version
