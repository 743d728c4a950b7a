"""Which statements count as found, and which of them are said without reserve."""

from __future__ import annotations

from ascribe.model import Statement
from ascribe.sources import is_found


def is_counted(statement: Statement, min_confidence: float) -> bool:
    """Whether a statement is found and says something of what happened: supported, firm enough, not imagined."""
    return is_found(statement, min_confidence) and statement.stance != "hypothetical"


def is_firm(statement: Statement) -> bool:
    """Whether it is asserted or denied, and not merely suspected, doubted or claimed."""
    return statement.stance in ("asserted", "denied")
