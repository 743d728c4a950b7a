"""Names of groups folded so that transliterations meet ("al-Qaida" and "Al Qa'ida"), and acronyms kept apart."""

from __future__ import annotations

import re
from functools import lru_cache

from ascribe.registers.folding import fold

# The Arabic article in its forms, and the small words between names that transliterators write or leave out.
ARTICLES = frozenset("al el ad ar as ash at az an ed er es esh et ez ul ud ur us uz wal lil the".split())
KIND_WORDS = frozenset(
    "group groups militants militant fighters fighter movement militia militias rebels rebel organisation organization"
    " network insurgents insurgent terrorists terrorist guerrillas guerrilla gunmen commandos members supporters"
    " separatists extremists loyalists dissidents cell cells branch affiliate faction troops".split()
)
_VOWELS = re.compile("[aeiouy]+")
_DOUBLED = re.compile(r"(.)\1+")
_MIXED_ACRONYMS = frozenset({"JeM", "LeT", "HuM", "HuJI", "JuA", "JuD", "LeJ"})


def is_acronym(name: str) -> bool:
    """Whether a name is of capitals and digits in one word ("ETA", "IS-K", "M-19"): such names keep their case."""
    if " " in name or len(name) > 12:
        return False
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and (all(c.isupper() for c in letters) or name in _MIXED_ACRONYMS)


def _vowel(match: re.Match[str]) -> str:
    found = match[0]
    if "a" in found:
        return "a"
    return "u" if "o" in found or "u" in found else "i"


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """One folded word without what transliterations differ in: long vowels, doubled letters, a final h, q for k.

    Idempotent. The empty key means a word that does not count (an article).
    """
    if word in ARTICLES:
        return ""
    if not word.isascii():
        return word
    if word.isdigit():
        return word
    text = _DOUBLED.sub(r"\1", _VOWELS.sub(_vowel, word)).replace("q", "k").replace("dj", "j")
    text = _DOUBLED.sub(r"\1", text.replace("kh", "k"))
    if len(text) > 3 and text.endswith("h") and text[-2] in "aiu":
        text = text[:-1]
    return "" if text in ARTICLES else text


def group_key(name: str) -> str:
    """The key of a group's name."""
    return " ".join(filter(None, map(word_key, fold(name).split())))


def bare_names(name: str) -> list[str]:
    """A name, and the name without words for its kind at its end ("Hamas militants", "the ABC group")."""
    words = name.split()
    found = [name]
    while len(words) > 1 and fold(words[-1]) in KIND_WORDS:
        words.pop()
        found.append(" ".join(words))
    return found
