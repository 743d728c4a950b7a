"""Accounts to incidents: blocks of one country and day, complete-link clusters, stable ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ascribe.incidents.comparing import Features, agreement, compatible, fold
from ascribe.model import DateValue, PlaceValue, Told, sha256

Place = tuple[str, str, int, int, str]  # where an account stands: its document, reader and anchor
Cluster = list[Features]


def group(told: Iterable[Told]) -> dict[str, list[Told]]:
    """Incident id -> the accounts that are one occurrence, the earliest published first.

    Only accounts of the kind incident are grouped. The order in which they come makes no difference. Linking is
    complete-link: every two accounts of an incident are compatible, so that A-B and B-C never join A to C; and a
    pair is linked only if neither side has an equally good other choice in the other's document. A reprint
    (`Document.near_copy_of`) follows its original. The id is made of the earliest account's place, date and anchor.
    """
    everything = sorted((Features(t) for t in told if t.account.kind == "incident"), key=_standing)
    followers, originals = _split_copies(everything)
    clusters = _clusters(originals)
    home = {id(member): cluster for cluster in clusters for member in cluster}
    for follower, original in followers:
        cluster = home[id(original)]
        taken = any(f.told.document.id == follower.told.document.id for f in cluster)
        clusters.append([follower]) if taken else cluster.append(follower)
    out: dict[str, list[Told]] = {}
    for cluster in sorted((sorted(c, key=_earliest) for c in clusters), key=lambda c: _earliest(c[0])):
        name = incident_id(cluster[0].told)
        out[name if name not in out else incident_id(cluster[0].told, further=True)] = [f.told for f in cluster]
    return out


def incident_id(told: Told, *, further: bool = False) -> str:
    """Place, date and a short hash of where the account stands: `harrowgate-2021-03-04-1f3a9c2e`."""
    features = Features(told)
    anchor = told.account.anchor
    where = f"{told.document.id}:{anchor.start}:{anchor.end}"
    if further:
        where += f":{told.reading.extractor}:{told.reading.version}:{told.account.key}"
    place = next((s.value for s in told.account.values("place") if isinstance(s.value, PlaceValue)), None)
    name = "-".join(fold(place.name).split())[:40].strip("-") if place else "unplaced"
    return f"{name or 'unplaced'}-{_day(features)}-{sha256(where)[:8]}"


def _day(features: Features) -> str:
    date = next((s.value for s in features.told.account.values("date") if isinstance(s.value, DateValue)), None)
    known = (date.start or date.end) if date else None
    if date is None or known is None:
        return "undated"
    return (
        known.isoformat() if date.start == date.end else known.strftime("%Y-%m" if date.precision == "month" else "%Y")
    )


def _standing(features: Features) -> Place:
    told = features.told
    anchor = told.account.anchor
    return (told.document.id, told.reading.extractor, anchor.start, anchor.end, told.account.key)


def _earliest(features: Features) -> tuple[int, bool, Place]:
    """The earliest published first, an original before its reprints."""
    publication = features.told.document.publication
    day = (publication.when.start or publication.when.end) if publication else None
    return (day.toordinal() if day else 9_999_999, features.told.document.near_copy_of is not None, _standing(features))


def _split_copies(everything: Sequence[Features]) -> tuple[list[tuple[Features, Features]], list[Features]]:
    """Accounts of reprints with the account of the original that they repeat, and all the others."""
    by_document: dict[str, list[Features]] = defaultdict(list)
    for one in everything:
        by_document[one.told.document.id].append(one)
    copy_of = {f.told.document.id: f.told.document.near_copy_of for f in everything}
    followers: list[tuple[Features, Features]] = []
    followed: set[int] = set()
    for document_id, copies in by_document.items():
        original = _original(document_id, copy_of)
        if original is not None:
            for one, other in _repeated(copies, by_document[original]):
                followers.append((one, other))
                followed.add(id(one))
    return followers, [f for f in everything if id(f) not in followed]


def _original(document_id: str, copy_of: dict[str, str | None]) -> str | None:
    """The first document of a chain of reprints, as far as it is there."""
    seen, at = {document_id}, document_id
    while (before := copy_of.get(at)) is not None and before in copy_of and before not in seen:
        seen.add(before)
        at = before
    return at if at != document_id and copy_of.get(at) not in seen else None


def _repeated(copies: Sequence[Features], originals: Sequence[Features]) -> Iterator[tuple[Features, Features]]:
    """Pairs with the same anchor words, each original taken once, in the order of the text."""
    left: dict[str, list[Features]] = defaultdict(list)
    for one in originals:
        left[fold(one.told.account.anchor.quote)].append(one)
    for copy in copies:
        same = left[fold(copy.told.account.anchor.quote)]
        if same:
            yield copy, same.pop(0)


def _clusters(accounts: Sequence[Features]) -> list[Cluster]:
    pairs = sorted(_pairs(accounts), key=lambda p: (-p[0], _standing(p[1]), _standing(p[2])))
    cluster_of: dict[int, Cluster] = {id(f): [f] for f in accounts}
    for _, one, other in _unambiguous(pairs):
        left, right = cluster_of[id(one)], cluster_of[id(other)]
        if left is not right and all(compatible(a, b) for a in left for b in right):
            left.extend(right)
            cluster_of.update({id(f): left for f in right})
    return list({id(c): c for c in cluster_of.values()}.values())


def _pairs(accounts: Sequence[Features]) -> Iterator[tuple[float, Features, Features]]:
    blocks: dict[tuple[str | None, int], list[Features]] = defaultdict(list)
    for one in accounts:
        if one.place is not None and one.days is not None:
            for day in range(one.days[0], one.days[1] + 1):
                blocks[(one.place.country, day)].append(one)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if (id(one), id(other)) not in seen:
                seen.add((id(one), id(other)))
                if compatible(one, other):
                    yield (agreement(one, other), one, other)


def _unambiguous(
    pairs: Sequence[tuple[float, Features, Features]],
) -> Iterator[tuple[float, Features, Features]]:
    """Pairs in which neither side fits another account of the other's document equally well."""
    best: dict[tuple[int, str], list[float]] = defaultdict(list)
    for score, one, other in pairs:
        best[(id(one), other.told.document.id)].append(score)
        best[(id(other), one.told.document.id)].append(score)
    for score, one, other in pairs:
        rivals = best[(id(one), other.told.document.id)], best[(id(other), one.told.document.id)]
        if all(max(r) == score and r.count(score) == 1 for r in rivals):
            yield score, one, other
