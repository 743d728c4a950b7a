"""Dealings of institutions with a perpetrator before the act: a warning, a questioning, a release, a lost file.

Neutral words: what was done and decided, never what should have been. Tied to a person of the incident by name, or by
"he" right after; what is told of relatives or of the time after the act is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from ascribe.model import Account, CodeValue, Document, Statement
from ascribe.readings.context.making import (
    CONFIDENCE,
    account,
    clause_end,
    clause_start,
    dated,
    nearest,
    stated,
    value_of,
)
from ascribe.readings.context.ties import Tie, Ties, is_after, is_before
from ascribe.readings.context.words import ContextWords
from ascribe.readings.sentences import Sentence

_NEAR = 70  # characters in which an institution may stand from the words for what it did
_OBJECT = 12  # characters between a verb and its object
_NAME = re.compile(r"\b[A-Z][\w’'-]+\s+[A-Z]")
_BETWEEN = ("warning", "report", "request")  # dealings that are none without an institution
_RULE = "contact"


def contacts(document: Document, ties: Ties, words: ContextWords) -> Iterator[Account]:
    """The institutional contacts of a document, in the order of the text."""
    numbers: dict[str, Iterator[int]] = {}
    text = document.text
    for sentence in ties.places["contacts"]:
        tie = ties.person(sentence)
        if tie is None:
            continue
        for code, (start, end) in _found(text, sentence, tie, ties, words).items():
            if code in _BETWEEN and _institution(text, sentence, start, end, words) is None:
                continue
            number = next(numbers.setdefault(tie.incident.key, count(1)))
            statements = list(_statements(document, code, (start, end), sentence, tie, ties, words))
            yield account(
                document, f"{tie.incident.key}.contact.{number}", "contact", statements, sentence, tie.incident.key
            )


def _found(text: str, sentence: Sentence, tie: Tie, ties: Ties, words: ContextWords) -> dict[str, tuple[int, int]]:
    """Each type of dealing that a sentence tells of, with its words."""
    if any(is_after(value_of(d), tie.incident) for d in ties.dates(sentence)):
        return {}
    if words.cues["after"].search(text, sentence.start, sentence.end):
        return {}
    found: dict[str, tuple[int, int]] = {}
    for code, search in words.contacts_own.items():
        for match in search.finditer(text, sentence.start, sentence.end):
            if _is_free(code, match, found) and _is_of_person(text, sentence, tie, match.start(), words):
                found[code] = match.span()
    for code, search in words.contacts_done.items():
        for match in search.finditer(text, sentence.start, sentence.end):
            told = _is_done_to(text, tie, match.span(), words)
            if (
                told
                and _is_free(code, match, found)
                and _is_told_before(text, sentence, match.span(), tie, ties, words)
            ):
                found[code] = match.span()
    return dict(sorted(found.items(), key=lambda f: f[1]))


def _is_free(code: str, match: re.Match[str], found: Mapping[str, tuple[int, int]]) -> bool:
    return code not in found and all(match.end() <= s or e <= match.start() for s, e in found.values())


def _is_told_before(
    text: str, sentence: Sentence, span: tuple[int, int], tie: Tie, ties: Ties, words: ContextWords
) -> bool:
    """Whether a verb is set before the act: by "had", by "the day before the attack", by a date beside it."""
    if words.cues["pluperfect"].search(text, max(sentence.start, span[0] - 40), span[0]):
        return True
    if words.cues["words"].search(text, sentence.start, sentence.end):
        return True
    return any(
        is_before(value_of(d), tie.incident) and value_of(d).precision != "year" and abs(d.start - span[1]) < _NEAR
        for d in ties.dates(sentence)
    )


def _is_done_to(text: str, tie: Tie, span: tuple[int, int], words: ContextWords) -> bool:
    """Whether the person is the one to whom it was done: the subject right before the verb, or the object after it."""
    start, end = span
    if 0 <= tie.start - end < _OBJECT:
        return True
    if tie.start >= start or start - tie.end > _NEAR or text[tie.start : tie.end].lower() in ("his", "her"):
        return False
    between = text[tie.end : start]
    return words.cues["others"].search(between) is None and _NAME.search(between) is None


def _is_of_person(text: str, sentence: Sentence, tie: Tie, at: int, words: ContextWords) -> bool:
    """Whether what is told at an offset is told of the person and not of a relative or of somebody beside them."""
    start = clause_start(text, sentence.start, at)
    begin = max(start, min(tie.start, at)) if tie.start < at else start
    return words.cues["others"].search(text, begin, at) is None


def _statements(
    document: Document,
    code: str,
    span: tuple[int, int],
    sentence: Sentence,
    tie: Tie,
    ties: Ties,
    words: ContextWords,
) -> Iterator[Statement]:
    start, end = span
    yield Statement("type", CodeValue(code), (document.quote(start, end),), rule=_RULE, confidence=CONFIDENCE)
    institution = _institution(document.text, sentence, start, end, words)
    if institution is not None:
        yield stated(document, "institution", *institution, _RULE)
    if tie.person is not None:
        evidence = document.quote(tie.start, tie.end)
        yield Statement("person", tie.person, (evidence,), rule=_RULE, confidence=CONFIDENCE)
    mention = nearest((d for d in ties.dates(sentence) if not is_after(value_of(d), tie.incident)), start)
    when = dated(document, mention) if mention else None
    if when is not None:
        yield when
    yield stated(document, "decision", start, clause_end(document.text, end, sentence.end), _RULE)


def _institution(text: str, sentence: Sentence, start: int, end: int, words: ContextWords) -> tuple[int, int] | None:
    """The institution nearest to the words for what it did, before or after them, in the same sentence."""
    low, high = max(sentence.start, start - 2 * _NEAR), min(sentence.end, end + _NEAR)
    found = [m.span() for m in words.institution.finditer(text, low, high)]
    return min(found, key=lambda s: max(s[0] - end, start - s[1], 0), default=None)
