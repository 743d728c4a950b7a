"""What one answer says of one incident must agree: a value that its other words speak against is left undecided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ascribe.model import DateValue
from ascribe.readings.llm.checks.dates import agree
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.marks import Mark


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact; what the answer itself contradicts is undecided."""
    reasons = _dates(ground, checked) | _claimants(checked)
    return [
        replace(one, undecided=one.undecided or reasons[n], inferred=one.inferred or reasons[n])
        if one.holds and n in reasons
        else one
        for n, one in enumerate(checked)
    ]


def _dates(ground: Ground, checked: Sequence[Checked]) -> dict[int, str]:
    """Dates of an incident of which the answer misdated other words, unless the calendar puts those on the same day."""
    misread: dict[int, list[DateValue]] = defaultdict(list)
    for one in _facts(checked, "incident.date"):
        if one.failure is not None and one.failure.check == "date" and (day := _calendar(ground, one)) is not None:
            misread[one.fact.incident].append(day)
    found = {}
    for n, one in enumerate(checked):
        if one.holds and one.fact.path == "incident.date" and (days := misread.get(one.fact.incident)):
            kept = one.date or _calendar(ground, one)
            if kept is not None and not any(agree(kept, day) for day in days):
                found[n] = "the answer gives other words for the incident's date another day than the calendar"
    return found


def _calendar(ground: Ground, one: Checked) -> DateValue | None:
    return ground.setting.date(Mark(one.start, one.end, "date"))


def _claimants(checked: Sequence[Checked]) -> dict[int, str]:
    """Claimants of what the answer says nobody claimed."""
    status: dict[tuple[int, int], set[str]] = defaultdict(set)
    for one in _facts(checked, "claim.status"):
        if one.holds:
            status[one.fact.incident, one.fact.thing].add(one.fact.value)
    return {
        n: "the answer says as well that nobody claimed it"
        for n, one in enumerate(checked)
        if one.fact.path == "claim.by" and status.get((one.fact.incident, one.fact.thing)) == {"not_claimed"}
    }


def _facts(checked: Sequence[Checked], path: str) -> list[Checked]:
    return [c for c in checked if c.found and c.fact.path == path]
