# ruff: noqa: T201
"""Choose what follows training, on held-out documents: `python -m training.tune --run RUN`.

For each slot: how eagerly to mark (best F1 of overlapping spans), above which score to give a code (best F1 of codes on
rightly marked spans), and the calibration of confidence (Platt scaling of "span and incident are right"). Run by itself
it prints a reliability table, for which each half of the documents is calibrated on the other.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from ascribe.readings.trained.grouping import Thresholds
from ascribe.readings.trained.layout import CODES, COLUMNS, EVENT, SLOTS
from ascribe.readings.trained.marking import Outputs, Tuning, members_of
from ascribe.readings.trained.pieces import Pieces
from ascribe.readings.trained.spans import Span, find_spans
from training.config import CORPUS, DATA
from training.end_to_end import predictions
from training.evaluate import f1
from training.examples import gold_spans

EAGERNESS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0)
EVENT_EAGERNESS = 1.0  # chosen by whole readings: an incident missed costs more than a span too many
LINES = (-2.0, -1.5, -1.0, -0.7, -0.4, 0.0, 0.4)

Doc = tuple[dict, Pieces, Outputs]


def spans_at(doc: Doc, eager: float) -> list[Span]:
    """The spans of a document at one eagerness for all slots."""
    _, pieces, out = doc
    return find_spans(out.labels, out.codes, pieces, np.full(len(SLOTS), eager, np.float32))


def best_eagerness(docs: list[Doc]) -> dict[str, float]:
    """By slot, the eagerness with the best F1 of spans that overlap (the values bear a word more or less)."""
    score: dict[tuple[float, int], list[int]] = {}
    for doc in docs:
        gold = gold_spans(doc[0], doc[1])[0]
        for eager in EAGERNESS:
            found = spans_at(doc, eager)
            for slot in range(len(SLOTS)):
                mine, wanted = ([s for s in spans if s.slot == slot] for spans in (found, gold))
                hit = [any(s.first < g.last and g.first < s.last for g in wanted) for s in mine]
                met = [any(s.first < g.last and g.first < s.last for s in mine) for g in wanted]
                row = score.setdefault((eager, slot), [0, 0, 0, 0])
                for k, number in enumerate((sum(hit), len(hit), sum(met), len(met))):
                    row[k] += number

    def value(eager: float, slot: int) -> float:
        hit, found, met, wanted = score[eager, slot]
        precision, recall = hit / max(found, 1), met / max(wanted, 1)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    best = {SLOTS[k]: max(EAGERNESS, key=lambda e: (value(e, k), -abs(e))) for k in range(len(SLOTS))}
    return {**best, "event": EVENT_EAGERNESS}


def best_lines(docs: list[Doc]) -> dict[str, float]:
    """By slot with several codes or a flag, the score above which a code is given."""
    lines = {}
    for slot, (choice, codes) in CODES.items():
        if choice == "one":
            continue
        rows = []
        for record, pieces, out in docs:
            for s in gold_spans(record, pieces)[0]:
                if s.name == slot:
                    mean = out.codes[s.first : s.last, COLUMNS[slot]].mean(axis=0)
                    rows.append((mean, np.array([c in s.codes for c in codes])))
        scores, wanted = np.stack([r[0] for r in rows]), np.stack([r[1] for r in rows])

        def value(line: float, scores: np.ndarray = scores, wanted: np.ndarray = wanted) -> float:
            given = scores > line
            return f1(float((given & wanted).sum()), float(given.sum()), float(wanted.sum()))

        lines[slot] = max(LINES, key=lambda line: (value(line), -abs(line)))
    return lines


def judged(docs: list[Doc], linker, tuning: Tuning) -> list[tuple[str, float, bool]]:
    """Each mark of each found incident: slot, raw confidence, and whether span and incident are right."""
    rows = []
    for record, pieces, out in docs:
        spans, members = gold_spans(record, pieces)
        gold = {(s.slot, s.first, s.last): m for s, m in zip(spans, members, strict=True)}
        for incident in members_of(record["text"], pieces, out, linker, tuning):
            events = [
                gold.get((EVENT, m.span.first, m.span.last), frozenset()) for m in incident if m.span.slot == EVENT
            ]
            told = [n for e in events for n in e]
            mine = max(set(told), key=told.count) if told else None
            for m in incident:
                of = gold.get((m.span.slot, m.span.first, m.span.last), frozenset())
                rows.append((m.span.name, m.span.confidence * m.chance, mine in of))
    return rows


def platt(raw: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Slope and shift of the log-odds under which the confidences fit what was right (with a weak prior at 1, 0)."""
    odds = np.log(np.clip(raw, 1e-4, 1 - 1e-4) / (1 - np.clip(raw, 1e-4, 1 - 1e-4)))

    def loss(p: np.ndarray) -> float:
        z = p[0] * odds + p[1]
        return float(np.logaddexp(0, np.where(right, -z, z)).sum() + 2 * (p[0] - 1) ** 2 + 2 * p[1] ** 2)

    found = minimize(loss, np.array([1.0, 0.0])).x
    return round(float(found[0]), 3), round(float(found[1]), 3)


def reliability(rows: list[tuple[str, float, bool]]) -> None:
    """Print how often marks are right, by tenths of calibrated confidence."""
    said, right = np.array([c for _, c, _ in rows]), np.array([r for *_, r in rows])
    print("confidence | marks | mean said | share right")
    for low in np.arange(0, 1, 0.1):
        mine = (said >= low) & (said < low + 0.1)
        if mine.any():
            print(f"{low:.1f}-{low + 0.1:.1f} | {mine.sum()} | {said[mine].mean():.2f} | {right[mine].mean():.2f}")


def tuning_of(block: dict) -> Tuning:
    """The tuning that `training.ascent` wrote."""
    thresholds = Thresholds(**block["thresholds"])
    return Tuning(block["eagerness"], block["lines"], thresholds, floors=block.get("floors", {}))


def tuned(docs: list[Doc], linker) -> Tuning:
    """Everything that is chosen on these documents."""
    return calibrated(Tuning(best_eagerness(docs), best_lines(docs)), docs, linker)


def calibrated(first: Tuning, docs: list[Doc], linker) -> Tuning:
    """A tuning with the calibration that fits these documents."""
    rows = judged(docs, linker, first)
    calibration = {}
    for slot in SLOTS:
        mine = [(raw, right) for s, raw, right in rows if s == slot]
        if mine:
            calibration[slot] = platt(*map(np.array, zip(*mine, strict=True)))
    return replace(first, calibration=calibration)


def main() -> None:
    """Judge the calibration: each half of the held-out documents with what was chosen on the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True)
    args = parser.parse_args()
    holdout = json.loads((DATA / "runs" / args.run / "recipe.json").read_text())["holdout"]
    records = [r for r in map(json.loads, CORPUS.read_text("utf-8").splitlines()) if r["fold"] == holdout]
    pieces, outs, linker = predictions(args.run, records)
    docs = list(zip(records, pieces, outs, strict=True))
    rows: list[tuple[str, float, bool]] = []
    for half in (0, 1):
        climbed = DATA / "runs" / args.run / "tuning.json"
        held = tuning_of(json.loads(climbed.read_text())) if climbed.exists() else tuned(docs[half::2], linker)
        mine = calibrated(held, docs[half::2], linker)
        other = judged(docs[1 - half :: 2], linker, mine)
        rows += [(slot, mine.confidence(slot, raw), right) for slot, raw, right in other]
    reliability(rows)


if __name__ == "__main__":
    main()
