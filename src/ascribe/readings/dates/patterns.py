"""The patterns of date expressions, made of the pieces that a language's words fill (see `grammar.py`)."""

from __future__ import annotations

from typing import Literal

Trigger = Literal[
    "figure", "month", "season", "year", "holiday", "eve", "weekday", "beside", "ordinal", "spelled", "day",
    "overnight", "unit", "ago",
]  # fmt: skip

_NO_FIGURE = r"(?<![\w.,:/$€£#-])"

# Pattern with <<PIECE>>s, what it says, and the words near which it is tried. Of the matches at a place the longest
# wins, of equals the first.
PATTERNS: tuple[tuple[str, str, Trigger], ...] = (
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
    (
        r"(?:<<DL>>|\b(?:the\s+)?(?P<feast>feast|day)\s+of\s+)(?:the\s+)?\b(?P<name><<HOLIDAY>>)(?!\w)<<YR>><<DP>>",
        "holiday", "holiday",
    ),
    (
        r"\b(?:(?:the\s+)?(?:feast|day)\s+of\s+)?(?:SS?|Sts?|Saints?)\b\.?\s+(?P<saint><<SAINT>>)(?:['’]s|['’])?"
        r"(?:\s+(?P<which>day|eve|night))?\b<<YR>>",
        "saint", "holiday",
    ),
    (
        r"\b(?:the\s+)?eve\s+of\s+(?:the\s+)?(?=<<HOLIDAY>>|feast\b|SS?\b|Sts?\b|Saints?\b|\d|<<M>>)",
        "eve", "eve",
    ),
    (
        r"<<DL>>\b(?:the\s+)?(?P<nth><<ORD>>|<<LAST>>)\s+(?P<wd><<WD>>)\s+(?:of|in)\s+"
        r"(?:(?P<month><<M>>)<<YR>>|(?P<mp>the|that|this|last|next|(?:the|that)\s+same|the\s+(?:following|previous))"
        r"\s+month\b)",
        "nth_weekday", "weekday",
    ),
    (
        r"<<DL>>\b(?P<wd><<WD>>)<<DP>>\s+(?:of|in)\s+(?:(?P<part><<MPART>>)[\s-]+)?(?P<month><<M>>)<<YR>>",
        "weekday_in_month", "weekday",
    ),
    (
        r"<<DL>>\b(?:(?P<wd><<WDS>>),?\s+)?(?:the\s+)?(?P<ord><<ORD>>)\s+(?:day\s+)?of\s+(?P<month><<M>>)<<YR>><<DP>>",
        "spelled_day", "month",
    ),
    (
        r"(?:\bin\s+)?\b(?:the\s+)?(?P<part><<MPART>>)[\s-]+(?:(?:in|of)\s+)?"
        r"(?P<mp>the|that|this|last|next|(?:the|that)\s+same|the\s+(?:following|previous))\s+month\b",
        "part_of_month", "unit",
    ),
    (r"(?:(?<=\n)|\A)[#*(\s]{0,6}(?P<day><<D>>)(?P<th>)(?P<the>)\s+(?P<wd><<WDS>>)(?=[.,:;\s*])", "log_day", "weekday"),
    (r"(?:(?<=\n)|\A)[#*(\s]{0,6}(?P<wd><<WDS>>)\s+(?P<day><<D>>)(?=[.,:;*\n])", "log_day", "weekday"),
    (r"(?:(?<=\n)|\A)[#*(]{0,3}(?P<day><<D>>)<<TH>>(?=[.,:]?[*)]{0,3}(?:[.,:]|\s*\n))", "log_ordinal", "ordinal"),
    (
        r"\bon\s+(?P<the>the)\s+(?P<ord><<ORD>>)\b(?=\s*[,.;:)]|\s*\Z|\s+(?:of|in)\s+(?:that|the\s+same)\s+month)"
        r"(?:\s+of\s+(?P<mp>that|the(?:\s+same)?)\s+month\b)?",
        "spelled_ordinal", "spelled",
    ),
    (
        r"\b(?P<what>the\s+(?:(?P<wd><<WD>>)<<DP>>|week))\s+(?P<way>before|after|following|previous)\b"
        r"(?!\s+last\b)(?:\s+(?:it|that)\b)?",
        "beside", "beside",
    ),
    (
        r"\b(?:(?P<wd><<WD>>)<<DP>>|week)\s+(?P<way>before|after)\s+(?=(?:the\s+)?(?:feast\s+of\s+)?<<HOLIDAY>>(?!\w))",
        "beside", "beside",
    ),
    (
        r"<<DL>>\b(?P<wd><<WDS>>),?\s+(?P<the>the\s+)?(?P<day><<D>>)(?P<th><<TH>>)?\b(?!\s+<<M>>)",
        "weekday_ordinal", "weekday",
    ),
    (
        r"(?:\b(?P<on>on|by|until|since|of|and)\s+)?(?:\b(?P<the>the)\s+)" + _NO_FIGURE + r"(?P<day><<D>>)<<TH>>\b"
        r"(?:\s*(?:-|–|\s(?:to|into|and)\s)\s*(?:the\s+)?(?P<day2><<D>>)<<TH>>\b(?!\s+(?:of\s+)?<<M>>))?"
        r"(?:\s+of\s+(?P<mp>that|the(?:\s+same)?|this|last|the\s+following|the\s+previous)\s+month\b)?",
        "ordinal", "ordinal",
    ),
    (
        r"<<DL>>\b(?:(?P<lead><<POINT>>)\s+|(?P<the>the)\s+)?(?P<wd><<WD>>)\b(?:\s+(?:to|into)\s+(?P<wd2><<WD>>)\b)?"
        r"(?:\s+of\s+(?P<week>(?:last|this|that|the\s+previous|the\s+following|the\s+same|next)\s+week))?<<DP>>",
        "weekday", "weekday",
    ),
    (r"<<DL>>\b(?P<name><<DAYWORD>>)\b<<DP>>", "day_word", "day"),
    (r"\b(?P<name>earlier\s+today|(?:early\s+|late\s+)?this\s+(?:morning|afternoon|evening))\b", "day_word", "day"),
    (r"\b(?P<name><<OVERNIGHT>>)\b", "overnight", "overnight"),
    (
        r"\b(?P<amount><<NUM>>|<<VAGUE>>)\s+(?P<unit><<UNIT>>)\s+<<AGO>>\b(?:,?\s+(?P<exact>today|to\s+the\s+day))?",
        "ago", "unit",
    ),
    (
        r"\b(?:(?P<amount><<NUM>>|<<VAGUE>>|the)\s+)?(?P<unit><<UNIT>>)(?:\s+(?P<exact>to\s+the\s+day))?\s+"
        r"(?P<way>on(?=\s*[,.;:)]|\s*$)|(?:<<LATER>>|<<EARLIER>>)\b)(?:,?\s+(?P<exact2>to\s+the\s+(?:day|hour|minute)))?"
        r"(?:\s+that\b)?",
        "shift", "unit",
    ),
    (
        r"\b(?P<amount><<NUM>>)\s+(?P<unit>years|weeks)\s+(?=(?:last|this|next)\s+(?:<<WD>>|week|month)\b)(?P<exact>)",
        "ago", "unit",
    ),
    (
        r"\b(?P<amount><<NUM>>)\s+(?P<season>springs|summers|autumns|falls|winters)\s+<<AGO>>\b", "seasons_ago", "ago",
    ),
    (
        r"\b(?:(?:on|in)\s+)?the\s+<<DAYPART>>\s+(?P<way>before|after)\b(?!\s+(?:<<DAYPART>>|yesterday|last)\b)",
        "part_shift", "unit",
    ),
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
LOOSE: tuple[tuple[str, str], ...] = (
    (r"(?<![\w.,:/-])(?P<the>)(?P<on>)(?P<day><<D>>)(?:<<TH>>)?(?![\w.,:/-]\d|\w)(?P<mp>(?!))?", "ordinal"),
    (r"(?P<the>the)\s+(?P<ord><<ORD>>)(?=\W*\Z)(?P<mp>(?!))?", "spelled_ordinal"),
    (r"(?<![\w.,:/-])(?P<day>\d\d)\.(?P<month>\d\d)(?![\w.]\d)\.?", "day_dot_month"),
    (
        r"\b(?:same|the|that)?\s*(?P<unit>night|evening|morning|afternoon|noon|midnight|date|day|week|month|year)\b",
        "whole",
    ),
    (r"\b(?:after\s+|some\s+)?(?P<amount><<NUM>>)\s+(?P<unit><<UNIT>>)\b(?P<exact>)(?P<way>)", "shift"),
)
