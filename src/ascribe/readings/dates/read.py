"""Read the dates of a document, of a marked span, or of words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ascribe.languages import Language
from ascribe.model import DateValue
from ascribe.readings.dates.find import find_phrases, marked_phrase
from ascribe.readings.dates.phrases import DateKind, Phrase
from ascribe.readings.dates.resolve import resolve
from ascribe.readings.dates.setting import Setting, Told

# what may stand between the start of a sentence and a year that opens it: "In ", "By the end of "
_OPENING = re.compile(
    r"(?:\A|[.!?:;\n][\"”’)]*\s*)(?:(?:And\s+|But\s+)?(?:In|By|At|During|Early|Late)\s+"
    r"(?:[a-z]+\s+){0,4}['’]?"
    r"|(?:[A-Z][a-z]+\s+){0,2})$"
)
_OPENING_LEAD = 48
_ASIDE_LEAD = 60
_BRACKET = re.compile(r"\([^()\n]*\Z")
# rules of dates that name their year by its distance from the publication: "last year", "three years ago"
_FROM_NOW = ("last_", "this_", "next_", "years_before_publication", "months_before_publication")
_PARAGRAPH = re.compile(r"\n\s*")
# A date further back than this many mentions is no longer what the text is telling of.
_MEMORY = 40
_LONGEST_MARK = 400
_DAYS_OF_DIGEST = 5
_HEADING_LEAD = 16
_DATELINE = re.compile(r"(?:\A|\n)[A-Z][\w.’' -]{2,30},\s*\Z")
_DATELINE_LEAD = 40


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
    heading: bool = False
    passing: bool = False
    aside: bool = False
    inner: DateMention | None = None


@lru_cache
def _aftermath(language: Language) -> re.Pattern[str]:
    """The words before the day of what came of an act, to be sought at the end of a text."""
    words = "|".join(re.escape(w) for w in language.dates.aftermath)
    return re.compile(rf"\b(?:{words})\b[^.;:()\n]{{0,40}}\Z")


def _is_aside(text: str, phrase: Phrase, language: Language) -> bool:
    """Whether a date closes a bracket, or is the day of what came of an act."""
    lead = max(0, phrase.start - _ASIDE_LEAD)
    if _aftermath(language).search(text, lead, phrase.start):
        return True
    return _BRACKET.search(text, lead, phrase.start) is not None and text[phrase.end : phrase.end + 1] == ")"


def _is_dated(phrase: Phrase, value: DateValue | None, setting: Setting) -> bool:
    """Whether the year of a resolved date comes from the text."""
    if value is None:
        return False
    leans_on = phrase.until.year if phrase.until else None
    if phrase.year is not None or leans_on is not None or "discourse" in value.rule:
        return True
    if phrase.form != "holiday" and value.rule in ("that_year", "following_year", "previous_year"):
        return True
    if value.rule.startswith(_FROM_NOW):
        return phrase.unit not in ("day", "week", "weekend") and (
            phrase.form in ("period", "ago") or (phrase.form != "weekday" and value.precision == "day")
        )
    if "publication" in value.rule or value.precision == "year":
        return False
    base = next((t for t in reversed(setting.before) if t.daylike or t.value.precision == "month"), None)
    return base is not None and base.dated


def _is_heading(text: str, phrase: Phrase) -> bool:
    """Whether the expression is a line of its own or opens one and is closed by a full stop or a colon."""
    if _DATELINE.search(text, max(0, phrase.start - _DATELINE_LEAD), phrase.start) and phrase.form == "day":
        return re.match(r"\s*[:—–-]", text[phrase.end : phrase.end + 4]) is not None
    lead = text[max(0, phrase.start - _HEADING_LEAD) : phrase.start]
    line = lead[lead.rfind("\n") + 1 :]
    opens = line.strip(" \t#*-(") == "" and (len(line) < len(lead) or phrase.start <= _HEADING_LEAD)
    return opens and (
        phrase.end >= len(text) or re.match(r"\)?\s*(?:[.:]|\n|\Z)", text[phrase.end : phrase.end + 4]) is not None
    )


def _is_passing(text: str, phrase: Phrase, value: DateValue | None, setting: Setting) -> bool:
    """Whether a bare year stands inside a sentence instead of opening it."""
    if value is None or value.precision not in ("year", "interval") or phrase.form in ("month", "part_of_month"):
        return False
    if phrase.form == "period" and phrase.pointer in ("this", "last") and not setting.is_news:
        return False
    if phrase.form not in ("year", "period"):
        return True
    return _OPENING.search(text[max(0, phrase.start - _OPENING_LEAD) : phrase.start]) is None


def _mention(text: str, phrase: Phrase, setting: Setting, language: Language) -> DateMention:
    value, kind = resolve(phrase, setting)
    return DateMention(
        phrase.start,
        phrase.end,
        value,
        value.rule if value else phrase.form,
        kind if value else "vague",
        dated=_is_dated(phrase, value, setting),
        heading=_is_heading(text, phrase),
        passing=_is_passing(text, phrase, value, setting),
        aside=_is_aside(text, phrase, language),
        inner=_inner(text, phrase, setting, language),
    )


def _inner(text: str, phrase: Phrase, setting: Setting, language: Language) -> DateMention | None:
    """The date that the expression leans on, where it stands in the text as such."""
    until = phrase.until
    if until is None or phrase.form not in ("shift", "beside") or until.start <= phrase.start:
        return None
    return _mention(text, until, setting, language)


def _order_of_figures(phrases: Sequence[Phrase], text: str) -> list[Phrase]:
    """Dates in figures, with the order of day and month that the other ones of the document show."""
    open_ones = [p for p in phrases if p.form == "either_order"]
    if not open_ones:
        return list(phrases)
    day_first = month_first = False
    for phrase in phrases:
        if phrase.form == "day" and "/" in text[phrase.start : phrase.end] and phrase.year:
            lead = text[phrase.start : phrase.end].split("/", maxsplit=1)[0]
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


def _is_digest(phrases: Sequence[Phrase]) -> bool:
    """Whether a text goes through the days of a week."""
    return len({p.weekday for p in phrases if p.form == "weekday"}) >= _DAYS_OF_DIGEST


def find_dates(text: str, anchor: DateValue | None, language: Language) -> list[DateMention]:
    """Every date expression of a text in order, not overlapping, resolved.

    `anchor` is the publication date; where it is a month or a year, what leans on it is as wide.
    """
    mentions: list[DateMention] = []
    told: list[Told] = []
    heading: Told | None = None
    at = paragraph = 0
    phrases = _order_of_figures(find_phrases(text, language), text)
    digest = _is_digest(phrases)
    for phrase in phrases:
        paragraph += _breaks(text, at, phrase.start)
        at = phrase.start
        mention = _mention(text, phrase, Setting(anchor, told, digest, paragraph, heading), language)
        mentions.append(mention)
        if mention.value is not None and not phrase.open_side:
            told = [*told[-_MEMORY:], _told(mention, paragraph)]
            heading = told[-1] if mention.heading else heading
    return mentions


def _told(mention: DateMention, paragraph: int) -> Told:
    assert mention.value is not None
    return Told(mention.value, mention.dated, paragraph, mention.passing, mention.heading, mention.aside)


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
    return resolve(phrase, Setting(anchor, told))[0]


def resolve_marked(
    text: str, start: int, end: int, mentions: Sequence[DateMention], anchor: DateValue | None, language: Language
) -> DateValue | None:
    """The interval that the marked words `text[start:end]` mean; `mentions` are the document's, from `find_dates`."""
    touched = [m for m in mentions if m.start < end and start < m.end]
    inside = [m.inner if m.inner and start >= m.inner.start else m for m in touched]
    inside = [m for m in inside if m.value is not None]
    whole = [m for m in inside if not (_is_open(m) and m.start < start)]
    if whole:
        return max(whole, key=lambda m: _fit(m, start, end)).value
    told: list[Told] = []
    heading: Told | None = None
    at, paragraph = start, 0
    for mention in reversed([m for m in mentions if m.end <= start][-_MEMORY:]):
        paragraph -= _breaks(text, mention.start, at)
        at = mention.start
        if mention.value is not None and not _is_open(mention):
            told.append(_told(mention, paragraph))
            heading = heading or (told[-1] if mention.heading else None)
    phrase = marked_phrase(text[start : min(end, start + _LONGEST_MARK)], language)
    return resolve(phrase, Setting(anchor, told[::-1], headed=heading))[0] if phrase else None


def _is_open(mention: DateMention) -> bool:
    return mention.value is not None and None in (mention.value.start, mention.value.end)


def _breaks(text: str, start: int, end: int) -> int:
    """How many new paragraphs begin between two places."""
    return len(_PARAGRAPH.findall(text, start, end))


def _fit(mention: DateMention, start: int, end: int) -> tuple[bool, bool, int, int]:
    """Days before months and years, then named years, then the most shared characters."""
    assert mention.value is not None
    shared = min(end, mention.end) - max(start, mention.start)
    return mention.value.precision in ("day", "days"), mention.dated, shared, -mention.start
