"""Incidents to files: one file a format, loaded on use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, TextIO, cast

from ascribe.errors import AscribeError
from ascribe.exports.summary import IncidentSummary, Showing, is_proposed, summarise, with_proposed
from ascribe.model import Incident
from ascribe.schema import Schema


@dataclass(frozen=True, slots=True)
class Options:
    """What an export may contain. Victims' names need a recorded reason; without one they are left out.

    Of restricted documents only ids, offsets and pages are told, neither words nor sources, unless
    `include_restricted` is set. Proposed incidents and values are left out unless `include_proposed` is set, and then
    bear that word. `showing` says how values are chosen; None stands for the project's own way.
    """

    victims_reason: str | None = None
    include_restricted: bool = False
    include_proposed: bool = False
    showing: Showing | None = None


def summaries(incidents: Iterable[Incident], schema: Schema, options: Options) -> Iterator[IncidentSummary]:
    """What every exporter writes: the incidents that these options let out, with the values that they let out."""
    least = (options.showing or Showing()).min_confidence
    for incident in incidents:
        if options.include_proposed:
            yield with_proposed(summarise(incident, schema, options.showing))
        elif not is_proposed(incident, least):
            yield summarise(incident, schema, options.showing)


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
