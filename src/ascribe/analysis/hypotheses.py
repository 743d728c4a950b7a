"""Evidence by hypothesis: what each statement says for or against each actor's part.

After the analysis of competing hypotheses (R. J. Heuer, Psychology of Intelligence Analysis, 1999): evidence in rows,
hypotheses in columns, each cell consistent, inconsistent or neutral. The rules fill a cell only for the actor that a
statement names: it says nothing of another one unless a person says that it does. Cells are never added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import get_args

from ascribe.analysis.attributions import View, views
from ascribe.analysis.claims import Event, LifeCycle, Step, life_cycle
from ascribe.analysis.said import Said, fold, same_actor
from ascribe.model import ActorValue, Incident, Judgement, Weighing, Weight, sha256

WEIGHTS: tuple[Weight, ...] = get_args(Weight)
_ROW_SIGNS = 8
# What a step in the life of a claim says of the actor that it names. Silence is no denial, and praise is no claim.
_SAYS: dict[Step, Weight] = {
    "claimed": "consistent",
    "pledged": "consistent",
    "confessed": "consistent",
    "message": "consistent",
    "doubted": "inconsistent",
    "denied": "inconsistent",
    "withdrawn": "inconsistent",
    "praised": "neutral",
    "not_claimed": "neutral",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one piece of evidence says of one actor; `judged` is the judgement of a person who set it, if one did."""

    weight: Weight
    judged: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence. Its id hangs on the document and the words, so that it outlives another reading."""

    id: str
    what: str
    said: Said
    actors: tuple[ActorValue, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of evidence against the actors that anybody holds responsible, or that claim it."""

    incident: Incident
    actors: tuple[ActorValue, ...]
    rows: tuple[Row, ...] = field(default=())


def actor_key(actor: ActorValue) -> str:
    """What an actor is called by in a table: the register's id, else the name without case."""
    return actor.register_id or fold(actor.name)


def grid(incident: Incident, judgements: Sequence[Judgement] = ()) -> Grid:
    """The table for one incident. Of the `judgements`, oldest first, the last that stands sets a cell."""
    held, cycle = views(incident), life_cycle(incident)
    actors = _actors(held, cycle)
    rows = []
    for row, weight in _rows(held, cycle):
        cells = tuple(_by_hand(row, a, judgements) or _cell(row, weight, a) for a in actors)
        rows.append(Row(row.id, row.what, row.said, row.actors, cells))
    return Grid(incident, actors, tuple(rows))


def _by_hand(row: Row, actor: ActorValue, judgements: Sequence[Judgement]) -> Cell | None:
    """The cell that a person set: tied to the words of the statement, whichever reading it stands in now."""
    for judgement in reversed(judgements):
        subject, weight = judgement.subject, judgement.verdict
        if (
            judgement.stands
            and isinstance(subject, Weighing)
            and weight in ("consistent", "inconsistent", "neutral")
            and same_actor(subject.actor, actor)
            and _rests_on(row.said, subject)
        ):
            return Cell(weight, judgement)
    return None


def _rests_on(said: Said, subject: Weighing) -> bool:
    if said.document.id != subject.account.document_id or said.statement.property != subject.property:
        return False
    return (
        any(a.start < b.end and b.start < a.end for a in subject.evidence for b in said.statement.evidence)
        and said.account.kind == subject.account.kind
    )


def _actors(held: Sequence[View], cycle: LifeCycle) -> tuple[ActorValue, ...]:
    found: list[ActorValue] = []
    named = [v.actor for v in held if v.actor is not None]
    for actor in [*named, *(a for c in cycle.claims for a in c.claimants)]:
        if not any(same_actor(actor, known) for known in found):
            found.append(actor)
    return tuple(found)


def _cell(row: Row, weight: Weight, actor: ActorValue) -> Cell:
    return Cell(weight if any(same_actor(actor, a) for a in row.actors) else "neutral")


def _rows(held: Sequence[View], cycle: LifeCycle) -> Iterator[tuple[Row, Weight]]:
    """What is used as evidence: the life of the claims without their copies, then what is given for and against."""
    seen: set[str] = set()
    for row, weight in [*_from_claims(cycle), *_from_views(held)]:
        if row.id not in seen:
            seen.add(row.id)
            yield row, weight


def _from_claims(cycle: LifeCycle) -> Iterator[tuple[Row, Weight]]:
    for event in cycle.events:
        if event.step in _SAYS:
            yield _row(event.step, event.said[0], _named(event, cycle)), _SAYS[event.step]


def _named(event: Event, cycle: LifeCycle) -> tuple[ActorValue, ...]:
    """The actors of an event; a doubt that names nobody is about the only claim that there is."""
    only = cycle.claims[0].claimants if len(cycle.claims) == 1 else ()
    return event.actors or (only if event.step in ("doubted", "withdrawn") else ())


def _from_views(held: Sequence[View]) -> Iterator[tuple[Row, Weight]]:
    for view in held:
        actors = (view.actor,) if view.actor else ()
        for said in view.supporting:
            yield _row("supporting", said, actors), "consistent"
        for said in view.opposing:
            yield _row("opposing", said, actors), "inconsistent"


def _row(what: str, said: Said, actors: tuple[ActorValue, ...]) -> Row:
    where = f"{said.document.id}:{what}:{fold(said.words)}"
    return Row(sha256(where)[:_ROW_SIGNS], what, said, actors)
