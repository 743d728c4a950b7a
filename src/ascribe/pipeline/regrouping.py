"""Clusters made anew of the accounts that something touched, and what the incidents made of them are called."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from ascribe.incidents.clustering import clusters
from ascribe.incidents.constraints import AccountRef, Constraint
from ascribe.incidents.features import Features, from_json
from ascribe.incidents.names import name_of
from ascribe.model import Judgement

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Home, KeptLink, Links, Name

_ACCOUNTS = 5000  # whose features are held at once, unless links connect more

Decided = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided of pairs of accounts, the latest first, and the accounts for which this is news.

    `judged` has the judgements of statements, by id, and whether they stand.
    """

    constraints: tuple[Constraint, ...] = ()
    judged: frozenset[tuple[str, bool]] = frozenset()
    pairs: tuple[Decided, ...] = ()
    changed: frozenset[int] = frozenset()
    partners: Mapping[int, set[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, constraints: Iterable[Constraint], judged: Iterable[Judgement]) -> Decisions:
        """In the order in which they count."""
        ordered = sorted(constraints, key=lambda c: (c.decided, c.one, c.other, c.same), reverse=True)
        return cls(tuple(ordered), frozenset((j.id, j.stands) for j in judged))

    def judged_anew(self, links: Links) -> set[str]:
        """The judgements of statements that the last linking did not know as they are."""
        before = {_parsed(text) for text in links.decisions()}
        return {judgement_id for judgement_id, stands in self.judged if (judgement_id, stands) not in before}

    def located(self, links: Links) -> Decisions:
        """With the accounts' numbers, as far as the accounts are there."""
        before = {_parsed(text) for text in links.decisions()}
        news = {c for c in before.symmetric_difference(self.constraints) if isinstance(c, Constraint)}
        refs = {ref for c in (*self.constraints, *news) for ref in (c.one, c.other)}
        kept = links.features_in(links.documents({ref.document_id for ref in refs}))
        at = {from_json(text).ref: account for account, text in kept.items()}
        pairs = tuple((at[c.one], at[c.other], c.same) for c in self.constraints if c.one in at and c.other in at)
        partners: defaultdict[int, set[int]] = defaultdict(set)
        for one, other, _ in pairs:
            partners[one].add(other)
            partners[other].add(one)
        changed = frozenset(at[ref] for c in news for ref in (c.one, c.other) if ref in at)
        return replace(self, pairs=pairs, changed=changed, partners=partners)

    def keep(self, links: Links) -> None:
        """Have the next linking know what this one obeyed."""
        links.set_decisions({json.dumps(c, ensure_ascii=False) for c in (*self.constraints, *self.judged)})


def _parsed(text: str) -> Constraint | tuple[str, bool]:
    one, other, *more = json.loads(text)
    return Constraint(AccountRef(*one), AccountRef(*other), *more) if more else (one, other)


@dataclass(frozen=True, slots=True)
class _Grouped:
    """An incident to be: its accounts, the earliest first, and what the first one is."""

    accounts: tuple[int, ...]
    founder: Features


def regroup(links: Links, touched: Collection[int], decisions: Decisions) -> tuple[tuple[str, str], ...]:
    """Make clusters anew of all that is connected with these accounts; the ids that lead elsewhere now."""
    accounts, found, homes = _connected(links, touched, decisions)
    grouped = [g for part in _parts(accounts, found, decisions) for g in _grouped(links, part, found, decisions)]
    grouped.sort(key=lambda g: g.founder.earliest)
    return _settle(links, grouped, homes)


Connected = Mapping[int, list["KeptLink"]]


def _connected(
    links: Links, touched: Collection[int], decisions: Decisions
) -> tuple[set[int], Connected, dict[int, Home]]:
    """The accounts that links, decisions or incidents connect with these; their links, and their incidents."""
    seen: set[int] = set()
    found: defaultdict[int, list[KeptLink]] = defaultdict(list)
    homes: dict[int, Home] = {}
    new = set(touched)
    while new:
        around: set[int] = set()
        for kept in links.links_of(new):
            # a link is met from either side: it is noted when the first of them is looked at
            if kept.one not in seen and kept.other not in seen:
                found[kept.one].append(kept)
                found[kept.other].append(kept)
            around |= {kept.one, kept.other}
        for home in links.homes(new).values():
            homes[home.row] = home
            around.update(home.accounts)
        for account in new:
            around |= decisions.partners.get(account, set())
        seen |= new
        new = around - seen
    return seen, found, homes


def _parts(accounts: set[int], found: Connected, decisions: Decisions) -> Iterator[list[list[int]]]:
    """The connected parts of these accounts, so many at a time that their features can be held."""
    left = set(accounts)
    batch: list[list[int]] = []
    held = 0
    for account in sorted(accounts):
        if account not in left:
            continue
        left.discard(account)
        part, at = [account], 0
        while at < len(part):
            sides = {side for kept in found.get(part[at], ()) for side in (kept.one, kept.other)}
            new = (sides | decisions.partners.get(part[at], set())) & left
            left -= new
            part.extend(sorted(new))
            at += 1
        batch.append(part)
        held += len(part)
        if held >= _ACCOUNTS:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _grouped(
    links: Links, parts: Sequence[Sequence[int]], found: Connected, decisions: Decisions
) -> Iterator[_Grouped]:
    """The clusters of connected parts."""
    kept = links.features(account for part in parts for account in part)
    for part in parts:
        numbers = [account for account in part if account in kept]
        features = [from_json(kept[account]) for account in numbers]
        at = {account: position for position, account in enumerate(numbers)}
        for cluster in _clusters(features, at, found, decisions) if len(numbers) > 1 else [[0]] * len(numbers):
            ordered = sorted(cluster, key=lambda n: features[n].earliest)
            yield _Grouped(tuple(numbers[n] for n in ordered), features[ordered[0]])


def _clusters(
    features: Sequence[Features], at: Mapping[int, int], found: Connected, decisions: Decisions
) -> list[list[int]]:
    here = {(k.one, k.other): k for account in at for k in found.get(account, ()) if k.one in at and k.other in at}
    return clusters(
        features,
        [(at[k.one], at[k.other], k.weight) for k in here.values() if k.weight is not None],
        [(at[k.one], at[k.other]) for k in here.values() if k.weight is None],
        [(at[one], at[other], same) for one, other, same in decisions.pairs if one in at and other in at],
    )


def _settle(links: Links, grouped: Sequence[_Grouped], homes: Mapping[int, Home]) -> tuple[tuple[str, str], ...]:
    """Write the incidents that differ from what stands, each by the oldest id among its accounts'."""
    names: defaultdict[int, list[Name]] = defaultdict(list)
    for name in links.names(account for g in grouped for account in g.accounts):
        if name.account is not None:
            names[name.account].append(name)
    ids = _ids(links, grouped, names)
    standing = {home.incident_id: home for home in homes.values()}
    settled = []
    for incident_id, one in zip(ids, grouped, strict=True):
        home = standing.pop(incident_id, None)
        if home is None or home.accounts != one.accounts:
            settled.append((home.row if home else None, incident_id, one.accounts))
    links.settle([home.row for home in standing.values()], settled)
    joined = (
        (name.incident_id, incident_id)
        for incident_id, one in zip(ids, grouped, strict=True)
        for account in one.accounts
        for name in names.get(account, ())
        if name.incident_id in standing
    )
    return tuple(sorted(joined))


def _ids(links: Links, grouped: Sequence[_Grouped], names: Mapping[int, Sequence[Name]]) -> list[str]:
    """What each incident is called; one that bears no id yet gets one for good."""
    known = [
        min((n for a in g.accounts for n in names.get(a, ())), key=lambda n: n.number, default=None) for g in grouped
    ]
    nameless = [g for g, name in zip(grouped, known, strict=True) if name is None]
    taken = links.taken({name_of(g.founder) for g in nameless})
    given = []
    ids = []
    for one, name in zip(grouped, known, strict=True):
        if name is not None:
            ids.append(name.incident_id)
            continue
        new = _free(links, one.founder, taken)
        taken.add(new)
        given.append((new, one.accounts[0], one.founder.start, one.founder.end))
        ids.append(new)
    links.give_names(given)
    return ids


def _free(links: Links, founder: Features, taken: Collection[str]) -> str:
    """The first name of the founder's that nobody bears."""
    if (first := name_of(founder)) not in taken:
        return first
    further = (name_of(founder, turn) for turn in count(1))
    return next(name for name in further if name not in taken and not links.taken([name]))
