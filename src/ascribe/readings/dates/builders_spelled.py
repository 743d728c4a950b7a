"""What days say that are told by their number in words, by their place in a month, or by the day beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.pieces import Builder, part_of, pointer_of, year_of
from ascribe.readings.dates.words import Words, folded

_Match = re.Match[str]
_LAST_DAY = 31


def _month_of(match: _Match, words: Words) -> int | None:
    """The number of a named month; None for the verb ("the first of march")."""
    name = match["month"]
    return None if name.islower() and name in words.language.dates.month_verbs else words.month(name)


def _of_month(match: _Match, words: Words) -> str | None:
    """Which month is meant: "that" for "the month" and "the same month"."""
    which = match["mp"]
    if not which:
        return None
    word = folded(which).removesuffix(" same")
    return "that" if word in ("the", "that", "same") else pointer_of(word, words)


def _spelled_day(match: _Match, words: Words) -> Phrase | None:
    """ "the first of July", "Friday, the twenty-first of May 2010"."""
    day, month = words.ordinal(match["ord"]), _month_of(match, words)
    if day is None or not 1 <= day <= _LAST_DAY or month is None:
        return None
    year, pointer = year_of(match, words)
    return Phrase(
        *match.span(), "day", year=year, month=month, day=day, weekday=words.weekday(match["wd"]), year_pointer=pointer
    )


def _spelled_ordinal(match: _Match, words: Words) -> Phrase | None:
    """ "on the eighteenth"."""
    day = words.ordinal(match["ord"])
    if day is None or not 1 <= day <= _LAST_DAY:
        return None
    return Phrase(match.start("the"), match.end(), "day_of_month", day=day, pointer=_of_month(match, words))


def _nth_weekday(match: _Match, words: Words) -> Phrase | None:
    """ "the last Saturday of August 2017", "the second Sunday of the month"."""
    nth = words.ordinal(match["nth"])
    if nth is None or nth > 5:
        return None
    month = _month_of(match, words) if match["month"] else None
    if match["month"] and month is None:
        return None
    year, pointer = year_of(match, words)
    return Phrase(
        *match.span(), "nth_weekday", year=year, month=month, weekday=words.weekday(match["wd"]), nth=nth,
        pointer=_of_month(match, words), year_pointer=pointer,
    )  # fmt: skip


def _weekday_in_month(match: _Match, words: Words) -> Phrase | None:
    """ "a Thursday in late November 2005": the month, or its part, that holds the day."""
    month = _month_of(match, words)
    if month is None:
        return None
    year, pointer = year_of(match, words)
    return Phrase(
        *match.span(), "month", year=year, month=month, part=part_of(match, words.language.dates.month_parts),
        weekday=words.weekday(match["wd"]), year_pointer=pointer,
    )  # fmt: skip


def _part_of_month(match: _Match, words: Words) -> Phrase | None:
    part = part_of(match, words.language.dates.month_parts)
    return Phrase(*match.span(), "part_of_month", part=part, pointer=_of_month(match, words)) if part else None


def _log_day(match: _Match, words: Words) -> Phrase:
    """ "1 Fri" or "Mon 4" at the start of a line of a diary."""
    start = min(match.start("day"), match.start("wd"))
    return Phrase(start, match.end(), "day_of_month", day=int(match["day"]), weekday=words.weekday(match["wd"]))


def _log_ordinal(match: _Match, words: Words) -> Phrase:
    """ "24th." at the start of a line."""
    return Phrase(match.start("day"), match.end(), "day_of_month", day=int(match["day"]))


def _beside(match: _Match, words: Words) -> Phrase:
    """ "the Saturday before", "the week after": from the date that follows, or else from the day told before."""
    pointer = "previous" if folded(match["way"]) in (*words.language.dates.earlier, "previous") else "following"
    weekday = words.weekday(match["wd"])
    return Phrase(*match.span(), "beside", weekday=weekday, unit="day" if weekday else "week", pointer=pointer)


def _eve(match: _Match, words: Words) -> Phrase:
    """ "the eve of", to be leant on the day that follows."""
    return Phrase(*match.span(), "shift", unit="day", amount=-1, exact=True)


def _seasons_ago(match: _Match, words: Words) -> Phrase | None:
    """ "two summers ago"."""
    amount = words.number(match["amount"])
    months = words.language.dates.seasons[folded(match["season"]).removesuffix("s")]
    return Phrase(*match.span(), "season", months=months, year_pointer=f"-{amount}") if amount else None


SPELLED: Mapping[str, Builder] = {
    "spelled_day": _spelled_day,
    "spelled_ordinal": _spelled_ordinal,
    "nth_weekday": _nth_weekday,
    "weekday_in_month": _weekday_in_month,
    "part_of_month": _part_of_month,
    "log_day": _log_day,
    "log_ordinal": _log_ordinal,
    "beside": _beside,
    "eve": _eve,
    "seasons_ago": _seasons_ago,
}
