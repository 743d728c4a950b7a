"""The exchange format of a reading: slots from statements, and every slot value among the statements."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import CLAIMANT, TOWNS, PlainReader, a_document, about, an_incident, said

from ascribe.exports.reading import reading_json
from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    PersonValue,
    Reading,
    Statement,
    TextValue,
)
from ascribe.schema import bundled_schema

TEXT = (
    "On 2021-03-04 a bomb killed 5 people in Port Amsel. Later the toll rose to 7. Two gunmen fled; Jonas Vell was "
    "arrested. The Ash Front claimed it through Ember Radio, and the Reed Front was cleared."
)


def read(document: Document, *accounts: Account) -> dict:
    return reading_json(document, Reading(document.id, "plain", "1", accounts), bundled_schema())


def one(*statements: tuple, text: str = TEXT, more: tuple = ()) -> dict:
    document = a_document(text)
    made = tuple(said(document, *s[:3], **(s[3] if len(s) > 3 else {})) for s in statements)
    return read(document, an_incident(document, *made), *(a(document) for a in more))["incidents"][0]


def test_what_the_text_does_not_state_is_null_and_never_zero() -> None:
    incident = one(("status", CodeValue("carried_out"), "bomb"))
    assert incident["killed"] is None
    assert incident["wounded"] is None
    assert incident["date"] is None
    assert incident["place"] is None
    assert incident["involvement"] is None
    assert incident["claim"] == {"status": None, "by": [], "outlets": [], "date": None}
    assert incident["tactics"] == incident["groups"] == incident["perpetrators"] == incident["victims"] == []


def test_nobody_hurt_is_zero_and_not_null() -> None:
    assert one(("wounded", CountValue(0, 0), "Later"))["wounded"] == {"min": 0, "max": 0}


def test_the_last_toll_in_the_text_is_shown_and_the_first_stays_a_statement() -> None:
    incident = one(("killed", CountValue(5, 5), "5"), ("killed", CountValue(7, 7), "7"))
    assert incident["killed"] == {"min": 7, "max": 7}
    assert [s["value"]["min"] for s in incident["statements"]] == [7, 5]


def test_a_toll_by_the_claimant_gives_way_to_any_other() -> None:
    incident = one(("killed", CountValue(5, 5), "5"), ("killed", CountValue(7, 7), "7", {"voice": CLAIMANT}))
    assert incident["killed"]["min"] == 5


def test_a_denied_value_is_a_statement_but_no_slot() -> None:
    incident = one(("weapons", CodeValue("firearm"), "gunmen", {"stance": "denied"}))
    assert incident["weapons"] == []
    assert incident["statements"][0]["modality"] == "denied"


def test_a_description_shows_only_where_nobody_is_named() -> None:
    gunmen = ("perpetrators", PersonValue("Two gunmen", named=False), "Two gunmen")
    assert one(gunmen)["perpetrators"] == [{"name": "Two gunmen", "fate": None}]
    named = one(gunmen, ("perpetrators", PersonValue("Jonas Vell"), "Jonas Vell"))
    assert [p["name"] for p in named["perpetrators"]] == ["Jonas Vell"]


def test_a_fate_goes_to_its_own_person() -> None:
    incident = one(
        ("perpetrators", PersonValue("Jonas Vell"), "Jonas Vell"),
        ("perpetrators", PersonValue("Tomas Orrin"), "gunmen"),
        more=(
            lambda d: about(
                d,
                "person_status",
                said(d, "person", PersonValue("Vell", variants=("Jonas Vell",)), "Vell"),
                said(d, "status", CodeValue("arrested"), "arrested"),
                key="p",
            ),
        ),
    )
    assert incident["perpetrators"] == [
        {"name": "Jonas Vell", "fate": "arrested"},
        {"name": "Tomas Orrin", "fate": None},
    ]
    assert ("fate", "arrested") in [(s["property"], s["value"]) for s in incident["statements"]]


def test_groups_carry_the_stance_of_their_attribution() -> None:
    def held(name: str, stance: str, *extra: Statement):  # type: ignore[no-untyped-def]
        return lambda d: about(
            d, "attribution", said(d, "actor", ActorValue(name), name, stance=stance), *extra, key=f"a{name}"
        )

    incident = one(
        ("status", CodeValue("carried_out"), "bomb"),
        more=(held("Ash Front", "claimed_only"), held("Reed Front", "denied")),
    )
    assert incident["groups"] == [
        {"name": "Ash Front", "stance": "claimed_only"},
        {"name": "Reed Front", "stance": "denied"},
    ]


def test_claims_are_laid_into_one_slot_with_the_first_date() -> None:
    def claim(by: str, day: int, key: str):  # type: ignore[no-untyped-def]
        when = DateValue(date(2021, 3, day), date(2021, 3, day))
        return lambda d: about(
            d,
            "claim",
            said(d, "status", CodeValue("claimed"), "claimed"),
            said(d, "by", ActorValue(by), by),
            said(d, "outlets", TextValue("Ember Radio"), "Ember Radio"),
            said(d, "date", when, "Later"),
            key=key,
        )

    incident = one(
        ("status", CodeValue("carried_out"), "bomb"), more=(claim("Reed Front", 9, "x"), claim("Ash Front", 5, "y"))
    )
    assert incident["claim"] == {
        "status": "claimed",
        "by": ["Reed Front", "Ash Front"],
        "outlets": ["Ember Radio"],
        "date": {"start": "2021-03-05", "end": "2021-03-05"},
    }


def test_an_account_about_one_incident_does_not_reach_another() -> None:
    document = a_document(TEXT)
    first = an_incident(document, said(document, "status", CodeValue("carried_out"), "bomb"), key="i1")
    second = an_incident(document, said(document, "status", CodeValue("failed"), "Later"), key="i2")
    attribution = about(
        document, "attribution", said(document, "actor", ActorValue("Ash Front"), "Ash Front"), key="a", incident="i2"
    )
    incidents = read(document, first, second, attribution)["incidents"]
    assert incidents[0]["groups"] == []
    assert incidents[1]["groups"] == [{"name": "Ash Front", "stance": "asserted"}]


def test_the_document_is_given_with_its_text_and_skipped_parts() -> None:
    document = a_document(TEXT, "story.txt", "2021-03-05")
    out = reading_json(document, Reading(document.id, "plain", "1"), bundled_schema())
    assert (out["path"], out["id"], out["text"], out["incidents"]) == ("story.txt", document.id, TEXT, [])
    assert out["published"] == {"start": "2021-03-05", "end": "2021-03-05", "how": "given"}


def slot_values(incident: dict) -> list[tuple[str, object]]:
    flat: list[tuple[str, object]] = []
    for name in ("status", "date", "place", "killed", "wounded", "involvement"):
        flat += [(name, incident[name])] if incident[name] is not None else []
    for name in ("tactics", "weapons", "target_types"):
        flat += [(name, v) for v in incident[name]]
    for name in ("perpetrators", "victims", "groups"):
        flat += [(name, v) for v in incident[name]]
    flat += [("fate", p["fate"]) for p in incident["perpetrators"] if p["fate"]]
    flat += [("claim.by", v) for v in incident["claim"]["by"]] + [
        ("claim.outlets", v) for v in incident["claim"]["outlets"]
    ]
    return flat + [(f"claim.{k}", incident["claim"][k]) for k in ("status", "date") if incident["claim"][k] is not None]


_WORDS = st.sampled_from(
    ["a bomb", "a shooting", "On 2021-03-04", "killed 4", "in Port Amsel", "in Dar Qasim", "Jonas Vell was arrested.",
     "The Ash Front claimed it.", "police suspect the Reed Front", "killing Mina Tarn", "\n", "🕯 قُتل", "\u202eabc"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, min_size=1, max_size=14).map(" ".join))
def test_every_slot_value_is_among_the_statements_and_every_quote_is_in_its_place(text: str) -> None:
    document = a_document(text)
    out = json.loads(json.dumps(reading_json(document, PlainReader().read(document), bundled_schema())))
    for incident in out["incidents"]:
        stated = [(s["property"], s["value"]) for s in incident["statements"]]
        for value in slot_values(incident):
            assert value in stated
        for part in (incident, *incident["statements"]):
            assert part["evidence"]
            for words in part["evidence"]:
                assert out["text"][words["start"] : words["end"]] == words["quote"]


@pytest.mark.parametrize("key", ["property", "value", "evidence", "voice", "modality", "confidence"])
def test_a_statement_has_the_keys_of_the_format(key: str) -> None:
    assert key in one(("status", CodeValue("carried_out"), "bomb"))["statements"][0]


def test_places_bear_the_keys_of_the_format() -> None:
    place = one(("place", TOWNS["Port Amsel"], "Port Amsel"))["place"]
    assert place == {"name": "Port Amsel", "country": "FR", "lat": 48.86, "lon": 2.35, "level": "city"}
