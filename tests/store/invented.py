"""Invented documents with readings of them: the same number gives the same document, on every machine."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Document,
    Evidence,
    PageMark,
    PersonValue,
    PlaceValue,
    Publication,
    Reading,
    Skipped,
    Statement,
    TextValue,
    Value,
    Voice,
    sha256,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Told = tuple[Document, bytes, Reading]


def document_of(text: str, name: str = "invented/report.txt", **more: object) -> tuple[Document, bytes]:
    """A document with this text, and its bytes."""
    data = text.encode()
    return Document(sha256(text), sha256(data), name, text, "text", **more), data  # type: ignore[arg-type]


def words(document: Document, quote: str) -> Evidence:
    """The first place of these words."""
    start = document.text.index(quote)
    return document.quote(start, start + len(quote))


def said(document: Document, property_id: str, value: Value, quote: str, **more: object) -> Statement:
    """A statement with its words."""
    return Statement(property_id, value, (words(document, quote),), **more)  # type: ignore[arg-type]


def story(number: int, version: str = "1") -> Told:
    """Two paragraphs about one incident with a claim, an attribution and a person's fate; offsets past an emoji."""
    killed = 1 + number % 40
    text = (
        f"💥 Report r{number}x\n\n"
        f"On 3 May 2021 a bomb exploded at the Café Zëta in Velnik; at least {killed} people died, "
        f"agency N{number} said.\n\n"
        f"The Northern Front claimed the attack on its channel Signal {number}. "
        f"Police hold the Red Column responsible. Ilo Vesk, a suspect, was arrested. Nobody said how many were hurt."
    )
    published = Publication(DateValue(date(2021, 5, 4), date(2021, 5, 4), "day", "absolute"), "dateline")
    document, data = document_of(
        text,
        f"invented/{number}.txt",
        title=f"Report {number}",
        language="en",
        publication=published,
        pages=(PageMark(0, 1),),
        notes=("dashes mended",),
        restricted=number % 7 == 3,
    )
    day = DateValue(date(2021, 5, 3), date(2021, 5, 3), "day", "absolute")
    front, column = ActorValue("Northern Front", "northern-front"), ActorValue("Red Column")
    agency = Voice("according_to", f"agency N{number}")
    incident = Account(
        "1",
        "incident",
        (
            said(document, "date", day, "3 May 2021", rule="absolute"),
            said(document, "place", PlaceValue("Velnik", "city", "XV", 10.5, -3.25, "g1"), "Velnik", confidence=0.75),
            said(document, "sites", PlaceValue("Café Zëta", "site"), "Café Zëta"),
            said(document, "tactics", CodeValue("bombing"), "bomb exploded"),
            said(document, "killed", CountValue(killed, None, "at_least"), f"at least {killed} people", voice=agency),
            said(document, "wounded", CountValue(None, None, "unknown"), "Nobody said how many were hurt"),
            said(document, "perpetrators", PersonValue("Ilo Vesk", True, ("Vesk",)), "Ilo Vesk", stance="suspected"),
        ),
        words(document, "a bomb exploded"),
        (words(document, "the attack"),),
    )
    claim = Account(
        "1c",
        "claim",
        (
            said(document, "by", front, "Northern Front", voice=Voice("quoted", "Northern Front", True)),
            said(document, "outlets", TextValue(f"Signal {number}"), f"Signal {number}"),
        ),
        words(document, "claimed the attack"),
        about="1",
    )
    held = Account(
        "1a",
        "attribution",
        (said(document, "actor", column, "Red Column", stance="suspected", origin="inferred"),),
        words(document, "hold the Red Column responsible"),
        about="1",
    )
    fate = Account(
        "1p",
        "person_status",
        (
            said(document, "person", PersonValue("Ilo Vesk"), "Ilo Vesk"),
            said(document, "status", CodeValue("arrested"), "was arrested"),
        ),
        words(document, "was arrested"),
        about="1",
    )
    skipped = (Skipped("table 1", "a table without a header; look at it by hand"),)
    return document, data, Reading(document.id, "invented", version, (incident, claim, held, fate), skipped)
