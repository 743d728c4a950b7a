"""What a check leaves undecided is proposed with the reason, and changes nothing of what other words give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from readings.llm.grounded import REPORT, document, fact, faultless, read

from ascribe.exports.reading import reading_json
from ascribe.exports.summary import LEAST
from ascribe.model import Account, CountValue, DateValue, Reading, Statement, is_undecided
from ascribe.readings.agreement import weighed
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.reading import accounts_of
from ascribe.readings.marks import Mark
from ascribe.readings.trained.reader import TrainedReader
from ascribe.schema import bundled_schema
from ascribe.sources.things import is_found

SCHEMA = bundled_schema()
Json = dict[str, Any]


def told(leaves: Callable[[Checked], bool], *more: Json, without: tuple[str, ...] = (), text: str = REPORT) -> Reading:
    """A faultless answer with further facts, of which some are undecided, weighed against the bundled reader."""
    answer = faultless()
    facts = [f for f in answer["facts"] if f["property"] not in without]
    _, checked = read({**answer, "facts": [*facts, *more]}, text)
    held = [replace(c, failure=None, undecided="why" if leaves(c) else "", inferred=c.inferred or "x") for c in checked]
    given = document(text)
    accounts, _ = accounts_of(Ground(given), held, SCHEMA)
    reading = Reading(given.id, "llm", "1", accounts)
    return weighed(reading, TrainedReader().read(given), TrainedReader.fills, SCHEMA)


def of(reading: Reading, path: str, key: str = "i1") -> list[tuple[Any, bool]]:
    """The values of a property about an incident, and whether each counts as found."""
    kind, _, prop = path.partition(".")
    mine: list[Account] = [a for a in reading.accounts if a.kind == kind and key in (a.key, a.about)]
    held: list[Statement] = [s for a in mine for s in a.values(prop)]
    return [(s.value, is_found(s, LEAST)) for s in held]


def test_it_is_proposed_with_the_reason_and_not_told_as_found() -> None:
    reading = told(lambda c: c.fact.path == "incident.killed")

    (killed,) = next(a for a in reading.accounts if a.key == "i1").values("killed")
    assert (killed.origin, killed.rule, is_undecided(killed)) == ("inferred", "undecided: why", True)
    assert not is_found(killed, LEAST)
    assert is_found(killed, 0.0)
    shown = reading_json(document(), reading, SCHEMA)["incidents"][0]
    assert shown["killed"] is None
    assert shown["wounded"]


def test_an_undecided_toll_neither_hides_nor_changes_another() -> None:
    reading = told(lambda c: c.fact.value == "21", fact("21", "killed", "21"), without=("wounded",))

    assert sorted(of(reading, "incident.killed"), key=lambda f: f[1]) == [
        (CountValue(21, 21), False),
        (CountValue(7, None, "at_least"), True),
    ]


def test_a_sum_counts_no_part_that_is_undecided() -> None:
    parts = (fact("two policemen", "killed_of_which", "2", 2), fact("21", "killed_of_which", "21", 2))
    reading = told(lambda c: c.fact.value == "21" and c.fact.incident == 2, *parts, without=("killed",))

    assert all(v in (CountValue(2, 2), CountValue(21, 21)) for v, _ in of(reading, "incident.killed", "i2"))
    assert (CountValue(21, 21), False) in of(reading, "incident.killed_of_which", "i2")


def test_an_undecided_stance_stands_beside_the_other() -> None:
    cleared = fact("Red Harvest Army", "attribution.actor", "Red Harvest Army", stance="denied", thing=3)
    reading = told(lambda c: c.fact.stance == "denied", cleared)

    stances = {
        (s.stance, is_found(s, LEAST))
        for a in reading.of_kind("attribution")
        for s in a.values("actor")
        if getattr(s.value, "name", "") == "Red Harvest Army"
    }
    assert stances == {("suspected", True), ("denied", False)}


@pytest.mark.parametrize("path", ["person_status.status", "person_status.person", "incident.sites", "claim.status"])
def test_nothing_that_rests_on_the_undecided_alone_counts_as_found(path: str) -> None:
    sites = fact("bus station", "sites", "bus station")
    reading = told(lambda c: c.fact.path == path, sites, without=("place", "perpetrators"))

    assert of(reading, path)
    assert not any(found for _, found in of(reading, path))
    if path == "incident.sites":
        assert not any(found for _, found in of(reading, "incident.place"))


def test_a_date_that_is_undecided_of_one_incident_is_not_that_of_another() -> None:
    reading = told(
        lambda c: c.fact.incident == 2 and c.fact.value == "2021-05-11",
        fact("Tuesday", "date", "2021-05-11", 2),
        without=("date",),
    )
    plain = told(lambda c: False)
    assert of(plain, "incident.date")[0][0].start.isoformat() == "2021-05-04"
    assert not any(found for _, found in of(reading, "incident.date", "i2"))


def test_an_act_that_only_an_undecided_tactic_tells_is_still_an_incident() -> None:
    reading = told(lambda c: c.fact.path == "incident.tactics", without=("mention",))

    assert len(reading.of_kind("incident")) == 2
    assert of(reading, "incident.tactics") == [(of(reading, "incident.tactics")[0][0], False)]


def test_a_date_that_was_chosen_for_one_answer_is_not_the_calendars_for_the_next() -> None:
    ground, given = Ground(document()), faultless()
    _, checked = read(given)
    chosen = [replace(c, date=DateValue(date(2021, 1, 1), date(2021, 1, 1))) for c in checked]
    accounts_of(ground, chosen, SCHEMA)

    assert ground.setting.chosen == {}
    start = REPORT.index("exploded")
    assert ground.setting.date(Mark(start, start + len("exploded"), "date")) is None
