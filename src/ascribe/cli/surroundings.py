"""What `ascribe contacts`, `responses`, `connections` and `terms` do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.text import Text

from ascribe.cli import status, tables
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, words

if TYPE_CHECKING:
    from ascribe.project.context import Around

Json = dict[str, Any]

_COLUMNS: dict[Around, tuple[tuple[str, ...], str]] = {
    "contact": (("type", "institution", "person", "decision"), "no document tells of a contact before the act"),
    "response": (("by", "measure"), "no document ties a response to it"),
    "connection": (("type", "person", "other"), "no document states a link"),
}


def about(kind: Around, incident: str | None, format: str, folder: Path | None) -> int:
    """Print a dated line for each thing of one kind, under its incident."""
    with project_at(folder) as project:
        found = list(project.context.about(kind, incident))
    if format == "json":
        _print_json(found)
        return status.FINE
    columns, nothing = _COLUMNS[kind]
    out = console()
    for one in found:
        title = " · ".join((one["date"] or "(date not stated)", one["place"] or "(place not stated)"))
        out.print(words(title, "bold").append("  ").append_text(words(f"[{one['incident']}]", "dim")))
        rows = ([*_cells(line, columns), _source(line)] for line in one["lines"])
        table = tables.listing(("when", *columns, "words"), rows)
        out.print(Padding(table, (0, 0, 1, 2)) if table.row_count else words(f"  {nothing}\n", "dim"))
    if not found:
        out.print(nothing, style="dim")
    return status.FINE


def _cells(line: Json, columns: Sequence[str]) -> list[str]:
    voice = f" (according to {line['voice']})" if line["voice"] else ""
    cells = [line[c] or "" for c in columns]
    return [line["date"] or "not stated", *cells[:-1], cells[-1] + voice]


def _source(line: Json) -> str:
    return f"“{line['sentence']}” ({line['name']})"


def terms(term: str, format: str, folder: Path | None) -> int:
    """Print every use of a term by time, or the terms that are looked for."""
    with project_at(folder) as project:
        if not term:
            return _known([t.term for t in project.context.register.terms], format)
        found = project.context.term(term)
    if format == "json":
        _print_json([found])
        return status.FINE
    out = console()
    rows = [_use_row(use) for use in found["uses"]]
    if not rows:
        out.print(words(f"no document uses “{found['term']}”", "dim"))
        return status.FINE
    out.print(words(f"“{found['term']}”: {len(rows)} {'use' if len(rows) == 1 else 'uses'}", "bold"))
    out.print(Padding(tables.listing(("when", "use", "by", "words"), iter(rows)), (0, 0, 1, 2)))
    return status.FINE


def _known(names: Sequence[str], format: str) -> int:
    if format == "json":
        sys.stdout.write(json_text(list(names)) + "\n")
    else:
        console().print(Text("\n").join(words(name) for name in names))
    return status.FINE


def _use_row(use: Json) -> tuple[str, ...]:
    when = use["date"] or (f"published {use['published']}" if use["published"] else "not stated")
    by = use["speaker"] or (f"the author, {use['author']}" if use["author"] else "the author")
    first, *more = use["quotes"]
    others = f" and {len(more)} more" if more else ""
    return (when, use["use"] or "", by, f"“…{first['context']}…” ({use['name']}{others})")


def _print_json(things: Iterable[Json]) -> None:
    body = ",\n".join(json_text(thing) for thing in things)
    sys.stdout.write(f"[\n{body}]\n" if body else "[]\n")
