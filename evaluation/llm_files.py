"""The way by files, from questions to a casebook: a script answers for the model, and what is stored is scored.

    python -m evaluation.llm_files GOLD_FOLDER... [--way WAY] [--out FOLDER]

For each way of being wrong a new project is made. `prepare` writes the questions about all documents, the script of
`evaluation.llm_replies` answers the file, `collect` takes the answers in, and so on until no question is open. Then the
readings of the casebook are scored, and beside them the answers taken at their word. --out keeps both as files in the
format that the gold's own scorer takes: WAY.before.json and WAY.after.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ascribe.exports.reading import reading_json
from ascribe.project import Project
from ascribe.schema import bundled_schema
from evaluation.gold_format import gold_document, read_document
from evaluation.llm_naive import naive_reading
from evaluation.llm_perfect import Json
from evaluation.llm_replies import FAULTLESS, gold_files, made, reply_lines
from evaluation.llm_spoiling import WAYS, Spoilt
from evaluation.metrics import Figures, score, total
from evaluation.predictions import document

_SETTINGS = '\n[llm]\nmodel = "script"\npart_tokens = 6000\nanswer_tokens = 8000\n'
_MOST_ROUNDS = 5

Given = tuple[str, str, Json]


@dataclass(frozen=True, slots=True)
class Trip:
    """What came of one way: questions asked in each round, and the readings before and after the checks."""

    questions: tuple[int, ...]
    before: dict[str, Json]
    after: dict[str, Json]


def travel(way: str, files: Sequence[Given], folder: Path) -> Trip:
    """All documents through `prepare`, the script, and `collect`, in a new project in `folder`."""
    spoilt = {name: made(way, name, text, gold) for name, text, gold in files}
    folder.mkdir(parents=True, exist_ok=True)
    with Project.init(folder / "casebook") as project:
        settings = project.folder / "ascribe.toml"
        settings.write_text(settings.read_text("utf-8") + _SETTINGS, "utf-8")
    with Project.open(folder / "casebook") as project:
        questions = _prepare(project, files, spoilt, folder)
        asked = [len(questions)]
        while questions and len(asked) <= _MOST_ROUNDS:
            answers, further = folder / "replies.jsonl", folder / "further.jsonl"
            answers.write_text("\n".join(reply_lines(questions, files, way)), "utf-8")
            project.llm.collect(answers, further)
            questions = further.read_text("utf-8").splitlines()
            asked.append(len(questions))
        after = _stored(project)
    before = {name: _taken_at_its_word(name, spoilt[name], gold) for name, _, gold in files}
    return Trip(tuple(n for n in asked if n), before, after)


def _prepare(project: Project, files: Sequence[Given], spoilt: dict[str, Spoilt], folder: Path) -> list[str]:
    """The questions about all documents, each with the date of its own publication."""
    questions: list[str] = []
    for name, _, gold in files:
        source, out = folder / f"{name}.txt", folder / "requests.jsonl"
        source.write_text(spoilt[name].text, "utf-8")
        published = gold.get("published")
        project.llm.prepare([source], out, str(published) if published else None)
        questions += out.read_text("utf-8").splitlines()
    return questions


def _stored(project: Project) -> dict[str, Json]:
    """The readings of the casebook, by the name of the document."""
    return {
        Path(held.name).stem: reading_json(held, project.casebook.current_reading(held.id), bundled_schema())
        for held in project.documents()
    }


def _taken_at_its_word(name: str, spoilt: Spoilt, gold: Json) -> Json:
    published = gold.get("published")
    given = document(name, spoilt.text, str(published) if published else None)
    return naive_reading(given, spoilt.incidents, spoilt.facts)


def figures(way: str, files: Sequence[Given], readings: dict[str, Json]) -> Figures:
    """Readings against the gold, as the gold's own scorer counts."""
    wanted = {}
    for name, text, gold in files:
        spoilt = made(way, name, text, gold)
        wanted[name] = gold_document(spoilt.gold, spoilt.text, name)
    return total(score(wanted, {name: read_document(r, name) for name, r in readings.items()}))


def main(arguments: Sequence[str] | None = None) -> int:
    """Go each way and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--way", action="append", choices=[FAULTLESS, *WAYS], help="only this way; may be repeated")
    parser.add_argument("--out", type=Path, help="a folder for the readings")
    options = parser.parse_args(arguments)
    files = [found for folder in options.folders for found in gold_files(folder)]
    told = "incident F1 | slot P | slot R"
    print(f"| answers | questions by round | as answered: {told} | after the checks: {told} |")
    print("|" + " --- |" * 8)
    for way in options.way or [FAULTLESS, *WAYS]:
        with tempfile.TemporaryDirectory() as folder:
            trip = travel(way, files, Path(folder))
        one, two = figures(way, files, trip.before), figures(way, files, trip.after)
        cells = [f for t in (one, two) for f in (t.incident.f1, t.slots.precision, t.slots.recall)]
        row = [way, ", ".join(map(str, trip.questions)), *(f"{cell:.3f}" for cell in cells)]
        print("| " + " | ".join(row) + " |", flush=True)
        if options.out:
            _keep(options.out, way, trip)
    return 0


def _keep(folder: Path, way: str, trip: Trip) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, readings in (("before", trip.before), ("after", trip.after)):
        held = [{**r, "path": f"{stem}.txt"} for stem, r in sorted(readings.items())]
        where = folder / f"{way.replace(' ', '-').replace(',', '')}.{name}.json"
        where.write_text(json.dumps({"documents": held}, ensure_ascii=False, default=str), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
