# ruff: noqa: T201
"""Choose eagerness and thresholds by whole readings: `python -m training.ascent --run RUN --gold DIR --score score.py`.

Starts from what `tune` chooses slot by slot on spans, then changes one setting at a time as long as the scorer's
figures of the held-out documents rise. Writes .train-data/runs/RUN/tuning.json, from which `card` takes the settings.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from ascribe.exports.reading import reading_json
from ascribe.exports.summary import Showing
from ascribe.model import Document, Reading
from ascribe.readings.assemble import assemble
from ascribe.readings.lexicon import lexicon
from ascribe.readings.setting import Setting
from ascribe.readings.trained.completing import completed
from ascribe.readings.trained.layout import SLOTS
from ascribe.readings.trained.marking import Tuning, grouped, marked, scored_spans
from ascribe.schema import bundled_schema
from training.config import CORPUS, DATA
from training.end_to_end import document_of, load_scorer, predictions
from training.tune import Doc, calibrated, tuned, tuning_of

STEP = 0.5
FLOORS = (0.0, 0.2, 0.3, 0.4)
MOST = 2.0
TRIED = {"same": (0.3, 0.4, 0.5), "also": (0.5, 0.65, 0.8), "least": (0.05, 0.1, 0.3), "support": (1.5, 2.5, 4.0)}


class Judge:
    """Scores a tuning on documents whose network outputs are at hand."""

    def __init__(self, docs: list[Doc], linker: object, gold: dict, scorer: ModuleType, jobs: int = 1) -> None:
        self.docs, self.linker, self.scorer = docs, linker, scorer
        self.gold = {d[0]["name"]: gold[d[0]["name"]] for d in docs}
        self.documents: list[tuple[Document, Setting]] = []
        for record, _, _ in docs:
            document = document_of(record)
            self.documents.append((document, Setting(document)))
        self.kept: dict[int, tuple] = {}
        JUDGES.append(self)  # workers are forked and find it there
        self.jobs, self.number = jobs, len(JUDGES) - 1
        self.pool = ProcessPoolExecutor(jobs, mp_context=get_context("fork")) if jobs > 1 else None

    def result(self, tuning: Tuning) -> dict:
        """The scorer's figures."""
        return self.scorer.score(self.gold, self.readings(tuning))

    def readings(self, tuning: Tuning, least: float = 0.0) -> dict:
        """What is found with at least so much confidence, by document, as the scorer takes it."""
        if self.pool is None:
            return self.part(tuning, least)
        parts = [self.pool.submit(part_of, self.number, tuning, least, k, self.jobs) for k in range(self.jobs)]
        return {name: found for one in parts for name, found in one.result().items()}

    def part(self, tuning: Tuning, least: float, first: int = 0, step: int = 1) -> dict:
        """The same for every so many-th document."""
        words, schema, found = lexicon("en"), bundled_schema(), {}
        for number in range(first, len(self.docs), step):
            (record, pieces, _), (document, setting) = self.docs[number], self.documents[number]
            members = grouped(record["text"], *self.spans(number, tuning), tuning, len(pieces))
            incidents = completed(marked(record["text"], members, tuning, words), setting)
            reading = Reading(document.id, "model", "0", assemble(document, incidents, setting))
            found[record["name"]] = reading_json(document, reading, schema, Showing(min_confidence=least))
        return found

    def spans(self, number: int, tuning: Tuning) -> tuple:
        """The scored spans of a document, kept for the next tuning that marks alike."""
        key = (tuple(sorted(tuning.eagerness.items())), tuple(sorted(tuning.lines.items())))
        if self.kept.get(number, (None,))[0] != key:
            record, pieces, out = self.docs[number]
            self.kept[number] = key, scored_spans(record["text"], pieces, out, self.linker, tuning)
        return self.kept[number][1]

    def value(self, tuning: Tuning) -> float:
        """What is to rise: slots first, incidents beside them."""
        res = self.result(tuning)
        return res["slots"]["f1"] + 0.4 * res["incident"]["f1"]


JUDGES: list[Judge] = []


def part_of(judge: int, tuning: Tuning, least: float, first: int, step: int) -> dict:
    """A part of the readings, in a worker."""
    return JUDGES[judge].part(tuning, least, first, step)


