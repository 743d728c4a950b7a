"""Where an act's own sentence leaves no choice: its only place and day, and the day of filing, which is neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ascribe.readings.dateline import dateline
from ascribe.readings.marks import Mark, MarkedIncident, Slot
from ascribe.readings.setting import Setting

CONFIDENCE = 0.35  # below that of what the network marks
_SPOKEN = re.compile(r"\b(?:said|says|told|announced|reported|confirmed)\b[^.;]{0,24}$")  # "said on Tuesday that"


def completed(incidents: Sequence[MarkedIncident], setting: Setting) -> list[MarkedIncident]:
    """The incidents without the dateline's day; one without a place or day has the only one of its first sentence."""
    filed = dateline(setting.text)
    out = []
    for incident in incidents:
        kept = [m for m in incident.marks if m.slot != "date" or not filed[0] <= m.start < filed[1]]
        whole = replace(incident, marks=tuple(kept))
        added = [
            *_only(whole, "place", _places(setting), setting),
            *_only(whole, "date", _days(setting, filed), setting),
        ]
        out.append(replace(whole, marks=(*kept, *added)))
    return out


def _only(incident: MarkedIncident, slot: Slot, found: list[tuple[int, int]], setting: Setting) -> list[Mark]:
    """The mark for the only one of these words in the sentence that first tells the act, if a mark is missing."""
    if incident.of(slot):
        return []
    start, end = setting.sentence(min(incident.of("event"), key=lambda m: m.start))
    inside = [(a, b) for a, b in found if start <= a and b <= end]
    return [Mark(a, b, slot, confidence=CONFIDENCE, rule=f"only_{slot}") for a, b in inside if len(inside) == 1]


def _places(setting: Setting) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in setting.surroundings.spans]


def _days(setting: Setting, filed: tuple[int, int]) -> list[tuple[int, int]]:
    """Date expressions outside the dateline that are not the day of somebody's words."""
    said = [(d.start, d.end) for d in setting.dates if d.value is not None and not filed[0] <= d.start < filed[1]]
    return [(a, b) for a, b in said if not _SPOKEN.search(setting.text[max(0, a - 40) : a])]
