"""Which date an expression means: from itself, from the publication, or from the dates told before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ascribe.model import DateValue
from ascribe.readings.dates import calendar as cal
from ascribe.readings.dates.phrases import DateKind, Phrase

# A told day further from the publication than this is history: weekdays beside it belong to it, not to the news.
HISTORY_DAYS = 45
Resolved = tuple[DateValue | None, DateKind]


@dataclass(frozen=True, slots=True)
class Told:
    """A date that stands before in the text.

    `dated`: its year is named; `near`: it is in the same paragraph or heads this one; `passing`: a year that is named
    within a sentence without opening it ("convicted in 2017"), which says little of what the text tells of.
    """

    value: DateValue
    dated: bool = True
    near: bool = True
    passing: bool = False

    @property
    def first(self) -> date | None:
        """The first day, the last one where the start is open."""
        return self.value.start or self.value.end

    @property
    def daylike(self) -> bool:
        """Whether it is a day or a few days."""
        return self.value.precision in cal.DAYLIKE and self.value.start is not None and self.value.end is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is resolved against: the publication and the dates before it, the nearest last.

    A digest goes through the days of a week; it tells of the week before its publication, not of that day.
    """

    anchor: DateValue | None
    before: Sequence[Told] = ()
    is_digest: bool = False

    @property
    def published(self) -> date | None:
        """The last day on which the text can have been published."""
        return self.anchor.end or self.anchor.start if self.anchor else None

    @property
    def is_news(self) -> bool:
        """Whether the day of publication is known."""
        return self.anchor is not None and self.anchor.start is not None and self.anchor.start == self.anchor.end

    def last_day(self) -> DateValue | None:
        """The nearest told day."""
        return next((t.value for t in reversed(self.before) if t.daylike), None)

    def last_of(self, *precisions: str) -> Told | None:
        """The nearest told date with one of these precisions and both ends."""
        return next(
            (t for t in reversed(self.before) if t.value.precision in precisions and t.value.start and t.value.end), None
        )

    def named_year(self) -> int | None:
        """The year that the text is telling of: the nearest named one; in news only of the same paragraph."""
        told = self.named()
        return told.first.year if told and told.first else None

    def named(self) -> Told | None:
        """The told date whose year the text is telling of."""
        named = [t for t in reversed(self.before) if t.dated and t.first is not None]
        near = [t for t in named if t.near]
        far = [] if self.is_news else named
        telling = (next((t for t in group if not t.passing), group[0]) for group in (near, far) if group)
        return next(telling, None)

    def history(self) -> date | None:
        """The told day that weekdays belong to, where the text tells of the past rather than of the news."""
        for told in reversed(self.before):
            if not told.daylike:
                continue
            day = told.value.end
            if day is None or not self.is_news or self.published is None:
                return day
            return day if told.near and abs((self.published - day).days) > HISTORY_DAYS else None
        return None


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


def _year(phrase: Phrase, setting: Setting, first: Callable[[int], date | None]) -> tuple[int | None, str]:
    """The year of a day or month that names none. `first` gives its first day in a year."""
    if phrase.year is not None:
        return phrase.year, "absolute"
    published, named = setting.published, setting.named_year()
    steps = {"last": -1, "this": 0, "next": 1}
    if phrase.year_pointer in steps:
        return (published.year + steps[phrase.year_pointer], f"{phrase.year_pointer}_year") if published else (None, "")
    last = setting.named() or setting.last_of("day", "days", "week", "month", "season", "year", "interval")
    if phrase.year_pointer and last and last.first:
        step = {"following": 1, "previous": -1}.get(phrase.year_pointer, 0)
        return last.first.year + step, f"{phrase.year_pointer}_year"
    if named is None:
        return _past_year(setting, first)
    day = first(named)
    told = setting.named()
    latest = told.first if told else None
    if day and latest and (latest - day).days > 240:
        after = first(named + 1)
        if after and (published is None or after <= published) and (after - latest).days < 120:
            return named + 1, "year_from_discourse"
    if day and published and day > published and (day - published).days > 31:
        return _past_year(setting, first)
    return named, "year_from_discourse"


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
    for year in sorted(range(middle - 6, middle + 7), key=lambda y: (abs(y - middle), y)):
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
    return cal.month_of(year, month, "part_of_month" if phrase.part else rule, phrase.part), _kind(rule)


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
    told = setting.last_of("day", "days", "week", "month")
    published = setting.published
    if phrase.pointer in ("last", "this") or told is None:
        base, rule = published, "day_of_publication_month"
    else:
        base, rule = told.first, "day_of_told_month"
    if base is None:
        return None, "vague"
    step = {"last": -1, "previous": -1, "following": 1}.get(phrase.pointer or "", 0)
    year, month = cal.month_steps(base.year, base.month, step)
    steps = (0, 1, -1, *range(-2, -13, -1)) if phrase.weekday else (0, -1) if told is None and not step else (0,)
    for further in steps:
        day = _in_month(*cal.month_steps(year, month, further), phrase)
        if day and (published is None or day <= published or phrase.pointer):
            return cal.one_day(day, rule), "anaphoric" if told else "relative"
    return None, "vague"


