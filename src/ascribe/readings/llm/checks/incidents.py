"""Whose words they are: a quote that stands with another incident's words belongs to that one.

What a sentence tells it tells, nearly always, of the incident that it or its neighbours speak of. So the distance of a
quote to everything else that was found about its own incident is held against its distance to every other incident, and
within a sentence the clause is looked at. Where one clause tells of several incidents, nothing is caught.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground

# A new paragraph is as far as so many sentences.
_PARAGRAPH = 3
_NOWHERE = 10_000


# What one sentence may tell of several incidents at once: where three share the words, or where it speaks of several.
_SHARED = ("claim.", "attribution.", "incident.date", "incident.place")
# What belongs to the act that a sentence tells.
_OWN = frozenset(
    f"incident.{p}" for p in ("date", "place", "killed", "wounded", "perpetrators", "tactics", "weapons", "sites")
)


@dataclass(slots=True)
class _Told:
    """In which sentences one incident is told: those that mention the act, and which of its words stand where."""

    mentions: set[int] = field(default_factory=set)
    words: dict[int, set[tuple[int, int]]] = field(default_factory=dict)

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


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught whose words stand nearer to another incident than to anything else of their own."""
    told: dict[int, _Told] = defaultdict(_Told)
    for one in checked:
        if one.holds and one.fact.incident:
            told[one.fact.incident].words.setdefault(one.fact.sentence, set()).add((one.start, one.end))
            if one.fact.path == "event":
                told[one.fact.incident].mentions.add(one.fact.sentence)
    acts = {key: t for key, t in told.items() if t.mentions}
    return [_checked(ground, one, acts) for one in checked]


def _checked(ground: Ground, one: Checked, told: dict[int, _Told]) -> Checked:
    mine = told.get(one.fact.incident)
    if not one.holds or mine is None or one.fact.path == "event" or len(told) < 2:
        return one
    others = [t for key, t in told.items() if key != one.fact.incident]
    sharing = sum(_has(t, one) for t in others)
    if sharing and one.fact.path.startswith(_SHARED) and (sharing > 1 or _tells_of_several(ground, one)):
        return one
    if _is_heading(ground, one):
        return one
    if _acts_beside(one, mine, others) and not _tells_of_several(ground, one):
        return one.fails("incident", "the sentence tells the act of another incident, and not its own")
    if _stands_elsewhere(ground, one, mine, others) or _stands_beside(ground, one, mine, others):
        return one.fails("incident", "the words stand with another incident")
    return one


def _acts_beside(one: Checked, mine: _Told, others: Sequence[_Told]) -> bool:
    """Whether the sentence tells another incident's act and not its own, for what only one incident can have."""
    here = one.fact.sentence
    return one.fact.path in _OWN and here not in mine.mentions and any(here in t.mentions for t in others)


def _is_heading(ground: Ground, one: Checked) -> bool:
    """Whether the quote is its whole sentence ("FRIDAY."), which then stands over what follows."""
    sentence = ground.sentence(one.fact.sentence)
    assert sentence is not None
    left = ground.text[sentence.start : one.start] + ground.text[one.end : sentence.end]
    return not any(c.isalnum() for c in left) and one.fact.path.startswith(_SHARED)


def _stands_elsewhere(ground: Ground, one: Checked, mine: _Told, others: Sequence[_Told]) -> bool:
    """Whether another incident's act and words are nearer than anything of its own."""
    here = one.fact.sentence
    own_act = _distance(ground, here, mine.mentions)
    other_act = min(_distance(ground, here, t.mentions) for t in others)
    if other_act >= own_act:
        return False
    own_words = _distance(ground, here, mine.elsewhere(one))
    other_words = min(_distance(ground, here, t.elsewhere(one)) for t in others)
    outnumbered = other_act == 0 and mine.beside(one) < max(t.beside(one) for t in others)
    return outnumbered or other_words < own_words


def _stands_beside(ground: Ground, one: Checked, mine: _Told, others: Sequence[_Told]) -> bool:
    """Whether another incident has words in the same clause, and its own incident has none there."""
    sentence = ground.sentence(one.fact.sentence)
    assert sentence is not None
    clause = ground.clause(one.start, one.end, sentence)
    return not mine.within(one, clause) and any(t.within(one, clause) for t in others)


def _tells_of_several(ground: Ground, one: Checked) -> bool:
    """Whether a sentence may tell the same of several incidents: "No group had claimed any of the attacks"."""
    sentence = ground.sentence(one.fact.sentence)
    assert sentence is not None
    return ground.words.several.search(ground.text, sentence.start, sentence.end) is not None


def _has(told: _Told, one: Checked) -> bool:
    return (one.start, one.end) in told.words.get(one.fact.sentence, ())


def _distance(ground: Ground, here: int, there: Iterable[int]) -> int:
    return min((_apart(ground, here, s) for s in there), default=_NOWHERE)


def _apart(ground: Ground, one: int, other: int) -> int:
    first, second = ground.sentences[one - 1], ground.sentences[other - 1]
    return abs(one - other) + (_PARAGRAPH if first.paragraph != second.paragraph else 0)
