"""Numbers in figures and in words, read from tokens: "1,400", "2 million", "one hundred and forty-nine", "two dozen".

An own grammar instead of text2num, which does not know dozens, scores and half-dozens and reads "2 million" as two
numbers. It looks at each token a fixed number of times, so that hostile text takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ascribe.languages import Language, NumberWords

LARGEST = 10**10
_TOKEN = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u2009]\d+)*|[^\W\d_]+(?:[.'’](?=[^\W\d_])[^\W\d_]+)*|\S")
# 1,400 and 1.400 and 12 400 (thin spaces), and the Indian 1,00,000
_GROUPED = re.compile(r"\d{1,3}(?:([,.'’\u00a0\u202f\u2009])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_DECIMAL = re.compile(r"(\d{1,6})[.](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or a sign at `start:end`; `word` is in lower case with straight apostrophes."""

    start: int
    end: int
    word: str

    @property
    def is_figure(self) -> bool:
        """Whether the token begins with a digit."""
        return self.word[0].isdigit()


@dataclass(frozen=True, slots=True)
class Number:
    """A number that the tokens up to `after` (not included) make up."""

    value: int
    after: int


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words, figures and signs of `text[start:end]`, with their offsets in the text."""
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _TOKEN.finditer(text, start, stop)]


def figure(word: str) -> int | None:
    """The whole number that a figure with or without grouped digits gives, or None: "1,400" but not "1.5"."""
    if not word.isascii() and not _GROUPED.fullmatch(word):
        return None
    if word.isdigit():
        return int(word) if len(word) <= 10 else None
    if _GROUPED.fullmatch(word) and len(word) <= 14:
        return int(re.sub(r"\D", "", word))
    return None


def _word(found: Sequence[Token], at: int) -> str:
    return found[at].word if at < len(found) else ""


def _past_hyphen(found: Sequence[Token], at: int) -> int:
    """The place after a hyphen that joins two words without white space."""
    joined = _word(found, at) in ("-", "‐", "‑") and at > 0 and found[at].start == found[at - 1].end
    return at + 1 if joined else at


def _below_hundred(found: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    word = _word(found, at)
    if word in words.units:
        return Number(words.units[word], at + 1)
    if word not in words.tens:
        return None
    unit_at = _past_hyphen(found, at + 1)
    unit = words.units.get(_word(found, unit_at), 0)
    return Number(words.tens[word] + unit, unit_at + 1) if 0 < unit < 10 else Number(words.tens[word], at + 1)


def _next_part(found: Sequence[Token], at: int, words: NumberWords) -> tuple[Number | None, bool]:
    """The part after a hundred or a thousand, with or without "and"."""
    joined = _word(found, at) in words.joiners
    return _below_hundred(found, at + joined, words), joined


def _group(found: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """Up to 9,999: "forty", "two hundred", "twenty-five hundred", "a hundred and six"."""
    first = _below_hundred(found, at, words)
    if first is None and _word(found, at) in words.articles and words.scales.get(_word(found, at + 1)) == 100:
        first = Number(1, at + 1)
    if first is None:
        return None
    after = _past_hyphen(found, first.after)
    if words.scales.get(_word(found, after)) != 100 or first.value == 0:
        return first
    value, after = first.value * 100, after + 1
    rest, _ = _next_part(found, after, words)
    # "two hundred and two hundred" are two numbers, as are "hundred and one thousand" read from the left
    if rest is None or words.scales.get(_word(found, rest.after), 0) == 100:
        return Number(value, after)
    return Number(value + rest.value, rest.after)


def _in_words(found: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    start = at
    if _word(found, at) in words.articles and words.scales.get(_word(found, at + 1), 0) >= 1000:
        group: Number | None = Number(1, at + 1)
    else:
        group = _group(found, at, words)
    total, ceiling = 0, LARGEST
    while group is not None:
        scale = words.scales.get(_word(found, group.after), 0)
        if not 1000 <= scale < ceiling:
            value, after = total + group.value, group.after
            return Number(value, after) if total == 0 or group.value < ceiling else None
        total, ceiling, at = total + group.value * scale, scale, group.after + 1
        joined = _word(found, at) in words.joiners
        following = _group(found, at + joined, words)
        # after "and" only the last part may follow: "two thousand and five"; else it is another number
        if following is None or (joined and following.value >= 100) or _word(found, at + joined) in words.articles:
            return Number(total, at)
        group = following
    return Number(total, at) if at > start else None


def _in_figures(found: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    word = _word(found, at)
    scale = words.scales.get(_word(found, at + 1), 0)
    if scale and (decimal := _DECIMAL.fullmatch(word)):
        value = int(decimal[1]) * scale + int(decimal[2]) * scale // 10 ** len(decimal[2])
        return Number(value, at + 2)
    value_of = figure(word)
    if value_of is None:
        return None
    return Number(value_of * scale, at + 2) if scale else Number(value_of, at + 1)


def _collective(found: Sequence[Token], at: int, words: NumberWords) -> Number | None:
    """ "a dozen", "half a dozen", "half-a-dozen", "two dozen", "a couple"."""
    group = words.collectives.get(_word(found, at))
    if group is not None and at > 0 and group >= 12:
        return None  # read together with the word before
    article = _word(found, at) in words.articles
    if article and (size := words.collectives.get(_word(found, at + 1))):
        return Number(size, at + 2)
    if _word(found, at) in words.half:
        at = _past_hyphen(found, at + 1)
        at += _word(found, at) in words.articles
        at = _past_hyphen(found, at)
        size = words.collectives.get(_word(found, at), 0)
        return Number(size // 2, at + 1) if size >= 12 else None
    return None


def number(found: Sequence[Token], at: int, language: Language) -> Number | None:
    """The number that begins at token `at`, as long as it goes, or None."""
    if at >= len(found):
        return None
    words = language.numbers
    read = _in_figures(found, at, words) if found[at].is_figure else _in_words(found, at, words)
    if read is None:
        return _collective(found, at, words)
    size = words.collectives.get(_word(found, read.after), 0)
    if size >= 12 and read.value < 100:
        return Number(read.value * size, read.after + 1)
    return read if read.value <= LARGEST else None


def ordinal(words: str, language: Language) -> int | None:
    """The number of an ordinal: "fifth", "21st", "twenty-first", or None."""
    found = tokens(words)
    known, last = language.numbers.ordinals, found[-1].word if found else ""
    if match := re.fullmatch(r"(\d{1,4})\s?(?:st|nd|rd|th)", words.strip().lower()):
        return int(match[1])
    if last not in known:
        return None
    if len(found) == 1:
        return known[last]
    ten = language.numbers.tens.get(found[0].word)
    return ten + known[last] if ten and known[last] < 10 and len(found) in (2, 3) else None
