"""When a name in a reading is a name in the gold: the rules of the gold's guidelines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

_SPELLING = str.maketrans(
    {"’": "'", "‘": "'", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "ß": "ss", "ł": "l", "Ł": "L", "đ": "d"}
    | {"ı": "i", "–": "-", "—": "-"}
)
_GENERIC = frozenset(
    {
        "group",
        "movement",
        "organisation",
        "organization",
        "militia",
        "militants",
        "fighters",
        "army",
        "forces",
        "party",
        "network",
        "cell",
        "brigade",
        "front",
    }
)
_LONGEST_NAME = 6  # words; beyond that "contained in" says nothing


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, accents, punctuation and leading article; letters of every script are kept."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_SPELLING))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w ]+|_", " ", bare.replace("'", ""))
    return re.sub(r"^(the|al|a|an) ", "", re.sub(r" +", " ", words).strip())


def _forms(name: str) -> tuple[str, ...]:
    """The name as it stands, and both names of "Provisional IRA (PIRA)"."""
    both = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", name.strip())
    return (name, *(both.groups() if both else ()))


def _folded_pairs(read: str, accepted: Sequence[str]) -> Iterator[tuple[str, str]]:
    for left, right in product(_forms(read), accepted):
        yield fold(left), fold(right)


def same_name(read: str, accepted: Sequence[str]) -> bool:
    """Whether the name equals an accepted one, or the words of one of the two are all among the other's."""
    for left, right in _folded_pairs(read, accepted):
        if not left:
            continue
        if left == right:
            return True
        a, b = left.split(), right.split()
        short = b and max(len(a), len(b)) <= _LONGEST_NAME
        nested = set(a) <= set(b) or set(b) <= set(a)
        if short and nested and any(len(word) > 2 for word in set(a) & set(b)):
            return True
    return False


def same_group(read: str, accepted: Sequence[str]) -> bool:
    """Whether the name equals an accepted one but for words such as "fighters"; a part of a name is not enough."""
    for left, right in _folded_pairs(read, accepted):
        if not left or not right:
            continue
        a, b = set(left.split()), set(right.split())
        if left == right or (a ^ b <= _GENERIC and (a & b) - _GENERIC):
            return True
    return False
