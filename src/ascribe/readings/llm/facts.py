"""A value as a model gives it, and what the checks make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ascribe.model import DateValue, Stance
from ascribe.schema import Property


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property of one incident, with the words that are said to carry it.

    `incident` is its number in the conversation, 0 for what stands alone; `prop` is None for a further mention of
    the act. `sentence` counts from 1.
    """

    incident: int
    prop: Property | None
    thing: int
    value: str
    sentence: int
    quote: str
    stance: Stance = "asserted"
    part: int = 1

    @property
    def path(self) -> str:
        """`kind.property`, or "event" for a mention."""
        return self.prop.path if self.prop else "event"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a value is not taken as found: the check that caught it, and its reason in a few words."""

    check: str
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A fact after the checks. `start` and `end` are offsets of its quote in the document, where that was found.

    `inferred` says what the model added to the words, empty where the words alone carry the value. `undecided` says why
    a value that no check caught is proposed and not told as found, empty where it is found. `named` is the name of the
    document that the words stand for; `date` the value where the model chose among what they can mean.
    """

    fact: Fact
    start: int = -1
    end: int = -1
    failure: Failure | None = None
    inferred: str = ""
    undecided: str = ""
    named: str | None = None
    date: DateValue | None = None

    @property
    def found(self) -> bool:
        """Whether the quote stands in the cited sentence."""
        return self.start >= 0

    @property
    def holds(self) -> bool:
        """Whether no check caught it; it may still be undecided."""
        return self.found and self.failure is None

    def fails(self, check: str, reason: str) -> Checked:
        """The same, caught by a check; the first catch stands."""
        return self if self.failure else replace(self, failure=Failure(check, reason))
