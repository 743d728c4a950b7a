"""A quote found in the sentence it is said to stand in: exact, but for white space and the shape of marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SAME = {
    **dict.fromkeys("“”„‟«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›`´ʼ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
}
_OUTER = " \t\n\"'.,;:!?"


@lru_cache(maxsize=4_096)
def folded(words: str) -> tuple[str, tuple[int, ...]]:
    """Words as they are compared, and for each character of that the offset it comes from.

    White space of any length is one blank, quotation marks and dashes have one shape, characters that cannot be seen
    are left out.
    """
    out: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(words):
        if character.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(at)
        elif unicodedata.category(character) != "Cf":
            for same in _SAME.get(character, character):
                out.append(same)
                origin.append(at)
    return "".join(out), tuple(origin)


def locate(text: str, start: int, end: int, quote: str) -> tuple[int, int] | None:
    """Where a quote stands within `text[start:end]`, as offsets into the text; None where it does not.

    It must stand there as whole words. Marks that a model puts around a quote are left away if it is not found so.
    """
    sentence, origin = folded(text[start:end])
    wanted = folded(quote)[0].strip()
    for form in dict.fromkeys((wanted, wanted.strip(_OUTER))):
        if not any(c.isalnum() for c in form):
            continue
        for at in _places(sentence, form):
            return start + origin[at], start + origin[at + len(form) - 1] + 1
    return None


def _places(sentence: str, form: str) -> Iterator[int]:
    at = sentence.find(form) if form else -1
    while at >= 0:
        if not _inside_word(sentence, at) and not _inside_word(sentence, at + len(form)):
            yield at
        at = sentence.find(form, at + 1)


def _inside_word(sentence: str, at: int) -> bool:
    """Whether a place lies within a word or a number: "900" is no quote of "1900", nor "five" of "twenty-five"."""
    if at <= 0 or at >= len(sentence):
        return False
    before, after = sentence[at - 1], sentence[at]
    if before.isalnum() and after.isalnum():
        return True
    joint = before if before in "-,." else after if after in "-,." else ""
    left = sentence[at - 2 : at - 1] if joint == before else before
    right = after if joint == before else sentence[at + 1 : at + 2]
    if joint and left.isdigit() and right.isdigit():
        return True
    return joint == "-" and _is_tens(sentence, at, joint == before)


_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def _is_tens(sentence: str, at: int, joint_before: bool) -> bool:
    word = sentence[: at - 1 if joint_before else at].lower()
    return word.endswith(_TENS)
