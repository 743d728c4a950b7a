"""`ascribe schema`: kinds, properties and lists, and which reader fills what; also the schema page of the docs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, words
from ascribe.errors import AscribeError, ProjectError
from ascribe.project import coverage
from ascribe.schema import PICKS, Code, Kind, Property, Schema, bundled_schema


def schema(kind: str | None, format: str, folder: Path | None) -> int:
    """Print the schema of a project, or the bundled one outside of any."""
    found = _schema(folder)
    kinds = tuple(k for k in found.kinds if kind in (None, k.id))
    if not kinds:
        raise AscribeError(f"no kind {kind!r}; known are {', '.join(k.id for k in found.kinds)}")
    filled = coverage()
    if format == "json":
        sys.stdout.write(json_text({"kinds": [_kind_json(k, filled) for k in kinds]}) + "\n")
    elif format == "markdown":
        sys.stdout.write("\n".join(_markdown(kinds, filled)) + "\n")
    else:
        for one in kinds:
            _print(one, filled)
    return status.FINE


def _schema(folder: Path | None) -> Schema:
    try:
        with project_at(folder) as project:
            return project.schema
    except ProjectError:
        if folder is not None:
            raise
        return bundled_schema()


Filled = dict[str, list[str]]


def _kind_json(kind: Kind, filled: Filled) -> dict[str, Any]:
    return {
        "id": kind.id,
        "label": kind.label,
        "definition": kind.definition,
        "about": kind.about,
        "properties": [_property_json(p, filled) for p in kind.properties],
    }


def _property_json(prop: Property, filled: Filled) -> dict[str, Any]:
    return {
        "id": prop.id,
        "type": prop.type.name,
        "label": prop.label,
        "definition": prop.definition,
        "many": prop.many,
        "sensitive": prop.sensitive,
        "pick": None if prop.many else prop.pick,
        "rises": prop.rises,
        "part_of": prop.part_of,
        "list": prop.list_id,
        "codes": [asdict(c) for c in prop.codes],
        "filled_by": filled.get(prop.path, []),
    }


def _type(prop: Property) -> str:
    name = f"{prop.type.name} ({prop.list_id})" if prop.list_id and prop.list_id != prop.id else prop.type.name
    return f"{name}, several" if prop.many else name


def _print(kind: Kind, filled: Filled) -> None:
    out = console()
    out.print(words(f"{kind.id}  {kind.label}{f' (about an {kind.about})' if kind.about else ''}", "bold"))
    out.print(words(kind.definition, "dim"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", expand=True)
    for heading, ratio in (("property", None), ("type", None), ("filled by", None), ("what it is", 1)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for prop in kind.properties:
        readers = ", ".join(filled.get(prop.path, [])) or "nobody yet"
        codes = f" One of: {', '.join(c.code for c in prop.codes)}." if prop.codes else ""
        table.add_row(words(prop.id), words(_type(prop)), words(readers), words(prop.definition + codes))
    out.print(table)
    out.print("")


def _markdown(kinds: tuple[Kind, ...], filled: Filled) -> Iterator[str]:
    yield "# Schema"
    yield ""
    yield (
        "What can be said of an incident, of a claim, of an attribution and of a person. Made from the files in "
        "`src/ascribe/schema/` by `ascribe schema --format markdown`; change those, not this page."
    )
    for kind in kinds:
        yield from _kind_markdown(kind, filled)
    lists = {p.list_id: p for k in kinds for p in k.properties if p.list_id}
    if lists:
        yield from ("", "## Lists")
    for list_id in sorted(lists, key=str):
        yield from ("", f"### {list_id}", "", "| code | label | definition |", "| --- | --- | --- |")
        yield from (
            f"| `{c.code}` | {_cell(c.label)} | {_cell(c.definition + _rules(c))} |" for c in lists[list_id].codes
        )


def _kind_markdown(kind: Kind, filled: Filled) -> Iterator[str]:
    about = f" Belongs to an {kind.about}." if kind.about else ""
    yield from ("", f"## {kind.label} (`{kind.id}`)", "", kind.definition + about, "")
    yield from ("| property | label | type | shown | filled by | definition |", "| --- | --- | --- | --- | --- | --- |")
    for prop in kind.properties:
        shown = "all values" if prop.many else PICKS[prop.pick]
        shown += "; left out of exports without a reason" if prop.sensitive else ""
        listed = f"[{prop.list_id}](#{prop.list_id})" if prop.list_id else prop.type.name
        readers = ", ".join(filled.get(prop.path, [])) or "nobody yet"
        cells = (f"`{prop.id}`", prop.label, listed, shown, readers, prop.definition)
        yield f"| {' | '.join(_cell(c) for c in cells)} |"


def _rules(code: Code) -> str:
    """What the list says of a code and others of the list."""
    said = (("kind of", code.kind_of), ("may be true beside", code.beside), ("ends", code.ends))
    told = [f"{words} {', '.join(c.replace('_', ' ') for c in codes)}" for words, codes in said if codes]
    return f" ({'; '.join(told)})" if told else ""


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
