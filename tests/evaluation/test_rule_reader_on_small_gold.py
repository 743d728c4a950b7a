"""The rule reader and the assembly on the small gold of this repository: floors that guard against regressions."""

from __future__ import annotations

from pathlib import Path

import evaluation
from evaluation import ceiling
from evaluation.annotated import compile_file
from evaluation.gold_format import load_gold, read_document
from evaluation.metrics import score, total
from evaluation.predictions import read_all

SMALL = Path(evaluation.__file__).parent / "gold_small"


def test_the_rule_reader_does_not_fall_behind_itself() -> None:
    gold = load_gold(SMALL)
    read = {name: read_document(one, name) for name, one in zip(gold, read_all(gold.values(), "rules"), strict=True)}
    figures = total(score(gold, read))

    assert figures.incident.f1 >= 0.82
    assert figures.slots.f1 >= 0.57
    assert figures.evidence_right == 1.0


def test_the_annotators_own_marks_come_through_the_assembly_all_but_whole() -> None:
    gold = load_gold(SMALL)
    read = {name: ceiling.read(compile_file(SMALL / f"{name}.ann.txt")) for name in gold}
    figures = total(score(gold, read))

    assert figures.incident.f1 == 1.0
    assert figures.slots.f1 >= 0.93
