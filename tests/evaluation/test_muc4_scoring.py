"""The MUC-4 measures on invented cases, with numbers worked out by hand."""

from __future__ import annotations

import random
import time
from itertools import permutations

import pytest

from evaluation.muc4_scoring import (
    MEASURES,
    ROLES,
    Counts,
    Template,
    gtt,
    intervals,
    normalise,
    rme,
    score,
    score_document,
    summary,
)


def made(kind: str, **roles: list[list[str]]) -> Template:
    return Template(kind, {role: tuple(tuple(e) for e in roles.get(role, [])) for role in ROLES})


def row(counts: Counts) -> tuple[float, ...]:
    return counts.right, counts.predicted, counts.found, counts.gold


GOLD = made("attack", PerpInd=[["rebels", "armed men"]], Target=[["bridge"], ["mill", "old mill"]])


def test_strings_lose_case_punctuation_and_articles():
    assert normalise('The "Old" Mill, a U.S.-owned  one') == "old mill usowned one"


def test_a_predicted_entity_is_right_if_all_its_mentions_are_those_of_one_gold_entity():
    given = made("attack", PerpInd=[["rebels", "armed men"]], Target=[["bridge", "mill"], ["mill"]])
    found = score_document([given], [GOLD])
    assert row(found.gtt["incident_type"]) == (1, 1, 1, 1)
    assert row(found.gtt["PerpInd"]) == (1, 1, 1, 1)
    assert row(found.gtt["Target"]) == (1, 2, 1, 2)
    assert row(found.measure("GTT")) == (3, 4, 3, 4)


def test_aliases_given_as_entities_of_their_own_are_all_right_but_find_one():
    found = score_document([made("attack", Target=[["mill"], ["old mill"]])], [GOLD])
    assert row(found.gtt["Target"]) == (2, 2, 1, 2)


def test_an_entity_without_mentions_is_right_where_there_is_a_gold_entity():
    assert row(score_document([made("attack", Target=[[]])], [GOLD]).gtt["Target"]) == (1, 1, 2, 2)


def test_a_pair_counts_only_if_the_predicted_type_is_a_part_of_the_gold_type():
    both = made("attack / bombing", Target=[["bridge"]])
    fits, other = made("bombing", Target=[["bridge"]]), made("arson", Target=[["bridge"]])
    assert row(score_document([fits], [both]).measure("GTT")) == (2, 2, 2, 2)
    assert row(score_document([other], [both]).measure("GTT")) == (0, 2, 0, 2)


def test_templates_are_aligned_one_to_one_for_the_best_f1_of_the_document():
    one, two = made("attack", Victim=[["ana"]]), made("attack", Victim=[["ana"], ["leo"]])
    found = score_document([one, two], [two, one])
    assert row(found.measure("GTT")) == (5, 5, 5, 5)


def test_a_second_copy_of_a_gold_template_is_dropped_and_of_a_prediction_is_not():
    found = score_document([GOLD, GOLD], [GOLD, GOLD])
    assert row(found.gtt["incident_type"]) == (1, 2, 1, 1)


def test_phi_subset_counts_entities_and_asks_for_one_shared_mention():
    given = made("attack", PerpInd=[["rebels", "strangers"]], Target=[["mill"], ["old mill"], ["weir"]])
    assert row(rme([given], [GOLD], phi_3=False)) == (3, 4, 2, 3)


def test_phi_3_aligns_entities_one_to_one_and_counts_shared_mentions():
    given = made("attack", PerpInd=[["rebels", "strangers"]], Target=[["mill"], ["old mill"], ["weir"]])
    assert row(rme([given], [GOLD], phi_3=True)) == (2, 5, 2, 5)


def test_one_right_mention_for_each_entity_is_full_precision_but_not_full_recall_in_phi_3():
    given = made("attack", PerpInd=[["rebels"]], Target=[["bridge"], ["mill"]])
    assert row(rme([given], [GOLD], phi_3=True)) == (3, 3, 3, 5)
    assert row(rme([given], [GOLD], phi_3=False)) == (3, 3, 3, 3)


