"""Incidents on a map: a GeoJSON FeatureCollection (RFC 7946) of those whose place has coordinates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from ascribe.exports import Options, summaries
from ascribe.exports.columns import column, header, row
from ascribe.exports.guards import Guard
from ascribe.exports.summary import IncidentSummary
from ascribe.model import Incident, PlaceValue
from ascribe.schema import Schema

Json = dict[str, Any]

# How far from the point the place may reach, and the decimals that say no more than that.
_PRECISION_KM = {"site": 1, "city": 10}
_DECIMALS = {"site": 3, "city": 2}


class GeoJsonExporter:
    """Longitude before latitude, WGS 84. Coordinates are rounded to the level of the place."""

    suffix = ".geojson"

    def write(self, incidents: Iterable[Incident], out: TextIO, schema: Schema, options: Options) -> None:
        """One feature an incident with a point; `unplaced` counts the others, which are not on the map."""
        unplaced = 0
        out.write('{"type": "FeatureCollection", "features": [')
        before = "\n"
        for summary in summaries(incidents, schema, options):
            feature = _feature(summary, schema, options)
            if feature is None:
                unplaced += 1
                continue
            out.write(before + json.dumps(feature, ensure_ascii=False))
            before = ",\n"
        ends: Json = {"unplaced": unplaced}
        if options.victims_reason:
            ends["victims_reason"] = options.victims_reason
        out.write("\n], " + json.dumps(ends, ensure_ascii=False)[1:-1] + "}\n")


def _feature(summary: IncidentSummary, schema: Schema, options: Options) -> Json | None:
    guard = Guard(summary, options)
    place = next((s.value for s in guard.shown(summary.thing["place"])), None)
    if not isinstance(place, PlaceValue) or place.latitude is None or place.longitude is None:
        return None
    decimals = _DECIMALS.get(place.level or "city", 2)
    point = [round(place.longitude, decimals), round(place.latitude, decimals)]
    return {
        "type": "Feature",
        "id": summary.incident.id,
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {
            **_properties(summary, schema, guard, options),
            "place_precision_km": _PRECISION_KM.get(place.level or "city", 10),
        },
    }


def _properties(summary: IncidentSummary, schema: Schema, guard: Guard, options: Options) -> Json:
    cells = row(summary, schema, guard, options.victims_reason)
    counts = {column(p) + end for p in schema.properties() if p.type.name == "count" for end in ("_low", "_high")}
    places = {
        column(p) + end for p in schema.properties() if p.type.name == "place" for end in ("_latitude", "_longitude")
    }
    return {
        name: int(cells[name]) if name in counts and cells[name].isdigit() else cells[name]
        for name in header(schema)
        if cells.get(name) and name not in places and name != "victims_reason"
    }
