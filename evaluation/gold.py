"""Measure a reading on gold: `python -m evaluation.gold GOLD_DIR [--reader NAME | --reading READING.json]`.

GOLD_DIR holds NAME.json beside NAME.txt, or NAME.ann.txt. What each figure means stands in evaluation/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ascribe.errors import AscribeError
from ascribe.readings import DEFAULT
from evaluation import tables
from evaluation.annotated_slots import AnnotationError
from evaluation.comparison import changes, measurement
from evaluation.distances import by_distance
from evaluation.gold_format import GoldDocument, ReadDocument, load_gold, load_readings, read_document
from evaluation.metrics import score
from evaluation.mistakes import mistakes
from evaluation.predictions import read_all


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation.gold", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder of NAME.json + NAME.txt, or of NAME.ann.txt")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--reader", default=DEFAULT, help=f"the extractor that reads (default: {DEFAULT})")
    source.add_argument(
        "--reading", type=Path, help="a file that `ascribe read --format json` wrote, instead of a reader"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes that read (default: 1)")
    parser.add_argument(
        "--verbose", action="store_true", help="for each document what was missed and what was spurious"
    )
    parser.add_argument("--errors", action="store_true", help="the mistakes by class, with examples")
    parser.add_argument("--examples", type=int, default=3, help="examples a class of --errors (default: 3)")
    parser.add_argument("--save-reading", type=Path, help="write what the reader read, for --reading")
    parser.add_argument("--out", type=Path, help="write the figures and findings, for --against")
    parser.add_argument("--against", type=Path, help="an earlier --out: show what was gained and what was lost")
    return parser.parse_args(arguments)


def _readings(options: argparse.Namespace, gold: dict[str, GoldDocument]) -> dict[str, ReadDocument]:
    if options.reading:
        return load_readings(options.reading)
    read = read_all(gold.values(), options.reader, options.jobs)
    if options.save_reading:
        _write(options.save_reading, {"documents": read})
    return {name: read_document(one, name) for name, one in zip(gold, read, strict=True)}


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    print()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 2 when the gold or the reading cannot be used, with one line that says why."""
    options = _options(arguments)
    try:
        gold = load_gold(options.gold)
        if not gold:
            raise AscribeError(f"{options.gold}: no NAME.json with NAME.txt, and no NAME.ann.txt")
        read = _readings(options, gold)
    except (AscribeError, AnnotationError, OSError, ValueError, KeyError) as error:
        print(f"evaluation.gold: {error}", file=sys.stderr)
        return 2
    if absent := sorted(set(gold) - set(read)):
        print(f"{len(absent)} gold documents have no reading and count as empty: {', '.join(absent)}", file=sys.stderr)
    scores = score(gold, read)
    if options.verbose:
        _show(tables.findings(scores, gold))
    if options.errors:
        _show(tables.mistake_table(mistakes(gold, read), gold, options.examples))
    _show(tables.headline(scores))
    _show(tables.breakdown(scores, gold))
    _show(tables.distances(by_distance(gold, read)))
    measured = measurement(scores, gold)
    if options.against:
        _show(tables.change_list(changes(json.loads(options.against.read_text("utf-8")), measured)))
    if options.out:
        _write(options.out, measured)
    return 0


if __name__ == "__main__":
    sys.exit(main())
