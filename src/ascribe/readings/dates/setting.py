"""What date expressions are resolved against: the publication date and the dates told before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ascribe.model import DateValue
from ascribe.readings.dates import calendar as cal
from ascribe.readings.dates.phrases import DateKind

# A told day further from the publication than this is history: weekdays beside it belong to it, not to the news.
HISTORY_DAYS = 45
# How many paragraphs a narrative goes on without naming its year again.
_CARRIED, _CARRIED_IN_NEWS = 12, 5
_LONGEST_MONTH = 31
Resolved = tuple[DateValue | None, DateKind]


@dataclass(frozen=True, slots=True)
class Told:
    """A date that stands before in the text.

    `dated`: its year is named, there or in the date that it leans on; `paragraph` counts from the start of the text;
    `passing`: a year that is named within a sentence without opening it ("convicted in 2017"), which says little of
    what the text tells of; `heading`: it heads a paragraph or opens a report with its dateline; `aside`: it
    is in brackets, or the day of what came of an act ("died on 7 May").
    """

    value: DateValue
    dated: bool = True
    paragraph: int = 0
    passing: bool = False
    heading: bool = False
    aside: bool = False

    @property
    def from_now(self) -> bool:
        """Whether its year is told by its distance from the present: "March last year"."""
        return self.value.rule.startswith(("last_", "this_", "next_", "months_before_publication"))

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

    `paragraph` is the one in which it stands, `headed` the date in the heading above. A digest goes through the days
    of a week; it tells of the week before its publication, not of that day.
    """

    anchor: DateValue | None
    before: Sequence[Told] = ()
    is_digest: bool = False
    paragraph: int = 0
    headed: Told | None = None

    @property
    def published(self) -> date | None:
        """The last day on which the text can have been published."""
        return self.anchor.end or self.anchor.start if self.anchor else None

    @property
    def is_news(self) -> bool:
        """Whether the day of publication is known."""
        return self.anchor is not None and self.anchor.start is not None and self.anchor.start == self.anchor.end

    def is_near(self, told: Told) -> bool:
        """Whether a told date stands in the same paragraph or heads it."""
        return told.paragraph == self.paragraph or told is self.headed

    def last_day(self) -> DateValue | None:
        """The nearest told day, rather that of an act than of what came of it."""
        days = [t for t in reversed(self.before) if t.daylike]
        if days and days[0].aside:
            acts = (t for t in days if not t.aside and days[0].paragraph - t.paragraph <= 1)
            return next(acts, days[0]).value
        return days[0].value if days else None

    def last_of(self, *precisions: str) -> Told | None:
        """The nearest told date with one of these precisions and both ends."""
        return next(
            (t for t in reversed(self.before) if t.value.precision in precisions and t.value.start and t.value.end),
            None,
        )

    def last_month(self) -> Told | None:
        """The nearest told date within one month that the text still tells of."""
        for told in reversed(self.before):
            first, last = told.value.start, told.value.end
            if first is None or last is None or (last - first).days > _LONGEST_MONTH:
                continue
            if not self.is_news or self.is_near(told) or self._is_recent(first) or told is self.named():
                return told
        return None

    def _is_recent(self, day: date) -> bool:
        return self.published is not None and abs((self.published - day).days) <= HISTORY_DAYS

    def named_year(self) -> int | None:
        """The year that the text is telling of: the nearest named one; in news only of the same paragraph."""
        told = self.named()
        return told.first.year if told and told.first else None

    def told_year(self) -> int | None:
        """The year of "that year": of the date told last in the paragraph, or of what the text is telling of."""
        near = next(
            (t for t in reversed(self.before) if self.is_near(t) and (t.dated or t.value.precision != "year")), None
        )
        told = near or self.named() or self.last_of("day", "days", "week", "month", "season", "year", "interval")
        return told.first.year if told and told.first else None

    def heading_day(self) -> DateValue | None:
        """The day that heads the paragraph: "today" in a diary or below a dateline."""
        headed = next((t for t in reversed(self.before) if t.heading and self.is_near(t)), None)
        return headed.value if headed and headed.value.precision == "day" else None

    def named(self) -> Told | None:
        """The told date whose year the text is telling of: of the same paragraph, or of those before it.

        A year in passing counts only where the text is no news, and does not lead back behind what it was telling of.
        """
        near = [t for t in reversed(self.before) if t.dated and t.first is not None and self.is_near(t)]
        firm = next((t for t in near if not t.passing), None) or self._carried()
        if self.is_news or not near or near[0].first is None:
            return firm
        if firm is None or firm.first is None or (firm is not near[0] and near[0].first.year > firm.first.year):
            return firm if firm in near else near[0]
        return firm

    def _carried(self) -> Told | None:
        """The date that the paragraphs before were telling of, where its year is named; None for the present."""
        reach = _CARRIED_IN_NEWS if self.is_news else _CARRIED
        for told in reversed(self.before):
            if self.paragraph - told.paragraph > reach:
                return None
            if told.passing or told.value.start is None or told.value.end is None:
                continue
            if told.from_now or (self.is_news and not told.dated):
                return None
            if told.dated:
                return told if told.daylike or not self.is_news or not self._tells_of_this_year() else None
        return None

    def _tells_of_this_year(self) -> bool:
        """Whether days of months past stand before without their year."""
        return any(t.value.rule == "year_from_publication" for t in self.before)

    def history(self) -> date | None:
        """The told day that weekdays belong to, where the text tells of the past rather than of the news."""
        for told in reversed(self.before):
            if not told.daylike:
                continue
            day = told.value.end
            if day is None or not self.is_news or self.published is None:
                return day
            return day if self.is_near(told) and abs((self.published - day).days) > HISTORY_DAYS else None
        return None
