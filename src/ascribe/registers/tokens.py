"""Words of a running text with their keys: what both registers look their names up in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ascribe.registers.folding import fold

# A possessive ending (no word), a dotted abbreviation ("U.S."), or a word with the apostrophes inside it.
_WORD = re.compile(
    r"(?P<ending>(?<=\w)['\u2019][sS]\b)"
    r"|(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"
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


_FULL_LINE = 40  # characters: a shorter line that ends here is a heading, not a wrapped line


@lru_cache(maxsize=65536)
def _read(word: str) -> tuple[str, bool]:
    """The key of a word, and whether it has a capital among its first three letters."""
    return fold(word), any(map(str.isupper, word[:3]))


def tokens(text: str) -> list[Token]:
    """All words of a text, in order."""
    found: list[Token] = []
    last_end = -9
    last_key = ""
    for match in _WORD.finditer(text):
        if match["ending"]:
            continue
        start, end = match.span()
        key, upper = _read(match[0])
        width = start - last_end
        if width == 1:
            joined = text[last_end] == " " or _joins(text, last_end, start, last_key)
        else:
            joined = 1 < width <= 4 and _joins(text, last_end, start, last_key)
        found.append(Token(start, end, key, upper, joined))
        last_end, last_key = end, key
    return found


def _joins(text: str, end: int, start: int, last_key: str) -> bool:
    """Whether what stands between two words can stand inside one name."""
    gap = text[end:start]
    if "\n" in gap and end - text.rfind("\n", 0, end) < _FULL_LINE:
        return False
    return _GAP.fullmatch(gap) is not None or (gap == ". " and last_key in _ABBREVIATED)


def is_upper_case(text: str) -> bool:
    """Whether a text is written in capitals throughout, as old wires are, judged by its first 20,000 characters."""
    sample = text[:20_000]
    upper, lower = sum(map(str.isupper, sample)), sum(map(str.islower, sample))
    return upper + lower >= 20 and upper > 4 * lower
