"""Deciding what the machine cannot: `Project.judgements`. Signed, dated, reasoned; withdrawn, but never deleted."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from ascribe.errors import AscribeError, StoreError
from ascribe.exports import Options
from ascribe.exports.judgements import Discreet, anchors_of, decision_json, documents_of
from ascribe.incidents.judging import account_anchor, statement_anchor
from ascribe.model import (
    Account,
    AccountAnchor,
    Decision,
    Document,
    Incident,
    Judgement,
    Pairing,
    Reading,
    Signature,
    Statement,
    StatementAnchor,
    Verdict,
    Weighing,
    Weight,
)
from ascribe.pipeline import judging
from ascribe.pipeline.correcting import corrected
from ascribe.pipeline.judged import Finder, judged_incidents
from ascribe.pipeline.judging import Waiting
from ascribe.schema import Kind, Property

if TYPE_CHECKING:
    from ascribe.project import Project
    from ascribe.project.reviewing import Review, Undecided

__all__ = ["Decision", "Judging", "NamedAccount", "NamedStatement", "Waiting"]

USER = "ASCRIBE_USER"
_SHORT = 12


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account of a current reading under the name by which it is judged: DOCUMENT/KEY."""

    name: str
    document: Document
    reading: Reading
    account: Account
    kind: Kind

    def statements(self) -> Iterator[NamedStatement]:
        """Its statements as the reader gave them, each with its name."""
        for prop in dict.fromkeys(s.property for s in self.account.statements):
            mine = list(self.account.values(prop))
            for number, statement in enumerate(mine, 1):
                which = f"/{number}" if len(mine) > 1 else ""
                yield NamedStatement(f"{prop}{which}", self, statement, self.kind[prop])


@dataclass(frozen=True, slots=True)
class NamedStatement:
    """A statement under the name by which it is judged: DOCUMENT/KEY/PROPERTY, with /N where there are several.

    `path` is what follows the name of its account.
    """

    path: str
    of: NamedAccount
    statement: Statement
    prop: Property

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.of.name}/{self.path}"


