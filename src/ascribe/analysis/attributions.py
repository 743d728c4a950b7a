"""Who held which actor responsible, how firmly, on what evidence and from when to when.

Pure functions over model objects. Views stand beside each other: none is merged into a verdict, and none has a score.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from ascribe.analysis.said import (
    NOT_SAID_TO_BE_SO,
    Said,
    first_day,
    fold,
    in_order,
    incident_date,
    originals,
    published,
    said_about,
    same_actor,
)
from ascribe.model import ActorValue, CodeValue, DateValue, Document, Incident, Stance, TextValue, Told

State = Literal["held", "perhaps", "given_up", "not_yet"]


@dataclass(frozen=True, slots=True)
class View:
    """One holder's view of one actor's part.

    `holder` is empty where the author of the document holds it. `since` and `until` are intervals in which it was
    taken up and given up; where the text gives no day for the first, it is the document's date (`since_stated` is
    false). `superseded_by` is the actor that the holder, or the text, names instead.
    """

    incident: Incident
    document: Document
    said: tuple[Said, ...]
    actor: ActorValue | None
    stance: Stance
    involvement: tuple[Said, ...] = ()
    holder: str = ""
    since: DateValue | None = None
    since_stated: bool = False
    until: DateValue | None = None
    superseded_by: ActorValue | None = None
    supporting: tuple[Said, ...] = ()
    opposing: tuple[Said, ...] = ()

    @property
    def involvement_code(self) -> str | None:
        """The code of the link between perpetrator and group, where the text states one; what is imagined is none."""
        said = [s.statement for s in self.involvement if s.statement.stance not in NOT_SAID_TO_BE_SO]
        value = said[0].value if said else None
        return value.code if isinstance(value, CodeValue) else None

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that tell of it."""
        return tuple(dict.fromkeys(s.document.id for s in self.said))

    @property
    def from_the_act_on(self) -> bool:
        """Whether it was held from the act on, whatever day that was: its first days are those of the act."""
        act = incident_date(self.incident)
        if act is None or self.since is None or not self.since_stated:
            return False
        last, acted = self.since.end or self.since.start, act.end or act.start
        return last is not None and acted is not None and last <= acted

    def state(self, day: date) -> State:
        """Whether it was held on a day, as far as the words tell.

        A view that came up on a day between two bounds is sure from the later one on, and given up only from the
        later bound of its end on. One that began with the act is held from the act's first possible day on, since
        nobody asks before it.
        """
        if self.until is not None and day >= _last(self.until):
            return "given_up"
        if self.since is None:
            return "perhaps"
        first = self.since.start or _last(self.since)
        if day < first:
            return "not_yet"
        return "held" if self.from_the_act_on or day >= _last(self.since) else "perhaps"


def views(incident: Incident) -> tuple[View, ...]:
    """Every view that a document tells of, in the order in which they came up; reprints add nothing."""
    told = originals(in_order(incident.accounts))
    found = [view for one in told for view in _told_by(incident, one)]
    held = _revised(_merged(found))
    return tuple(sorted(held, key=_place))


def as_of(held: Iterable[View], day: date | None) -> list[tuple[View, State]]:
    """Each view with its state on a day; without a day: as far as anything is told."""
    return [(view, view.state(day or date.max)) for view in held]


def _place(view: View) -> tuple[int, str, int]:
    return (first_day(view.since), view.document.id, view.said[0].statement.evidence[0].start)


def _last(when: DateValue) -> date:
    return when.end or when.start or date.max


def _told_by(incident: Incident, told: Told) -> Iterator[View]:
    """The views of one document; those that it says were given up are superseded by those that it keeps."""
    accounts = [said for _, said in said_about(told, "attribution") if said]
    read = [_view(incident, told, said) for said in accounts]
    for view in read:
        later = next(
            (
                other.actor
                for other in read
                if view.until is not None
                and other.until is None
                and other.actor is not None
                and other.stance not in ("denied", "claimed_only")
                and not _same(view.actor, other.actor)
            ),
            None,
        )
        yield replace(view, superseded_by=later)


