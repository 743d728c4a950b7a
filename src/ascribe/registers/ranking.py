"""Which of several places of one name is meant: size, level, and what the text says around the name."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ascribe.model import PlaceLevel


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the register. Coordinates of a region or country are its middle: for ranking, never to be shown.

    `id` is "geonames:N" or "supplement:NAME"; `admin1` the first-level division's GeoNames code within the country;
    `main` whether the name looked up is its main name rather than an alias.
    """

    id: str
    name: str
    level: PlaceLevel
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    main: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a text says around a name.

    `countries` weighs each country named in the text by how often and how near (1 is one mention beside the name);
    `within` are the meanings of a country or region named right after ("Ghent, Belgium", "Kajuru, Kaduna State");
    `others` are places of the text that are certain; `level` is the level that a word beside the name gives
    ("Kandahar province", "the city of Granada").
    """

    countries: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    within: tuple[Place, ...] = ()
    others: tuple[Place, ...] = ()
    level: PlaceLevel | None = None


NOWHERE = Context()

# Found by trial on GeoVirus and constructed news; see `evaluation/places.py` for the measure.
_MAIN = 1.6
_LEVEL = {"site": 0.0, "city": 1.0, "region": 0.0, "country": 3.0}
_WITHIN = 8.0
_COUNTRY = 2.4
_NEAR = 1.2
_NEAR_KM = 150.0
_SAID_LEVEL = 4.0
_WIDE = 20  # times the people of the largest town of that name
_HAMLET_PENALTY = 1.5


def rank(candidates: tuple[Place, ...], context: Context) -> tuple[Place, ...]:
    """The candidates, the likeliest first; the same order whatever the order they come in."""
    if len(candidates) < 2:
        return candidates
    countries = context.countries
    heaviest = max(countries.values(), default=0.0)
    within_town = _WITHIN
    if context.within:
        # "China, Japan" and "California, Brazil" are lists, not towns of these names; "Georgia, USA" is a region.
        widest = max(candidates, key=_width)
        if widest.level == "country":
            within_town = 0.0
        elif widest.level == "region" and widest.population > _WIDE * max(_towns_people(candidates), 1):
            within_town = _WITHIN / 3
    seats = _seats(candidates)
    scored = [
        (
            score(p, context, heaviest, within_town if p.level == "city" else _WITHIN)
            + (_MAIN if p.id in seats else 0.0),
            p.population,
            p.id,
            p,
        )
        for p in candidates
    ]
    scored.sort(key=lambda s: (-s[0], -s[1], s[2]))
    return tuple(s[3] for s in scored)


def _seats(candidates: tuple[Place, ...]) -> frozenset[str]:
    """Towns that a region of the candidates is called after: an alias of theirs counts as much as the region's name."""
    regions = [p for p in candidates if p.main and p.level == "region"]
    return frozenset(
        p.id
        for p in candidates
        if not p.main and p.level == "city"
        for r in regions
        if (p.country, p.admin1) == (r.country, r.admin1) and p.population >= 0.1 * r.population
    )


def _towns_people(candidates: tuple[Place, ...]) -> int:
    return max((p.population for p in candidates if p.level == "city"), default=0)


def _width(place: Place) -> float:
    if not place.main:
        return -1.0
    return math.inf if place.level == "country" else place.population


def score(place: Place, context: Context, heaviest: float, within: float = 0.0) -> float:
    """How likely a place is meant.

    `heaviest` is the largest weight among the context's countries; `within` what it counts to lie in the country or
    region named after the name.
    """
    points = math.log10(place.population + 10) + _LEVEL[place.level] + (_MAIN if place.main else 0.0)
    if place.level == "region" and place.population < 100_000:
        points -= _HAMLET_PENALTY
    if place.country and heaviest:
        weight = context.countries.get(place.country, 0.0)
        # The share says which country the text is about, the amount how sure it is.
        points += _COUNTRY * (weight / heaviest) * min(1.0, 0.4 + heaviest / 2)
        points += 0.8 * min(1.0, weight)
    if context.within:
        points += within * max(lies_in(place, outer) for outer in context.within)
    if context.others and place.level != "country":
        points += _NEAR * nearness(place, context.others)
    if context.level is not None:
        points += _SAID_LEVEL if context.level == place.level else 0.0
    return points


def lies_in(place: Place, outer: Place) -> float:
    """1 if a place lies in a country or region as far as the register says, else 0."""
    if outer.id == place.id or outer.country != place.country:
        return 0.0
    if outer.level == "country":
        return 1.0
    if outer.level == "region" and outer.admin1 is not None:
        return 1.0 if outer.admin1 == place.admin1 else 0.0
    near = distance_km(place, outer)
    return 1.0 if near < _NEAR_KM else 0.0


def nearness(place: Place, others: tuple[Place, ...]) -> float:
    """From 0 to 1: how near the nearest of other places is."""
    best = min((distance_km(place, o) for o in others if o.id != place.id), default=math.inf)
    return 1.0 / (1.0 + best / _NEAR_KM)


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres; infinite where a place has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    first, second = math.radians(a.latitude), math.radians(b.latitude)
    half = (
        math.sin((second - first) / 2) ** 2
        + math.cos(first) * math.cos(second) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(min(1.0, half)))
