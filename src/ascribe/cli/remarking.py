"""What `ascribe remarks` does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ascribe.cli import status, tables
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text

Json = dict[str, Any]


def remarks(asked: str, format: str, folder: Path | None) -> int:
    """Print remarks, one a row, in the order of the documents."""
    with project_at(folder) as project:
        found = list(project.remarks.all(asked))
    if format == "json":
        body = ",\n".join(json_text(row) for row in found)
        sys.stdout.write(f"[\n{body}]\n" if body else "[]\n")
    elif found:
        console().print(tables.listing(("remark", "by", "what is said"), _rows(found)))
    else:
        nothing = f"no remark holds “{asked}”" if asked else "no document holds a remark beyond single incidents yet"
        console().print(nothing, style="dim")
    return status.FINE


def _rows(found: list[Json]) -> Iterator[tuple[str, ...]]:
    for row in found:
        stance = "" if row["stance"] in (None, "asserted") else f" ({row['stance'].replace('_', ' ')})"
        first = row["evidence"][0]
        where = f"({row['name']} {first['start']}-{first['end']})"
        said = row["said"] or ""
        quoted = said if said.startswith("[") else f"“{said}”"
        yield (f"{row['type'] or ''}{stance}", row["speaker"] or "the author", f"{quoted} {where}")
