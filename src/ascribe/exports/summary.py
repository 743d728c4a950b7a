"""What is shown for an incident: for each property the value that its `pick` rule chooses, with its statements.

Pure functions over model objects, used by every exporter, by the exchange format of a reading and by the command line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascribe.errors import SchemaError
from ascribe.model import (
    Account,
    ActorValue,
    Document,
    Incident,
    PersonValue,
    PlaceValue,
    Reading,
    Statement,
    Told,
    Value,
)
from ascribe.schema import Kind, Property, Schema

NOT_SAID_TO_BE_SO = frozenset({"denied", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Cited:
    """One statement with the document, the reading and the account that it stands in."""

    document: Document
    reading: Reading
    account: Account
    statement: Statement


@dataclass(frozen=True, slots=True)
class Shown:
    """One value as shown, and every statement that gives it; the one that was picked comes first."""

    value: Value
    cited: tuple[Cited, ...]

    @property
    def per_claimant(self) -> bool:
        """Whether nobody but the perpetrators' side gives this value."""
        return all(c.statement.voice.perpetrator_side for c in self.cited)

    def reservation(self) -> str:
        """What may never be left away beside the value: a stance other than asserted, and "per claimant"."""
        stance = self.cited[0].statement.stance
        words = [] if stance == "asserted" else [stance.replace("_", " ")]
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
    """What is shown for one property; `others` are the statements whose value is not shown."""

    property: Property
    shown: tuple[Shown, ...]
    others: tuple[Cited, ...] = ()


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
        """Every statement about this thing, shown ones first within each property."""
        for summary in self.properties:
            for shown in summary.shown:
                yield from shown.cited
            yield from summary.others


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """An incident with what is shown for it, and for the claims, attributions and people's statuses about it."""

    incident: Incident
    thing: ThingSummary
    about: tuple[ThingSummary, ...]

    def of_kind(self, kind_id: str) -> tuple[ThingSummary, ...]:
        """The things of one kind about this incident; the incident itself for its own kind."""
        return (self.thing,) if kind_id == self.thing.kind.id else tuple(t for t in self.about if t.kind.id == kind_id)

    def things(self) -> tuple[ThingSummary, ...]:
        """The incident and everything about it."""
        return (self.thing, *self.about)

    def documents(self) -> tuple[Document, ...]:
        """The documents that tell of it, the earliest published first, each once."""
        return tuple({t.document.id: t.document for t in in_order(self.incident.accounts)}.values())


def in_order(told: Iterable[Told]) -> list[Told]:
    """The earliest published first, the undated last; ties by the document's id and the place in it."""
    return sorted(told, key=lambda t: (_published(t.document) or 9_999_999, t.document.id, t.account.anchor.start))


def summarise(incident: Incident, schema: Schema) -> IncidentSummary:
    """What is shown for an incident. The order in which its accounts came makes no difference."""
    told = in_order(incident.accounts)
    if not told:
        return IncidentSummary(incident, _thing(schema["incident"], ()), ())
    kind = schema[told[0].account.kind]
    thing = _thing(kind, [(t, t.account) for t in told])
    about = [t for k in schema.kinds if k.about == kind.id for t in _things_about(told, k)]
    return IncidentSummary(incident, thing, tuple(about))


def _published(document: Document) -> int | None:
    if document.publication is None:
        return None
    day = document.publication.when.start or document.publication.when.end
    return day.toordinal() if day else None


def _things_about(told: Sequence[Told], kind: Kind) -> Iterator[ThingSummary]:
    """Accounts of one kind, joined across documents where they name the same actor or person, never within one."""
    groups: list[list[tuple[Told, Account]]] = []
    for one in told:
        for account in one.reading.about(one.account.key, kind.id):
            group = next((g for g in groups if _same_thing(g, one.document, account, kind)), None)
            if group is None:
                groups.append(group := [])
            group.append((one, account))
    return (_thing(kind, group) for group in groups)


def _same_thing(group: list[tuple[Told, Account]], document: Document, account: Account, kind: Kind) -> bool:
    if any(told.document.id == document.id for told, _ in group):
        return False
    mine, theirs = _identity(account, kind), [v for _, a in group for v in _identity(a, kind)]
    return any(same_value(a, b) for a in mine for b in theirs) or (not mine and not theirs)


def _identity(account: Account, kind: Kind) -> list[Value]:
    naming = [p.id for p in kind.properties if p.type.name in ("actor", "person")]
    return [s.value for s in account.statements if s.property in naming]


def _thing(kind: Kind, told: Sequence[tuple[Told, Account]]) -> ThingSummary:
    return ThingSummary(kind, tuple(_property(p, told) for p in kind.properties))


def _property(prop: Property, told: Sequence[tuple[Told, Account]]) -> PropertySummary:
    cited = [Cited(t.document, t.reading, a, s) for t, a in told for s in a.values(prop.id)]
    eligible = [c for c in cited if not _out_of_question(c, prop)]
    if not prop.many and eligible:
        picked = _pick(prop, _most_credible(eligible))
        eligible = [
            picked,
            *(c for c in eligible if c is not picked and same_value(c.statement.value, picked.statement.value)),
        ]
    elif prop.type.name == "person" and any(_named(c) for c in eligible):
        eligible = [c for c in eligible if _named(c)]
    kept = {id(c) for c in eligible}
    return PropertySummary(prop, _joined(eligible), tuple(c for c in cited if id(c) not in kept))


def _out_of_question(cited: Cited, prop: Property) -> bool:
    """A denied or imagined value of the incident is no value of it; about an attribution the denial is the news."""
    return prop.kind == "incident" and cited.statement.stance in NOT_SAID_TO_BE_SO


def _most_credible(cited: list[Cited]) -> list[Cited]:
    """What is doubted, or said by the perpetrators' side alone, is shown only where nothing else is."""
    firm = [
        c for c in cited if c.statement.stance not in NOT_SAID_TO_BE_SO and c.statement.stance != "doubted"
    ] or cited
    return [c for c in firm if not c.statement.voice.perpetrator_side] or firm


def _pick(prop: Property, cited: list[Cited]) -> Cited:
    if prop.pick == "earliest":
        return min(cited, key=lambda c: _low(prop, c))
    if prop.pick == "latest":
        latest = max(_published(c.document) or 0 for c in cited)
        return [c for c in cited if (_published(c.document) or 0) == latest][-1]
    return cited[0]


def _low(prop: Property, cited: Cited) -> float:
    low, high = prop.type.bounds(cited.statement.value)
    known = low if low is not None else high
    return float("inf") if known is None else known


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


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are one value: names regardless of case, people by any variant, the rest by content."""
    if isinstance(one, ActorValue) and isinstance(other, ActorValue):
        known = one.register_id is not None and one.register_id == other.register_id
        return known or _fold(one.name) == _fold(other.name)
    if isinstance(one, PersonValue) and isinstance(other, PersonValue):
        return one.named == other.named and not _names(one).isdisjoint(_names(other))
    if isinstance(one, PlaceValue) and isinstance(other, PlaceValue):
        return (_fold(one.name), one.country) == (_fold(other.name), other.country)
    return type(one) is type(other) and _content(one) == _content(other)


def _content(value: Value) -> str:
    fields = {name: str(getattr(value, name)) for name in value.__slots__ if name not in ("rule", "precision")}
    return json.dumps(fields, sort_keys=True).casefold()


def _names(person: PersonValue) -> set[str]:
    return {_fold(person.name), *(_fold(v) for v in person.variants if " " in v)}


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
