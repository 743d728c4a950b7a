"""Counting statements in a text: how many acts there were, and which was the last, the first or the deadliest."""

from __future__ import annotations

from ascribe.readings.counted.finding import counting_statements

__all__ = ["counting_statements"]
