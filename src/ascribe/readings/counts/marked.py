"""The number of people that marked words stand for: a number, nobody, one person, people joined by "and"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ascribe.languages import Language
from ascribe.model import CountValue
from ascribe.readings.counts.amounts import (
    Amount,
    amount_at,
    bounded_after,
    grammar,
    is_plural,
    noun_after,
    word_at,
)
from ascribe.readings.counts.find import is_time
from ascribe.readings.numbers import Token, ordinal, tokens
from ascribe.readings.toll_words import toll_words

_LONGEST = 400
_OF_THEM = re.compile(r"\b(?:of (?:them|whom|these|those)|in all)\b", re.IGNORECASE)
NOBODY, ONE = CountValue(0, 0), CountValue(1, 1)


@lru_cache
def _phrases(words: tuple[str, ...]) -> re.Pattern[str]:
    known = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE)


@lru_cache
def _joints(language: Language) -> re.Pattern[str]:
    known = "|".join(re.escape(w) for w in language.counts.conjunctions)
    return re.compile(rf"\s*,?\s+(?:{known})\s+|\s*[,;]\s+", re.IGNORECASE)


def add_counts(values: Sequence[CountValue]) -> CountValue:
    """The sum of counts; an open end stays open, and a part that is not known leaves only a lower bound."""
    if not values or all(v.qualifier == "unknown" for v in values):
        return CountValue(None, None, "unknown")
    low = sum(v.minimum or 0 for v in values)
    if any(v.maximum is None for v in values):
        return CountValue(low, None, "at_least")
    high = sum(v.maximum or 0 for v in values)
    if low != high:
        return CountValue(low, high, "range") if any(v.minimum for v in values) else CountValue(None, high, "at_most")
    about = any(v.qualifier == "about" for v in values)
    return CountValue(low, high, "about" if about else "exact")


def _tells_of_one(found: Sequence[Token], amount: Amount, language: Language) -> bool:
    """Whether the number is an age, a part of a body or how often: "a woman of 53", "two fingers", "six times"."""
    words = grammar(language)
    nouns = words.nouns
    noun = noun_after(found, amount, words)
    following = word_at(found, amount.after)
    if following in nouns.body or (noun is not None and found[noun].word in nouns.body):
        return True
    if is_time(following, amount, nouns) or following in nouns.measures:
        return True
    last = amount.after - 1
    hyphen = following == "-" and found[amount.after].start == found[last].end
    if hyphen or (found[last].is_figure and following.isalpha() and found[amount.after].start == found[last].end):
        return True
    before, earlier = word_at(found, amount.first - 1), word_at(found, amount.first - 2)
    if before == "of":
        return (earlier in nouns.people and not is_plural(earlier, nouns)) or earlier not in nouns.companies
    return before in ("aged", "age", "was", ",") and not following


def _amounts(found: Sequence[Token], language: Language) -> list[Amount]:
    amounts, at = [], 0
    while at < len(found):
        amount = amount_at(found, at, language)
        if amount is None:
            at += 1
        else:
            if not _tells_of_one(found, amount, language):
                noun = noun_after(found, amount, grammar(language))
                value, _ = bounded_after(found, amount, noun, grammar(language))
                amounts.append(replace(amount, value=value))
            at = amount.after
    return amounts


def _rank(words: str, language: Language) -> CountValue | None:
    """The toll that "a fifth victim" brings about: the victims are counted up."""
    found = [t for t in tokens(words) if t.word not in ("a", "an", "the", "his")]
    rank = ordinal(found[0].word, language) if found and found[0].word in language.numbers.ordinals else None
    if rank is None or rank < 2:
        return None
    following = word_at(found, 1)
    counted = (
        not following or following in (",", ".") or following in language.counts.nouns.people or following == "death"
    )
    return CountValue(rank, rank) if counted else None


def _single(words: str, found: Sequence[Token], language: Language) -> CountValue | None:
    """One person, unless the words stand for several people whose number they do not tell."""
    counts, nouns = language.counts, language.counts.nouns
    if _phrases(counts.uncounted).fullmatch(words.strip()):
        return None
    head: str | None = None
    for token in found:
        if token.word in nouns.stops and token.word not in counts.determiners:
            break
        if token.word[0].isalpha():
            head = token.word
    if head in nouns.companies:
        return None
    named = words[:1].isupper() and not words.isupper()
    if found and found[0].word in counts.both and head not in nouns.body:
        return CountValue(2, 2)
    if head is None or head in nouns.body or head in nouns.harms or found[0].word in language.numbers.articles:
        return ONE
    return None if is_plural(head, nouns) and not named else ONE


def _part(words: str, language: Language) -> CountValue | None:
    found = tokens(words)
    amounts = _amounts(found, language)
    if amounts:
        return amounts[0].value
    return _single(words, found, language)


def _is_further(words: str, language: Language) -> bool:
    """Whether words after a conjunction bring in somebody else: they begin with an article, a number or a name."""
    found = tokens(words)
    if not found:
        return False
    first = found[0].word
    named = words.lstrip()[0].isupper() and first.isalpha()
    return first in language.counts.determiners or named or bool(found and amount_at(found, 0, language))


def _joined(words: str, language: Language) -> CountValue | None:
    """The sum over "a driver and two pensioners"; "eleven policemen and bystanders" stays one number."""
    parts = [p for p in _joints(language).split(words) if p.strip()]
    pair = _pair(parts, language)
    if pair is not None:
        return pair
    values = [_part(parts[0], language)]
    nouns = language.counts.nouns
    for number, part in enumerate(parts[1:], start=1):
        found = tokens(part)
        if _OF_THEM.search(part) or (found and found[0].is_figure and len(found) == 1):
            continue  # a part of what is counted already, or an age
        if number < len(parts) - 1 and values == [ONE] and _is_same(parts[0], part, language):
            continue
        if _is_further(part, language):
            values.append(_part(part, language))
        elif values[0] == ONE and found and len(found) <= 2 and f" and {part}" in words:
            # "a clerk and messenger" may be one person or two, "hit in the knees and thighs" is one
            values += [] if found[0].word in nouns.body or is_plural(found[-1].word, nouns) else [None]
    known = [v for v in values if v is not None]
    return add_counts(known) if len(known) == len(values) else None


def _pair(parts: Sequence[str], language: Language) -> CountValue | None:
    """Two people: "both she and her escort", "pilot and navigator both", "his wife and infant"."""
    if len(parts) != 2 or any(_amounts(tokens(part), language) for part in parts):
        return None
    first, last = (tokens(part) for part in parts)
    both, kin = language.counts.both, toll_words(language.code).fates["relative"]
    if first[0].word in both or any(t.word in both for t in last):
        return CountValue(2, 2)
    return CountValue(2, 2) if all(kin.fullmatch(one[-1].word) for one in (first, last)) else None


def _is_same(first: str, second: str, language: Language) -> bool:
    """Whether words between commas say once more who was named: "a baker, Ana Ruiz, and …", "Ana Ruiz, a baker, …"."""
    if _amounts(tokens(first), language) or _amounts(tokens(second), language):
        return False
    named, again = _is_proper(first), _is_proper(second)
    described = second.split(maxsplit=1)[0].lower() in (*language.numbers.articles, "the")
    return again if not named else described and not again


def _is_proper(words: str) -> bool:
    return all(word[0].isupper() for word in words.split())


def _is_nobody(words: str, found: Sequence[Token], amounts: Sequence[Amount], language: Language) -> bool:
    """Whether words say that nobody came to harm: "no one", "no physical harm", "unhurt", "all three unharmed"."""
    counts = language.counts
    if any(a.rule == "nobody" for a in amounts):
        return True
    for at, token in enumerate(found):
        if token.word == "no" and any(word_at(found, at + i) in counts.nouns.harms for i in (1, 2, 3)):
            return True
    fates = toll_words(language.code).fates
    saved = _phrases(counts.unharmed).search(words) or fates["unharmed"].search(words)
    if saved is None:
        return False
    harmed = any(token.word in counts.nouns.harms for token in found)
    certain = fates["unharmed_all"].search(words) is not None and not harmed
    return not amounts or " no harm" in saved.group().lower() or certain


def _has_survived(words: str, amounts: Sequence[Amount], language: Language) -> bool:
    """Whether words say that somebody lived: "recovered alive", but not "lived for eleven weeks"."""
    fates = toll_words(language.code).fates
    lived = fates["survived"].search(words)
    if lived is None or amounts:
        return False
    denied = fates["denials"].search(words, 0, lived.start())
    return denied is None and fates["outlived"].search(words, lived.end()) is None


def count_value(words: str, language: Language, *, wounded: bool = False) -> CountValue | None:
    """The number of people that marked words mean, or None where they give none.

    `wounded` is for words that tell of the wounded: whoever survived is one of them, and none of the killed.
    "at least a dozen people" is 12 or more, "no one" 0, "a teacher" and a name 1, "the driver and two pensioners" 3.
    An ordinal is the count it reaches ("a fifth victim": 5). "soldiers" and "as many" tell no number.
    """
    words = " ".join(words[:_LONGEST].split())
    if not any(c.isalnum() for c in words):
        return None
    counts = language.counts
    if _phrases(counts.unknown).search(words):
        return CountValue(None, None, "unknown")
    found = tokens(words)
    amounts = _amounts(found, language)
    if _has_survived(words, amounts, language):
        return ONE if wounded else NOBODY
    if _is_nobody(words, found, amounts, language):
        return NOBODY
    rank = _rank(words, language)
    if rank is not None:
        return rank
    if len(amounts) == 1 and not _joints(language).search(words, found[amounts[0].after - 1].end):
        lead = words[: found[amounts[0].first].start]
        if not _joints(language).search(lead):
            return amounts[0].value
    return _joined(words, language)
