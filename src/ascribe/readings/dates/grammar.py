"""The grammar of date expressions: patterns made of a language's words, and what each match says.

Every pattern has a bounded number of repetitions, so that hostile text costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ascribe.languages import Language
from ascribe.readings.dates.phrases import Phrase

_Match = re.Match[str]
Trigger = Literal["figure", "month", "season", "year", "holiday", "weekday", "ordinal", "day", "overnight", "unit"]
Builder = Callable[[_Match, "Words"], Phrase | None]

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_YEAR = r"(?:19|20)\d\d(?![\d]|[.,]\d)"
_FEAST_LEAD = re.compile(r"\b(?:before|after|since|until|till)\s+$", re.IGNORECASE)
_NO_FIGURE = r"(?<![\w.,:/$€£#-])"


def _any(words: Iterable[str]) -> str:
    """An alternation of words, the longest first; blanks stand for any white space, apostrophes for any apostrophe."""
    parts = (re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=len, reverse=True))
    return "(?:" + "|".join(parts) + ")"


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A language's date words, folded for look-up."""

    language: Language
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    years_taken: frozenset[str]

    def month(self, word: str) -> int:
        """The number of a month's name or short form."""
        return self.months[word.lower().rstrip(".")]

    def weekday(self, word: str | None) -> int | None:
        """1 (Monday) to 7 (Sunday), None for no word."""
        return self.weekdays[word.lower().rstrip(".")] if word else None

    def number(self, words: str) -> int | None:
        """A small number in figures or words; None for a vague amount."""
        numbers = self.language.numbers
        parts = re.split(r"[\s-]+", words.lower().strip())
        if parts[0].isdigit():
            return int(parts[0])
        if parts[0] in numbers.articles or parts[0] == "the":
            return 1
        if not all(p in numbers.units or p in numbers.tens for p in parts):
            return None
        return sum(numbers.units.get(p, 0) + numbers.tens.get(p, 0) for p in parts)


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


