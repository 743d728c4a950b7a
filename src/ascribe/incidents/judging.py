"""What judgements do to what was read: accounts with their statements accepted, rejected and corrected.

A judgement is tied to words and not to a reading. Here it finds the account and the statement of whichever reading is
given that rest on those words; where none does, it has no effect on that reading, and has it again on the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import product

from ascribe.incidents.constraints import AccountRef, Constraint
from ascribe.model import (
    Account,
    AccountAnchor,
    ActorValue,
    CountValue,
    DateValue,
    Evidence,
    Incident,
    Judgement,
    Pairing,
    PersonValue,
    PlaceValue,
    Reading,
    Statement,
    StatementAnchor,
    Told,
    Value,
    Verdict,
    Weighing,
)
from ascribe.registers.folding import fold


def account_anchor(reading: Reading, account: Account) -> AccountAnchor:
    """What ties a judgement to an account of this reading."""
    others = {
        e for a in reading.of_kind(account.kind) if a.key != account.key for s in a.statements for e in s.evidence
    }
    all_words = tuple(dict.fromkeys(e for s in account.statements for e in s.evidence))
    owner = next((a for a in reading.accounts if account.about is not None and a.key == account.about), None)
    return AccountAnchor(
        document_id=reading.document_id,
        kind=account.kind,
        anchor=account.anchor,
        own=tuple(e for e in all_words if e not in others) or all_words,
        about=None if owner is None else account_anchor(reading, owner),
        extractor=reading.extractor,
        version=reading.version,
        key=account.key,
    )


def statement_anchor(reading: Reading, account: Account, statement: Statement) -> StatementAnchor:
    """What ties a judgement to a statement of this reading."""
    return StatementAnchor(account_anchor(reading, account), statement.property, statement.value, statement.evidence)


def find_account(anchor: AccountAnchor, reading: Reading) -> Account | None:
    """The account of a reading of the same document that rests on these words; None where none does, or several do.

    Of several that share words with it, the one that shares the most of its own words is taken, then the one that
    begins in the same clause, then, in the very reading that was judged, the one of the same key.
    """
    if reading.document_id != anchor.document_id:
        return None
    owner = None if anchor.about is None else find_account(anchor.about, reading)
    if anchor.about is not None and owner is None:
        return None
    among = (a for a in reading.of_kind(anchor.kind) if owner is None or a.about == owner.key)
    ranked = sorted(((_nearness(anchor, reading, a), a) for a in among), key=lambda pair: pair[0], reverse=True)
    ranked = [(rank, account) for rank, account in ranked if rank[0]]
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _nearness(anchor: AccountAnchor, reading: Reading, account: Account) -> tuple[int, int, bool]:
    """How many words the account shares with the anchor, how much of its clause, and whether it was judged itself."""
    words = [account.anchor, *account.evidence, *(e for s in account.statements for e in s.evidence)]
    stated = [e for s in account.statements for e in s.evidence] if anchor.own else words
    shared = sum(any(_overlap(own, e) for e in stated) for own in anchor.own or (anchor.anchor,))
    itself = (reading.extractor, reading.version, account.key) == (anchor.extractor, anchor.version, anchor.key)
    return shared, _overlap(anchor.anchor, account.anchor), itself


def _overlap(one: Evidence, other: Evidence) -> int:
    """How many characters two passages of one document share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def find_statement(anchor: StatementAnchor, account: Account, verdict: Verdict) -> int | None:
    """The place among an account's statements of the one that a judgement is about; None where it is not read.

    A value that is accepted or rejected must be read from these words again; a correction replaces whatever is.
    """
    best: tuple[tuple[bool, int], int] | None = None
    for number, statement in enumerate(account.statements):
        shared = sum(_overlap(a, b) for a in anchor.evidence for b in statement.evidence)
        same = _same_value(statement.value, anchor.value)
        fits = statement.property == anchor.property and shared and (same or verdict == "corrected")
        if fits and (best is None or (same, shared) > best[0]):
            best = ((same, shared), number)
    return None if best is None else best[1]


def _same_value(one: Value, other: Value) -> bool:
    """Whether two values are one as far as a person who judged the one is concerned: ids and rules do not count."""
    if isinstance(one, DateValue) and isinstance(other, DateValue):
        return (one.start, one.end) == (other.start, other.end)
    if isinstance(one, CountValue) and isinstance(other, CountValue):
        return (one.minimum, one.maximum) == (other.minimum, other.maximum)
    for named in (PlaceValue, ActorValue, PersonValue):
        if isinstance(one, named) and isinstance(other, named):
            return fold(one.name) == fold(other.name)
    return one == other


@dataclass(frozen=True, slots=True)
class InForce:
    """A judgement of a statement that counts, and the statement's number in its account, None where it is not read."""

    judgement: Judgement
    anchor: StatementAnchor
    at: int | None


def in_force(reading: Reading, judgements: Sequence[Judgement]) -> dict[str, list[InForce]]:
    """The judgements of statements that count, by the key of the account, the newest first.

    Of several on one statement the last counts; `judgements` come oldest first. Those that do not find their statement
    are among them: a later one that lost its statement still takes the place of an earlier one.
    """
    found: dict[str, list[InForce]] = {}
    for judgement in reversed(judgements):
        anchor = judgement.subject
        if not judgement.stands or not isinstance(anchor, StatementAnchor) or isinstance(anchor, Weighing):
            continue
        account = find_account(anchor.account, reading)
        if account is not None:
            new = InForce(judgement, anchor, find_statement(anchor, account, judgement.verdict))
            counting = found.setdefault(account.key, [])
            if not any(_one_subject(new, later) for later in counting):
                counting.append(new)
    return found


