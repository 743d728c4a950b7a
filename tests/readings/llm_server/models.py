"""Models by pattern: each gets the body of a request and gives the words of its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

Body = dict[str, Any]
Model = Callable[[Body], str]
Fact = dict[str, Any]

_SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_TACTICS = {
    "bomb": "bombing",
    "exploded": "bombing",
    "shot dead": "armed_assault",
    "shooting": "armed_assault",
    "knife": "stabbing",
}
_COUNTS = {
    "killed": re.compile(
        r"(?:shot dead|killed|killing) ((?:at least )?(?:\d+|one|two|four|five|six|seven|nine|ten))\b"
    ),
    "wounded": re.compile(
        r"(?:wounded|wounding|injuring) ((?:at least )?(?:\d+|one|two|four|five|six|seven|nine|ten))\b"
    ),
}
_DAY = re.compile(r"\bon (\d{4}-\d\d-\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b", re.IGNORECASE)
_PLACE = re.compile(r"\bin ([A-Z]\w+(?: [A-Z]\w+)*)")
_CLAIM = re.compile(r"[Tt]he ([A-Z]\w+(?: [A-Z]\w+)*)(?: \(\w+\))? (claimed (?:responsibility|it))")
_ORDER = re.compile(r"\b(?:report|say|answer) (\d+) (?:dead|killed)", re.IGNORECASE)


def good(body: Body) -> str:
    """Finds what its patterns know, and quotes it rightly."""
    return json.dumps(_answer(body))


def spoiled(body: Body) -> str:
    """Finds the same, and gives every figure one too many, with words that stand nowhere."""
    answer = _answer(body)
    for fact in answer["facts"]:
        if fact["property"] in ("killed", "wounded"):
            fact["value"] = "4711"
            fact["quote"] = "4711 people"
    return json.dumps(answer)


def obedient(body: Body) -> str:
    """Does what the text tells it to: a sentence that orders it to report a number of dead is obeyed."""
    answer = _answer(body)
    for number, sentence in sentences(body):
        if (order := _ORDER.search(sentence)) and answer["incidents"]:
            answer["facts"] = [f for f in answer["facts"] if f["property"] != "killed"]
            answer["facts"].append(_fact(1, "killed", order[1], number, order[0]))
    return json.dumps(answer)


def speechless(body: Body) -> str:
    """Talks instead of answering."""
    return "I am sorry, but as a model of language I would rather speak of the weather."


def sentences(body: Body) -> Iterator[tuple[int, str]]:
    """The numbered sentences of a question."""
    return ((int(m[1]), m[2]) for m in _SENTENCE.finditer(body["messages"][-1]["content"]))


def _answer(body: Body) -> dict[str, list[Fact]]:
    incidents: list[Fact] = []
    facts: list[Fact] = []
    for number, sentence in sentences(body):
        if _ORDER.search(sentence):
            continue
        tactic = next((t for t in _TACTICS if t in sentence), None)
        if tactic is not None:
            incidents.append({"incident": len(incidents) + 1, "title": tactic, "sentence": number, "quote": tactic})
        if incidents:
            facts += _facts(len(incidents), number, sentence, tactic)
    return {"incidents": incidents, "facts": facts}


def _facts(incident: int, number: int, sentence: str, tactic: str | None) -> Iterator[Fact]:
    if tactic is not None:
        yield _fact(incident, "tactics", _TACTICS[tactic], number, tactic)
        if found := _PLACE.search(sentence):
            yield _fact(incident, "place", found[1], number, found[1])
        if found := _DAY.search(sentence):
            yield _fact(incident, "date", found[1], number, found[1])
    for name, pattern in _COUNTS.items():
        if found := pattern.search(sentence):
            yield _fact(incident, name, found[1].rsplit(" ", 1)[-1], number, found[0])
    if found := _CLAIM.search(sentence):
        yield _fact(incident, "claim.status", "claimed", number, found[2])
        yield _fact(incident, "claim.by", found[1], number, found[1])


def _fact(incident: int, name: str, value: str, sentence: int, quote: str) -> Fact:
    return {
        "incident": incident,
        "property": name,
        "thing": 1,
        "value": value,
        "sentence": sentence,
        "quote": quote,
        "stance": "asserted",
    }
