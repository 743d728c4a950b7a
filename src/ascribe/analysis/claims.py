"""The life cycle of an incident's claims: who claimed when and through what, copies, doubts, denials, withdrawals.

Pure functions over model objects. A claim is one actor's: what several documents report of it, and items of the
actor's own that repeat it, are one claim and not several sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ascribe.analysis.lag import Lag, lag
from ascribe.analysis.said import (
    NOT_SAID_TO_BE_SO,
    Said,
    first_day,
    in_order,
    incident_date,
    narrowest,
    originals,
    said_about,
    same_actor,
)
from ascribe.model import ActorValue, CodeValue, DateValue, Incident, TextValue, Told, Value

Step = Literal[
    "pledged", "message", "claimed", "repeated", "confessed", "praised", "doubted", "denied", "withdrawn", "not_claimed"
]
ClaimStatus = Literal["claimed", "withdrawn", "not_claimed", "not_stated"]
# What belongs before what on one day.
_ORDER: tuple[Step, ...] = (
    "pledged",
    "message",
    "claimed",
    "repeated",
    "confessed",
    "praised",
    "doubted",
    "denied",
    "withdrawn",
    "not_claimed",
)
_FORMS: dict[str, Step] = {"pledge": "pledged", "confession": "confessed", "message": "message"}
_STATUSES: dict[str, Step] = {"not_claimed": "not_claimed", "denied": "denied", "praised": "praised"}


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a claim, with every statement that tells it; the first gives the words.

    `when` is the day of the step as told; `known` is when the first document that tells it was published, and stands
    for the day where none is told. `actors` are those who claim, deny or are silent, or in whose name a perpetrator
    pledged or confessed. `lag` counts from the act.
    """

    step: Step
    said: tuple[Said, ...]
    actors: tuple[ActorValue, ...] = ()
    when: DateValue | None = None
    known: DateValue | None = None
    outlets: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    proof: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    copy_of: tuple[str, ...] = ()
    lag: Lag | None = None

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that tell it."""
        return tuple(dict.fromkeys(s.document.id for s in self.said))

    @property
    def per_claimant(self) -> bool:
        """Whether nobody but the perpetrators' side tells it."""
        return all(s.statement.voice.perpetrator_side for s in self.said)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimant's claim: the first event is the claim itself, `copies` repeat it."""

    claimants: tuple[ActorValue, ...]
    events: tuple[Event, ...]

    @property
    def first(self) -> Event:
        """The claim itself: the earliest statement that is not told as a repetition."""
        return next((e for e in self.events if e.step == "claimed"), self.events[0])

    @property
    def copies(self) -> tuple[Event, ...]:
        """Items that repeat it; none of them is a second source."""
        return tuple(e for e in self.events if e.step == "repeated")

    @property
    def withdrawn(self) -> bool:
        """Whether the claimant took it back."""
        return any(e.step == "withdrawn" for e in self.events)

    @property
    def denied(self) -> bool:
        """Whether the claimant is also told to have denied it."""
        return any(e.step == "denied" for e in self.events)

    @property
    def doubts(self) -> tuple[Event, ...]:
        """What is held against believing it."""
        return tuple(e for e in self.events if e.step == "doubted")


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """All that is told of claims for one incident, in order."""

    incident: Incident
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]

    @property
    def status(self) -> ClaimStatus:
        """Claimed where a claim stands, else withdrawn, else explicitly not claimed, else not stated."""
        if any(not c.withdrawn for c in self.claims):
            return "claimed"
        if self.claims:
            return "withdrawn"
        return "not_claimed" if any(e.step == "not_claimed" for e in self.events) else "not_stated"

    @property
    def competing(self) -> tuple[Claim, ...]:
        """Claims by named claimants beside each other, where there is more than one."""
        named = tuple(c for c in self.claims if c.claimants)
        return named if len(named) > 1 else ()

    @property
    def doubted(self) -> bool:
        """Whether any claim is doubted."""
        return any(e.step == "doubted" for e in self.events)

    @property
    def first(self) -> Claim | None:
        """The earliest claim."""
        return self.claims[0] if self.claims else None


