"""Every value held to the text: the checks in order, and what each one catches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ascribe.readings.llm.checks import (
    agreeing,
    claims,
    codes,
    counts,
    dates,
    evidence,
    incidents,
    names,
    polarity,
    stances,
)
from ascribe.readings.llm.facts import Checked, Fact
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.quoting import locate

Check = Callable[[Ground, Checked], Checked]

# What each check catches, for the docs and for whoever reads the reasons.
CHECKS = {
    "form": "the property is unknown, the code is not on its list, or the value is empty",
    "sentence": "the document has no sentence of this number",
    "quote": "the quote does not stand in the cited sentence",
    "instruction": "the sentence speaks to whoever reads the text by machine",
    "number": "the quote gives no number of people, or another one",
    "zero": "nothing in the quote says that there was nobody",
    "date": "the quote is no date, or none that it can mean is the value, or nothing leads to that year",
    "name": "the name stands neither in the text nor, for a group, in the register as another name",
    "place": "the quote does not name the place",
    "words": "the value says something else than the quote",
    "code": "the quote tells another code, or, with what else tells the incident, does not carry this one",
    "bare": "the quote tells no code at all (“the attack”, “people”)",
    "claim": "an involvement rests on the words of a claim alone",
    "harm": "the words around the number tell the wounded and not the killed, or the reverse",
    "polarity": "the words deny it, clear somebody of it, hold somebody responsible, or only imagine it",
    "incident": "the quote tells of another incident, or stands apart from all that tells its own",
}
_BY_TYPE: dict[str, Check] = {
    "count": counts.check,
    "date": dates.check,
    "person": names.person,
    "actor": names.actor,
    "place": names.place,
    "text": names.words,
    "code": codes.check,
}


def check_together(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Facts that have been checked one by one, held against each other."""
    placed = incidents.check(ground, checked)
    judged = evidence.check(ground, stances.check(ground, claims.check(placed)))
    return claims.with_their_status(agreeing.check(ground, judged))


def check_fact(ground: Ground, fact: Fact) -> Checked:
    """One fact by itself: quote, value and polarity. The first check that catches it is named."""
    checked = _located(ground, fact)
    if not checked.holds or fact.prop is None:
        return checked
    if not fact.value.strip():
        return checked.fails("form", "the value is empty")
    for check in (_BY_TYPE[fact.prop.type.name], polarity.check):
        checked = check(ground, checked)
        if not checked.holds:
            break
    return checked


def _located(ground: Ground, fact: Fact) -> Checked:
    checked = Checked(fact)
    sentence = ground.sentence(fact.sentence)
    if sentence is None:
        return checked.fails("sentence", f"the document has no sentence {fact.sentence}")
    found = locate(ground.text, sentence.start, sentence.end, fact.quote)
    if found is None:
        return checked.fails("quote", f"{fact.quote!r} does not stand in sentence {fact.sentence}")
    checked = replace(checked, start=found[0], end=found[1])
    if fact.sentence in ground.speaking:
        return checked.fails("instruction", "the sentence speaks to whoever reads the text by machine")
    return checked
