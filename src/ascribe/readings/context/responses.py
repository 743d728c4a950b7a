"""What governments and offices did because of an incident, only where the text ties it to the incident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from ascribe.model import Account, Document, Statement
from ascribe.readings.context.making import account, clause_end, clause_start, dated, nearest, stated, value_of
from ascribe.readings.context.ties import Ties, is_before
from ascribe.readings.context.words import ContextWords
from ascribe.readings.sentences import Sentence

_FURTHEST = 110  # characters from the office to what it did
_RULE = "response"
_AUXILIARY = 30  # characters of "has since", "was promptly" between a country and what it did
# The name after an office: "President Roch Kabore", "the Justice Minister, Vincent Van Q".
_NAME = re.compile(r",?(?:\s+(?:[A-Z][\w’'-]*|van|de|der|al-[A-Z][\w’'-]*)){1,4}")


def responses(document: Document, ties: Ties, words: ContextWords) -> Iterator[Account]:
    """The policy responses of a document, in the order of the text."""
    numbers: dict[str, Iterator[int]] = {}
    text = document.text
    last_end = 0
    for sentence, match in ties.matches("measures", words.responses["measures"]):
        if match.start() < last_end:
            continue
        by = _by(text, sentence, match.start(), ties, words)
        incident = _incident(text, sentence, ties, words) if by else None
        if by is None or incident is None:
            continue
        dates = ties.dates(sentence)
        if any(is_before(value_of(d), incident) for d in dates):
            continue
        last_end = clause_end(text, match.end(), sentence.end)
        statements: list[Statement] = [
            stated(document, "by", *by, _RULE),
            stated(document, "measure", match.start(), last_end, _RULE),
        ]
        mention = nearest(dates, match.start())
        when = dated(document, mention) if mention else None
        statements += [when] if when else []
        number = next(numbers.setdefault(incident.key, count(1)))
        yield account(document, f"{incident.key}.response.{number}", "response", statements, sentence, incident.key)


def _by(text: str, sentence: Sentence, at: int, ties: Ties, words: ContextWords) -> tuple[int, int] | None:
    """Who did it: the office, institution or country before the verb, in the same clause."""
    start = max(clause_start(text, sentence.start, at), at - _FURTHEST)
    if words.responses["not_by"].search(text, start, at):
        return None
    offices = [m.span() for m in words.office.finditer(text, start, at)]
    if offices:
        begin, stop = offices[-1]
        name = _NAME.match(text, stop, at)
        return begin, name.end() if name else stop
    countries = [s for s in ties.setting.surroundings.spans if start <= s.start < at and s.level == "country"]
    if not countries or at - countries[-1].end > _AUXILIARY:
        return None
    return countries[-1].start, countries[-1].end


def _incident(text: str, sentence: Sentence, ties: Ties, words: ContextWords) -> Account | None:
    """The incident to which a sentence ties what was done: in so many words, or because its paragraph or the whole
    text speaks of one incident only.
    """
    if words.responses["ties"].search(text, sentence.start, sentence.end):
        return ties.incident_of(sentence) or ties.told_before(sentence)
    here = ties.spoken_of(sentence)
    if here is not None:
        return here
    only = ties.incidents[0] if len(ties.incidents) == 1 else None
    return only if only is not None and only.anchor.end <= sentence.start else None
