"""What a person types -> a statement with its words: by the schema's types, and by the readers' own normalisers."""

from __future__ import annotations

import re
from dataclasses import replace

from ascribe.errors import AscribeError, SchemaError
from ascribe.languages import language
from ascribe.model import (
    Account,
    ActorValue,
    DateValue,
    Document,
    Evidence,
    PersonValue,
    PlaceValue,
    Statement,
    Value,
)
from ascribe.registers.groups import group_register
from ascribe.registers.places import place_register
from ascribe.registers.ranking import Place
from ascribe.schema import Property

RULE = "judgement"  # how a corrected value says that a person gave it
_NEGATIVE = re.compile(r"\s*(?:[-\u2212]|minus\b)", re.IGNORECASE)
_MOST_WORDS = 12  # of a quote that is not found, as many are shown


def corrected(
    document: Document, account: Account, statement: Statement, prop: Property, written: str, quote: str | None
) -> Statement:
    """The statement with the value that a person wrote, resting on a quote of the document, or else on its own words.

    Voice and stance stay as they were: who says it does not change with what they are found to say. SchemaError where
    the words are no value of this property, AscribeError where the quote does not stand in the document.
    """
    value = typed_value(prop, written, document, statement.value)
    evidence = statement.evidence if quote is None else (quoted(document, quote, account.anchor),)
    made = replace(statement, value=value, evidence=evidence, origin="stated", rule=RULE, confidence=1.0, judged=None)
    prop.check(made)
    return made


def typed_value(prop: Property, written: str, document: Document, before: Value | None = None) -> Value:
    """The value of a property that these words mean: in the forms in which values are shown, or as a text puts them.

    `before` is the value in whose place it is to stand. SchemaError, naming the forms, where they mean none.
    """
    if not written.strip():
        raise SchemaError(f"{prop.path}: give a value; to take one away, reject it")
    for code in prop.codes:
        if written.strip().casefold() in (code.code.casefold(), code.label.casefold()):
            return prop.type.parse(code.code)
    try:
        value = prop.type.parse(written)
    except SchemaError:
        read = _as_in_a_text(prop, written, document)
        if read is None:
            raise
        return read
    if isinstance(value, PlaceValue):
        return _on_the_map(value, before)
    if isinstance(value, ActorValue):
        return _in_the_register(value, document)
    if isinstance(value, PersonValue):
        return _also_known_as(value, before)
    return replace(value, rule=RULE) if isinstance(value, DateValue) else value


def _as_in_a_text(prop: Property, written: str, document: Document) -> Value | None:
    """What a reader would make of the words: "at least a dozen", "11 December 2018", "on Tuesday"."""
    if prop.type.name == "count" and not _NEGATIVE.match(written):
        from ascribe.readings.counts import count_value, find_counts  # noqa: PLC0415 - loaded on use

        told = f"{written} people"  # words without a number ("the driver") would be read as one person
        return count_value(written, language("en")) if find_counts(told, 0, len(told), language("en")) else None
    if prop.type.name == "date":
        from ascribe.readings.dates import resolve_date  # noqa: PLC0415 - loaded on use

        published = document.publication.when if document.publication else None
        return resolve_date(written, published, (), language("en"))
    return None


def _on_the_map(value: PlaceValue, before: Value | None) -> PlaceValue:
    """With country, level and coordinates, where the register knows the place; a site is known by its name alone."""
    if isinstance(before, PlaceValue) and before.level == "site":
        return replace(value, level="site", country=value.country or before.country)
    country = value.country or (before.country if isinstance(before, PlaceValue) else None)
    known = place_register().look_up(value.name)
    found: Place | None = next((p for p in known if p.country == country), None)
    if found is None and value.country is None:
        found = next(iter(known), None)
    if found is None:
        return value
    exact = found.level in ("site", "city")
    return PlaceValue(
        value.name,
        found.level,
        found.country,
        found.latitude if exact else None,
        found.longitude if exact else None,
        found.id,
    )


def _in_the_register(value: ActorValue, document: Document) -> ActorValue:
    day = document.publication.when.end if document.publication else None
    found = group_register().certain(value.name, day.year if day else None)
    return replace(value, register_id=found.id if found else None)


def _also_known_as(value: PersonValue, before: Value | None) -> PersonValue:
    """With the names that it was read under, which stand in the text: whoever is withheld is withheld by those too."""
    if not isinstance(before, PersonValue) or not before.named:
        return value
    names = (before.name, *before.variants)
    return replace(value, variants=tuple(n for n in dict.fromkeys(names) if n != value.name))


def quoted(document: Document, quote: str, near: Evidence) -> Evidence:
    """The place of a quote in a document: of several the one nearest to an account's anchor.

    White space may differ, because words are often copied from where lines break otherwise.
    """
    words = quote.split()
    if not words:
        raise AscribeError("the quote is empty; give words of the document")
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = min(
        pattern.finditer(document.text), key=lambda m: max(near.start - m.end(), m.start() - near.end, 0), default=None
    )
    if found is None:
        shown = " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
        raise AscribeError(f"these words do not stand in {document.name}: “{shown}”; copy them from `ascribe show`")
    return document.quote(found.start(), found.end())
