"""What Ascribe promises not to do, as behaviour: reading and storing (exports have their own tests)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import get_type_hints

import pytest
import typer

from ascribe.cli.app import app
from ascribe.documents import Source, load
from ascribe.model import (
    ActorValue,
    CodeValue,
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
from ascribe.readings import DEFAULT, extractor
from ascribe.registers.terms import term_register
from ascribe.schema import bundled_schema

# The other readers are held to the same: ASCRIBE_READER=rules pytest tests/test_guard_rails.py
READER = os.environ.get("ASCRIBE_READER", DEFAULT)
EXAMPLES = Path(__file__).parent.parent / "examples" / "documents"
PUBLISHED = date(2022, 5, 5)


def document(text: str) -> Document:
    when = DateValue(PUBLISHED, PUBLISHED, "day", "absolute")
    return Document(
        id=sha256(text),
        bytes_id=sha256(text),
        name="told.txt",
        text=text,
        format="text",
        language="en",
        publication=Publication(when, "given"),
    )


@cache
def read(text: str) -> Reading:
    return extractor(READER).read(document(text))


def statements(reading: Reading) -> Iterator[tuple[str, Statement]]:
    return ((f"{a.kind}.{s.property}", s) for a in reading.accounts for s in a.statements)


def people(reading: Reading, *paths: str) -> set[str]:
    found = (s.value for path, s in statements(reading) if path in paths)
    return {v.name for v in found if isinstance(v, PersonValue) and v.named}


def fates(reading: Reading) -> dict[str, str]:
    out = {}
    for account in reading.of_kind("person_status"):
        person, status = account.first("person"), account.first("status")
        assert person is not None
        assert status is not None
        assert isinstance(person.value, PersonValue)
        assert isinstance(status.value, CodeValue)
        out[person.value.name] = status.value.code
    return out


# --- the same standard for all ---------------------------------------------------------------------------------------

CASTS = {
    "group": ("Islamic State", "Real IRA", "Lowland Liberation Front"),
    "house": ("mosque", "church", "synagogue"),
    "faith": ("Muslim", "Christian", "Jewish"),
    "town": ("Colmar", "Tikrit", "Drogheda"),
    "country": ("France", "Iraq", "Ireland"),
    "nation": ("French", "Iraqi", "Irish"),
    "person": ("Karim Haddad", "Sean Kinsella", "Pierre Lambert"),
}
TOLD = {
    "a claimed bombing": (
        "A bomb exploded outside a {house} in {town}, in {country}, on Tuesday, killing four people and wounding nine, "
        "police said. The {group} claimed responsibility for the attack in a statement on Wednesday. {person}, 29, was "
        "arrested near the scene and has been charged with murder."
    ),
    "an unclaimed shooting": (
        "Gunmen shot dead a {faith} teacher in {town} on 3 May 2022. Police suspect the {group}, but no group has "
        "claimed responsibility for the killing. {person} was arrested on Wednesday and denies any part in it."
    ),
    "an attack on worshippers": (
        "A man drove a van into {faith} worshippers who were leaving a {house} in {town}, {country}, on Monday night. "
        "Three people were wounded. The attacker, named by police as {person}, was shot dead. Investigators found no "
        "contact between him and the {group}, which had inspired him."
    ),
    "a strike by a state": (
        "A drone strike on a market in {town} killed eleven people on Sunday, the mayor said. Among the dead was a "
        "teacher at the {faith} school. {nation} forces admitted the strike the next day."
    ),
    "a foiled plot": (
        "Police in {country} said on Wednesday that they had foiled a plot by the {group} to bomb a {house} in {town}. "
        "{person}, a {nation} citizen, was arrested on Tuesday."
    ),
}
BASE = {part: names[0] for part, names in CASTS.items()}


def swapped() -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Every text, with each sort of name swapped alone, and with all swapped at once."""
    for told, text in TOLD.items():
        for part, names in CASTS.items():
            for one, other in combinations(names, 2):
                if f"{{{part}}}" in text:
                    yield told, {**BASE, part: one}, {**BASE, part: other}
        for index in (1, 2):
            yield told, BASE, {part: names[index] for part, names in CASTS.items()}


def without_names(reading: Reading, cast: dict[str, str]) -> Counter[tuple[object, ...]]:
    """All that a reading says, with the swapped names taken out of values, voices and quotes."""

    def plain(words: str | None) -> str | None:
        for part, name in sorted(cast.items(), key=lambda c: -len(c[1])):  # "Iraqi" before "Iraq"
            words = words.replace(name, f"<{part}>") if words else words
        return words

    def value_of(value: object) -> object:
        match value:
            case PlaceValue():
                return ("place", plain(value.name), value.level, value.latitude is not None, value.country is not None)
            case ActorValue():
                return ("actor", plain(value.name))
            case PersonValue():
                return ("person", plain(value.name), value.named, len(value.variants))
            case TextValue():
                return ("text", plain(value.text))
        return value

    return Counter(
        (
            account.kind,
            account.about is not None,
            statement.property,
            value_of(statement.value),
            statement.stance,
            statement.origin,
            statement.rule,
            statement.confidence,
            statement.voice.kind,
            plain(statement.voice.speaker),
            statement.voice.perpetrator_side,
            tuple(plain(e.quote) for e in statement.evidence),
        )
        for account in reading.accounts
        for statement in account.statements
    )


