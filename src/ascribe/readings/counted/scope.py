"""What a counting statement is about: whose acts, where, and from when to when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from ascribe.model import ActorValue, CountedArea, DateValue, Document, Evidence, PlaceValue
from ascribe.readings.counted.words import CountingWords
from ascribe.readings.dates import DateMention
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.numbers import number, tokens
from ascribe.readings.rules.actors import GroupMention, find_groups
from ascribe.readings.setting import Setting
from ascribe.registers.places import PlaceSpan, place_register
from ascribe.registers.regions import RegionRegister

_DAYLIKE = ("day", "days")
_CLOSING = {"—": "—", "–": "–", "(": ")", ":": ""}
_LIST = re.compile(r"(?:\s+[\w’'-]+){0,7}?\s*(?P<open>[—–(:])")
_ADJECTIVE = re.compile(r"([A-Z][\w’'-]{2,30})\s+$")
_BACK = 1_500  # characters that "the town" or a group that is not named again may reach back
_HEAD = 90  # characters from the head of a clause in which a date opens it
_NEWS_DAYS = 62  # what lies further back than two months is no news of the text
_WORD = re.compile(r"[^\W\d_][\w-]*")
_NEWS = ("day", "days", "week", "month")


@dataclass(frozen=True, slots=True)
class Period:
    """When the acts that are counted took place, and the last day that the words set for the statement itself."""

    value: DateValue | None = None
    reference: date | None = None


class Scope:
    """One document, asked for what stands around a counting statement."""

    def __init__(self, document: Document, setting: Setting, words: CountingWords, regions: RegionRegister) -> None:
        self.document, self.text, self.setting, self.words, self.regions = (
            document,
            document.text,
            setting,
            words,
            regions,
        )
        surroundings = setting.surroundings
        self.groups: list[GroupMention] = find_groups(
            self.text, setting.group_register, lexicon("en"), surroundings.caps
        )
        self.dates: list[DateMention] = [d for d in setting.dates if d.value is not None]
        self._values: dict[int, PlaceValue] = {}
        published = document.publication.when if document.publication else None
        self.published: date | None = (published.end or published.start) if published else None

    # when

    def news(self) -> date | None:
        """The first day of what the text reports as news: the earliest day, week or month that it tells from the
        date of its publication ("on Tuesday", "last month").
        """
        if self.published is None:
            return None
        earliest = self.published - timedelta(days=_NEWS_DAYS)
        days = [
            d.value.start
            for d in self.dates
            if d.kind == "relative" and d.value and d.value.precision in _NEWS and d.value.start
        ]
        return min((d for d in days if earliest <= d <= self.published), default=None)

    def period(self, start: int, end: int, told_day: date | None, head: tuple[int, int]) -> Period:
        """The period that the words at `start:end` set, else those of `head`, a stretch before the statement.

        `told_day` is the day of the act that the statement is about, from which "in five years" is reckoned back.
        """
        for at, until in ((start, end), head):
            made = self._period(at, until, told_day, opening=(at, until) == head)
            if made.value is not None or made.reference is not None:
                return made
        return Period()

    def _period(self, start: int, end: int, told_day: date | None, opening: bool) -> Period:
        value: DateValue | None = None
        reference: date | None = None
        for mention in within(self.dates, start, end):
            found = mention.value
            if found is None or (opening and mention.end - start > _HEAD):
                continue
            before = self.text[max(start - 24, mention.start - 90, 0) : mention.start]
            if re.search(self.words.links["before"].pattern + r"\s+(?:the\s+)?$", before, re.IGNORECASE):
                first = found.start or found.end
                reference = reference or (first - timedelta(days=1) if first else None)
            elif value is None and self._is_since(mention, before):
                value = DateValue(found.start, None, "interval", "since")
            elif value is None and found.precision not in _DAYLIKE:
                value = self._year_to_date(mention, found, told_day)
        if value is None and not opening:
            value = self._span(start, end, told_day)
        return Period(value, reference)

    def _is_since(self, mention: DateMention, before: str) -> bool:
        """ "since 2016", "since the bombing of March 2019", as far as no comma stands between."""
        led = re.search(self.words.links["since"].pattern + r"(?P<rest>[^,.;:]{0,80})$", before, re.IGNORECASE)
        if mention.value is not None and mention.value.end is None:
            return True
        return led is not None and (led.group().lower().startswith("since") or not led["rest"].strip())

    def _year_to_date(self, mention: DateMention, found: DateValue, told_day: date | None) -> DateValue:
        """The interval, for "earlier in 2018" only as far as the day before the act that is spoken of."""
        led = self.words.earlier.search(self.text, max(0, mention.start - 24), mention.start)
        said = self.text[mention.start : mention.end].lower().startswith("earlier")
        if (led is None and not said) or told_day is None or found.start is None:
            return found
        begun = date(told_day.year, 1, 1) if found.start.year == told_day.year else found.start
        return DateValue(begun, told_day - timedelta(days=1), "interval", "earlier_in") if begun < told_day else found

    def _span(self, start: int, end: int, told_day: date | None) -> DateValue | None:
        """ "in five years", "for a decade": so long before the day that the statement is about."""
        base = told_day or self.published
        match = self.words.span.search(self.text, start, end)
        if match is None or base is None:
            return None
        unit, said = " ".join(match["unit"].lower().split()), (match["amount"] or "").lower()
        if not said and not re.search(r"last|past", match.group(), re.IGNORECASE):
            return None
        amount = 1 if not said else self.words.amounts.get(" ".join(said.split())) or self._number(match["amount"])
        if amount is None or amount > 500:
            return None
        since = _years_before(base, amount * self.words.units[unit])
        return DateValue(since, base, "interval", "span_before") if since else None

    def _number(self, words: str) -> int | None:
        read = number(tokens(words), 0, self.setting.language)
        return read.value if read else None

    def days(self, start: int, end: int) -> tuple[DateValue, ...]:
        """The dates told in a stretch."""
        return tuple(dict.fromkeys(d.value for d in within(self.dates, start, end) if d.value is not None))

    # where

    def areas(self, start: int, end: int) -> tuple[tuple[CountedArea, ...], bool]:
        """The areas that a stretch names, and whether the statement is about what lies outside of them."""
        out = self.words.links["outside"].search(self.text, start, end)
        if out is not None:
            found = list(self._named(out.end(), self._list_end(out.end(), end)))
            if found:
                return tuple(found), True
        led = [a for a in self._named(start, end) if self._is_led(start, a)]
        return tuple(led), False

    def _is_led(self, start: int, area: CountedArea) -> bool:
        before = self.text[max(start - 12, area.evidence.start - 40, 0) : area.evidence.start]
        return (
            re.search(self.words.links["where"].pattern + r"\s+(?:the\s+)?(?:[\w’-]+\s+){0,3}$", before, re.IGNORECASE)
            is not None
        )

    def _list_end(self, start: int, end: int) -> int:
        """Where the list after "outside of the theatres—" ends: at the closing sign, else at the next comma."""
        opened = _LIST.match(self.text, start, end)
        if opened is not None:
            closing = _CLOSING[opened["open"]]
            at = self.text.find(closing, opened.end(), end) if closing else -1
            return at if at >= 0 else end
        comma = self.text.find(",", start, end)
        return comma if comma >= 0 else end

    def _named(self, start: int, end: int) -> Iterator[CountedArea]:
        taken: list[tuple[int, int]] = []
        found: list[CountedArea] = []
        for span in self.regions.spans(self.text, start, end):
            taken.append((span.start, span.end))
            found.append(CountedArea(self.document.quote(span.start, span.end), None, span.regions[0].id))
        for match in self.words.areas["undefined"].finditer(self.text, start, end):
            if self.text[match.end() - 1 : match.end()] and not _overlaps(match.span(), taken):
                taken.append(match.span())
                found.append(CountedArea(self.document.quote(*match.span())))
        for place in within(self.setting.surroundings.spans, start, end):
            if not _overlaps((place.start, place.end), taken):
                taken.append((place.start, place.end))
                found.append(CountedArea(self.document.quote(place.start, place.end), self._place(place)))
        found += self._spoken_of(start, end, taken)
        return iter(sorted(found, key=lambda a: a.evidence.start))

    def _spoken_of(self, start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[CountedArea]:
        """ "the country", "the town": the one that the text speaks of there."""
        for match in self.words.areas["country"].finditer(self.text, start, end):
            code = self.setting.surroundings.country_at(*match.span())
            if code is not None and not _overlaps(match.span(), taken):
                yield CountedArea(self.document.quote(*match.span()), PlaceValue(code, "country", code))
        for match in self.words.areas["town"].finditer(self.text, start, end):
            towns = self.towns(max(0, match.start() - _BACK), match.start())
            if towns and not _overlaps(match.span(), taken):
                yield CountedArea(self.document.quote(*match.span()), towns[-1])

        for match in self.words.areas["of_country"].finditer(self.text, start, end):
            adjective = _ADJECTIVE.search(self.text, start, match.start())
            code = place_register().country(adjective[1]) if adjective else None
            if adjective is not None and code is not None:
                yield CountedArea(
                    self.document.quote(adjective.start(1), match.end()), PlaceValue(code, "country", code)
                )

    def sufferer(self, start: int, end: int) -> CountedArea | None:
        """The place that is the subject of "suffered two attacks", in a stretch that ends before the number."""
        verb = None
        for verb in self.words.links["suffered"].finditer(self.text, start, end):  # noqa: B007 - the last one
            pass
        if verb is None or end - verb.end() > 24:
            return None
        before = [a for a in self._named(max(start, verb.start() - 60), verb.start()) if not a.evidence.quote.islower()]
        near = [a for a in before if verb.start() - a.evidence.end < 12]
        return near[-1] if near else None

    def subject(self, start: int, end: int) -> CountedArea | None:
        """The place that a sentence opens with."""
        found = next((a for a in self._named(start, end) if a.evidence.quote[:1].isupper()), None)
        return found if found is not None and found.place is not None and found.evidence.start - start < 60 else None

    def towns(self, start: int, end: int) -> tuple[PlaceValue, ...]:
        """The towns and sites told in a stretch, in order."""
        places = [self._place(s) for s in within(self.setting.surroundings.spans, start, end)]
        return tuple(dict.fromkeys(p for p in places if p.level in ("city", "site", "region", None)))

    def _place(self, span: PlaceSpan) -> PlaceValue:
        if span.start not in self._values:
            self._values[span.start] = self.setting.place(Mark(span.start, span.end, "place"))
        return self._values[span.start]

    # what no filter says

    def unread(
        self, mods: tuple[int, int], tail: tuple[int, int], areas: Sequence[CountedArea]
    ) -> tuple[Evidence, ...]:
        """Words before and after the noun that narrow what is counted and are no group, area, date or filter."""
        known = [(g.start, g.end) for g in within(self.groups, mods[0], tail[1])]
        known += [(d.start, d.end) for d in within(self.dates, mods[0], tail[1])]
        known += [(a.evidence.start, a.evidence.end) for a in areas]
        for search in (self.words.idle, *self.words.filters.values()):
            known += [m.span() for m in search.finditer(self.text, *mods)]
        words = [m.span() for m in _WORD.finditer(self.text, *mods) if not _overlaps(m.span(), known)]
        words += [
            m.span()
            for m in self.words.narrowing.finditer(self.text, *tail)
            if not _overlaps(m.span(), known) and not self.text[m.start("what") : m.end("what")][:1].isdigit()
        ]
        return tuple(self.document.quote(*span) for span in words)

    # whose

    def group(self, start: int, end: int) -> tuple[ActorValue, Evidence] | None:
        """The first group named in a stretch."""
        found = next((g for g in within(self.groups, start, end) if g.end <= end), None)
        return self._actor(found) if found else None

    def only_group(self, end: int) -> tuple[ActorValue, Evidence] | None:
        """The group that the paragraph names before an offset, where it names but one."""
        start = max(0, end - _BACK, self.text.rfind("\n", max(0, end - _BACK), end) + 1)
        named = [self._actor(g) for g in within(self.groups, start, end) if g.end <= end]
        return named[-1] if named and len({a.register_id or a.name for a, _ in named}) == 1 else None

    def _actor(self, found: GroupMention) -> tuple[ActorValue, Evidence]:
        name = " ".join(self.text[found.start : found.end].split())
        known = self.setting.group_register.certain(name, self.published.year if self.published else None)
        return ActorValue(name, known.id if known else None), self.document.quote(found.start, found.end)


def _overlaps(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < e and s < span[1] for s, e in taken)


def _years_before(day: date, days: int) -> date | None:
    """So many days before a day, where 365 of them make a year; None before the calendar begins."""
    years, rest = divmod(days, 365)
    if day.year - years <= 1:
        return None
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if leap and years else day.day) - timedelta(days=rest)


_Placed = TypeVar("_Placed", DateMention, GroupMention, PlaceSpan)


def within(found: Sequence[_Placed], start: int, end: int) -> Sequence[_Placed]:
    """Those of several things in the order of the text that begin in a stretch."""
    first = bisect_left(found, start, key=lambda f: f.start)
    return found[first : bisect_left(found, end, lo=first, key=lambda f: f.start)]
