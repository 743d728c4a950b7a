"""Links between people and incidents that the text states; a comparison is none.

Relatives are given by their kinship, never by name, and only where the text ties them to the act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from ascribe.model import Account, CodeValue, Document, PersonValue, Statement
from ascribe.readings.context.making import CONFIDENCE, account, clause_end, clause_start, dated, nearest, stated
from ascribe.readings.context.ties import Ties
from ascribe.readings.context.words import CONNECTIONS, ContextWords
from ascribe.readings.sentences import Sentence

_RULE = "connection"
_NEAR = 70  # characters from a person to the words for what links them
_BY_PERSON = ("contact", "handler")  # links of which the person is the subject
_OF_ACT = ("network", "precursor")
_LEAD = re.compile(
    r"(?:(?:an?|the|his|her|their|two|three|four|five|one|several|alleged|suspected|\d{1,2})\s+){1,3}$", re.I
)
_WHOSE = re.compile(r"(?:\b(?:his|her|their)|[’']s?)\s+(?:\w+\s+){0,2}$")


def connections(document: Document, ties: Ties, words: ContextWords) -> Iterator[Account]:
    """The links of a document, in the order of the text within each type."""
    numbers: dict[str, Iterator[int]] = {}
    text = document.text
    for code in CONNECTIONS:
        seen: set[int] = set()
        for sentence, match in ties.matches(code, words.connections[code]):
            if sentence.start in seen or _is_none(text, sentence, match.end(), words):
                continue
            made = _link(document, code, match, sentence, ties, words)
            if made is None:
                continue
            seen.add(sentence.start)
            incident, statements = made
            number = next(numbers.setdefault(incident.key, count(1)))
            key = f"{incident.key}.connection.{number}"
            yield account(document, key, "connection", statements, sentence, incident.key)


def _is_none(text: str, sentence: Sentence, until: int, words: ContextWords) -> bool:
    """Whether the words up to the link deny it or only compare."""
    start = clause_start(text, sentence.start, until)
    denied = words.connections["denied"].search(text, start, until)
    return (
        denied is not None
        or words.connections["comparisons"].search(text, start, min(until + 12, sentence.end)) is not None
    )


def _link(
    document: Document, code: str, match: re.Match[str], sentence: Sentence, ties: Ties, words: ContextWords
) -> tuple[Account, list[Statement]] | None:
    text = document.text
    person: tuple[PersonValue, int, int] | None = None
    if code not in _OF_ACT:
        tie = ties.person(sentence)
        if tie is None or tie.person is None:
            return None
        if code in _BY_PERSON and not 0 <= match.start() - tie.end < _NEAR:
            return None
        incident, person = tie.incident, (tie.person, tie.start, tie.end)
    else:
        found = ties.incident_of(sentence)
        if found is None:
            return None
        incident = found
    other = _other(text, code, match, sentence, words)
    if other is None:
        return None
    statements = [
        Statement("type", CodeValue(code), (document.quote(*match.span()),), rule=_RULE, confidence=CONFIDENCE)
    ]
    if person is not None:
        evidence = document.quote(person[1], person[2])
        statements.append(Statement("person", person[0], (evidence,), rule=_RULE, confidence=CONFIDENCE))
    statements.append(stated(document, "other", *other, _RULE))
    mention = nearest((d for d in ties.dates(sentence) if abs(d.start - match.end()) < 60), match.start())
    when = dated(document, mention) if mention and code not in _OF_ACT else None
    return incident, [*statements, when] if when else statements


def _other(
    text: str, code: str, match: re.Match[str], sentence: Sentence, words: ContextWords
) -> tuple[int, int] | None:
    """The words for the other side of a link; None where the sentence does not make it one."""
    start, end = match.span()
    if code == "family":
        whose = _WHOSE.search(text, max(sentence.start, start - 40), start)
        near = max(sentence.start, start - _NEAR), min(sentence.end, end + _NEAR)
        tied = words.connections["family_ties"].search(text, *near)
        return (start, end) if whose and tied else None
    if code == "precursor":
        to = clause_end(text, end, sentence.end)
        acts = words.connections["acts"].search(text, end, to)
        return (end + len(text[end:to]) - len(text[end:to].lstrip()), to) if acts else None
    if code == "contact":
        to = clause_end(text, end, sentence.end)
        begin = end + len(text[end:to]) - len(text[end:to].lstrip())
        return (begin, to) if begin < to else None
    lead = _LEAD.search(text, max(sentence.start, start - 40), start)
    return (lead.start() if lead else start), end
