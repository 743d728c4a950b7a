"""Numbers of people: the figure stands in the quote, and silence is not zero."""

from __future__ import annotations

import re
from dataclasses import replace

from ascribe.errors import SchemaError
from ascribe.model import CountValue
from ascribe.readings.counts import count_value, find_counts
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.parts import Numbered
from ascribe.readings.llm.weights import Features, weighing
from ascribe.readings.marks import Slot
from ascribe.readings.naming import is_name
from ascribe.readings.numbers import tokens
from ascribe.schema.types import value_type

_OTHER = {"killed": "wounded", "wounded": "killed"}
# Beyond so much of the network's conviction it makes no difference.
_SURE = 8.0
_PARTED = re.compile(r"[,;:()]|\b(?:and|but|while|or)\b", re.IGNORECASE)
# A word of harm further from a number than so many characters may be about somebody else.
_BESIDE = 25
_PRONOUNS = frozenset(("he", "she", "him", "her", "one"))
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the normaliser reads out of the quote what the model says; its reading is what is kept."""
    words = " ".join(ground.text[checked.start : checked.end].split())
    read = count_value(words, ground.setting.language) or _one(words)
    said = _said(checked.fact.value, ground)
    if said is not None and said.maximum == 0:
        if read is None or read.maximum != 0:
            return checked.fails("zero", f"{words!r} does not say that there was nobody")
        return checked
    if read is None or (read == CountValue(1, 1) and not _tells_of_people(words, ground)):
        if said == CountValue(1, 1) and _is_told_of_one(ground, checked):
            return replace(checked, inferred=f"that {words!r} is told of one person is the model's reading")
        return checked.fails("number", f"{words!r} gives no number of people")
    if said is None:
        return checked.fails("number", f"{checked.fact.value!r} is no number")
    if not _agree(said, read):
        return checked.fails("number", f"{words!r} gives {value_type('count').show(read)}, not {checked.fact.value}")
    signs = signs_of_harm(ground, checked)
    reason = f"the words around {words!r} tell of another harm"
    return weighing("harm").judge(checked, signs, ("harm", reason)) if signs is not None else checked


def signs_of_harm(ground: Ground, checked: Checked) -> Features | None:
    """What speaks for and against it that a number is of the dead, or of the wounded; None for other numbers."""
    harm = checked.fact.path.removeprefix("incident.").removesuffix("_of_which")
    if harm not in _OTHER:
        return None
    other = _OTHER[harm]
    sentence = ground.sentence(checked.fact.sentence)
    assert sentence is not None
    clause, whole = ground.clause(checked.start, checked.end, sentence), (sentence.start, sentence.end)
    own_beside, other_beside = (_belongs(ground, checked, sentence, h) for h in (harm, other))
    own_clause, other_clause = (_tells(ground, clause, h) for h in (harm, other))
    own_whole, other_whole = (_tells(ground, whole, h) for h in (harm, other))
    slots: tuple[Slot, Slot] = ("killed", "wounded") if harm == "killed" else ("wounded", "killed")
    own, rival = (ground.witness.tells(checked.start, checked.end, slot) for slot in slots)
    return {
        "margin": max(-_SURE, min(_SURE, own - rival)),
        "told": max(-_SURE, min(_SURE, own)),
        "other_beside": float(other_beside and not own_beside),
        "own_beside": float(own_beside),
        "other_clause": float(other_clause and not own_clause),
        "own_clause": float(own_clause and not other_clause),
        "other_sentence": float(other_whole and not own_whole),
        "own_sentence": float(own_whole and not other_whole),
        "part": float(checked.fact.path.endswith("_of_which")),
    }


def _tells(ground: Ground, stretch: tuple[int, int], harm: str) -> bool:
    """Whether a stretch of the text has a word of a harm anywhere."""
    tolls, words = ground.words.lexicon.tolls, ground.words.harm
    told = (words[harm], tolls[f"{harm}_before"], tolls[f"{harm}_after"])
    return any(pattern.search(ground.text, *stretch) for pattern in told)


def _belongs(ground: Ground, checked: Checked, sentence: Numbered, harm: str) -> bool:
    """Whether a word of a harm stands before or after the quote, or in it, with nothing between that parts the two."""
    for side in ("before", "after"):
        for found in ground.words.lexicon.tolls[f"{harm}_{side}"].finditer(ground.text, sentence.start, sentence.end):
            first, last = sorted(((found.start(), found.end()), (checked.start, checked.end)))
            between = ground.text[first[1] : last[0]]
            if len(between) <= _BESIDE and _PARTED.search(between) is None:
                return True
    return False


def _said(value: str, ground: Ground) -> CountValue | None:
    count = value_type("count")
    try:
        found = count.parse(value.strip().replace(",", ""))
    except SchemaError:
        return count_value(value, ground.setting.language) if any(c.isalnum() for c in value) else None
    assert isinstance(found, CountValue)
    return found


def _one(words: str) -> CountValue | None:
    """One, for a name in capitals and for a pronoun of one person, which are no words of counting."""
    return CountValue(1, 1) if is_name(words) or words.lower() in _PRONOUNS else None


def _agree(said: CountValue, read: CountValue) -> bool:
    """Whether two counts have a bound in common; how firm the bound is, the normaliser says."""
    if said.qualifier == "unknown" or read.qualifier == "unknown":
        return said.qualifier == read.qualifier
    lows = said.minimum is not None and said.minimum == read.minimum
    highs = said.maximum is not None and said.maximum == read.maximum
    return lows or highs


def _tells_of_people(words: str, ground: Ground) -> bool:
    """Whether words name or describe somebody: what tells an act or a harm and nothing else is no person."""
    if (
        words.lower() in _PRONOUNS
        or find_counts(words, 0, len(words), ground.setting.language)
        or any(t.is_figure for t in tokens(words))
    ):
        return True
    lexicon = ground.words.lexicon
    verbs = [(t.start, t.end) for t in lexicon.triggers(words, 0, len(words))]
    for key in ("killed_before", "killed_after", "wounded_before", "wounded_after"):
        verbs += [m.span() for m in lexicon.tolls[key].finditer(words)]
    function = ground.words.bare["fates"]
    verbs += [m.span() for m in function.finditer(words)]
    left = [m for m in _WORD.finditer(words) if not any(s <= m.start() and m.end() <= e for s, e in verbs)]
    return bool(left)


def _is_told_of_one(ground: Ground, checked: Checked) -> bool:
    """Whether words tell a harm ("was shot dead") in a clause that has no number of people before them."""
    sentence = ground.sentence(checked.fact.sentence)
    assert sentence is not None
    tolls = ground.words.lexicon.tolls
    harm = "killed" if checked.fact.path.startswith("incident.killed") else "wounded"
    told = any(tolls[f"{harm}_{side}"].search(ground.text, checked.start, checked.end) for side in ("before", "after"))
    told = told or bool(ground.words.lexicon.triggers(ground.text, checked.start, checked.end))
    begin, _ = ground.clause(checked.start, checked.end, sentence)
    return told and not find_counts(ground.text, begin, checked.end, ground.setting.language)