def _year(match: _Match) -> tuple[int | None, str | None]:
    """The year that follows a day or month, in figures or as a pointer."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"]), None
    pointer = groups.get("yp") or groups.get("yp2")
    if not pointer:
        return None, None
    word = _folded(pointer).removesuffix(" year").removeprefix("the ")
    return None, {"same": "that", "next": "following"}.get(word, word) if groups.get("yp2") else word


def _two_digits(match: _Match, names: str) -> int | None:
    """The year of "18 JAN 89": only behind upper-case months or an apostrophe."""
    short = match.groupdict().get("yy")
    if not short or not (names.isupper() or short[0] in "'’"):
        return None
    year = int(short[-2:])
    return 1900 + year if year > 40 else 2000 + year


def _day_month(match: _Match, words: Words) -> Phrase | None:
    name = match["month"]
    if name.islower() and name in words.language.dates.month_verbs:
        return None
    year, pointer = _year(match)
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
    year, pointer = _year(match)
    if match["month"].islower() or (year is None and "\n" in match.group()):
        return None
    plain = year is None and pointer is None and match["th"] is None and match["wd"] is None
    following = re.match(r"\s+(?:more\s+)?([a-zA-Z]+)", match.string[match.end() : match.end() + 30])
    if plain and following and following[1].lower() in words.years_taken:
        return None
    return Phrase(
        match.start(), match.end(), "day", year=year, month=words.month(match["month"]), day=int(match["day"]),
        last_day=int(match["day2"]) if match["day2"] else None, weekday=words.weekday(match["wd"]), year_pointer=pointer,
    )  # fmt: skip


def _iso(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "day", year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))


def _figures(match: _Match, words: Words) -> Phrase | None:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 1900 if year > 40 else 2000
    if 2443 <= year <= 2643:
        year -= 543  # the Buddhist era, as Thai papers count
    if not 1900 <= year <= 2100 or not (1 <= first <= 31 and 1 <= second <= 31):
        return None
    if second > 12 >= first:
        return Phrase(*match.span(), "day", year=year, month=first, day=second)
    if match["sep"] == "/" and first <= 12 and first != second:
        return Phrase(*match.span(), "either_order", year=year, month=second, day=first)
    return Phrase(*match.span(), "day", year=year, month=second, day=first)


def _day_dot_month(match: _Match, words: Words) -> Phrase | None:
    if not 1 <= int(match["month"]) <= 12:
        return None
    return Phrase(*match.span(), "day", month=int(match["month"]), day=int(match["day"]))


def _part(match: _Match, table: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    words = match.groupdict().get("part")
    if not words:
        return None
    key = _folded(words).replace("-", " ").strip().removesuffix(" the").removeprefix("the ")
    return table.get(key) or table.get(f"{key} of") or table.get(key.removesuffix(" of"))


def _month(match: _Match, words: Words) -> Phrase | None:
    name = match["month"]
    dates = words.language.dates
    if name.islower() or (name.lower().rstrip(".") in dates.short_months and not match["year"]):
        return None
    year, pointer = _year(match)
    part, lead = _part(match, dates.month_parts), match["lead"]
    bare = year is None and pointer is None and part is None and lead is None
    if bare and not _month_alone(match, words):
        return None
    which = _pointer(lead, words) if lead else None
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
    year, pointer = _year(match)
    joined = match["link"].lower()
    if joined in ("and", "to") and not match["lead"]:
        return None
    return Phrase(
        match.start(), match.end(), "months", year=year, month=words.month(match["month"]),
        last_month=words.month(match["month2"]), year_pointer=pointer,
        last_year=int(match["year1"]) if match["year1"] else None,
    )  # fmt: skip


def _pointer(word: str, words: Words) -> str:
    """ "last", "this", "next", "that", "following" or "previous"."""
    dates, key = words.language.dates, _folded(word).removeprefix("the ")
    for name, known in (("next", dates.next), ("last", dates.last), ("this", dates.this)):
        if key in known:
            return name
    if key in dates.following:
        return "following"
    return "previous" if key in dates.previous else "that"


def _season(match: _Match, words: Words) -> Phrase | None:
    dates = words.language.dates
    year, year_pointer = _year(match)
    lead = match["lead"]
    if year is None and year_pointer is None and lead is None:
        if not match["inn"] or _folded(match["season"]) == "fall":
            return None
    start = match.start("season") if match["inn"] and not match["lead"] else match.start()
    return Phrase(
        start, match.end(), "season", year=year, months=dates.seasons[_folded(match["season"])],
        pointer=_pointer(lead, words) if lead else None, year_pointer=year_pointer,
    )  # fmt: skip


def _plain_year(match: _Match, words: Words) -> Phrase | None:
    part = _part(match, words.language.dates.year_parts)
    before = re.search(r"([A-Za-z]+)\s+$", match.string[max(0, match.start() - 16) : match.start()])
    following = re.match(r"\s*([A-Za-z%]+)", match.string[match.end() : match.end() + 24])
    if part is None:
        if before and before[1].lower() in words.language.dates.not_year_before and before[1].lower() != "to":
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
    return Phrase(*match.span(), "decade", year=first, part=_part(match, words.language.dates.decade_parts))


def _holiday(match: _Match, words: Words) -> Phrase | None:
    dates = words.language.dates
    name = _folded(match["name"])
    if match["name"][0].islower():
        return None
    year, pointer = _year(match)
    if " " not in name and year is None and not _FEAST_LEAD.search(match.string, max(0, match.start() - 8), match.start()):
        return None  # "Christmas market" is no date, "two days before Christmas" is
    if name in dates.easter:
        return Phrase(*match.span(), "holiday", year=year, easter=dates.easter[name], year_pointer=pointer)
    month, day = dates.holidays[name]
    return Phrase(*match.span(), "holiday", year=year, month=month, day=day, year_pointer=pointer)


def _weekday_ordinal(match: _Match, words: Words) -> Phrase | None:
    if not (match["the"] or match["th"]):
        return None
    return Phrase(*match.span(), "day_of_month", day=int(match["day"]), weekday=words.weekday(match["wd"]))


def _ordinal(match: _Match, words: Words) -> Phrase | None:
    pointer = _pointer(match["mp"], words) if match["mp"] else None
    following = re.match(r"\s+([A-Za-z]+)", match.string[match.end() : match.end() + 24])
    if following and not match["mp"]:
        word = following[1]
        taken = word.lower() in words.language.dates.ordinal_nouns and word.lower() != "in"
        stop = word.lower() in words.language.counts.nouns.stops
        if taken or (not match["on"] and not stop):
            return None
    start = match.start("the") if match["the"] else match.start("day")
    return Phrase(start, match.end(), "day_of_month", day=int(match["day"]), pointer=pointer)


def _weekday(match: _Match, words: Words) -> Phrase | None:
    name, lead, week = match["wd"], match["lead"], match["week"]
    if name.islower():
        return None
    before = re.search(r"([A-Za-z]+)\s+$", match.string[max(0, match.start() - 12) : match.start()])
    if before and before[1].lower() in words.language.dates.not_weekday_before:
        return None
    second = match["wd2"]
    if second:
        return Phrase(
            *match.span(), "weekdays", weekday=words.weekday(name), last_weekday=words.weekday(second),
            pointer=_pointer(lead, words) if lead else None,
        )  # fmt: skip
    pointer = _pointer(lead, words) if lead else None
    return Phrase(*match.span(), "weekday", weekday=words.weekday(name), pointer=pointer, unit=_week(week, words))


def _week(words_of_week: str | None, words: Words) -> str | None:
    return _pointer(_folded(words_of_week).removesuffix(" week"), words) if words_of_week else None


def _day_word(match: _Match, words: Words) -> Phrase:
    dates = words.language.dates
    name = _folded(match["name"]).removeprefix("the ")
    steps = -1 if name in dates.last_night else dates.day_words.get(name, 0)
    return Phrase(*match.span(), "days_away", amount=steps, exact=name in dates.last_night)


def _overnight(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "overnight")


def _amount(match: _Match, words: Words) -> tuple[str, int | None]:
    unit = words.language.dates.units[_folded(match["unit"])]
    groups = match.groupdict()
    return unit, words.number(groups["amount"]) if groups.get("amount") else None


def _ago(match: _Match, words: Words) -> Phrase:
    unit, amount = _amount(match, words)
    exact = bool(match["exact"])
    return Phrase(*match.span(), "vague" if amount is None else "ago", unit=unit, amount=amount, exact=exact)


def _shift(match: _Match, words: Words) -> Phrase | None:
    unit, amount = _amount(match, words)
    sign = -1 if _folded(match["way"]) in words.language.dates.earlier else 1
    if match["amount"] and _folded(match["amount"]).startswith("the") and unit != "day":
        return None
    if amount is None:
        return Phrase(*match.span(), "vague", unit=unit)
    return Phrase(*match.span(), "shift", unit=unit, amount=sign * amount, exact=bool(match["exact"]))


def _part_shift(match: _Match, words: Words) -> Phrase:
    """ "the night before", "the morning after"."""
    sign = -1 if _folded(match["way"]) in words.language.dates.earlier else 1
    return Phrase(*match.span(), "shift", unit="day", amount=sign, exact=True)


def _neighbour(match: _Match, words: Words) -> Phrase:
    """ "the next day", "the following month", "the previous evening"."""
    word = _folded(match["unit"])
    unit = words.language.dates.units.get(word, "day")
    sign = -1 if _folded(match["which"]) in words.language.dates.previous else 1
    return Phrase(*match.span(), "shift", unit=unit, amount=sign, exact=unit == "day")


def _within(match: _Match, words: Words) -> Phrase | None:
    unit, amount = _amount(match, words)
    if amount is None and unit != "hour" and not _folded(match["unit"]) == "day":
        return Phrase(*match.span(), "vague", unit=unit)
    return Phrase(*match.span(), "within", unit=unit, amount=amount)


def _same(match: _Match, words: Words) -> Phrase:
    dates = words.language.dates
    word = _folded(match["unit"])
    if word in dates.seasons:
        return Phrase(*match.span(), "season", months=dates.seasons[word], pointer="that")
    if word in words.weekdays:
        return Phrase(*match.span(), "weekday", weekday=words.weekdays[word], pointer="that")
    return Phrase(*match.span(), "same", unit=dates.units.get(word, "day"))


def _period(match: _Match, words: Words) -> Phrase:
    word = _folded(match["unit"])
    unit = words.language.dates.units.get(word, word)
    if match["which"]:
        return Phrase(*match.span(), "period", unit=unit, pointer=_pointer(match["which"], words))
    return Phrase(*match.span(), "period", unit=unit, pointer="this", part=(1, 1) if match["early"] else None)


def _vague(match: _Match, words: Words) -> Phrase:
    return Phrase(*match.span(), "vague", unit=words.language.dates.units[_folded(match["unit"])])


def _sources(language: Language) -> dict[str, str]:
    """The pieces that patterns are made of, by name."""
    dates, numbers = language.dates, language.numbers
    small = _any([*numbers.units, *numbers.tens])
    full, short = _any(dates.months), _any(dates.short_months)
    weekdays = _any(dates.weekdays)
    return {
        "D": _DAY,
        "TH": _TH,
        "Y": _YEAR,
        "M": rf"(?:{full}\b|{short}\b\.?)",
        "WD": weekdays,
        "WDS": rf"(?:{_any([*dates.weekdays, *dates.short_weekdays])}\b\.?)",
        "YR": rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<yp>(?:last|this|next)\s+year)"
        r"|\s+of\s+(?P<yp2>(?:that|the\s+same|the\s+following|the\s+next|the\s+previous)\s+year))?",
        "YY": r"(?P<yysep>\s+)(?P<yy>['’]?\d\d)(?![\d:,.]\d|\d|\s*(?:%|percent\b))",
        "DP": rf"(?:\s+{_any(dates.day_parts)}\b)?",
        "DL": rf"(?:(?:the\s+)?{_any(dates.day_leads)}\s+)?",
        "NUM": rf"(?:\d{{1,3}}|{small}(?:[\s-]{small})?|an?\b)",
        "VAGUE": _any(dates.vague_amounts),
        "UNIT": _any(dates.units),
        "DAYPART": _any([*dates.day_parts, "day"]),
        "LATER": _any(w for w in dates.later if w not in ("on", "since", "hence")),
        "EARLIER": _any(dates.earlier),
        "AGO": _any(dates.ago),
        "SAME": _any(dates.same),
        "NEXT": _any([*dates.following, *dates.previous]),
        "WHICH": _any([*dates.last, *dates.this, *dates.next]),
        "POINT": _any(
            [*dates.last, *dates.this, *dates.next, *(f"the {w}" for w in [*dates.following, *dates.previous]), *dates.same]
        ),
        "SEASON": _any(dates.seasons),
        "MPART": _any(dates.month_parts),
        "YPART": _any(dates.year_parts),
        "DECPART": _any(dates.decade_parts),
        "HOLIDAY": _any([*dates.holidays, *dates.easter]),
        "DAYWORD": _any([*dates.day_words, *(f"the {w}" for w in dates.day_words if " " in w), *dates.last_night]),
        "OVERNIGHT": _any(dates.overnight),
        "WITHIN": _any(dates.within),
    }


# Pattern with <<PIECE>>s, what it says, and the words near which it is tried. Of the matches at a place the longest
# wins, of equals the first.
_PATTERNS: tuple[tuple[str, Builder, Trigger], ...] = (
    (r"(?<![\w-])(?P<year>(?:19|20)\d\d)(?P<s>[-/])(?P<month>\d\d)(?P=s)(?P<day>\d\d)(?!\d)", _iso, "figure"),
    (r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\w/]|[.-]\d)", _figures, "figure"),
    (
        r"<<DL>>(?:\b(?P<wd><<WDS>>),?\s+)?(?:\bthe\s+)?" + _NO_FIGURE + r"(?P<day><<D>>)(?:<<TH>>)?"
        r"(?:\s*(?P<link>-|–|—|/|to|and|or|&)\s*(?:the\s+)?(?P<day2><<D>>)(?:<<TH>>)?)?\s*(?:-\s*)?(?:\s+|(?<=[-\d]))"
        r"(?:day\s+)?(?:of\s+)?(?P<month><<M>>)(?:<<YY>>|<<YR>>)<<DP>>",
        _day_month, "month",
    ),
    (
        r"<<DL>>\b(?:(?P<wd><<WDS>>),?\s+)?(?P<month><<M>>)\s+(?:the\s+)?(?P<day><<D>>)(?P<th><<TH>>)?(?![\d%]|[:.,]\d)"
        r"(?:\s*(?:-|–|to|and)\s*(?P<day2><<D>>)(?:<<TH>>)?(?![\d%:]|,\d)(?!\s+<<M>>))?<<YR>><<DP>>",
        _month_day, "month",
    ),
    (
        r"\b(?:the\s+)?(?:(?P<part><<MPART>>)[\s-]+(?:the\s+)?|(?P<lead><<POINT>>)\s+)?(?P<month><<M>>)<<YR>>"
        r"(?!\s+\d{1,2}(?:st|nd|rd|th|,)?\b(?!,?\d))?",
        _month, "month",
    ),
    (
        r"(?:\b(?P<lead>between|from)\s+)?\b(?P<month><<M>>)(?:\s+(?P<year1><<Y>>))?\s*(?P<link>-|–|—|/|to|and)\s*"
        r"(?P<month2><<M>>)<<YR>>",
        _months, "month",
    ),
    (r"(?:\b(?P<inn>in\s+(?:the\s+)?))?\b(?:(?:early|mid|late)[\s-]+|(?P<lead><<POINT>>)\s+|the\s+)?(?P<season><<SEASON>>)\b<<YR>>", _season, "season"),
    (r"(?:\b(?:the\s+)?(?P<part><<YPART>>)[\s-]+(?:the\s+year\s+)?)?(?<![\w.,:/$€£#-])(?P<year><<Y>>)(?![\w-]|\s*%)", _plain_year, "year"),
    (r"(?:\b(?:the\s+)?(?P<part><<YPART>>)-(?P<year><<Y>>))(?![\w-])", _plain_year, "year"),
    (r"\b(?:between|from)\s+(?P<year><<Y>>)\s+(?:and|to|until|through)\s+(?P<year2><<Y>>)\b", _years, "year"),
    (r"(?<![\w.,:/$€£#-])(?P<year>(?:19|20)\d\d)\s*[-–—/]\s*(?P<year2>(?:19|20)\d\d|\d\d)(?![\w-]|[.,]\d)", _years, "year"),
    (r"\b(?:the\s+)?(?:(?P<part><<DECPART>>)[\s-]+)?(?:(?P<decade>(?:19|20)\d0)['’]?s\b|['’](?P<dd>[2-9]0)s\b)", _decade, "year"),
    (r"\b(?P<name><<HOLIDAY>>)\b<<YR>><<DP>>", _holiday, "holiday"),
    (r"<<DL>>\b(?P<wd><<WDS>>),?\s+(?P<the>the\s+)?(?P<day><<D>>)(?P<th><<TH>>)?\b(?!\s+<<M>>)", _weekday_ordinal, "weekday"),
    (
        r"(?:\b(?P<on>on|by|until|since|of|and)\s+)?(?:\b(?P<the>the)\s+)" + _NO_FIGURE + r"(?P<day><<D>>)<<TH>>\b"
        r"(?:\s+of\s+(?P<mp>that|the(?:\s+same)?|this|last|the\s+following|the\s+previous)\s+month\b)?",
        _ordinal, "ordinal",
    ),
    (
        r"<<DL>>\b(?:(?P<lead><<POINT>>)\s+)?(?P<wd><<WD>>)\b(?:\s+(?:to|into)\s+(?P<wd2><<WD>>)\b)?"
        r"(?:\s+of\s+(?P<week>(?:last|this|that|the\s+previous|the\s+following|the\s+same|next)\s+week))?<<DP>>",
        _weekday, "weekday",
    ),
    (r"<<DL>>\b(?P<name><<DAYWORD>>)\b<<DP>>", _day_word, "day"),
    (r"\b(?P<name>earlier\s+today|(?:early\s+|late\s+)?this\s+(?:morning|afternoon|evening))\b", _day_word, "day"),
    (r"\b(?P<name><<OVERNIGHT>>)\b", _overnight, "overnight"),
    (r"\b(?P<amount><<NUM>>|<<VAGUE>>)\s+(?P<unit><<UNIT>>)\s+<<AGO>>\b(?:\s+(?P<exact>today|to\s+the\s+day))?", _ago, "unit"),
    (
        r"\b(?:(?P<amount><<NUM>>|<<VAGUE>>|the)\s+)?(?P<unit><<UNIT>>)(?:\s+(?P<exact>to\s+the\s+day))?\s+"
        r"(?P<way>on(?=\s*[,.;:)]|\s*$)|(?:<<LATER>>|<<EARLIER>>)\b)",
        _shift, "unit",
    ),
    (r"\b(?:(?:on|in)\s+)?the\s+<<DAYPART>>\s+(?P<way>before|after)\b(?!\s+<<DAYPART>>)", _part_shift, "unit"),
    (r"\b(?:the\s+)?(?P<which><<NEXT>>)\s+(?P<unit>day|week|month|year|<<DAYPART>>)\b(?!s)", _neighbour, "unit"),
    (r"\b<<WITHIN>>\s+(?:the\s+|(?P<amount><<NUM>>|<<VAGUE>>)\s+)?(?P<unit><<UNIT>>)\b", _within, "unit"),
    (r"\b(?:(?:later|earlier|late|early)\s+(?:on\s+)?)?(?:<<SAME>>)\s+(?P<unit>week|month|year|<<DAYPART>>|<<SEASON>>|<<WD>>)\b", _same, "unit"),
    (
        r"\b(?:(?P<early>(?:early|earlier|late|later))\s+)?(?:(?P<which><<WHICH>>)|the\s+(?=same))\s+"
        r"(?P<unit>week|weekend|month|year)\b",
        _period, "unit",
    ),
    (r"\b(?:in\s+)?(?:the\s+)?(?:recent|past|last|coming|next)\s+(?:few\s+|several\s+|<<NUM>>\s+)?(?P<unit>days|weeks|months|years)\b", _vague, "unit"),
)  # fmt: skip

# Only read in words that somebody marked as a date: alone they are too weak.
_LOOSE: tuple[tuple[str, Builder], ...] = (
    (r"(?<![\w.,:/-])(?P<the>)(?P<on>)(?P<day><<D>>)(?:<<TH>>)?(?![\w.,:/-]\d|\w)(?P<mp>(?!))?", _ordinal),
    (r"(?<![\w.,:/-])(?P<day>\d\d)\.(?P<month>\d\d)(?![\w.]\d)\.?", _day_dot_month),
    (r"\b(?:same|the|that)?\s*(?P<unit>night|evening|morning|afternoon|noon|midnight|date|day|week|month|year)\b", _same),
    (r"\b(?:after\s+|some\s+)?(?P<amount><<NUM>>)\s+(?P<unit><<UNIT>>)\b(?P<exact>)(?P<way>)", _shift),
)


@dataclass(frozen=True, slots=True, eq=False)
class DateGrammar:
    """The compiled patterns of a language, and the words in whose neighbourhood they are tried."""

    words: Words
    patterns: tuple[tuple[re.Pattern[str], Builder, Trigger], ...]
    loose: tuple[tuple[re.Pattern[str], Builder], ...]
    triggers: Mapping[str, frozenset[Trigger]]


def _compiled(pattern: str, pieces: Mapping[str, str]) -> re.Pattern[str]:
    for _ in range(2):  # pieces are made of pieces
        pattern = re.sub(r"<<(\w+)>>", lambda m: pieces[m[1]], pattern)
    return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)


def _triggers(language: Language) -> dict[str, frozenset[Trigger]]:
    """The kinds of expression that each word can belong to; of several words, the first that is telling."""
    dates = language.dates
    kinds: dict[Trigger, Iterable[str]] = {
        "month": [*dates.months, *dates.short_months],
        "season": dates.seasons,
        "holiday": (name.split("'")[0].split()[0] for name in [*dates.holidays, *dates.easter]),
        "weekday": [*dates.weekdays, *dates.short_weekdays],
        "day": [*(name.split()[-1] for name in dates.day_words), *dates.day_parts],
        "overnight": dates.overnight,
        "unit": [*dates.units, "weekend", *dates.day_parts, *dates.seasons, *dates.weekdays],
    }
    table: dict[str, set[Trigger]] = {}
    for kind, words in kinds.items():
        for word in words:
            table.setdefault(word, set()).add(kind)
    return {word: frozenset(known) for word, known in table.items()}


@lru_cache
def date_grammar(language: Language) -> DateGrammar:
    """The date grammar of a language."""
    dates, nouns = language.dates, language.counts.nouns
    words = Words(
        language=language,
        months={**dates.months, **dates.short_months},
        weekdays={**dates.weekdays, **dates.short_weekdays},
        years_taken=frozenset([*nouns.people, *nouns.measures, *nouns.money, *nouns.irregular_plurals]),
    )
    pieces = _sources(language)
    return DateGrammar(
        words,
        tuple((_compiled(pattern, pieces), builder, near) for pattern, builder, near in _PATTERNS),
        tuple((_compiled(pattern, pieces), builder) for pattern, builder in _LOOSE),
        _triggers(language),
    )
