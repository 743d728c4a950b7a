"""Dates told by their distance from the publication or from a date that stands before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ascribe.model import DateValue
from ascribe.readings.dates import calendar as cal
from ascribe.readings.dates.named import NAMED, Resolver
from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.setting import Resolved, Setting


def _weekday(phrase: Phrase, setting: Setting) -> Resolved:
    weekday, published, pointer = phrase.weekday or 1, setting.published, phrase.pointer
    if phrase.unit:
        return _weekday_of_week(phrase, setting)
    past, last = setting.history(), setting.last_day()
    if pointer == "the" and past is None and (last is None or not setting.is_news):
        pointer = None
    if pointer in ("that", "the", "following", "previous") or (past and pointer is None):
        base = past or (last.end if last else None)
        if base is None:
            return None, "vague"
        if pointer == "previous":
            return cal.one_day(cal.weekday_until(base, weekday), "weekday_before_told_day"), "event_relative"
        return cal.one_day(cal.weekday_from(base, weekday), "weekday_after_told_day"), "event_relative"
    if published is None:
        return None, "vague"
    if not setting.is_news:
        return None, "vague"
    if pointer == "next":
        after = cal.shifted(published, 1)
        return (cal.one_day(cal.weekday_from(after, weekday), "next_weekday"), "relative") if after else (None, "vague")
    until = cal.shifted(published, -1) if pointer == "last" or setting.is_digest else published
    found = cal.weekday_until(until, weekday) if until else None
    return cal.one_day(found, "weekday_before_publication"), "relative"


def _beside(phrase: Phrase, setting: Setting) -> Resolved:
    """ "the Saturday before Easter", "the week before", "the Monday following"."""
    base = _leant_on(phrase.until, setting) if phrase.until else setting.last_day()
    if base is None or base.start is None or base.end is None:
        return None, "vague"
    before = phrase.pointer == "previous"
    way = "before" if before else "after"
    near = cal.shifted(base.start, -1) if before else cal.shifted(base.end, 1)
    if near is None:
        return None, "vague"
    if phrase.weekday is None:
        far = cal.shifted(near, -6 if before else 6)
        first, last = (far, near) if before else (near, far)
        return cal.interval(first, last, f"week_{way}_told_day", "week"), "event_relative"
    day = cal.weekday_until(near, phrase.weekday) if before else cal.weekday_from(near, phrase.weekday)
    return cal.one_day(day, f"weekday_{way}_told_day"), "event_relative"


def _leant_on(phrase: Phrase, setting: Setting) -> DateValue | None:
    """The date that another one is told by."""
    resolver = NAMED.get(phrase.form) or RELATIVE.get(phrase.form)
    return resolver(phrase, setting)[0] if resolver else None


def _weekday_of_week(phrase: Phrase, setting: Setting) -> Resolved:
    """ "Thursday of last week"."""
    last = setting.last_day()
    base = setting.published if phrase.unit in ("last", "this", "next") else last.start if last else None
    if base is None or (phrase.unit in ("last", "this", "next") and not setting.is_news):
        return None, "vague"
    weeks = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(phrase.unit or "", 0)
    monday = cal.shifted(base, 7 * weeks - base.weekday())
    day = cal.shifted(monday, (phrase.weekday or 1) - 1) if monday else None
    return cal.one_day(day, "weekday_of_week"), "relative"


def _weekdays(phrase: Phrase, setting: Setting) -> Resolved:
    """ "the night of Friday to Saturday"."""
    last, kind = _weekday(replace(phrase, form="weekday", weekday=phrase.last_weekday), setting)
    if last is None or last.end is None:
        return None, "vague"
    return cal.interval(cal.weekday_until(last.end, phrase.weekday or 1), last.end, last.rule, "days"), kind


def _from_publication(setting: Setting, days: int, rule: str) -> DateValue | None:
    """So many days from the publication, as wide as the publication date is."""
    anchor = setting.anchor
    if anchor is None or anchor.start is None or anchor.end is None:
        return None
    return cal.interval(cal.shifted(anchor.start, days), cal.shifted(anchor.end, days), rule, anchor.precision)


def _days_away(phrase: Phrase, setting: Setting) -> Resolved:
    headed = setting.heading_day()
    if headed and headed.start and setting.published and headed.start <= setting.published:
        return cal.one_day(cal.shifted(headed.start, phrase.amount or 0), "days_from_heading"), "anaphoric"
    if phrase.amount == -1 and phrase.exact:
        return _from_publication(setting, -1, "night_before_publication"), "relative"
    return _from_publication(setting, phrase.amount or 0, "days_from_publication"), "relative"


def _overnight(phrase: Phrase, setting: Setting) -> Resolved:
    past = setting.history()
    if past and setting.last_day():
        return setting.last_day(), "anaphoric"
    today = _from_publication(setting, 0, "overnight")
    if today is None or today.start is None:
        return None, "vague"
    return cal.interval(cal.shifted(today.start, -1), today.end, "overnight", "days"), "relative"


def _stepped(value: DateValue, unit: str, amount: int, exact: bool, rule: str) -> DateValue | None:
    """An interval moved by whole units; weeks, months and years widen the result to what they can tell."""
    base = value.end if amount > 0 else value.start
    if base is None or value.start is None:
        return None
    if unit == "minute":
        return cal.one_day(base, rule)
    if unit == "hour":
        days = amount // 24 if amount > 0 else -(-amount // 24)
        return cal.one_day(cal.shifted(base, days), rule)
    if unit in ("day", "week", "fortnight"):
        days = amount * {"day": 1, "week": 7, "fortnight": 14}[unit]
        width = value.precision if value.precision not in cal.DAYLIKE else "day"
        if width == "day":
            return cal.one_day(cal.shifted(base, days), rule)
        return cal.interval(cal.shifted(value.start, days), cal.shifted(value.end or base, days), rule, width)
    months = amount * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = cal.month_steps(base.year, base.month, months)
    if exact:
        return cal.one_day(cal.real_day(year, month, base.day) or cal.real_day(year, month, 28), rule)
    return cal.month_of(year, month, rule) if unit == "month" else cal.year_of(year, rule)


def _ago(phrase: Phrase, setting: Setting) -> Resolved:
    if setting.anchor is None or phrase.unit is None:
        return None, "vague"
    rule = f"{phrase.unit}s_before_publication"
    if phrase.until is not None:
        return _ago_from(phrase, _leant_on(phrase.until, setting), rule), "relative"
    headed = setting.heading_day()
    if headed and phrase.unit == "day":
        return _stepped(headed, "day", -(phrase.amount or 0), exact=True, rule="days_before_heading"), "anaphoric"
    return _stepped(setting.anchor, phrase.unit, -(phrase.amount or 0), phrase.exact, rule), "relative"


def _ago_from(phrase: Phrase, base: DateValue | None, rule: str) -> DateValue | None:
    """ "five years ago last Friday", "forty years ago this month"."""
    if base is None or base.start is None or phrase.unit not in ("year", "week"):
        return None
    if phrase.unit == "week":
        return _stepped(base, "week", -(phrase.amount or 0), exact=True, rule=rule)
    first = cal.same_day_years_on(base.start, -(phrase.amount or 0))
    if first is None or base.precision == "month":
        return cal.month_of(first.year, first.month, rule) if first else None
    if base.precision == "week":
        return cal.week_of(first, rule)
    return cal.one_day(first, rule) if base.precision == "day" else None


def _shift(phrase: Phrase, setting: Setting) -> Resolved:
    unit, amount = phrase.unit or "day", phrase.amount or 0
    way = "after" if amount > 0 else "before"
    if phrase.until is not None:
        base = _leant_on(phrase.until, setting)
    elif unit in ("month", "year", "decade"):
        told = setting.last_of("day", "days", "week", "month", *(("season", "year") if unit != "month" else ()))
        base = told.value if told else None
    else:
        base = setting.last_day()
    if base is None:
        return None, "vague"
    exact = phrase.exact and base.precision in cal.DAYLIKE
    return _stepped(base, unit, amount, exact, f"{unit}s_{way}_told_date"), "event_relative"


def _within(phrase: Phrase, setting: Setting) -> Resolved:
    base = setting.last_day()
    if base is None or base.end is None:
        return None, "vague"
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30}.get(phrase.unit or "", 0) * (phrase.amount or 0)
    if phrase.unit in ("hour", "minute"):
        return cal.one_day(base.end, "hours_after_told_date"), "event_relative"
    return cal.interval(base.end, cal.shifted(base.end, days), "within_days_after_told_date", "days"), "event_relative"


def _same(phrase: Phrase, setting: Setting) -> Resolved:
    unit = phrase.unit
    if unit == "day":
        base = setting.last_day()
        return (replace(base, rule="same_day") if base else None), "anaphoric"
    told = setting.last_of("day", "days", "week", "month", *(("year",) if unit == "year" else ()))
    if told is None or told.first is None:
        return None, "vague"
    if unit == "week":
        return cal.week_of(told.first, "same_week"), "anaphoric"
    if unit == "month":
        return cal.month_of(told.first.year, told.first.month, "same_month"), "anaphoric"
    return cal.year_of(told.first.year, "same_year"), "anaphoric"


def _period(phrase: Phrase, setting: Setting) -> Resolved:
    anchor, published = setting.anchor, setting.published
    if anchor is None or published is None or anchor.start is None:
        return None, "vague"
    step = {"last": -1, "this": 0, "next": 1}.get(phrase.pointer or "", 0)
    rule = f"{phrase.pointer}_{phrase.unit}"
    if phrase.unit == "year":
        value = cal.year_of(published.year + step, rule)
    elif phrase.unit == "month":
        if anchor.precision == "year":
            return cal.year_of(published.year, rule), "relative"
        value = cal.month_of(*cal.month_steps(published.year, published.month, step), rule)
    else:
        value = _week_from_publication(phrase, setting, step, rule)
    if step == 0 and value and value.start and phrase.part:
        value = cal.interval(value.start, min(published, value.end or published), rule)
    return value, "relative"


def _week_from_publication(phrase: Phrase, setting: Setting, step: int, rule: str) -> DateValue | None:
    if not setting.is_news:
        return setting.anchor
    assert setting.published is not None
    day = cal.shifted(setting.published, 7 * step)
    week = cal.week_of(day, rule) if day else None
    if phrase.unit == "weekend" and week and week.end:
        end = week.end if week.end <= setting.published or step > 0 else cal.shifted(week.end, -7)
        return cal.interval(cal.shifted(end, -1), end, rule, "days") if end else None
    return week


RELATIVE: Mapping[str, Resolver] = {
    "weekday": _weekday,
    "weekdays": _weekdays,
    "beside": _beside,
    "days_away": _days_away,
    "overnight": _overnight,
    "ago": _ago,
    "period": _period,
    "shift": _shift,
    "within": _within,
    "same": _same,
}
