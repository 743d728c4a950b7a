"""What is shown for an incident: for each property the value that its `pick` rule chooses, with its statements.

What is found is kept apart from what is only proposed (below the least confidence that is asked for) and from what is
unsupported (a reader gave it, and the words do not carry it). Pure functions over model objects, used by every
exporter, by the exchange format of a reading and by the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ascribe.errors import SchemaError
from ascribe.exports.picking import Asked, pick
from ascribe.model import Document, Incident, PersonValue, Value
from ascribe.schema import Kind, Property, Schema
from ascribe.schema.types import same_value
from ascribe.sources import Cited, Sources, Thing, in_order, is_found, things_about
from ascribe.sources.things import cited as cited_on
from ascribe.sources.things import rejected as rejected_on

__all__ = [
    "Cited",
    "IncidentSummary",
    "PropertySummary",
    "Showing",
    "Shown",
    "ThingSummary",
    "in_order",
    "is_proposed",
    "same_value",
    "summarise",
    "with_proposed",
]

NOT_SAID_TO_BE_SO = frozenset({"denied", "hypothetical"})


# Below this confidence a value is proposed, not shown as found. Chosen on held-out documents (docs/evaluation.md).
LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Showing:
    """How values are chosen. Statements whose confidence is below `min_confidence` (0 to 1) are proposed, not found.

    `reliability` gives publishers a number from 0 to 1, higher for those that are trusted more, 0.5 where it says
    nothing; only the rule `most_reliable` asks for it.
    """

    min_confidence: float = LEAST
    reliability: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as shown, and every statement that gives it; the one that was picked comes first.

    `proposed` is set where no statement that gives it reaches the least confidence.
    """

    value: Value
    cited: tuple[Cited, ...]
    proposed: bool = False

    @property
    def per_claimant(self) -> bool:
        """Whether nobody but the perpetrators' side gives this value."""
        return all(c.statement.voice.perpetrator_side for c in self.cited)

    def reservation(self) -> str:
        """What may never be left away beside the value: "proposed", a stance not asserted, and "per claimant"."""
        stance = self.cited[0].statement.stance
        words = ["proposed"] if self.proposed else []
        words += [] if stance == "asserted" else [stance.replace("_", " ")]
        return ", ".join([*words, "per claimant"] if self.per_claimant else words)

    def said(self) -> str:
        """Whose word it is and how firmly, in a few words; empty where an author simply asserts it."""
        picked = self.cited[0].statement
        words = [self.reservation()] if self.reservation() else []
        if picked.voice.kind != "author" and not self.per_claimant:
            relation = "according to" if picked.voice.kind == "according_to" else "quoting"
            words.append(f"{relation} {picked.voice.speaker or 'an unnamed source'}")
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class PropertySummary:
    """What is shown for one property; `others` are the statements whose value is not shown.

    `proposed` values lie below the least confidence, the one that would be picked first; `unsupported` statements are
    those that a reader gave and whose words do not carry them; `rejected` ones are those that a person took out. None
    of them is found.
    """

    property: Property
    shown: tuple[Shown, ...]
    others: tuple[Cited, ...] = ()
    proposed: tuple[Shown, ...] = ()
    unsupported: tuple[Cited, ...] = ()
    rejected: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class ThingSummary:
    """What is shown for one thing of one kind: every property of the kind, in the order of the schema."""

    kind: Kind
    properties: tuple[PropertySummary, ...]

    def __getitem__(self, property_id: str) -> PropertySummary:
        """The summary of one property; SchemaError where the kind has none of that name."""
        for found in self.properties:
            if found.property.id == property_id:
                return found
        raise SchemaError(f"{self.kind.id} has no property {property_id!r}")

    def cited(self) -> Iterator[Cited]:
        """Every statement found about this thing, shown ones first within each property."""
        for summary in self.properties:
            for shown in summary.shown:
                yield from shown.cited
            yield from summary.others


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """An incident with what is shown for it, and for the claims, attributions and people's statuses about it.

    `proposed` is set where the incident itself is not found, but only proposed.
    """

    incident: Incident
    thing: ThingSummary
    about: tuple[ThingSummary, ...]
    proposed: bool = False

    def of_kind(self, kind_id: str) -> tuple[ThingSummary, ...]:
        """The things of one kind about this incident; the incident itself for its own kind."""
        return (self.thing,) if kind_id == self.thing.kind.id else tuple(t for t in self.about if t.kind.id == kind_id)

    def things(self) -> tuple[ThingSummary, ...]:
        """The incident and everything about it."""
        return (self.thing, *self.about)

    def documents(self) -> tuple[Document, ...]:
        """The documents that tell of it, the earliest published first, each once."""
        return tuple({t.document.id: t.document for t in in_order(self.incident.accounts)}.values())


