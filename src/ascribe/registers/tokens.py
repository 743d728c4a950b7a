"""Words of a running text with their keys: what both registers look their names up in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ascribe.registers.folding import fold

# A dotted abbreviation ("U.S."), or a word; an apostrophe belongs to it unless it opens a possessive "s".
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
    r"|\w+(?:['\u2018\u2019\u02bb\u02bc\u02bf`](?![sS]\b)\w+)*"
)
# What may stand between two words of one name. A line end may, a blank line may not.
_GAP = re.compile(r"[ \t\u00a0]{1,2}|[ \t]?\r?\n|[-\u2010\u2011]")
_ABBREVIATED = frozenset({"st", "mt", "ft", "sta", "sto"})


class Token(NamedTuple):
    """A word at `start:end`. `joined`: it may belong to the same name as the word before; `upper`: it has a capital
    among its first three letters ("d'Ivoire").
    """

    start: int
    end: int
    key: str
    upper: bool
    joined: bool


@lru_cache(maxsize=65536)
def _word_key(word: str) -> str:
    return fold(word)


def tokens(text: str) -> list[Token]:
    """All words of a text, in order."""
    found: list[Token] = []
    last_end = -1
    last_key = ""
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        gap = text[last_end:start] if 0 <= last_end and start - last_end <= 4 else "."
        joined = gap == " " or _GAP.fullmatch(gap) is not None or (gap == ". " and last_key in _ABBREVIATED)
        key = _word_key(word)
        found.append(Token(start, end, key, any(map(str.isupper, word[:3])), joined and bool(found)))
        last_end, last_key = end, key
    return found


def is_upper_case(text: str) -> bool:
    """Whether a text is written in capitals throughout, as old wires are, judged by its first 20,000 characters."""
    letters = [c for c in text[:20_000] if c.isalpha()]
    return len(letters) >= 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
