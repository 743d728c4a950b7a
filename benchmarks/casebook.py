"""How a casebook holds up under many statements: load rate, size, memory, and the time of typical answers.

    python benchmarks/casebook.py --statements 1000000 [--every 200]

Loads invented documents through the public `save`, one transaction each (or in batches through `save_all`), then asks
what people ask.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine, text

from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    Evidence,
    PersonValue,
    PlaceValue,
    Reading,
    Statement,
    Value,
    sha256,
)
from ascribe.schema import bundled_schema
from ascribe.store import Casebook

STATEMENTS_A_DOCUMENT = 20
RECORDED = datetime(2024, 5, 1, tzinfo=UTC)
TOWNS = tuple(f"{a}{b}" for a in ("Vel", "Mor", "Tar", "Kes", "Dun", "Or", "Bal", "Sen") for b in ("ava", "nik", "dor"))
GROUPS = tuple(f"{a} {b}" for a in ("Northern", "Red", "Free", "United") for b in ("Front", "Column", "Brigade"))
NAMES = tuple(f"{a} {b}" for a in ("Ilo", "Mara", "Tev", "Sanna", "Kor") for b in ("Vesk", "Dray", "Olm", "Pars"))
FILLER = (
    "Residents said the street had been quiet in the morning and shops were open as usual. Officials asked people to "
    "keep away from the square while investigators worked, and schools nearby sent their pupils home early. "
)


class Drafting:
    """A text that grows while it notes where each value's words stand."""

    def __init__(self) -> None:
        self.text = ""
        self.noted: list[tuple[str, Value, int, int]] = []

    def words(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, len(self.text)

    def value(self, property_id: str, value: Value, words: str) -> None:
        self.noted.append((property_id, value, *self.words(words)))


def incident(draft: Drafting, chance: random.Random) -> tuple[int, int]:
    """One invented incident of nine statements; returns the span of its anchor."""
    town, day = chance.choice(TOWNS), date(2000, 1, 1) + timedelta(days=chance.randrange(8000))
    killed, wounded = chance.randrange(1, 30), chance.randrange(1, 90)
    draft.words("On ")
    draft.value("date", DateValue(day, day, "day", "absolute"), f"{day:%d %B %Y}")
    draft.words(" a ")
    anchor = draft.words("bomb exploded")
    draft.noted.append(("tactics", CodeValue("bombing"), *anchor))
    draft.noted.append(("weapons", CodeValue("explosives"), *anchor))
    draft.noted.append(("status", CodeValue("carried_out"), *anchor))
    draft.words(" at a ")
    draft.value("sites", PlaceValue("market", "site"), "market")
    draft.words(" in ")
    draft.value("place", PlaceValue(town, "city"), town)
    draft.words(". At least ")
    draft.value("killed", CountValue(killed, None, "at_least"), f"{killed} people")
    draft.words(" died and ")
    draft.value("wounded", CountValue(wounded, wounded), f"{wounded} were wounded")
    draft.words(". Police suspect ")
    name = chance.choice(NAMES)
    draft.value("perpetrators", PersonValue(name), name)
    draft.words(f". {FILLER}\n\n{FILLER * 2}\n\n")
    return anchor


def told(number: int) -> tuple[Document, bytes, Reading]:
    """The invented document with this number: two incidents, each of nine statements and an attribution."""
    chance = random.Random(number)
    draft = Drafting()
    draft.words(f"Report {number} from {chance.choice(TOWNS)}\n\n")
    made = []
    for _ in range(STATEMENTS_A_DOCUMENT // 10):
        before = len(draft.noted)
        anchor = incident(draft, chance)
        made.append((anchor, draft.noted[before:]))
    group = chance.choice(GROUPS)
    said = draft.words(f"The {group} was blamed.\n")
    data = draft.text.encode()
    document = Document(
        sha256(draft.text), sha256(data), f"invented/{number:07}.txt", draft.text, "text", language="en"
    )

    def evidence(start: int, end: int) -> Evidence:
        return document.quote(start, end)

    accounts = [
        Account(
            str(key),
            "incident",
            tuple(Statement(p, v, (evidence(a, b),), rule="invented") for p, v, a, b in noted),
            evidence(*anchor),
        )
        for key, (anchor, noted) in enumerate(made, 1)
    ]
    accounts.extend(
        Account(
            f"{key}a",
            "attribution",
            (Statement("actor", ActorValue(group), (evidence(*said),), stance="suspected", rule="invented"),),
            evidence(*said),
            about=str(key),
        )
        for key in range(1, len(made) + 1)
    )
    return document, data, Reading(document.id, "invented", "1", tuple(accounts))


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def load(casebook: Casebook, documents: int, every: int) -> None:
    """Save them all and say how it goes."""
    saving = 0.0
    for first in range(0, documents, every):
        items = [
            (*told(number), RECORDED + timedelta(seconds=number))
            for number in range(first, min(documents, first + every))
        ]
        began = time.perf_counter()
        if every == 1:
            casebook.save(*items[0])
        else:
            list(casebook.save_all(items, every))
        saving += time.perf_counter() - began
        if (done := first + len(items)) % 10_000 == 0:
            print(f"  {done:>9,} documents, {saving:8.1f} s in save", flush=True)
    counts = casebook.counts()
    row("save, documents a second", documents / saving)
    row("save, statements a second", counts.statements / saving)
    row("documents", counts.documents)
    row("statements", counts.statements)
    row("file, MB", casebook.size() / 1e6)
    row("peak memory while loading, MB", peak_memory())


def link(casebook: Casebook) -> None:
    """Incidents: accounts of three documents in a row are one."""
    members: dict[str, list[int]] = {}
    for number, account, told_by in casebook.links.told(casebook.links.waiting()):
        name = sha256(f"{number // 3}:{told_by.account.key}")[:16]
        members.setdefault(name, []).append(account)
    began = time.perf_counter()
    casebook.links.settle((), [(None, name, accounts) for name, accounts in members.items()])
    row(f"settle, {len(members):,} incidents, s", time.perf_counter() - began)


def times(label: str, ask: Callable[[int], object], repeats: int = 20) -> None:
    """The median and the worst of several askings, in milliseconds."""
    taken = []
    for turn in range(repeats):
        began = time.perf_counter()
        ask(turn)
        taken.append((time.perf_counter() - began) * 1000)
    print(f"{label:<52} {statistics.median(taken):>10.1f} {max(taken):>10.1f}", flush=True)


def rate(label: str, things: Iterator[object]) -> None:
    """Things a second."""
    began = time.perf_counter()
    count = sum(1 for _ in things)
    row(label, count / (time.perf_counter() - began))


def row(label: str, figure: float) -> None:
    print(f"{label:<52} {figure:>10,.1f}", flush=True)


def ask(casebook: Casebook, documents: int) -> None:
    """What people ask, and how long they wait."""
    chance = random.Random(1)
    some = [told(chance.randrange(documents))[0] for _ in range(20)]
    ids = [incident.id for incident in islice(casebook.incidents(), 20)]
    print(f"{'answer, milliseconds':<52} {'median':>10} {'worst':>10}")
    times("one document by the beginning of its id", lambda n: casebook.document(some[n].id[:12]))
    times("its current reading with statements", lambda n: casebook.current_reading(some[n].id))
    times("one incident with statements and evidence", lambda n: casebook.incident(ids[n]))
    times("first page of 50 incidents", lambda _: list(casebook.incidents(limit=50)))
    times("page of 50 incidents in the middle", lambda _: list(casebook.incidents(documents // 4, 50)))
    times("search, a rare word", lambda n: casebook.search(f'"Report {chance.randrange(documents)}"'))
    times("search, a town and a name (many passages)", lambda n: casebook.search(f'{TOWNS[n]} "{NAMES[n]}"'))
    times("search, a word in every document", lambda _: casebook.search("exploded"), 3)
    times("counts", lambda _: casebook.counts(), 3)
    engine = create_engine(f"sqlite:///{casebook.path}")
    with engine.connect() as connection:
        wide = text("SELECT * FROM wide_incident WHERE document = :id")
        times("wide view, the rows of one document", lambda n: connection.execute(wide, {"id": some[n].id}).all())
        page = text("SELECT * FROM wide_incident LIMIT 50")
        times("wide view, 50 rows", lambda _: connection.execute(page).all())
        deadly = text("SELECT count(*) FROM statement WHERE property = 'killed' AND low >= 25")
        times("statements with 25 or more killed (no index)", lambda _: connection.execute(deadly).all(), 3)
    engine.dispose()
    rate("told, accounts a second", casebook.told())
    sample = [d.id for d in islice(casebook.documents(), 0, documents, max(1, documents // 1000))]
    began = time.perf_counter()
    problems = list(casebook.verify(sample))
    row(f"verify of {len(sample):,} documents, documents a second", len(sample) / (time.perf_counter() - began))
    row("problems found", len(problems))
    row("peak memory, MB", peak_memory())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--statements", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path, help="where the casebook is made; a temporary folder otherwise")
    options.add_argument("--every", type=int, default=1, help="documents a transaction; more than 1 uses save_all")
    chosen = options.parse_args()
    documents = max(1, chosen.statements // STATEMENTS_A_DOCUMENT)
    with (
        tempfile.TemporaryDirectory(dir=chosen.folder) as folder,
        Casebook.create(Path(folder) / "casebook.sqlite", bundled_schema()) as casebook,
    ):
        load(casebook, documents, chosen.every)
        link(casebook)
        ask(casebook, documents)


if __name__ == "__main__":
    main()
