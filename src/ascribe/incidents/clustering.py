"""Linked pairs to clusters in which nobody contradicts anybody: the same clusters, in whatever order accounts came.

What a person decided comes first, then reprints, then pairs that know day and town, the heaviest first, then the vague
accounts, each only where one cluster fits it clearly better than any other. Nothing here looks beyond the accounts that
links connect, so that the clusters of one connected part never depend on another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascribe.incidents.conflicts import conflict
from ascribe.incidents.constraints import AccountRef
from ascribe.incidents.features import Features

CLEARLY = 1.0  # by how much (as log2) the best cluster must fit a vague account better than the next

Decision = tuple[int, int, bool]  # two accounts, and whether they are one incident
Reprint = tuple[int, int]  # an account and the one that it reprints
Link = tuple[int, int, float]  # two accounts and their weight


def clusters(
    accounts: Sequence[Features],
    links: Iterable[Link],
    reprints: Iterable[Reprint] = (),
    decisions: Iterable[Decision] = (),
) -> list[list[int]]:
    """Groups of positions in `accounts`. `decisions` come the latest first: what a later one says is kept.

    Links are between accounts that do not contradict each other (`conflict`).
    """
    units = _Units(accounts)
    for one, other, same in decisions:
        units.decide(one, other, same)
    for copy, original in sorted(reprints, key=lambda pair: (accounts[pair[1]].earliest, accounts[pair[0]].earliest)):
        units.follow(copy, original)
    said = [link for link in links if units.speaks(link[0]) and units.speaks(link[1])]
    ranked = sorted(said, key=lambda k: (-k[2], *sorted((accounts[k[0]].ref, accounts[k[1]].ref))))
    precise = [k for k in ranked if not (accounts[k[0]].vague or accounts[k[1]].vague)]
    for one, other, _ in _unambiguous(precise, accounts):
        units.join(one, other)
    for one, other in _clearest(ranked, accounts, units):
        units.join(one, other)
    left = [k for k in ranked if all(accounts[n].vague and units.alone(n) for n in k[:2])]
    for one, other, _ in _unambiguous(left, accounts):
        units.join(one, other)
    return units.groups()


class _Units:
    """Accounts that are one by now, and who may never be together."""

    def __init__(self, accounts: Sequence[Features]) -> None:
        self._accounts = accounts
        self._home = list(range(len(accounts)))
        self._members: dict[int, list[int]] = {n: [n] for n in range(len(accounts))}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._silent: set[int] = set()

    def home(self, account: int) -> int:
        """The unit that an account is in."""
        return self._home[account]

    def alone(self, account: int) -> bool:
        """Whether an account is a unit by itself."""
        return len(self._members[self._home[account]]) == 1

    def speaks(self, account: int) -> bool:
        """Whether an account speaks for itself: a reprint does not."""
        return account not in self._silent

    def decide(self, one: int, other: int, same: bool) -> None:
        """Keep a decision unless later ones, which came before, say otherwise together."""
        if same and not self._forbidden(one, other):
            self._merge(one, other)
        elif not same and self._home[one] != self._home[other]:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def follow(self, copy: int, original: int) -> None:
        """Put a reprint beside its original, where nobody decided otherwise and nobody of its document is there."""
        if self._home[copy] == self._home[original]:
            return
        documents = {self._accounts[m].document for m in self._unit(copy)}
        if self._forbidden(copy, original) or any(
            self._accounts[m].document in documents for m in self._unit(original)
        ):
            return
        if self._accounts[copy].earliest < self._accounts[original].earliest:
            copy, original = original, copy
        self._silent.add(copy)
        self._merge(original, copy)

    def join(self, one: int, other: int) -> None:
        """Make two units one, if every two accounts of them that speak can be one occurrence."""
        if self._home[one] != self._home[other] and not self._forbidden(one, other) and self.fit(one, other):
            self._merge(one, other)

    def fit(self, one: int, other: int) -> bool:
        """Whether nothing that the accounts of two units say keeps them apart."""
        left, right = ([self._accounts[m] for m in self._unit(n) if self.speaks(m)] for n in (one, other))
        return all(conflict(a, b) is None for a in left for b in right)

    def groups(self) -> list[list[int]]:
        """All units."""
        return list(self._members.values())

    def _unit(self, account: int) -> list[int]:
        return self._members[self._home[account]]

    def _forbidden(self, one: int, other: int) -> bool:
        right = self._unit(other)
        return any(not self._apart[m].isdisjoint(right) for m in self._unit(one) if m in self._apart)

    def _merge(self, one: int, other: int) -> None:
        into, out_of = self._home[one], self._home[other]
        if into != out_of:
            moved = self._members.pop(out_of)
            self._members[into].extend(moved)
            for member in moved:
                self._home[member] = into


def _unambiguous(links: Sequence[Link], accounts: Sequence[Features]) -> Iterator[Link]:
    """Links in which neither side fits another account of the other's document as well."""
    best: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for one, other, weight in links:
        best[one, accounts[other].document].append(weight)
        best[other, accounts[one].document].append(weight)
    for one, other, weight in links:
        rivals = best[one, accounts[other].document], best[other, accounts[one].document]
        if all(max(r) == weight and r.count(weight) == 1 for r in rivals):
            yield one, other, weight


@dataclass(slots=True)
class _Fit:
    """How well a vague account fits one cluster: the heaviest link, and with whom."""

    weight: float
    member: int


def _clearest(links: Sequence[Link], accounts: Sequence[Features], units: _Units) -> list[tuple[int, int]]:
    """Each vague account with a member of the cluster that fits it clearly best, the best fit first."""
    fits: defaultdict[int, dict[int, _Fit]] = defaultdict(dict)
    for one, other, weight in links:
        for vague, precise in ((one, other), (other, one)):
            if accounts[vague].vague and not accounts[precise].vague and units.fit(vague, precise):
                held = fits[vague].setdefault(units.home(precise), _Fit(weight, precise))
                held.weight = max(held.weight, weight)
    found: defaultdict[tuple[str, int], list[tuple[float, AccountRef, int, int]]] = defaultdict(list)
    for vague, by_cluster in fits.items():
        first, *rest = sorted(by_cluster.values(), key=lambda f: -f.weight)
        if not rest or first.weight - rest[0].weight >= CLEARLY:
            whole = (-first.weight, accounts[vague].ref, vague, first.member)
            found[accounts[vague].document, units.home(first.member)].append(whole)
    # two accounts of one document that fit one cluster equally well: neither is known to be the one
    clear = [min(f) for f in found.values() if [one[0] for one in f].count(min(f)[0]) == 1]
    return [(vague, member) for _, _, vague, member in sorted(clear)]
