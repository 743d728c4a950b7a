"""The same standard for all: the network never sees whom a text is about, only what sort of name stands where.

Names of people, armed groups, towns and countries, demonyms, faiths and houses of worship are exchanged for stand-ins
before the network sees them, each a single piece that says its sort and which of the document's names it is. So a text
with other names of the same sorts is the same text to the network: an attack by one group is read like an attack by
another, and what the network has learned cannot be the names of its training documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ascribe.languages import language
from ascribe.readings.lexicon import lexicon
from ascribe.readings.naming import PARTICLES
from ascribe.registers.folding import fold
from ascribe.registers.group_names import group_key
from ascribe.registers.groups import GroupRegister
from ascribe.registers.place_words import NAMES_OF_DAYS, SMALL_WORDS, TITLES, place_words, plain_words
from ascribe.registers.surroundings import Surroundings
from ascribe.registers.tokens import Token, tokens

SORTS = ("name", "group", "town", "country", "nation", "faith", "worship")
NUMBERS = 12  # names of one sort that the network tells apart; the thirteenth looks like the first

Found = tuple[int, int, str, str]  # start, end, sort, and a key that is the same wherever the name is meant


@dataclass(frozen=True, slots=True)
class StandIn:
    """The name at `start:end`: the index of its sort in `SORTS`, and which of the names of this sort it is."""

    start: int
    end: int
    sort: int
    number: int


def stand_ins(text: str, surroundings: Surroundings, groups: GroupRegister) -> list[StandIn]:
    """All names of a text that the network is not to see, in order, without overlap."""
    words = tokens(text)
    caps = surroundings.caps
    taken: list[Found] = []
    _add(taken, _groups(text, words, groups, caps))
    _add(taken, _places(surroundings))
    _add(taken, _nations(text, words, caps))
    _add(taken, _of_faith(text))
    if not caps:
        _add(taken, _people(text, words))
    return _numbered(taken)


def _add(taken: list[Found], found: Iterable[Found]) -> None:
    """Take the found names that overlap none that are taken."""
    for one in found:
        at = bisect_left(taken, one)
        behind = at > 0 and taken[at - 1][1] > one[0]
        if not behind and not (at < len(taken) and taken[at][0] < one[1]):
            taken.insert(at, one)


def _numbered(taken: Sequence[Found]) -> list[StandIn]:
    """Names with their numbers, by first occurrence. A country and its people are numbered apart: whether somebody is
    a foreigner is no matter for the network."""
    numbers: dict[str, dict[str, int]] = {}
    out = []
    for start, end, sort, key in taken:
        held = numbers.setdefault(sort, {})
        out.append(StandIn(start, end, SORTS.index(sort), held.setdefault(key, len(held))))
    return out


def _groups(text: str, words: list[Token], register: GroupRegister, caps: bool) -> Iterator[Found]:
    """Groups by the register, and by the shape of their names; forces of states are told by their nation."""
    known = [s for s in register.spans_of(text, words, caps) if any(g.kind == "group" for g in s.groups)]
    spans = [(s.start, s.end) for s in known]
    shaped = [] if caps else [_bare(text, *m.span()) for m in lexicon("en").group_shape.finditer(text)]
    spans += [(a, b) for a, b in shaped if all(b <= s or e <= a for s, e in spans)]
    for start, end in sorted(spans):
        yield start, end, "group", group_key(text[start:end])


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the article or the month that its shape took in: "The Front", "August the Sons"."""
    while fold(first := text[start:end].split(maxsplit=1)[0]) in (NAMES_OF_DAYS | {"the"}):
        rest = text[start + len(first) : end]
        if not rest.strip():
            break
        start += len(first) + len(rest) - len(rest.lstrip())
    return start, end


def _places(surroundings: Surroundings) -> Iterator[Found]:
    codes = place_words()
    for span in surroundings.spans:
        code = codes.countries.get(span.key) if span.level == "country" else None
        yield (span.start, span.end, "country", code) if code else (span.start, span.end, "town", span.key)


def _nations(text: str, words: list[Token], caps: bool) -> Iterator[Found]:
    codes = place_words()
    for i, word in enumerate(words):
        code = codes.demonym_at(words, i) if word.upper or caps else None
        if code is None:
            continue
        alone = codes.demonyms.get(word.key) == code
        end = word.end if alone or i + 1 == len(words) else words[i + 1].end
        yield word.start, end, "nation", code
    for m in _standard("peoples").finditer(text):
        yield m.start(), m.end(), "nation", fold(m[0])


def _of_faith(text: str) -> Iterator[Found]:
    for sort, words in (("worship", "worship"), ("faith", "faiths")):
        for m in _standard(words).finditer(text):
            yield m.start(), m.end(), sort, fold(m[0]).rstrip("s")


@lru_cache(maxsize=8)
def _standard(name: str) -> re.Pattern[str]:
    words = sorted(getattr(language("en").standard, name), key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)


def _people(text: str, words: list[Token]) -> Iterator[Found]:
    """Runs of words that are names and nothing else: people above all, and whatever no register knows.

    The key is the last word, so that a surname alone is the person named before.
    """
    i = 0
    while i < len(words):
        if not _is_proper(text, words, i):
            i += 1
            continue
        last = at = i
        while at + 1 < len(words) and words[at + 1].joined:
            at += 1
            if _is_proper(text, words, at) or _follows_given_name(text, words, at):
                last = at
            elif words[at].key not in PARTICLES:
                break
        yield words[i].start, words[last].end, "name", words[last].key
        i = last + 1


def _is_proper(text: str, words: list[Token], i: int) -> bool:
    """A capitalised word that is nothing else: no ordinary word, country or acronym."""
    word, lists = words[i], place_words()
    if not word.upper or len(word.key) < 2 or word.key.isdigit() or text[word.start : word.end].isupper():
        return False
    if any(word.key in other for other in (SMALL_WORDS, NAMES_OF_DAYS, TITLES, lists.demonyms, lists.countries)):
        return False
    return word.key in lists.given or word.key not in plain_words()


def _follows_given_name(text: str, words: list[Token], i: int) -> bool:
    """Whether a capitalised ordinary word is a surname: "Mark Brown"."""
    word = words[i]
    written = text[word.start : word.end]
    return (
        written[:1].isupper()
        and not written.isupper()
        and words[i - 1].key in place_words().given
        and word.key not in SMALL_WORDS
    )
