"""Invented stories with claims and attributions, as accounts made by hand."""

from __future__ import annotations

from datetime import date

from telling import a_document, about, an_incident, said, told

from ascribe.model import ActorValue, CodeValue, DateValue, Document, Incident, Statement, TextValue, Told, Value

ASH, REED = ActorValue("Ash Front"), ActorValue("Reed Front")


def day(written: str, last: str | None = None, rule: str = "") -> DateValue:
    """A day, or the days from one to another."""
    start, end = date.fromisoformat(written), date.fromisoformat(last or written)
    return DateValue(start, end, "day" if start == end else "interval", rule)


class Story:
    """One document that tells of one incident."""

    def __init__(
        self, text: str, acted: DateValue | None = None, published: str | None = None, *, copy_of: str | None = None
    ) -> None:
        self.document: Document = a_document(text, published=published, near_copy_of=copy_of)
        first = text.split(maxsplit=1)[0]
        statements = [said(self.document, "date", acted, first)] if acted else []
        statements.append(said(self.document, "status", CodeValue("carried_out"), first))
        self._accounts = [an_incident(self.document, *statements)]

    def state(self, prop: str, value: Value | str, quote: str, **more: object) -> Statement:
        """A statement with its words; a bare string is text."""
        return said(self.document, prop, TextValue(value) if isinstance(value, str) else value, quote, **more)

    def add(self, kind: str, *statements: Statement) -> Story:
        """A claim, an attribution or a person's status about the incident."""
        self._accounts.append(about(self.document, kind, *statements, key=f"i1.{len(self._accounts)}"))
        return self

    def claim(self, quote: str, *by: ActorValue, when: DateValue | None = None, **texts: str) -> Story:
        """A claim in these words."""
        statements = [self.state("status", CodeValue("claimed"), quote), *(self.state("by", a, quote) for a in by)]
        statements += [self.state("date", when, quote)] if when else []
        statements += [self.state(prop, text, quote) for prop, text in texts.items()]
        return self.add("claim", *statements)

    def told(self) -> list[Told]:
        """The account of the incident, in its reading."""
        return told(self.document, *self._accounts)


def incident(*stories: Story) -> Incident:
    """One incident that these documents tell of."""
    return Incident("one", tuple(t for s in stories for t in s.told()))
