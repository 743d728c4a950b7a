"""The sentence around some words, for lists that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 300  # characters on each side
_END = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n+")


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends in which `start:end` stands; at most LONGEST characters away."""
    left = max(0, start - LONGEST)
    before = [end for end in _END.finditer(text, left, start + 1) if end.end() <= start]
    after = _END.search(text, end, min(len(text), end + LONGEST))
    return before[-1].end() if before else left, after.start() if after else min(len(text), end + LONGEST)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence in which `start:end` stands, on one line, the words between « and »."""
    first, last = bounds(text, start, end)
    return " ".join(f"{text[first:start]}«{text[start:end]}»{text[end:last]}".split())


def sentences(text: str, spans: Iterable[tuple[int, int]], most: int = 1) -> list[str]:
    """The sentences of the first `most` spans that are in the text."""
    inside = [(a, b) for a, b in spans if 0 <= a < b <= len(text)]
    return [sentence(text, a, b) for a, b in inside[:most]]
