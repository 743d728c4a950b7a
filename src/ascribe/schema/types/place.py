"""Places: the name in the text, a precision level, and coordinates that are never finer than the text."""

from __future__ import annotations

import re
from typing import get_args

from ascribe.errors import SchemaError
from ascribe.model import PlaceLevel, PlaceValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, fold, kilometres

# How far apart in kilometres two named places may lie and still be one place, by the coarser of their levels.
_ONE_PLACE_KM = {"site": 2.0, "city": 15.0}
_RANK = {"site": 0, "city": 1, "region": 2, "country": 3}
_COUNTRY = re.compile(r"[A-Z]{2}")


class PlaceType:
    """Named places. A region or country has no point of its own, so coordinates need a site or a city."""

    name = "place"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """A name; both coordinates or none, in range, and only at site or city level; ISO 3166-1 alpha-2."""
        if not isinstance(value, PlaceValue):
            raise wrong_type(value, "place")
        if not value.name.strip():
            raise SchemaError("a place needs a name")
        if value.level is not None and value.level not in get_args(PlaceLevel):
            raise SchemaError(f"unknown place level {value.level!r}")
        if value.country is not None and not _COUNTRY.fullmatch(value.country):
            raise SchemaError(f"country {value.country!r} is not an ISO 3166-1 alpha-2 code")
        lat, lon = value.latitude, value.longitude
        if (lat is None) != (lon is None):
            raise SchemaError("a place has both coordinates or none")
        if lat is not None and lon is not None:
            if not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise SchemaError(f"coordinates out of range: {lat}, {lon}")
            if value.level not in ("site", "city"):
                raise SchemaError("coordinates would be finer than the text: the level is not site or city")

    def to_json(self, value: Value) -> Json:
        """All fields."""
        assert isinstance(value, PlaceValue)
        return {**self.slot(value), "gazetteer_id": value.gazetteer_id}

    def from_json(self, data: Json) -> PlaceValue:
        """The inverse of `to_json`."""
        return PlaceValue(
            data["name"], data["level"], data["country"], data["lat"], data["lon"], data.get("gazetteer_id")
        )

    def slot(self, value: Value) -> Json:
        """Name, country, coordinates, level."""
        assert isinstance(value, PlaceValue)
        return {
            "name": value.name,
            "country": value.country,
            "lat": value.latitude,
            "lon": value.longitude,
            "level": value.level,
        }

    def parse(self, written: str) -> PlaceValue:
        """A name, with the code of the country where one follows: "Strasbourg, FR"."""
        name, _, country = one_line(written).rpartition(", ")
        return (
            PlaceValue(name, country=country) if name and _COUNTRY.fullmatch(country) else PlaceValue(one_line(written))
        )

    def show(self, value: Value) -> str:
        """Name and country code."""
        assert isinstance(value, PlaceValue)
        return f"{value.name}, {value.country}" if value.country else value.name

    def bounds(self, value: Value) -> tuple[float | None, float | None]:
        """Places have no order."""
        return (None, None)

    def columns(self) -> tuple[str, ...]:
        """Name, country, coordinates, level."""
        return ("", "_country", "_latitude", "_longitude", "_level")

    def cells(self, value: Value) -> tuple[str, ...]:
        """What the text does not give is an empty cell."""
        assert isinstance(value, PlaceValue)
        lat, lon = value.latitude, value.longitude
        return (
            value.name,
            value.country or "",
            "" if lat is None else f"{lat:g}",
            "" if lon is None else f"{lon:g}",
            value.level or "",
        )

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """Other countries exclude each other, and towns and sites whose points lie apart; a finer level is finer.

        Where a point or a level is missing, two names may be one place: nothing is said to contradict on a guess.
        """
        assert isinstance(one, PlaceValue)
        assert isinstance(other, PlaceValue)
        if one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id:
            return "same"
        if one.country and other.country and one.country != other.country:
            return "contradictory"
        apart, near = _kilometres(one, other), _reach_km(one, other)
        if apart is not None and apart > near:
            return "contradictory"
        if (fold(one.name), one.country) == (fold(other.name), other.country):
            return "same"
        ranks = _RANK.get(one.level or "", -1), _RANK.get(other.level or "", -1)
        if -1 in ranks or ranks[0] == ranks[1]:
            return "overlapping"
        return "finer" if ranks[0] < ranks[1] else "coarser"


def _kilometres(one: PlaceValue, other: PlaceValue) -> float | None:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def _reach_km(one: PlaceValue, other: PlaceValue) -> float:
    return max(_ONE_PLACE_KM.get(place.level or "city", 15.0) for place in (one, other))
