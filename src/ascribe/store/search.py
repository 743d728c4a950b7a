"""Words to passages: how a text is cut into passages, what a person's words ask for, and what is shown of a hit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

INDEX_VERSION = (
    "1"  # raised whenever passages or their words come out otherwise, so that old casebooks are indexed anew
)

_GAP = re.compile(r"\n[^\S\n]*\n\s*")
# A word as the index cuts it: letters and digits with the marks that stand on them; an underscore parts words.
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_SHORT = 40  # characters; a heading or a line of a list goes with the paragraph after it
_LONG = 2000  # characters; a longer paragraph is cut, so that one of a whole book is still a place in it
_SHOWN = 240  # characters of a passage that a hit shows
_BEFORE = 80  # of these, characters before the first word that was found


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a snippet; `found` marks those that were asked for."""

    text: str
    found: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the words: `text[start:end]` of the document.

    `parts` are consecutive words of the passage from `shown_from` on, unedited. `incidents` are the ids of the
    incidents with evidence in the passage or, in a reprint, in the same words of the original, whose id is
    `near_copy_of`. `restricted` documents' words are not to be shown to others.
    """

    document_id: str
    name: str
    title: str | None
    start: int
    end: int
    shown_from: int
    parts: tuple[Part, ...]
    incidents: tuple[str, ...] = ()
    page: int | None = None
    restricted: bool = False
    near_copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Folded:
    """A word as the index has it, and where it stands in its text."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand side by side; with `prefix` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False


def passages_of(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a text that hold words, in order and apart; short ones joined, long ones cut."""
    start = 0
    for gap in _GAP.finditer(text):
        if gap.start() - start >= _SHORT:
            yield from _pieces(text, start, gap.start())
            start = gap.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONG:
        cut = _cut(text, start)
        yield from _worded(text, start, cut)
        start = cut
    yield from _worded(text, start, end)


def _cut(text: str, start: int) -> int:
    """Where a long paragraph is best cut: after a line, after a sentence, between words, or just there."""
    earliest, latest = start + _LONG // 2, start + _LONG
    for mark in ("\n", ". ", " "):
        found = text.rfind(mark, earliest, latest)
        if found >= 0:
            return found + len(mark)
    return latest


def _worded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = _WORD.search(text, start, end)
    if first:
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        yield start, end


def phrases_of(words: str) -> tuple[Phrase, ...]:
    """What a person asks for: words, "words in quotation marks" together, and beginnings with a trailing *.

    Nothing a person can write is an error; signs that are not words ask for nothing.
    """
    found = []
    for match in re.finditer(r'"([^"]*)"(\*?)|([^\s"]+)', words):
        quoted, star, bare = match.groups()
        piece = quoted if bare is None else bare
        tokens = tuple(_fold(w) for w in _WORD.findall(piece))
        if tokens:
            found.append(Phrase(tokens, bool(star) or piece.endswith("*")))
    return tuple(found)


@lru_cache(maxsize=65536)
def _fold(word: str) -> str:
    """A word without accents and case, as the index has it."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def folded(text: str, start: int, end: int) -> Iterator[Folded]:
    """The words of `text[start:end]`, in order."""
    return (Folded(_fold(m[0]), *m.span()) for m in _WORD.finditer(text, start, end))


def found_in(text: str, start: int, end: int, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """The words of `text[start:end]` that were asked for, in order, each once."""
    there = list(folded(text, start, end))
    words = [w.word for w in there]
    marked: set[int] = set()
    for phrase in phrases:
        length = len(phrase.words)
        for at in range(len(words) - length + 1):
            if _stands_at(words, at, phrase):
                marked.update(range(at, at + length))
    return [(there[i].start, there[i].end) for i in sorted(marked)]


def _stands_at(words: list[str], at: int, phrase: Phrase) -> bool:
    *whole, last = phrase.words
    final = words[at + len(whole)]
    fits = final.startswith(last) if phrase.prefix else final == last
    return fits and words[at : at + len(whole)] == whole


def snippet(text: str, start: int, end: int, phrases: Sequence[Phrase]) -> tuple[int, tuple[Part, ...]]:
    """Where the shown part of a passage begins, and its words with those that were found marked."""
    found = found_in(text, start, end, phrases)
    begin, stop = _window(text, start, end, found[0][0] if found else start)
    parts: list[Part] = []
    at = begin
    for a, b in found:
        if b > stop:
            break
        if a > at:
            parts.append(Part(text[at:a]))
        parts.append(Part(text[a:b], found=True))
        at = b
    if at < stop:
        parts.append(Part(text[at:stop]))
    return begin, tuple(parts)


def _window(text: str, start: int, end: int, first: int) -> tuple[int, int]:
    begin = max(start, first - _BEFORE)
    if begin > start:
        blank = text.find(" ", begin, first)
        begin = blank + 1 if blank >= 0 else first
    stop = min(end, begin + _SHOWN)
    if stop < end:
        blank = text.rfind(" ", first + _SHOWN // 4, stop)
        stop = blank if blank >= 0 else stop
    return begin, stop
