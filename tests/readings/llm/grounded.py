"""An invented report of two incidents with a model's faultless answer, for tests that make it wrong."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ascribe.model import DateValue, Document, Publication, Reading, sha256
from ascribe.readings.llm.exchange import Asking, begin
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.parts import numbered
from ascribe.schema import Schema, bundled_schema

REPORT = (
    "LUDDA, Freedonia - A bomb exploded at the bus station of Ludda on Tuesday, killing at least seven people and "
    "wounding 21.\n"
    "The Dawn Front claimed responsibility through its website. The prefect suspected the Red Harvest Army, which "
    "denied any part in it.\n"
    "Police arrested a driver named Ivo Marek on Wednesday.\n\n"
    "Three days earlier gunmen had shot dead two policemen at a roadblock outside Colombes. No group has claimed "
    "responsibility for it.\nNobody was hurt among the shoppers nearby.\n"
)
Json = dict[str, Any]


def document(text: str = REPORT, language: str | None = "en") -> Document:
    published = DateValue(date(2021, 5, 5), date(2021, 5, 5), "day", "given")
    return Document(
        sha256(text),
        sha256(text),
        "a.txt",
        text,
        "text",
        language=language,
        publication=Publication(published, "given"),
    )


def fact(quote: str, prop: str, value: str, incident: int = 1, text: str = REPORT, **more: Any) -> Json:
    """A fact whose sentence is the first that holds the quote."""
    sentence = next((s.number for s in numbered(text) if quote in " ".join(text[s.start : s.end].split())), 1)
    told = {"incident": incident, "property": prop, "thing": 1, "value": value, "sentence": sentence, "quote": quote}
    return {**told, "stance": "asserted", **more}


def faultless() -> Json:
    """What a careful reader answers."""
    first, second = fact("exploded", "mention", "exploded"), fact("shot dead", "mention", "shot dead", 2)
    told = [{**{k: f[k] for k in ("incident", "sentence", "quote")}, "title": f["quote"]} for f in (first, second)]
    facts = [
        first,
        fact("exploded", "tactics", "bombing"),
        fact("bomb", "weapons", "explosives"),
        fact("Tuesday", "date", "2021-05-04"),
        fact("Ludda", "place", "Ludda"),
        fact("at least seven people", "killed", "7+"),
        fact("21", "wounded", "21"),
        fact("claimed responsibility", "claim.status", "claimed"),
        fact("Dawn Front", "claim.by", "Dawn Front"),
        fact("Dawn Front", "attribution.actor", "Dawn Front", stance="claimed_only"),
        fact("Red Harvest Army", "attribution.actor", "Red Harvest Army", thing=2, stance="suspected"),
        fact("Ivo Marek", "perpetrators", "Ivo Marek"),
        fact("Ivo Marek", "person_status.person", "Ivo Marek"),
        fact("arrested", "person_status.status", "arrested"),
        second,
        fact("shot dead", "tactics", "armed_assault", 2),
        fact("two policemen", "killed", "2", 2),
        fact("policemen", "target_types", "police", 2),
        fact("Three days earlier", "date", "2021-05-01", 2),
        fact("Colombes", "place", "Colombes", 2),
        fact("gunmen", "perpetrators", "gunmen", 2),
        fact("No group has claimed responsibility", "claim.status", "not_claimed", 2),
        fact("Nobody was hurt", "wounded", "0", 2),
    ]
    return {"incidents": told, "facts": facts}


def wrong(quote: str, prop: str, value: str, incident: int = 1, **more: Any) -> tuple[Json, Json]:
    """The faultless answer with one fact in the place of those of its property; and that fact."""
    answer = faultless()
    made = {**fact(quote, prop, value, incident), **more}
    kept = [f for f in answer["facts"] if (f["property"], f["incident"], f["thing"]) != (prop, incident, made["thing"])]
    return {**answer, "facts": [*kept, made]}, made


def read(
    answer: Json | str, text: str = REPORT, schema: Schema | None = None, **asking: Any
) -> tuple[Reading, list[Checked]]:
    """The reading, and every fact after the checks, where a model gives the same answer to every question."""
    talk = begin(document(text), schema or bundled_schema(), Asking("some-model", **asking))
    while not talk.done:
        for request in talk.requests():
            talk.take(request.id, answer if isinstance(answer, str) else json.dumps(answer))
    reading = talk.reading()
    return reading, talk.checked()  # type: ignore[attr-defined]


def found(reading: Reading, path: str, about: str | None = None) -> list[Any]:
    """The values of a property that are shown as found."""
    kind, _, prop = path.partition(".")
    accounts = [a for a in reading.of_kind(kind) if about in (None, a.about, a.key)]
    return [s.value for a in accounts for s in a.values(prop) if s.origin != "unsupported"]
