"""A thousand new accounts against a casebook of a million: how long linking takes, and how much memory.

    python benchmarks/linking.py --accounts 100000 1000000 [--new 1000] [--folder DIR]

The casebook is invented: thirty years of incidents in thousands of towns, a few of which have very many, told by one to
five documents that differ in numbers, spelling of days and detail; one in twelve gives only a month. Its documents are
written straight into the tables, without statements; features, keys, links and incidents are made by the parts that
`ascribe link` uses. The new documents are saved with statements, and linked by `ascribe link` itself.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from ascribe import pipeline
from ascribe.incidents.blocking import keys
from ascribe.incidents.features import Features, from_json, to_json
from ascribe.incidents.pairs import linked
from ascribe.incidents.sounds import sound
from ascribe.incidents.weights import version
from ascribe.model import (
    Account,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    PlaceValue,
    Reading,
    Statement,
    Value,
    sha256,
)
from ascribe.pipeline.regrouping import Decisions, regroup
from ascribe.schema import bundled_schema
from ascribe.store import Casebook

RECORDED = datetime(2024, 5, 1, tzinfo=UTC)
FIRST, LAST = date(1995, 1, 1).toordinal(), date(2024, 12, 31).toordinal()
TOWNS = 6000
COUNTRIES = tuple(f"{a}{b}" for a in "ABCDEFGH" for b in "ABCDEFGH")
TACTICS = ("bombing", "arson", "sabotage")  # each a family by itself
BATCH = 10_000
SYLLABLES = ("ba", "ke", "mor", "tan", "zi", "lu", "dar", "shi", "no", "ver", "gha", "pil", "run", "es", "qa", "to")


def town(number: int) -> tuple[str, str, float, float]:
    """Name, country and point of a town, the same for each number."""
    chance = random.Random(number)
    name = "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).title()
    country = number % len(COUNTRIES)
    latitude, longitude = -40 + 10 * (country // 8), -80 + 20 * (country % 8)
    return name, COUNTRIES[country], latitude + chance.random() * 8, longitude + chance.random() * 16


def incidents(seed: int) -> Iterator[list[Features]]:
    """The accounts of one incident after another, each of another document."""
    chance = random.Random(seed)
    towns = [town(n) for n in range(TOWNS)]
    weights = [1 / (n + 10) for n in range(TOWNS)]
    number = 0
    while True:
        for name, country, latitude, longitude in chance.choices(towns, weights, k=1000):
            day, killed, tactic = chance.randint(FIRST, LAST), int(chance.expovariate(0.25)), chance.choice(TACTICS)
            told = []
            for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 5))):
                number += 1
                toll = max(0, killed + chance.choice((0, 0, 0, 1, 2, -1)))
                month = chance.random() < 1 / 12
                told.append(
                    Features(
                        document=sha256(f"{seed}:{number}"),
                        extractor="invented",
                        version="1",
                        key="i1",
                        end=4,
                        label=f"{name.lower()}-{date.fromordinal(day)}",
                        wording=f"{number:x}.1",
                        published=day + chance.randint(1, 300),
                        first_day=day - 14 if month else day,
                        last_day=day + 14 if month else day,
                        country=country,
                        place=sound(name),
                        latitude=round(latitude, 3),
                        longitude=round(longitude, 3),
                        tactics=(tactic,),
                        families=(tactic,),
                        done=True,
                        killed_low=toll if chance.random() < 0.8 else None,
                        killed_high=toll,
                        targets=("civilians",),
                    )
                )
            yield told


def base(casebook: Casebook, made: int, wanted: int) -> None:
    """Go on from so many linked accounts to so many."""
    links, before, began = casebook.links, made, time.perf_counter()
    told = islice((features for incident in incidents(1) for features in incident), made, None)
    shuffled = random.Random(2)
    raw = sqlite3.connect(casebook.path)
    while made < wanted:
        batch = list(islice(told, min(BATCH, wanted - made)))
        shuffled.shuffle(batch)
        numbered = dict(enumerate(batch, made + 1))
        _write_rows(raw, numbered)
        sought = {}
        rows = []
        for number, features in numbered.items():
            offers, sought[number] = keys(features)
            rows.append((number, number, to_json(features), offers))
        with casebook.together():
            links.keep(rows)
            pairs = links.found(sought)
            around = links.features({n for pair in pairs for n in pair} - set(numbered))
            compared = {**{n: from_json(text) for n, text in around.items()}, **numbered}
            links.add_links((f.one, f.other, f.weight, f.outcomes) for f in linked(compared, pairs))
        made += len(batch)
        if made % (10 * BATCH) == 0:
            print(f"  {made:>9,} accounts, {time.perf_counter() - began:8.1f} s", flush=True)
    raw.close()
    row(f"comparing {before:,} to {made:,}, s", time.perf_counter() - began)
    began = time.perf_counter()
    with casebook.together():
        regroup(links, range(before + 1, made + 1), Decisions())
    row("grouping them, s", time.perf_counter() - began)


def _write_rows(raw: sqlite3.Connection, numbered: dict[int, Features]) -> None:
    stamp = RECORDED.isoformat(timespec="microseconds")
    with raw:
        raw.executemany(
            "INSERT INTO document (id, document_id, bytes_id, name, format, pages, notes, restricted, added_at, "
            "characters, text) VALUES (?, ?, ?, ?, 'text', '[]', '[]', 0, ?, 4, 'told')",
            ((n, f.document, f.document, f"{n}.txt", stamp) for n, f in numbered.items()),
        )
        raw.executemany(
            "INSERT INTO reading (id, document, extractor, version, recorded_at) VALUES (?, ?, 'invented', '1', ?)",
            ((n, n, stamp) for n in numbered),
        )
        raw.executemany(
            "INSERT INTO account (id, reading, key, kind) VALUES (?, ?, 'i1', 'incident')", ((n, n) for n in numbered)
        )
        raw.executemany(
            "INSERT INTO evidence (account, position, document, start, end, quote) VALUES (?, 0, ?, 0, 4, 'told')",
            ((n, n) for n in numbered),
        )


def new_documents(wanted: int) -> Iterator[tuple[Document, None, Reading, datetime]]:
    """Documents that the casebook has not seen, with one account each: half of them of incidents that it knows."""
    known = islice(incidents(1), 0, None, 7)
    other = incidents(99)
    for number in range(wanted):
        features = next(known)[0] if number % 2 else next(other)[0]
        yield _document(number, features)


def _document(number: int, features: Features) -> tuple[Document, None, Reading, datetime]:
    day = date.fromordinal(features.first_day or FIRST)
    text = f"On {day} an attack was reported again ({number})."
    document = Document(sha256(text), sha256(text), f"new/{number}.txt", text, "text", language="en")
    place = PlaceValue(features.place or "", "city", features.country, features.latitude, features.longitude)
    last = date.fromordinal(features.last_day or LAST)
    values: dict[str, Value] = {
        "status": CodeValue("carried_out"),
        "date": DateValue(day, last, "day" if day == last else "month"),
        "place": place,
        "tactics": CodeValue(features.tactics[0]),
        "target_types": CodeValue("civilians"),
    }
    if features.killed_low is not None:
        values["killed"] = CountValue(features.killed_low, features.killed_high)
    words = (document.quote(0, len(text)),)
    statements = tuple(Statement(name, value, words) for name, value in values.items())
    return (
        document,
        None,
        Reading(document.id, "invented", "1", (Account("i1", "incident", statements, words[0]),)),
        RECORDED,
    )


def measured(casebook: Casebook, label: str, new: list[tuple[Document, None, Reading, datetime]]) -> None:
    """Save new documents, link them, and say how it went."""
    list(casebook.save_all(new))
    before = casebook.links.incidents()
    began = time.perf_counter()
    report = pipeline.link(casebook)
    row(f"{label}, s", time.perf_counter() - began)
    row("  accounts looked at", report.accounts)
    row("  incidents that were not there before", report.incidents - before)
    row("  peak memory, MB", peak_memory())


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def row(label: str, figure: float) -> None:
    """One line of the table."""
    print(f"{label:<52} {figure:>12,.1f}", flush=True)


def main() -> None:
    """Build, and ask at each size."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--accounts", type=int, nargs="+", default=[1_000_000], help="sizes of the casebook, rising")
    options.add_argument("--new", type=int, default=1000)
    options.add_argument("--folder", type=Path, help="where the casebook is made; a temporary folder otherwise")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        where, copy = Path(folder) / "casebook.sqlite", Path(folder) / "copy.sqlite"
        Casebook.create(where, bundled_schema()).close()
        began = 0
        for size in chosen.accounts:
            # each in a process of its own, so that the memory of the one is not counted for the other
            alone(built, where, began, size)
            shutil.copy(where, copy)
            alone(asked, copy, chosen.new)
            copy.unlink()
            began = size


def alone(work: Callable[..., None], *arguments: object) -> None:
    """Do it in a process of its own."""
    process = get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def built(where: Path, began: int, size: int) -> None:
    """Bring the casebook to this size."""
    with Casebook.open(where, bundled_schema()) as casebook:
        if not began:
            casebook.links.start_over(version())
        base(casebook, began, size)
        row("incidents", casebook.links.incidents())
        row("file, MB", casebook.size() / 1e6)
        row("peak memory, MB", peak_memory())


def asked(where: Path, new: int) -> None:
    """Link new documents: one, then many."""
    with Casebook.open(where, bundled_schema()) as casebook:
        chance = islice(new_documents(new + 1), new + 1)
        measured(casebook, "linking one new account", list(islice(chance, 1)))
        measured(casebook, f"linking {new:,} new accounts", list(chance))


if __name__ == "__main__":
    main()
