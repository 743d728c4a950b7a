"""The register of regions: which countries a named region has, and who defined it so.

A region is somebody's definition, never a fact: two owners may draw one name differently.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ascribe.errors import ProjectError
from ascribe.registers.folding import fold
from ascribe.registers.places import place_register

_WORDS = ("id", "name", "owner", "source", "date")


@dataclass(frozen=True, slots=True)
class Region:
    """A set of countries (ISO 3166-1 alpha-2) under a name, as `owner` defined it in `source` at `date`."""

    id: str
    name: str
    aliases: tuple[str, ...]
    owner: str
    source: str
    date: str
    countries: frozenset[str]

    def told(self) -> str:
        """The definition on one line: the name, whose it is, and how many countries it has."""
        return f"{self.name}: {len(self.countries)} countries as defined by {self.owner}, {self.source}, {self.date}"


@dataclass(frozen=True, slots=True)
class RegionSpan:
    """Words at `start:end` that name a region, with all definitions of that name, the one to use first."""

    start: int
    end: int
    regions: tuple[Region, ...]


class RegionRegister:
    """Regions by their names; of one name the region listed first is used. Immutable."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.regions = tuple(regions)
        by_name: dict[str, list[Region]] = {}
        for region in self.regions:
            for name in dict.fromkeys(_key(n) for n in (region.name, *region.aliases)):
                by_name.setdefault(name, []).append(region)
        self._by_name = {name: tuple(found) for name, found in by_name.items()}
        names = sorted({n for r in self.regions for n in (r.name, *r.aliases)}, key=lambda n: (-len(n), n))
        spelled = "|".join(re.escape(n).replace(r"\ ", r"\s+").replace(r"\-", "[- ]?") for n in names)
        self._search = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)") if names else None

    def look_up(self, name: str) -> tuple[Region, ...]:
        """Every definition of a region of this name; case, hyphens and "the" do not matter."""
        return self._by_name.get(_key(name), ())

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[RegionSpan]:
        """The names of regions, capitalised as they are listed, in `text[start:end]`, in order."""
        if self._search is None:
            return
        for match in self._search.finditer(text, start, len(text) if end is None else end):
            yield RegionSpan(match.start(), match.end(), self.look_up(match.group()))

    def extended(self, path: Path) -> RegionRegister:
        """This register with the regions of a project's file before its own; ProjectError, naming the place."""
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ProjectError(f"{path}: {error}") from None
        return RegionRegister([*read_regions(data, str(path), self.regions), *self.regions])


def read_regions(data: Mapping[str, object], where: str, known: Iterable[Region] = ()) -> list[Region]:
    """The regions of a file; ProjectError, naming the entry, for one that is not whole or names unknown countries."""
    entries = data.get("regions")
    if not isinstance(entries, list):
        raise ProjectError(f"{where}: there is no [[regions]] in it")
    raw: dict[str, dict[str, object]] = {}
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict) or any(not isinstance(entry.get(k), str) or not entry[k] for k in _WORDS):
            raise ProjectError(f"{where}: region {number} needs {', '.join(_WORDS)}, each in quotation marks")
        raw[entry["id"]] = entry
    made = {r.id: r for r in known}
    return [_region(entry, raw, made, where, ()) for entry in raw.values()]


def _region(
    entry: Mapping[str, object],
    raw: Mapping[str, Mapping[str, object]],
    made: Mapping[str, Region],
    where: str,
    above: tuple[str, ...],
) -> Region:
    name = str(entry["id"])
    countries = set(_list(entry, "countries", where))
    if unknown := sorted(countries - place_register().country_codes() - _UNLISTED):
        raise ProjectError(f"{where}: region {name}: no country has the code {unknown[0]!r}")
    for part in _list(entry, "parts", where):
        if part in (name, *above):
            raise ProjectError(f"{where}: region {name} is a part of itself")
        if part in raw:
            countries |= _region(raw[part], raw, made, where, (*above, name)).countries
        elif part in made:
            countries |= made[part].countries
        else:
            raise ProjectError(f"{where}: region {name}: there is no region {part!r}")
    if not countries:
        raise ProjectError(f"{where}: region {name} has no countries")
    aliases = tuple(_list(entry, "aliases", where))
    title, owner, source, date = (str(entry[k]) for k in _WORDS[1:])
    return Region(name, title, aliases, owner, source, date, frozenset(countries))


def _list(entry: Mapping[str, object], key: str, where: str) -> list[str]:
    found = entry.get(key, [])
    if not isinstance(found, list) or any(not isinstance(v, str) for v in found):
        raise ProjectError(f"{where}: region {entry['id']}: {key} must be a list of words in quotation marks")
    return found


_UNLISTED = frozenset({"BV", "HM"})  # uninhabited islands that M49 lists and the register of places does not


def _key(name: str) -> str:
    return fold(name.replace("-", " ")).removeprefix("the ").replace(" ", "")


@lru_cache(maxsize=1)
def region_register() -> RegionRegister:
    """The register that comes with Ascribe, read once."""
    text = (files("ascribe.registers") / "regions.toml").read_text("utf-8")
    return RegionRegister(read_regions(tomllib.loads(text), "regions.toml"))
