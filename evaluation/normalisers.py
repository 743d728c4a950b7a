"""Measure the normalisers alone: dates and counts of hand-marked words against the values the annotator gave.

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


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every marked date and toll of a folder that carries a value."""
    words_of = language("en")
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = path.with_suffix(".txt").read_text("utf-8")
        anchor = publication(gold.get("published"))
        mentions = find_dates(text, anchor, words_of)
        spans = {(s["start"], s["end"], s["slot"], s["value"]) for g in gold["incidents"] for s in g["spans"]}
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
                yield Outcome(path.stem, slot, words, value, shown, grade_count(count_found, value))


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
    print(f"{'slot':10}{'spans':>7}{'exact':>8}{'contains':>10}{'wrong':>7}{'none':>6}")
    for slot in (*DATE_SLOTS, *COUNT_SLOTS):
        grades = Counter(o.grade for o in found if o.slot == slot)
        total = sum(grades.values())
        if total:
            print(f"{slot:10}{total:7}{grades['exact'] / total:8.1%}{(grades['exact'] + grades['contains']) / total:10.1%}"
                  f"{grades['wrong']:7}{grades['none']:6}")  # fmt: skip


if __name__ == "__main__":
    main()
