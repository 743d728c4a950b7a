"""Measure the register of places: python -m evaluation.places FOLDER.

The folder holds `geovirus.jsonl`, `trnews.jsonl` and `geowebnews.jsonl`: records with `text` and `toponyms`
(start, end, lat, lon, type). GeoVirus is for developing, the other two are for testing; of GeoWebNews the literal
names.

Given the gold words, `near` is the share resolved to within 161 km (100 miles) of the gold point and `median` the
middle error in km; names unknown to the register count as wrong. A country or region has no one point, so `fit` counts
one also where the town nearest to the gold point lies in it, and `country` is the share whose country is that town's
(of the names with a country). Without them, precision and recall say how far
`spans` finds the gold words (the same, or overlapping ones).
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from ascribe.registers.places import PlaceRegister, place_register
from ascribe.registers.ranking import Place, distance_km
from ascribe.registers.surroundings import Surroundings

NEAR_KM = 161.0
FILES = ("geovirus.jsonl", "trnews.jsonl", "geowebnews.jsonl")


@dataclass
class Tally:
    """What was counted over one file."""

    errors: list[float] = field(default_factory=list)
    fit: int = 0
    countries_right: int = 0
    countries: int = 0
    found: int = 0
    overlapping: int = 0
    spans: int = 0
    gold: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    spurious: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file, with the literal names only where names are told apart."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            names = record["toponyms"]
            record["resolvable"] = [t for t in names if t.get("lat") is not None and is_literal(t)]
            record["places"] = [t for t in names if t.get("lat") is not None]
            yield record


def is_literal(toponym: dict[str, Any]) -> bool:
    """Whether a name stands for the place itself, in files that say so."""
    return toponym.get("literal") is not False and "non" not in str(toponym.get("type") or "").lower()


def gold_point(toponym: dict[str, Any]) -> Place:
    """The gold coordinates as a place."""
    return Place("", "", "city", None, None, float(toponym["lat"]), float(toponym["lon"]), 0, True)


class Towns:
    """The towns of the register by their place on a grid of whole degrees."""

    def __init__(self, register: PlaceRegister) -> None:
        self._cells: dict[tuple[int, int], list[Place]] = {}
        for town in register.towns():
            if town.latitude is not None and town.longitude is not None:
                cell = (math.floor(town.latitude), math.floor(town.longitude))
                self._cells.setdefault(cell, []).append(town)

    def nearest(self, point: Place) -> Place | None:
        """The town nearest to a point, at most some four degrees away."""
        assert point.latitude is not None
        assert point.longitude is not None
        row, column = math.floor(point.latitude), math.floor(point.longitude)
        for reach in (1, 4):
            cells = product(range(row - reach, row + reach + 1), range(column - reach, column + reach + 1))
            near = [town for cell in cells for town in self._cells.get(cell, ())]
            if near:
                return min(near, key=lambda t: distance_km(t, point))
        return None


def contains(place: Place, town: Place | None) -> bool:
    """Whether a town lies in a country or a first-level region, as far as the register says."""
    if town is None or place.level not in ("region", "country") or place.country != town.country:
        return False
    return place.level == "country" or (place.admin1 is not None and place.admin1 == town.admin1)


def measure(path: Path, register: PlaceRegister, towns: Towns) -> Tally:
    """Resolve every gold name, then find names, in every text of a file."""
    tally = Tally()
    for record in records(path):
        text = record["text"]
        around = Surroundings(register, text)
        for toponym in record["resolvable"]:
            place = around.resolve(toponym["start"], toponym["end"])
            point = gold_point(toponym)
            town = towns.nearest(point)
            error = distance_km(place, point) if place else math.inf
            tally.errors.append(error)
            fits = error <= NEAR_KM or (place is not None and contains(place, town))
            tally.fit += fits
            if place is None or place.country:
                tally.countries += 1
                tally.countries_right += place is not None and town is not None and place.country == town.country
            if not fits:
                said = f"{place.name} {place.level} {place.country}" if place else "unknown"
                tally.wrong[f"{toponym['text']} -> {said}"] += 1
        count_spans(tally, text, record["places"], around)
    return tally


def count_spans(tally: Tally, text: str, gold: list[dict[str, Any]], around: Surroundings) -> None:
    """Compare the names found with the gold ones."""
    exact = {(t["start"], t["end"]) for t in gold}
    tally.gold += len(exact)
    tally.spans += len(around.spans)
    covered = set()
    for span in around.spans:
        if (span.start, span.end) in exact:
            tally.found += 1
        hits = [g for g in exact if g[0] < span.end and span.start < g[1]]
        covered.update(hits)
        tally.overlapping += bool(hits)
        if not hits:
            tally.spurious[span.name] += 1
    tally.missed.update(text[a:b] for a, b in exact - covered)


def main(folder: Path, details: bool) -> None:
    """Print one line a file, and the most frequent errors if wanted."""
    register = place_register()
    towns = Towns(register)
    print("file                 names   near    fit  median km  country  precision  recall  (exact P, R)")
    for name in FILES:
        tally = measure(folder / name, register, towns)
        right = sum(e <= NEAR_KM for e in tally.errors) / len(tally.errors)
        country = tally.countries_right / tally.countries
        fit = tally.fit / len(tally.errors)
        recall = 1 - sum(tally.missed.values()) / tally.gold
        print(
            f"{name:20} {len(tally.errors):5} {right:6.3f} {fit:6.3f}"
            f" {statistics.median(tally.errors):10.1f} {country:8.3f}"
            f" {tally.overlapping / tally.spans:10.3f} {recall:7.3f}"
            f"  ({tally.found / tally.spans:.3f}, {tally.found / tally.gold:.3f})"
        )
        if details:
            for label in ("wrong", "missed", "spurious"):
                print(f"  {label}:", ", ".join(f"{w} x{n}" for w, n in getattr(tally, label).most_common(40)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--verbose" in sys.argv)