def _view(incident: Incident, told: Told, said: Sequence[Said]) -> View:
    actors = [s for s in said if isinstance(s.statement.value, ActorValue)]
    main = actors[0] if actors else said[0]
    since = _date(said, "since")
    involvement = tuple(s for s in said if s.statement.property == "involvement")
    return View(
        incident,
        told.document,
        tuple(actors) or involvement or (main,),
        main.statement.value if isinstance(main.statement.value, ActorValue) else None,
        main.statement.stance,
        involvement,
        _holder(said, main),
        since or published(told.document),
        since is not None,
        _date(said, "until"),
        None,
        tuple(s for s in said if s.statement.property == "supporting"),
        tuple(s for s in said if s.statement.property == "opposing"),
    )


def _date(said: Sequence[Said], property_id: str) -> DateValue | None:
    found = (s.statement.value for s in said if s.statement.property == property_id)
    return next((v for v in found if isinstance(v, DateValue)), None)


def _holder(said: Sequence[Said], main: Said) -> str:
    """Who is told to hold it; else the voice that speaks; nothing for the author."""
    named = (s.statement.value for s in said if s.statement.property == "holder")
    found = next((v.text for v in named if isinstance(v, TextValue)), "")
    voice = main.statement.voice
    return found or ((voice.speaker or "") if voice.kind != "author" else "")


def _same(one: ActorValue | None, other: ActorValue | None) -> bool:
    return one is not None and other is not None and same_actor(one, other)


def _same_holder(one: View, other: View) -> bool:
    """The holder of the same name, or the same author: authors are told apart by document, or by who published it."""
    if one.holder or other.holder:
        return fold(one.holder) == fold(other.holder)
    if one.document.id == other.document.id:
        return True
    mine, theirs = (v.document.author or v.document.publisher for v in (one, other))
    return mine is not None and theirs is not None and fold(mine) == fold(theirs)


def _merged(found: Sequence[View]) -> list[View]:
    """One view of a named holder that several documents report as one, from its first day on."""
    out: list[View] = []
    for view in found:
        at = next((i for i, other in enumerate(out) if _one_view(other, view)), None)
        if at is None:
            out.append(view)
        else:
            out[at] = _joined(out[at], view)
    return out


def _one_view(one: View, other: View) -> bool:
    return (
        one.document.id != other.document.id
        and _same_holder(one, other)
        and _same(one.actor, other.actor)
        and one.stance == other.stance
        and one.involvement_code == other.involvement_code
    )


def _joined(one: View, other: View) -> View:
    stated = [v for v in (one, other) if v.since_stated] or [one, other]
    earliest = min(stated, key=lambda v: first_day(v.since))
    return replace(
        one,
        said=(*one.said, *other.said),
        involvement=(*one.involvement, *other.involvement),
        since=earliest.since,
        since_stated=earliest.since_stated,
        until=one.until or other.until,
        superseded_by=one.superseded_by or other.superseded_by,
        supporting=(*one.supporting, *other.supporting),
        opposing=(*one.opposing, *other.opposing),
    )


def _revised(held: Sequence[View]) -> Iterator[View]:
    """A view ends where the same holder later names another actor, or clears the one named, and no longer holds it."""
    for view in held:
        yield view if view.until is not None or not _counts(view) else _ended(view, held)


def _counts(view: View) -> bool:
    return view.actor is not None and view.stance not in ("denied", "claimed_only", "hypothetical")


def _ended(view: View, held: Sequence[View]) -> View:
    later = [
        v
        for v in held
        if v is not view
        and _same_holder(v, view)
        and first_day(v.since) > first_day(view.since)
        and v.actor is not None
    ]
    kept = any(_same(v.actor, view.actor) and _counts(v) for v in later)
    instead = next((v for v in later if _counts(v) and not _same(v.actor, view.actor)), None)
    cleared = next((v for v in later if v.stance == "denied" and _same(v.actor, view.actor)), None)
    ending = None if kept else cleared or instead
    if ending is None:
        return view
    return replace(view, until=ending.since, superseded_by=instead.actor if instead else None)
