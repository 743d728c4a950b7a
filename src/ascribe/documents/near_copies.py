"""Which documents are reprints of earlier ones, so that ten reprints of one agency text count once.

MinHash (rensa) finds earlier documents that share words; an exact comparison then decides. Two wires written after
one pattern about different events share most of their wording too, so a text in which names or numbers have been
replaced by others is no reprint.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nsmallest
from itertools import pairwise
from typing import Any

from ascribe.model import Document

SHINGLE = 5
SAME = 0.6
WITHIN = 0.85
FEWEST_SHINGLES = 30
MOST_WORDS = 20_000
COMPARED_WORDS = 2_000
MOST_COMPARED = 24  # earlier documents, those that share most, in which replaced names and numbers are looked for
KEPT_SHINGLES = 4_000_000  # of earlier documents, eight bytes each; beyond, they are made anew from the words
_PERMUTATIONS = 128
_BANDS = 64
_SEED = 42
_FACT = 1 << 31
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
_SENTENCE_END = re.compile('[.!?:“"]|\n\n')
_NUMBERS = {word: str(i) for i, word in enumerate(_UNITS.split())} | _TENS
_MONTHS = re.compile(r"^(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*$")


def _words(text: str) -> Iterator[int]:
    """Each word as 31 bits of its checksum; the highest bit marks a name or a number.

    A capital at the beginning of a sentence makes no name.
    """
    sentence_starts = True
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if between != " " and _SENTENCE_END.search(between):
            sentence_starts = True
        at = match.end()
        word = match[0]
        is_fact = word[0].isupper() and not sentence_starts
        sentence_starts = False
        yield _checksum(word) | (_FACT if is_fact else 0)


@lru_cache(maxsize=1 << 16)
def _checksum(word: str) -> int:
    """31 bits of a word in any case, with the mark of a number; "five" and "5", "Sept" and "September" are one."""
    plain = unicodedata.normalize("NFKC", word).replace("’", "'").casefold()
    plain = _NUMBERS.get(plain, plain)
    if month := _MONTHS.match(plain):
        plain = month[1][:3]
    fact = _FACT if plain[0].isdigit() else 0
    return (zlib.crc32(plain.encode("utf-8", "replace")) & (_FACT - 1)) | fact


def _plain(words: array[int]) -> list[int]:
    return [w & (_FACT - 1) for w in words]


def _shingles(words: array[int]) -> set[int]:
    """The runs of five words, each as one number; a shorter text is one run."""
    plain = _plain(words)
    if len(plain) <= SHINGLE:
        return {hash(tuple(plain))}  # hashes of integers are the same in every process
    return {hash(tuple(plain[i : i + SHINGLE])) for i in range(len(plain) - SHINGLE + 1)}


class NearCopies:
    """An index of documents by wording. The order of adding says which of two copies is the original.

    The same documents added in the same order give the same answers in every process. A store can keep
    `signature(text)`, about four bytes a word, and rebuild the index with `know`.
    """

    def __init__(self, most_compared: int = MOST_COMPARED, kept_shingles: int = KEPT_SHINGLES) -> None:
        from rensa import RMinHashLSH  # noqa: PLC0415

        # 64 bands of two rows find texts that share an eighth of their runs: a cut-down text shares few
        self._index = RMinHashLSH(0.2, _PERMUTATIONS, _BANDS)
        self._ids: list[str] = []
        self._signatures: list[array[int]] = []
        self._shingles = _Shingles(kept_shingles)
        self._most_compared = most_compared
        self._original: dict[str, str | None] = {}

    def __len__(self) -> int:
        """How many documents the index knows."""
        return len(self._ids)

    @staticmethod
    def signature(text: str) -> bytes:
        """The wording of a text as bytes for `know`: four for each of its first 20,000 words."""
        words = array("I")
        for word in _words(text):
            words.append(word)
            if len(words) == MOST_WORDS:
                break
        return words.tobytes()

    def add(self, document: Document) -> str | None:
        """The id of the earlier document that this one reprints, or None; none is a copy of itself.

        A reprint shares 60 % of its runs of five words with the earlier text (Jaccard), or is a cut-down text of
        which 85 % stand in it, and has no names or numbers replaced beyond one in 400 words. The answer is always
        an original, never itself a copy.
        """
        return self.know(document.id, self.signature(document.text))

    def know(self, document_id: str, signature: bytes) -> str | None:
        """As `add`, from a signature."""
        if document_id in self._original:
            return self._original[document_id]
        words = array("I")
        words.frombytes(signature)
        if not words:
            self._original[document_id] = None
            return None
        shingles = _shingles(words)
        sketch = _sketch(shingles)
        found = self._first_match(words, shingles, sorted(self._index.query(sketch)))
        self._original[document_id] = found
        if found is None:
            # copies are left out: whatever resembles a copy is compared with its original
            self._index.insert(len(self._ids), sketch)
            self._ids.append(document_id)
            self._signatures.append(words)
        return found

    def _first_match(self, words: array[int], shingles: set[int], candidates: list[int]) -> str | None:
        """The earliest document that this one reprints.

        Many texts of one pattern resemble each other, and each pair is costly to compare word by word: only those of
        which the shorter text shares most are, and a reprint's original is one of them.
        """
        alike: list[tuple[float, int]] = []
        for key in candidates:
            others = self._shingles.of(key, self._signatures[key])
            shared = len(shingles.intersection(others))
            if _is_alike(shared, len(shingles), len(others)):
                alike.append((-shared / min(len(shingles), len(others)), key))
        for key in sorted(key for _, key in nsmallest(self._most_compared, alike)):
            earlier = self._signatures[key]
            if replaced_facts(words, earlier) <= 1 + min(len(words), len(earlier)) // 400:
                return self._ids[key]
        return None


class _Shingles:
    """The different runs of earlier documents, kept for the next comparison as far as there is room."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: dict[int, array[int]] = {}

    def of(self, key: int, words: array[int]) -> array[int]:
        """The runs of the document with this key, which has these words."""
        found = self._kept.get(key)
        if found is None:
            found = array("q", _shingles(words))
            if len(found) <= self._room:
                self._room -= len(found)
                self._kept[key] = found
        return found


