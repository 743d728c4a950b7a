"""People, groups, places and words: a name stands in the text, and the quote is of whom the value names."""

from __future__ import annotations

import re
from dataclasses import replace

from ascribe.readings import naming
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.registers.places import place_register

_WORD = re.compile(r"\w+")
_COUNTRY = re.compile(r",\s*[A-Z]{2}$")


def _words(ground: Ground, checked: Checked) -> str:
    return " ".join(ground.text[checked.start : checked.end].split())


def _tokens(name: str) -> set[str]:
    return {t for t in naming.fold(name).split() if t not in naming.PARTICLES}


def person(ground: Ground, checked: Checked) -> Checked:
    """A person's name in the text; the quote bears a part of it, or describes somebody whom the text names."""
    words, name = _words(ground, checked), " ".join(checked.fact.value.split())
    if naming.fold(name) == naming.fold(words) or not name:
        return checked
    if not ground.tells(name) and not ground.tells_apart(name):
        if naming.is_name(words) and naming.same_person(words, name):
            return checked  # the words give less than the model knows, and no more is kept
        return checked.fails("name", f"{name!r} does not stand in the text")
    if _tokens(words) & _tokens(name):
        return replace(checked, named=name)
    return replace(checked, named=name, inferred=f"{words!r} is taken to be {name}")


def actor(ground: Ground, checked: Checked) -> Checked:
    """A group's name in the text, or one of its other names that the register knows."""
    words, name = _words(ground, checked), " ".join(checked.fact.value.split())
    core = naming.group_core(name)
    if not name or core == naming.group_core(words):
        return checked
    if _is_alias(ground, name, words):
        return checked
    if not ground.tells(name) and not ground.tells(core):
        if _tokens(core) <= _tokens(words) or (_tokens(words) <= _tokens(core) and not words.islower()):
            return checked
        return checked.fails("name", f"{name!r} stands neither in the text nor in the register for {words!r}")
    if _tokens(words) & _tokens(core):
        return replace(checked, named=name)
    return replace(checked, named=name, inferred=f"{words!r} is taken to be {name}")


def _is_alias(ground: Ground, name: str, words: str) -> bool:
    register = ground.setting.group_register
    ids = {g.id for n in (name, naming.group_core(name)) for g in register.look_up(n)}
    said = {g.id for n in (words, naming.group_core(words)) for g in register.look_up(n)}
    said |= {g.id for span in register.spans(words) for g in register.look_up(words[span.start : span.end])}
    return bool(ids & said)


def place(ground: Ground, checked: Checked) -> Checked:
    """A place by its name: the quote holds it, or another name of the same place that the gazetteer knows."""
    words = _words(ground, checked)
    name = _COUNTRY.sub("", " ".join(checked.fact.value.split()))
    if not name or _tokens(name) & _tokens(words):
        return checked
    if _is_same_place(name, words):
        return checked
    if ground.tells(name):
        return checked.fails("place", f"the words {words!r} do not name {name}")
    return checked.fails("place", f"{name!r} stands neither in the text nor in the gazetteer for {words!r}")


def _is_same_place(name: str, words: str) -> bool:
    register = place_register()
    ids = {p.id for p in register.look_up(name)}
    return bool(ids & {p.id for p in register.look_up(words)})


def words(ground: Ground, checked: Checked) -> Checked:
    """Free words: what is kept is the quote, and the value says the same."""
    quote, value = _words(ground, checked), checked.fact.value
    said = [w for w in _WORD.findall(naming.fold(value)) if len(w) > 3]
    if not said or set(said) & set(_WORD.findall(naming.fold(quote))):
        return checked
    return checked.fails("words", f"{quote!r} does not say {value!r}")
