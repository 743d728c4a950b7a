"""Which language a text is written in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

FEWEST_LETTERS = 100
SAMPLE = 2_000


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # the library's own function loads 97 languages lazily as well; holding it here keeps one model per process
    import py3langid  # noqa: PLC0415

    return py3langid


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None where it has under about 100 letters.

    Headlines and single sentences are too short to tell: a wrong language is worse than none. The first
    2,000 characters that follow the first letter decide.
    """
    begin = next((i for i, c in enumerate(text) if c.isalpha()), None)
    if begin is None:
        return None
    sample = text[begin : begin + SAMPLE]
    if sum(c.isalpha() for c in sample) < FEWEST_LETTERS:
        return None
    code = str(_identifier().classify(sample)[0])
    return code if len(code) == 2 else None
