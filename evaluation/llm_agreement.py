"""What it is worth that the bundled reader says the same as a model: the figures of `readings/agreement.toml`.

    python -m evaluation.llm_agreement GOLD_FOLDER... --model FOLDER --corpus CORPUS.jsonl --fold 0 > agreement.toml

No model is asked: its right values are those of the gold, its wrong ones those that `evaluation.llm_spoiling` makes of
them. What is measured is how the bundled reader stands to the ones and to the others that pass the checks. It knows the
documents that it was trained on by heart, so `--model` is one that has not seen fold 0, and only that fold is used.
`--right` is the share of a model's values that are right, which is an assumption. By these, Bayes' rule gives how
likely a value that passed is right. This is weak evidence: a model's own mistakes are of other kinds than ours.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ascribe.model import Reading, Statement, is_undecided
from ascribe.readings.agreement import STANDINGS, Standing, compare_readings
from ascribe.readings.llm.exchange import Asking
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.witness import witness_of
from ascribe.readings.setting import Setting
from ascribe.readings.trained.reader import TrainedReader
from ascribe.schema import bundled_schema
from evaluation.llm_perfect import Answering, Json
from evaluation.llm_replies import converse, fold_of, gold_files
from evaluation.llm_spoiling import WAYS, Spoilt, spoil
from evaluation.predictions import document

_SAME_TEXT = [way for way in WAYS if way not in ("a hidden instruction followed", "the same, put as news")]
_ASKING = Asking("script", second_pass=False)

Values = set[tuple[str, str, str]]  # key of the incident, property, value in words


def standings(model: Reading, bundled: Reading, only: Values | None = None) -> Iterator[Standing]:
    """How the bundled reader stands to each of a model's values that it could give; `only` those, where it is given.

    What is undecided is left out: it is only proposed, whoever says the same.
    """
    schema, fills = bundled_schema(), TrainedReader.fills
    for pair in compare_readings(model, bundled, schema):
        for value in pair.values:
            if pair.left is None or value.left is None or value.prop.path not in fills or is_undecided(value.left):
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
    accounts = tuple(replace(a, statements=tuple(map(_believed, a.statements))) for a in reading.accounts)
    return replace(reading, accounts=accounts)


def _believed(statement: Statement) -> Statement:
    held = statement.origin == "unsupported" or is_undecided(statement)
    return replace(statement, origin="stated", rule="") if held else statement


@dataclass(slots=True)
class Counted:
    """How the bundled reader stands to right and wrong values that passed the checks, and how many were given."""

    documents: int = 0
    right: Counter[Standing] = field(default_factory=Counter)
    wrong: Counter[Standing] = field(default_factory=Counter)
    rights: int = 0
    wrongs: int = 0

    def take(self, name: str, text: str, gold: Json, model: Path | None) -> None:
        """One document, answered faultlessly and in every way of being wrong."""
        self.documents += 1
        published = gold.get("published")
        given = document(name, text, str(published) if published else None)
        bundled = TrainedReader(model).read(given)
        ground = Ground(given, witness_of(given, Setting(given), model))

        def read(spoilt: Spoilt) -> Reading:
            return converse(given, spoilt, _ASKING, ground).reading()

        answering = Answering(text, gold)
        faultless = read(Spoilt(text, gold, answering.incidents, answering.facts))
        self.right.update(standings(faultless, bundled))
        self.rights += sum(1 for _ in standings(believed(faultless), bundled))
        for way in _SAME_TEXT:
            spoilt = spoil(way, text, gold, (name,))
            if spoilt.wrong:
                held = read(spoilt)
                self.wrong.update(standings(held, bundled, wrong_values(held, believed(faultless))))
                whole = believed(held)
                self.wrongs += sum(1 for _ in standings(whole, bundled, wrong_values(whole, believed(faultless))))

    def likely(self, prior: float) -> dict[Standing, float]:
        """How likely a value that passed the checks is right, by how the bundled reader stands to it.

        Standings that come out in the wrong order, for want of cases, are taken as one.
        """
        groups: list[tuple[Standing, ...]] = []
        for standing in STANDINGS:
            groups.append((standing,))
            while len(groups) > 1 and self._worth(groups[-2], prior) >= self._worth(groups[-1], prior):
                groups[-2:] = [groups[-2] + groups[-1]]
        return {standing: self._worth(group, prior) for group in groups for standing in group}

    def _worth(self, standings: Sequence[Standing], prior: float) -> float:
        true = prior * (sum(self.right[s] for s in standings) + 1) / (self.rights + len(STANDINGS))
        false = (1 - prior) * (sum(self.wrong[s] for s in standings) + 1) / (self.wrongs + len(STANDINGS))
        return true / (true + false)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the file of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, help="a bundled reader that has not seen these documents")
    parser.add_argument("--corpus", type=Path, help="the training corpus, which says the fold of each document")
    parser.add_argument("--fold", type=int, default=0, help="only documents of this fold")
    parser.add_argument("--right", type=float, default=0.9, help="the share of a model's values that are right")
    options = parser.parse_args(arguments)
    names = fold_of(options.corpus, options.fold) if options.corpus else None
    counted = Counted()
    for name, text, gold in (f for folder in options.folders for f in gold_files(folder)):
        if names is None or name in names:
            counted.take(name, text, gold, options.model)
    print("# How likely a model's value that passed the checks is right, by how the bundled reader stands to it; weak")
    print("# evidence, for an order of looking at things, made by a command whose help says how:")
    print("#   python -m evaluation.llm_agreement GOLD_FOLDER... --model FOLDER --corpus CORPUS.jsonl --fold 0")
    print(
        f"# on {counted.documents} documents that reader had not seen; {options.right:g} of a model's values are taken"
    )
    print(f"# to be right. Given were {counted.rights} right values and {counted.wrongs} wrong ones.")
    print("[confidence]")
    for standing, worth in counted.likely(options.right).items():
        right, wrong = counted.right[standing], counted.wrong[standing]
        print(f"{standing} = {worth:.3f}  # {right} right values passed, and {wrong} wrong ones")
    return 0


if __name__ == "__main__":
    sys.exit(main())