@pytest.mark.parametrize(("told", "one", "other"), list(swapped()))
def test_the_same_text_with_other_names_gives_the_same_fields(
    told: str, one: dict[str, str], other: dict[str, str]
) -> None:
    first, second = (read(TOLD[told].format(**cast)) for cast in (one, other))

    assert without_names(first, one) == without_names(second, other)


@pytest.mark.parametrize("told", TOLD)
def test_the_texts_whose_names_are_swapped_tell_enough_to_be_compared(told: str) -> None:
    reading = read(TOLD[told].format(**BASE))

    assert len(reading.of_kind("incident")) == 1
    assert {"incident.place", "incident.tactics"} <= {path for path, _ in statements(reading)}


# --- no value without its words --------------------------------------------------------------------------------------


def example_documents() -> list[Document]:
    found = (d for path in sorted(EXAMPLES.iterdir()) for d in load(Source(path.name, path.read_bytes())))
    return [d for d in found if isinstance(d, Document)]


def test_every_value_read_from_the_examples_has_a_quote_that_is_the_text_at_its_offsets() -> None:
    checked = 0
    for told in example_documents():
        reading = extractor(READER).read(told)
        for account in reading.accounts:
            bundled_schema().check(account)
            for statement in account.statements:
                assert statement.evidence
                for evidence in (*statement.evidence, account.anchor, *account.evidence):
                    assert evidence.document_id == told.id
                    assert told.text[evidence.start : evidence.end] == evidence.quote
                    checked += 1
    assert checked > 100


def test_names_in_values_are_words_of_the_text() -> None:
    for told in example_documents():
        text = " ".join(told.text.split())
        for path, statement in statements(extractor(READER).read(told)):
            match statement.value:
                case TextValue(text=term) if path == "term.term":  # the plain form, of which the words are one form
                    assert all(term_register().of(e.quote).term == term for e in statement.evidence), path
                case PersonValue(name=name) | ActorValue(name=name) | PlaceValue(name=name) | TextValue(text=name):
                    assert name in text, path


NOBODY_NAMED = (
    "A gunman killed two people in a cafe in Colmar on Tuesday. Mayor Louise Armand laid a wreath. The dead were named "
    "as Paul Reber, 44, and Nadia Reber, 41. The attacker, who was arrested, has not been named.",
    "Three people were stabbed in Drogheda on Monday. 'I saw him run,' said Orla Tierney, who keeps the bakery. "
    "Superintendent Declan Roche said that a man of 26 was being questioned. His sister, Aoife Brannigan, was heard.",
    "A bomb wounded nine people in Tikrit on 3 May 2022. No group has claimed it. The governor, Salim Nouri, blamed "
    "foreigners. The journalist Hana Jabbar, who was first to reach the scene, counted four burnt cars.",
)


@pytest.mark.parametrize("text", NOBODY_NAMED)
def test_a_text_that_does_not_name_the_perpetrator_yields_no_name(text: str) -> None:
    reading = read(text)

    assert reading.of_kind("incident")
    assert people(reading, "incident.perpetrators", "person_status.person") == set()


def test_coordinates_are_never_finer_than_the_text() -> None:
    reading = read("A bomb killed nine people in Mozambique on 3 May 2022. Nobody has claimed it.")
    places = [s.value for path, s in statements(reading) if path in ("incident.place", "incident.sites")]

    assert places
    assert all(p.latitude is None and p.longitude is None for p in places if isinstance(p, PlaceValue))


def test_a_figure_that_only_the_claimant_gives_is_marked_as_theirs() -> None:
    reading = read(
        "A bomb exploded at a checkpoint in Tikrit on Tuesday. The Islamic State said in a statement that it had "
        "killed fourteen soldiers."
    )
    tolls = [s for path, s in statements(reading) if path.startswith("incident.killed")]

    assert tolls
    assert all(s.voice.perpetrator_side for s in tolls)


# --- the law's words only as the text says them ----------------------------------------------------------------------


def test_somebody_arrested_is_not_convicted() -> None:
    reading = read(
        "A bomb killed two people at a market in Colmar on Tuesday. Pierre Lambert was arrested on Wednesday on "
        "suspicion of planting it."
    )

    assert set(fates(reading).values()) <= {"arrested"}


