"""What the normalisers alone lose: the annotators' own marks in place of a reader's, through the same assembly.

    python -m evaluation.ceiling FOLDER

FOLDER holds annotated texts, NAME.ann.txt. The figures are the most that any reader can reach with today's assembly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ascribe.exports.reading import reading_json
from ascribe.model import Reading
from ascribe.readings.assemble import assemble
from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.schema import bundled_schema
from evaluation import tables
from evaluation.annotated import Annotated, compile_file
from evaluation.gold_format import ReadDocument, gold_document, read_document
from evaluation.metrics import score
from evaluation.predictions import document

_CODED = frozenset({"event", "status", "weapon", "target", "claim", "involvement"})


def mark(span: Mapping[str, Any]) -> Mark:
    """An annotator's span as a mark; whom a name stands for is left for the assembly to find."""
    slot, value = span["slot"], span["value"] or ""
    codes = tuple(c.strip() for c in value.split(",") if c.strip()) if slot in _CODED else ()
    if slot in ("killed", "wounded", "place") and value == "part":
        codes = ("part",)
    stance: Any = "asserted"
    if slot == "fate":
        codes = (value.rpartition(":")[2],)
    elif slot == "group":
        stance = value.rpartition(":")[2]
    return Mark(span["start"], span["end"], slot, codes, stance=stance)


def read(annotated: Annotated) -> ReadDocument:
    """The reading of one document from its annotators' marks."""
    gold = annotated.gold
    given = document(annotated.name, annotated.text, str(gold["published"]) if gold.get("published") else None)
    incidents = [MarkedIncident(tuple(mark(s) for s in incident["spans"])) for incident in gold["incidents"]]
    reading = Reading(given.id, "annotators", "1", assemble(given, incidents))
    return read_document(reading_json(given, reading, bundled_schema()), annotated.name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    annotated = [compile_file(path) for path in sorted(parser.parse_args(arguments).folder.glob("*.ann.txt"))]
    gold = {a.name: gold_document(a.gold, a.text, a.name) for a in annotated}
    for line in tables.headline(score(gold, {a.name: read(a) for a in annotated})):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
