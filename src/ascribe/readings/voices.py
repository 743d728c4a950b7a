"""Whose words they are: the author's, a quoted speaker's, or somebody's as reported."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ascribe.model import AUTHOR, Voice, VoiceKind
from ascribe.readings.lexicon import Lexicon

_SPEAKER = r"(?P<speaker>[^,.;:“”\"()]{2,70}?)"
_BEFORE_VERB = re.compile(
    r"(?:^|[,.;:”\"]\s*|\bthat\s+|\b(?:and|but|while)\s+)(?:and\s+|but\s+|while\s+)?"
    + _SPEAKER
    + r"\s+(?:has |have |had |also |later )?$"
)
_LONGEST = 9  # words: what is longer is a clause, not a speaker
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
    speaker = _speaker(sentence, lexicon)
    if speaker is None:
        return Voice("quoted") if quoted else AUTHOR
    kind: VoiceKind = "quoted" if quoted else "according_to"
    at_speaker = start + sentence.find(speaker)
    if lexicon.voices["pronouns"].fullmatch(speaker):
        claimant = _claimant_before(text, start, lexicon, groups)
        return Voice(kind, claimant, claimant is not None)
    side = lexicon.claims["own_outlets"].search(speaker) is not None or any(
        s < at_speaker + len(speaker) and at_speaker < e for s, e in groups
    )
    return Voice(kind, speaker, side)


def _claimant_before(text: str, at: int, lexicon: Lexicon, groups: Sequence[tuple[int, int]]) -> str | None:
    """The group that claims in the sentence before `at`: who is meant by "it said" in the sentence after."""
    start, end = _sentence(text, max(at - 3, 0))
    if at == 0 or lexicon.claims["claimed"].search(text, start, end) is None:
        return None
    return next((text[s:e] for s, e in groups if start <= s < end), None)


def _speaker(sentence: str, lexicon: Lexicon) -> str | None:
    """Who speaks in a sentence: the words before its verb of reporting, or after "according to"."""
    for verb in lexicon.voices["reporting"].finditer(sentence):
        if verb.group().lower().startswith("according"):
            found = re.match(r"\s+(?:the\s+)?" + _SPEAKER + r"(?=[,.;:]|$)", sentence[verb.end() :])
        else:
            found = _BEFORE_VERB.search(sentence[: verb.start()])
        speaker = found["speaker"].strip() if found else ""
        if speaker and len(speaker.split()) <= _LONGEST and not _is_none(speaker, lexicon):
            return speaker
    return None


def _is_none(speaker: str, lexicon: Lexicon) -> bool:
    """Whether words before a verb are no speaker: nobody, or a passive ("the bombing was claimed")."""
    passive = lexicon.phrases["passive"].fullmatch(speaker.rsplit(maxsplit=1)[-1])
    return passive is not None or lexicon.voices["nobody"].fullmatch(speaker) is not None
