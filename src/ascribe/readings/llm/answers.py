"""What a model answered, taken apart item by item, so that one bad item or a cut end loses nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_DECODER = json.JSONDecoder()
# More than any text tells; what is beyond is a model that runs in circles.
MOST_INCIDENTS, MOST_FACTS = 500, 5_000
_LONGEST_REPLY = 2_000_000


def _whole_number(given: object) -> object:
    """3 from "3", "[3]", 3.0 or [3]."""
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if isinstance(given, str) and (found := re.fullmatch(r"\D{0,3}(\d{1,6})\D{0,3}", given.strip())):
        return int(found[1])
    return given


def _words(given: object) -> object:
    """Words from what is written without quotation marks: numbers, yes and no."""
    if isinstance(given, bool) or given is None:
        return "" if given is None else str(given).lower()
    return str(given) if isinstance(given, int | float) else given


Number = Annotated[int, BeforeValidator(_whole_number), Field(ge=0, le=1_000_000)]
Words = Annotated[str, BeforeValidator(_words), Field(max_length=2_000)]


class Told(BaseModel):
    """An incident as the answer introduces it: its number in the answer, and the words that first tell it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    incident: Number
    title: Words = ""
    sentence: Number
    quote: Words


class Given(BaseModel):
    """One value of one property as answered; `thing` counts the claims, attributions ... about an incident."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    incident: Number
    property: Words
    thing: Number = 1
    value: Words
    sentence: Number
    quote: Words
    stance: Words = "asserted"


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply taken apart. `problems` says in a line each what could not be read; `cut` that its end is missing."""

    incidents: tuple[Told, ...] = ()
    facts: tuple[Given, ...] = ()
    problems: tuple[str, ...] = ()
    found_object: bool = False
    cut: bool = False


_Item = TypeVar("_Item", Told, Given)


def parse_answer(text: str) -> Answer:
    """The items of a reply: of its JSON object, wherever it stands between other words, as far as it goes."""
    body = _THINKING.sub("", text[:_LONGEST_REPLY])
    start = re.search(r"\{\s*\"(?:incidents|facts)\"\s*:", body)
    if start is None:
        return Answer()
    whole = _decoded(body, start.start())
    told = _items(body, "incidents", whole, MOST_INCIDENTS)
    given = _items(body, "facts", whole, MOST_FACTS)
    problems: list[str] = []
    incidents = tuple(_valid(Told, told, problems))
    facts = tuple(_valid(Given, given, problems))
    return Answer(incidents, facts, tuple(problems), True, whole is None)


def _decoded(body: str, at: int) -> dict[str, Any] | None:
    try:
        found, _ = _DECODER.raw_decode(body, at)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _items(body: str, key: str, whole: dict[str, Any] | None, most: int) -> list[object]:
    """The items of one list: from the whole object, else one by one up to where the reply breaks off."""
    if whole is not None:
        listed = whole.get(key)
        return listed[:most] if isinstance(listed, list) else []
    opening = re.search(rf"\"{key}\"\s*:\s*\[", body)
    return list(_one_by_one(body, opening.end(), most)) if opening else []


def _one_by_one(body: str, at: int, most: int) -> Iterator[object]:
    for _ in range(most):
        following = re.compile(r"[\s,]*(?=\{)").match(body, at)
        if following is None:
            return
        try:
            item, at = _DECODER.raw_decode(body, following.end())
        except (ValueError, RecursionError):
            return
        yield item


def _valid(kind: type[_Item], items: list[object], problems: list[str]) -> Iterator[_Item]:
    for number, item in enumerate(items, start=1):
        try:
            yield kind.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            problems.append(
                f"{'fact' if kind is Given else 'incident'} {number} of the answer: {where}: {first['msg']}"
            )
