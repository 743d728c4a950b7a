"""Slot fillers: what an incident of the gold or of a reading holds, as comparable values, and the credit for each.

The gold gives every name that the document has for a thing, a reading gives one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from evaluation.naming import same_group, same_name

LEVELS = ("country", "region", "city", "site")
NEAR_KM = 15.0
EARTH_DIAMETER_KM = 12742.0
_CLOSE = {
    frozenset(("bombing", "suicide_bombing")),
    frozenset(("hostage_taking", "kidnapping")),
    frozenset(("government", "political_figure")),
    frozenset(("police", "military")),
    frozenset(("tourists", "civilians")),
    frozenset(("killed", "suicide")),
    frozenset(("arrested", "charged")),
    frozenset(("charged", "convicted")),
    frozenset(("failed", "foiled")),
}


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, ISO."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """At least and at most so many people."""

    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place; coordinates in degrees."""

    names: tuple[str, ...]
    country: str | None
    latitude: float | None
    longitude: float | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Named:
    """A person, claimant or outlet; `fate` where the filler is one."""

    names: tuple[str, ...]
    fate: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An organisation; `claims` where it is among the claimants of the same incident."""

    names: tuple[str, ...]
    stance: str
    claims: bool = False


Filler: TypeAlias = str | Days | Bounds | Spot | Named | Group
Fillers: TypeAlias = dict[str, tuple[Filler, ...]]


def wording(filler: Filler) -> str:
    """The filler in a few words for lists: the first name, the bounds, the days."""
    match filler:
        case str():
            return filler
        case Days(start, end):
            return start if start == end else f"{start}/{end}"
        case Bounds(minimum, maximum):
            return str(minimum) if minimum == maximum else f"{minimum or ''}..{'' if maximum is None else maximum}"
        case Spot():
            return ", ".join(x for x in (filler.names[0] if filler.names else "", filler.country, filler.level) if x)
        case Named(names, fate):
            return f"{names[0]} ({fate})" if fate else names[0]
        case Group(names, stance):
            return f"{names[0]} ({stance})"


def _days(date: Mapping[str, Any] | None) -> tuple[Filler, ...]:
    if not date or not date.get("start"):
        return ()
    return (Days(date["start"], date.get("end") or date["start"]),)


def _bounds(count: Mapping[str, Any] | None) -> tuple[Filler, ...]:
    if not count or (count.get("min") is None and count.get("max") is None):
        return ()
    return (Bounds(count.get("min"), count.get("max")),)


def _names(thing: Any) -> tuple[str, ...]:
    """The names of `["A", "B"]`, `"A"`, `{"names": [...]}` or `{"name": ...}`."""
    if isinstance(thing, str):
        return (thing,)
    if isinstance(thing, Mapping):
        return tuple(thing.get("names") or [thing.get("name") or ""])
    return tuple(thing)


def _spot(place: Mapping[str, Any] | None) -> tuple[Filler, ...]:
    if not place or not (place.get("names") or place.get("name")):
        return ()
    return (Spot(_names(place), place.get("country"), place.get("lat"), place.get("lon"), place.get("level")),)


def _each(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) else list(value or [])


def _groups(incident: Mapping[str, Any], claimants: list[Any]) -> tuple[Filler, ...]:
    found = []
    for group in incident.get("groups") or []:
        names = _names(group)
        claims = any(same_group(name, _names(claimant)) for claimant in claimants for name in names)
        found.append(Group(names, group.get("stance") or "asserted", claims))
    return tuple(found)


def fillers(incident: Mapping[str, Any]) -> Fillers:
    """The fillers of an incident of the gold or of a reading, by slot. `incident` is in the exchange format."""
    claim = incident.get("claim") or {}
    claimants = _each(claim.get("by"))
    people = tuple(incident.get("perpetrators") or ())
    return {
        "status": _code(incident.get("status")),
        "date": _days(incident.get("date")),
        "place": _spot(incident.get("place")),
        **{slot: tuple(dict.fromkeys(incident.get(slot) or [])) for slot in ("tactics", "weapons", "target_types")},
        "killed": _bounds(incident.get("killed")),
        "wounded": _bounds(incident.get("wounded")),
        "perpetrators": tuple(Named(_names(person)) for person in people),
        "victims": tuple(Named(_names(victim)) for victim in incident.get("victims") or ()),
        "groups": _groups(incident, claimants),
        "fate": tuple(Named(_names(person), person["fate"]) for person in people if person.get("fate")),
        "claim_status": _code(claim.get("status")),
        "claim_by": tuple(Named(_names(claimant)) for claimant in claimants),
        "claim_outlets": tuple(Named(_names(outlet)) for outlet in claim.get("outlets") or ()),
        "claim_date": _days(claim.get("date")),
        "involvement": _code(incident.get("involvement")),
    }


def _code(value: str | None) -> tuple[Filler, ...]:
    return (value,) if value else ()


SLOTS = tuple(fillers({}))


def _close_codes(read: str, gold: str) -> float:
    if read == gold:
        return 1.0
    return 0.5 if frozenset((read, gold)) in _CLOSE else 0.0


def _close_days(read: Days, gold: Days) -> float:
    if read == gold:
        return 1.0
    inside = gold.start <= read.start and read.end <= gold.end
    around = read.start <= gold.start and gold.end <= read.end
    return 0.5 if inside or around else 0.0


def _close_bounds(read: Bounds, gold: Bounds) -> float:
    if read == gold:
        return 1.0
    upper = read.maximum is not None and read.maximum == gold.maximum
    return 0.5 if read.minimum == gold.minimum or upper else 0.0


def kilometres(a: Spot, b: Spot) -> float:
    """The distance on a sphere. Both need coordinates."""
    degrees = (a.latitude, a.longitude, b.latitude, b.longitude)
    la1, lo1, la2, lo2 = (math.radians(d) for d in degrees if d is not None)
    h = math.sin((la2 - la1) / 2) ** 2 + math.cos(la1) * math.cos(la2) * math.sin((lo2 - lo1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(h))


def _close_spots(read: Spot, gold: Spot) -> float:
    """The same name, or within 15 km; half for the wrong country under that name, or for the right one but coarser."""
    if same_name(read.names[0], gold.names):
        return 0.5 if read.country and gold.country and read.country != gold.country else 1.0
    located = read.latitude is not None and gold.latitude is not None
    exact = gold.level in ("city", "site") and read.level in ("city", "site", None)
    if located and exact and kilometres(read, gold) <= NEAR_KM:
        return 1.0
    if not read.country or read.country != gold.country:
        return 0.0
    not_finer = LEVELS.index(read.level or "city") <= LEVELS.index(gold.level or "city")
    return 0.5 if not_finer and (read.level in ("country", "region") or gold.level == "country") else 0.0


def _close_groups(read: Group, gold: Group) -> float:
    """Half for another stance; asserted and claimed_only are one where the group has claimed."""
    if not same_group(read.names[0], gold.names):
        return 0.0
    same = read.stance == gold.stance or (gold.claims and {read.stance, gold.stance} == {"asserted", "claimed_only"})
    return 1.0 if same else 0.5


def _close_named(slot: str, read: Named, gold: Named) -> float:
    same = same_name(read.names[0], gold.names)
    if slot == "claim_by":
        same = same or same_group(read.names[0], gold.names)
    if slot == "fate":
        return _close_codes(read.fate or "", gold.fate or "") if same else 0.0
    return 1.0 if same else 0.0


def credit(slot: str, read: Filler, gold: Filler) -> float:
    """0, ½ or 1 for a filler of a reading against one of the gold; half for coarser, finer or next door."""
    match read, gold:
        case str(), str():
            return _close_codes(read, gold)
        case Days(), Days():
            return _close_days(read, gold)
        case Bounds(), Bounds():
            return _close_bounds(read, gold)
        case Spot(), Spot():
            return _close_spots(read, gold)
        case Group(), Group():
            return _close_groups(read, gold)
        case Named(), Named():
            return _close_named(slot, read, gold)
    return 0.0
