"""The tables that researchers make of claims: numerator, denominator, period, definition, and no rate of few cases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ascribe.analysis.attributions import View, views
from ascribe.analysis.claims import ClaimStatus, life_cycle
from ascribe.analysis.lag import Lag
from ascribe.analysis.said import codes, in_order, incident_date, said_about, same_actor
from ascribe.model import ActorValue, CodeValue, DateValue, Incident

FEWEST = 10
FEW = f"no rate: fewer than {FEWEST} cases"
COUNTED = "incidents that were carried out or failed; foiled plots and threats are left out"


@dataclass(frozen=True, slots=True)
class Case:
    """One incident as the tables count it."""

    id: str
    date: DateValue | None
    status: ClaimStatus
    claimants: tuple[ActorValue, ...]
    attributed: tuple[ActorValue, ...]
    tactics: tuple[str, ...]
    fates: tuple[str, ...]
    lag: Lag | None

    @property
    def groups(self) -> tuple[ActorValue, ...]:
        """Every actor that claims it or is held responsible, each once."""
        found: list[ActorValue] = []
        for actor in (*self.claimants, *self.attributed):
            if not any(same_actor(actor, a) for a in found):
                found.append(actor)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `note` says why there is no rate."""

    label: str
    numerator: int
    denominator: int
    incidents: tuple[str, ...] = ()

    @property
    def rate(self) -> float | None:
        """The share, or None under ten cases."""
        return self.numerator / self.denominator if self.denominator >= FEWEST else None

    @property
    def note(self) -> str:
        """Why there is no rate."""
        return "" if self.denominator >= FEWEST else FEW


@dataclass(frozen=True, slots=True)
class Table:
    """Rates with what they count: `definition` says what numerator and denominator are."""

    name: str
    definition: str
    period: str
    rows: tuple[Rate, ...]


def case(incident: Incident) -> Case | None:
    """An incident as a case; None for one that was foiled or only threatened."""
    states = codes(incident, "status")
    if states and not {"carried_out", "failed"} & set(states):
        return None
    cycle = life_cycle(incident)
    claims = [c for c in cycle.claims if not c.withdrawn]
    held = [v.actor for v in views(incident) if v.actor and _is_attribution(v)]
    first = cycle.first
    return Case(
        incident.id,
        incident_date(incident),
        cycle.status,
        tuple(a for c in claims for a in c.claimants),
        tuple(held),
        tuple(codes(incident, "tactics")),
        _fates(incident),
        first.first.lag if first else None,
    )


def _is_attribution(view: View) -> bool:
    """Whether somebody other than the group itself holds it responsible, and has not given that up."""
    own_word = all(s.statement.voice.perpetrator_side for s in view.said)
    return view.stance in ("asserted", "suspected") and view.until is None and not own_word


def _fates(incident: Incident) -> tuple[str, ...]:
    """What became of the perpetrators, as the latest report on each account says it."""
    found: list[str] = []
    for told in in_order(incident.accounts):
        for _, said in said_about(told, "person_status"):
            found += [s.statement.value.code for s in said if isinstance(s.statement.value, CodeValue)]
    return tuple(dict.fromkeys(found))


def within(cases: Iterable[Case], first: date | None, last: date | None) -> list[Case]:
    """The cases whose date lies wholly in a period; a case without a date lies in none but the open one."""
    return [c for c in cases if (first is None and last is None) or _lies_in(c.date, first, last)]


def _lies_in(when: DateValue | None, first: date | None, last: date | None) -> bool:
    if when is None:
        return False
    after = first is None or (when.start is not None and when.start >= first)
    return after and (last is None or (when.end is not None and when.end <= last))


def claim_tables(cases: Sequence[Case], first: date | None = None, last: date | None = None) -> list[Table]:
    """Claimed, attributed but unclaimed, neither; then the claimed by group, tactic and perpetrators' fate; the lag."""
    counted = within(cases, first, last)
    period = _period(counted, first, last)
    return [
        _status_table(counted, period),
        _by_group(counted, period),
        _shares("by tactic", "tactic", counted, lambda c: c.tactics, period),
        _shares("by perpetrators' fate", "fate of a perpetrator", counted, lambda c: c.fates, period),
        _lag_table(counted, period),
    ]


