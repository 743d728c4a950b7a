"""MUC-4 with five roles: write predictions of a reader, and score them.

    python -m evaluation.muc4 --docs FILE.jsonl --out preds.json [--reader rules | --model FOLDER] [--score]
    python -m evaluation.muc4 --gold dev.jsonl --pred preds.json [--bootstrap 1000]

The files are told in evaluation/muc4_files.py, the figures in evaluation/README.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from ascribe.errors import AscribeError
from ascribe.readings import Extractor, extractor
from ascribe.readings.trained.reader import TrainedReader
from evaluation.muc4_files import (
    Report,
    load_gold,
    load_predictions,
    load_reports,
    long_id,
    template,
    write_predictions,
)
from evaluation.muc4_scoring import MEASURES, TYPE, Template, intervals, score, summary
from evaluation.muc4_templates import templates
from evaluation.predictions import document


@lru_cache(maxsize=2)
def _reader(name: str, model: Path | None) -> Extractor:
    """The reader of a name; the trained one reads by the conventions of MUC-4, which it has learned beside our own."""
    return TrainedReader(model, "muc4") if name == "model" else extractor(name)


def predict(report: Report, reader: str, mentions: int = 1, model: Path | None = None) -> list[dict[str, Any]]:
    """The templates of one document. The whole text is read; mentions come from the body alone."""
    given = document(report.id, report.text, report.published)
    reading = _reader(reader, model).read(given)
    return templates(given, reading, report.body_start, mentions, as_marked=reader == "model")


def predict_all(
    reports: Sequence[Report], reader: str, mentions: int = 1, jobs: int = 1, model: Path | None = None
) -> dict[str, list[dict[str, Any]]]:
    """The templates of every document by id; `jobs` processes share the work."""
    one = partial(predict, reader=reader, mentions=mentions, model=model)
    if jobs < 2:
        return {report.id: one(report) for report in reports}
    with ProcessPoolExecutor(jobs) as pool:
        found = pool.map(one, reports, chunksize=4)
        return {report.id: made for report, made in zip(reports, found, strict=True)}


def table(
    gold: Mapping[str, Sequence[Template]], predicted: Mapping[str, Sequence[Template]], draws: int
) -> Iterator[str]:
    """One line for the type, for each role and for each measure, then the intervals; all in per cent."""
    documents = score(gold, predicted)
    rows = summary(documents.values())
    yield f"{len(gold)} documents, {rows[TYPE].gold} gold templates (copies dropped), {rows[TYPE].predicted} predicted"
    yield f"{'':14} {'P':>7} {'R':>7} {'F1':>7}"
    for row, counts in rows.items():
        note = "  <- micro average" if row in MEASURES else ""
        yield f"{row:14} {100 * counts.precision:7.2f} {100 * counts.recall:7.2f} {100 * counts.f1:7.2f}{note}"
    if draws and documents:
        for name, (low, high) in intervals(list(documents.values()), draws).items():
            yield f"{name:14} F1 95 % interval over documents {100 * low:6.2f} .. {100 * high:6.2f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.muc4", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--docs", type=Path, help="documents to read, JSON lines")
    parser.add_argument("--out", type=Path, help="where to write the predictions of --docs")
    parser.add_argument("--reader", default="model", help="the extractor that reads (default: model)")
    parser.add_argument("--model", type=Path, help="the folder of another trained model than the one that comes along")
    parser.add_argument("--ids", choices=("long", "gtt"), default="long", help="TST3-MUC4-0001 (default) or 30001")
    parser.add_argument("--mentions", type=int, default=1, help="mentions written for an entity (default: 1)")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read (default: 1)")
    parser.add_argument("--score", action="store_true", help="score the predictions on the gold in --docs itself")
    parser.add_argument("--gold", type=Path, help="gold to score --pred on, JSON lines")
    parser.add_argument("--pred", type=Path, help="predictions to score")
    parser.add_argument("--bootstrap", type=int, default=1000, metavar="N", help="draws for the intervals; 0 for none")
    options = parser.parse_args(arguments)
    if bool(options.docs) == bool(options.gold) or bool(options.gold) != bool(options.pred):
        parser.error("give --docs with --out (and --score), or --gold with --pred")
    if options.docs and not (options.out or options.score):
        parser.error("--docs needs --out, --score or both")
    return options


def _predicted(options: argparse.Namespace) -> dict[str, list[Template]]:
    made = predict_all(load_reports(options.docs), options.reader, options.mentions, options.jobs, options.model)
    if options.out:
        write_predictions(options.out, made, options.ids)
        count = sum(map(len, made.values()))
        print(f"{count} templates for {len(made)} documents written to {options.out}", file=sys.stderr)
    return {long_id(name): [template(t) for t in found] for name, found in made.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or score; 2 when a file or the reader cannot be used, with one line that says why."""
    options = _options(arguments)
    try:
        predicted = load_predictions(options.pred) if options.pred else _predicted(options)
        gold = load_gold(options.gold or options.docs) if options.gold or options.score else {}
    except (AscribeError, OSError, ValueError, KeyError) as error:
        print(f"evaluation.muc4: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    if not gold:
        return 0
    if unknown := sorted(set(predicted) - set(gold)):
        print(f"{len(unknown)} predicted documents are not in the gold ({unknown[0]} ...)", file=sys.stderr)
    if absent := set(gold) - set(predicted):
        print(f"{len(absent)} gold documents have no prediction and count as empty", file=sys.stderr)
    for line in table(gold, predicted, options.bootstrap):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
