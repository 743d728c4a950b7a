"""Polarity: what is denied, ruled out or only imagined in the words around a quote is not asserted by them."""

from __future__ import annotations

import re
from collections.abc import Callable

from ascribe.readings.llm.checks.told import TELLS
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.weights import Features, weighing

# How far before a quote a word such as "not" still turns it round, in characters of its clause.
_REACH = 45
# Within so many sentences a text says that a suspicion was given up.
_NEIGHBOURS = 2
# What may stand between "not" and the verb that it turns round: a few words, and no comma.
_UP_TO_IT = re.compile(r"\s*(?:[\w’'-]+\s+){0,4}")
_PLEA = re.compile(r"ple(?:a|ad(?:ed|s|ing)?|d) not guilty", re.IGNORECASE)
_NOT_ASSERTED = frozenset({"denied", "hypothetical", "doubted"})


class Around:
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


def signs_of_claim(ground: Ground, checked: Checked) -> Features:
    """What speaks for it that words tell of a claim, and against it that nobody made one."""
    words, around = ground.words, Around(ground, checked)
    codes = ground.witness.codes(checked.start, checked.end, "claim")
    return {
        "margin": codes.get("claimed", 0.0) - codes.get("not_claimed", 0.0),
        "negated": float(around.before(words.negators)),
        "denied": float(around.before(words.denials)),
        "denied_clause": float(around.anywhere(words.denials)),
        "nobody": float(around.anywhere(words.lexicon.claims["not_claimed"])),
        "claimed": float(around.anywhere(words.lexicon.claims["claimed"])),
    }


def signs_of_act(ground: Ground, checked: Checked) -> Features:
    """What speaks for it that words tell of an act that took place, and against it that nothing came of it."""
    words, around = ground.words, Around(ground, checked)
    scores = dict(ground.witness.codes(checked.start, checked.end, "status"))
    took_place = scores.pop("carried_out", 0.0)
    text, told = ground.text, words.lexicon.status
    return {
        "margin": took_place - max(scores.values(), default=0.0),
        "outcome": float(ground.witness.tells(checked.start, checked.end, "status")),
        "act": float(ground.witness.tells(checked.start, checked.end, "event")),
        "undone": float(around.in_sentence(words.undone)),
        "undone_words": float(words.undone.search(text, around.start, around.end) is not None),
        "nothing": float(any(found.search(text, around.start, around.end) for found in told.values())),
        "nothing_clause": float(any(around.anywhere(found) for found in told.values())),
        "trigger": float(bool(words.lexicon.triggers(text, around.start, around.end))),
    }


def _claim(ground: Ground, checked: Checked, around: Around) -> Checked:
    code, weights = checked.fact.value, weighing("claim")
    if code not in ("claimed", "not_claimed", "denied"):
        return checked
    signs = signs_of_claim(ground, checked)
    if code == "claimed":
        return weights.judge(checked, signs, ("polarity", "the words deny the claim"))
    if code == "not_claimed":
        return weights.judge(checked, signs, ("polarity", "the words deny nothing"), says=False)
    if around.before(ground.words.negators) or around.anywhere(ground.words.denials):
        return checked
    return checked.fails("polarity", "the words deny nothing")


def _fate(ground: Ground, checked: Checked, around: Around) -> Checked:
    words, code = ground.words, checked.fact.value
    if code == "at_large":
        return checked
    if code == "charged" and _PLEA.search(around.text, around.start, around.end):
        return checked
    if around.before(words.lexicon.phrases["acquitted"]) or _is_turned(ground, around):
        return checked.fails("polarity", "the words say that it did not come to this")
    return checked


def _is_turned(ground: Ground, around: Around) -> bool:
    """Whether a word such as "not" goes with the words of a fate: close before the quote, or before the verb in it.

    "Life without parole" holds such a word that turns something else round.
    """
    text, negators = around.text, ground.words.negators
    told = TELLS["fates"]
    for found in negators.finditer(text, around.near, around.end):
        if found.end() <= around.start:
            if _UP_TO_IT.fullmatch(text, found.end(), around.start):
                return True
        elif told(ground.words.lexicon, text, found.end(), around.end):
            return True
    return _PLEA.search(text, around.start, around.end) is not None


def _thing(ground: Ground, checked: Checked, around: Around) -> Checked:
    absent = re.compile(ground.words.lexicon.phrases["absent"].pattern + r"\s+(?:\w+\s+)?$", re.IGNORECASE)
    if absent.search(around.text[max(around.begin, around.start - 20) : around.start]):
        return checked.fails("polarity", "the words say that there was none")
    return checked


def _count(ground: Ground, checked: Checked, around: Around) -> Checked:
    words = ground.words
    if checked.fact.value.strip() == "0" or checked.fact.stance in _NOT_ASSERTED:
        return checked
    if around.after(words.unharmed_after):
        return checked.fails("polarity", "the words say that they came to no harm")
    if around.before(words.imagined):
        return checked.fails("polarity", "the words only imagine it")
    return checked


def _status(ground: Ground, checked: Checked, around: Around) -> Checked:
    if checked.fact.value != "carried_out":
        return checked
    reason = "the sentence tells of what did not come about, or not as it was meant"
    return weighing("act").judge(checked, signs_of_act(ground, checked), ("polarity", reason))


_CHECKS: dict[str, Callable[[Ground, Checked, Around], Checked]] = {
    "claim.status": _claim,
    "person_status.status": _fate,
    "incident.weapons": _thing,
    "incident.target_types": _thing,
    "incident.status": _status,
}


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the words around the quote turn its value round."""
    prop = checked.fact.prop
    found = _CHECKS.get(checked.fact.path) or (_count if prop is not None and prop.type.name == "count" else None)
    return found(ground, checked, Around(ground, checked)) if found else checked
