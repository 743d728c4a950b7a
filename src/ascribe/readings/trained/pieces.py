"""A text as word pieces for the encoder, with stand-ins for its names, and with letter case and line breaks, which the
encoder's uncased alphabet drops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ascribe.readings.trained.layout import WINDOW
from ascribe.readings.trained.standins import NUMBERS, SORTS, StandIn

Integers = NDArray[np.int64]

CASES = 5  # lower case and signs, Title, UPPER, mIxed, digits
SHAPES = CASES + len(SORTS) * NUMBERS  # ... or one of the document's names
BREAKS = 3  # none, a new line, or a blank line before the piece
SHARED = WINDOW // 2 - 1  # pieces that neighbouring windows share: nearly every piece of a long text is read twice
FAR = 200  # pieces from a border, beyond which it makes no difference
FIRST, LAST = 101, 102  # [CLS], [SEP]
FIRST_MUC4 = 21  # in place of [CLS]: read as the MUC-4 benchmark counts incidents and fillers ([unused20])
NAMES = 1  # the piece that stands for a name of the first sort; the other sorts follow ([unused0] ... in the alphabet)
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
    """The case of a word as a number below `CASES`."""
    if any(c.isdigit() for c in word):
        return 4
    if word.islower() or not any(c.isalpha() for c in word):
        return 0
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 1
    return 2 if word.isupper() else 3


def cut(text: str, tokenizer: Tokenizer, names: Sequence[StandIn] = ()) -> Pieces:
    """A whole text as pieces, without frame pieces, each name as one. The tokenizer must neither truncate nor pad."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
    ids = np.array(encoding.ids, dtype=np.int64)
    starts, ends = offsets[:, 0].copy(), offsets[:, 1].copy()
    cases = _cases(text, starts, ends, words)
    kept = np.ones(len(ids), dtype=bool)
    for name in names:
        first = int(np.searchsorted(offsets[:, 1], name.start, side="right"))
        last = int(np.searchsorted(offsets[:, 0], name.end, side="left"))
        if first >= last or not kept[first]:
            continue
        kept[first + 1 : last] = False
        ends[first] = ends[last - 1]
        ids[first] = NAMES + name.sort
        cases[first] = CASES + name.sort * NUMBERS + name.number % NUMBERS
        words[first] += len(offsets)  # a name is a word of its own, also where a hyphen ties it to others
    starts, ends, words = starts[kept], ends[kept], words[kept]
    ends_of_sentences = np.array([m.end() for m in _SENTENCE_END.finditer(text)], dtype=np.int64)
    breaks = np.array([m.end() for m in re.finditer(r"\n+", text)], dtype=np.int64)
    lines = np.searchsorted(breaks, starts, side="right")
    sentences = np.searchsorted(ends_of_sentences, starts, side="right") + lines
    return Pieces(
        ids=ids[kept],
        shapes=cases[kept] + SHAPES * _breaks(text, starts, ends, words),
        starts=starts,
        ends=ends,
        words=words,
        sentences=sentences,
        lines=lines,
    )


def _cases(text: str, starts: Integers, ends: Integers, words: Integers) -> Integers:
    """The case of each piece's whole word, below `CASES`."""
    out = np.zeros(len(starts), dtype=np.int64)
    first = 0
    while first < len(starts):
        last = first + 1
        while last < len(starts) and words[last] == words[first]:
            last += 1
        out[first:last] = shape_of(text[starts[first] : ends[last - 1]])
        first = last
    return out


def _breaks(text: str, starts: Integers, ends: Integers, words: Integers) -> Integers:
    """The break before each word, below `BREAKS`; none within a word."""
    out = np.zeros(len(starts), dtype=np.int64)
    for k in range(len(starts)):
        if k == 0:
            out[k] = BREAKS - 1
        elif words[k] != words[k - 1]:
            out[k] = min(text.count("\n", ends[k - 1], starts[k]), BREAKS - 1)
    return out


def windows(length: int, size: int = WINDOW, shared: int = SHARED) -> list[tuple[int, int]]:
    """Evenly spaced windows over `length` pieces, as few as share so many pieces, and no larger than that takes.

    Each is of at most `size` with its two frame pieces.
    """
    room = size - 2
    if length <= room:
        return [(0, length)]
    count = -(-(length - shared) // (room - shared))
    room = -(-(length + shared * (count - 1)) // count)
    starts = [round(k * (length - room) / (count - 1)) for k in range(count)]
    return [(start, start + room) for start in starts]


def weights(start: int, end: int, length: int) -> NDArray[np.float32]:
    """What the word of a window counts for each of its pieces, up to one: the more, the further the piece stands from a
    border behind which the text of so many pieces goes on.
    """
    at = np.arange(start, end)
    before = at - start + 1 if start else np.full(end - start, FAR)
    behind = end - at if end < length else np.full(end - start, FAR)
    return np.asarray(np.minimum(np.minimum(before, behind), FAR) / FAR, dtype=np.float32)


def framed(pieces: Pieces, start: int, end: int, first: int = FIRST) -> tuple[Integers, Integers]:
    """Ids and shapes of one window between its frame pieces; the first says by whose conventions to read."""
    ids = np.concatenate(([first], pieces.ids[start:end], [LAST]))
    shapes = np.concatenate(([0], pieces.shapes[start:end], [0]))
    return ids, shapes