def summarise(incident: Incident, schema: Schema, showing: Showing | None = None) -> IncidentSummary:
    """What is shown for an incident. The order in which its accounts came makes no difference."""
    told = in_order(incident.accounts)
    if not told:
        return IncidentSummary(incident, ThingSummary(schema["incident"], tuple(_empty(schema["incident"]))), ())
    kind = schema[told[0].account.kind]
    choose = _Choose(Sources(told), showing or Showing())
    thing = choose.thing(kind, [(t, t.account) for t in told])
    about = [choose.thing(k, g) for k in schema.kinds if k.about == kind.id for g in things_about(told, k)]
    return IncidentSummary(incident, thing, tuple(about), is_proposed(incident, choose.showing.min_confidence))


def is_proposed(incident: Incident, min_confidence: float) -> bool:
    """Whether an incident is only proposed: none of its own statements reaches the least confidence."""
    stated = (s for t in incident.accounts for s in t.account.statements)
    return min_confidence > 0 and not any(is_found(s, min_confidence) for s in stated)


def with_proposed(summary: IncidentSummary) -> IncidentSummary:
    """The same with proposed values among those shown, each with the word "proposed".

    Of a property with one value, the proposed one is shown only where none is found.
    """
    return replace(
        summary, thing=_thing_with_proposed(summary.thing), about=tuple(map(_thing_with_proposed, summary.about))
    )


def _thing_with_proposed(thing: ThingSummary) -> ThingSummary:
    return replace(thing, properties=tuple(map(_property_with_proposed, thing.properties)))


def _property_with_proposed(summary: PropertySummary) -> PropertySummary:
    if summary.property.many:
        return replace(summary, shown=(*summary.shown, *summary.proposed), proposed=())
    if summary.shown:
        more = tuple(c for s in summary.proposed for c in s.cited)
        return replace(summary, others=(*summary.others, *more), proposed=())
    more = tuple(c for s in summary.proposed[1:] for c in s.cited)
    return replace(summary, shown=summary.proposed[:1], others=(*summary.others, *more), proposed=())


def _empty(kind: Kind) -> Iterator[PropertySummary]:
    return (PropertySummary(p, ()) for p in kind.properties)


@dataclass(frozen=True, slots=True)
class _Choose:
    """Chooses the values shown for the things of one incident."""

    sources: Sources
    showing: Showing

    def thing(self, kind: Kind, told: Thing) -> ThingSummary:
        return ThingSummary(kind, tuple(self.property(p, told) for p in kind.properties))

    def property(self, prop: Property, told: Thing) -> PropertySummary:
        cited = cited_on(told, prop.id)
        unsupported = tuple(c for c in cited if c.statement.origin == "unsupported")
        supported = [c for c in cited if c.statement.origin != "unsupported"]
        least = self.showing.min_confidence
        found = [c for c in supported if is_found(c.statement, least)]
        proposed = [c for c in supported if not is_found(c.statement, least)]
        shown, others = self._chosen(prop, found)
        guessed, rest = self._chosen(prop, proposed)
        more = tuple(Shown(c.statement.value, (c,)) for c in rest)
        guesses = tuple(replace(s, proposed=True) for s in (*guessed, *more))
        return PropertySummary(prop, shown, others, guesses, unsupported, tuple(rejected_on(told, prop.id)))

    def _chosen(self, prop: Property, cited: Sequence[Cited]) -> tuple[tuple[Shown, ...], tuple[Cited, ...]]:
        """The values shown, and the statements that give another."""
        eligible = [c for c in cited if not _out_of_question(c, prop)]
        if not prop.many and eligible:
            asked = Asked(prop, self.sources, self.showing.reliability)
            picked = pick(asked, [c for c in eligible if c.statement.judged] or _most_credible(eligible))
            eligible = [
                picked,
                *(c for c in eligible if c is not picked and same_value(c.statement.value, picked.statement.value)),
            ]
        elif prop.type.name == "person" and any(_named(c) for c in eligible):
            eligible = [c for c in eligible if _named(c)]
        eligible.sort(key=lambda c: c.statement.judged is None)  # what a person judged is shown first
        kept = {id(c) for c in eligible}
        return _joined(eligible), tuple(c for c in cited if id(c) not in kept)


def _out_of_question(cited: Cited, prop: Property) -> bool:
    """A denied or imagined value of the incident is no value of it; about an attribution the denial is the news."""
    return prop.kind == "incident" and cited.statement.stance in NOT_SAID_TO_BE_SO


def _most_credible(cited: list[Cited]) -> list[Cited]:
    """What is doubted, or said by the perpetrators' side alone, is shown only where nothing else is."""
    firm = [
        c for c in cited if c.statement.stance not in NOT_SAID_TO_BE_SO and c.statement.stance != "doubted"
    ] or cited
    return [c for c in firm if not c.statement.voice.perpetrator_side] or firm


def _named(cited: Cited) -> bool:
    value = cited.statement.value
    return isinstance(value, PersonValue) and value.named


def _joined(cited: Iterable[Cited]) -> tuple[Shown, ...]:
    groups: list[list[Cited]] = []
    for one in cited:
        group = next((g for g in groups if same_value(g[0].statement.value, one.statement.value)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return tuple(Shown(g[0].statement.value, tuple(g)) for g in groups)
