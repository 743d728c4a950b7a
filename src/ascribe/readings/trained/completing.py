"""What the network left out although an act's own sentence leaves no choice: its only place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.setting import Setting

CONFIDENCE = 0.35  # below that of a place that the network marks


def completed(incidents: Sequence[MarkedIncident], setting: Setting) -> list[MarkedIncident]:
    """The incidents; one without a place has that of its first sentence, if that names just one."""
    return [incident if incident.of("place") else _placed(incident, setting) for incident in incidents]


def _placed(incident: MarkedIncident, setting: Setting) -> MarkedIncident:
    first = min(incident.of("event"), key=lambda m: m.start)
    start, end = setting.sentence(first)
    named = [s for s in setting.surroundings.spans if start <= s.start and s.end <= end]
    if len(named) != 1:
        return incident
    place = Mark(named[0].start, named[0].end, "place", confidence=CONFIDENCE, rule="only_place")
    return replace(incident, marks=(*incident.marks, place))
