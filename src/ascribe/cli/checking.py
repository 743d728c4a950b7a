"""`ascribe check`: what a text counts, as a query, with the answer and the incidents behind it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from ascribe.cli import status
from ascribe.cli.refusing import refuse_format
from ascribe.cli.tables import quoted
from ascribe.cli.terminal import complain, console, json_text, note, plain, words
from ascribe.errors import ProjectError
from ascribe.model import Evidence
from ascribe.project import DEFAULT_READER, Failed, Project
from ascribe.project.counting import Answer, Checked, Disagreement, check_files

_SHOWN = 12  # incidents that are listed by id on a terminal
_LONGEST = 300
_STYLES = {"consistent": "green", "inconsistent": "bold red", "cannot be verified": "yellow"}


def check(
    paths: Sequence[str],
    own: bool,
    published: str | None,
    reader: str | None,
    format: str,
    as_format: str | None,
    folder: Path | None,
) -> int:
    """Print the answers; the status counts the statements that are contradicted and the documents not read."""
    project = None if own else _project(folder)
    stdin = getattr(sys.stdin, "buffer", None)
    if project is None:
        return _print(check_files(paths, published, reader or DEFAULT_READER, as_format, stdin), format, as_format)
    with project:
        return _print(project.counting.check(paths, published, as_format, stdin), format, as_format)


def _project(folder: Path | None) -> Project | None:
    """The project asked for or around here; None where there is none around."""
    if folder is not None:
        return Project.open(folder)
    try:
        return Project.find()
    except ProjectError as error:
        if "no project in" in str(error):
            note("no project here: each text is checked against the incidents that it tells of itself")
            return None
        raise


def _print(outcomes: Iterator[Checked | Failed], format: str, as_format: str | None) -> int:
    wrong = failures = 0
    out = console()
    before = "["
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            failures += 1
            refuse_format(as_format, (outcome.skipped,))
            complain(outcome.skipped.name, outcome.skipped.reason)
            continue
        wrong += sum(a.verdict == "inconsistent" for a in outcome.answers) + len(outcome.parts)
        if format == "json":
            sys.stdout.write(f"{before}\n{json_text(_json(outcome))}")
            before = ","
        else:
            _table(out, outcome)
    if format == "json":
        sys.stdout.write("]\n" if before == "," else "[]\n")
    return status.of_failures(wrong + failures)


def _table(out: Console, checked: Checked) -> None:
    against = "the text itself" if checked.own else "the casebook"
    heading = f"{checked.document.name}, checked against {checked.incidents} incidents of {against}"
    out.rule(plain(heading), align="left", characters="─", style="dim")
    for answer in checked.answers:
        quote = plain(answer.statement.evidence.quote)
        shown = quote if len(quote) <= _LONGEST else quote[: _LONGEST - 1] + "…"
        out.print(words(f"“{shown}”", "bold").append("  ").append_text(words(_where(answer.statement.evidence), "dim")))
        lines = Table.grid(padding=(0, 2, 0, 0))
        for label, line in _lines(answer):
            style = _STYLES[answer.verdict] if label == "answer" else ""
            lines.add_row(words(label, "dim"), words(line, style))
        out.print(Padding(lines, (0, 0, 1, 2)))
    for found in checked.parts:
        out.print(words(f"{found.prop.label}: {found.thing}", "bold red"))
        out.print(Padding(_part_lines(found), (0, 0, 1, 2)))
    if not checked.answers:
        out.print("no counting statement found\n", style="dim")


def _part_lines(found: Disagreement) -> Table:
    lines = Table.grid(padding=(0, 2, 0, 0))
    for position in found.positions:
        for said in position.said:
            which = "the whole" if said.cited.statement.property == found.prop.part_of else "the part"
            shown = words(f"{which}: {found.prop.type.show(position.value)}")
            lines.add_row(shown, quoted(said.cited, several=False, whole=True))
    return lines


def _where(evidence: Evidence) -> str:
    return f"{evidence.start}-{evidence.end}"


def _lines(answer: Answer) -> Iterator[tuple[str, str]]:
    statement, area = answer.statement, answer.query.area
    first, *further = answer.query.lines()
    yield "query", first
    yield from (("", line) for line in further)
    if statement.group_evidence is not None and statement.group_evidence.start < statement.evidence.start:
        yield "", f"the group is named before: {_where(statement.group_evidence)}"
    for definition in area.definitions if area else ():
        yield "area", definition
    yield "answer", answer.verdict + (" with these documents" if answer.verdict == "cannot be verified" else "")
    yield from (("because", reason) for reason in answer.reasons)
    for label, ids in (
        ("counted", answer.counted),
        ("meant", answer.named),
        ("against it", answer.against),
        ("not sure", answer.unsure),
        ("plots", answer.left_out),
    ):
        if ids:
            more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
            yield label, ", ".join(ids[:_SHOWN]) + more


def _json(checked: Checked) -> dict[str, Any]:
    return {
        "document": checked.document.id,
        "name": checked.document.name,
        "against": "own" if checked.own else "casebook",
        "incidents": checked.incidents,
        "statements": [_answer_json(a) for a in checked.answers],
        "greater_parts": [_part_json(d) for d in checked.parts],
    }


def _part_json(found: Disagreement) -> dict[str, Any]:
    return {
        "incident": found.incident,
        "property": found.prop.path,
        "part_of": f"{found.prop.kind}.{found.prop.part_of}",
        "said": [
            {
                "property": f"{found.prop.kind}.{said.cited.statement.property}",
                "value": found.prop.type.to_json(position.value),
                "evidence": [{"start": e.start, "end": e.end, "quote": e.quote} for e in said.cited.statement.evidence],
            }
            for position in found.positions
            for said in position.said
        ],
    }


def _answer_json(answer: Answer) -> dict[str, Any]:
    statement, query = answer.statement, answer.query
    area = query.area
    return {
        "quote": statement.evidence.quote,
        "start": statement.evidence.start,
        "end": statement.evidence.end,
        "query": {
            "asks": query.asks,
            "statuses": list(query.statuses),
            "group": query.group.name if query.group else None,
            "group_id": query.group.register_id if query.group else None,
            "area": None
            if area is None
            else {
                "words": area.words,
                "outside": area.outside,
                "countries": sorted(area.countries),
                "places": [p.name for p in area.places],
                "definitions": list(area.definitions),
                "undefined": list(area.undefined),
            },
            "from": query.start.isoformat() if query.start else None,
            "to": query.end.isoformat() if query.end else None,
            "as_of": query.as_of.isoformat() if query.as_of else None,
            "as_of_rule": query.as_of_rule or None,
            "lethal": query.lethal,
            "claimed": query.claimed,
            "tactics": list(query.tactics),
        },
        "says": None
        if statement.count is None
        else {
            "min": statement.count.minimum,
            "max": statement.count.maximum,
            "qualifier": statement.count.qualifier,
        },
        "unread": [e.quote for e in statement.unread],
        "verdict": answer.verdict,
        "reasons": list(answer.reasons),
        "counted": list(answer.counted),
        "named": list(answer.named),
        "against": list(answer.against),
        "unsure": list(answer.unsure),
        "left_out": list(answer.left_out),
    }