def _sketch(shingles: set[int]) -> Any:
    from rensa import RMinHash  # noqa: PLC0415

    sketch = RMinHash(_PERMUTATIONS, _SEED)
    sketch.update([str(s) for s in sorted(shingles)])
    return sketch


def _is_alike(shared: int, size: int, other_size: int) -> bool:
    """Whether so many shared runs make a reprint, as far as wording goes: the exact check after MinHash."""
    same = shared / (size + other_size - shared)
    within = shared / size if size >= FEWEST_SHINGLES else 0.0
    return same >= SAME or within >= WITHIN


def replaced_facts(words: array[int], earlier: array[int]) -> int:
    """How many different names and numbers of the earlier text stand replaced by others in the later one.

    Only short replacements within common wording count: what is cut or added replaces nothing. The first 2,000
    words are compared; the matcher leaves out very common words, which keeps its time bounded on hostile texts.
    """
    old, new = earlier[:COMPARED_WORDS], words[:COMPARED_WORDS]
    matcher = SequenceMatcher(None, _plain(old), _plain(new), autojunk=True)
    pairs: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for before, after in pairwise(matcher.get_matching_blocks()):
        gap_old = old[before.a + before.size : after.a]
        gap_new = new[before.b + before.size : after.b]
        if 0 < len(gap_old) <= 6 and 0 < len(gap_new) <= 6:
            facts_old = tuple(w for w in gap_old if w & _FACT)
            facts_new = tuple(w for w in gap_new if w & _FACT)
            if facts_old and facts_new and set(facts_old) != set(facts_new):
                pairs.add((facts_old, facts_new))
    return len(pairs)