class Judging:
    """What a person can decide about accounts, statements and incidents, and what was decided.

    Names are those that `ascribe show` prints. `by` is who judges: by default the environment's ASCRIBE_USER, then
    the project's setting `user`. Every method that decides stores, links anew, and returns what changed; AscribeError
    where a name leads nowhere, nobody signs, or no reason is given.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._casebook = project.casebook

    # deciding

    def pair(
        self, verdict: Literal["same", "different", "unsure"], one: str, other: str, reason: str, by: str | None = None
    ) -> Decision:
        """Say of two accounts that they are the same incident, different ones, or that one cannot tell."""
        named = [self._incident_account(name) for name in (one, other)]
        if named[0].name == named[1].name:
            raise AscribeError(f"{one} and {other} are one account; give two")
        first, second = (account_anchor(n.reading, n.account) for n in named)
        return self._judge(verdict, Pairing((first,), (second,)), reason, by)

    def join(self, one: str, other: str, reason: str, by: str | None = None) -> Decision:
        """Make one incident of two: every account of the one is the same as every account of the other."""
        first, second = self._incident(one), self._incident(other)
        if first.id == second.id:
            raise AscribeError(f"{one} and {other} are one incident; give two")
        return self._judge("same", Pairing(_anchors(first), _anchors(second)), reason, by)

    def split(self, incident: str, accounts: Sequence[str], reason: str, by: str | None = None) -> Decision:
        """Take accounts out of an incident: they are different from all the others in it."""
        found = self._incident(incident)
        wanted = [self._incident_account(name) for name in accounts]
        members = {(t.document.id, t.account.key): t for t in found.accounts}
        for one in wanted:
            if (one.document.id, one.account.key) not in members:
                raise AscribeError(f"{one.name} is no account of {found.id}; it has {_listed(found)}")
        chosen = {(one.document.id, one.account.key) for one in wanted}
        rest = [t for key, t in members.items() if key not in chosen]
        if not rest:
            raise AscribeError(f"these are all the accounts of {found.id}; leave at least one")
        ones = tuple(account_anchor(members[key].reading, members[key].account) for key in members if key in chosen)
        return self._judge("different", Pairing(ones, _anchors(Incident(found.id, tuple(rest)))), reason, by)

    def accept(self, statement: str, reason: str, by: str | None = None) -> Decision:
        """Say that a statement is right: it is shown before others, whatever the reader's confidence."""
        return self._judge("accepted", self._anchor(self.statement(statement)), reason, by)

    def reject(self, statement: str, reason: str, by: str | None = None) -> Decision:
        """Say that a statement is wrong: it is no longer shown as found, and listed as rejected."""
        return self._judge("rejected", self._anchor(self.statement(statement)), reason, by)

    def correct(
        self, statement: str, value: str, reason: str, by: str | None = None, quote: str | None = None
    ) -> Decision:
        """Put a value in the place of a statement's, resting on the quoted words, or else on the statement's own."""
        named = self.statement(statement)
        made = corrected(named.of.document, named.of.account, named.statement, named.prop, value, quote)
        return self._judge("corrected", self._anchor(named), reason, by, made)

    def weigh(self, weight: Weight, subject: Weighing, reason: str, by: str | None = None) -> Decision:
        """Say what a statement is as evidence on one actor's part; whether it is right is another question."""
        return self._judge(weight, subject, reason, by)

    def withdraw(self, judgement: str, reason: str, by: str | None = None) -> Decision:
        """Take a judgement back. It stays in the history, with who took it back and why."""
        signed = self._signed(reason, by)
        try:
            made, changes = judging.withdraw(self._casebook, judgement, signed)
        except StoreError as error:
            raise (AscribeError(str(error)) if "judgement" in str(error) else error) from None
        return Decision(made, True, changes)

    def _judge(
        self,
        verdict: Verdict,
        subject: Pairing | StatementAnchor,
        reason: str,
        by: str | None,
        correction: Statement | None = None,
    ) -> Decision:
        signed = self._signed(reason, by)
        made, changes = judging.judge(self._casebook, verdict, subject, signed, correction)
        return Decision(made, False, changes)

    def _signed(self, reason: str, by: str | None) -> Signature:
        who = " ".join((by or os.environ.get(USER) or self._project.settings.user).split())
        if not who:
            raise AscribeError(f"who judges? give --by NAME, or set {USER}, or `user` in ascribe.toml")
        if not reason.strip():
            raise AscribeError('why? give --reason "..."')
        return Signature(who, datetime.now(UTC), " ".join(reason.split()))

    # looking

    def waiting(self) -> list[Waiting]:
        """The judgements that have no effect as things are, and the pairs of which somebody is unsure."""
        return list(judging.waiting(self._casebook))

    def reviews(self) -> list[Review]:
        """What two readers read differently and nobody has decided, worst first: look at these before all else."""
        from ascribe.project.reviewing import reviews  # noqa: PLC0415 - which imports this module

        return reviews(self._project)

    def undecided(self) -> list[Undecided]:
        """The values that are only proposed because a check left them undecided, and that nobody has decided."""
        from ascribe.project.reviewing import undecided  # noqa: PLC0415 - which imports this module

        return undecided(self._project)

    def history(self, of: str | None = None, by: str | None = None) -> list[Decision]:
        """Every judgement and withdrawal, oldest first; of one incident or account, or by one person."""
        decisions = list(self._casebook.judgements.history())
        if by is not None:
            decisions = [d for d in decisions if d.signed.by.casefold() == by.strip().casefold()]
        if of is None:
            return decisions
        concerns = self._concerns(of)
        return [d for d in decisions if concerns(d)]

    def as_json(self, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
        """Decisions as objects, with names and restricted words withheld as in any export."""
        discreet = self._discreet([d.judgement for d in decisions])
        return [decision_json(d, discreet) for d in decisions]

    def why_json(self, waiting: Waiting) -> str:
        """Why a judgement waits, with names and restricted words withheld as in any export."""
        return self._discreet([waiting.judgement]).why(waiting.judgement, waiting.why)

    def _discreet(self, judgements: Sequence[Judgement]) -> Discreet:
        ids = sorted({i for j in judgements for i in documents_of(j)})
        incidents = [*self._casebook.incidents(documents=ids), *judged_incidents(self._casebook, ids)]
        documents = [self._casebook.document(i) for i in ids]
        return Discreet(documents, incidents, judgements, self._project.schema, Options())

    def account(self, name: str) -> NamedAccount:
        """The account of this name, DOCUMENT/KEY, of the document's current reading."""
        found, rest = self._resolved(name)
        if rest:
            raise AscribeError(f"{name} is no account; an account is {found.name}")
        return found

    def statement(self, name: str) -> NamedStatement:
        """The statement of this name, DOCUMENT/KEY/PROPERTY or DOCUMENT/KEY/PROPERTY/N, as the reader gave it."""
        found, rest = self._resolved(name)
        among = [s for s in found.statements() if rest in (s.statement.property, s.path)]
        if not among:
            prop, _, number = rest.rpartition("/")
            among = [s for s in found.statements() if s.path == prop and number == "1"]
        if len(among) == 1:
            return among[0]
        if among:
            names = ", ".join(f"{s.name} ({s.prop.type.show(s.statement.value)})" for s in among)
            raise AscribeError(f"{name} could be {names}; give the number too")
        known = ", ".join(s.path for s in found.statements()) or "none"
        raise AscribeError(f"{found.name} has no statement {rest!r}; it has {known}")

    def accounts_with(self, name: str) -> list[NamedAccount]:
        """The account of this name and those about it, in the order of the reading."""
        named = self.account(name)
        prefix = named.name.partition("/")[0]
        about = [a for a in named.reading.accounts if named.account.key in (a.key, a.about)]
        schema = self._project.schema
        return [NamedAccount(f"{prefix}/{a.key}", named.document, named.reading, a, schema[a.kind]) for a in about]

    def of_incident(self, incident: Incident) -> list[Judgement]:
        """The judgements of the accounts of an incident and of what is about it, oldest first; not those withdrawn."""
        finder = Finder(self._casebook)
        keys = {(t.document.id, t.account.key) for t in incident.accounts}
        return [j for j in self._casebook.judgements.standing() if _touches(j, keys, finder)]

    def _anchor(self, named: NamedStatement) -> StatementAnchor:
        return statement_anchor(named.of.reading, named.of.account, named.statement)

    def _incident_account(self, name: str) -> NamedAccount:
        found = self.account(name)
        if found.account.kind != "incident":
            raise AscribeError(
                f"{name} is {found.account.kind.replace('_', ' ')}; only accounts of incidents are linked"
            )
        return found

    def _incident(self, id_or_prefix: str) -> Incident:
        try:
            return self._casebook.incident(id_or_prefix)
        except StoreError as error:
            raise (AscribeError(str(error)) if repr(id_or_prefix) in str(error) else error) from None

    def _resolved(self, name: str) -> tuple[NamedAccount, str]:
        """The account that a name begins with, and what follows: a key may have strokes in it."""
        prefix, stroke, rest = name.partition("/")
        if not stroke or not prefix:
            raise AscribeError(
                f"{name!r} names no account; an account is DOCUMENT/KEY, as `ascribe show accounts` says"
            )
        try:
            document = self._casebook.document(prefix)
        except StoreError as error:
            raise (AscribeError(str(error)) if repr(prefix) in str(error) else error) from None
        reading = self._casebook.current_reading(document.id)
        fitting = [a for a in reading.accounts if rest == a.key or rest.startswith(f"{a.key}/")]
        if not fitting:
            known = ", ".join(a.key for a in reading.accounts) or "none"
            raise AscribeError(f"document {prefix} has no account {rest!r}; it has {known}")
        account = max(fitting, key=lambda a: len(a.key))
        name = f"{document.id[:_SHORT]}/{account.key}"
        found = NamedAccount(name, document, reading, account, self._project.schema[account.kind])
        return found, rest[len(account.key) + 1 :]

    def _concerns(self, of: str) -> _Concerns:
        finder = Finder(self._casebook)
        if "/" in of:
            found = self.account(of)
            return _Concerns("", {(found.document.id, found.account.key)}, finder)
        try:
            incident = self._casebook.incident(of)
        except StoreError as error:
            named = {c.incident for d in self._casebook.judgements.history() for c in d.changes if c.incident == of}
            if not named:
                raise AscribeError(str(error)) from None
            return _Concerns(of, set(), finder)
        return _Concerns(incident.id, {(t.document.id, t.account.key) for t in incident.accounts}, finder)


@dataclass(frozen=True, slots=True)
class _Concerns:
    """Whether a decision is about one of some accounts, or changed an incident."""

    incident: str
    keys: set[tuple[str, str]]
    finder: Finder

    def __call__(self, decision: Decision) -> bool:
        changed = any(c.incident == self.incident for c in decision.changes)
        return changed or _touches(decision.judgement, self.keys, self.finder)


def _touches(judgement: Judgement, keys: set[tuple[str, str]], finder: Finder) -> bool:
    anchors = anchors_of(judgement)
    for anchor in (*anchors, *(a.about for a in anchors if a.about is not None)):
        ref = finder.ref(anchor)
        if ref is not None and (ref.document_id, ref.key) in keys:
            return True
    return False


def _anchors(incident: Incident) -> tuple[AccountAnchor, ...]:
    return tuple(account_anchor(t.reading, t.account) for t in incident.accounts)


def _listed(incident: Incident) -> str:
    return ", ".join(f"{t.document.id[:_SHORT]}/{t.account.key}" for t in incident.accounts)
