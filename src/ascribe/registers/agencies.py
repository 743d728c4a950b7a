"""News agencies, so that papers which print one agency's report count as one source."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

_HEAD = 500  # characters in which a dateline stands
_TAIL = 400  # and those in which a report is signed


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    lines = files("ascribe.registers").joinpath("agencies.csv").read_text("utf-8").splitlines()
    return {name: row["id"] for row in csv.DictReader(lines) for name in row["names"].split("|")}


@lru_cache(maxsize=1)
def _credits() -> re.Pattern[str]:
    """An agency's name as a credit: in brackets, between dashes or strokes, or after "by", "source" and the like."""
    names = "|".join(re.escape(name) for name in sorted(_ids(), key=len, reverse=True))
    return re.compile(
        rf"[(\[](?P<bracketed>{names})[)\]]"
        rf"|[-\u2013\u2014/]\s?(?P<dashed>{names})\s?[-\u2013\u2014/]"
        rf"|(?:\u00a9|[Cc]opyright|[Ss]ources?:|[Bb]y the|[Bb]y|[Ww]ith)\s(?P<signed>{names})\b"
    )


def agency_named(name: str | None) -> str | None:
    """The id of the agency with exactly this name, or None."""
    return _ids().get(" ".join(name.split())) if name else None


def agency_credited(text: str) -> str | None:
    """The id of the first agency that a text credits in its dateline or its signature; None where it credits none."""
    for part in (text[:_HEAD], text[-_TAIL:]):
        if found := _credits().search(part):
            return _ids()[found[found.lastgroup or 0]]
    return None
