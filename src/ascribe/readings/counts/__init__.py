"""Numbers of people: found in running text, read from marked words, added up."""

from __future__ import annotations

from ascribe.readings.counts.find import CountMention, find_counts
from ascribe.readings.counts.marked import add_counts, count_value

__all__ = ["CountMention", "add_counts", "count_value", "find_counts"]
