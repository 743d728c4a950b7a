"""How two readings of one document stand to each other: where they agree, where they differ, and what that is worth.

Nothing is decided here: a value that two readers give is firmer, one that they give differently is for a person to see.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from ascribe.model import Account, Reading, Statement
from ascribe.schema import Property, Schema

Standing = Literal["differ", "alone", "close", "agree"]
STANDINGS: dict[Standing, str] = {
    "differ": "they give values that exclude each other",
    "alone": "one of them gives it and the other does not",
    "close": "one says more than the other, or something beside it",
    "agree": "both say the same",
}
"""How two readers stand to each other on one value, what most needs a person first."""
RANK: dict[Standing, int] = {standing: rank for rank, standing in enumerate(STANDINGS)}

_NEAR: frozenset[str] = frozenset({"finer", "coarser", "overlapping"})
_TELLING = {"incident.date": 2, "incident.place": 2}  # what tells incidents apart counts double
_SAME_WORDS = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of one property as two readers give it; None where one of them does not."""

    prop: Property
    standing: Standing
    left: Statement | None
    right: Statement | None


@dataclass(frozen=True, slots=True)
class Paired:
    """One incident as two readers tell it; None where only one of them tells it."""

    left: Account | None
    right: Account | None
    values: tuple[Compared, ...]

    @property
    def standing(self) -> Standing:
        """The worst of its values; alone where only one reader has the incident."""
        if self.left is None or self.right is None:
            return "alone"
        return min((v.standing for v in self.values), key=RANK.__getitem__, default="agree")


def compare_readings(left: Reading, right: Reading, schema: Schema) -> list[Paired]:
    """The incidents of two readings of one document side by side, in the order of the text."""
    known = {p.path: p for p in schema.properties()}
    lefts = [_Told(a, left, known) for a in left.of_kind("incident")]
    rights = [_Told(a, right, known) for a in right.of_kind("incident")]
    partner = _partners(lefts, rights)
    taken = set(partner.values())
    found = [_paired(one, rights[partner[n]] if n in partner else None) for n, one in enumerate(lefts)]
    found += [_paired(None, one) for n, one in enumerate(rights) if n not in taken]
    return sorted(found, key=lambda p: min(a.anchor.start for a in (p.left, p.right) if a is not None))


class _Told:
    """An incident account with all that its reading says about it, by property; what is unsupported is left out."""

    def __init__(self, account: Account, reading: Reading, known: Mapping[str, Property]) -> None:
        self.account = account
        self.by_property: dict[str, list[Statement]] = {}
        self.props: dict[str, Property] = {}
        for one in (account, *(a for a in reading.accounts if a.about == account.key)):
            for statement in one.statements:
                prop = known.get(_path(one, statement))
                if prop is not None and statement.origin != "unsupported":
                    self.props[prop.path] = prop
                    self.by_property.setdefault(prop.path, []).append(statement)
        self.words = [(e.start, e.end) for e in (account.anchor, *account.evidence)]


def _partners(lefts: Sequence[_Told], rights: Sequence[_Told]) -> dict[int, int]:
    """Which incident of the one is which of the other: those most alike first, each once."""
    scored = sorted(
        (
            (-_likeness(one, other), _apart(one, other), n, m)
            for n, one in enumerate(lefts)
            for m, other in enumerate(rights)
        ),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for negative, _, n, m in scored:
        if negative < 0 and n not in found and m not in taken:
            found[n] = m
            taken.add(m)
    return found


def _likeness(one: _Told, other: _Told) -> int:
    score = _SAME_WORDS * any(a < d and c < b for a, b in one.words for c, d in other.words)
    for path in one.by_property.keys() & other.by_property.keys():
        prop = one.props[path]
        relations = {_relation(prop, a, b) for a in one.by_property[path] for b in other.by_property[path]}
        weight = _TELLING.get(path, 1)
        if "agree" in relations:
            score += weight
        elif path in _TELLING and relations == {"differ"}:
            score -= 2 * weight
    return score


def _apart(one: _Told, other: _Told) -> int:
    return abs(one.account.anchor.start - other.account.anchor.start)


def _relation(prop: Property, one: Statement, other: Statement) -> Standing:
    if (one.stance == "denied") != (other.stance == "denied"):
        return "differ"
    relation = prop.compare(one.value, other.value)
    return "agree" if relation == "same" else "close" if relation in _NEAR else "differ"


def _paired(left: _Told | None, right: _Told | None) -> Paired:
    props = {**(left.props if left else {}), **(right.props if right else {})}
    values = [
        compared
        for path, prop in props.items()
        for compared in _values(
            prop, left.by_property.get(path, []) if left else [], right.by_property.get(path, []) if right else []
        )
    ]
    return Paired(left.account if left else None, right.account if right else None, tuple(values))


def _values(prop: Property, left: Sequence[Statement], right: Sequence[Statement]) -> Iterator[Compared]:
    """Values of one property, matched from alike to unlike; of a property with many values none excludes another."""
    lefts, rights = _distinct(prop, left), _distinct(prop, right)
    standings: tuple[Standing, ...] = ("agree", "close") if prop.many else ("agree", "close", "differ")
    for standing in standings:
        for one in list(lefts):
            match = next((other for other in rights if _relation(prop, one, other) == standing), None)
            if match is not None:
                lefts.remove(one)
                rights.remove(match)
                yield Compared(prop, standing, one, match)
    yield from (Compared(prop, "alone", one, None) for one in lefts)
    yield from (Compared(prop, "alone", None, one) for one in rights)


def _distinct(prop: Property, statements: Sequence[Statement]) -> list[Statement]:
    found: list[Statement] = []
    for statement in statements:
        if not any(_relation(prop, statement, other) == "agree" for other in found):
            found.append(statement)
    return found


def weighed(reading: Reading, other: Reading, fills: frozenset[str], schema: Schema) -> Reading:
    """A reading whose confidence says how another reader's stands to it, in what that one can fill at all.

    The figures are those of `agreement.toml`. What is unsupported stays as it is.
    """
    standing: dict[tuple[str, str], list[tuple[Statement, Standing]]] = {}
    for pair in compare_readings(reading, other, schema):
        for value in pair.values:
            if pair.left is not None and value.left is not None:
                standing.setdefault((pair.left.key, value.prop.path), []).append((value.left, value.standing))
    accounts = tuple(
        replace(
            account,
            statements=tuple(
                _weighed(s, schema[account.kind][s.property], standing.get((_home(account), _path(account, s)), ()))
                if _path(account, s) in fills and s.origin != "unsupported"
                else s
                for s in account.statements
            ),
        )
        for account in reading.accounts
    )
    return replace(reading, accounts=accounts)


def _home(account: Account) -> str:
    return account.about or account.key


def _path(account: Account, statement: Statement) -> str:
    return f"{account.kind}.{statement.property}"


def _weighed(statement: Statement, prop: Property, known: Sequence[tuple[Statement, Standing]]) -> Statement:
    for one, standing in known:
        if _relation(prop, statement, one) == "agree":
            worth = figures()[standing]
            return replace(
                statement, confidence=worth if statement.origin == "stated" else min(worth, statement.confidence)
            )
    return statement


@lru_cache(maxsize=1)
def figures() -> Mapping[Standing, float]:
    """The confidence of a value by how the other reader stands to it."""
    data = tomllib.loads(files("ascribe.readings").joinpath("agreement.toml").read_text("utf-8"))
    return {standing: float(data["confidence"][standing]) for standing in STANDINGS}
