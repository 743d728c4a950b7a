"""Codes of closed lists: the quote tells this code, does not tell another one, and tells anything at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ascribe.model import CountValue
from ascribe.readings.counts import count_value
from ascribe.readings.lexicon import Lexicon, coded
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.naming import is_name

Tells = Callable[[Lexicon, str, int, int], set[str]]


def _of(table: str) -> Tells:
    return lambda lexicon, text, start, end: {c for _, _, c in coded(getattr(lexicon, table), text, start, end)}


def _tactics(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return {code for t in lexicon.triggers(text, start, end) for code in t.tactics}


def _weapons(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    implied = {code for t in lexicon.triggers(text, start, end) for code in t.weapons}
    return implied | _of("weapons")(lexicon, text, start, end)


def _targets(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return _of("target_people")(lexicon, text, start, end) | _of("target_premises")(lexicon, text, start, end)


def _claims(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return {code for code in ("claimed", "not_claimed") if lexicon.claims[code].search(text, start, end)}


# What the word lists know of each closed list.
TELLS: dict[str, Tells] = {
    "tactics": _tactics,
    "weapons": _weapons,
    "target_types": _targets,
    "incident_status": _of("status"),
    "involvement": _of("involvement"),
    "fates": _of("fates"),
    "claim_status": _claims,
}


def _is_nobody(ground: Ground, checked: Checked) -> bool:
    """Whether a target is told by words for nobody ("no injuries"), or civilians by a name, which says no role."""
    prop, words = checked.fact.prop, ground.text[checked.start : checked.end]
    if prop is None or prop.list_id != "target_types":
        return False
    if checked.fact.value == "civilians" and is_name(words) and not words.isupper():
        return True
    lexicon = ground.words.lexicon
    told = [(t.start, t.end) for t in lexicon.triggers(words, 0, len(words))]
    told += [(s, e) for s, e, _ in coded(lexicon.weapons, words, 0, len(words))]
    left = "".join(" " if any(s <= at < e for s, e in told) else c for at, c in enumerate(words))
    if ground.words.is_bare(prop.list_id, checked.fact.value, ground.words.harm["wounded"].sub(" ", left)):
        return True
    return count_value(words, ground.setting.language) == CountValue(0, 0)


def check(ground: Ground, checked: Checked) -> Checked:
    """Whether the quote can carry the code.

    Words that the lists know under this code state it. Words that they know only under codes of another sort contradict
    it, and words for an act at large ("the attack") carry none. What the lists do not know is inferred: there the model
    understands more than they do, and it is said to be the model's understanding.
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
    rows = ground.words.kin.get(prop.list_id)
    if found and rows is not None and not found & rows.get(code, frozenset()):
        return checked.fails("code", f"{words!r} tells {', '.join(sorted(found))}, not {code}")
    is_bare = code not in ground.words.hints.get(prop.list_id, {}) and ground.words.is_bare(prop.list_id, code, words)
    if not found and (is_bare or _is_nobody(ground, checked)):
        return checked.fails("bare", f"{words!r} does not tell {code}")
    return replace(checked, inferred=f"that {words!r} means {code} is the model's reading")
