"""What keeps two accounts apart whatever else agrees: they cannot be one occurrence."""

from __future__ import annotations

from ascribe.incidents.comparisons import AREA_KM, overlapping
from ascribe.incidents.features import Features
from ascribe.incidents.levels import distance


def conflict(one: Features, other: Features) -> str | None:
    """Why two accounts cannot be one occurrence, in words; None where nothing that they say forbids it.

    What only one of them says forbids nothing. Two accounts of one document are two: its author told them apart.
    """
    if one.document == other.document:
        return "told apart in one document"
    if None not in (one.first_day, other.first_day) and not overlapping(one, other):
        return "other days"
    if where := _places(one, other):
        return where
    if one.perpetrators and other.perpetrators and set(one.perpetrators).isdisjoint(other.perpetrators):
        return "named perpetrators of other names"
    if None not in (one.done, other.done) and one.done != other.done:
        return "one was carried out, the other was not"
    if one.families and other.families and set(one.families).isdisjoint(other.families):
        return "tactics that exclude each other"
    return None


def _places(one: Features, other: Features) -> str | None:
    if one.place_id is not None and one.place_id == other.place_id:
        return None
    if one.country and other.country and one.country != other.country:
        return "other countries"
    if one.pointed and other.pointed and distance(one, other) > AREA_KM:
        return "places too far from each other"
    return None
