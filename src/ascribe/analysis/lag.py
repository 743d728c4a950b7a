"""How long after an act a claim was made, as far as two intervals of days tell it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ascribe.model import DateValue

# A date with this rule was told as hours after the act, whatever day that was.
WITHIN_HOURS = "within_hours"


@dataclass(frozen=True, slots=True)
class Lag:
    """Days between an act and its claim, both ends included; `maximum` is infinite where the claim has no last day."""

    minimum: int
    maximum: float

    @property
    def exact(self) -> bool:
        """Whether the days are known to the day."""
        return self.minimum == self.maximum

    def show(self) -> str:
        """In words: "same day", "1 day", "0 to 1 days", "30 days or more"."""
        if math.isinf(self.maximum):
            return f"{self.minimum} days or more"
        if self.exact:
            return "same day" if self.minimum == 0 else "1 day" if self.minimum == 1 else f"{self.minimum} days"
        return f"{self.minimum} to {int(self.maximum)} days"


def lag(act: DateValue | None, claim: DateValue | None) -> Lag | None:
    """The lag between two dates; None where either gives no bound, or where the claim would come before the act.

    Both dates are intervals. The least lag lies between the last possible day of the act and the first possible day of
    the claim, and is never under zero; the greatest lies between the outer ends.
    """
    if claim is not None and claim.rule == WITHIN_HOURS:
        return Lag(0, 1)
    if act is None or claim is None or act.start is None:
        return None
    maximum = math.inf if claim.end is None else (claim.end - act.start).days
    if maximum < 0:
        return None
    between = (claim.start - act.end).days if claim.start and act.end else 0
    return Lag(max(0, between), maximum)
