"""Accounts -> incidents: what is new is compared with what is there, and only what it touches is grouped anew."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING

from ascribe.incidents.blocking import keys
from ascribe.incidents.features import Features, features_of, from_json, to_json
from ascribe.incidents.judging import judged_reading, judged_told
from ascribe.incidents.names import successor
from ascribe.incidents.pairs import linked
from ascribe.incidents.weights import version
from ascribe.model import Judgement, StatementAnchor, Told
from ascribe.pipeline.judged import linking_constraints
from ascribe.pipeline.regrouping import Decisions, regroup

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook, Links

_DOCUMENTS = 500  # whose accounts are taken in at once


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What came of linking: how many incidents there are, how many accounts were looked at, and what was joined.

    `joined` has the ids that no incident bears any more, each with the one that it leads to now.
    """

    incidents: int
    accounts: int = 0
    joined: tuple[tuple[str, str], ...] = ()


def link(casebook: Casebook, *, anew: bool = False) -> LinkReport:
    """Link the accounts that are new or were changed, in one transaction; `anew` compares everything again.

    The incidents depend on the accounts and on what people decided, not on the order in which they came, nor on how
    often this was called. Their ids do: an incident keeps the id that it got first. What another version of linking
    made is made anew.
    """
    links = casebook.links
    with casebook.together():
        if anew or links.made_by() != version():
            links.start_over(version())
        judgements = casebook.judgements.all()
        decisions = Decisions.of(linking_constraints(casebook), filter(_of_statement, judgements))
        news = decisions.judged_anew(links)
        documents = {*links.waiting(), *links.documents(_document(j) for j in judgements if j.id in news)}
        standing = [j for j in judgements if j.stands]
        touched: set[int] = set()
        for part in _parts(sorted(documents)):
            touched |= _take_in(links, part, standing)
        decisions = decisions.located(links)
        joined = regroup(links, touched | decisions.changed, decisions)
        decisions.keep(links)
        links.waited()
        return LinkReport(links.incidents(), len(touched), joined)


def _of_statement(judgement: Judgement) -> bool:
    return isinstance(judgement.subject, StatementAnchor)


def _document(judgement: Judgement) -> str:
    """The document of whose statements somebody decided something: its accounts may read otherwise now."""
    return judgement.subject.account.document_id if isinstance(judgement.subject, StatementAnchor) else ""


def _parts(numbers: Collection[int]) -> Iterator[list[int]]:
    rest = iter(numbers)
    while part := list(islice(rest, _DOCUMENTS)):
        yield part


def _take_in(links: Links, documents: list[int], judgements: Collection[Judgement]) -> set[int]:
    """Bring what is kept of these documents' accounts up to date, with their links; the accounts that this touches."""
    now = {account: (document, told) for document, account, told in _features(links, documents, judgements)}
    before = {account: from_json(kept) for account, kept in links.features_in(documents).items()}
    gone = [account for account, features in before.items() if account not in now or now[account][1] != features]
    partners = {side for kept in links.links_of(gone) for side in (kept.one, kept.other)} - set(gone)
    new = {account: pair for account, pair in now.items() if account in gone or account not in before}
    founders = {name.number: name.account for name in links.names(accounts=gone) if name.account in now}
    links.forget(gone)
    sought: dict[int, Collection[str]] = {}
    rows = []
    for account, (document, features) in new.items():
        offers, sought[account] = keys(features)
        rows.append((document, account, to_json(features), offers))
    links.keep(rows)
    for number, account in founders.items():
        if account is not None:
            links.refound(number, account, now[account][1].start, now[account][1].end)
    _find_founders(links, documents, now)
    pairs = links.found(sought)
    compared = _kept(links, {n for pair in pairs for n in pair} - set(now))
    compared.update((account, f) for account, (_, f) in now.items())
    links.add_links((f.one, f.other, f.weight, f.outcomes) for f in linked(compared, pairs))
    return partners | set(gone) | set(now)


def _features(
    links: Links, documents: list[int], judgements: Collection[Judgement]
) -> Iterator[tuple[int, int, Features]]:
    """Document, account and features of the documents' current accounts, as they are after what people decided."""
    for document, group in groupby(links.told(documents), key=lambda row: row[0]):
        rows = list(group)
        told = _judged([row[2] for row in rows], judgements)
        yield from ((document, row[1], f) for row, f in zip(rows, features_of(told), strict=True))


def _judged(told: list[Told], judgements: Collection[Judgement]) -> list[Told]:
    reading = judged_reading(told[0].reading, judgements)
    return told if reading is told[0].reading else [judged_told(t, reading) for t in told]


def _kept(links: Links, accounts: Collection[int]) -> dict[int, Features]:
    return {account: from_json(kept) for account, kept in links.features(accounts).items()}


def _find_founders(links: Links, documents: list[int], now: Mapping[int, tuple[int, Features]]) -> None:
    """Give the ids whose founder is no more to the account that took its place, or to one of the same incident."""
    for name in links.names(documents=documents):
        if name.account in now:
            continue
        here = {account: features for account, (document, features) in now.items() if document == name.document}
        heir = successor(name.incident_id, name.start, name.end, here)
        found = here.get(heir) if heir is not None else None
        if found is None:
            home = links.home_called(name.incident_id)
            others = _kept(links, home.accounts) if home else {}
            heir = min(others, key=lambda n: others[n].earliest, default=None)
            found = others.get(heir) if heir is not None else None
        if heir is not None and found is not None:
            links.refound(name.number, heir, found.start, found.end)
