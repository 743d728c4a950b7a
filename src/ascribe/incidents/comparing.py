"""Whether two accounts can tell of one occurrence, and how much speaks for it."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from ascribe.model import CodeValue, CountValue, DateValue, PersonValue, PlaceValue, Told

NEAR_KM = 15.0
WIDEST_DAYS = 3
_EARTH_KM = 6371.0

# Tactics that one source may use for another's: those of one family never contradict each other.
_FAMILIES = {
    "bombing": "bombing",
    "suicide_bombing": "bombing",
    "armed_assault": "shooting",
    "stabbing": "blade",
    "beheading": "blade",
    "vehicle_ramming": "ramming",
    "kidnapping": "captivity",
    "hostage_taking": "captivity",
    "hijacking": "captivity",
    "arson": "arson",
    "unarmed_assault": "unarmed",
    "chemical_biological": "chemical",
    "sabotage": "sabotage",
}
_NOT_CARRIED_OUT = frozenset({"foiled", "threatened"})


@dataclass(frozen=True)
class Features:
    """What is compared of one account. Everything is worked out once, on first use."""

    told: Told

    @cached_property
    def place(self) -> PlaceValue | None:
        """The place, if it is a town or something in one: a region or country says too little."""
        value = self._value("place")
        close = isinstance(value, PlaceValue) and value.level in ("city", "site", None)
        return value if close and isinstance(value, PlaceValue) and value.country else None

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """First and last day as ordinals, if the account dates the act within three days."""
        value = self._value("date")
        if not isinstance(value, DateValue) or value.start is None or value.end is None:
            return None
        narrow = value.end - value.start < timedelta(days=WIDEST_DAYS)
        return (value.start.toordinal(), value.end.toordinal()) if narrow else None

    @cached_property
    def tactics(self) -> frozenset[str]:
        """Codes of the tactics."""
        return self._codes("tactics")

    @cached_property
    def families(self) -> frozenset[str]:
        """Families of the tactics; those that go with any other are left out."""
        return frozenset(_FAMILIES[t] for t in self.tactics if t in _FAMILIES)

    @cached_property
    def status(self) -> frozenset[str]:
        """Codes of the status."""
        return self._codes("status")

    @cached_property
    def perpetrators(self) -> frozenset[str]:
        """Last names of the named perpetrators."""
        found = (s.value for s in self.told.account.values("perpetrators"))
        return frozenset(
            fold(v.name).split()[-1] for v in found if isinstance(v, PersonValue) and v.named and fold(v.name)
        )

    @cached_property
    def sites(self) -> frozenset[str]:
        """Names of the sites."""
        found = (s.value for s in self.told.account.values("sites"))
        return frozenset(fold(v.name) for v in found if isinstance(v, PlaceValue))

    @cached_property
    def killed(self) -> CountValue | None:
        """The number killed."""
        value = self._value("killed")
        return value if isinstance(value, CountValue) else None

    def _value(self, property_id: str) -> object | None:
        statements = (s for s in self.told.account.values(property_id) if s.stance not in ("denied", "hypothetical"))
        return next((s.value for s in statements), None)

    def _codes(self, property_id: str) -> frozenset[str]:
        found = (s.value for s in self.told.account.values(property_id) if s.stance not in ("denied", "hypothetical"))
        return frozenset(v.code for v in found if isinstance(v, CodeValue))


def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparison only."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain.casefold()).split())


def compatible(one: Features, other: Features) -> bool:
    """Whether two accounts can be linked: another document, one town, one day, and no contradiction."""
    if one.told.document.id == other.told.document.id:
        return False
    return _one_place(one.place, other.place) and _one_time(one.days, other.days) and not _contradict(one, other)


def agreement(one: Features, other: Features) -> float:
    """How much speaks for one occurrence, of two compatible accounts; only the order of the results counts."""
    points = 2.0 * (one.days == other.days) + 1.0 * bool(one.tactics & other.tactics)
    points += 2.0 * bool(one.sites & other.sites) + 3.0 * bool(one.perpetrators & other.perpetrators)
    if one.killed and other.killed:
        points += 1.5 if _overlap(one.killed, other.killed) else -0.5
    return points


def _one_place(one: PlaceValue | None, other: PlaceValue | None) -> bool:
    if one is None or other is None or one.country != other.country:
        return False
    return fold(one.name) == fold(other.name) or _kilometres(one, other) <= NEAR_KM


def _kilometres(one: PlaceValue, other: PlaceValue) -> float:
    """Great-circle distance (haversine); infinite where a place has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    lat1, lon1, lat2, lon2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _one_time(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    if one is None or other is None:
        return False
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def _contradict(one: Features, other: Features) -> bool:
    tactics = bool(one.families and other.families) and one.families.isdisjoint(other.families)
    people = bool(one.perpetrators and other.perpetrators) and one.perpetrators.isdisjoint(other.perpetrators)
    states = {"carried_out"} in (one.status, other.status) and bool((one.status | other.status) & _NOT_CARRIED_OUT)
    return tactics or people or states


def _overlap(one: CountValue, other: CountValue) -> bool:
    low = max(one.minimum or 0, other.minimum or 0)
    highs = [c.maximum for c in (one, other) if c.maximum is not None]
    return not highs or low <= min(highs)
