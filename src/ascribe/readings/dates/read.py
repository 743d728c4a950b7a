"""Read the dates of a document, of a marked span, or of words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ascribe.languages import Language
from ascribe.model import DateValue
from ascribe.readings.dates.find import find_phrases, marked_phrase
from ascribe.readings.dates.phrases import DateKind, Phrase
from ascribe.readings.dates.resolve import Setting, Told, resolve

_PARAGRAPH = re.compile(r"\n\s*")
# A date further back than this many mentions is no longer what the text is telling of.
_MEMORY = 40
_LONGEST_MARK = 400


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression at `start:end` with its interval, None where the text does not tell which date it is.

    `rule` names the rule that resolved it; `kind` says from what: itself ("absolute"), the publication ("relative"),
    another date of the text ("event_relative", "anaphoric"), or nothing ("vague"). `dated` is true where the year
    stands in the text, here or in a date that this one leans on.
    """

    start: int
    end: int
    value: DateValue | None
    rule: str
    kind: DateKind
    dated: bool = False


def _is_dated(phrase: Phrase, value: DateValue | None, setting: Setting) -> bool:
    """Whether the year of a resolved date comes from the text."""
    if value is None:
        return False
    if phrase.year is not None:
        return True
    if "publication" in value.rule or value.rule.startswith(("last", "this", "next")):
        return False
    return bool(setting.before) and setting.before[-1].dated and "weekday" not in value.rule


def _mention(phrase: Phrase, setting: Setting) -> DateMention:
    value, kind = resolve(phrase, setting)
    rule = value.rule if value else phrase.form
    return DateMention(
        phrase.start, phrase.end, value, rule, kind if value else "vague", _is_dated(phrase, value, setting)
    )


def _order_of_figures(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """Dates in figures, with the order of day and month that the other ones of the document show."""
    open_ones = [p for p in phrases if p.form == "either_order"]
    if not open_ones:
        return list(phrases)
    day_first = month_first = False
    for phrase in phrases:
        if phrase.form == "day" and "/" in text[phrase.start : phrase.end] and phrase.year:
            lead = text[phrase.start : phrase.end].split("/")[0]
            if lead.isdigit():
                day_first |= int(lead) == phrase.day and int(lead) > 12
                month_first |= int(lead) == phrase.month and (phrase.day or 0) > 12
    if day_first == month_first:
        return list(phrases)
    settled = {
        id(p): replace(p, form="day") if day_first else replace(p, form="day", day=p.month, month=p.day)
        for p in open_ones
    }
    return [settled.get(id(p), p) for p in phrases]


def find_dates(text: str, anchor: DateValue | None, language: Language) -> list[DateMention]:
    """Every date expression of a text in order, not overlapping, resolved.

    `anchor` is the publication date; where it is a month or a year, what leans on it is as wide.
    """
    mentions: list[DateMention] = []
    told: list[Told] = []
    at = 0
    for phrase in _order_of_figures(find_phrases(text, language), text):
        if _PARAGRAPH.search(text, at, phrase.start):
            told = [replace(t, near=False) for t in told]
        at = phrase.end
        mention = _mention(phrase, Setting(anchor, told))
        mentions.append(mention)
        if mention.value is not None and not phrase.open_side:
            told = [*told[-_MEMORY:], Told(mention.value, mention.dated)]
    return mentions


def resolve_date(
    words: str, anchor: DateValue | None, before: Sequence[DateValue], language: Language
) -> DateValue | None:
    """The interval that marked words mean, or None.

    `before` are the dates that stand before the words in the text, the nearest last.
    """
    phrase = marked_phrase(words[:_LONGEST_MARK], language)
    if phrase is None:
        return None
    told = [Told(v, "publication" not in v.rule) for v in before]
    return _mention(phrase, Setting(anchor, told)).value


def resolve_marked(
    text: str, start: int, end: int, mentions: Sequence[DateMention], anchor: DateValue | None, language: Language
) -> DateValue | None:
    """The interval that the marked words `text[start:end]` mean; `mentions` are the document's, from `find_dates`."""
    inside = [m for m in mentions if m.start < end and start < m.end and m.value is not None]
    if inside:
        return max(inside, key=lambda m: _fit(m, start, end)).value
    told, at = [], start
    for mention in reversed([m for m in mentions if m.end <= start][-_MEMORY:]):
        near = not told_apart(text, mention.end, at)
        if mention.value is not None and mention.value.start and mention.value.end:
            told.append(Told(mention.value, mention.dated, near))
    phrase = marked_phrase(text[start : min(end, start + _LONGEST_MARK)], language)
    return resolve(phrase, Setting(anchor, told[::-1]))[0] if phrase else None


def told_apart(text: str, start: int, end: int) -> bool:
    """Whether a new paragraph begins between two places."""
    return _PARAGRAPH.search(text, start, end) is not None


def _fit(mention: DateMention, start: int, end: int) -> tuple[bool, int, int]:
    """Days before months and years, then the mention that shares most characters with the mark."""
    assert mention.value is not None
    shared = min(end, mention.end) - max(start, mention.start)
    return mention.value.precision in ("day", "days"), shared, -mention.start
