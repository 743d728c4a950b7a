"""Names by what is left of them in any spelling, so that Mbau meets Mbao and Krueger meets Krüger."""

from __future__ import annotations

import re
from functools import lru_cache

from ascribe.registers.folding import fold

# Letters that transliterations exchange for one another.
_ONE = str.maketrans({"v": "b", "w": "b", "q": "k", "c": "k", "z": "s", "j": "i", "y": "i", "g": "k", "d": "t"})
_TWO = (("ph", "f"), ("kh", "k"), ("gh", "k"), ("sh", "s"), ("ch", "k"), ("th", "t"), ("dh", "t"), ("ck", "k"))
_VOWELS = re.compile(r"(?<=.)[aeiouh]+")
_TWICE = re.compile(r"(.)\1+")
_ARTICLES = frozenset({"al", "el", "the", "as", "an", "ar", "ad", "at", "ash", "de", "la", "le"})


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """The consonants of a name's words as far as spellings agree on them; "" for a name without letters or digits.

    Articles are left out unless nothing else is there. Names of other scripts keep all their letters.
    """
    words = [w for w in fold(name).split() if w not in _ARTICLES] or fold(name).split()
    return " ".join(filter(None, map(_skeleton, words)))


def _skeleton(word: str) -> str:
    for two, one in _TWO:
        word = word.replace(two, one)
    return _TWICE.sub(r"\1", _VOWELS.sub("", word.translate(_ONE)))
