"""What it is worth that the bundled reader says the same as a model: the figures of `readings/agreement.toml`.

    python -m evaluation.llm_agreement GOLD_FOLDER [--right 0.9] [--every 1] > src/ascribe/readings/agreement.toml

No model is asked: its right values are those of the gold, its wrong ones those that `evaluation.llm_spoiling` makes of
them. What is measured is how the rule reader stands to the ones and to the others. `--right` is the share of a model's
values that are right, which is an assumption. By these, Bayes' rule gives how likely a value is right. This is weak
evidence: the rules were made with such documents at hand, and a model's own mistakes are of other kinds than ours.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ascribe.model import Reading
from ascribe.readings.agreement import STANDINGS, Standing, compare_readings
from ascribe.readings.llm.exchange import Asking
from ascribe.readings.rules.reader import RuleReader
from ascribe.schema import bundled_schema
from evaluation.llm_perfect import Answering
from evaluation.llm_replies import converse, gold_files
from evaluation.llm_spoiling import WAYS, Spoilt, spoil
from evaluation.predictions import document

_SAME_TEXT = [way for way in WAYS if way not in ("a hidden instruction followed", "the same, put as news")]
_ASKING = Asking("script", second_pass=False)

Values = set[tuple[str, str, str]]  # key of the incident, property, value in words


def standings(model: Reading, rules: Reading, only: Values | None = None) -> Iterator[Standing]:
    """How the rules stand to each of a model's values that they could give; `only` those, where it is given."""
    schema, fills = bundled_schema(), RuleReader.fills
    for pair in compare_readings(model, rules, schema):
        for value in pair.values:
            if pair.left is None or value.left is None or value.prop.path not in fills:
                continue
            told = (pair.left.key, value.prop.path, value.prop.type.show(value.left.value))
            if only is None or told in only:
                yield value.standing


def wrong_values(model: Reading, faultless: Reading) -> Values:
    """The values of a spoilt reading that the faultless one does not have."""
    return {
        (pair.left.key, value.prop.path, value.prop.type.show(value.left.value))
        for pair in compare_readings(model, faultless, bundled_schema())
        for value in pair.values
        if pair.left is not None and value.left is not None and value.standing in ("differ", "alone")
    }


def believed(reading: Reading) -> Reading:
    """A reading in which the checks have held nothing against any value, for what slips through them."""
    accounts = tuple(
        replace(
            a, statements=tuple(replace(s, origin="stated") if s.origin == "unsupported" else s for s in a.statements)
        )
        for a in reading.accounts
    )
    return replace(reading, accounts=accounts)


def measure(folder: Path, every: int) -> tuple[Counter[Standing], Counter[Standing], int]:
    """How the rules stand to right values, and to wrong ones; and in how many documents."""
    right: Counter[Standing] = Counter()
    wrong: Counter[Standing] = Counter()
    files = list(gold_files(folder))[::every]
    for name, text, gold in files:
        published = gold.get("published")
        given = document(name, text, str(published) if published else None)
        rules = RuleReader().read(given)
        answering = Answering(text, gold)
        faultless = converse(given, Spoilt(text, gold, answering.incidents, answering.facts), _ASKING).reading()
        right.update(standings(faultless, rules))
        for way in _SAME_TEXT:
            spoilt = spoil(way, text, gold, (name,))
            if spoilt.wrong:
                model = believed(converse(given, spoilt, _ASKING).reading())
                wrong.update(standings(model, rules, wrong_values(model, faultless)))
    return right, wrong, len(files)


def likely(right: Counter[Standing], wrong: Counter[Standing], prior: float) -> dict[Standing, float]:
    """How likely a value is right, by how the rules stand to it."""
    rights, wrongs = sum(right.values()), sum(wrong.values())
    found: dict[Standing, float] = {}
    for standing in STANDINGS:
        true = prior * (right[standing] + 1) / (rights + len(STANDINGS))
        false = (1 - prior) * (wrong[standing] + 1) / (wrongs + len(STANDINGS))
        found[standing] = true / (true + false)
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the file of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--right", type=float, default=0.9, help="the share of a model's values that are right")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth document")
    options = parser.parse_args(arguments)
    right, wrong, documents = measure(options.folder, options.every)
    figures = likely(right, wrong, options.right)
    print("# How likely a model's value is right, by how the rule reader stands to it; weak evidence, for an order of")
    print("# looking at things, made by a command whose help says how:")
    print(f"#   python -m evaluation.llm_agreement GOLD_FOLDER --right {options.right:g} --every {options.every}")
    print(f"# on {documents} documents; {options.right:g} of a model's values are taken to be right.")
    print("[confidence]")
    for standing, worth in figures.items():
        print(
            f"{standing} = {worth:.2f}  # {right[standing]} of {sum(right.values())} right values, "
            f"{wrong[standing]} of {sum(wrong.values())} wrong ones"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
