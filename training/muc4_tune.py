# ruff: noqa: T201
"""Choose settings for MUC-4's conventions: `python -m training.muc4_tune --model FOLDER --dev DEV.jsonl`.

The development split is for choosing; nothing is trained on it. One setting at a time is changed as long as GTT's
micro-F1 rises. Writes the [muc4] tables of the model's card.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ascribe.model import Reading
from ascribe.readings.assemble import assemble
from ascribe.readings.lexicon import lexicon
from ascribe.readings.setting import Setting
from ascribe.readings.trained.marking import Tuning, marked, members_of
from ascribe.readings.trained.pieces import FIRST_MUC4
from ascribe.readings.trained.reader import TrainedReader
from ascribe.readings.trained.standins import stand_ins
from evaluation.muc4_files import load_gold, load_reports, long_id, template
from evaluation.muc4_scoring import score, summary
from evaluation.muc4_templates import templates
from evaluation.predictions import document
from training.card import tuning_toml
from training.muc4 import KNOWN

TRIED = {
    "support": (0.1, 0.25, 0.5, 1.0, 2.0),
    "same": (0.2, 0.3, 0.5, 0.6, 0.7),
    "also": (0.5, 0.65, 0.8, 0.95),
    "least": (0.05, 0.1, 0.3),
}
STEPS = (-1.0, -0.5, 0.5, 1.0)


class Judge:
    """GTT's micro-F1 of a tuning, in per cent."""

    def __init__(self, model: Path, dev: Path) -> None:
        self.reader = TrainedReader(model, "muc4")
        self.network = self.reader.network
        self.gold = load_gold(dev)
        self.docs = []
        for report in load_reports(dev):
            told = document(report.id, report.text, report.published)
            setting = Setting(told)
            pieces = self.network.cut(told.text, stand_ins(told.text, setting.surroundings, setting.group_register))
            self.docs.append((report, told, setting, pieces, self.network.outputs(pieces, FIRST_MUC4)))

    def value(self, tuning: Tuning) -> float:
        """The figure."""
        made, words = {}, lexicon("en")
        for report, told, setting, pieces, out in self.docs:
            members = members_of(told.text, pieces, out, self.network.linker, tuning)
            accounts = assemble(told, marked(told.text, members, tuning, words), setting)
            found = templates(told, Reading(told.id, "model", "0", accounts), report.body_start, as_marked=True)
            made[long_id(report.id)] = [template(t) for t in found]
        return 100 * summary(score(self.gold, made).values())["GTT"].f1


def neighbours(tuning: Tuning) -> Iterator[tuple[str, Tuning]]:
    """Tunings that differ in one setting."""
    for name, values in TRIED.items():
        for value in values:
            yield f"{name}={value}", replace(tuning, thresholds=replace(tuning.thresholds, **{name: value}))
    for slot in KNOWN:
        for by in STEPS:
            yield (
                f"{slot}{by:+}",
                replace(tuning, eagerness={**tuning.eagerness, slot: tuning.eagerness.get(slot, 0.0) + by}),
            )


def main() -> None:
    """Climb, and write what was chosen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=2)
    args = parser.parse_args()
    judge = Judge(args.model, args.dev)
    tuning = judge.reader.card.muc4
    best = judge.value(tuning)
    print(f"start {best:.2f}", flush=True)
    for _ in range(args.rounds):
        before = best
        for name in [name for name, _ in neighbours(tuning)]:
            tried = dict(neighbours(tuning))[name]
            value = judge.value(tried)
            if value > best + 0.05:
                tuning, best = tried, value
                print(f"{name} {best:.2f}", flush=True)
        if best == before:
            break
    card = args.model / "card.toml"
    kept = card.read_text("utf-8").partition("\n[muc4.")[0].rstrip("\n")
    tables = (
        tuning_toml(replace(tuning, calibration={})).replace("[tuning.", "[muc4.").partition("[muc4.calibration]")[0]
    )
    card.write_text(kept + "\n\n" + tables.rstrip("\n") + "\n", "utf-8")


if __name__ == "__main__":
    main()
