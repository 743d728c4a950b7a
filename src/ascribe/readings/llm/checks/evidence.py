"""Codes that the model alone finds in a quote: some word of the text must leave them possible.

A quote on no list ("a thermos flask") may well tell a code to whoever reads it in its place. But then the sentences
that tell the incident hold a word of that code, or one that leaves it possible; where none does, the code comes from
nowhere in the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ascribe.readings.llm.checks.codes import TELLS
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught whose code is inferred and told by no word of the incident's sentences."""
    sentences: dict[int, set[int]] = defaultdict(set)
    for one in checked:
        if one.holds:
            sentences[one.fact.incident].add(one.fact.sentence)
    return [
        _checked(ground, one, sentences[one.fact.incident] | {one.fact.sentence})
        if one.holds and one.inferred and one.fact.prop is not None
        else one
        for one in checked
    ]


def _checked(ground: Ground, one: Checked, sentences: Iterable[int]) -> Checked:
    prop = one.fact.prop
    assert prop is not None
    if prop.list_id is None or one.fact.value not in ground.words.hints.get(prop.list_id, {}):
        return one
    if any(_leaves_open(ground, one, prop.list_id, s) for s in sentences):
        return one
    quote = " ".join(ground.text[one.start : one.end].split())
    bare = ground.words.is_bare(prop.list_id, one.fact.value, quote)
    return one.fails("bare" if bare else "code", f"{quote!r} does not tell {one.fact.value}, and no word near it does")


def _leaves_open(ground: Ground, one: Checked, list_id: str, number: int) -> bool:
    """Whether a sentence has a word of the code, one that may mean it, or one that leaves it possible."""
    words, code = ground.words, one.fact.value
    sentence = ground.sentences[number - 1]
    if words.hints[list_id][code].search(ground.text, sentence.start, sentence.end):
        return True
    meant = words.kin.get(list_id, {}).get(code, frozenset()) | {code}
    return bool(TELLS[list_id](words.lexicon, ground.text, sentence.start, sentence.end) & meant)
