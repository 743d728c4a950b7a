"""A claim states that somebody says so, and no link between the perpetrator and a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ascribe.readings.llm.facts import Checked


def check(checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught that give an involvement with the very words of a claim."""
    claims = [(c.start, c.end) for c in checked if c.found and c.fact.path.startswith("claim.")]
    return [
        one.fails("claim", "a claim alone states no link between perpetrator and group")
        if one.holds and one.fact.path == "attribution.involvement" and _rests_on(one, claims)
        else one
        for one in checked
    ]


def with_their_status(checked: Sequence[Checked]) -> list[Checked]:
    """Every fact; who claimed is left undecided where the claim itself is, since a name alone tells a claim."""
    status = [c for c in checked if c.holds and c.fact.path == "claim.status"]
    sure = {(c.fact.incident, c.fact.thing) for c in status if not c.undecided}
    why = {key: c.undecided for c in status if c.undecided and (key := (c.fact.incident, c.fact.thing)) not in sure}
    return [
        replace(one, undecided=one.undecided or reason, inferred=one.inferred or reason)
        if one.holds and one.fact.path == "claim.by" and (reason := why.get((one.fact.incident, one.fact.thing)))
        else one
        for one in checked
    ]


def _rests_on(one: Checked, claims: Sequence[tuple[int, int]]) -> bool:
    """Whether the words are those of a claim, or lie within them."""
    return any(start <= one.start and one.end <= end for start, end in claims)
