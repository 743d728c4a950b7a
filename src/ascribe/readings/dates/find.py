"""Find date expressions: every pattern's matches, the longest at each place, joined where two make a range."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ascribe.languages import Language
from ascribe.readings.dates.grammar import Builder, date_grammar
from ascribe.readings.dates.phrases import Phrase

_JOINT = re.compile(r"\s*(-|–|—|to|until|till|through|and|into)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever\s+)?since\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.IGNORECASE)
_LEANING = re.compile(r"(?:before|after)\Z", re.IGNORECASE)
_GAP = re.compile(r"[^\S\n][A-Za-z \xa0]{0,30}")
_OPENABLE = ("day", "month", "year", "season", "day_of_month")


def _candidates(
    text: str, patterns: Sequence[tuple[re.Pattern[str], Builder]], language: Language
) -> Iterator[tuple[int, int, int, Phrase]]:
    words = date_grammar(language).words
    for order, (pattern, builder) in enumerate(patterns):
        for match in pattern.finditer(text):
            phrase = builder(match, words) if match.end() > match.start() else None
            if phrase is not None and phrase.end > phrase.start:
                yield phrase.start, -phrase.end, order, phrase


def _trimmed(text: str, phrase: Phrase) -> Phrase:
    start, end = phrase.start, phrase.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return replace(phrase, start=start, end=end) if (start, end) != (phrase.start, phrase.end) else phrase


def _longest(text: str, candidates: Iterator[tuple[int, int, int, Phrase]]) -> list[Phrase]:
    kept: list[Phrase] = []
    for *_, phrase in sorted(candidates, key=lambda c: c[:3]):
        if not kept or phrase.start >= kept[-1].end:
            kept.append(_trimmed(text, phrase))
    return kept


def _range(text: str, first: Phrase, second: Phrase) -> Phrase | None:
    """Two days with a dash or "to" between them (or "between" before and "and" between) as one range."""
    if first.form != "day" or second.form != "day" or first.last_day or second.last_day:
        return None
    joint = _JOINT.fullmatch(text, first.end, second.start)
    if joint is None:
        return None
    if joint[1].lower() == "and" and not _BETWEEN.search(text, max(0, first.start - 16), first.start):
        return None
    year = first.year or second.year
    start = replace(first, year=year)
    if first.year is None and second.year and (first.month or 0) > (second.month or 0):
        start = replace(first, year=second.year - 1)
    return replace(start, end=second.end, form="day_range", until=second)


def _opened(text: str, phrase: Phrase) -> Phrase:
    """ "since 1998" has no end, "until May" no start."""
    if phrase.form not in _OPENABLE:
        return phrase
    before = text[max(0, phrase.start - 12) : phrase.start]
    if since := _SINCE.search(before):
        return replace(phrase, start=phrase.start - len(since.group()), open_side="end")
    if until := _UNTIL.search(before):
        return replace(phrase, start=phrase.start - len(until.group()), open_side="start")
    return phrase


def _leaning(text: str, phrase: Phrase, following: Phrase) -> Phrase:
    """ "two days before Christmas", "the eve of the vote of 23 November": the shift starts from the date that follows."""
    if phrase.form != "shift" or following.form not in ("day", "holiday") or phrase.open_side:
        return phrase
    leads = _LEANING.search(text, phrase.start, phrase.end) and _GAP.fullmatch(text, phrase.end, following.start)
    return replace(phrase, until=following) if leads else phrase


def find_phrases(text: str, language: Language) -> list[Phrase]:
    """The date expressions of a text in order, not overlapping; what they mean is not yet known."""
    joined: list[Phrase] = []
    for phrase in _longest(text, _candidates(text, date_grammar(language).patterns, language)):
        both = _range(text, joined[-1], phrase) if joined else None
        if both is not None:
            joined[-1] = both
        else:
            joined.append(phrase)
    opened: list[Phrase] = []
    for phrase in joined:
        wider = _opened(text, phrase)
        fits = not opened or wider.start >= opened[-1].end
        opened.append(wider if fits else phrase)
    pairs = zip(opened, opened[1:], strict=False)
    return [*(_leaning(text, phrase, following) for phrase, following in pairs), *opened[-1:]]


def marked_phrase(words: str, language: Language) -> Phrase | None:
    """What words that somebody marked as a date say; weaker patterns are tried where the others find nothing."""
    grammar = date_grammar(language)
    found = find_phrases(words, language)
    if found and any(p.form != "vague" for p in found):
        precise = [p for p in found if p.form not in ("vague", "year")]
        return (precise or found)[0]
    loose = _longest(words, _candidates(words, grammar.loose, language))
    return replace(loose[0], loose=True) if loose else (found[0] if found else None)
