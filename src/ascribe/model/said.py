"""What is said, by whom, and what people decided of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ascribe.model.documents import Document, Evidence, Skipped
from ascribe.model.values import ActorValue, Value

VoiceKind = Literal["author", "quoted", "according_to"]
Stance = Literal["asserted", "suspected", "denied", "claimed_only", "doubted", "hypothetical"]
Origin = Literal["stated", "computed", "inferred", "unsupported"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word it is: the author's, somebody's between quotation marks, or somebody's as reported.

    `perpetrator_side` marks a claimant or its outlet: such figures are shown "per claimant".
    """

    kind: VoiceKind = "author"
    speaker: str | None = None
    perpetrator_side: bool = False


AUTHOR = Voice()
UNDECIDED = "undecided: "  # how the rule of a value begins that a check neither caught nor let pass; the reason follows
HAND = "hand"  # the extractor of readings that a person made; no program's reading takes the place of one


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one property, with the words it came from.

    `property` is the property's id within its account's kind; `origin` says how the value came about
    and `rule` which rule made it; `confidence` is in 0 .. 1. `judged` is the judgement by which a person accepted,
    rejected or corrected it: no reading holds it, it is there while the casebook is looked at.
    """

    property: str
    value: Value
    evidence: tuple[Evidence, ...]
    voice: Voice = AUTHOR
    stance: Stance = "asserted"
    origin: Origin = "stated"
    rule: str = ""
    confidence: float = 1.0
    judged: Judgement | None = None


def is_undecided(statement: Statement) -> bool:
    """Whether a check neither caught the value nor let it pass, so that it is only proposed."""
    return statement.rule.startswith(UNDECIDED)


@dataclass(frozen=True, slots=True)
class Account:
    """What one document tells of one thing of one kind. `key` is unique within its reading.

    `about` is the key of the incident account that a claim, an attribution or a person status belongs to.
    `anchor` is the clause that first establishes the thing; `evidence` are further passages about it.
    `rejected` are statements that a person took out of it, as `Statement.judged` says; no reading holds them.
    """

    key: str
    kind: str
    statements: tuple[Statement, ...]
    anchor: Evidence
    evidence: tuple[Evidence, ...] = ()
    about: str | None = None
    rejected: tuple[Statement, ...] = ()

    def values(self, property_id: str) -> Iterator[Statement]:
        """The statements of one property, in the order of the text."""
        return (s for s in self.statements if s.property == property_id)

    def first(self, property_id: str) -> Statement | None:
        """The first statement of one property, or None where the text does not state it."""
        return next(self.values(property_id), None)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one version of one extractor made of one document, with what it skipped and why."""

    document_id: str
    extractor: str
    version: str
    accounts: tuple[Account, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def of_kind(self, kind: str) -> tuple[Account, ...]:
        """The accounts of one kind, in the order of the text."""
        return tuple(a for a in self.accounts if a.kind == kind)

    def about(self, key: str, kind: str) -> tuple[Account, ...]:
        """The accounts of one kind that belong to the incident account with this key."""
        return tuple(a for a in self.accounts if a.about == key and a.kind == kind)


@dataclass(frozen=True, slots=True)
class Told:
    """One account in its document and reading: what an incident is made of."""

    document: Document
    reading: Reading
    account: Account


@dataclass(frozen=True, slots=True)
class Incident:
    """Accounts judged to be one occurrence. It holds no values of its own."""

    id: str
    accounts: tuple[Told, ...] = field(default=())


Weight = Literal["consistent", "inconsistent", "neutral"]
Verdict = Literal["same", "different", "unsure", "accepted", "rejected", "corrected"] | Weight


@dataclass(frozen=True, slots=True)
class AccountAnchor:
    """Where an account stands, in words: what finds it again in a reading by another version or another extractor.

    `own` are the words behind its statements on which no other account of its kind rested (all of its words where it
    had none of its own), `about` the anchor of the incident account that it is about. `extractor`, `version` and
    `key` say under which name it was judged.
    """

    document_id: str
    kind: str
    anchor: Evidence
    own: tuple[Evidence, ...] = ()
    about: AccountAnchor | None = None
    extractor: str = ""
    version: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class StatementAnchor:
    """Where a statement stands: its account, property, value and words."""

    account: AccountAnchor
    property: str
    value: Value
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Weighing(StatementAnchor):
    """A statement as evidence on one actor's part: what it says of this actor, not whether it is right."""

    actor: ActorValue


@dataclass(frozen=True, slots=True)
class Pairing:
    """Accounts in two sets: what is judged holds of each of the one with each of the other."""

    ones: tuple[AccountAnchor, ...]
    others: tuple[AccountAnchor, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decided something, when (an aware time), and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of two sets of accounts, or of a statement. It is never deleted; it may be `withdrawn`.

    A weight says what a statement is as evidence: consistent with an actor's part in the incident, or not, or neither.

    `id` is the hash of all the rest. `correction` is the statement that a corrected one is replaced by.
    """

    id: str
    verdict: Verdict
    subject: Pairing | StatementAnchor
    signed: Signature
    correction: Statement | None = None
    withdrawn: Signature | None = None

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Change:
    """What a judgement or its withdrawal changed in an incident, in words: before and after it.

    `property` is `kind.property` for a value shown, and empty for the accounts that make the incident.
    """

    incident: str
    property: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the history: a judgement that was made, or its withdrawal, and what this changed."""

    judgement: Judgement
    withdrawal: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def signed(self) -> Signature:
        """Who decided this, when and why."""
        withdrawn = self.judgement.withdrawn
        return withdrawn if self.withdrawal and withdrawn is not None else self.judgement.signed
