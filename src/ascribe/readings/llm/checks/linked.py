"""What the bundled network thinks of the place of a model's values: whose act the words of each tell of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.slots import slot_of
from ascribe.readings.llm.weights import Features
from ascribe.readings.llm.witness import Links, Place
from ascribe.readings.marks import Slot

# Beyond so much of the network's conviction it makes no difference.
_SURE = 8.0
# So many pairs of words and mentions are looked at; more are in no text that is about incidents.
_MOST = 500_000


class Linked:
    """The scores of all quotes of a document against all mentions of its incidents, by incident."""

    def __init__(self, ground: Ground, checked: Sequence[Checked], acts: Mapping[int, set[Place]]) -> None:
        self._ground, self._acts = ground, acts
        places = {p for c in checked if c.holds and (p := place_of(c)) is not None}
        mentions = set().union(*acts.values())
        asked = mentions and len(places | mentions) * len(mentions) <= _MOST
        self._links: Links = ground.witness.links(list(places), list(mentions)) if asked else {}
        self.share = cache(self._share)

    def _share(self, place: Place, incident: int) -> float:
        """The scores of one incident's mentions together, as a logarithm."""
        held = self._scores(place, incident)
        top = max(held, default=-30.0)
        return top + math.log(sum(math.exp(s - top) for s in held)) if held else top

    def _scores(self, place: Place, incident: int) -> list[float]:
        row = self._links[place]
        return [row[a] for a in self._acts[incident] if a in row]

    def margin(self, place: Place, incident: int) -> float | None:
        """How much surer the network is of an incident than of any other; None where it was not asked."""
        if place not in self._links:
            return None
        others = (self.share(place, other) for other in self._acts if other != incident)
        own = self.share(place, incident)
        return own - max(others, default=own - _SURE)

    def signs(
        self, one: Checked, again: Iterable[tuple[int, int]], told: Mapping[int, Iterable[tuple[int, int]]]
    ) -> Features:
        """What the network's opinion of a fact's place is; empty where it has none.

        `again` are other words of the same value, `told` the words of the same property under every incident.
        """
        place, mine = place_of(one), one.fact.incident
        margin = self.margin(place, mine) if place is not None else None
        if place is None or margin is None or one.fact.prop is None:
            return {}
        others = [other for other in self._acts if other != mine]
        alone = _bounded(max(self._scores(place, mine), default=-_SURE))
        swap = max((self._rather(mine, place[2], other, told.get(other, ())) for other in others), default=0.0)
        found = {
            "asked": 1.0,
            "linked": alone,
            "linked_sole": 0.0 if others else alone,
            "linked_other": _bounded(max((s for o in others for s in self._scores(place, o)), default=-_SURE)),
            "told": _bounded(self._ground.witness.tells(one.start, one.end, place[2])),
            "margin": _bounded(margin),
            "lost": max(min(margin, 0.0), -_SURE),
            "swap_many" if one.fact.prop.many else "swap": max(0.0, min(swap, _SURE)),
        }
        margins = [m for s, e in again if (m := self.margin((s, e, place[2]), mine)) is not None]
        return {**found, "margin_again": _bounded(max(margins))} if margins and others else found

    def _rather(self, mine: int, slot: Slot, other: int, words: Iterable[tuple[int, int]]) -> float:
        """How surely words of another incident's property are rather this incident's own, if any are."""
        places = [p for s, e in words if (p := (s, e, slot)) in self._links]
        return max((self.share(p, mine) - self.share(p, other) for p in places), default=0.0)


def place_of(one: Checked) -> Place | None:
    """The words of a fact with their slot; None where no mark carries it."""
    slot = slot_of(one.fact.path)
    return None if slot is None else (one.start, one.end, slot)


def _bounded(score: float) -> float:
    return max(-_SURE, min(_SURE, score))
