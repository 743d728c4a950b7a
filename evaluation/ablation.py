"""What each part of the trained reader is worth: `python -m evaluation.ablation GOLD_DIR`.

The gold is read by the rules, by the trained reader, and by the trained reader without one part at a time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from ascribe.errors import AscribeError
from ascribe.exports.reading import reading_json
from ascribe.model import Reading
from ascribe.readings.assemble import assemble
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import MarkedIncident
from ascribe.readings.setting import Setting
from ascribe.readings.trained.completing import completed
from ascribe.readings.trained.grouping import group, pair_features, pooled
from ascribe.readings.trained.layout import EVENT, SLOTS
from ascribe.readings.trained.marking import Tuning, marked
from ascribe.readings.trained.pieces import FIRST
from ascribe.readings.trained.reader import TrainedReader
from ascribe.readings.trained.settling import settled
from ascribe.readings.trained.spans import Floats, Span, find_spans
from ascribe.readings.trained.standins import stand_ins
from ascribe.schema import bundled_schema
from evaluation.annotated_slots import AnnotationError
from evaluation.gold_format import GoldDocument, ReadDocument, load_gold, read_document
from evaluation.metrics import Figures, score, total
from evaluation.predictions import document, read_one

PARTS = {
    "stand-ins": "the network sees the names, which it was trained without",
    "settings": "what was chosen after training: eagerness, lines, thresholds, floors",
    "clusters": "every mention of an act is an incident of its own",
    "links": "every other span goes to the nearest mention of an act",
    "settling": "several totals, dates and roles may stand beside one another",
    "completing": "no place or day from the act's own sentence, the dateline's day is kept",
}
SURE = 6.0  # a score that the chance of is nearly one


def incidents(reader: TrainedReader, setting: Setting, without: str | None = None) -> list[MarkedIncident]:
    """What `TrainedReader.incidents` finds, without one part."""
    text = setting.text
    names = [] if without == "stand-ins" else stand_ins(text, setting.surroundings, setting.group_register)
    pieces = reader.network.cut(text, names)
    if not len(pieces):
        return []
    tuning = Tuning(calibration=reader.card.tuning.calibration) if without == "settings" else reader.card.tuning
    eager = np.array([tuning.eagerness.get(slot, 0.0) for slot in SLOTS], dtype=np.float32)
    out = reader.network.outputs(pieces, FIRST)
    spans = find_spans(out.labels, out.codes, pieces, eager, tuning.lines)
    events = [s for s in spans if s.slot == EVENT]
    if not events:
        return []
    asks, answers = pooled(out.asks, spans), pooled(out.answers, events)
    scores = reader.network.linker.scores(asks, answers, pair_features(text, pieces, spans))
    if without == "clusters":
        scores[[k for k, s in enumerate(spans) if s.slot == EVENT]] = -SURE
    if without == "links":
        scores = _nearest(spans, events, scores)
    found = [[m for m in one if tuning.sure(m)] for one in group(spans, scores, tuning.thresholds, len(pieces))]
    if without != "settling":
        found = [settled(text, one) for one in found]
    marks = marked(text, found, tuning, lexicon("en"))
    return marks if without == "completing" else completed(marks, setting)


def _nearest(spans: Sequence[Span], events: Sequence[Span], scores: Floats) -> Floats:
    """The scores of events among themselves; every other span is sure of the nearest event."""
    out = scores.copy()
    at = np.array([e.first for e in events])
    for k, span in enumerate(spans):
        if span.slot != EVENT:
            out[k] = -SURE
            out[k, np.abs(at - span.first).argmin()] = SURE
    return out


def read_without(reader: TrainedReader, gold: GoldDocument, part: str | None = None) -> ReadDocument:
    """One gold document as the trained reader reads it without one part."""
    given = document(gold.name, gold.text, gold.published, gold.title, gold.publisher)
    setting = Setting(given)
    reading = Reading(given.id, reader.name, reader.version, assemble(given, incidents(reader, setting, part), setting))
    return read_document(reading_json(given, reading, bundled_schema()), gold.name)


def _rules(gold: GoldDocument) -> ReadDocument:
    return read_document(read_one(gold, "rules"), gold.name)


def _line(label: str, figures: Figures, whole: Figures | None, why: str = "") -> str:
    shown = f"{label:22}  {figures.incident.f1:11.3f}  {figures.slots.f1:7.3f}"
    if whole is not None:
        shown += f"  {figures.incident.f1 - whole.incident.f1:+9.3f}  {figures.slots.f1 - whole.slots.f1:+6.3f}  {why}"
    return shown


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 when the gold cannot be used, with one line that says why."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.ablation", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of NAME.json + NAME.txt, or of NAME.ann.txt")
    parser.add_argument("--model", type=Path, help="folder of another model than the bundled one")
    options = parser.parse_args(arguments)
    try:
        gold = load_gold(options.gold)
        reader = TrainedReader(options.model)
    except (AscribeError, AnnotationError, OSError, ValueError, KeyError) as error:
        print(f"evaluation.ablation: {error}", file=sys.stderr)
        return 2

    def figures(read: Callable[[GoldDocument], ReadDocument]) -> Figures:
        return total(score(gold, {name: read(one) for name, one in gold.items()}))

    print(f"{'reader':22}  incident F1  slot F1  incidents   slots")
    whole = figures(partial(read_without, reader))
    print(_line("model", whole, None))
    print(_line("rules", figures(_rules), whole))
    for part, why in PARTS.items():
        print(_line(f"  without {part}", figures(partial(read_without, reader, part=part)), whole, why))
    return 0


if __name__ == "__main__":
    sys.exit(main())
