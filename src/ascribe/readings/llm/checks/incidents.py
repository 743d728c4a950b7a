"""Whose words they are: a quote that stands with another incident's words belongs to that one.

What a sentence tells it tells, nearly always, of the incident that it or its neighbours speak of. So the distance of a
quote to everything else that was found about its own incident is held against its distance to every other incident.
The bundled network is asked besides which of the acts that the model mentions the words tell of. What all this is worth
together was learned from annotated documents with values put under other incidents (`weights.toml`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ascribe.readings import naming
from ascribe.readings.llm.checks.linked import Linked
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.slots import slot_of
from ascribe.readings.llm.weights import Features, weighing
from ascribe.readings.llm.witness import Place

# A new paragraph is as far as so many sentences.
_PARAGRAPH = 3
_NOWHERE = 10_000
# Beyond so many sentences it makes no difference.
_FAR = 6

# What one sentence may tell of several incidents at once.
_SHARED = ("claim.", "attribution.", "incident.date", "incident.place")
_OF_SEVERAL = (*_SHARED, "person_status.", "incident.perpetrators")
# What belongs to the act that a sentence tells.
_NAMES = frozenset(("perp", "victim", "group", "claimby", "place"))
_OWN = frozenset(
    f"incident.{p}" for p in ("date", "place", "killed", "wounded", "perpetrators", "tactics", "weapons", "sites")
)


@dataclass(slots=True)
class _Told:
    """Where one incident is told: the words that mention the act, and all its words by sentence."""

    acts: set[Place] = field(default_factory=set)
    mentions: set[int] = field(default_factory=set)
    words: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[tuple[int, int]]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def beside(self, one: Checked) -> int:
        """How many of its words stand in the sentence of a fact, the words of that fact left out."""
        return len(self.words.get(one.fact.sentence, set()) - {(one.start, one.end)})

    def within(self, one: Checked, stretch: tuple[int, int]) -> int:
        """How many of its words stand in a stretch of the sentence of a fact, the words of that fact left out."""
        held = self.words.get(one.fact.sentence, set()) - {(one.start, one.end)}
        return sum(stretch[0] <= start < stretch[1] for start, _ in held)

    def elsewhere(self, one: Checked) -> list[int]:
        """The sentences in which words of it stand, those of a fact left out."""
        return [s for s, held in self.words.items() if s != one.fact.sentence or self.beside(one)]


class Placing:
    """The facts of a document by incident, and what speaks for and against the place of each."""

    def __init__(self, ground: Ground, checked: Sequence[Checked]) -> None:
        self.ground = ground
        told: dict[int, _Told] = defaultdict(_Told)
        self._said: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        self._again: dict[tuple[int, str, str], set[tuple[int, int]]] = defaultdict(set)
        for one in checked:
            if one.holds and one.fact.incident:
                self._take(told[one.fact.incident], one)
        self.told = {key: t for key, t in told.items() if t.mentions}
        self._linked = Linked(ground, checked, {key: t.acts for key, t in self.told.items()})

    def _take(self, told: _Told, one: Checked) -> None:
        fact = one.fact
        told.words.setdefault(fact.sentence, set()).add((one.start, one.end))
        if fact.path == "event":
            told.mentions.add(fact.sentence)
            told.acts.add((one.start, one.end, "event"))
            return
        told.values[fact.path].add(fact.value.casefold())
        told.places[fact.path].add((one.start, one.end))
        if slot_of(fact.path) in _NAMES:
            told.names[fact.path].add(naming.fold(fact.value))
        self._said[fact.path, one.start, one.end].add(fact.incident)
        self._again[fact.incident, fact.path, fact.value.casefold()].add((one.start, one.end))

    def features(self, one: Checked) -> Features | None:
        """What speaks for and against a fact's incident; None for a mention, and for what is caught already."""
        mine = self.told.get(one.fact.incident)
        if not one.holds or mine is None or one.fact.path == "event":
            return None
        others = {key: t for key, t in self.told.items() if key != one.fact.incident}
        return {**self._near(one, mine, others), **self._linking(one), **self._saying(one, mine, others)}

    def _near(self, one: Checked, mine: _Told, others: Mapping[int, _Told]) -> Features:
        ground, here = self.ground, one.fact.sentence
        sentence = ground.sentence(here)
        assert sentence is not None
        clause = ground.clause(one.start, one.end, sentence)
        own_act = _distance(ground, here, mine.mentions)
        other_act = min((_distance(ground, here, t.mentions) for t in others.values()), default=_NOWHERE)
        own_words = _distance(ground, here, mine.elsewhere(one))
        other_words = min((_distance(ground, here, t.elsewhere(one)) for t in others.values()), default=_NOWHERE)
        own_clause, other_clause = (
            mine.within(one, clause),
            max((t.within(one, clause) for t in others.values()), default=0),
        )
        acts_here = here not in mine.mentions and any(here in t.mentions for t in others.values())
        several = ground.words.several.search(ground.text, sentence.start, sentence.end) is not None
        left = ground.text[sentence.start : one.start] + ground.text[one.end : sentence.end]
        beside = max((t.beside(one) for t in others.values()), default=0)
        before, after = self._neighbours(one, mine, others)
        return {
            "act_nearer": min(own_act, _FAR) - min(other_act, _FAR),
            "words_nearer": min(own_words, _FAR) - min(other_words, _FAR),
            "more_beside": math.log1p(mine.beside(one)) - math.log1p(beside),
            "other_clause": float(not own_clause and other_clause > 0),
            "own_clause": float(own_clause > 0),
            "acts_here": float(acts_here),
            "acts_here_own": float(acts_here and one.fact.path in _OWN and not several),
            "several": float(several),
            "heading": float(not any(c.isalnum() for c in left)),
            "sole": float(not others),
            "silent": float(here not in mine.mentions and not mine.beside(one)),
            "act_before": before,
            "act_after": after,
        }

    def _neighbours(self, one: Checked, mine: _Told, others: Mapping[int, _Told]) -> tuple[float, float]:
        """Whether the last mention before the words, and the next after them, is its own (1) or another's (-1)."""

        def side(found: Iterable[tuple[int, float]]) -> float:
            return min(found, default=(0, 0.0))[1]

        acts = [(a, 1.0) for a in mine.acts] + [(a, -1.0) for t in others.values() for a in t.acts - mine.acts]
        before = side((one.start - a[0], own) for a, own in acts if a[0] <= one.start)
        after = side((a[0] - one.start, own) for a, own in acts if a[0] > one.start)
        return before, after

    def _linking(self, one: Checked) -> Features:
        again = self._again[one.fact.incident, one.fact.path, one.fact.value.casefold()] - {(one.start, one.end)}
        told = {key: t.places[one.fact.path] for key, t in self.told.items() if one.fact.path in t.places}
        return self._linked.signs(one, again, told)

    def _saying(self, one: Checked, mine: _Told, others: Mapping[int, _Told]) -> Features:
        """How the value stands to the others of its property: said of several, said again, said otherwise."""
        fact, prop = one.fact, one.fact.prop
        assert prop is not None
        also = self._said[fact.path, one.start, one.end] - {fact.incident}
        again = self._again[fact.incident, fact.path, fact.value.casefold()] - {(one.start, one.end)}
        otherwise = mine.values[fact.path] - {fact.value.casefold()} if not prop.many else set()
        lacking = not prop.many and any(fact.path not in t.values for t in others.values())
        shared = fact.path.startswith(_SHARED)
        return {
            "also": float(len(also) == 1),
            "also_many": float(len(also) > 1),
            "also_shared": float(bool(also) and shared),
            "again": float(bool(again)),
            "otherwise": float(bool(otherwise)),
            "lacking": float(lacking),
            "shared": float(shared),
            "claim": float(fact.path.startswith("claim.")),
            **self._named(one, mine, others),
        }

    def _named(self, one: Checked, mine: _Told, others: Mapping[int, _Told]) -> Features:
        """Whether a name stands in what else is said of the incident, or of another: who was arrested did the act."""
        if slot_of(one.fact.path) not in _NAMES:
            return {}
        name = naming.fold(one.fact.value)
        own = any(name in held for path, held in mine.names.items() if path != one.fact.path)
        other = any(name in held for t in others.values() for path, held in t.names.items() if path != one.fact.path)
        alike = any(name in t.names.get(one.fact.path, ()) for t in others.values())
        return {"named": float(own), "named_other": float(other and not own), "named_alike": float(alike)}


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught whose words tell of another incident by all that can be seen."""
    placing, weights = Placing(ground, checked), weighing("incident")
    return [
        weights.judge(one, features, ("incident", _reason(features)))
        if (features := placing.features(one)) is not None and not _is_of_several(one, features)
        else one
        for one in checked
    ]


def _is_of_several(one: Checked, features: Features) -> bool:
    """Whether three incidents or more have the words for what is told of several at once: one trial, one claim."""
    return features["also_many"] > 0 and one.fact.path.startswith(_OF_SEVERAL)


def _reason(features: Features) -> str:
    if features["sole"]:
        return "the words stand apart from what tells the incident"
    return "the words stand with another incident; quote words that tie the value to this one"


def _distance(ground: Ground, here: int, there: Iterable[int]) -> int:
    return min((_apart(ground, here, s) for s in there), default=_NOWHERE)


def _apart(ground: Ground, one: int, other: int) -> int:
    first, second = ground.sentences[one - 1], ground.sentences[other - 1]
    return abs(one - other) + (_PARAGRAPH if first.paragraph != second.paragraph else 0)
