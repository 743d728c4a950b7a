"""Codes of closed lists: whether the quote states the code, leaves it to the model, or tells another."""

from __future__ import annotations

from dataclasses import replace

from ascribe.readings.llm.checks import evidence
from ascribe.readings.llm.checks.told import TELLS
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the quote can carry the code.

    Words that the lists know under this code state it. What they do not know is inferred: there the model understands
    more than they do, and it is said to be the model's understanding. Tactics, weapons and targets are weighed later,
    with the whole incident in view (`evidence`); of the others, words that the lists know only under codes of another
    sort contradict the code, and words for an act at large ("the attack") carry none.
    """
    prop = checked.fact.prop
    assert prop is not None
    assert prop.list_id is not None
    code, words = checked.fact.value, " ".join(ground.text[checked.start : checked.end].split())
    tells = TELLS.get(prop.list_id)
    if code == "carried_out" and prop.list_id == "incident_status":
        if ground.words.lexicon.triggers(ground.text, checked.start, checked.end):
            return checked
        return replace(checked, inferred=f"that {words!r} tells of what took place is the model's reading")
    found = tells(ground.words.lexicon, ground.text, checked.start, checked.end) if tells else set()
    if code in found:
        return checked
    if prop.list_id not in evidence.SLOT:
        rows = ground.words.kin.get(prop.list_id)
        freed = code == "at_large" and ground.words.negators.search(words)  # "nobody has been arrested"
        if found and rows is not None and not found & rows.get(code, frozenset()) and not freed:
            return checked.fails("code", f"{words!r} tells {', '.join(sorted(found))}, not {code}")
        if not found and ground.words.is_bare(prop.list_id, code, words):
            return checked.fails("bare", f"{words!r} does not tell {code}")
    return replace(checked, inferred=f"that {words!r} means {code} is the model's reading")
