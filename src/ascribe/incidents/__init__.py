"""Accounts of different documents that are one occurrence: blocking, comparing, and clustering without contradictions.

Leaving two accounts of one attack apart is a smaller fault than joining two attacks. A person's decision is above the
machine's.
"""

from ascribe.incidents.constraints import AccountRef, Constraint
from ascribe.incidents.grouping import group

__all__ = ["AccountRef", "Constraint", "group"]
