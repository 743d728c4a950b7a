"""The grammar of date expressions: patterns made of a language's words.

Every pattern has a bounded number of repetitions and is tried only near a telling word, so that hostile text costs
linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ascribe.languages import Language
from ascribe.readings.dates.builders import BUILDERS
from ascribe.readings.dates.feasts import feasts
from ascribe.readings.dates.patterns import LOOSE, PATTERNS, Trigger
from ascribe.readings.dates.pieces import Builder
from ascribe.readings.dates.words import Words

# "on the first", "the second" and "the third" are seldom days
_FEW = 3

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_TH = r"(?:st|nd|rd|th|ST|ND|RD|TH)"
_YEAR = r"(?:19|20)\d\d(?![\d]|[.,]\d)"


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
    named = feasts(language.code)
    return {
        "D": _DAY,
        "TH": _TH,
        "Y": _YEAR,
        "M": rf"(?:{full}\b|{short}\b\.?)",
        "WD": weekdays,
        "WDS": rf"(?:{_any([*dates.weekdays, *dates.short_weekdays])}\b\.?)",
        "YR": rf"(?:,?\s+(?:of\s+)?(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<yp>(?:last|this|next)\s+year)"
        r"|\s+of\s+(?P<yp2>(?:that(?:\s+same)?|the\s+same|the\s+following|the\s+next|the\s+previous)\s+year"
        r"|the\s+year\s+(?:after|before))\b"
        rf"|,?\s+(?:of\s+)?['’](?P<y2>\d\d)\b(?!['’]?s\b)|,?\s+(?P<yago>{small}|\d{{1,2}}|an?)\s+years?\s+ago\b"
        r"|\s+(?P<lately>last)(?=[,.;:)]))?",
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
        "HOLIDAY": _any(named.names),
        "SAINT": _any(named.saints),
        "ORD": rf"(?:(?:{_any(numbers.tens)}[\s-])?{_any(numbers.ordinals)}\b)",
        "LAST": _any([*dates.last, "final"]),
        "DAYWORD": _any([*dates.day_words, *(f"the {w}" for w in dates.day_words if " " in w), *dates.last_night]),
        "OVERNIGHT": _any(dates.overnight),
        "WITHIN": _any(dates.within),
    }


class DatePattern:
    """A pattern of the grammar, compiled when it is first tried: most texts try few of them."""

    def __init__(self, pattern: str, pieces: Mapping[str, str]) -> None:
        self._pattern, self._pieces = pattern, pieces

    @cached_property
    def search(self) -> re.Pattern[str]:
        """The pattern with a language's words in it."""
        pattern = self._pattern
        for _ in range(2):  # pieces are made of pieces
            pattern = re.sub(r"<<(\w+)>>", lambda m: self._pieces[m[1]], pattern)
        return re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class DateGrammar:
    """The patterns of a language, and the words in whose neighbourhood they are tried."""

    words: Words
    patterns: tuple[tuple[DatePattern, Builder, Trigger], ...]
    loose: tuple[tuple[DatePattern, Builder], ...]
    triggers: Mapping[str, frozenset[Trigger]]


def _triggers(language: Language) -> dict[str, frozenset[Trigger]]:
    """The kinds of expression that each word can belong to; of several words, the first that is telling."""
    dates = language.dates
    kinds: dict[Trigger, Iterable[str]] = {
        "month": [*dates.months, *dates.short_months],
        "season": dates.seasons,
        "holiday": [
            *(name.split("'")[0].split()[0] for name in feasts(language.code).names),
            "st",
            "saint",
            "sts",
            "ss",
        ],
        "weekday": [*dates.weekdays, *dates.short_weekdays],
        "beside": [*dates.weekdays, "week"],
        "eve": ["eve"],
        "spelled": (word for word, number in language.numbers.ordinals.items() if number > _FEW),
        "day": [*(name.split()[-1] for name in dates.day_words), *dates.day_parts],
        "overnight": dates.overnight,
        "ago": dates.ago,
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
        tuple((DatePattern(pattern, pieces), BUILDERS[says], near) for pattern, says, near in PATTERNS),
        tuple((DatePattern(pattern, pieces), BUILDERS[says]) for pattern, says in LOOSE),
        _triggers(language),
    )
