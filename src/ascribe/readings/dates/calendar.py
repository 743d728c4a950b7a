"""Intervals of days: days, weeks, months, seasons and years, and steps between them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from ascribe.model import DatePrecision, DateValue

FIRST_YEAR, LAST_YEAR = 1900, 2100
DAYLIKE = ("day", "days")


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none or the year is not plausible."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shifted(day: date, days: int) -> date | None:
    """The day so many days later, or None beyond the plausible years."""
    try:
        found = day + timedelta(days=days)
    except OverflowError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def interval(
    start: date | None, end: date | None, rule: str, precision: DatePrecision = "interval"
) -> DateValue | None:
    """An interval with both ends, or None; one day has the precision of a day."""
    if start is None or end is None or end < start:
        return None
    return DateValue(start, end, "day" if start == end else precision, rule)


def one_day(day: date | None, rule: str) -> DateValue | None:
    """A single day."""
    return interval(day, day, rule)


def month_of(year: int, month: int, rule: str, part: tuple[int, int] | None = None) -> DateValue | None:
    """A month of a year, or the part of it between two days (the second is cut to the month's length)."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    last = monthrange(year, month)[1]
    first, until = part or (1, last)
    return interval(
        date(year, month, min(first, last)), date(year, month, min(until, last)), rule, "interval" if part else "month"
    )


def year_of(year: int, rule: str, part: tuple[int, int] | None = None) -> DateValue | None:
    """A year, or the part of it between two months."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    first, until = part or (1, 12)
    return interval(
        date(year, first, 1), date(year, until, monthrange(year, until)[1]), rule, "interval" if part else "year"
    )


def years_of(first: int, last: int, rule: str) -> DateValue | None:
    """Several years from the first to the last."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return None
    return interval(date(first, 1, 1), date(last, 12, 31), rule)


def season_of(year: int, months: tuple[int, int], rule: str) -> DateValue | None:
    """A season that begins in this year; winter reaches into the next one."""
    first, last = months
    until = year + 1 if last < first else year
    if not (year >= FIRST_YEAR and until <= LAST_YEAR):
        return None
    return interval(date(year, first, 1), date(until, last, monthrange(until, last)[1]), rule, "season")


def week_of(day: date, rule: str) -> DateValue | None:
    """The week from Monday to Sunday that holds a day."""
    monday = shifted(day, -day.weekday())
    return interval(monday, shifted(day, 6 - day.weekday()), rule, "week")


def month_steps(year: int, month: int, steps: int) -> tuple[int, int]:
    """Year and month so many months later."""
    count = year * 12 + (month - 1) + steps
    return count // 12, count % 12 + 1


def same_day_years_on(day: date, years: int) -> date | None:
    """The same day so many years later; 29 February becomes 28 February."""
    return real_day(day.year + years, day.month, day.day) or real_day(day.year + years, day.month, 28)


def weekday_until(day: date, weekday: int) -> date | None:
    """The last such weekday (1 Monday .. 7 Sunday) up to and including a day."""
    return shifted(day, -((day.isoweekday() - weekday) % 7))


def weekday_from(day: date, weekday: int) -> date | None:
    """The first such weekday from a day on, the day included."""
    return shifted(day, (weekday - day.isoweekday()) % 7)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of a month, counted from its end where negative; None where it has none."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12) or nth == 0:
        return None
    last = monthrange(year, month)[1]
    first = (weekday - date(year, month, 1).isoweekday()) % 7 + 1
    days = range(first, last + 1, 7)
    return date(year, month, days[nth - 1 if nth > 0 else nth]) if abs(nth) <= len(days) else None


def easter(year: int) -> date:
    """Western Easter Sunday, after the anonymous Gregorian method (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)
