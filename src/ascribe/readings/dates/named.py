"""Dates that are named by day, month, season, year or feast; a missing year comes from the setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from ascribe.model import DateValue
from ascribe.readings.dates import calendar as cal
from ascribe.readings.dates.phrases import DateKind, Phrase
from ascribe.readings.dates.setting import HISTORY_DAYS, Resolved, Setting

# News names a day as close ahead as this without its year.
_SOON_DAYS = 10
# A date as far back as this in the year that the text tells of rather belongs to the next one.
_FAR_BACK_DAYS = 200
Resolver = Callable[[Phrase, Setting], Resolved]


def _past_year(setting: Setting, first: Callable[[int], date | None]) -> tuple[int | None, str]:
    """The latest year in which the date does not lie after the publication."""
    published = setting.published
    if published is None:
        return None, ""
    for year in (published.year, published.year - 1, published.year - 2, published.year - 3, published.year - 4):
        day = first(year)
        if day is not None and day <= published:
            return year, "year_from_publication"
    return None, ""


def _pointed_year(pointer: str, setting: Setting, first: Callable[[int], date | None]) -> tuple[int | None, str]:
    """The year of "May last year", "May of the following year", "May, three years ago" and "May last"."""
    published, steps = setting.published, {"last": -1, "this": 0, "next": 1}
    if pointer == "lately":
        return _past_year(setting, first)
    if pointer.startswith("-") or pointer in steps:
        if published is None:
            return None, ""
        if pointer in steps:
            return published.year + steps[pointer], f"{pointer}_year"
        return published.year + int(pointer), "years_before_publication"
    last = setting.told_year()
    if last is None:
        return None, ""
    return last + {"following": 1, "previous": -1}.get(pointer, 0), f"{pointer}_year"


def _year(phrase: Phrase, setting: Setting, first: Callable[[int], date | None]) -> tuple[int | None, str]:
    """The year of a day or month that names none. `first` gives its first day in a year."""
    if phrase.year is not None:
        return phrase.year, "absolute"
    published, named = setting.published, setting.named_year()
    if phrase.year_pointer:
        return _pointed_year(phrase.year_pointer, setting, first)
    told = setting.named()
    recent = _recent_year(setting, first)
    if named is None or told is None or (recent and not setting.is_near(told)):
        return (recent, "year_from_publication") if recent else _past_year(setting, first)
    day, latest = first(named), told.first
    if day and latest and (latest - day).days > _FAR_BACK_DAYS:
        after = first(named + 1)
        if after and (published is None or after <= published) and (after - latest).days < 366 - _FAR_BACK_DAYS:
            return named + 1, "year_from_discourse"
    if day and published and day > published and (day - published).days > 31:
        return _past_year(setting, first)
    return named, "year_from_discourse"


def _recent_year(setting: Setting, first: Callable[[int], date | None]) -> int | None:
    """The year in which the date lies within a few weeks of a day of publication."""
    published = setting.published
    if published is None or not setting.is_news:
        return None
    for year in (published.year, published.year - 1, published.year + 1):
        day = first(year)
        if day is not None and -_SOON_DAYS <= (published - day).days <= HISTORY_DAYS:
            return year
    return None


def _kind(rule: str) -> DateKind:
    if rule in ("absolute",):
        return "absolute"
    return "anaphoric" if "discourse" in rule or rule.startswith(("that", "following", "previous")) else "relative"


def _weekday_year(phrase: Phrase, setting: Setting) -> tuple[int | None, str] | None:
    """The year of "Sunday, 8 October": the weekday tells which one, nearest to what the text tells of."""
    if phrase.weekday is None or phrase.year is not None or phrase.year_pointer:
        return None
    near, published = setting.named_year(), setting.published
    middle = near or (published.year if published else None)
    if middle is None:
        return None
    month, number = phrase.month or 0, phrase.day or 0
    years = sorted(range(middle - 6, middle + 7), key=lambda y: (abs(y - middle), y))
    for year in (middle, *([published.year] if published else []), *years):
        day = cal.real_day(year, month, number)
        if day and day.isoweekday() == phrase.weekday and (published is None or (day - published).days <= 31):
            return year, "year_from_weekday"
    return None


def _days(phrase: Phrase, setting: Setting) -> Resolved:
    month, first = phrase.month or 0, phrase.day or 0

    def in_year(year: int) -> date | None:
        return cal.real_day(year, month, first)

    year, rule = _weekday_year(phrase, setting) or _year(phrase, setting, in_year)
    if year is None:
        return None, "vague"
    start = in_year(year)
    if phrase.last_day is None:
        return cal.one_day(start, rule), _kind(rule)
    if phrase.last_day < first:  # "30-2 March" is "30 February" no more than "30 March": the month before ends it
        earlier_year, earlier = cal.month_steps(year, month, -1)
        start = cal.real_day(earlier_year, earlier, first)
    return cal.interval(start, cal.real_day(year, month, phrase.last_day), rule, "days"), _kind(rule)


def _day_range(phrase: Phrase, setting: Setting) -> Resolved:
    assert phrase.until is not None
    last, kind = _days(phrase.until, setting)
    if last is None or last.end is None:
        return None, "vague"
    year = phrase.year or last.end.year
    start = cal.real_day(year, phrase.month or 0, phrase.day or 0)
    if start and start > last.end:
        start = cal.same_day_years_on(start, -1)
    return cal.interval(start, last.end, last.rule, "days"), kind


def _either_order(phrase: Phrase, setting: Setting) -> Resolved:
    """3/4/2017 is 3 April or 4 March: an interval that holds both."""
    year, a, b = phrase.year or 0, phrase.day or 0, phrase.month or 0
    ends = [d for d in (cal.real_day(year, b, a), cal.real_day(year, a, b)) if d]
    return (cal.interval(min(ends), max(ends), "day_or_month_first"), "absolute") if ends else (None, "vague")


def _month(phrase: Phrase, setting: Setting) -> Resolved:
    month = phrase.month or 0
    rule = ""
    if phrase.pointer and phrase.year is None and phrase.year_pointer is None:
        return _pointed_month(phrase, setting)
    year, rule = _year(phrase, setting, lambda y: cal.real_day(y, month, 1))
    if year is None:
        return None, "vague"
    value = cal.month_of(year, month, "part_of_month" if phrase.part else rule, phrase.part)
    return _only_weekday(value, phrase.weekday), _kind(rule)


def _only_weekday(value: DateValue | None, weekday: int | None) -> DateValue | None:
    """The one such weekday of an interval; the interval where it has several."""
    if value is None or value.start is None or value.end is None or weekday is None:
        return value
    first, last = cal.weekday_from(value.start, weekday), cal.weekday_until(value.end, weekday)
    return cal.one_day(first, "weekday_of_month") if first and first == last else value


def _nth_weekday(phrase: Phrase, setting: Setting) -> Resolved:
    """ "the last Saturday of August", "the second Sunday of the month"."""

    def in_year(year: int) -> date | None:
        return cal.nth_weekday(year, phrase.month or 0, phrase.weekday or 1, phrase.nth or 0)

    if phrase.month is None:
        year, month, rule = _told_month(phrase, setting)
        return cal.one_day(cal.nth_weekday(year, month, phrase.weekday or 1, phrase.nth or 0), rule), "anaphoric"
    found, rule = _year(phrase, setting, in_year)
    return (cal.one_day(in_year(found), rule), _kind(rule)) if found else (None, "vague")


def _told_month(phrase: Phrase, setting: Setting) -> tuple[int, int, str]:
    """Year and month that "the month", "this month" or "the following month" mean; a month 0 for none."""
    told = setting.last_month()
    recent = phrase.pointer in ("last", "this", "next")
    base = setting.published if recent else told.first if told else None
    if base is None:
        return 0, 0, ""
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(phrase.pointer or "", 0)
    rule = "day_of_publication_month" if recent else "day_of_told_month"
    return *cal.month_steps(base.year, base.month, step), rule


def _part_of_month(phrase: Phrase, setting: Setting) -> Resolved:
    """ "early in the month", "the last day of the month"."""
    year, month, _ = _told_month(phrase, setting)
    return cal.month_of(year, month, "part_of_month", phrase.part), "anaphoric"


def _pointed_month(phrase: Phrase, setting: Setting) -> Resolved:
    """ "last October", "next May", "that June"."""
    month, published = phrase.month or 0, setting.published
    told = setting.last_of("day", "days", "week", "month", "season", "year")
    if phrase.pointer in ("last", "this", "next"):
        if published is None:
            return None, "vague"
        year = published.year
        if phrase.pointer == "last" and month >= published.month:
            year -= 1
        if phrase.pointer == "next" and month <= published.month:
            year += 1
        return cal.month_of(year, month, f"{phrase.pointer}_month_name", phrase.part), "relative"
    if told is None or told.first is None:
        return None, "vague"
    year = told.first.year
    if phrase.pointer == "following" and month <= told.first.month:
        year += 1
    if phrase.pointer == "previous" and month >= told.first.month:
        year -= 1
    return cal.month_of(year, month, f"{phrase.pointer}_month_name", phrase.part), "anaphoric"


def _months(phrase: Phrase, setting: Setting) -> Resolved:
    first, last = phrase.month or 0, phrase.last_month or 0
    year, rule = _year(phrase, setting, lambda y: cal.real_day(y, last, 1))
    if year is None:
        return None, "vague"
    end = cal.month_of(year, last, rule)
    start = cal.month_of(phrase.last_year or (year - 1 if first > last else year), first, rule)
    return (cal.interval(start.start, end.end, rule), _kind(rule)) if start and end else (None, "vague")


def _season(phrase: Phrase, setting: Setting) -> Resolved:
    months = phrase.months or (1, 1)
    if phrase.pointer in ("last", "this", "next") and setting.published:
        year = setting.published.year
        begins = cal.real_day(year, months[0], 1)
        ended = begins is not None and cal.month_steps(year, months[0], 3) <= (year, setting.published.month)
        if phrase.pointer == "last" and not ended:
            year -= 1
        if phrase.pointer == "next" and begins and begins <= setting.published:
            year += 1
        return cal.season_of(year, months, f"{phrase.pointer}_season"), "relative"
    year_found, rule = _year(phrase, setting, lambda y: cal.real_day(y, months[0], 1))
    told = setting.last_of("day", "days", "week", "month", "year")
    if phrase.pointer and told and told.first:
        year_found, rule = told.first.year, "that_season"
        if phrase.pointer == "following" and told.first.month >= months[0]:
            year_found += 1
        if phrase.pointer == "previous" and told.first.month <= months[0]:
            year_found -= 1
    return (cal.season_of(year_found, months, rule), _kind(rule)) if year_found else (None, "vague")


def _plain_year(phrase: Phrase, setting: Setting) -> Resolved:
    rule = "part_of_year" if phrase.part else "absolute"
    return cal.year_of(phrase.year or 0, rule, phrase.part), "absolute"


def _years(phrase: Phrase, setting: Setting) -> Resolved:
    return cal.years_of(phrase.year or 0, phrase.last_year or 0, "absolute"), "absolute"


def _decade(phrase: Phrase, setting: Setting) -> Resolved:
    first, last = phrase.part or (0, 9)
    year = phrase.year or 0
    return cal.years_of(year + first, min(year + last, cal.LAST_YEAR), "decade"), "absolute"


def _holiday(phrase: Phrase, setting: Setting) -> Resolved:
    def in_year(year: int) -> date | None:
        if phrase.easter is not None:
            return cal.shifted(cal.easter(year), phrase.easter) if cal.FIRST_YEAR <= year <= cal.LAST_YEAR else None
        return cal.real_day(year, phrase.month or 0, phrase.day or 0)

    year, rule = _year(phrase, setting, in_year)
    if year is None:
        return None, "vague"
    return cal.one_day(in_year(year), "holiday" if rule == "absolute" else f"holiday_{rule}"), _kind(rule)


def _in_month(year: int, month: int, phrase: Phrase) -> date | None:
    """The day of a month, if it has one and the weekday (where one is named) is right."""
    day = cal.real_day(year, month, phrase.day or 0)
    return day if day and phrase.weekday in (None, day.isoweekday()) else None


def _day_of_month(phrase: Phrase, setting: Setting) -> Resolved:
    told, published = setting.last_month(), setting.published
    if phrase.pointer in ("last", "this") or told is None:
        base, rule = published, "day_of_publication_month"
    else:
        base, rule = told.first, "day_of_told_month"
    if base is None:
        return None, "vague"
    step = {"last": -1, "previous": -1, "following": 1}.get(phrase.pointer or "", 0)
    year, month = cal.month_steps(base.year, base.month, step)
    steps = (0, 1, -1, *range(-2, -13, -1)) if phrase.weekday else (0, -1) if not step else (0,)
    for further in steps:
        day = _in_month(*cal.month_steps(year, month, further), phrase)
        if day and (published is None or day <= published or phrase.pointer):
            last = cal.real_day(day.year, day.month, phrase.last_day) if phrase.last_day else day
            return cal.interval(day, last, rule, "days"), "anaphoric" if told else "relative"
    return None, "vague"


NAMED: Mapping[str, Resolver] = {
    "day": _days,
    "day_range": _day_range,
    "either_order": _either_order,
    "month": _month,
    "months": _months,
    "season": _season,
    "year": _plain_year,
    "years": _years,
    "decade": _decade,
    "holiday": _holiday,
    "day_of_month": _day_of_month,
    "nth_weekday": _nth_weekday,
    "part_of_month": _part_of_month,
}
