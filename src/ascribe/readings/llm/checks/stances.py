"""Groups: what the text says of one, wherever it says so, must be the stance that the model gives it.

A group is often cleared in another sentence than the one that names it. So all the words that are quoted for a group of
one incident are looked at together, with who claimed the act and who else is named. What each sign is worth was learned
from annotated documents (`weights.toml`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ascribe.readings import naming
from ascribe.readings.llm.checks.polarity import Around
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.weights import Features, weighing

_ACTOR, _BY, _STATUS = "attribution.actor", "claim.by", "claim.status"
# Beyond so much of the network's conviction it makes no difference.
_SURE = 8.0
# Any of these is a word by which a group that claims an act may be cleared of it all the same.
_CLEARING = ("any_cleared", "any_cleared_near", "any_denied", "any_revised")


class Stances:
    """The groups of a document by incident, and what speaks for it that one is cleared, and against."""

    def __init__(self, ground: Ground, checked: Sequence[Checked]) -> None:
        self.ground = ground
        self._quotes: dict[tuple[int, str], list[Checked]] = defaultdict(list)
        self._groups: dict[int, set[str]] = defaultdict(set)
        self._claims: dict[int, set[str]] = defaultdict(set)
        self._paths: dict[int, set[str]] = defaultdict(set)
        self._first: dict[int, int] = {}
        self._cleared: dict[tuple[int, int], float] = {}
        for one in checked:
            if one.holds and one.fact.incident:
                self._take(one)

    def _take(self, one: Checked) -> None:
        incident, name = one.fact.incident, _name(one)
        self._paths[incident].add(one.fact.path)
        if one.fact.path == _ACTOR:
            self._quotes[incident, name].append(one)
            self._groups[incident].add(name)
            self._first[incident] = min(one.start, self._first.get(incident, one.start))
        elif one.fact.path == _BY:
            self._claims[incident].add(name)
        elif one.fact.path == _STATUS:
            self._claims[incident].add(f"={one.fact.value}")

    def features(self, one: Checked) -> Features | None:
        """What speaks for and against it that the group of a fact is cleared; None for what is no group."""
        if one.fact.path != _ACTOR or not one.holds:
            return None
        incident, name = one.fact.incident, _name(one)
        quotes = self._quotes[incident, name] or [one]
        margins = [self._margin(q) for q in quotes]
        claims, groups = self._claims[incident], self._groups[incident]
        claimed = any(_alike(name, by) for by in claims)
        return {
            "margin": self._margin(one),
            "margin_most": max(margins),
            "margin_mean": sum(margins) / len(margins),
            **self._words(one, "here"),
            **{f"any_{sign}": worth for sign, worth in self._most(quotes).items()},
            "claimed": float(claimed),
            "claimed_other": float(not claimed and any(not by.startswith("=") for by in claims)),
            "nobody": float("=not_claimed" in claims),
            "alone": float(len(groups) == 1),
            "involved": float("attribution.involvement" in self._paths[incident]),
            "first": float(min(q.start for q in quotes) == self._first.get(incident, one.start)),
            "often": float(len(quotes) > 1),
        }

    def _margin(self, one: Checked) -> float:
        """How much likelier the network takes the words to clear the group than anything else."""
        if (one.start, one.end) not in self._cleared:
            scores = dict(self.ground.witness.codes(one.start, one.end, "group"))
            cleared = scores.pop("denied", 0.0)
            margin = cleared - max(scores.values(), default=0.0)
            self._cleared[one.start, one.end] = max(-_SURE, min(_SURE, margin))
        return self._cleared[one.start, one.end]

    def _most(self, quotes: Sequence[Checked]) -> Features:
        found = [self._words(q, "near") for q in quotes]
        return {sign: max(f[sign] for f in found) for sign in found[0]}

    def _words(self, one: Checked, reach: str) -> Features:
        words, around = self.ground.words, Around(self.ground, one)
        claim = any(around.in_sentence(words.lexicon.claims[code]) for code in ("claimed", "not_claimed"))
        if reach == "near":
            return {
                "cleared": float(around.in_sentence(words.cleared)),
                "cleared_near": float(around.not_far(words.cleared)),
                "denied": float(around.in_sentence(words.denials)),
                "voiced": float(around.in_sentence(words.voiced)),
                "revised": float(around.not_far(words.revised)),
            }
        return {
            "cleared_clause": float(around.anywhere(words.cleared)),
            "cleared_sentence": float(around.in_sentence(words.cleared)),
            "denied_clause": float(around.anywhere(words.denials)),
            "denied_soon": float(around.soon(words.denials)),
            "denied_near": float(around.not_far(words.denials)),
            "negated": float(around.anywhere(words.negators) and not claim),
            "negated_near": float(around.not_far(words.negators) and not claim),
            "voiced_clause": float(around.anywhere(words.voiced)),
            "accused": float(around.in_sentence(words.accused)),
            "claim": float(claim),
        }


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught that hold a group responsible whom the text clears, or the reverse."""
    stances = Stances(ground, checked)
    return [_checked(ground, one, stances.features(one)) for one in checked]


def _checked(ground: Ground, one: Checked, features: Features | None) -> Checked:
    stance, weights = one.fact.stance, weighing("cleared")
    if features is None or stance not in ("asserted", "denied"):
        return one
    if stance == "asserted":
        reason = "the words deny it, clear the group, or tell what others said"
        return weights.judge(one, features, ("polarity", reason), says=False)
    judged = weights.judge(one, features, ("polarity", "the words do not clear the group"))
    if features["claimed"] and not any(features[sign] for sign in _CLEARING):
        reason = "the group claims the act, and nothing that is told near its name clears it"
        judged = replace(judged, undecided=reason)
    if not judged.holds or features["cleared_clause"] or features["denied_clause"]:
        return judged
    return replace(judged, inferred="that the group is cleared is the model's reading of what stands near")


def _name(one: Checked) -> str:
    return naming.fold(naming.group_core(one.named or one.fact.value))


def _alike(one: str, other: str) -> bool:
    """Whether two names share a word that is no small one."""
    return bool({w for w in one.split() if len(w) > 2} & {w for w in other.split() if len(w) > 2})
