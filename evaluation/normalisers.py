"""Measure the normalisers alone: dates and counts of hand-marked words against the values the annotator gave.

A toll's value can be more than its words say: the sum on the last of several parts, or a range between sources that
disagree. The rows "killed, alone" and "wounded, alone" leave out the tolls with parts and those with several values.

    python -m evaluation.normalisers FOLDER [--errors]

FOLDER holds NAME.txt and NAME.json (`incidents[].spans` with `start`, `end`, `slot`, `value`; `published`).
"""

from __future__ import annotations

import argparse
import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ascribe.languages import language
from ascribe.model import CountValue, DateValue
from ascribe.readings.counts import count_value
from ascribe.readings.dates import find_dates, resolve_marked

DATE_SLOTS, COUNT_SLOTS = ("date", "claimdate"), ("killed", "wounded")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One marked span: what was expected and what came out ("exact", "contains", "wrong" or "none")."""

    document: str
    slot: str
    words: str
    expected: str
    found: str
    grade: str
    alone: bool = True


def expected_interval(value: str) -> tuple[date, date]:
    """First and last day of an ISO day, month or year, or of `A/B`."""
    first, _, last = value.partition("/")
    low = [int(p) for p in first.split("-")]
    high = [int(p) for p in (last or first).split("-")]
    month = high[1] if len(high) > 1 else 12
    day = high[2] if len(high) > 2 else monthrange(high[0], month)[1]
    return date(low[0], low[1] if len(low) > 1 else 1, low[2] if len(low) > 2 else 1), date(high[0], month, day)


def expected_count(value: str) -> tuple[int | None, int | None]:
    """Bounds of `5`, `12+`, `10-12` or `<5`."""
    if match := re.fullmatch(r"(\d+)\+", value):
        return int(match[1]), None
    if match := re.fullmatch(r"(\d+)-(\d+)", value):
        return int(match[1]), int(match[2])
    if match := re.fullmatch(r"<(\d+)", value):
        return None, int(match[1])
    return int(value), int(value)


def publication(when: object) -> DateValue | None:
    """The publication date with its precision."""
    if not when:
        return None
    first, last = expected_interval(str(when))
    precision = {0: "year", 1: "month"}.get(str(when).count("-"), "day")
    return DateValue(first, last, precision, "given")  # type: ignore[arg-type]


def grade_date(value: DateValue | None, expected: str) -> str:
    """How an interval compares with the expected one."""
    if value is None:
        return "none"
    first, last = expected_interval(expected)
    if (value.start, value.end) == (first, last):
        return "exact"
    contains = value.start is not None and value.end is not None and value.start <= first and last <= value.end
    return "contains" if contains else "wrong"


def grade_count(value: CountValue | None, expected: str) -> str:
    """How a count compares with the expected bounds."""
    if value is None:
        return "none"
    return "exact" if (value.minimum, value.maximum) == expected_count(expected) else "wrong"


def _not_alone(spans: list[dict[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """The marked tolls of one incident whose value takes more than their own words."""
    for slot in COUNT_SLOTS:
        tolls = [s for s in spans if s["slot"] == slot]
        if len({s["value"] for s in tolls if s["value"]}) > 1:
            yield from ((s["start"], s["end"], slot) for s in tolls)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every marked date and toll of a folder that carries a value."""
    words_of = language("en")
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        anchor = publication(gold.get("published"))
        mentions = find_dates(text, anchor, words_of)
        spans = {(s["start"], s["end"], s["slot"], s["value"]) for g in gold["incidents"] for s in g["spans"]}
        shared = {s for g in gold["incidents"] for s in _not_alone(g["spans"])}
        for start, end, slot, value in sorted(spans, key=lambda s: (s[0], s[1], s[2], s[3] or "")):
            if not value or value == "part":
                continue
            words = text[start:end]
            if slot in DATE_SLOTS:
                date_found = resolve_marked(text, start, end, mentions, anchor, words_of)
                shown = f"{date_found.start}..{date_found.end} {date_found.rule}" if date_found else "-"
                yield Outcome(path.stem, slot, words, value, shown, grade_date(date_found, value))
            elif slot in COUNT_SLOTS:
                count_found = count_value(words, words_of)
                shown = f"{count_found.minimum}-{count_found.maximum}" if count_found else "-"
                alone = (start, end, slot) not in shared
                yield Outcome(path.stem, slot, words, value, shown, grade_count(count_found, value), alone)


def main() -> None:
    """Print a table by slot; with --errors, every span that was not exact."""
    parser = argparse.ArgumentParser(description="Measure dates and counts of marked words.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every span that was not exact")
    arguments = parser.parse_args()
    found = list(outcomes(arguments.folder))
    for outcome in found if arguments.errors else []:
        if outcome.grade != "exact":
            print(f"{outcome.grade:8} {outcome.slot:9} {outcome.words!r} {outcome.expected} "
                  f"<- {outcome.found} [{outcome.document}]")  # fmt: skip
    print(f"{'slot':15}{'spans':>7}{'exact':>8}{'contains':>10}{'wrong':>7}{'none':>6}")
    for slot in (*DATE_SLOTS, *COUNT_SLOTS):
        _row(slot, [o for o in found if o.slot == slot])
        if slot in COUNT_SLOTS:
            _row(f"{slot}, alone", [o for o in found if o.slot == slot and o.alone])


def _row(name: str, group: list[Outcome]) -> None:
    grades = Counter(o.grade for o in group)
    if group:
        exact, near = grades["exact"] / len(group), (grades["exact"] + grades["contains"]) / len(group)
        print(f"{name:15}{len(group):7}{exact:8.1%}{near:10.1%}{grades['wrong']:7}{grades['none']:6}")


if __name__ == "__main__":
    main()
