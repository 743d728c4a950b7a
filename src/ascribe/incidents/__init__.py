"""Accounts of different documents that are one occurrence: a careful rule, until a trained linker joins it.

Two accounts are one occurrence only where nothing that they say keeps them apart and place and day agree closely.
Leaving two accounts of one attack apart is a smaller fault than joining two attacks.
"""

from ascribe.incidents.constraints import AccountRef, Constraint
from ascribe.incidents.grouping import group

__all__ = ["AccountRef", "Constraint", "group"]
