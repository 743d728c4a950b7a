"""Learning what the signs of the checks are worth, on signs whose worth is known."""

from __future__ import annotations

import random

import pytest

from evaluation.llm_agreement import Counted
from evaluation.llm_weights import Example, bound, judged


def made(seed: int, margin: bool = True) -> list[Example]:
    """A hundred values in ten documents: right ones stand near, and the network likes them."""
    chance = random.Random(seed)
    found = []
    for n in range(100):
        says = n % 2 == 0
        signs = {"near": float(chance.random() < (0.8 if says else 0.3))}
        if margin:
            signs["margin"] = chance.gauss(2 if says else -2, 1)
        found.append(Example(f"d{n % 10}", signs, says, (n,) if says else ()))
    return found


def test_what_speaks_for_a_value_has_a_positive_weight() -> None:
    fitted, scores = judged(made(1))

    worth = dict(zip(fitted.names, fitted.weights, strict=True))
    assert worth["near"] > 0
    assert worth["margin"] > 0
    right = [s for e, s in zip(made(1), scores, strict=True) if e.says]
    wrong = [s for e, s in zip(made(1), scores, strict=True) if not e.says]
    assert min(right) > sum(wrong) / len(wrong)


def test_words_are_weighed_by_documents_without_the_network() -> None:
    fitted, _ = judged(made(1), made(2, margin=False))

    assert set(fitted.names) == {"near", "margin"}


@pytest.mark.parametrize("budget", [0.0, 0.1, 0.3])
def test_a_bound_loses_no_more_than_its_budget(budget: float) -> None:
    held = made(1)
    _, scores = judged(held)
    line = bound(held, scores, True, 50, budget)

    lost = sum(s < line for e, s in zip(held, scores, strict=True) if e.says)
    assert lost <= budget * 50
    assert bound([e for e in held if not e.says], scores[1::2], True, 50, budget) == -99.0


def test_standings_in_the_wrong_order_are_taken_as_one() -> None:
    counted = Counted(rights=100, wrongs=100)
    counted.right.update({"agree": 60, "close": 5, "alone": 25, "differ": 2})
    counted.wrong.update({"agree": 10, "close": 0, "alone": 20, "differ": 30})
    worth = list(counted.likely(0.9).values())

    assert worth == sorted(worth)
    assert worth[-1] == worth[-2]
