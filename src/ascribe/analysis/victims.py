"""Whom a figure counts, as far as its own words tell: "two policewomen", "twelve of them children"."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from ascribe.sources import Cited

_BESIDE = 40  # characters after the number in which its noun stands
_STOP = re.compile(r"[.,;:!?()“”\"\n—–]")


@lru_cache(maxsize=1)
def _nouns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each kind of target the nouns for people of that kind."""
    data = tomllib.loads(files("ascribe.languages").joinpath("en_events.toml").read_text("utf-8"))
    people = data["targets"]["people"]
    return tuple((kind, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)) for kind, words in people.items())


def clause(cited: Cited, beside: int = 80) -> str:
    """The words of a number with those that follow it in its clause, so many characters at most, on one line."""
    if not cited.statement.evidence:
        return ""
    evidence = cited.statement.evidence[0]
    after = cited.document.text[evidence.end : evidence.end + beside]
    stop = _STOP.search(after)
    cut = after[: stop.start()] if stop else after if len(after) < beside else after.rpartition(" ")[0]
    return " ".join((evidence.quote + cut).split())


def victims_named(cited: Cited) -> tuple[str, str | None]:
    """The noun for the people whom a statement's number counts, and its kind (a code of `target_types`).

    It stands in the quote or right after it, in the same clause. Empty and None where no such noun does.
    """
    words = clause(cited, _BESIDE)
    found = [(m.start(), -len(m[0]), m[0], kind) for kind, nouns in _nouns() if (m := nouns.search(words))]
    if not found:
        return "", None
    _, _, noun, kind = min(found)
    return noun, kind
