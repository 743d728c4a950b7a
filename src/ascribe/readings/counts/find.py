"""Find the numbers of a text that count people or things, with the noun that they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ascribe.languages import CountNouns, Language
from ascribe.model import CountValue
from ascribe.readings.counts.amounts import (
    Amount,
    Grammar,
    amount_at,
    bounded_after,
    grammar,
    is_plural,
    noun_after,
    word_at,
)
from ascribe.readings.numbers import Token, tokens

_CURRENCY = frozenset("$€£¥₹₦₱₪₺")
_AFTER_FIGURE = frozenset(["%", ":", "/", "°"])


@dataclass(frozen=True, slots=True)
class CountMention:
    """A number with its noun at `start:end`; `noun` is the head word in lower case where one follows.

    `rule` names how the words were read: "number", "range", "vague" (dozens, several) or "nobody".
    """

    start: int
    end: int
    value: CountValue
    noun: str | None
    rule: str


def _is_series(found: Sequence[Token], at: int, text: str, words: Grammar) -> bool:
    """Whether the words before make the number a name, an address, an age, a price or a part of a date."""
    if at == 0:
        return False
    here = at - 1
    before, touching = found[here], found[here].end == found[at].start
    if before.word in _CURRENCY or (touching and (before.word.isalpha() or before.word in ("-", "/", "#", "+", ":"))):
        return True
    if before.word == ".":
        before = found[max(here - 1, 0)]
    if before.word in words.months and found[at].is_figure:
        return True
    if before.word not in words.nouns.series:
        return False
    # "no 5" and "unit 12" are names; "No, 5 died" has its comma, and "the camp five people" is read as a name too
    return text[before.end : found[at].start].strip() in ("", ".")


def _is_age(found: Sequence[Token], amount: Amount, text: str) -> bool:
    """Whether a figure stands alone after a name, as ages do: "Ada Brown, 29," or "Ada Brown (29)"."""
    at = amount.first
    if at < 2 or not found[at].is_figure or not 1 <= (amount.value.minimum or 0) <= 110:
        return False
    name = found[at - 2]
    closed = word_at(found, amount.after) in (",", ")", ".", ";", "")
    return found[at - 1].word in (",", "(") and closed and text[name.start].isupper() and name.word.isalpha()


def is_time(word: str, amount: Amount, nouns: CountNouns) -> bool:
    """Whether a number counts units of time: "four nights", but not "four night staff"."""
    if word not in nouns.times:
        return False
    attributive = not is_plural(word, nouns) and f"{word}s" in nouns.times
    return not attributive or (amount.value.minimum or 0) <= 1


def _is_other(found: Sequence[Token], amount: Amount, words: Grammar) -> bool:
    """Whether the words after show a measure, a price, a time, a date, an ordinal or an adjective ("two-day")."""
    following, last = word_at(found, amount.after), found[amount.after - 1]
    touching = amount.after < len(found) and found[amount.after].start == last.end
    if following in _AFTER_FIGURE or (touching and (following == "-" or (last.is_figure and following.isalpha()))):
        return True
    if following in words.months or (following == "of" and word_at(found, amount.after + 1) in words.months):
        return True
    nouns = words.nouns
    return following in nouns.measures or following in nouns.money or is_time(following, amount, nouns)


def _is_year(found: Sequence[Token], amount: Amount, noun: int | None, words: Grammar) -> bool:
    value = amount.value.minimum or 0
    last = found[amount.after - 1]
    if not (
        last.word.isdigit() and len(last.word) == 4 and 1900 <= value <= 2100 and amount.value.qualifier == "exact"
    ):
        return False
    return noun is None or found[noun].word not in words.nouns.people


def _is_pronoun(found: Sequence[Token], amount: Amount, words: Grammar) -> bool:
    """Whether "one" counts nobody ("one another", "the one", "one of the reasons")."""
    last = amount.after - 1
    if found[last].word != "one":
        return False
    following = word_at(found, amount.after)
    before = word_at(found, last - 1)
    return before in words.nouns.not_before_one or following in words.nouns.not_after_one or not following


def _counts_nothing(text: str, found: Sequence[Token], amount: Amount, noun: int | None, words: Grammar) -> bool:
    if amount.rule in ("vague", "nobody"):
        return noun is not None and found[noun].word in {*words.nouns.times, *words.nouns.measures, *words.nouns.money}
    if noun is not None and found[noun].word in {*words.nouns.times, *words.nouns.measures, *words.nouns.money}:
        return True
    return (
        _is_series(found, amount.first, text, words)
        or _is_other(found, amount, words)
        or _is_year(found, amount, noun, words)
        or _is_age(found, amount, text)
        or _is_pronoun(found, amount, words)
    )


def find_counts(text: str, start: int, end: int, language: Language) -> list[CountMention]:
    """The numbers in `text[start:end]` that count people or things, in order, not overlapping.

    Dates, ages, clock times, money, measures, percentages, ordinals and the numbers of roads, units and paragraphs
    are left out. The span covers the qualifier, the number and the noun up to its head.
    """
    words = grammar(language)
    found = tokens(text, start, end)
    mentions: list[CountMention] = []
    at = 0
    while at < len(found):
        amount = amount_at(found, at, language)
        if amount is None:
            at += 1
            continue
        noun = noun_after(found, amount, words)
        if not _counts_nothing(text, found, amount, noun, words):
            value, after = bounded_after(found, amount, noun, words)
            head = None if noun is None else found[noun].word
            mentions.append(CountMention(found[at].start, found[after - 1].end, value, head, amount.rule))
            at = after
        else:
            at = amount.after
    return mentions
