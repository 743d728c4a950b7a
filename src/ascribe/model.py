"""The nouns of Ascribe: what is said, by whom, in which words, and what has been made of it.

All classes are frozen. Offsets are code points into `Document.text`, half-open.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from ascribe.errors import EvidenceError

DatePrecision = Literal["day", "days", "week", "month", "season", "year", "interval"]
CountQualifier = Literal["exact", "at_least", "at_most", "range", "about", "unknown"]
PlaceLevel = Literal["site", "city", "region", "country"]


@dataclass(frozen=True, slots=True)
class DateValue:
    """An interval of days, both ends included. `None` at an end means that the text leaves it open.

    `rule` names the rule that resolved the words ("absolute", "weekday_before_publication", ...).
    """

    start: date | None
    end: date | None
    precision: DatePrecision = "day"
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CountValue:
    """A number of people with its bounds; `qualifier` "unknown" is a text that says that the number is not known.

    "Not stated" is the absence of a statement, never a count.
    """

    minimum: int | None
    maximum: int | None
    qualifier: CountQualifier = "exact"


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A place as named in the text; coordinates in degrees (WGS 84), never finer than `level` allows."""

    name: str
    level: PlaceLevel | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    gazetteer_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActorValue:
    """A group, state or organisation under the name the text gives it; `register_id` where the register knows it."""

    name: str
    register_id: str | None = None


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A person under the fullest name in the text, or a description ("two gunmen") when `named` is false."""

    name: str
    named: bool = True
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A code of a closed list in `schema/lists/`."""

    code: str


@dataclass(frozen=True, slots=True)
class TextValue:
    """Free words, such as the name of an outlet."""

    text: str


Value: TypeAlias = DateValue | CountValue | PlaceValue | ActorValue | PersonValue | CodeValue | TextValue


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page of the source begins in the canonical text (`page` counts from 1)."""

    start: int
    page: int


@dataclass(frozen=True, slots=True)
class Publication:
    """When a document was published, and how that was found ("given", "meta", "dateline", ...)."""

    when: DateValue
    how: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a value came from: `Document.text[start:end] == quote`, checked whenever it is stored."""

    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published. `text` is canonical: every offset points into it and it is never edited.

    `id` is the sha-256 of the text (UTF-8), `bytes_id` that of the bytes that it was made from.
    `name` is the path, or the id that a container (feed, JSON lines, WARC) gives.
    `encoding` and `notes` say what was guessed or mended on the way; `near_copy_of` is the id of the
    document that this one reprints, where that is known.
    """

    id: str
    bytes_id: str
    name: str
    text: str
    format: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    publication: Publication | None = None
    encoding: str | None = None
    pages: tuple[PageMark, ...] = ()
    notes: tuple[str, ...] = ()
    restricted: bool = False
    near_copy_of: str | None = None

    def quote(self, start: int, end: int) -> Evidence:
        """The only way to make evidence: the words of this document at these offsets."""
        if not 0 <= start < end <= len(self.text):
            raise EvidenceError(f"{self.name}: no words at {start}:{end} (the text has {len(self.text)} characters)")
        return Evidence(self.id, start, end, self.text[start:end])

    def page_at(self, offset: int) -> int | None:
        """The page of the source on which a character stands, where the format has pages."""
        found = None
        for mark in self.pages:
            if mark.start > offset:
                break
            found = mark.page
        return found


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why. `reason` is one line that says what to do."""

    name: str
    reason: str


def sha256(data: bytes | str) -> str:
    """The id of a text or of bytes: sha-256 in hexadecimal."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


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


CountKind = Literal["number", "latest", "first", "deadliest", "most"]


@dataclass(frozen=True, slots=True)
class CountedArea:
    """Where a counting statement looks, in the text's words: a place, a region of the register by id, or neither,
    which is an area that nobody is named as defining ("the West").
    """

    evidence: Evidence
    place: PlaceValue | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class CountingStatement:
    """What a text says of how many acts there were, which was the last, the first or the deadliest, or where most were.

    `evidence` is the statement, `told` the words that say which act it is (of a superlative) or which acts it leaves
    out ("two other attacks"), with their days and places. `areas` are joined, and left out where `outside`.
    `period` bounds the acts that are meant; `reference` is the last day that the text's own words set for the
    statement, `news` the first day of what the text reports as news. `unread` are words that narrow the statement in a
    way that no filter here says ("on journalists"). None is "not stated".
    """

    evidence: Evidence
    kind: CountKind
    count: CountValue | None = None
    group: ActorValue | None = None
    group_evidence: Evidence | None = None
    areas: tuple[CountedArea, ...] = ()
    outside: bool = False
    period: DateValue | None = None
    reference: date | None = None
    news: date | None = None
    lethal: bool | None = None
    claimed: bool | None = None
    tactics: tuple[str, ...] = ()
    told: Evidence | None = None
    told_days: tuple[DateValue, ...] = ()
    told_places: tuple[PlaceValue, ...] = ()
    unread: tuple[Evidence, ...] = ()
