"""The measurement of the normalisers: how expected values are read and how answers are graded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ascribe.model import CountValue, DateValue
from evaluation.normalisers import expected_count, expected_interval, grade_count, grade_date, outcomes

MAY = DateValue(date(2019, 5, 1), date(2019, 5, 31), "month", "absolute")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-05-06", (date(2019, 5, 6), date(2019, 5, 6))),
        ("2020-02", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2019", (date(2019, 1, 1), date(2019, 12, 31))),
        ("2019-05/2019-06-03", (date(2019, 5, 1), date(2019, 6, 3))),
    ],
)
def test_expected_dates_are_intervals(value: str, expected: tuple[date, date]) -> None:
    assert expected_interval(value) == expected


def test_expected_counts_have_bounds() -> None:
    assert [expected_count(v) for v in ("5", "12+", "3-6", "<4")] == [(5, 5), (12, None), (3, 6), (None, 4)]


def test_a_wider_interval_contains_and_another_is_wrong() -> None:
    assert grade_date(MAY, "2019-05") == "exact"
    assert grade_date(MAY, "2019-05-06") == "contains"
    assert grade_date(MAY, "2019-06-06") == "wrong"
    assert grade_date(None, "2019") == "none"


def test_a_count_is_exact_only_with_both_bounds() -> None:
    assert grade_count(CountValue(12, None, "at_least"), "12+") == "exact"
    assert grade_count(CountValue(12, 12), "12+") == "wrong"


def test_sums_and_repeated_marks_are_told_apart(tmp_path: Path) -> None:
    text = "On Monday two clerks died at the gate and three guards in the yard; nine were hurt.\n"
    marks = [("Monday", "date", "2023-10-16"), ("two clerks", "killed", "part"), ("three guards", "killed", "5"),
             ("nine", "wounded", "9"), ("gate", "place", None)]  # fmt: skip
    spans = [
        {"start": text.index(w), "end": text.index(w) + len(w), "slot": slot, "value": value}
        for w, slot, value in marks
    ]
    gold = {"published": "2023-10-18", "incidents": [{"spans": spans}]}
    (tmp_path / "gate.txt").write_text(text, "utf-8")
    (tmp_path / "gate.json").write_text(json.dumps(gold), "utf-8")
    found = {o.words: (o.grade, o.alone) for o in outcomes(tmp_path)}
    assert found == {"Monday": ("exact", True), "three guards": ("wrong", False), "nine": ("exact", True)}
