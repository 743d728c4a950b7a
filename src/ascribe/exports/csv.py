"""Incidents as a spreadsheet: one row an incident, columns from the schema, the words beside each value."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from ascribe.exports import Options, summaries
from ascribe.exports.columns import header, row
from ascribe.exports.guards import Guard
from ascribe.model import Incident
from ascribe.schema import Schema

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class CsvExporter:
    """RFC 4180: comma, double quotes, lines end with CR LF. Open the file with `newline=""` and UTF-8."""

    suffix = ".csv"

    def write(self, incidents: Iterable[Incident], out: TextIO, schema: Schema, options: Options) -> None:
        """One row an incident. Many values are joined by "; ", several claims, attributions or people by " | "."""
        lines = csv.writer(out, lineterminator="\r\n")
        columns = header(schema)
        lines.writerow(columns)
        for summary in summaries(incidents, schema, options):
            cells = row(summary, schema, Guard(summary, options), options.victims_reason)
            lines.writerow([_safe(cells.get(name, "")) for name in columns])


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], out: TextIO) -> None:
    """Any rows in the same form, the columns first."""
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(columns)
    for cells in rows:
        lines.writerow([_safe(cell) for cell in cells])


def _safe(cell: str) -> str:
    """A cell that a spreadsheet shows and never runs: a leading apostrophe stops a formula; numbers stay numbers."""
    cell = _CONTROL.sub("", cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
