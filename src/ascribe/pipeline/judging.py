"""Judgements -> casebook: stored, linked anew, and what they changed noted, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ascribe.exports.summary import summarise
from ascribe.incidents import AccountRef
from ascribe.incidents.judging import JudgedPair, find_account, find_statement, in_force, judged_pairs
from ascribe.model import (
    AccountAnchor,
    Change,
    Incident,
    Judgement,
    Pairing,
    Signature,
    Statement,
    StatementAnchor,
    Told,
    Verdict,
    Weighing,
)
from ascribe.pipeline.judged import Finder, judged_incidents
from ascribe.pipeline.linking import link

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook


def judge(
    casebook: Casebook,
    verdict: Verdict,
    subject: Pairing | StatementAnchor,
    signed: Signature,
    correction: Statement | None = None,
) -> tuple[Judgement, tuple[Change, ...]]:
    """Store a judgement, link anew, and note what this changed: all of it in one transaction, or none."""
    with casebook.together():
        near = _near(casebook, subject)
        before = _state(casebook, near)
        made = casebook.judgements.add(verdict, subject, signed, correction)
        return made, _relinked(casebook, made, near, before, withdrawal=False)


def withdraw(casebook: Casebook, id_or_prefix: str, signed: Signature) -> tuple[Judgement, tuple[Change, ...]]:
    """Withdraw a judgement, link anew, and note what this changed: all of it in one transaction, or none."""
    with casebook.together():
        near = _near(casebook, casebook.judgements.find(id_or_prefix).subject)
        before = _state(casebook, near)
        made = casebook.judgements.withdraw(id_or_prefix, signed)
        return made, _relinked(casebook, made, near, before, withdrawal=True)


_State = dict[tuple[str, str], str]  # incident and property -> what is shown; "" is the property of the accounts


def _relinked(
    casebook: Casebook, made: Judgement, near: frozenset[str], before: _State, *, withdrawal: bool
) -> tuple[Change, ...]:
    link(casebook)
    changed = _changes(before, _state(casebook, near), membership_only=isinstance(made.subject, Pairing))
    casebook.judgements.note(made.id, changed, withdrawal=withdrawal)
    return changed


def _near(casebook: Casebook, subject: Pairing | StatementAnchor) -> frozenset[str]:
    """The documents that tell of the incidents that a judgement is about: what it changes is told by one of them."""
    accounts = (*subject.ones, *subject.others) if isinstance(subject, Pairing) else (subject.account,)
    judged = {a.document_id for a in accounts}
    return frozenset(judged.union(t.document.id for i in casebook.incidents(documents=judged) for t in i.accounts))


def _state(casebook: Casebook, documents: frozenset[str]) -> _State:
    """What is shown of the incidents that these documents tell of."""
    state: _State = {}
    for incident in judged_incidents(casebook, documents):
        names = sorted(f"{t.document.id[:12]}/{t.account.key}" for t in incident.accounts)
        state[incident.id, ""] = ", ".join(names)
        for thing in summarise(incident, casebook.schema).things():
            for prop in thing.properties:
                words = "; ".join(prop.property.type.show(s.value) for s in prop.shown)
                path = prop.property.path
                state[incident.id, path] = "; ".join(filter(None, (state.get((incident.id, path), ""), words)))
    return state


def _changes(before: _State, after: _State, *, membership_only: bool) -> tuple[Change, ...]:
    """What differs: the accounts of incidents, and the values of those incidents that are there before and after."""
    both = {incident for incident, _ in before} & {incident for incident, _ in after}
    return tuple(
        Change(*key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*before, *after))
        if before.get(key, "") != after.get(key, "") and (not key[1] or (not membership_only and key[0] in both))
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A judgement that has no effect as things are, or a pair of which somebody is unsure; `why` says so in a line."""

    judgement: Judgement
    why: str


def waiting(casebook: Casebook) -> Iterator[Waiting]:
    """The judgements that somebody should look at, oldest first.

    They are kept: one whose words are read again later has its effect again.
    """
    standing = casebook.judgements.standing()
    finder = Finder(casebook)
    pairs = judged_pairs(standing, finder.ref)
    home = {AccountRef.of(told): incident.id for incident, told in _incidents_of(casebook, pairs)}
    for judgement in standing:
        if isinstance(judgement.subject, Pairing):
            reasons = _pairing_waits(judgement, judgement.subject, finder, pairs, home)
        else:
            reasons = _statement_waits(judgement, judgement.subject, finder, standing)
        yield from (Waiting(judgement, why) for why in dict.fromkeys(reasons))


def _incidents_of(casebook: Casebook, pairs: Sequence[JudgedPair]) -> Iterator[tuple[Incident, Told]]:
    documents = {ref.document_id for pair in pairs for ref in (pair.one, pair.other)}
    for incident in casebook.incidents(documents=documents):
        yield from ((incident, told) for told in incident.accounts)


def _pairing_waits(
    judgement: Judgement,
    pairing: Pairing,
    finder: Finder,
    pairs: Sequence[JudgedPair],
    home: dict[AccountRef, str],
) -> Iterator[str]:
    for anchor in (*pairing.ones, *pairing.others):
        if finder.ref(anchor) is None:
            yield f"no account of {name_of(anchor)} rests on these words now: “{anchor.anchor.quote}”"
    for pair in pairs:
        if pair.judgement is not judgement:
            continue
        together = pair.one in home and home[pair.one] == home.get(pair.other)
        names = f"{_short(pair.one)} and {_short(pair.other)}"
        if judgement.verdict == "unsure":
            yield f"{names} are {'one incident' if together else 'two incidents'} as the machine has it; nobody decided"
        elif together != (judgement.verdict == "same"):
            yield f"{names}: later judgements say otherwise"


def _statement_waits(
    judgement: Judgement, anchor: StatementAnchor, finder: Finder, standing: Sequence[Judgement]
) -> Iterator[str]:
    reading = finder.reading(anchor.account.document_id)
    account = find_account(anchor.account, reading)
    if account is None:
        yield f"no account of {name_of(anchor.account)} rests on these words now: “{anchor.account.anchor.quote}”"
        return
    if isinstance(anchor, Weighing):
        if find_statement(anchor, account, judgement.verdict) is None:
            yield _not_read(anchor)
        return
    for one in in_force(reading, standing)[account.key]:
        if one.judgement is judgement and one.at is None and judgement.correction is None:
            yield _not_read(anchor)


def _not_read(anchor: StatementAnchor) -> str:
    quotes = ", ".join(f"“{e.quote}”" for e in anchor.evidence)
    return f"{anchor.property} is not read so from {quotes} now"


def name_of(anchor: AccountAnchor) -> str:
    """The name of an account as it was when it was judged."""
    return f"{anchor.document_id[:12]}/{anchor.key}"


def _short(ref: AccountRef) -> str:
    return f"{ref.document_id[:12]}/{ref.key}"