def neighbours(tuning: Tuning) -> Iterator[tuple[str, Tuning]]:
    """Tunings that differ in one setting."""
    for name, values in TRIED.items():
        for value in values:
            if value != getattr(tuning.thresholds, name):
                yield f"{name}={value}", replace(tuning, thresholds=replace(tuning.thresholds, **{name: value}))
    for slot in SLOTS:
        for floor in FLOORS if slot != "event" else ():
            if floor != tuning.floors.get(slot, 0.0):
                yield f"{slot}>{floor}", replace(tuning, floors={**tuning.floors, slot: floor})
    for slot in SLOTS:  # these last: they mark anew, which takes the longest
        for by in (-STEP, STEP):
            held = tuning.eagerness.get(slot, 0.0) + by
            if abs(held) <= MOST:
                yield f"{slot}={held}", replace(tuning, eagerness={**tuning.eagerness, slot: held})


def climb(judge: Judge, tuning: Tuning, rounds: int = 2, least: float = 0.0007, to: Path | None = None) -> Tuning:
    """The tuning after each setting was changed where that gains at least `least`; written down at each gain."""
    best = judge.value(tuning)
    print(f"start {best:.4f}", flush=True)
    for _ in range(rounds):
        before = best
        names = [name for name, _ in neighbours(tuning)]
        for name in names:
            tried = dict(neighbours(tuning)).get(name)
            if tried is None:
                continue
            value = judge.value(tried)
            if value >= best + least:
                tuning, best = tried, value
                print(f"{name} {best:.4f}", flush=True)
                if to:
                    write(tuning, to)
        if best == before:
            break
    return tuning


def write(tuning: Tuning, to: Path) -> None:
    """Keep a tuning for `card`."""
    tables = {name: dict(getattr(tuning, name)) for name in ("eagerness", "lines", "floors")}
    to.write_text(json.dumps({**tables, "thresholds": asdict(tuning.thresholds)}, indent=1))


def curve(docs: list[Doc], linker: object, gold: dict, scorer: ModuleType, tuning: Tuning) -> None:
    """Print precision and recall by least confidence; each half of the documents is calibrated on the other."""
    halves = [(Judge(docs[h::2], linker, gold, scorer), calibrated(tuning, docs[1 - h :: 2], linker)) for h in (0, 1)]
    print("least confidence | incident P | R | F1 | slot P | R | F1")
    for tenths in range(10):
        found = {}
        for judge, mine in halves:
            found |= judge.readings(mine, tenths / 10)
        res = scorer.score({name: gold[name] for name in found}, found)
        figures = [f"{res[k][f]:.3f}" for k in ("incident", "slots") for f in ("p", "r", "f1")]
        print(" | ".join([f"{tenths / 10:.1f}", *figures]), flush=True)


def main() -> None:
    """Climb on the even documents and judge on the odd ones, then climb on all and keep that."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument("--halves", action="store_true", help="also judge each half with what the other half chose")
    parser.add_argument("--rounds", type=int, default=2, help="times that all settings are gone through (default: 2)")
    parser.add_argument("--start", type=Path, help="a tuning.json to start from, instead of what spans choose")
    parser.add_argument("--curve", action="store_true", help="what a least confidence takes and gives, nothing else")
    args = parser.parse_args()
    holdout = json.loads((DATA / "runs" / args.run / "recipe.json").read_text())["holdout"]
    records = [r for r in map(json.loads, CORPUS.read_text("utf-8").splitlines()) if r["fold"] == holdout]
    scorer = load_scorer(args.score)
    gold = {r["name"]: json.loads((args.gold / f"{r['name']}.json").read_text("utf-8")) for r in records}
    pieces, outs, linker = predictions(args.run, records)
    docs = list(zip(records, pieces, outs, strict=True))
    if args.curve:
        held = DATA / "runs" / args.run / "tuning.json"
        block = json.loads(held.read_text())
        curve(docs, linker, gold, scorer, tuning_of(block))
        return
    if args.halves:
        for half in (0, 1):
            chosen = climb(Judge(docs[half::2], linker, gold, scorer), tuned(docs[half::2], linker))
            other = Judge(docs[1 - half :: 2], linker, gold, scorer)
            for name, tuning in (("spans", tuned(docs[half::2], linker)), ("readings", chosen)):
                res = other.result(tuning)
                print(f"half {1 - half} by {name}: incident {res['incident']['f1']:.3f} slot {res['slots']['f1']:.3f}")
    judge = Judge(docs, linker, gold, scorer, os.cpu_count() or 1)
    start = tuning_of(json.loads(args.start.read_text())) if args.start else tuned(docs, linker)
    to = DATA / "runs" / args.run / "tuning.json"
    best = climb(judge, start, args.rounds, to=to)
    write(best, to)
    res = judge.result(best)
    print(f"all: incident {res['incident']['f1']:.3f} slot {res['slots']['f1']:.3f}")
    for slot, v in res["by_slot"].items():
        print(f"  {slot:14s} F1 {v['f1']:.3f}  P {v['p']:.3f}  R {v['r']:.3f}")


if __name__ == "__main__":
    main()
