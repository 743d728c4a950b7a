"""Counting statements checked against incidents."""

from __future__ import annotations

from ascribe.analysis.counting.answer import Answer, Verdict, check
from ascribe.analysis.counting.facts import Facts, facts
from ascribe.analysis.counting.query import Area, Query, query_of

__all__ = ["Answer", "Area", "Facts", "Query", "Verdict", "check", "facts", "query_of"]
