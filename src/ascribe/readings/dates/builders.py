"""What a match of a date pattern says: one function for each sort of expression, named in `BUILDERS`.

A function returns None where the words turn out to be no date ("may resign", "the 14th battalion").
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ascribe.readings.dates.builders_spelled import SPELLED
from ascribe.readings.dates.feasts import feast
from ascribe.readings.dates.phrases import Phrase
from ascribe.readings.dates.pieces import Builder, amount_of, century, part_of, pointer_of, year_of
from ascribe.readings.dates.words import Words, folded

_Match = re.Match[str]
_FILLING = frozenset(
    "a an the that this very same on in at by of it to and or again late early later earlier still before after around "
    "about soon just for itself within inside".split()
)
_OTHER_YEAR = re.compile(r",?\s+1[0-8]\d\d\b")


def _two_digits(match: _Match, names: str) -> int | None:
    """The year of "18 JAN 89": only behind upper-case months or an apostrophe."""
    short = match.groupdict().get("yy")
    if not short or not (names.isupper() or short[0] in "'’"):
        return None
    return century(short[-2:])


def _day_month(match: _Match, words: Words) -> Phrase | None:
    name = match["month"]
    if name.islower() and name in words.language.dates.month_verbs:
        return None
    year, pointer = year_of(match, words)
    if year is None and _OTHER_YEAR.match(match.string, match.end("month")):
        return None
    end = match.end()
    if year is None and match.groupdict().get("yy"):
        year = _two_digits(match, name)
        end = end if year else match.start("yysep")
    first, last = int(match["day"]), int(match["day2"]) if match["day2"] else None
    if last is not None and last <= first and match["link"] in ("and", "or", "&", "/"):
        return None
    return Phrase(
        match.start(), end, "day", year=year, month=words.month(name), day=first, last_day=last,
        weekday=words.weekday(match["wd"]), year_pointer=pointer,
    )  # fmt: skip


def _month_day(match: _Match, words: Words) -> Phrase | None:
    year, pointer = year_of(match, words)
    if match["month"].islower() or (year is None and "\n" in match.group()):
        return None
    if year is None and _OTHER_YEAR.match(match.string, match.end()):
        return None
    plain = year is None and pointer is None and match["th"] is None and match["wd"] is None
    following = re.match(r"\s+(?:more\s+)?([a-zA-Z]+)", match.string[match.end() : match.end() + 30])
    if plain and following and following[1].lower() in words.years_taken:
        return None
    return Phrase(
        match.start(), match.end(), "day", year=year, month=words.month(match["month"]), day=int(match["day"]),
        last_day=int(match["day2"]) if match["day2"] else None, weekday=words.weekday(match["wd"]),
        year_pointer=pointer,
    )  # fmt: skip


def _iso(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "day", year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))


def _figures(match: _Match, words: Words) -> Phrase | None:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year > 40 else 2000
    thai = 2443 <= year <= 2643
    if thai:
        year -= 543  # the Buddhist era, as Thai papers count; they put the day first
    if not 1900 <= year <= 2100 or not (1 <= first <= 31 and 1 <= second <= 31):
        return None
    if second > 12 >= first:
        return Phrase(*match.span(), "day", year=year, month=first, day=second)
    if match["sep"] == "/" and not thai and first <= 12 and first != second:
        return Phrase(*match.span(), "either_order", year=year, month=second, day=first)
    return Phrase(*match.span(), "day", year=year, month=second, day=first)


def _day_dot_month(match: _Match, words: Words) -> Phrase | None:
    if not 1 <= int(match["month"]) <= 12:
        return None
    return Phrase(*match.span(), "day", month=int(match["month"]), day=int(match["day"]))


def _month(match: _Match, words: Words) -> Phrase | None:
    name = match["month"]
    dates = words.language.dates
    if name.islower() or (name.lower().rstrip(".") in dates.short_months and not match["year"]):
        return None
    year, pointer = year_of(match, words)
    part, lead = part_of(match, dates.month_parts), match["lead"]
    bare = year is None and pointer is None and part is None and lead is None
    if bare and not _month_alone(match, words):
        return None
    which = pointer_of(lead, words) if lead else None
    return Phrase(
        match.start(), match.end(), "month", year=year, month=words.month(name), part=part, pointer=which,
        year_pointer=pointer,
    )  # fmt: skip


def _month_alone(match: _Match, words: Words) -> bool:
    """Whether a month without year, part or pointer is one: not the verb, not a name ("April Jones")."""
    before = re.search(r"([A-Za-z]+)[\s-]+$", match.string[max(0, match.start() - 20) : match.start()])
    leads = words.language.dates.month_leads
    if before and before[1].lower() in leads:
        return True
    following = match.string[match.end() : match.end() + 3]
    if match["month"].lower() in words.language.dates.month_verbs:
        # a heading, or marked words that are nothing but the month
        opens = match.start() == 0 or match.string[match.start() - 1] == "\n"
        return opens and (not following.strip() or following[0] in ".:,\n")
    return not re.match(r"\s[A-Z][a-z]|['’]s|\s\d", following)


def _months(match: _Match, words: Words) -> Phrase | None:
    if match["month"].islower() or match["month2"].islower():
        return None
    year, pointer = year_of(match, words)
    joined = match["link"].lower()
    if joined in ("and", "to") and not match["lead"]:
        return None
    return Phrase(
        match.start(), match.end(), "months", year=year, month=words.month(match["month"]),
        last_month=words.month(match["month2"]), year_pointer=pointer,
        last_year=int(match["year1"]) if match["year1"] else None,
    )  # fmt: skip


def _season(match: _Match, words: Words) -> Phrase | None:
    dates = words.language.dates
    year, year_pointer = year_of(match, words)
    lead = match["lead"]
    bare = year is None and year_pointer is None and lead is None
    if bare and (not match["inn"] or folded(match["season"]) == "fall"):
        return None
    start = match.start("season") if match["inn"] and not match["lead"] else match.start()
    return Phrase(
        start, match.end(), "season", year=year, months=dates.seasons[folded(match["season"])],
        pointer=pointer_of(lead, words) if lead else None, year_pointer=year_pointer,
    )  # fmt: skip


def _plain_year(match: _Match, words: Words) -> Phrase | None:
    part = part_of(match, words.language.dates.year_parts)
    before = re.search(r"([A-Za-z]+)\s+$", match.string[max(0, match.start() - 16) : match.start()])
    following = re.match(r"\s*([A-Za-z%]+)", match.string[match.end() : match.end() + 24])
    if part is None:
        if before and before[1].lower() in words.not_before_years:
            return None
        if following and following[1].lower() in words.years_taken:
            return None
    return Phrase(match.start(), match.end(), "year", year=int(match["year"]), part=part)


def _years(match: _Match, words: Words) -> Phrase | None:
    first, second = int(match["year"]), match["year2"]
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if last <= first or last > first + 60:
        return None
    return Phrase(*match.span(), "years", year=first, last_year=last)


def _decade(match: _Match, words: Words) -> Phrase:
    first = int(match["decade"]) if match["decade"] else 1900 + int(match["dd"])
    return Phrase(*match.span(), "decade", year=first, part=part_of(match, words.language.dates.decade_parts))


def _holiday(match: _Match, words: Words) -> Phrase | None:
    return feast(match, words.language.code, *year_of(match, words))


def _weekday_ordinal(match: _Match, words: Words) -> Phrase | None:
    if not (match["the"] or match["th"]):
        return None
    return Phrase(*match.span(), "day_of_month", day=int(match["day"]), weekday=words.weekday(match["wd"]))


def _ordinal(match: _Match, words: Words) -> Phrase | None:
    pointer = pointer_of(match["mp"], words) if match["mp"] else None
    following = re.match(r"\s+([A-Za-z]+)", match.string[match.end() : match.end() + 24])
    if following and not match["mp"]:
        word = following[1]
        taken = word.lower() in words.language.dates.ordinal_nouns and word.lower() != "in"
        stop = word.lower() in words.language.counts.nouns.stops
        if taken or (not match["on"] and not stop):
            return None
    start = match.start("the") if match["the"] else match.start("day")
    last = int(match["day2"]) if match.groupdict().get("day2") else None
    return Phrase(start, match.end(), "day_of_month", day=int(match["day"]), last_day=last, pointer=pointer)


def _weekday(match: _Match, words: Words) -> Phrase | None:
    name, lead, week = match["wd"], match["lead"], match["week"]
    if name.islower():
        return None
    before = re.search(r"([A-Za-z]+)\s+$", match.string[max(0, match.start() - 12) : match.start()])
    if before and before[1].lower() in words.language.dates.not_weekday_before:
        return None
    if before and before[1].lower() == "a" and not lead:
        return Phrase(*match.span(), "vague")
    second = match["wd2"]
    if second:
        return Phrase(
            *match.span(), "weekdays", weekday=words.weekday(name), last_weekday=words.weekday(second),
            pointer=pointer_of(lead, words) if lead else None,
        )  # fmt: skip
    pointer = pointer_of(lead, words) if lead else "the" if match["the"] else None
    return Phrase(*match.span(), "weekday", weekday=words.weekday(name), pointer=pointer, unit=_week(week, words))


def _week(words_of_week: str | None, words: Words) -> str | None:
    return pointer_of(folded(words_of_week).removesuffix(" week"), words) if words_of_week else None


def _day_word(match: _Match, words: Words) -> Phrase:
    dates = words.language.dates
    name = folded(match["name"]).removeprefix("the ")
    steps = -1 if name in dates.last_night else dates.day_words.get(name, 0)
    return Phrase(*match.span(), "days_away", amount=steps, exact=name in dates.last_night)


def _overnight(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "overnight")


def _ago(match: _Match, words: Words) -> Phrase:
    unit, amount = amount_of(match, words)
    exact = bool(match["exact"])
    return Phrase(*match.span(), "vague" if amount is None else "ago", unit=unit, amount=amount, exact=exact)


def _shift(match: _Match, words: Words) -> Phrase | None:
    unit, amount = amount_of(match, words)
    groups = match.groupdict()
    sign = -1 if folded(match["way"]) in words.language.dates.earlier else 1
    if match["amount"] and folded(match["amount"]).startswith("the") and unit not in ("day", "month", "year"):
        return None
    if amount is None:
        return Phrase(*match.span(), "vague", unit=unit)
    exact = bool(match["exact"] or groups.get("exact2"))
    return Phrase(*match.span(), "shift", unit=unit, amount=sign * amount, exact=exact)


def _part_shift(match: _Match, words: Words) -> Phrase:
    """ "the night before", "the morning after"."""
    sign = -1 if folded(match["way"]) in words.language.dates.earlier else 1
    return Phrase(*match.span(), "shift", unit="day", amount=sign, exact=True)


def _neighbour(match: _Match, words: Words) -> Phrase | None:
    """ "the next day", "the following month", "the previous evening"; "next month" counts from the publication."""
    word = folded(match["unit"])
    if folded(match.group()).startswith("next ") and word in ("week", "month", "year"):
        return None
    unit = words.language.dates.units.get(word, "day")
    sign = -1 if folded(match["which"]) in words.language.dates.previous else 1
    return Phrase(*match.span(), "shift", unit=unit, amount=sign, exact=unit == "day")


def _within(match: _Match, words: Words) -> Phrase | None:
    unit, amount = amount_of(match, words)
    if amount is None and unit not in ("hour", "minute") and folded(match["unit"]) != "day":
        return Phrase(*match.span(), "vague", unit=unit)
    return Phrase(*match.span(), "within", unit=unit, amount=amount)


def _whole(match: _Match, words: Words) -> Phrase | None:
    """ "night" alone or "the same day": not "the night of the flood", "election night"."""
    rest = f"{match.string[: match.start()]} {match.string[match.end() :]}".lower()
    return _same(match, words) if all(w in _FILLING for w in re.findall(r"\w+", rest)) else None


def _same(match: _Match, words: Words) -> Phrase:
    dates = words.language.dates
    word = folded(match["unit"])
    if word in dates.seasons:
        return Phrase(*match.span(), "season", months=dates.seasons[word], pointer="that")
    if word in words.weekdays:
        return Phrase(*match.span(), "weekday", weekday=words.weekdays[word], pointer="that")
    return Phrase(*match.span(), "same", unit=dates.units.get(word, "day"))


def _period(match: _Match, words: Words) -> Phrase:
    word = folded(match["unit"])
    unit = words.language.dates.units.get(word, word)
    pointer = pointer_of(match["which"], words) if match["which"] else "this"
    return Phrase(*match.span(), "period", unit=unit, pointer=pointer, part=(1, 1) if match["early"] else None)


def _vague(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "vague", unit=words.language.dates.units[folded(match["unit"])])


BUILDERS: Mapping[str, Builder] = {
    "iso": _iso,
    "figures": _figures,
    "day_month": _day_month,
    "month_day": _month_day,
    "day_dot_month": _day_dot_month,
    "month": _month,
    "months": _months,
    "season": _season,
    "plain_year": _plain_year,
    "years": _years,
    "decade": _decade,
    "holiday": _holiday,
    "saint": _holiday,
    "weekday_ordinal": _weekday_ordinal,
    "ordinal": _ordinal,
    "weekday": _weekday,
    "day_word": _day_word,
    "overnight": _overnight,
    "ago": _ago,
    "shift": _shift,
    "part_shift": _part_shift,
    "neighbour": _neighbour,
    "within": _within,
    "same": _same,
    "whole": _whole,
    "period": _period,
    "vague": _vague,
    **SPELLED,
}