def life_cycle(incident: Incident) -> LifeCycle:
    """The life cycle of the claims for an incident; documents that reprint another one add nothing."""
    act = incident_date(incident)
    told = originals(in_order(incident.accounts))
    events = _merged([e for t in told for e in _events(t)])
    timed = [replace(e, lag=lag(act, e.when)) if e.step in ("claimed", "repeated") else e for e in events]
    taken_back = [e for e in timed if e.step == "withdrawn"]
    timed.sort(key=lambda e: _place(e, taken_back))
    return LifeCycle(incident, tuple(timed), tuple(_claims(timed)))


def _place(event: Event, taken_back: Sequence[Event] = ()) -> tuple[int, int, str, int]:
    """Where an event stands in the order; a claim of no known day comes before the day on which it was taken back."""
    said = event.said[0]
    day = first_day(event.when or event.known)
    if event.when is None and event.step in ("claimed", "repeated"):
        day = min([day, *(first_day(e.when) for e in taken_back if _same_actors(e.actors, event.actors))])
    return (day, _ORDER.index(event.step), said.document.id, said.statement.evidence[0].start)


def _events(told: Told) -> Iterator[Event]:
    for _, said in said_about(told, "claim"):
        yield from _account_events([s for s in said if s.statement.stance != "hypothetical"])


def _account_events(said: Sequence[Said]) -> Iterator[Event]:
    """The steps of one account: what it is itself, then the doubts about it and its withdrawal."""
    if not said:
        return
    step = _step(said)
    known = said[0].published
    actors = _actors(said, step)
    if step is not None:
        yield Event(
            step,
            (_main(said, step), *_of(said, "by")),
            actors,
            narrowest(s.statement.value for s in _of(said, "date") if isinstance(s.statement.value, DateValue)),
            known,
            outlets=_texts(said, "outlets"),
            items=_texts(said, "item"),
            proof=_texts(said, "proof"),
            wording=_texts(said, "wording"),
            reporter=_texts(said, "reporter"),
            copy_of=_texts(said, "copy_of"),
        )
    yield from (Event("doubted", (s,), actors, None, known) for s in _of(said, "doubt"))
    if step in ("claimed", "repeated") and not _of(said, "doubt"):
        doubted = [s for s in _of(said, "status") if s.statement.stance == "doubted"]
        yield from (Event("doubted", (s,), actors, None, known) for s in doubted[:1])
    taken_back = [*_of(said, "withdrawn"), *_coded(said, "status", "withdrawn")]
    if taken_back:
        day = next((s.statement.value for s in taken_back if isinstance(s.statement.value, DateValue)), None)
        yield Event("withdrawn", tuple(taken_back), actors, day, known)


def _step(said: Sequence[Said]) -> Step | None:
    """What an account is; None where it holds nothing but doubts or a withdrawal of something told elsewhere."""
    for form, step in _FORMS.items():
        if _coded(said, "form", form):
            return step
    repeat = bool(_coded(said, "form", "repeat") or _of(said, "copy_of"))
    if _coded(said, "status", "claimed") or _coded(said, "status", "withdrawn"):
        return "repeated" if repeat else "claimed"
    for status, step in _STATUSES.items():
        if _coded(said, "status", status):
            return step
    if any(s.statement.stance != "denied" for s in _of(said, "by")):
        return "repeated" if repeat else "claimed"
    return None


def _main(said: Sequence[Said], step: Step) -> Said:
    """The statement that gives the words: the form of a pledge, the status of a claim, else the first."""
    property_id = "form" if step in _FORMS.values() else "status"
    return next(iter(_of(said, property_id)), said[0])


