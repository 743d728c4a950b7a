"""Invented stories for tests: documents, statements and a small reader whose behaviour is plain from its patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ascribe.model import (
    AUTHOR,
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    PersonValue,
    PlaceValue,
    Publication,
    Reading,
    Statement,
    TextValue,
    Told,
    Value,
    Voice,
    sha256,
)

TOWNS = {
    "Harlow Ferry": PlaceValue("Harlow Ferry", "city", "GB", 51.51, -0.13),
    "Port Amsel": PlaceValue("Port Amsel", "city", "FR", 48.86, 2.35),
    "Amsel-le-Port": PlaceValue("Amsel-le-Port", "city", "FR", 48.87, 2.36),
    "Dar Qasim": PlaceValue("Dar Qasim", "city", "IQ", 33.31, 44.36),
    "Upper Lenn": PlaceValue("Upper Lenn", "region", "FR"),
}
CLAIMANT = Voice("according_to", "the Ash Front", perpetrator_side=True)


def a_document(
    text: str,
    name: str = "story.txt",
    published: str | None = None,
    *,
    restricted: bool = False,
    near_copy_of: str | None = None,
) -> Document:
    """A document as if it had been loaded."""
    day = date.fromisoformat(published) if published else None
    publication = Publication(DateValue(day, day), "given") if day else None
    return Document(
        sha256(text),
        sha256(text),
        name,
        text,
        "text",
        publication=publication,
        restricted=restricted,
        near_copy_of=near_copy_of,
    )


def said(document: Document, prop: str, value: Value, quote: str, **more: object) -> Statement:
    """A statement whose evidence is the first place where the quote stands."""
    start = document.text.index(quote)
    return Statement(prop, value, (document.quote(start, start + len(quote)),), **more)  # type: ignore[arg-type]


def an_incident(document: Document, *statements: Statement, key: str = "i1") -> Account:
    """An incident account anchored at the document's first words."""
    anchor = statements[0].evidence[0] if statements else document.quote(0, len(document.text))
    return Account(key, "incident", statements, anchor)


def about(document: Document, kind: str, *statements: Statement, key: str, incident: str = "i1") -> Account:
    """An account of another kind about an incident."""
    return Account(key, kind, statements, statements[0].evidence[0], about=incident)


def told(document: Document, *accounts: Account) -> list[Told]:
    """The incident accounts of a document in a reading that holds all the accounts."""
    reading = Reading(document.id, "plain", "1", accounts)
    return [Told(document, reading, a) for a in accounts if a.kind == "incident"]


_DAY = re.compile(r"\b(\d{4}-\d\d-\d\d)\b")
_KILLED = re.compile(r"killed (\d+)")
_TACTICS = {"bomb": "bombing", "shooting": "armed_assault", "knife": "stabbing"}
_CLAIM = re.compile(r"[Tt]he ((?:Ash|Reed) Front) claimed it")
_SUSPECT = re.compile(r"police suspect the ((?:Ash|Reed) Front)")
_ARREST = re.compile(r"([A-Z]\w+ [A-Z]\w+) was arrested")
_VICTIM = re.compile(r"killing ([A-Z]\w+ [A-Z]\w+)")


class PlainReader:
    """One incident a paragraph, where the paragraph names a known town and a tactic."""

    name = "plain"
    version = "1"
    fills = frozenset({"incident.date", "incident.place", "incident.tactics", "incident.killed", "claim.by"})

    def read(self, document: Document) -> Reading:
        """All paragraphs."""
        accounts = [a for m in re.finditer(r"[^\n]+", document.text) for a in self._paragraph(document, m)]
        return Reading(document.id, self.name, self.version, tuple(accounts))

    def _paragraph(self, document: Document, paragraph: re.Match[str]) -> Iterator[Account]:
        first, text = paragraph.start(), paragraph.group()
        town = next((t for t in TOWNS if t in text), None)
        tactic = next((t for t in _TACTICS if t in text), None)
        if town is None or tactic is None:
            return

        def stated(prop: str, value: Value, start: int, end: int, stance: str = "asserted") -> Statement:
            evidence = document.quote(first + start, first + end)
            return Statement(prop, value, (evidence,), AUTHOR, stance, rule="plain")  # type: ignore[arg-type]

        key = f"i{first}"
        found = [stated("status", CodeValue("carried_out"), text.index(tactic), text.index(tactic) + len(tactic))]
        if day := _DAY.search(text):
            when = date.fromisoformat(day[1])
            found.append(stated("date", DateValue(when, when, "day", "absolute"), *day.span(1)))
        found.append(stated("place", TOWNS[town], text.index(town), text.index(town) + len(town)))
        found.append(
            stated("tactics", CodeValue(_TACTICS[tactic]), text.index(tactic), text.index(tactic) + len(tactic))
        )
        if killed := _KILLED.search(text):
            found.append(stated("killed", CountValue(int(killed[1]), int(killed[1])), *killed.span(1)))
        found += [stated("perpetrators", PersonValue(m[1]), *m.span(1)) for m in _ARREST.finditer(text)]
        found += [stated("victims", PersonValue(m[1]), *m.span(1)) for m in _VICTIM.finditer(text)]
        anchor = document.quote(first, first + len(text))
        yield Account(key, "incident", tuple(found), anchor)
        for number, m in enumerate(_CLAIM.finditer(text)):
            claim = (stated("status", CodeValue("claimed"), *m.span()), stated("by", ActorValue(m[1]), *m.span(1)))
            yield Account(f"{key}c{number}", "claim", claim, claim[0].evidence[0], about=key)
            held = (stated("actor", ActorValue(m[1]), *m.span(1), "claimed_only"),)
            yield Account(f"{key}a{number}", "attribution", held, held[0].evidence[0], about=key)
        for number, m in enumerate(_SUSPECT.finditer(text)):
            view = (
                stated("actor", ActorValue(m[1]), *m.span(1), "suspected"),
                stated("holder", TextValue("police"), *m.span()),
            )
            yield Account(f"{key}s{number}", "attribution", view, view[0].evidence[0], about=key)
        for number, m in enumerate(_ARREST.finditer(text)):
            status = (
                stated("person", PersonValue(m[1]), *m.span(1)),
                stated("status", CodeValue("arrested"), *m.span()),
            )
            yield Account(f"{key}p{number}", "person_status", status, status[0].evidence[0], about=key)


class LaterPlainReader(PlainReader):
    """The same reader in a new version."""

    version = "2"


def plain_reader() -> PlainReader:
    """For engines, which need something that pickles."""
    return PlainReader()


def later_plain_reader() -> LaterPlainReader:
    """The new version."""
    return LaterPlainReader()
