"""Incidents to files: one file a format, loaded on use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, TextIO, cast

from ascribe.errors import AscribeError
from ascribe.model import Incident
from ascribe.schema import Schema


@dataclass(frozen=True, slots=True)
class Options:
    """What an export may contain. Victims' names need a recorded reason; without one they are left out.

    Of restricted documents only ids, offsets and pages are told, neither words nor sources, unless
    `include_restricted` is set.
    """

    victims_reason: str | None = None
    include_restricted: bool = False


class Exporter(Protocol):
    """What writes incidents."""

    suffix: str

    def write(self, incidents: Iterable[Incident], out: TextIO, schema: Schema, options: Options) -> None:
        """Write all incidents. The same incidents give the same characters."""


EXPORTERS = {
    "csv": "ascribe.exports.csv:CsvExporter",
    "jsonl": "ascribe.exports.jsonl:JsonlExporter",
    "geojson": "ascribe.exports.geojson:GeoJsonExporter",
}


def exporter(name: str) -> Exporter:
    """The exporter with this name, built in or from the entry-point group `ascribe.exporters`."""
    targets = {**{e.name: e.value for e in entry_points(group="ascribe.exporters")}, **EXPORTERS}
    if name not in targets:
        raise AscribeError(f"no export format {name!r}; known are {', '.join(sorted(targets))}")
    module, _, cls = targets[name].partition(":")
    return cast(Exporter, getattr(import_module(module), cls)())
