"""Accounts to incidents in one go and in memory: what the casebook does step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import count

from ascribe.incidents.blocking import keys
from ascribe.incidents.clustering import clusters
from ascribe.incidents.constraints import Constraint
from ascribe.incidents.features import Features, features_of
from ascribe.incidents.names import name_of
from ascribe.incidents.pairs import linked
from ascribe.incidents.weights import Weights
from ascribe.model import Told


def group(told: Iterable[Told], constraints: Iterable[Constraint] = ()) -> dict[str, list[Told]]:
    """Incident id -> the accounts that are one occurrence, the earliest published first.

    Only accounts of the kind incident are grouped. The order in which they come makes no difference. The id is made of
    the earliest account's place, date and anchor; in a casebook an incident keeps the id that it got first.
    """
    incidents = [t for t in told if t.account.kind == "incident"]
    by_reading: defaultdict[Hashable, list[Told]] = defaultdict(list)
    for one in incidents:
        by_reading[one.document.id, one.reading.extractor, one.reading.version].append(one)
    pairs = [pair for ts in by_reading.values() for pair in zip(features_of(ts), ts, strict=True)]
    pairs.sort(key=lambda pair: pair[0].earliest)
    features = [f for f, _ in pairs]
    found = sorted(sorted(cluster) for cluster in cluster_all(features, constraints))
    out: dict[str, list[Told]] = {}
    for cluster in found:
        names = (name_of(features[cluster[0]], turn) for turn in count())
        out[next(name for name in names if name not in out)] = [pairs[n][1] for n in cluster]
    return out


def cluster_all(
    accounts: Sequence[Features], constraints: Iterable[Constraint] = (), weights: Weights | None = None
) -> list[list[int]]:
    """The clusters of these accounts, as positions."""
    numbered = dict(enumerate(accounts))
    found = linked(numbered, candidates(numbered), weights)
    of = {account.ref: n for n, account in numbered.items()}
    ordered = sorted(constraints, key=lambda c: (c.decided, c.one, c.other, c.same), reverse=True)
    return clusters(
        accounts,
        [(link.one, link.other, link.weight) for link in found if link.weight is not None],
        [(link.one, link.other) for link in found if link.reprint],
        [(of[c.one], of[c.other], c.same) for c in ordered if c.one in of and c.other in of],
    )


def candidates(accounts: Mapping[int, Features]) -> list[tuple[int, int]]:
    """The pairs of accounts that share a key."""
    offered: defaultdict[str, list[int]] = defaultdict(list)
    sought: list[tuple[int, frozenset[str]]] = []
    for number, features in accounts.items():
        offers, seeks = keys(features)
        sought.append((number, seeks))
        for key in offers:
            offered[key].append(number)
    found = {
        (min(number, other), max(number, other))
        for number, seeks in sought
        for key in seeks
        for other in offered.get(key, ())
        if other != number
    }
    return sorted(found)
