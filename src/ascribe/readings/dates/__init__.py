"""Dates in a text: found, and resolved to intervals of days with a precision and the rule that made them.

An own interval grammar; no date library is behind it. It never invents a day: "March 2016" is a month, "early March"
its first ten days, "months later" nothing. What a date without a year, a weekday or "three days later" means is
decided by the publication date and by the dates that stand before it in the text.
"""

from __future__ import annotations

from ascribe.readings.dates.read import DateMention, find_dates, resolve_date, resolve_marked

__all__ = ["DateMention", "find_dates", "resolve_date", "resolve_marked"]
