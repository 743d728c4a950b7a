"""Whose words they are: the author's, a quoted speaker's, or somebody's as reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ascribe.model import AUTHOR, Voice
from ascribe.readings.lexicon import Lexicon

_SPEAKER = r"(?P<speaker>[^,.;:“”\"()]{2,70}?)"
_QUOTES = {"“": "”", '"': '"', "«": "»"}


def _sentence(text: str, at: int) -> tuple[int, int]:
    stop, line = text.rfind(". ", 0, at), text.rfind("\n", 0, at)
    start = max(stop + 2 if stop >= 0 else 0, line + 1)
    ends = [e for e in (text.find(". ", at), text.find("\n", at)) if e >= 0]
    return start, min(ends) if ends else len(text)


def _inside_quotation(text: str, at: int, start: int) -> bool:
    """Whether an offset lies between quotation marks that hold more than a word or two."""
    for opening, closing in _QUOTES.items():
        opened = text.rfind(opening, start, at)
        if opened < 0 or (opening == closing and text.count(opening, start, at) % 2 == 0):
            continue
        closed = text.find(closing, at)
        if closed >= 0 and text.find(closing, opened + 1, at) < 0 and closed - opened > 25:
            return True
    return False


def voice_at(text: str, at: int, lexicon: Lexicon, groups: Sequence[tuple[int, int]] = ()) -> Voice:
    """The voice of the words at an offset, from the sentence in which they stand.

    `groups` are the spans of group names: a group or its own outlet that speaks makes the voice the perpetrators' side.
    """
    start, end = _sentence(text, at)
    sentence = text[start:end]
    quoted = _inside_quotation(text, at, start)
    verb = lexicon.voices["reporting"].search(sentence)
    if verb is None:
        return Voice("quoted") if quoted else AUTHOR
    speaker = _speaker(sentence, verb)
    if speaker is None:
        return Voice("quoted") if quoted else AUTHOR
    at_speaker = start + sentence.find(speaker)
    side = lexicon.claims["own_outlets"].search(speaker) is not None or any(
        s < at_speaker + len(speaker) and at_speaker < e for s, e in groups
    )
    return Voice("quoted" if quoted else "according_to", speaker, side)


def _speaker(sentence: str, verb: re.Match[str]) -> str | None:
    if verb.group().lower().startswith("according"):
        found = re.match(r"\s+(?:the\s+)?" + _SPEAKER + r"(?=[,.;:]|$)", sentence[verb.end() :])
        return found["speaker"].strip() if found else None
    before = re.search(
        r"(?:^|[,.;:”\"]\s*|\bthat\s+|\band\s+)" + _SPEAKER + r"\s+(?:has |have |had |also |later )?$",
        sentence[: verb.start()],
    )
    return before["speaker"].strip() if before and len(before["speaker"].split()) <= 9 else None
