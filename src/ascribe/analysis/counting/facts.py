"""An incident as counting sees it: when, where, whose, lethal, claimed, each with "not stated" kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ascribe.analysis.said import NOT_SAID_TO_BE_SO, codes, fold, in_order, incident_date, originals, said_about
from ascribe.model import (
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Incident,
    PersonValue,
    PlaceValue,
    Stance,
    Statement,
    Told,
)
from ascribe.registers.groups import group_register

# What is counted as an attack: it was tried by those who wanted it. Plots that others stopped and threats are not.
ATTACKS = ("carried_out", "failed")


@dataclass(frozen=True, slots=True)
class Held:
    """An actor whom some document ties to the incident, and how firmly; a claim of its own is "claimed_only"."""

    actor: ActorValue
    stance: Stance


@dataclass(frozen=True, slots=True)
class Facts:
    """What the accounts of one incident say together. None is "not stated", for `lethal` and `claimed` too.

    `killed` are the lowest and the highest number of victims that anybody but the perpetrators gives.
    """

    incident: str
    statuses: tuple[str, ...]
    when: DateValue | None
    places: tuple[PlaceValue, ...]
    lethal: bool | None
    killed: tuple[int | None, int | None]
    claimed: bool | None
    held: tuple[Held, ...]
    tactics: tuple[str, ...]
    people: tuple[str, ...]
    documents: frozenset[str]

    @property
    def is_attack(self) -> bool:
        """Whether it was carried out or tried, as opposed to foiled or threatened."""
        return not self.statuses or any(s in ATTACKS for s in self.statuses)

    @property
    def countries(self) -> frozenset[str]:
        """The countries of its places (ISO 3166-1 alpha-2)."""
        return frozenset(p.country for p in self.places if p.country)

    @property
    def first(self) -> date | None:
        """The first day on which it may have been."""
        return (self.when.start or self.when.end) if self.when else None

    @property
    def last(self) -> date | None:
        """The last day on which it may have been."""
        return (self.when.end or self.when.start) if self.when else None

    def is_of(self, actor: ActorValue) -> bool | None:
        """Whether it is an act of this actor: asserted, not held by anybody or denied (False), or suspected or only
        claimed (None).
        """
        stances = {h.stance for h in self.held if same_actor(h.actor, actor)}
        if "asserted" in stances:
            return True
        return None if stances - NOT_SAID_TO_BE_SO or not self.held else False


def same_actor(one: ActorValue, other: ActorValue) -> bool:
    """Whether two names mean one actor, by name or by what the register of groups knows them for."""
    if fold(one.name) == fold(other.name) or (one.register_id is not None and one.register_id == other.register_id):
        return True
    return not _known(one).isdisjoint(_known(other))


def _known(actor: ActorValue) -> frozenset[str]:
    if actor.register_id is not None:
        return frozenset({actor.register_id})
    return frozenset(g.id for g in group_register().look_up(actor.name))


def facts(incident: Incident) -> Facts:
    """What the accounts of an incident say. The order in which they come makes no difference; reprints add nothing."""
    told = originals(in_order(incident.accounts))
    low, high, lethal = _killed(told)
    return Facts(
        incident=incident.id,
        statuses=tuple(codes(incident, "status")),
        when=incident_date(incident),
        places=tuple(_places(told)),
        lethal=lethal,
        killed=(low, high),
        claimed=_claimed(told),
        held=tuple(_held(told)),
        tactics=tuple(codes(incident, "tactics")),
        people=tuple(_people(told)),
        documents=frozenset(t.document.id for t in incident.accounts),
    )


def is_held(statement: Statement) -> bool:
    """Whether a statement counts: its words carry it, and they do not deny or merely imagine it."""
    return statement.origin != "unsupported" and statement.stance not in NOT_SAID_TO_BE_SO


def _stated(told: Iterable[Told], property_id: str) -> Iterator[Statement]:
    for one in told:
        yield from (s for s in one.account.values(property_id) if is_held(s))


def _places(told: Sequence[Told]) -> Iterator[PlaceValue]:
    seen: set[PlaceValue] = set()
    for property_id in ("place", "sites"):
        for statement in _stated(told, property_id):
            if isinstance(statement.value, PlaceValue) and statement.value not in seen:
                seen.add(statement.value)
                yield statement.value


def _killed(told: Sequence[Told]) -> tuple[int | None, int | None, bool | None]:
    """The bounds over all documents, and whether anybody died; the perpetrators' own word counts for neither."""
    totals, parts = _counts(told, "killed"), _counts(told, "killed_of_which")
    lethal = True if any(c.minimum for c in (*totals, *parts)) else None
    if not totals:
        return max((c.minimum or 0 for c in parts), default=None), None, lethal
    if lethal is None and all(c.maximum == 0 for c in totals):
        lethal = False
    highs = [c.maximum for c in totals if c.maximum is not None]
    return min(c.minimum or 0 for c in totals), max(highs) if len(highs) == len(totals) else None, lethal


def _counts(told: Iterable[Told], property_id: str) -> list[CountValue]:
    said = (s for s in _stated(told, property_id) if not s.voice.perpetrator_side and s.stance != "doubted")
    return [s.value for s in said if isinstance(s.value, CountValue)]


def _claimed(told: Iterable[Told]) -> bool | None:
    """Whether an organisation claimed it: a claim outweighs the word that there was none; one taken back is none."""
    found = {
        said.statement.value.code
        for one in told
        for _, statements in said_about(one, "claim")
        for said in statements
        if said.statement.property == "status" and isinstance(said.statement.value, CodeValue)
    }
    if "claimed" in found:
        return "withdrawn" not in found
    return False if found & {"not_claimed", "denied", "withdrawn"} else None


def _held(told: Iterable[Told]) -> Iterator[Held]:
    seen: set[Held] = set()
    for one in told:
        for kind, property_id in (("attribution", "actor"), ("claim", "by")):
            for _, statements in said_about(one, kind):
                for said in statements:
                    value = said.statement.value
                    if said.statement.property != property_id or not isinstance(value, ActorValue):
                        continue
                    if said.statement.origin == "unsupported":
                        continue
                    held = Held(value, "claimed_only" if kind == "claim" else said.statement.stance)
                    if held not in seen:
                        seen.add(held)
                        yield held


def _people(told: Iterable[Told]) -> Iterator[str]:
    names = [
        name
        for s in _stated(told, "perpetrators")
        if isinstance(s.value, PersonValue) and s.value.named
        for name in (s.value.name, *s.value.variants)
    ]
    return iter(dict.fromkeys(names))
