"""Small things that every finder of context needs: clauses, statements, where an account may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ascribe.model import Account, DateValue, Document, Statement, TextValue, Voice
from ascribe.readings.dates import DateMention
from ascribe.readings.lexicon import lexicon
from ascribe.readings.sentences import Sentence
from ascribe.readings.voices import voice_at

CONFIDENCE = 0.5
_CLAUSE_END = re.compile(r"[.;:—–()]|,\s|\s(?:and|but|while|although|because|which|who|when|after|before)\s")
_CLAUSE_START = re.compile(r"[;:—–()]\s*|,\s+(?:and|but|while|although)\s+|\s(?:but|while|although)\s+")
_LONGEST = 180


def clause_start(text: str, start: int, at: int) -> int:
    """Where the clause of an offset begins, no earlier than `start`."""
    found = start
    for match in _CLAUSE_START.finditer(text, start, at):
        found = match.end()
    return found


def clause_end(text: str, at: int, end: int) -> int:
    """Where the words after an offset end as one clause, no later than `end`."""
    stop = min(end, at + _LONGEST)
    found = _CLAUSE_END.search(text, at, stop)
    to = found.start() if found else stop
    while to > at and text[to - 1] in " ,.;:\n\t":
        to -= 1
    return max(to, at)


def stated(document: Document, property_id: str, start: int, end: int, rule: str) -> Statement:
    """A statement of words as they stand."""
    evidence = document.quote(start, end)
    return Statement(
        property_id, TextValue(" ".join(evidence.quote.split())), (evidence,), rule=rule, confidence=CONFIDENCE
    )


def dated(document: Document, mention: DateMention) -> Statement | None:
    """A statement of a date as it was resolved."""
    if mention.value is None:
        return None
    evidence = document.quote(mention.start, mention.end)
    return Statement("date", mention.value, (evidence,), rule=mention.value.rule, confidence=CONFIDENCE)


def nearest(dates: Iterable[DateMention], at: int) -> DateMention | None:
    """The date that stands nearest to an offset."""
    return min(dates, key=lambda d: abs(d.start - at), default=None)


def value_of(mention: DateMention) -> DateValue:
    """The value of a date that is known to have one."""
    assert mention.value is not None
    return mention.value


def account(
    document: Document, key: str, kind: str, statements: Sequence[Statement], sentence: Sentence, about: str | None
) -> Account:
    """An account in the voice of its sentence."""
    voice: Voice = voice_at(document.text, statements[0].evidence[0].start, lexicon("en"))
    said = tuple(
        s
        if voice.kind == "author"
        else Statement(s.property, s.value, s.evidence, voice, s.stance, s.origin, s.rule, s.confidence)
        for s in statements
    )
    anchor = document.quote(sentence.start, sentence.end)
    return Account(key, kind, said, anchor, (anchor,), about)
