"""A text as word pieces for the encoder, with what its uncased alphabet drops: letter case and line breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ascribe.readings.trained.layout import OVERLAP, WINDOW

Integers = NDArray[np.int64]

SHAPES = 5  # lower case and signs, Title, UPPER, mIxed, digits
BREAKS = 3  # none, a new line, or a blank line before the piece
FIRST, LAST = 101, 102  # [CLS], [SEP]
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[A-Z0-9\"'“‘(])")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of one text. `starts` and `ends` are its offsets; `words`, `sentences`, `lines` number them."""

    ids: Integers
    shapes: Integers
    starts: Integers
    ends: Integers
    words: Integers
    sentences: Integers
    lines: Integers

    def __len__(self) -> int:
        """The number of pieces."""
        return len(self.ids)


def shape_of(word: str) -> int:
    """The case of a word as a number below `SHAPES`."""
    if any(c.isdigit() for c in word):
        return 4
    if word.islower() or not any(c.isalpha() for c in word):
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """A whole text as pieces, without frame pieces. The tokenizer must neither truncate nor pad."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    words = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    ends_of_sentences = np.array([m.end() for m in _SENTENCE_END.finditer(text)], dtype=np.int64)
    breaks = np.array([m.end() for m in re.finditer(r"\n+", text)], dtype=np.int64)
    lines = np.searchsorted(breaks, starts, side="right")
    sentences = np.searchsorted(ends_of_sentences, starts, side="right") + lines
    return Pieces(
        ids=np.array(encoding.ids, dtype=np.int64),
        shapes=_shapes(text, starts, ends, words),
        starts=starts,
        ends=ends,
        words=words,
        sentences=sentences,
        lines=lines,
    )


def _shapes(text: str, starts: Integers, ends: Integers, words: Integers) -> Integers:
    """Case of the piece's whole word, and the break before it, as one number below SHAPES * BREAKS."""
    out = np.zeros(len(starts), dtype=np.int64)
    first = 0
    before = 0
    while first < len(starts):
        last = first + 1
        while last < len(starts) and words[last] == words[first]:
            last += 1
        out[first:last] = shape_of(text[starts[first] : ends[last - 1]])
        newlines = text.count("\n", before, starts[first]) if first else 2
        out[first] += SHAPES * min(newlines, BREAKS - 1)
        before = int(ends[last - 1])
        first = last
    return out


def windows(length: int, size: int = WINDOW, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """Evenly spaced windows over `length` pieces, each of at most `size` with its two frame pieces."""
    room = size - 2
    if length <= room:
        return [(0, length)]
    count = -(-(length - overlap) // (room - overlap))
    starts = [round(k * (length - room) / (count - 1)) for k in range(count)]
    return [(start, start + room) for start in starts]


def owners(length: int, spans: list[tuple[int, int]]) -> Integers:
    """For each piece the window that sees most on both sides of it."""
    at = np.arange(length)
    margins = np.stack([np.minimum(at - start, end - 1 - at) for start, end in spans])
    return np.asarray(margins.argmax(axis=0), dtype=np.int64)


def framed(pieces: Pieces, start: int, end: int) -> tuple[Integers, Integers]:
    """Ids and shapes of one window between its frame pieces."""
    ids = np.concatenate(([FIRST], pieces.ids[start:end], [LAST]))
    shapes = np.concatenate(([0], pieces.shapes[start:end], [0]))
    return ids, shapes