def test_in_ceaf_rme_the_type_belongs_to_the_mention():
    assert row(rme([made("arson", Target=[["bridge"]])], [GOLD], phi_3=False)) == (0, 1, 0, 3)


def test_a_gold_template_of_two_types_fits_either_and_doubles_the_recall_of_phi_3():
    both = made("attack / bombing", Target=[["bridge"]])
    given = made("bombing", Target=[["bridge"]])
    assert row(rme([given], [both], phi_3=False)) == (1, 1, 1, 1)
    assert row(rme([given], [both], phi_3=True)) == (1, 1, 1, 2)


def test_templates_without_fillers_count_in_gtt_and_vanish_in_ceaf_rme():
    empty = made("attack")
    assert row(score_document([empty], [empty]).measure("GTT")) == (1, 1, 1, 1)
    assert row(rme([empty], [empty], phi_3=False)) == (0, 0, 0, 0)


def random_templates(dice: random.Random, number: int) -> list[Template]:
    def entities(role: str) -> list[list[str]]:
        return [[f"{role}{dice.randrange(3)}" for _ in range(dice.choice([1, 1, 2]))] for _ in range(dice.randrange(3))]

    return [made(dice.choice(["attack", "bombing"]), **{r: entities(r) for r in ROLES}) for _ in range(number)]


def by_trying_all(given: list[Template], gold: list[Template]) -> float:
    """F1 of the best of all one-to-one alignments; None in `order` leaves a prediction alone."""
    best = 0.0
    size = Counts(
        predicted=len(given) + sum(len(t.roles[r]) for t in given for r in ROLES),
        gold=len(gold) + sum(len(t.roles[r]) for t in gold for r in ROLES),
    )
    for order in permutations([*range(len(gold)), *[None] * len(given)], len(given)):
        reached = size
        for template, j in zip(given, order, strict=True):
            if j is not None and template.type == gold[j].type:
                pair = sum(gtt([template], [gold[j]]).values(), Counts())
                reached += Counts(right=pair.right, found=pair.found)
        best = max(best, reached.f1)
    return best


@pytest.mark.parametrize("seed", range(15))
def test_the_search_finds_what_trying_all_alignments_finds(seed: int):
    dice = random.Random(seed)
    given, gold = random_templates(dice, dice.randrange(1, 4)), random_templates(dice, dice.randrange(1, 4))
    assert sum(gtt(given, gold).values(), Counts()).f1 == pytest.approx(by_trying_all(given, gold), abs=1e-12)


def test_twenty_templates_on_either_side_are_aligned_in_time():
    dice = random.Random(5)
    given, gold = random_templates(dice, 20), random_templates(dice, 20)
    begun = time.perf_counter()
    found = score_document(given, gold)
    assert time.perf_counter() - begun < 10
    assert 0 < found.measure("GTT").f1 < 1


def test_figures_are_micro_averaged_and_a_document_without_prediction_counts_as_empty():
    documents = score({"a": [GOLD], "b": [GOLD]}, {"a": [GOLD], "c": [GOLD]})
    rows = summary(documents.values())
    assert row(rows["GTT"]) == (4, 4, 4, 8)
    assert (rows["GTT"].precision, rows["GTT"].recall, rows["GTT"].f1) == (1, 0.5, pytest.approx(2 / 3))
    assert set(rows) == {"incident_type", *ROLES, *MEASURES}


def test_intervals_hold_the_figure_and_are_the_same_for_the_same_seed():
    documents = list(score({str(i): [GOLD] for i in range(20)}, {str(i): [GOLD] for i in range(10)}).values())
    low, high = intervals(documents, 200)["GTT"]
    assert 0.3 < low < 2 / 3 < high < 0.95
    assert intervals(documents, 200) == intervals(documents, 200) != intervals(documents, 200, seed=1)
    perfect = list(score({"a": [GOLD]}, {"a": [GOLD]}).values())
    assert set(intervals(perfect, 50).values()) == {(1.0, 1.0)}
