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
Resolved = tuple[DateValue | None, DateKind]


@dataclass(frozen=True, slots=True)
class Told:
    """A date that stands before in the text.

    `dated`: its year is named; `near`: it is in the same paragraph or heads this one; `passing`: a year that is named
    within a sentence without opening it ("convicted in 2017"), which says little of what the text tells of; `heading`:
    it heads a paragraph or opens a report with its dateline.
    """

    value: DateValue
    dated: bool = True
    near: bool = True
    passing: bool = False
    heading: bool = False

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

    A digest goes through the days of a week; it tells of the week before its publication, not of that day.
    """

    anchor: DateValue | None
    before: Sequence[Told] = ()
    is_digest: bool = False

    @property
    def published(self) -> date | None:
        """The last day on which the text can have been published."""
        return self.anchor.end or self.anchor.start if self.anchor else None

    @property
    def is_news(self) -> bool:
        """Whether the day of publication is known."""
        return self.anchor is not None and self.anchor.start is not None and self.anchor.start == self.anchor.end

    def last_day(self) -> DateValue | None:
        """The nearest told day."""
        return next((t.value for t in reversed(self.before) if t.daylike), None)

    def last_of(self, *precisions: str) -> Told | None:
        """The nearest told date with one of these precisions and both ends."""
        return next(
            (t for t in reversed(self.before) if t.value.precision in precisions and t.value.start and t.value.end),
            None,
        )

    def named_year(self) -> int | None:
        """The year that the text is telling of: the nearest named one; in news only of the same paragraph."""
        told = self.named()
        return told.first.year if told and told.first else None

    def told_year(self) -> int | None:
        """The year of "that year": of the date told last in the paragraph, or of what the text is telling of."""
        near = next((t for t in reversed(self.before) if t.near and (t.dated or t.value.precision != "year")), None)
        told = near or self.named() or self.last_of("day", "days", "week", "month", "season", "year", "interval")
        return told.first.year if told and told.first else None

    def heading_day(self) -> DateValue | None:
        """The day that heads the paragraph: "today" in a diary or below a dateline."""
        headed = next((t for t in reversed(self.before) if t.heading and t.near), None)
        return headed.value if headed and headed.value.precision == "day" else None

    def named(self) -> Told | None:
        """The told date whose year the text is telling of; news goes back to the present with every paragraph."""
        named = [t for t in reversed(self.before) if t.dated and t.first is not None]
        if self.is_news:
            return next((t for t in named if t.near and not t.passing), None)
        near = [t for t in named if t.near]
        telling = (next((t for t in group if not t.passing), group[0]) for group in (near, named) if group)
        return next(telling, None)

    def history(self) -> date | None:
        """The told day that weekdays belong to, where the text tells of the past rather than of the news."""
        for told in reversed(self.before):
            if not told.daylike:
                continue
            day = told.value.end
            if day is None or not self.is_news or self.published is None:
                return day
            return day if told.near and abs((self.published - day).days) > HISTORY_DAYS else None
        return None