def test_a_conviction_for_something_else_is_not_one_for_the_act() -> None:
    reading = read(
        "A bomb killed two people at a market in Colmar on Tuesday. Pierre Lambert was arrested on Wednesday on "
        "suspicion of planting it. Lambert was convicted of theft in 2015."
    )

    assert set(fates(reading).values()) <= {"arrested"}


def test_somebody_charged_is_charged_and_no_more() -> None:
    reading = read(
        "Two people were stabbed to death in Drogheda on Monday. Sean Kinsella, 31, was charged with the murders on "
        "Wednesday. His trial has not begun."
    )

    assert set(fates(reading).values()) <= {"charged", "arrested"}


def test_somebody_acquitted_is_not_a_perpetrator() -> None:
    reading = read(
        "A court in Colmar on Tuesday convicted Pierre Lambert of the bombing of a police station in Colmar on 4 March "
        "2021, in which an officer was killed. His co-defendant, Karim Haddad, was acquitted of all charges."
    )

    assert "Karim Haddad" not in people(reading, "incident.perpetrators", "person_status.person")
    assert fates(reading).get("Pierre Lambert", "convicted") == "convicted"


def test_relatives_who_are_only_mentioned_are_not_perpetrators() -> None:
    reading = read(
        "Karim Haddad stabbed a guard in Colmar on Tuesday and was shot dead by police. His mother, Leila Haddad, and "
        "his uncle, Nabil Sarkis, were taken in for questioning and released."
    )

    assert people(reading, "incident.perpetrators", "person_status.person") <= {"Karim Haddad"}


# --- what the schema cannot even hold --------------------------------------------------------------------------------


def test_nothing_that_is_a_number_can_be_said_of_a_person() -> None:
    assert {p.type.name for p in bundled_schema()["person_status"].properties}.isdisjoint({"count", "number"})
    assert {f.name for f in fields(PersonValue)} == {"name", "named", "variants"}
    assert not {int, float} & set(get_type_hints(PersonValue).values())
    for prop in bundled_schema().properties():
        if prop.type.name == "person":
            assert prop.type.bounds(PersonValue("Anybody")) == (None, None)


def test_no_property_holds_religion_origin_or_a_rating() -> None:
    forbidden = ("relig", "ethn", "nationality", "origin", "race", "risk", "score", "rank", "threat_level", "danger")

    for prop in bundled_schema().properties():
        assert not any(word in prop.id for word in forbidden), prop.path


def test_no_code_list_holds_an_evaluative_word() -> None:
    evaluative = {
        *("terror", "terrorist", "terrorism", "extremist", "radical", "fanatic", "militant", "martyr", "martyrdom"),
        *("hero", "heroic", "coward", "cowardly", "barbaric", "savage", "evil", "heinous", "atrocity", "innocent"),
        *("pogrom", "fiasco", "embarrassment", "senseless", "brutal", "monster", "jihad", "crusade", "holy"),
    }
    for prop in bundled_schema().properties():
        for code in prop.codes:
            words = f"{code.code} {code.label} {code.definition}".replace("_", " ").lower()
            words = "".join(c if c.isalpha() else " " for c in words)
            assert evaluative.isdisjoint(words.split()), f"{prop.path}: {code.code}"


def test_weapons_are_categories_and_nothing_finer() -> None:
    codes = {c.code for c in bundled_schema()["incident"]["weapons"].codes}

    assert codes == {
        *("explosives", "firearm", "blade", "vehicle", "incendiary", "chemical", "aircraft", "drone", "rocket_mortar"),
        "other",
    }


def test_no_command_watches_rates_or_predicts() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    offered = " ".join(
        word for name, command in commands.items() for word in (name, *(o for p in command.params for o in p.opts))
    )

    assert not re.search(r"watch|alert|monitor|follow|track|score|risk|rank|predict|suspect", offered)


# --- no hidden network -----------------------------------------------------------------------------------------------

READ_EVERYTHING = """
import sys
def forbid(event, arguments):
    # urllib3, which a parser of web pages brings along, makes a socket when it is imported, to see whether this
    # machine knows IPv6, and closes it again; it is never connected to anything.
    if event in (
        "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg",
        "socket.getnameinfo", "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect",
    ):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(forbid)
import pathlib, pkgutil, importlib, ascribe
for module in pkgutil.walk_packages(ascribe.__path__, "ascribe."):
    if not module.name.startswith("ascribe.engines") and ".migrations" not in module.name:
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as missing:  # a part that needs an extra which is not installed
            if missing.name.startswith("ascribe"):
                raise
from ascribe.documents import Source, load
from ascribe.model import Document
from ascribe.readings import DEFAULT, extractor
reader = extractor(DEFAULT)
found = 0
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for item in load(Source(path.name, path.read_bytes())):
        found += isinstance(item, Document) and len(reader.read(item).accounts)
print(found)
"""


def test_importing_and_reading_open_no_connection() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_EVERYTHING, str(EXAMPLES)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 10
