"""The grammar of date expressions: patterns made of a language's words.

Every pattern has a bounded number of repetitions and is tried only near a telling word, so that hostile text costs
linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ascribe.languages import Language
from ascribe.readings.dates.builders import BUILDERS, Builder
from ascribe.readings.dates.words import Words

Trigger = Literal["figure", "month", "season", "year", "holiday", "weekday", "ordinal", "day", "overnight", "unit"]

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_YEAR = r"(?:19|20)\d\d(?![\d]|[.,]\d)"
_NO_FIGURE = r"(?<![\w.,:/$€£#-])"


def _any(words: Iterable[str]) -> str:
    """An alternation of words, the longest first; blanks stand for any white space, apostrophes for any apostrophe."""
    parts = (re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in sorted(words, key=len, reverse=True))
    return "(?:" + "|".join(parts) + ")"


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
            [
                *dates.last,
                *dates.this,
                *dates.next,
                *(f"the {w}" for w in [*dates.following, *dates.previous]),
                *dates.same,
            ]
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
_PATTERNS: tuple[tuple[str, str, Trigger], ...] = (
    (r"(?<![\w-])(?P<year>(?:19|20)\d\d)(?P<s>[-/])(?P<month>\d\d)(?P=s)(?P<day>\d\d)(?!\d)", "iso", "figure"),
    (
        r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\w/]|[.-]\d)",
        "figures", "figure",
    ),
    (
        r"<<DL>>(?:\b(?P<wd><<WDS>>),?\s+)?(?:\bthe\s+)?" + _NO_FIGURE + r"(?P<day><<D>>)(?:<<TH>>)?"
        r"(?:\s*(?P<link>-|–|—|/|to|and|or|&)\s*(?:the\s+)?(?P<day2><<D>>)(?:<<TH>>)?)?(?:\s+|-)"
        r"(?:day\s+)?(?:of\s+)?(?P<month><<M>>)(?:<<YY>>|<<YR>>)<<DP>>",
        "day_month", "month",
    ),
    (
        r"<<DL>>\b(?:(?P<wd><<WDS>>),?\s+)?(?P<month><<M>>)\s+(?:the\s+)?(?P<day><<D>>)(?P<th><<TH>>)?(?![\d%]|[:.,]\d)"
        r"(?:\s*(?:-|–|to|and)\s*(?P<day2><<D>>)(?:<<TH>>)?(?![\d%:]|,\d)(?!\s+<<M>>))?<<YR>><<DP>>",
        "month_day", "month",
    ),
    (
        r"\b(?:the\s+)?(?:(?P<part><<MPART>>)[\s-]+(?:the\s+)?|(?P<lead><<POINT>>)\s+)?(?P<month><<M>>)<<YR>>",
        "month", "month",
    ),
    (
        r"(?:\b(?P<lead>between|from)\s+)?\b(?P<month><<M>>)(?:\s+(?P<year1><<Y>>))?\s*(?P<link>-|–|—|/|to|and)\s*"
        r"(?P<month2><<M>>)<<YR>>",
        "months", "month",
    ),
    (
        r"(?:\b(?P<inn>in\s+(?:the\s+)?))?\b(?:(?:early|mid|late)[\s-]+|(?P<lead><<POINT>>)\s+|the\s+)?"
        r"(?P<season><<SEASON>>)\b<<YR>>",
        "season", "season",
    ),
    (
        r"(?:\b(?:the\s+)?(?P<part><<YPART>>)[\s-]+(?:the\s+year\s+)?)?"
        + _NO_FIGURE + r"(?P<year><<Y>>)(?![\w-]|\s*%)",
        "plain_year", "year",
    ),
    (r"(?:\b(?:the\s+)?(?P<part><<YPART>>)-(?P<year><<Y>>))(?![\w-])", "plain_year", "year"),
    (r"\b(?:between|from)\s+(?P<year><<Y>>)\s+(?:and|to|until|through)\s+(?P<year2><<Y>>)\b", "years", "year"),
    (
        _NO_FIGURE + r"(?P<year>(?:19|20)\d\d)\s*[-–—/]\s*(?P<year2>(?:19|20)\d\d|\d\d)(?![\w-]|[.,]\d)",
        "years", "year",
    ),
    (
        r"(?:the\s+)?(?:(?P<part><<DECPART>>)[\s-]+)?(?:(?P<decade>(?:19|20)\d0)['’]?s\b|['’](?P<dd>[2-9]0)s\b)",
        "decade", "year",
    ),
    (r"\b(?P<name><<HOLIDAY>>)\b<<YR>><<DP>>", "holiday", "holiday"),
    (
        r"<<DL>>\b(?P<wd><<WDS>>),?\s+(?P<the>the\s+)?(?P<day><<D>>)(?P<th><<TH>>)?\b(?!\s+<<M>>)",
        "weekday_ordinal", "weekday",
    ),
    (
        r"(?:\b(?P<on>on|by|until|since|of|and)\s+)?(?:\b(?P<the>the)\s+)" + _NO_FIGURE + r"(?P<day><<D>>)<<TH>>\b"
        r"(?:\s+of\s+(?P<mp>that|the(?:\s+same)?|this|last|the\s+following|the\s+previous)\s+month\b)?",
        "ordinal", "ordinal",
    ),
    (
        r"<<DL>>\b(?:(?P<lead><<POINT>>)\s+)?(?P<wd><<WD>>)\b(?:\s+(?:to|into)\s+(?P<wd2><<WD>>)\b)?"
        r"(?:\s+of\s+(?P<week>(?:last|this|that|the\s+previous|the\s+following|the\s+same|next)\s+week))?<<DP>>",
        "weekday", "weekday",
    ),
    (r"<<DL>>\b(?P<name><<DAYWORD>>)\b<<DP>>", "day_word", "day"),
    (r"\b(?P<name>earlier\s+today|(?:early\s+|late\s+)?this\s+(?:morning|afternoon|evening))\b", "day_word", "day"),
    (r"\b(?P<name><<OVERNIGHT>>)\b", "overnight", "overnight"),
    (
        r"\b(?P<amount><<NUM>>|<<VAGUE>>)\s+(?P<unit><<UNIT>>)\s+<<AGO>>\b(?:\s+(?P<exact>today|to\s+the\s+day))?",
        "ago", "unit",
    ),
    (
        r"\b(?:(?P<amount><<NUM>>|<<VAGUE>>|the)\s+)?(?P<unit><<UNIT>>)(?:\s+(?P<exact>to\s+the\s+day))?\s+"
        r"(?P<way>on(?=\s*[,.;:)]|\s*$)|(?:<<LATER>>|<<EARLIER>>)\b)",
        "shift", "unit",
    ),
    (r"\b(?:(?:on|in)\s+)?the\s+<<DAYPART>>\s+(?P<way>before|after)\b(?!\s+<<DAYPART>>)", "part_shift", "unit"),
    (r"\b(?:the\s+)?(?P<which><<NEXT>>)\s+(?P<unit>day|week|month|year|<<DAYPART>>)\b(?!s)", "neighbour", "unit"),
    (r"\b<<WITHIN>>\s+(?:the\s+|(?P<amount><<NUM>>|<<VAGUE>>)\s+)?(?P<unit><<UNIT>>)\b", "within", "unit"),
    (
        r"\b(?:(?:later|earlier|late|early)\s+(?:on\s+)?)?(?:<<SAME>>)\s+"
        r"(?P<unit>week|month|year|<<DAYPART>>|<<SEASON>>|<<WD>>)\b",
        "same", "unit",
    ),
    (
        r"\b(?:(?P<early>(?:early|earlier|late|later))\s+)?(?:(?P<which><<WHICH>>)|the\s+(?=same))\s+"
        r"(?P<unit>week|weekend|month|year)\b",
        "period", "unit",
    ),
    (
        r"\b(?:in\s+)?(?:the\s+)?(?:recent|past|last|coming|next)\s+(?:few\s+|several\s+|<<NUM>>\s+)?"
        r"(?P<unit>days|weeks|months|years)\b",
        "vague", "unit",
    ),
)  # fmt: skip

# Only read in words that somebody marked as a date: alone they are too weak.
_LOOSE: tuple[tuple[str, str], ...] = (
    (r"(?<![\w.,:/-])(?P<the>)(?P<on>)(?P<day><<D>>)(?:<<TH>>)?(?![\w.,:/-]\d|\w)(?P<mp>(?!))?", "ordinal"),
    (r"(?<![\w.,:/-])(?P<day>\d\d)\.(?P<month>\d\d)(?![\w.]\d)\.?", "day_dot_month"),
    (
        r"\b(?:same|the|that)?\s*(?P<unit>night|evening|morning|afternoon|noon|midnight|date|day|week|month|year)\b",
        "same",
    ),
    (r"\b(?:after\s+|some\s+)?(?P<amount><<NUM>>)\s+(?P<unit><<UNIT>>)\b(?P<exact>)(?P<way>)", "shift"),
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
        not_before_years=frozenset({*dates.not_year_before, *nouns.series} - {"to"}),
    )
    pieces = _sources(language)
    return DateGrammar(
        words,
        tuple((_compiled(pattern, pieces), BUILDERS[says], near) for pattern, says, near in _PATTERNS),
        tuple((_compiled(pattern, pieces), BUILDERS[says]) for pattern, says in _LOOSE),
        _triggers(language),
    )