def _weekday(phrase: Phrase, setting: Setting) -> Resolved:
    weekday, published, pointer = phrase.weekday or 1, setting.published, phrase.pointer
    if phrase.unit:
        return _weekday_of_week(phrase, setting)
    past, last = setting.history(), setting.last_day()
    if pointer in ("that", "following", "previous") or (past and pointer is None):
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
    if unit == "hour":
        days = amount // 24 if amount > 0 else -(-amount // 24)
        return cal.one_day(cal.shifted(base, days), rule)
    if unit in ("day", "week", "fortnight"):
        days = amount * {"day": 1, "week": 7, "fortnight": 14}[unit]
        width = value.precision if value.precision not in cal.DAYLIKE else "day"
        if width == "day":
            return cal.one_day(cal.shifted(base, days), rule)
        return cal.interval(cal.shifted(value.start, days), cal.shifted(value.end or base, days), rule, width)
    if unit == "month":
        return cal.month_of(*cal.month_steps(base.year, base.month, amount), rule)
    years = amount * (10 if unit == "decade" else 1)
    if exact:
        return cal.one_day(cal.same_day_years_on(base, years), rule)
    return cal.year_of(base.year + years, rule)


def _ago(phrase: Phrase, setting: Setting) -> Resolved:
    if setting.anchor is None or phrase.unit is None:
        return None, "vague"
    value = _stepped(setting.anchor, phrase.unit, -(phrase.amount or 0), phrase.exact, f"{phrase.unit}s_before_publication")
    return value, "relative"


def _shift(phrase: Phrase, setting: Setting) -> Resolved:
    unit, amount = phrase.unit or "day", phrase.amount or 0
    way = "after" if amount > 0 else "before"
    if phrase.until is not None:
        base = resolve(phrase.until, setting)[0]
    elif unit in ("month", "year", "decade"):
        told = setting.last_of("day", "days", "week", "month") or (setting.last_of("year") if unit != "month" else None)
        base = told.value if told else None
    else:
        base = setting.last_day()
    if base is None:
        return None, "vague"
    return _stepped(base, unit, amount, phrase.exact, f"{unit}s_{way}_told_date"), "event_relative"


def _within(phrase: Phrase, setting: Setting) -> Resolved:
    base = setting.last_day()
    if base is None or base.end is None:
        return None, "vague"
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 30}.get(phrase.unit or "", 0) * (phrase.amount or 0)
    if phrase.unit == "hour":
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


def _vague(phrase: Phrase, setting: Setting) -> Resolved:
    return None, "vague"


_RESOLVERS: dict[str, Callable[[Phrase, Setting], Resolved]] = {
    "day": _days, "either_order": _either_order, "month": _month, "months": _months, "season": _season,
    "year": _plain_year, "years": _years, "decade": _decade, "holiday": _holiday, "day_of_month": _day_of_month,
    "weekday": _weekday, "weekdays": _weekdays, "days_away": _days_away, "overnight": _overnight, "ago": _ago,
    "period": _period, "shift": _shift, "within": _within, "same": _same, "day_range": _day_range, "vague": _vague,
}  # fmt: skip


def resolve(phrase: Phrase, setting: Setting) -> Resolved:
    """The interval that an expression means in its setting (None where it cannot be told) and how it was found."""
    value, kind = _RESOLVERS[phrase.form](phrase, setting)
    if value is None:
        return None, kind
    if phrase.open_side == "end":
        return DateValue(value.start, None, "interval", f"since_{value.rule}"), kind
    if phrase.open_side == "start":
        return DateValue(None, value.end, "interval", f"until_{value.rule}"), kind
    return value, kind