def _one_subject(one: InForce, other: InForce) -> bool:
    if one.at is not None and one.at == other.at:
        return True
    shared = any(_overlap(a, b) for a in one.anchor.evidence for b in other.anchor.evidence)
    return one.anchor.property == other.anchor.property and shared and _same_value(one.anchor.value, other.anchor.value)


def _judged_account(account: Account, counting: Sequence[InForce]) -> Account:
    at = {one.at: one.judgement for one in counting if one.at is not None}
    statements: list[Statement] = []
    rejected: list[Statement] = []
    for number, statement in enumerate(account.statements):
        judgement = at.get(number)
        if judgement is None:
            statements.append(statement)
        elif judgement.verdict == "rejected":
            rejected.append(replace(statement, judged=judgement))
        elif judgement.correction is not None:
            statements.append(replace(judgement.correction, judged=judgement))
        else:
            borne_out = "stated" if statement.origin == "unsupported" else statement.origin
            statements.append(replace(statement, confidence=1.0, origin=borne_out, judged=judgement))
    for one in reversed(counting):
        if one.at is None and one.judgement.correction is not None:
            statements.append(replace(one.judgement.correction, judged=one.judgement))
    return replace(account, statements=tuple(statements), rejected=tuple(rejected))


def judged_reading(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading as it stands after the judgements, given oldest first.

    What is accepted has confidence 1; what is rejected is in `Account.rejected` alone; what is corrected is replaced,
    and a correction whose statement this reading does not have is added, because it brings its own words. A claim, an
    attribution or anything else about an incident of which every statement was rejected is left out.
    """
    mine = [j for j in judgements if _is_about(j, reading.document_id)]
    if not mine:
        return reading
    counting = in_force(reading, mine)
    accounts = (_judged_account(a, counting[a.key]) if a.key in counting else a for a in reading.accounts)
    return replace(reading, accounts=tuple(_still_told(accounts)))


def _is_about(judgement: Judgement, document_id: str) -> bool:
    subject = judgement.subject
    return isinstance(subject, StatementAnchor) and subject.account.document_id == document_id


def _still_told(accounts: Iterable[Account]) -> Iterator[Account]:
    for account in accounts:
        if account.statements or account.about is None or not account.rejected:
            yield account


def judged(incident: Incident, judgements: Iterable[Judgement]) -> Incident:
    """The incident with its accounts, and those about it, as they stand after the judgements, given oldest first."""
    given = tuple(judgements)
    readings = {id(t.reading): judged_reading(t.reading, given) for t in incident.accounts}
    if all(readings[id(t.reading)] is t.reading for t in incident.accounts):
        return incident
    return replace(incident, accounts=tuple(judged_told(t, readings[id(t.reading)]) for t in incident.accounts))


def judged_told(told: Told, reading: Reading) -> Told:
    """The account as it is in this reading, which is the told one's after judgements."""
    return replace(told, reading=reading, account=next(a for a in reading.accounts if a.key == told.account.key))


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """Two accounts of which a judgement counts, as they are in the current readings."""

    judgement: Judgement
    one: AccountRef
    other: AccountRef


def judged_pairs(
    judgements: Sequence[Judgement], find: Callable[[AccountAnchor], AccountRef | None]
) -> list[JudgedPair]:
    """What counts of every two accounts: the latest judgement of them; the newest first, of `judgements` oldest first.

    `find` gives the account of the current readings, None where it is not told any more. A judgement of one account
    and itself, which a reader that joins what was two makes of it, says nothing.
    """
    found: dict[frozenset[AccountRef], JudgedPair] = {}
    for judgement in reversed(judgements):
        if not judgement.stands or not isinstance(judgement.subject, Pairing):
            continue
        ones, others = ([ref for a in side if (ref := find(a))] for side in _sides(judgement.subject))
        for one, other in product(ones, others):
            if one != other:
                found.setdefault(frozenset((one, other)), JudgedPair(judgement, one, other))
    return list(found.values())


def _sides(pairing: Pairing) -> tuple[tuple[AccountAnchor, ...], tuple[AccountAnchor, ...]]:
    return pairing.ones, pairing.others


def constraints(pairs: Iterable[JudgedPair]) -> list[Constraint]:
    """What linking is told. Of a pair of which a person is unsure it is told nothing."""
    return [
        Constraint(
            pair.one,
            pair.other,
            same=pair.judgement.verdict == "same",
            decided=pair.judgement.signed.at.astimezone(UTC).isoformat(timespec="microseconds"),
            words=words_of(pair.judgement),
        )
        for pair in pairs
        if pair.judgement.verdict != "unsure"
    ]


def words_of(judgement: Judgement) -> str:
    """Who decided, when and why, on one line."""
    signed = judgement.signed
    return f"{judgement.verdict}, said {signed.by} on {signed.at.date()}: {signed.reason}"
