"""The figures of linking, and the model that they are about."""

from __future__ import annotations

import pytest

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.features import Features
from evaluation.linking_corpus import Known, pairs_of_one
from evaluation.linking_metrics import b_cubed, of_verdicts, pairwise
from evaluation.linking_model import estimate

GOLD = ["a", "a", "b", "b", "c"]


def company(*clusters: set[int]) -> dict[int, set[int]]:
    return {n: cluster for cluster in clusters for n in cluster}


def test_all_right_is_one_and_all_apart_loses_recall_only() -> None:
    right = company({0, 1}, {2, 3}, {4})
    assert b_cubed(right, GOLD).f1 == pairwise(right, GOLD).f1 == 1.0
    apart = b_cubed({}, GOLD)
    assert (apart.precision, apart.recall) == (1.0, pytest.approx(3 / 5))


def test_what_is_not_scored_costs_precision_as_company() -> None:
    wrong = company({0, 1, 4}, {2, 3})
    found = b_cubed(wrong, GOLD, only=[0, 1])
    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 1.0)
    assert pairwise(wrong, GOLD).precision == pytest.approx(2 / 4)


def test_verdicts() -> None:
    found = of_verdicts([True, True, False, False], [True, False, True, False])
    assert (found.precision, found.recall) == (0.5, 0.5)
    assert of_verdicts([False], [False]).f1 == 0.0


def test_a_model_is_estimated_from_accounts_whose_incident_is_known() -> None:
    known = [
        Known(Features(f"{n}", first_day=day, last_day=day, place=place, killed_low=n), f"{place}{day}", f"{n}")
        for n, (place, day) in enumerate([("ms", 1), ("ms", 1), ("kr", 9), ("kr", 9), ("tr", 5)])
    ]
    weights, pairs = estimate(known, drawn=5)
    assert pairs == len(pairs_of_one(known)) == 2
    for comparison in COMPARISONS:
        assert sum(weights.m[comparison.name]) == pytest.approx(1)
        assert sum(weights.u[comparison.name]) == pytest.approx(1)
    assert weights.m["date"][0] > weights.u["date"][0]
