"""Dates: the words are a date, and the day is one that they can mean."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ascribe.errors import SchemaError
from ascribe.model import DateValue
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import YEAR, Ground
from ascribe.readings.marks import Mark
from ascribe.schema.types import value_type

_FIGURE = re.compile(r"\d")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the calendar gives what the model says. What is kept is always reckoned here, never the model's own.

    Words such as "10 October" or "the next day" lean on another date, and which one the model may tell better than
    rules: then any date of the text is tried, and the outcome that agrees is kept as inferred, and left undecided
    where the calendar itself gives another one.
    """
    mark = Mark(checked.start, checked.end, "date")
    words = " ".join(ground.text[checked.start : checked.end].split())
    read = ground.setting.date(mark)
    said = _said(checked.fact.value)
    if said is None:
        return checked if read else checked.fails("date", f"{words!r} is no date, and neither is the value")
    if read is not None and agree(said, read):
        return checked
    possible_dates = ground.possible_dates(checked.start, checked.end)
    for alike in (_equal, _nearly):
        possible = next((d for d in possible_dates if alike(said, d)), None)
        if possible is not None and not _is_other_year(ground, checked, possible, read):
            inferred = "the words leave open which date they are reckoned from"
            undecided = f"the calendar gives {value_type('date').show(read)}" if read is not None else ""
            return replace(checked, date=possible, inferred=inferred, undecided=undecided)
    if read is None:
        prop = checked.fact.prop
        beside = _beside(ground, checked, said) if prop is not None and prop.kind != "incident" else None
        return beside or checked.fails("date", f"{words!r} is no date")
    if _is_other_week(said, read, words, ground):
        chosen = replace(said, rule="weekday_of_another_week")
        return replace(checked, date=chosen, inferred="the words name the day of the week, not which week")
    return checked.fails("date", f"{words!r} gives {value_type('date').show(read)}, not {checked.fact.value}")


def _is_other_year(ground: Ground, checked: Checked, possible: DateValue, read: DateValue | None) -> bool:
    """Whether "10 October" is put into a year that nothing leads to: not the last one named before, nor that of the
    publication or of the words as the calendar reads them."""
    if _FIGURE.search(ground.text, checked.start, checked.end) is None or possible.start is None:
        return False
    named = [int(y[0]) for y in YEAR.finditer(ground.text, 0, checked.end)]
    leading = {day.year for value in (read, ground.setting.anchor) if value and (day := value.start) is not None}
    return possible.start.year not in leading | set(named[-1:])


def _beside(ground: Ground, checked: Checked, said: DateValue) -> Checked | None:
    """The words of the same sentence that give the date, where the quote tells only what was done then ("claimed")."""
    sentence = ground.sentence(checked.fact.sentence)
    assert sentence is not None
    for mention in ground.setting.dates:
        inside = sentence.start <= mention.start and mention.end <= sentence.end
        if inside and mention.value is not None and _equal(said, mention.value):
            found = replace(checked, start=mention.start, end=mention.end)
            return replace(found, inferred="the date is that of other words of the sentence")
    return None


def _said(value: str) -> DateValue | None:
    kind = value_type("date")
    for form in (value, value.replace("/", " .. "), *_ISO.findall(value)[:1]):
        try:
            found = kind.parse(form)
        except SchemaError:
            continue
        assert isinstance(found, DateValue)
        return found
    return None


def _equal(one: DateValue, other: DateValue) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _nearly(said: DateValue, possible: DateValue) -> bool:
    """Whether a day is next to the one reckoned from a number of hours, weeks or months, which writers round."""
    rounded = possible.rule.startswith(("hour", "within", "week", "fortnight", "month"))
    if not rounded or said.start is None or said.start != said.end or possible.start is None:
        return False
    return abs((said.start - possible.start).days) <= 1


def agree(one: DateValue, other: DateValue) -> bool:
    """Whether two intervals overlap; an open end reaches as far as can be."""
    first, last = date.min, date.max
    return (one.start or first) <= (other.end or last) and (other.start or first) <= (one.end or last)


def _is_other_week(said: DateValue, read: DateValue, words: str, ground: Ground) -> bool:
    """Whether words that name a day of the week mean the day a week before or after the one read out of them."""
    weekdays = ground.setting.language.dates.weekdays
    named = {weekdays[w] for w in re.findall(r"[a-z]+", words.lower()) if w in weekdays}
    if None in (said.start, said.end, read.start, read.end) or said.start != said.end:
        return False
    assert said.start is not None
    assert read.start is not None
    return said.start.isoweekday() in named and abs((said.start - read.start).days) == 7
