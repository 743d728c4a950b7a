"""Find date expressions: every pattern's matches, the longest at each place, joined where two make a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ascribe.languages import Language
from ascribe.readings.dates.grammar import date_grammar
from ascribe.readings.dates.patterns import Trigger
from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.pieces import Builder
from ascribe.readings.dates.words import Words

# No expression begins further before its telling word, or ends further behind it.
_LEAD, _TRAIL = 72, 88
_LONGEST_WORD = 24
_WORD = re.compile(r"[A-Za-z]+|\d+")
_JOINT = re.compile(r"\s*(-|–|—|to|until|till|through|and|into)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:ever\s+)?since\s+$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till)\s+$", re.IGNORECASE)
_LEANING = re.compile(r"(?:before|after)\Z", re.IGNORECASE)
_LEADING = re.compile(r"(?:before|after|following|\bof(?:\s+the)?)\s*\Z", re.IGNORECASE)
_TOUCHING = re.compile(r"\s*")
_LAST = re.compile(r"\s+(last\s+)?", re.IGNORECASE)
_BESIDE_YEAR = re.compile(r"\s*[,:(]\s*(?:(?:on|in|at)\s+)?(?:the\s+)?", re.IGNORECASE)
_LEANT_ON = ("day", "holiday", "nth_weekday", "shift", "vague")
_NAME = re.compile(r"\s+(?:the\s+)?[A-Z]")
_GAP = re.compile(r"[^\S\n][A-Za-z \xa0]{0,30}")
_OPENABLE = ("day", "month", "year", "season", "day_of_month")


def _near(text: str, language: Language) -> dict[Trigger, list[tuple[int, int]]]:
    """The stretches around telling words, where alone the patterns are tried."""
    known = date_grammar(language).triggers
    stretches: dict[Trigger, list[tuple[int, int]]] = {}
    for match in _WORD.finditer(text):
        word = match.group()
        kinds = _of_figure(text, match) if word[0].isdigit() else known.get(word.lower(), ())
        for kind in kinds:
            start, end = _whole_words(text, max(0, match.start() - _LEAD), min(len(text), match.end() + _TRAIL))
            found = stretches.setdefault(kind, [])
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return stretches


def _of_figure(text: str, match: re.Match[str]) -> Iterator[Trigger]:
    word, after = match.group(), text[match.end() : match.end() + 2].lower()
    if len(word) == 4 and word[:2] in ("19", "20"):
        yield "year"
    if after in ("st", "nd", "rd", "th"):
        yield "ordinal"
    if after[:1] == "s":
        yield "year"
    if after[:1] in ("-", "/", ".") and after[1:].isdigit():
        yield "figure"
    if len(word) == 2 and match.start() > 0 and text[match.start() - 1] in "-–—/ ":
        yield "year"


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch whose end is moved out of a word that it would cut, as far as words go."""
    for _ in range(_LONGEST_WORD):
        if end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()):
            break
        end += 1
    return start, end


def _candidates(text: str, language: Language) -> Iterator[tuple[int, int, int, Phrase]]:
    """Every match of every pattern near its telling words, with the order in which it wins."""
    grammar = date_grammar(language)
    near = _near(text, language)
    for order, (pattern, builder, kind) in enumerate(grammar.patterns):
        for stretch in near.get(kind, ()):
            for match in pattern.search.finditer(text, *stretch):
                yield from _built(match, builder, grammar.words, order)


def _built(match: re.Match[str], builder: Builder, words: Words, order: int) -> Iterator[tuple[int, int, int, Phrase]]:
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


def _leaning(text: str, phrase: Phrase, following: Phrase) -> Phrase | None:
    """ "two days before Christmas", "the day after 5 May", "five years ago last Friday" as one date."""
    if phrase.open_side or phrase.until is not None:
        return None
    if phrase.form == "ago":
        return _ago_from(text, phrase, following)
    if phrase.form not in ("shift", "beside") or following.form not in _LEANT_ON:
        return None
    between = text[phrase.end : following.start]
    if _TOUCHING.fullmatch(between):
        leads = _LEADING.search(text, phrase.start, phrase.end) is not None
    else:
        leads = _LEANING.search(text, phrase.start, phrase.end) is not None and _GAP.fullmatch(between) is not None
    return replace(phrase, end=following.end, until=following) if leads else None


def _in_year(text: str, year: Phrase, phrase: Phrase) -> Phrase:
    """ "in 1986, on 19 April": the year stands just before."""
    bare = phrase.form in ("day", "month", "day_range", "holiday", "nth_weekday") and not phrase.year
    if not bare or phrase.pointer or phrase.year_pointer or year.form != "year" or year.part or year.open_side:
        return phrase
    return replace(phrase, year=year.year) if _BESIDE_YEAR.fullmatch(text, year.end, phrase.start) else phrase


def _ago_from(text: str, phrase: Phrase, following: Phrase) -> Phrase | None:
    joint = _LAST.fullmatch(text, phrase.end, following.start)
    if joint is None or following.form not in ("weekday", "holiday", "period"):
        return None
    if following.form == "holiday":
        following = replace(following, year_pointer="lately") if joint[1] else following
    elif following.pointer not in ("last", "this", "next"):
        return None
    return replace(phrase, end=following.end, until=following)


def find_phrases(text: str, language: Language) -> list[Phrase]:
    """The date expressions of a text in order, not overlapping; what they mean is not yet known."""
    joined: list[Phrase] = []
    for phrase in _longest(text, _candidates(text, language)):
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
    leant: list[Phrase] = []
    for found in opened:
        phrase = _in_year(text, leant[-1], found) if leant else found
        both = _leaning(text, leant[-1], phrase) if leant else None
        if both is not None:
            leant[-1] = both
        else:
            leant.append(phrase)
    return [_grounded(text, phrase) for phrase in leant]


def _grounded(text: str, phrase: Phrase) -> Phrase:
    """ "the Thursday before Advent", "the eve of the vote": it is not told when the named day was."""
    if phrase.until is not None or phrase.form not in ("beside", "shift"):
        return phrase
    named = phrase.form == "beside" and _NAME.match(text, phrase.end) is not None
    eve = phrase.form == "shift" and "eve of" in text[phrase.start : phrase.end].lower()
    return replace(phrase, form="vague") if named or eve else phrase


def marked_phrase(words: str, language: Language) -> Phrase | None:
    """What words that somebody marked as a date say; weaker patterns are tried where the others find nothing."""
    grammar = date_grammar(language)
    found = find_phrases(words, language)
    if found and any(p.form != "vague" for p in found):
        precise = [p for p in found if p.form not in ("vague", "year")]
        return (precise or found)[0]
    weak = (
        candidate
        for order, (pattern, builder) in enumerate(grammar.loose)
        for match in pattern.search.finditer(words)
        for candidate in _built(match, builder, grammar.words, order)
    )
    loose = _longest(words, weak)
    return replace(loose[0], loose=True) if loose else (found[0] if found else None)