def _period(cases: Sequence[Case], first: date | None, last: date | None) -> str:
    days = [d for c in cases if c.date for d in (c.date.start, c.date.end) if d]
    start, end = first or min(days, default=None), last or max(days, default=None)
    undated = sum(c.date is None for c in cases)
    told = f"{start or '…'} .. {end or '…'}" if start or end else "no dates"
    return f"{told}; {undated} without a date" if undated else told


def _rate(label: str, cases: Sequence[Case], of: Sequence[Case]) -> Rate:
    return Rate(label, len(cases), len(of), tuple(c.id for c in cases))


def _claimed(case: Case) -> bool:
    return case.status == "claimed"


def _status_table(cases: Sequence[Case], period: str) -> Table:
    rest = [c for c in cases if not _claimed(c)]
    silent = [c for c in rest if not c.attributed]
    rows = (
        _rate("claimed", [c for c in cases if _claimed(c)], cases),
        _rate("attributed but unclaimed", [c for c in rest if c.attributed], cases),
        _rate("  of these explicitly not claimed", [c for c in rest if c.attributed and _said_not(c)], cases),
        _rate("neither", silent, cases),
        _rate("  of these explicitly not claimed", [c for c in silent if _said_not(c)], cases),
    )
    definition = (
        f"Denominator: {COUNTED}. Claimed: somebody said that it was theirs and did not take it back, believed or not. "
        "Attributed: somebody asserts or suspects an actor and has not given that up. "
        "Explicitly not claimed: a document says so; otherwise claims are not stated."
    )
    return Table("claimed, attributed, neither", definition, period, rows)


def _said_not(case: Case) -> bool:
    return case.status == "not_claimed"


def _by_group(cases: Sequence[Case], period: str) -> Table:
    groups: list[ActorValue] = []
    for one in cases:
        groups.extend(a for a in one.groups if not any(same_actor(a, g) for g in groups))
    rows = []
    for group in groups:
        of = [c for c in cases if any(same_actor(group, a) for a in c.groups)]
        rows.append(_rate(group.name, [c for c in of if any(same_actor(group, a) for a in c.claimants)], of))
    definition = (
        f"Denominator: {COUNTED}, that this group claims or is asserted or suspected to be responsible for. "
        "Numerator: those of them that this group claims. An incident counts under every group named."
    )
    return Table("claimed by group", definition, period, _by_size(rows))


def _shares(
    name: str, what: str, cases: Sequence[Case], labels: Callable[[Case], tuple[str, ...]], period: str
) -> Table:
    known = list(dict.fromkeys(label for c in cases for label in labels(c)))
    rows = []
    for label in known:
        of = [c for c in cases if label in labels(c)]
        rows.append(_rate(label, [c for c in of if _claimed(c)], of))
    unknown = [c for c in cases if not labels(c)]
    last = [_rate("not stated", [c for c in unknown if _claimed(c)], unknown)] if unknown else []
    definition = (
        f"Denominator: {COUNTED}, with this {what}. Numerator: those of them that were claimed. "
        "An incident with several counts under each."
    )
    return Table(f"claimed {name}", definition, period, (*_by_size(rows), *last))


def _by_size(rows: Iterable[Rate]) -> tuple[Rate, ...]:
    return tuple(sorted(rows, key=lambda r: (-r.denominator, r.label)))


_LAGS: tuple[tuple[str, int, float], ...] = (
    ("same day", 0, 0),
    ("within 1 day", 0, 1),
    ("within 7 days", 0, 7),
    ("within 30 days", 0, 30),
    ("more than 30 days", 31, float("inf")),
)


def _lag_table(cases: Sequence[Case], period: str) -> Table:
    claimed = [c for c in cases if _claimed(c)]
    timed = [c for c in claimed if c.lag is not None]
    rows = [_rate("lag not stated", [c for c in claimed if c.lag is None], claimed)]
    for label, least, most in _LAGS:
        surely = [c for c in timed if c.lag and c.lag.minimum >= least and c.lag.maximum <= most]
        rows.append(_rate(label, surely, timed))
    definition = (
        "Denominator: claimed incidents whose lag has bounds; in the first row: all claimed incidents. "
        "Numerator: those whose lag, in days from the act to the first claim, surely lies in this range; "
        "ranges from 0 days on include each other."
    )
    return Table("lag between act and claim", definition, period, tuple(rows))
