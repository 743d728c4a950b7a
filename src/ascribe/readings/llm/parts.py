"""A document as numbered sentences, cut into parts that overlap."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ascribe.readings.llm.exchange import CHARACTERS_A_TOKEN
from ascribe.readings.sentences import sentences


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence with its number in the document, from 1, and the number of its paragraph."""

    number: int
    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that is asked about at once. `number` counts from 1; `of` is how many there are."""

    number: int
    of: int
    sentences: tuple[Numbered, ...]


def numbered(text: str) -> tuple[Numbered, ...]:
    """The sentences of a text with their numbers."""
    found: list[Numbered] = []
    paragraph = last = 0
    for number, sentence in enumerate(sentences(text), start=1):
        paragraph += "\n" in text[last : sentence.start]
        last = sentence.end
        found.append(Numbered(number, sentence.start, sentence.end, paragraph))
    return tuple(found)


def parts(held: Sequence[Numbered], tokens: int, overlap: int) -> tuple[Part, ...]:
    """The sentences in parts of about `tokens` tokens, each beginning with the last `overlap` ones of the part before.

    A part holds at least one new sentence, however long that is.
    """
    cut: list[tuple[Numbered, ...]] = []
    at = 0
    while at < len(held):
        first = max(at - overlap, 0) if cut else at
        room = tokens * CHARACTERS_A_TOKEN - sum(s.end - s.start for s in held[first:at])
        stop = at
        while stop < len(held) and (stop == at or room >= held[stop].end - held[stop].start):
            room -= held[stop].end - held[stop].start
            stop += 1
        cut.append(tuple(held[first:stop]))
        at = stop
    return tuple(Part(n, len(cut), told) for n, told in enumerate(cut, start=1))


def shown(text: str) -> str:
    """A sentence as a model sees it: on one line, without characters that cannot be seen, and with no closing fence."""
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs") or c.isspace())
    return " ".join(visible.split()).replace("<<<", "‹‹‹").replace(">>>", "›››")


def lines(text: str, held: Iterable[Numbered]) -> Iterator[str]:
    """One line a sentence, its number before it; a gap where sentences are left out, a blank line at a paragraph."""
    before: Numbered | None = None
    for sentence in held:
        if before is not None and sentence.number != before.number + 1:
            yield "[...]"
        elif before is not None and sentence.paragraph != before.paragraph:
            yield ""
        yield f"[{sentence.number}] {shown(text[sentence.start : sentence.end])}"
        before = sentence
