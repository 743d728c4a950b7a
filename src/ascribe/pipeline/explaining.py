"""Why an incident holds the accounts that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascribe.incidents.constraints import AccountRef, Constraint
from ascribe.incidents.explaining import Weighed, kept_apart, weighed
from ascribe.incidents.features import Features, from_json
from ascribe.model import Document, Told
from ascribe.pipeline.judged import linking_constraints

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook, KeptLink, Links


@dataclass(frozen=True, slots=True)
class Tie:
    """Two accounts and what ties them: comparisons, a reprint (`other` is the original), or a person's words.

    `one` and `other` count the accounts of `Why.accounts` from 0. `needed` marks the strongest ties that suffice to
    hold the incident together.
    """

    one: int
    other: int
    weighed: Weighed | None = None
    decided: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Apart:
    """An account that a link or a person speaks of, and that is in another incident: in which, and why."""

    one: int
    document: Document
    incident: str
    weight: float | None
    why: str


@dataclass(frozen=True, slots=True)
class Why:
    """An incident with its accounts, earliest first, all that ties them, and what was kept apart from them."""

    incident: str
    former: tuple[str, ...]
    accounts: tuple[Told, ...]
    ties: tuple[Tie, ...]
    apart: tuple[Apart, ...]


def why(casebook: Casebook, id_or_prefix: str) -> Why:
    """Why this incident holds what it holds; StoreError if there is none, or if the id fits several."""
    incident = casebook.incident(id_or_prefix)
    links = casebook.links
    kept = _features(links, links.documents({t.document.id for t in incident.accounts}))
    row = {features.ref: account for account, features in kept.items()}
    refs = [AccountRef.of(told) for told in incident.accounts]
    at = {row[ref]: position for position, ref in enumerate(refs) if ref in row}
    found = links.links_of(at)
    decisions = linking_constraints(casebook)
    inside = [k for k in found if k.one in at and k.other in at]
    outside = [k for k in found if (k.one in at) != (k.other in at)]
    former = [n.incident_id for n in links.names(accounts=at) if n.incident_id != incident.id]
    return Why(
        incident.id,
        tuple(former),
        incident.accounts,
        tuple(_needed(sorted([*_decided(refs, decisions), *_linked(inside, at)], key=_strength))),
        (*_forbidden(casebook, refs, decisions), *_apart(casebook, outside, at, kept)),
    )


def _features(links: Links, documents: list[int]) -> dict[int, Features]:
    return {account: from_json(text) for account, text in links.features_in(documents).items()}


def _decided(refs: list[AccountRef], decisions: list[Constraint]) -> Iterator[Tie]:
    at = {ref: position for position, ref in enumerate(refs)}
    for decision in decisions:
        if decision.same and decision.one in at and decision.other in at:
            yield Tie(at[decision.one], at[decision.other], decided=decision.words)


def _linked(found: list[KeptLink], at: Mapping[int, int]) -> Iterator[Tie]:
    for kept in found:
        yield Tie(at[kept.one], at[kept.other], None if kept.weight is None else weighed(kept.outcomes))


def _strength(tie: Tie) -> tuple[bool, float, int, int]:
    """What a person said first, then reprints, then by weight."""
    return not tie.decided, -tie.weighed.weight if tie.weighed else float("-inf"), tie.one, tie.other


def _needed(ties: list[Tie]) -> Iterator[Tie]:
    """The ties, each marked by whether it joins what stronger ones have not joined yet."""
    group: dict[int, int] = {}
    for tie in ties:
        one, other = (group.setdefault(n, n) for n in (tie.one, tie.other))
        if one != other:
            group.update({member: one for member, of in group.items() if of == other})
        yield Tie(tie.one, tie.other, tie.weighed, tie.decided, one != other)


def _forbidden(casebook: Casebook, refs: list[AccountRef], decisions: list[Constraint]) -> Iterator[Apart]:
    at = {ref: position for position, ref in enumerate(refs)}
    for decision in decisions:
        for one, other in ((decision.one, decision.other), (decision.other, decision.one)):
            if not decision.same and one in at and other not in at:
                incident = _incident_of(casebook, other)
                yield Apart(at[one], casebook.document(other.document_id), incident, None, decision.words)


def _incident_of(casebook: Casebook, ref: AccountRef) -> str:
    for incident in casebook.incidents(documents=[ref.document_id]):
        if any(AccountRef.of(told) == ref for told in incident.accounts):
            return incident.id
    return ""


def _apart(
    casebook: Casebook, outside: list[KeptLink], at: Mapping[int, int], kept: Mapping[int, Features]
) -> Iterator[Apart]:
    """Links that lead out of the incident, the heaviest first."""
    links = casebook.links
    ours = [kept[account] for account in at]
    others = {side for k in outside for side in (k.one, k.other)} - set(at)
    homes = {account: home for home in links.homes(others).values() for account in home.accounts}
    theirs = {a: from_json(t) for a, t in links.features(a for home in homes.values() for a in home.accounts).items()}
    for link in sorted(outside, key=lambda k: -(k.weight or 0)):
        one, other = (link.one, link.other) if link.one in at else (link.other, link.one)
        if other in homes:
            there = homes[other]
            reason = kept_apart(ours, [theirs[a] for a in there.accounts if a in theirs])
            document = casebook.document(theirs[other].document)
            yield Apart(at[one], document, there.incident_id, link.weight, reason)
