"""What surrounds an incident, as every reader ends with it: found by rules, beside what the model gave of the sort."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ascribe.model import Account, Document, Evidence, Reading
from ascribe.readings.context import with_context


def with_surroundings(reading: Reading, document: Document) -> Reading:
    """The reading with the contacts, responses, links and terms that rules find and the model did not give.

    What rests on the same words as something of the same kind that the model gave, and that was believed, is left out.
    """
    if document.language not in (None, "en"):
        return reading
    given = [(a.kind, e) for a in reading.accounts for e in _believed(a)]
    taken = {a.key for a in reading.accounts}
    found = with_context(document, reading.accounts)[len(reading.accounts) :]
    new = (a for a in found if not any(kind == a.kind and _meet(e, w) for kind, e in given for w in _words(a)))
    return replace(reading, accounts=(*reading.accounts, *(_renamed(a, taken) for a in new)))


def _believed(account: Account) -> Iterator[Evidence]:
    return (e for s in account.statements if s.origin != "unsupported" for e in s.evidence)


def _words(account: Account) -> Iterator[Evidence]:
    return (e for s in account.statements for e in s.evidence)


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.start < other.end and other.start < one.end


def _renamed(account: Account, taken: set[str]) -> Account:
    """The account under a key that no other has; nothing is ever about one of these."""
    key = next(k for n in range(len(taken) + 1) if (k := account.key if not n else f"{account.key}.{n}") not in taken)
    taken.add(key)
    return replace(account, key=key)
