"""Dates of publication: as a user gives them, as markup gives them, and as the head of a text gives them.

No clock is read: a year must stand in the words themselves.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from ascribe.errors import AscribeError
from ascribe.model import DateValue, Publication

_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower()[:3]: i for name, i in _MONTHS.items()} | {"sept": 9}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")
_WRITTEN = (
    re.compile(rf"\b{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}\b", re.IGNORECASE),
)
_GIVEN = re.compile(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?")

_HEAD_LINES = 14
_HEAD_CHARACTERS = 3_000
_LONGEST_DATE_LINE = 160
_LABEL = re.compile(r"\b(?:first\s+)?(?:published|posted|issued|released|date|dated|publication date|filed)\b", re.I)
_UPDATED = re.compile(r"\b(?:last\s+)?(?:updated|modified|revised)\b", re.I)
_TIME = re.compile(r"\b(?:at\s+)?[0-2]?\d[:.h][0-5]\d(?::[0-5]\d)?(?:\s*[ap]\.?m\b\.?)?|\b1?\d\s*[ap]\.?m\b\.?", re.I)
_FILLERS = re.compile(r"\b(?:on|at|the|UTC|GMT|BST|CET|CEST|EST|EDT|PST|PDT|local time|[ap]m)\b|[\W_]+", re.I)
_BYLINE = re.compile(r"^\W*by\s+\S.{0,80}?(?=[\W_]*$)", re.I)
# PARIS, Dec. 12, 2018 (Agency) -   |   Nairobi (Agency), 12 December 2018 —
_DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z\u00c0-\u00de][\w.'’\- ]{1,40}(?:,\s*[A-Z][\w.'’\- ]{1,30}){0,2})"
    r"(?:\s*\([^)\n]{1,40}\))?[,:]?\s+(?P<rest>.{6,60}?)(?:\s*\([^)\n]{1,40}\))?\s*(?:--|[-–—:])(?:\s|$)"
)


def parse_published(text: str) -> DateValue:
    """A date as given by a user: `2018-12-12`, `2018-12` or `2018`, as the interval of days that it covers.

    Raises AscribeError, which shows the three forms, for anything else.
    """
    match = _GIVEN.fullmatch(text.strip())
    value = _interval(*match.groups()) if match else None
    if value is None:
        raise AscribeError(f"{text!r} is no date; write 2018-12-12, 2018-12 or 2018")
    return value


def _interval(year: str, month: str | None, day: str | None) -> DateValue | None:
    try:
        if month is None:
            return DateValue(date(int(year), 1, 1), date(int(year), 12, 31), "year", "absolute")
        if day is None:
            last = calendar.monthrange(int(year), int(month))[1]
            return DateValue(date(int(year), int(month), 1), date(int(year), int(month), last), "month", "absolute")
        return day_value(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def day_value(day: date) -> DateValue:
    """One day as a value."""
    return DateValue(day, day, "day", "absolute")


def date_in_markup(text: str) -> DateValue | None:
    """The day, month or year at the start of a machine-written date ("2018-12-12T20:10:00+01:00"), as written.

    The day is that of the zone in which the page was written; a date in words is read too.
    """
    text = text.strip()[:80]
    if match := re.match(r"((?:19|20)\d\d)-(\d\d)-(\d\d)|((?:19|20)\d\d)(\d\d)(\d\d)(?:T|$)", text):
        parts = [p for p in match.groups() if p is not None]
        return _interval(parts[0], parts[1], parts[2])
    if match := _GIVEN.fullmatch(text):
        return _interval(*match.groups())
    found = _first_date(text)
    return day_value(found[0]) if found else None


def _first_date(text: str) -> tuple[date, int, int] | None:
    """The first full date in the text with its offsets."""
    matches = [m for pattern in (_ISO, *_WRITTEN) if (m := pattern.search(text))]
    for match in sorted(matches, key=lambda m: m.start()):
        month = match["month"].lower()
        try:
            day = date(int(match["year"]), _MONTHS.get(month) or int(month), int(match["day"]))
        except ValueError:
            continue
        return day, match.start(), match.end()
    return None


def date_in_text(text: str) -> Publication | None:
    """The date of publication that the head of a text states, if it states one.

    Found are a line that is nothing but a date (with label, byline, weekday or time beside it; how="header") and
    a dateline with a year (how="dateline"). A date inside a sentence or a headline is the story's, not the
    publication's. "GHENT, Sept 20 -" has no year and gives nothing.
    """
    updated: Publication | None = None
    lines = [line.strip() for line in text[:_HEAD_CHARACTERS].splitlines()]
    for line in [line for line in lines if line][:_HEAD_LINES]:
        if found := _in_dateline(line):
            return Publication(day_value(found), "dateline")
        if len(line) <= _LONGEST_DATE_LINE and (day := _in_date_line(line)):
            if not _UPDATED.search(line) or _LABEL.search(line):
                return Publication(day_value(day), "header")
            updated = updated or Publication(day_value(day), "header:updated")
    return updated


def is_date_line(line: str) -> bool:
    """Whether a line says only when (and by whom) something was published."""
    return len(line) <= _LONGEST_DATE_LINE and _in_date_line(line) is not None


def _in_date_line(line: str) -> date | None:
    found = _first_date(line)
    if found is None:
        return None
    day, start, end = found
    before, after = line[:start], line[end:]
    if _UPDATED.search(after):  # "Published 12 May 2018, updated 13 May 2018": the first date is the one sought
        after = _first_date_removed(after)
    rest = _TIME.sub(" ", f"{before} | {after}")
    rest = _UPDATED.sub(" ", _LABEL.sub(" ", rest))
    rest = " ".join(part for part in rest.split("|") if not _BYLINE.match(part.strip()))
    return day if not _FILLERS.sub("", rest) else None


def _first_date_removed(text: str) -> str:
    found = _first_date(text)
    return text[: found[1]] + " " + text[found[2] :] if found else text


def _in_dateline(line: str) -> date | None:
    match = _DATELINE.match(line[:200])
    if match is None:
        return None
    found = _first_date(line[match.start("rest") : match.end("rest")])
    if found is None:
        # the lazy groups may have taken a part of the date into the place: "PARIS, Dec. 12, 2018 -"
        head = line[: match.end()]
        found = _first_date(head)
        if found is None:
            return None
        _, start, end = found
    else:
        start, end = found[1] + match.start("rest"), found[2] + match.start("rest")
    place = line[:start].strip(" ,:(")
    after = re.sub(r"\([^)]*\)", "", line[end : match.end()])
    is_place = 2 <= len(place) <= 80 and len(place.split()) <= 8 and place[0].isupper()
    return found[0] if is_place and not _FILLERS.sub("", after) else None
