"""Polarity: what is denied, ruled out or only imagined in the words around a quote is not asserted by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground

# How far before a quote a word such as "not" still turns it round, in characters of its clause.
_REACH = 45
# Within so many sentences a text says that a suspicion was given up.
_NEIGHBOURS = 2
_NOT_ASSERTED = frozenset({"denied", "hypothetical", "doubted"})


class _Around:
    """The words of a quote and of the clause around it."""

    def __init__(self, ground: Ground, checked: Checked) -> None:
        sentence = ground.sentence(checked.fact.sentence)
        assert sentence is not None
        self.text, self.sentence_begin, self.sentence_end = ground.text, sentence.start, sentence.end
        self.start, self.end = checked.start, checked.end
        self.begin, self.stop = ground.clause(self.start, self.end, sentence)
        held = ground.sentences
        first, last = max(sentence.number - 1 - _NEIGHBOURS, 0), min(sentence.number - 1 + _NEIGHBOURS, len(held) - 1)
        self.reach = held[first].start, held[last].end
        self.near = max(self.begin, self.start - _REACH)

    def before(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word stands shortly before the quote in its clause, or in the quote."""
        return pattern.search(self.text, self.near, self.end) is not None

    def anywhere(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word stands anywhere in the clause."""
        return pattern.search(self.text, self.begin, self.stop) is not None

    def soon(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word follows in the sentence shortly after the quote: "X, which denied any part"."""
        return pattern.search(self.text, self.end, min(self.sentence_end, self.end + _REACH)) is not None

    def in_sentence(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word stands anywhere in the sentence."""
        return pattern.search(self.text, self.sentence_begin, self.sentence_end) is not None

    def not_far(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word stands in the sentence or in one of its neighbours."""
        return pattern.search(self.text, *self.reach) is not None

    def after(self, pattern: re.Pattern[str]) -> bool:
        """Whether a word follows right after the quote."""
        return (
            re.compile(r"\s*,?\s*" + pattern.pattern, re.IGNORECASE).match(self.text, self.end, self.stop) is not None
        )


def _claim(ground: Ground, checked: Checked, around: _Around) -> Checked:
    words, code = ground.words, checked.fact.value
    turned = (
        around.before(words.negators)
        or around.before(words.denials)
        or around.anywhere(words.lexicon.claims["not_claimed"])
    )
    if code == "claimed" and turned:
        return checked.fails("polarity", "the words deny the claim")
    if code in ("not_claimed", "denied") and not (turned or around.anywhere(words.denials)):
        return checked.fails("polarity", "the words deny nothing")
    return checked


def _group(ground: Ground, checked: Checked, around: _Around) -> Checked:
    """A group that is cleared in the same clause is not asserted; one that is cleared is so by words not far away."""
    words, stance = ground.words, checked.fact.stance
    denies = around.anywhere(words.denials) or around.soon(words.denials)
    if stance == "asserted" and (around.anywhere(words.cleared) or denies):
        return checked.fails("polarity", "the words deny it or clear the group")
    if stance == "asserted" and around.anywhere(words.voiced):
        return checked.fails("polarity", "the words tell what others said or first thought")
    return _cleared(ground, checked, around) if stance == "denied" else checked


def _cleared(ground: Ground, checked: Checked, around: _Around) -> Checked:
    """A group is cleared by the words of its clause, or by words not far from where somebody else's suspicion is told.

    That nobody claimed an act clears nobody, and a claim stands until something stronger than a "not" refutes it.
    """
    words = ground.words
    claimed = any(around.in_sentence(words.lexicon.claims[code]) for code in ("claimed", "not_claimed"))
    negated = () if claimed else (words.negators,)
    if any(around.anywhere(pattern) for pattern in (words.cleared, words.denials, *negated)):
        return checked
    if not any(around.not_far(pattern) for pattern in (words.cleared, words.denials, words.revised, *negated)):
        return checked.fails("polarity", "the words deny nothing")
    if not any(around.in_sentence(pattern) for pattern in (words.accused, words.cleared, words.denials)):
        return checked.fails("polarity", "the words deny nothing, and tell of nobody's suspicion")
    return replace(checked, inferred="that the group is cleared is the model's reading of what stands near")


def _fate(ground: Ground, checked: Checked, around: _Around) -> Checked:
    words = ground.words
    turned = around.before(words.negators) or around.before(words.lexicon.phrases["acquitted"])
    if checked.fact.value != "at_large" and turned:
        return checked.fails("polarity", "the words say that it did not come to this")
    return checked


def _thing(ground: Ground, checked: Checked, around: _Around) -> Checked:
    absent = re.compile(ground.words.lexicon.phrases["absent"].pattern + r"\s+(?:\w+\s+)?$", re.IGNORECASE)
    if absent.search(around.text[max(around.begin, around.start - 20) : around.start]):
        return checked.fails("polarity", "the words say that there was none")
    return checked


def _count(ground: Ground, checked: Checked, around: _Around) -> Checked:
    words = ground.words
    if checked.fact.value.strip() == "0" or checked.fact.stance in _NOT_ASSERTED:
        return checked
    if around.after(words.unharmed_after):
        return checked.fails("polarity", "the words say that they came to no harm")
    if around.before(words.imagined):
        return checked.fails("polarity", "the words only imagine it")
    return checked


def _status(ground: Ground, checked: Checked, around: _Around) -> Checked:
    told = [
        c for c, search in ground.words.lexicon.status.items() if search.search(around.text, around.start, around.end)
    ]
    if checked.fact.value == "carried_out" and told:
        return checked.fails("polarity", f"the words say that it was {told[0]}")
    if checked.fact.value == "carried_out" and around.in_sentence(ground.words.undone):
        return checked.fails("polarity", "the sentence tells of what did not come about, or not as it was meant")
    return checked


_CHECKS: dict[str, Callable[[Ground, Checked, _Around], Checked]] = {
    "claim.status": _claim,
    "attribution.actor": _group,
    "person_status.status": _fate,
    "incident.weapons": _thing,
    "incident.target_types": _thing,
    "incident.status": _status,
}


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the words around the quote turn its value round."""
    prop = checked.fact.prop
    found = _CHECKS.get(checked.fact.path) or (_count if prop is not None and prop.type.name == "count" else None)
    return found(ground, checked, _Around(ground, checked)) if found else checked