def _actors(said: Sequence[Said], step: Step | None) -> tuple[ActorValue, ...]:
    """Who claims or is silent; for a perpetrator's own word the organisation that it names."""
    named = _of(said, "on_behalf_of") or _of(said, "by")
    kept = [
        s.statement.value
        for s in named
        if isinstance(s.statement.value, ActorValue)
        and (step == "not_claimed" or s.statement.stance not in NOT_SAID_TO_BE_SO)
    ]
    return tuple(kept)


def _of(said: Sequence[Said], property_id: str) -> tuple[Said, ...]:
    return tuple(s for s in said if s.statement.property == property_id)


def _coded(said: Sequence[Said], property_id: str, code: str) -> list[Said]:
    return [
        s for s in _of(said, property_id) if s.statement.value == CodeValue(code) and s.statement.stance != "denied"
    ]


def _texts(said: Sequence[Said], property_id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(s.statement.value) for s in _of(said, property_id)))


def _text(value: Value) -> str:
    return value.text if isinstance(value, TextValue) else ""


def _merged(events: Sequence[Event]) -> list[Event]:
    """What several documents report of one step as one event; what one document tells apart stays apart."""
    out: list[Event] = []
    for event in events:
        at = next((i for i, other in enumerate(out) if _same_step(other, event)), None)
        if at is None:
            out.append(event)
        else:
            out[at] = _joined(out[at], event)
    return out


def _same_step(one: Event, other: Event) -> bool:
    if one.step != other.step or not set(one.documents).isdisjoint(other.documents):
        return False
    if one.step in ("pledged", "confessed", "message", "doubted"):  # a perpetrator may pledge twice: not for us to say
        return False
    return (
        _same_actors(one.actors, other.actors)
        and _compatible(one.when, other.when)
        and (not one.outlets or not other.outlets or not set(one.outlets).isdisjoint(other.outlets))
    )


def _same_actors(one: Sequence[ActorValue], other: Sequence[ActorValue]) -> bool:
    return any(same_actor(a, b) for a in one for b in other) or (not one and not other)


def _compatible(one: DateValue | None, other: DateValue | None) -> bool:
    """Whether two dates can be one day; a date that is not told goes with any."""
    if one is None or other is None:
        return True
    apart = (one.end and other.start and one.end < other.start) or (other.end and one.start and other.end < one.start)
    return not apart


def _joined(one: Event, other: Event) -> Event:
    def both(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*mine, *theirs)))

    extra = tuple(a for a in other.actors if not any(same_actor(a, b) for b in one.actors))
    return Event(
        one.step,
        (*one.said, *other.said),
        (*one.actors, *extra),
        narrowest((one.when, other.when)),
        min((one.known, other.known), key=first_day),
        outlets=both(one.outlets, other.outlets),
        items=both(one.items, other.items),
        proof=both(one.proof, other.proof),
        wording=both(one.wording, other.wording),
        reporter=both(one.reporter, other.reporter),
        copy_of=both(one.copy_of, other.copy_of),
    )


def _claims(events: Sequence[Event]) -> Iterator[Claim]:
    """One claim a claimant, with all that is told of it; one without a name stands by itself."""
    groups: list[tuple[list[ActorValue], list[Event]]] = []
    for event in events:
        if event.step not in ("claimed", "repeated"):
            continue
        home = next((g for g in groups if _same_actors(g[0], event.actors)), None)
        if home is None and event.step == "repeated" and not event.actors and groups:
            home = groups[-1]  # a copy that names nobody repeats the claim before it
        if home is None:
            groups.append(home := ([], []))
        home[0].extend(a for a in event.actors if not any(same_actor(a, b) for b in home[0]))
        home[1].append(event)
    for actors, own in groups:
        about = [e for e in events if e.step in ("doubted", "denied", "withdrawn") and _same_actors(e.actors, actors)]
        lonely = [e for e in events if e.step in ("doubted", "withdrawn") and not e.actors and len(groups) == 1]
        mine = {id(e) for e in (*own, *about, *lonely)}
        yield Claim(tuple(actors), tuple(e for e in events if id(e) in mine))
