"""Text -> paragraphs and sentences, as offsets.

The splitter is nupunkt's trained model, run on one paragraph at a time; the rules here say where a paragraph ends and
correct what the model is known to miss.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ascribe.languages import Language, language

# A sentence that is longer than this is a table or a text without full stops; it is cut so that later work is bounded.
LONGEST = 4_000
_PIECE = 200_000
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 45, 100
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANK = re.compile(r"\s*\Z")
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a paragraph) at `start:end`, without the white space around it."""

    start: int
    end: int


def _trimmed(text: str, start: int, end: int) -> Sentence | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end) if start < end else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _LINE_END.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _blocks(text: str) -> Iterator[list[Sentence]]:
    """The lines between two blank lines."""
    block: list[Sentence] = []
    for start, end in _lines(text):
        line = _trimmed(text, start, end)
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_wrapped(text: str, block: list[Sentence]) -> bool:
    """Whether the lines of a block are one paragraph broken at a margin, as in plain-text mail and wires.

    Sign: lines of about one length, and some line that goes on in lower case after one that did not end.
    """
    if len(block) < 2 or any(not _SHORTEST_WRAPPED <= s.end - s.start <= _LONGEST_WRAPPED for s in block[:-1]):
        return False
    pairs = pairwise(block)
    return any(text[b.start].islower() and not _CLOSED.search(text, max(a.start, a.end - 4), a.end) for a, b in pairs)


def paragraphs(text: str) -> list[Sentence]:
    """The paragraphs of a text in order: every line is one, unless lines are broken at a margin."""
    found: list[Sentence] = []
    for block in _blocks(text):
        if _is_wrapped(text, block):
            found.append(Sentence(block[0].start, block[-1].end))
        else:
            found += block
    return found


@lru_cache
def _opening(words: Language) -> re.Pattern[str]:
    openers = "|".join(re.escape(w) for w in words.sentences.openers)
    return re.compile(rf"[a-z0-9%][.!?][\"”’)\]]*(\s+)(?=[\"“‘(\[]?(?:{openers})\b(?! [A-Z]\w* [A-Z]))")


@lru_cache
def _abbreviated(words: Language) -> re.Pattern[str]:
    known = "|".join(re.escape(w) for w in sorted(words.sentences.abbreviations, key=len, reverse=True))
    return re.compile(rf"(?:\A|[\s(\"“])(?:{known})\.\s*\Z", re.IGNORECASE)


_NUMBERED = re.compile(r"(?:\A|\s)\(?\d{1,2}[.)]\s*\Z")


def _ends_early(text: str, start: int, end: int, following: str, words: Language) -> bool:
    """Whether the model ended a sentence at an abbreviation, a number of a list, or before a small letter."""
    tail = text[max(start, end - 12) : end]
    if following.islower() or (following.isdigit() and tail.rstrip().lower().endswith("no.")):
        return not _CLOSED.search(tail.replace(".", "")) and not tail.rstrip().endswith(("!", "?", "…"))
    if _NUMBERED.search(tail) and end - start < 8:
        return True
    upper = text[start:end].isupper()
    return upper and _abbreviated(words).search(tail) is not None and not tail.rstrip().lower().endswith("m.")


def _spans(text: str, start: int, end: int, words: Language) -> Iterator[tuple[int, int]]:
    """The model's sentences of a paragraph, joined and split where the rules know better."""
    from nupunkt import sent_spans  # noqa: PLC0415 - the model is loaded on first use

    begin = start
    for piece in range(start, end, _PIECE):
        stop = min(piece + _PIECE, end)
        for _, to in sent_spans(text[piece:stop]):
            cut = piece + to
            if cut < end and not _ends_early(text, begin, cut, text[cut], words):
                yield begin, cut
                begin = cut
    if begin < end:
        yield begin, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch in pieces that are no longer than LONGEST, at white space where there is some."""
    while end - start > LONGEST:
        at = max(text.rfind(" ", start + 1, start + LONGEST), text.rfind("\n", start + 1, start + LONGEST))
        at = at if at > start else start + LONGEST
        yield start, at
        start = at
    yield start, end


def sentences(text: str, words: Language | None = None) -> list[Sentence]:
    """The sentences of a text in order; none crosses a paragraph, and only white space lies between them.

    A heading on a line of its own is a sentence. `words` is the language of the text (English by default).
    """
    words = words or language("en")
    opening = _opening(words)
    found: list[Sentence] = []
    for paragraph in paragraphs(text):
        for start, end in _spans(text, paragraph.start, paragraph.end, words):
            edges = [start, *(m.start(1) for m in opening.finditer(text, start, end)), end]
            for begin, stop in pairwise(edges):
                pieces = (_trimmed(text, *piece) for piece in _cut(text, begin, stop))
                found += [s for s in pieces if s is not None]
    return found
