"""A statement where it stands, and small things that every analysis asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascribe.model import Account, ActorValue, CodeValue, DateValue, Document, Incident, Reading, Statement, Told

NOT_SAID_TO_BE_SO = frozenset({"denied", "hypothetical"})
_UNDATED = 9_999_999


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with the document, the reading and the account that it stands in."""

    document: Document
    reading: Reading
    account: Account
    statement: Statement

    @property
    def words(self) -> str:
        """The words that it rests on, on one line."""
        return " … ".join(" ".join(e.quote.split()) for e in self.statement.evidence)

    @property
    def published(self) -> DateValue | None:
        """When its document was published."""
        return published(self.document)


def published(document: Document) -> DateValue | None:
    """When a document was published, as far as that is known."""
    return document.publication.when if document.publication else None


def first_day(when: DateValue | None) -> int:
    """The first possible day as an ordinal, to sort by; what has no day comes last."""
    day = (when.start or when.end) if when else None
    return day.toordinal() if day else _UNDATED


def in_order(told: Iterable[Told]) -> list[Told]:
    """The earliest published first, the undated last; ties by the document and the place in it."""
    return sorted(told, key=lambda t: (first_day(published(t.document)), t.document.id, t.account.anchor.start))


def originals(told: Sequence[Told]) -> list[Told]:
    """Without those whose document reprints another one that is there: ten reprints are one source."""
    there = {t.document.id for t in told}
    return [t for t in told if t.document.near_copy_of not in there]


def said_about(told: Told, kind: str) -> Iterator[tuple[Account, list[Said]]]:
    """The accounts of one kind about an incident account, each with its statements."""
    for account in told.reading.about(told.account.key, kind):
        yield account, [Said(told.document, told.reading, account, s) for s in account.statements]


def same_actor(one: ActorValue, other: ActorValue) -> bool:
    """Whether two names are one actor: by the register, else by the name regardless of case."""
    known = one.register_id is not None and one.register_id == other.register_id
    return known or fold(one.name) == fold(other.name)


def fold(words: str) -> str:
    """Words for comparison: without case and superfluous blanks."""
    return " ".join(words.casefold().split())


def incident_date(incident: Incident) -> DateValue | None:
    """The narrowest date that an account gives for the act; the earliest published one among equals."""
    dates = [
        s.value
        for told in in_order(incident.accounts)
        for s in told.account.values("date")
        if isinstance(s.value, DateValue) and s.stance not in NOT_SAID_TO_BE_SO
    ]
    return min(dates, key=_width, default=None)


def _width(when: DateValue) -> int:
    return (when.end - when.start).days if when.start and when.end else _UNDATED


def narrowest(dates: Iterable[DateValue | None]) -> DateValue | None:
    """The narrowest of several dates."""
    return min((d for d in dates if d is not None), key=_width, default=None)


def codes(incident: Incident, property_id: str) -> list[str]:
    """The codes that any account of the incident asserts for one of its properties, in the order of the reports."""
    found = [
        s.value.code
        for told in in_order(incident.accounts)
        for s in told.account.values(property_id)
        if isinstance(s.value, CodeValue) and s.stance not in NOT_SAID_TO_BE_SO
    ]
    return list(dict.fromkeys(found))
