"""Statements in their documents, and the things about an incident of which several documents may speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ascribe.model import Account, CodeValue, Document, Incident, Reading, Statement, Told, Value
from ascribe.schema import Kind, Property

Thing: TypeAlias = list[tuple[Told, Account]]
"""What the documents tell of one thing: an account each, beside the incident account that it belongs to."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One statement with the document, the reading and the account that it stands in."""

    document: Document
    reading: Reading
    account: Account
    statement: Statement


def is_found(statement: Statement, min_confidence: float) -> bool:
    """Whether a statement counts as found: its words carry it, and it is sure enough or a person has judged it."""
    supported = statement.origin != "unsupported"
    return supported and (statement.confidence >= min_confidence or statement.judged is not None)


def found_only(incident: Incident, min_confidence: float) -> Incident:
    """The incident as far as it is found: without statements that are only proposed or unsupported.

    For questions that ask the accounts themselves. Accounts about it of which nothing is found are left out.
    """
    return replace(incident, accounts=tuple(_found(t, min_confidence) for t in incident.accounts))


def _found(told: Told, min_confidence: float) -> Told:
    def pruned(account: Account) -> Account:
        return replace(account, statements=tuple(s for s in account.statements if is_found(s, min_confidence)))

    own = [a for a in told.reading.accounts if told.account.key in (a.key, a.about)]
    if all(is_found(s, min_confidence) for a in (told.account, *own) for s in a.statements):
        return told
    mine = {id(a): pruned(a) for a in own}
    kept = (
        mine.get(id(a), a)
        for a in told.reading.accounts
        if id(a) not in mine or not a.statements or mine[id(a)].statements
    )
    return Told(told.document, replace(told.reading, accounts=tuple(kept)), pruned(told.account))


def cited(thing: Thing, property_id: str) -> list[Cited]:
    """All statements on one property of a thing."""
    return [Cited(t.document, t.reading, a, s) for t, a in thing for s in a.values(property_id)]


def rejected(thing: Thing, property_id: str) -> list[Cited]:
    """The statements on one property of a thing that a person rejected."""
    return [Cited(t.document, t.reading, a, s) for t, a in thing for s in a.rejected if s.property == property_id]


def published(document: Document) -> int | None:
    """The day of publication as an ordinal, the first day where only a span is known; None where nothing is."""
    if document.publication is None:
        return None
    day = document.publication.when.start or document.publication.when.end
    return day.toordinal() if day else None


def in_order(told: Iterable[Told]) -> list[Told]:
    """The earliest published first, the undated last; ties by the document's id and the place in it."""
    return sorted(told, key=lambda t: (published(t.document) or 9_999_999, t.document.id, t.account.anchor.start))


def things_about(told: Sequence[Told], kind: Kind) -> list[Thing]:
    """The things of one kind about an incident: accounts of several documents are joined where they speak of one.

    `told` are the incident's accounts in order. Two accounts of one document are never joined.
    """
    groups: list[Thing] = []
    for one in told:
        for account in one.reading.about(one.account.key, kind.id):
            group = next((g for g in groups if _same_thing(g, one.document, account, kind)), None)
            if group is None:
                groups.append(group := [])
            group.append((one, account))
    return groups


def _same_thing(group: Thing, document: Document, account: Account, kind: Kind) -> bool:
    if any(told.document.id == document.id for told, _ in group):
        return False
    if _own_form([account]) != _own_form(a for _, a in group):
        return False
    if kind.identity:
        return _identified(group, account, [kind[i] for i in kind.identity])
    naming = [p for p in kind.properties if p.type.name in ("actor", "person")]
    mine = [(p, v) for p in naming for v in _values([account], p)]
    theirs = [(p, v) for p in naming for v in _values((a for _, a in group), p)]
    if not mine and not theirs:
        return True
    return any(p.type.name == q.type.name and p.compare(v, w) == "same" for p, v in mine for q, w in theirs)


def _own_form(accounts: Iterable[Account]) -> frozenset[Value]:
    """What sets a claim apart from a plain one, such as a pledge in the group's name, or an item that repeats it."""
    forms = (s.value for a in accounts for s in a.values("form"))
    return frozenset(f for f in forms if f != CodeValue("statement"))


def _identified(group: Thing, account: Account, identity: Sequence[Property]) -> bool:
    """Whether all identifying properties that both sides state agree, and there is one."""
    agreeing = []
    for prop in identity:
        mine, theirs = list(_values([account], prop)), list(_values((a for _, a in group), prop))
        if mine and theirs:
            agreeing.append(any(prop.compare(v, w) in ("same", "finer", "coarser") for v in mine for w in theirs))
    return bool(agreeing) and all(agreeing)


def _values(accounts: Iterable[Account], prop: Property) -> Iterator[Value]:
    return (s.value for a in accounts for s in a.values(prop.id))
