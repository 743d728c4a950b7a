"""What two readers make of one document differently, or a check left undecided, and nobody judged: the review queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ascribe.incidents.judging import find_account, in_force
from ascribe.model import HAND, UNDECIDED, Account, Judgement, Pairing, Reading, Statement, is_undecided
from ascribe.project.comparing import Difference, both_of, difference_json, differences
from ascribe.project.judging import NamedAccount, NamedStatement

if TYPE_CHECKING:
    from ascribe.project import Project

__all__ = ["Review", "Undecided", "reviews", "undecided"]

Json = dict[str, Any]
_SHORT = 12
# Types of values in which nobody can be named.
_NAMELESS = ("count", "date", "code")


@dataclass(frozen=True, slots=True)
class Review:
    """A difference between the reading that is shown and another one, and the name under which it can be decided.

    `name` is that of a statement, or of an account where only the shown reading tells the incident.
    """

    name: str
    difference: Difference

    @property
    def readers(self) -> tuple[str, str]:
        """Who read what is shown, and who reads it otherwise."""
        return self.difference.read.left.extractor, self.difference.read.right.extractor

    def told(self) -> Json:
        """The difference with the values and sentences of both, for whoever may open the casebook."""
        return {**difference_json(self.difference), "name": self.name, "readers": self.readers}

    def as_json(self) -> Json:
        """The same without any words, and without values that may name somebody or are those of a restricted text."""
        told, value = self.told(), self.difference.value
        bare = value is not None and value.prop.type.name in _NAMELESS and not self.difference.read.document.restricted
        sides = {s: told[s]["shown"] if told[s] and bare else bool(told[s]) for s in ("left", "right")}
        kept = {key: told[key] for key in ("name", "id", "readers", "property", "standing")}
        return {**kept, **sides}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A value that is only proposed because a check left it undecided, under the name by which it can be decided."""

    named: NamedStatement

    @property
    def reason(self) -> str:
        """Why the check left it undecided."""
        return self.named.statement.rule.removeprefix(UNDECIDED)

    def as_json(self) -> Json:
        """The undecided value without any words, and without values that may name somebody or are restricted."""
        named = self.named
        bare = named.prop.type.name in _NAMELESS and not named.of.document.restricted
        value = named.prop.type.show(named.statement.value) if bare else True
        return {"name": named.name, "property": named.prop.path, "undecided": value}


def undecided(project: Project) -> list[Undecided]:
    """The values of current readings that a check left undecided and nobody has decided, in order of addition."""
    casebook = project.casebook
    standing = casebook.judgements.standing()
    found: list[Undecided] = []
    for document_id in casebook.read_with_undecided():
        document, reading = casebook.document(document_id), casebook.current_reading(document_id)
        if reading.extractor == HAND:  # a document that a person has read is not asked about
            continue
        decided = _Decided(reading, standing)
        for account in reading.accounts:
            name = f"{document_id[:_SHORT]}/{account.key}"
            named = NamedAccount(name, document, reading, account, project.schema[account.kind])
            found += [
                Undecided(s)
                for s in named.statements()
                if is_undecided(s.statement) and not decided.has(account, s.statement)
            ]
    return found


def reviews(project: Project) -> list[Review]:
    """The differences that can be decided and are not, worst first: values that exclude each other before others.

    The reading that is shown is held against the newest one of every other reader. What only the other has is no value
    that could be judged; `compare` shows it. A document that a person read is not asked about.
    """
    casebook = project.casebook
    standing = casebook.judgements.standing()
    found: list[Review] = []
    for document_id in casebook.read_by_several():
        document, shown = casebook.document(document_id), casebook.current_reading(document_id)
        newest = {r.extractor: r for r in casebook.readings(document_id)}
        others = [r for name, r in newest.items() if name != shown.extractor]
        decided = _Decided(shown, standing)
        for other in others:
            read = both_of(document, shown, other, project.schema)
            found += _open(differences([read]), decided, project)
    order = {id(d): n for n, d in enumerate(_worst_first([r.difference for r in found]))}
    return sorted(found, key=lambda r: order[id(r.difference)])


def _open(found: Sequence[Difference], decided: _Decided, project: Project) -> Iterator[Review]:
    for one in found:
        account, statement = _shown(one)
        if account is None or decided.has(account, statement):
            continue
        name = f"{one.read.document.id[:_SHORT]}/{account.key}"
        named = NamedAccount(name, one.read.document, one.read.left, account, project.schema[account.kind])
        if statement is None:
            yield Review(name, one)
        else:
            yield from (Review(s.name, one) for s in named.statements() if s.statement is statement)


def _shown(one: Difference) -> tuple[Account | None, Statement | None]:
    """The account and the statement of the shown reading that a difference is about, where it has them."""
    if one.pair.left is None or (one.value is not None and one.value.left is None):
        return None, None
    if one.value is None:
        return one.pair.left, None
    key = one.pair.left.key
    for account in one.read.left.accounts:
        if key in (account.key, account.about) and account.kind == one.value.prop.kind:
            for statement in account.statements:
                if statement is one.value.left:
                    return account, statement
    return None, None


def _worst_first(found: Sequence[Difference]) -> list[Difference]:
    order = ("differ", "alone", "close", "agree")
    return sorted(found, key=lambda d: order.index(d.standing))


class _Decided:
    """What was judged of one reading: statements, and accounts of which anything was."""

    def __init__(self, reading: Reading, standing: Sequence[Judgement]) -> None:
        self._at = {(key, one.at) for key, held in in_force(reading, standing).items() for one in held}
        anchors = [a for j in standing if isinstance(j.subject, Pairing) for a in (*j.subject.ones, *j.subject.others)]
        self._accounts = {key for key, _ in self._at}
        self._accounts |= {a.key for anchor in anchors if (a := find_account(anchor, reading)) is not None}

    def has(self, account: Account, statement: Statement | None) -> bool:
        """Whether a person has decided on a statement, or on anything of an account."""
        if statement is None:
            return account.key in self._accounts
        return any(s is statement and (account.key, n) in self._at for n, s in enumerate(account.statements))
