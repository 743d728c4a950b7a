"""What stands around incidents in the casebook: contacts before, responses after, links; and uses of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ascribe.analysis.said import Said, first_day, fold, in_order, originals, said_about
from ascribe.model import Account, DateValue, Document, Incident, Told

Around = Literal["contact", "response", "connection"]


@dataclass(frozen=True, slots=True)
class Line:
    """One contact, response or link about an incident, as one document tells it."""

    incident: Incident
    kind: Around
    account: Account
    said: tuple[Said, ...]

    @property
    def when(self) -> DateValue | None:
        """When it was, as far as the text goes."""
        found = self.get("date")
        return found.statement.value if found and isinstance(found.statement.value, DateValue) else None

    @property
    def document(self) -> Document:
        """The document that tells it."""
        return self.said[0].document

    def get(self, property_id: str) -> Said | None:
        """What is said of one property; None where the text does not say it."""
        return next((s for s in self.said if s.statement.property == property_id), None)


def lines(incident: Incident, kind: Around) -> list[Line]:
    """All that is told of one kind about an incident, by date, the undated last; reprints are left out."""
    return sorted(_lines(incident, kind), key=lambda line: (first_day(line.when), line.account.anchor.start))


def _lines(incident: Incident, kind: Around) -> Iterator[Line]:
    for told in originals(in_order(incident.accounts)):
        for account, said in said_about(told, kind):
            held = tuple(
                s for s in said if s.statement.origin != "unsupported" and s.statement.stance != "hypothetical"
            )
            if held:
                yield Line(incident, kind, account, held)


@dataclass(frozen=True, slots=True)
class Use:
    """One or several uses of a term by one speaker in one document; `speaker` is None for the author."""

    told: Told
    term: str
    speaker: str | None
    use: str | None
    when: DateValue | None


def uses(told: Iterable[Told], names: Iterable[str]) -> list[Use]:
    """The uses of a term, which may go by several names, among term accounts: by the time of the use, else by when its
    document was published, the undated last. A reprint says nothing that its original does not.
    """
    wanted = {fold(name) for name in names}
    accounts = [t for t in told if t.account.kind == "term"]
    there = {t.document.id for t in accounts}
    found = []
    for one in accounts:
        term = _text(one.account, "term")
        if term is not None and fold(term) in wanted and one.document.near_copy_of not in there:
            speaker, use = _text(one.account, "speaker"), one.account.first("use")
            date = one.account.first("date")
            when = date.value if date and isinstance(date.value, DateValue) else None
            code = getattr(use.value, "code", None) if use else None
            found.append(Use(one, term, speaker, code, when))
    return sorted(found, key=_order)


def _text(account: Account, property_id: str) -> str | None:
    statement = account.first(property_id)
    return getattr(statement.value, "text", None) if statement else None


def _order(use: Use) -> tuple[int, str, int]:
    published = use.told.document.publication
    day = use.when or (published.when if published else None)
    return first_day(day), use.told.document.id, use.told.account.anchor.start
