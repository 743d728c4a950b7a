"""Amounts in words or figures with their bounds, and the nouns that they count."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ascribe.languages import CountNouns, Language
from ascribe.model import CountValue
from ascribe.readings.numbers import Number, Token, number, tokens

_FURTHEST_NOUN = 5
Bound = Literal["at_least", "at_most", "about", "exact"]
_Phrases = Mapping[str, Sequence[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at tokens `first` .. `after` (not included), before its noun is known."""

    first: int
    after: int
    value: CountValue
    rule: str


def _by_first(phrases: Collection[str]) -> _Phrases:
    """Phrases as token sequences under their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        parts = tuple(t.word for t in tokens(phrase))
        table.setdefault(parts[0], []).append(parts)
    return table


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """The phrases of a language, made ready for look-up by their first word."""

    before: Mapping[Bound, _Phrases]
    after: Mapping[Bound, _Phrases]
    vague: _Phrases
    vague_values: Mapping[tuple[str, ...], int]
    none: _Phrases
    months: frozenset[str]
    stops: frozenset[str]
    first: frozenset[str]
    nouns: CountNouns


@lru_cache
def grammar(language: Language) -> Grammar:
    """The count grammar of a language."""
    counts, dates, numbers = language.counts, language.dates, language.numbers
    q = counts.qualifiers
    openers = [*q.at_least, *q.at_most, *q.about, *q.exact, *counts.vague, *counts.none, *counts.between]
    number_words = [*numbers.units, *numbers.tens, *numbers.articles, *numbers.half]
    return Grammar(
        before={
            "at_least": _by_first(q.at_least),
            "at_most": _by_first(q.at_most),
            "about": _by_first(q.about),
            "exact": _by_first(q.exact),
        },
        after={
            "at_least": _by_first(q.at_least_after),
            "at_most": _by_first(q.at_most_after),
            "about": _by_first(q.about_after),
        },
        vague=_by_first(counts.vague),
        vague_values={tuple(t.word for t in tokens(k)): v for k, v in counts.vague.items()},
        none=_by_first(counts.none),
        months=frozenset([*dates.months, *dates.short_months]),
        stops=frozenset(counts.nouns.stops),
        first=frozenset([*number_words, *(tokens(opener)[0].word for opener in openers)]),
        nouns=counts.nouns,
    )


def phrase_at(found: Sequence[Token], at: int, phrases: _Phrases) -> tuple[str, ...]:
    """The longest of the phrases that begins at this token; empty where none does."""
    for parts in phrases.get(word_at(found, at), ()):
        if all(word_at(found, at + i) == part for i, part in enumerate(parts)):
            return parts
    return ()


def word_at(found: Sequence[Token], at: int) -> str:
    """The word of a token, empty beyond the ends."""
    return found[at].word if 0 <= at < len(found) else ""


def _bounded(low: int, high: int, bound: Bound) -> CountValue:
    if bound == "at_least":
        return CountValue(low, None, "at_least")
    if bound == "at_most":
        return CountValue(None, high, "at_most")
    if low != high:
        return CountValue(low, high, "range")
    return CountValue(low, high, bound)


def _bound_before(found: Sequence[Token], at: int, words: Grammar) -> tuple[Bound, int]:
    """The bound that the words at `at` set, and the place after them; at most two phrases ("at least some")."""
    bound: Bound = "exact"
    for _ in range(2):
        options = [(len(p), b) for b, table in words.before.items() if (p := phrase_at(found, at, table))]
        if not options:
            break
        length, found_bound = max(options)
        bound = found_bound if bound == "exact" else bound
        at += length
    return bound, at


def _bound_after(found: Sequence[Token], at: int, bound: Bound, words: Grammar) -> tuple[Bound, int]:
    for later, table in words.after.items():
        parts = phrase_at(found, at, table)
        # in "in 2023 at least 12 people" the words belong to the number that follows
        if parts and not word_at(found, at + len(parts)).isalnum():
            return (later if bound == "exact" else bound), at + len(parts)
    return bound, at


def _hundreds(low: Number, high: Number, found: Sequence[Token], at: int) -> int:
    """The low end of "five to six hundred", where the scale stands only once."""
    if found[at].is_figure or low.value >= 20 or high.value < 100:
        return low.value
    scale = 1
    while high.value % (scale * 10) == 0 and scale * 10 <= high.value:
        scale *= 10
    return low.value * scale if scale >= 100 and low.value < high.value // scale else low.value


def _high_end(found: Sequence[Token], at: int, low: Number, language: Language, between: bool) -> Number | None:
    """The high end of a range whose low end is the number at `at`."""
    counts = language.counts
    joint = word_at(found, low.after)
    links = counts.between_words if between else counts.range_words
    if joint == "," and word_at(found, low.after + 1) in counts.guesses:
        high = number(found, low.after + 2, language)
    elif joint in links:
        high = number(found, low.after + 1, language)
    else:
        return None
    return high if high is not None and high.value > low.value else None


def _numeric(found: Sequence[Token], at: int, language: Language, words: Grammar) -> Amount | None:
    bound, here = _bound_before(found, at, words)
    between = word_at(found, here) in language.counts.between
    here += between
    low = number(found, here, language)
    if low is None:
        return None
    high = _high_end(found, here, low, language, between)
    if between and high is None:
        return None
    after = high.after if high else low.after
    if high is None and word_at(found, after) == "-" and word_at(found, after + 1) == "odd":
        return Amount(at, after + 2, CountValue(low.value, None, "at_least"), "number")
    bound, after = _bound_after(found, after, bound, words)
    if high is None:
        return Amount(at, after, _bounded(low.value, low.value, bound), "number")
    return Amount(at, after, _bounded(_hundreds(low, high, found, here), high.value, bound), "range")


def _vague(found: Sequence[Token], at: int, words: Grammar) -> Amount | None:
    bound, here = _bound_before(found, at, words)
    parts = phrase_at(found, here, words.vague)
    if not parts or bound == "at_most":
        return None
    return Amount(at, here + len(parts), CountValue(words.vague_values[parts], None, "at_least"), "vague")


def _nobody(found: Sequence[Token], at: int, words: Grammar) -> Amount | None:
    parts = phrase_at(found, at, words.none)
    if not parts:
        return None
    following = word_at(found, at + len(parts))
    if parts == ("no",) and not (following in words.nouns.people or is_plural(following, words.nouns)):
        return None
    if parts in (("none",), ("neither",)) and following in ("the", "theless"):
        return None
    return Amount(at, at + len(parts), CountValue(0, 0), "nobody")


def amount_at(found: Sequence[Token], at: int, language: Language) -> Amount | None:
    """The amount that begins at token `at`, whatever it counts: a number, a range, "dozens", "no one"."""
    words = grammar(language)
    if found[at].word not in words.first and not found[at].is_figure:
        return None
    return _nobody(found, at, words) or _vague(found, at, words) or _numeric(found, at, language, words)


def is_plural(word: str, nouns: CountNouns) -> bool:
    """Whether a word has the looks of a plural."""
    if word in nouns.irregular_plurals:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))


def bounded_after(found: Sequence[Token], amount: Amount, noun: int | None, words: Grammar) -> tuple[CountValue, int]:
    """The value with a bound that follows the noun ("five people or more"), and the place after it all."""
    after = amount.after if noun is None else noun + 1
    value = amount.value
    if noun is None or value.qualifier != "exact" or value.minimum is None or value.maximum is None:
        return value, after
    bound, further = _bound_after(found, after, "exact", words)
    return (value, after) if bound == "exact" else (_bounded(value.minimum, value.maximum, bound), further)


_HARMED = frozenset(["dead", "wounded", "injured", "hurt", "killed", "missing", "more", "others"])


def noun_after(found: Sequence[Token], amount: Amount, words: Grammar) -> int | None:
    """The token of the noun that an amount counts, looked for within a few words of it."""
    at = amount.after
    if word_at(found, at) == "of" and amount.rule != "number":
        at += 1
    single = amount.value.maximum == 1 and amount.value.minimum == 1
    head: int | None = None
    for here in range(at, min(at + _FURTHEST_NOUN, len(found))):
        word = found[here].word
        if word in words.stops or not (word[0].isalpha() or word == "-"):
            break
        if single:
            head = here if word in words.nouns.people or head is None or word[0] == "-" else head
            if word in words.nouns.people:
                return here
        elif is_plural(word, words.nouns):
            if head is not None and word in _HARMED:
                break
            head = here
        elif head is not None:
            break
    return head
