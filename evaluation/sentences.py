"""The sentence around some words, for lists that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 300  # characters on each side
_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def sentence(text: str, start: int, end: int) -> str:
    """The sentence in which `start:end` stands, on one line, the words between « and »."""
    left = max(0, start - LONGEST)
    right = min(len(text), end + LONGEST)
    before = list(_END.finditer(text, left, start))
    after = _END.search(text, end, right)
    first = before[-1].end() if before else left
    last = after.start() if after else right
    shown = f"{text[first:start]}«{text[start:end]}»{text[end:last]}"
    return " ".join(shown.split())


def sentences(text: str, spans: Iterable[tuple[int, int]], most: int = 1) -> list[str]:
    """The sentences of the first `most` spans that are in the text."""
    inside = [(a, b) for a, b in spans if 0 <= a < b <= len(text)]
    return [sentence(text, a, b) for a, b in inside[:most]]
