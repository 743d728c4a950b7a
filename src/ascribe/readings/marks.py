"""Marks: words of a document that carry a slot of an incident, before they are turned into values.

Every reader first marks words and says which incident they belong to; `assemble` then makes values of the words
with the normalisers. A mark is the same thing as a mark of the annotated corpus, so that hand-made marks, the rule
reader's and a trained reader's go the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ascribe.model import AUTHOR, Stance, Voice

Slot = Literal[
    "event",  # the verb or noun that tells the act; codes: tactics, none for a back-reference ("the attack")
    "status",  # codes: incident status
    "date",
    "place",  # codes: ("part",) for a site of the operation
    "weapon",  # codes: weapons
    "target",  # codes: target types
    "killed",  # codes: ("part",) for a part of the toll, ("attackers",) for perpetrators' own deaths
    "wounded",
    "perp",
    "victim",
    "group",  # stance says how firmly
    "fate",  # codes: fates
    "claim",  # codes: claim status
    "claimby",
    "outlet",
    "claimdate",
    "involvement",  # codes: involvement
]

# Rules of `killed` and `wounded` marks whose words give a number without a number word: "no casualties", "a policeman".
NOBODY, ONE_PERSON = "nobody", "one_person"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words at `start:end` that carry `slot`; `codes` where the slot has a closed list.

    `refers_to` is the name or description that the words stand for where a reader has resolved it: the fullest
    name of a person or group, or the perpetrator whose fate it is.
    """

    start: int
    end: int
    slot: Slot
    codes: tuple[str, ...] = ()
    refers_to: str | None = None
    stance: Stance = "asserted"
    voice: Voice = AUTHOR
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class MarkedIncident:
    """The marks of one incident, in the order of the text; at least one of them is an `event`."""

    marks: tuple[Mark, ...]

    def of(self, slot: Slot) -> tuple[Mark, ...]:
        """The marks of one slot."""
        return tuple(m for m in self.marks if m.slot == slot)
