"""Contacts, responses, links and terms: what is read, what it is tied to, and what is left alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date

import pytest
from telling import a_document, an_incident, said

from ascribe.model import Account, CodeValue, DateValue, Document, PersonValue, PlaceValue
from ascribe.readings.context import FILLS, uses_of, with_context
from ascribe.readings.context.index import Needs, needed
from ascribe.readings.context.words import context_words
from ascribe.readings.sentences import sentences
from ascribe.registers.terms import Term, TermRegister, term_register
from ascribe.schema import bundled_schema

ACT = "On 3 May 2021 Karim Vell stabbed two people in Lyon."
_ACT_DAY = DateValue(date(2021, 5, 3), date(2021, 5, 3))


def incident(document: Document, *, key: str = "i1", person: str = "Karim Vell") -> Account:
    return an_incident(
        document,
        said(document, "tactics", CodeValue("stabbing"), "stabbed"),
        said(document, "date", _ACT_DAY, "3 May 2021"),
        said(document, "place", PlaceValue("Lyon", "city", "FR"), "Lyon"),
        said(document, "perpetrators", PersonValue(person, True, (person,)), person),
        key=key,
    )


def read(text: str, kind: str, published: str = "2021-05-10") -> list[dict[str, object]]:
    """What is read of one kind beside an incident: each account as property -> value."""
    document = a_document(f"{ACT} {text}", published=published)
    return [flat(a) for a in checked(document, [incident(document)]) if a.kind == kind]


def checked(document: Document, accounts: Sequence[Account]) -> list[Account]:
    """The accounts added, each of which fits the schema, has its own key and rests on words of the text."""
    every = with_context(document, accounts)
    assert every[: len(accounts)] == tuple(accounts)
    assert len({a.key for a in every}) == len(every)
    schema, added = bundled_schema(), list(every[len(accounts) :])
    for account in added:
        schema.check(account)
        assert {f"{account.kind}.{s.property}" for s in account.statements} <= FILLS
        for evidence in (account.anchor, *account.evidence, *(e for s in account.statements for e in s.evidence)):
            assert document.text[evidence.start : evidence.end] == evidence.quote
    return added


def flat(account: Account) -> dict[str, object]:
    out: dict[str, object] = {"about": account.about}
    for statement in account.statements:
        value = statement.value
        out[statement.property] = getattr(value, "code", None) or getattr(value, "text", None) or value
    return out


@pytest.mark.parametrize(
    ("text", "type", "institution"),
    [
        (
            "Vell had been questioned by the domestic intelligence service.",
            "questioning",
            "domestic intelligence",
        ),
        ("The Swiss police had warned Paris that Vell wanted to travel.", "warning", "Swiss police"),
        ("He was known to the police.", "other", "police"),
        (
            "Vell's asylum application was rejected by the Belgian authorities.",
            "decision",
            "Belgian authorities",
        ),
        ("The security services lost track of Vell.", "lapse", "security services"),
        ("The day before the attack police arrested Vell.", "detention", "police"),
        ("Vell, a prisoner on day release, had no job.", "release", None),
        (
            "Tunisia had convicted Vell in absentia and requested his extradition in 2020 from the ministry.",
            "request",
            "ministry",
        ),
        ("Vell had come to the attention of Belgian intelligence in July 2016.", "other", "Belgian intelligence"),
    ],
)
def test_a_contact_before_the_act(text: str, type: str, institution: str | None) -> None:
    found = [c for c in read(text, "contact") if c["type"] == type]
    assert len(found) == 1
    assert found[0]["about"] == "i1"
    assert isinstance(found[0]["person"], PersonValue)
    assert found[0]["person"].name == "Karim Vell"
    if institution is None:
        assert "institution" not in found[0]
    else:
        assert institution in str(found[0]["institution"])


def test_a_contact_is_dated_as_far_as_the_text_goes() -> None:
    (one,) = read("Vell had been questioned by police in July 2019.", "contact")
    assert isinstance(one["date"], DateValue)
    assert (one["date"].start, one["date"].end) == (date(2019, 7, 1), date(2019, 7, 31))
    assert str(one["decision"]).startswith("questioned by police")


@pytest.mark.parametrize(
    "text",
    [
        "Vell was arrested at the scene.",
        "Vell was arrested on 5 May 2021 and later convicted.",
        "After the attack the police questioned Vell.",
        "His brother had been arrested by police in 2019.",
        "Vell's mother had been questioned by police in 2019.",
        "Two other men had been detained by police in 2019.",
        "Police warned the public of a bomb.",
        "The minister said that the police had been released from blame.",
    ],
)
def test_what_is_no_contact_of_the_perpetrator_before_the_act(text: str) -> None:
    assert read(text, "contact") == []


@pytest.mark.parametrize(
    ("text", "by", "measure"),
    [
        (
            "After the attack the Minister, Anne Duval, had to resign.",
            "Minister, Anne Duval",
            "resign",
        ),
        ("In response to the stabbing the government called up 700 troops.", "government", "700 troops"),
        ("France raised its threat level to three.", "France", "threat level"),
        ("President Jean Moreau declared three days of mourning.", "President Jean Moreau", "three days of mourning"),
    ],
)
def test_a_response_tied_to_the_incident(text: str, by: str, measure: str) -> None:
    (one,) = read(text, "response")
    assert by in str(one["by"])
    assert measure in str(one["measure"])
    assert one["about"] == "i1"


@pytest.mark.parametrize(
    "text",
    [
        "Militants banned all marches in the town.",
        "On 2 February 2020 the government closed the border.",
        "He resigned himself to waiting.",
    ],
)
def test_what_is_no_response(text: str) -> None:
    assert read(text, "response") == []


def test_a_response_is_tied_to_the_one_of_two_incidents_that_its_words_name() -> None:
    first, second = (
        "On 3 May 2021 Karim Vell stabbed two people in Lyon.",
        "On 9 May 2021 a bomb killed three in Ghent.",
    )
    document = a_document(f"{first}\n{second}\nAfter the attack in Lyon the mayor banned all marches.")
    other = an_incident(
        document,
        said(document, "tactics", CodeValue("bombing"), "bomb"),
        said(document, "place", PlaceValue("Ghent", "city", "BE"), "Ghent"),
        key="i2",
    )
    (one,) = [a for a in checked(document, [incident(document), other]) if a.kind == "response"]
    assert one.about == "i1"


@pytest.mark.parametrize(
    ("text", "type", "other"),
    [
        ("Two accomplices of Vell were charged in Lille.", "accomplice", "Two accomplices"),
        ("Vell's younger brother was charged with conspiring in it.", "family", "younger brother"),
        ("Vell had been in contact with a preacher in Nice.", "contact", "a preacher in Nice"),
        ("Vell stabbed them in revenge for the bombing of Ghent.", "precursor", "bombing of Ghent"),
        ("Vell took instructions from a man in Raqqa.", "handler", "took instructions from"),
    ],
)
def test_a_link_that_the_text_states(text: str, type: str, other: str) -> None:
    found = [c for c in read(text, "connection") if c["type"] == type]
    assert len(found) == 1
    assert other in str(found[0]["other"])


@pytest.mark.parametrize(
    "text",
    [
        "Like Vell, the accomplices of Omar Dane came from Nice.",
        "Vell had no accomplices.",
        "Vell was not in contact with anybody abroad.",
        "Vell lived with his brother in Nice.",
        "Vell did it in revenge for the Muslims.",
        "The act recalled that of Omar Dane, who was in contact with Vell in no way.",
    ],
)
def test_a_comparison_or_a_denial_is_no_link(text: str) -> None:
    assert read(text, "connection") == []


def test_a_relative_is_never_named() -> None:
    (one,) = read("His brother Hassan Vell was charged with conspiring.", "connection")
    assert "Hassan" not in str(one)


@pytest.mark.parametrize(
    ("text", "use", "speaker"),
    [
        ("Vell was not a “lone wolf”.", "rejected", None),
        ("There was much talk of “lone wolves” in those years.", "reported", None),
        ("A lone wolf (i.e., somebody who acts by himself) is rare.", "defined", None),
        ("The lone wolves of the movement struck again.", "used", None),
        ("The minister said that lone wolves were the danger.", "used", "The minister"),
    ],
)
def test_who_does_what_with_a_term(text: str, use: str, speaker: str | None) -> None:
    (one,) = read(text, "term")
    assert (one["term"], one["use"], one.get("speaker")) == ("lone wolf", use, speaker)
    assert one["about"] is None


def test_a_term_in_a_name_is_none() -> None:
    assert read("The Moro Freedom Fighters and the Self-Defence Forces met.", "term") == []


def test_terms_need_no_incident() -> None:
    document = a_document("A freedom fighter to some.")
    assert [flat(a)["term"] for a in with_context(document, ())] == ["freedom fighter"]


def test_a_term_of_ones_own_is_found_too() -> None:
    document = a_document("They spoke of bandits. Bandits, they said.")
    found = uses_of(document, TermRegister([Term("bandit", ("bandits?",))]))
    assert sum(len(a.evidence) for a in found) == 2


def test_the_index_misses_no_pattern() -> None:
    """Every pattern names the beginnings of words that it needs; a text that it matches holds one of them."""
    for form in (f for t in term_register().terms for f in t.forms):
        assert needed(form), form
    words = context_words("en")
    text = "Vell had been reported to police. He was let go. An accomplice and his co-conspirators fled."
    held = words.needs.places(text, sentences(text))
    assert held["contacts"]
    assert held["accomplice"]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("lost (?:track|sight) of", {"trac", "sigh"}),
        ("(?:had )?(?:been )?reported to", {"repo"}),
        ("(?:raised|lifted) (?:\\S+ ){0,4}(?:threat|alert) level", {"rais", "lift"}),
        ("brothers?", {"brot"}),
        ("of it", set()),
        ("\\d+ men", {"men"}),
    ],
)
def test_what_a_pattern_needs(pattern: str, wanted: set[str]) -> None:
    assert needed(pattern) == wanted


def test_a_pattern_of_which_nothing_is_known_is_looked_for_everywhere() -> None:
    text = "One sentence. Another one."
    assert len(Needs({"all": ["\\d+"]}).places(text, sentences(text))["all"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "terrorist " * 4_000,
        "Vell had been arrested by police in 2019. " * 300,
        "had " * 8_000,
        "“lone wolf" * 2_000,
        "Vell " * 5_000,
    ],
    ids=["terms", "contacts", "had", "open quotations", "names"],
)
def test_hostile_text_takes_no_long_time(text: str) -> None:
    document = a_document(f"{ACT} {text}", published="2021-05-10")
    begun = time.perf_counter()
    checked(document, [incident(document)])
    assert time.perf_counter() - begun < 15
