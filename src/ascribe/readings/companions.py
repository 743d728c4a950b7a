"""Who came to harm together with the people of a marked number: "Judge Sarkis and [his clerk]"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ascribe.readings.lexicon import Lexicon, lexicon
from ascribe.readings.marks import ONE_PERSON, Mark
from ascribe.readings.setting import Setting
from ascribe.readings.toll_words import TollWords, toll_words

_OWNED = re.compile(r"(?:his|her|their)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:his|her|their)\s+(?:[\w’'-]+\s+){0,2}$", re.IGNORECASE)
# What may stand between a person and "and": an apposition or an age in commas, a place, a relative clause.
_PLACED = r"(?:\s+(?:of|from|in|at)\s+[^,.;:()]{1,40})?"
_APART_OF = r"(?:\s*,(?!\s*(?:was|were|is|are|has|had|have|did)\b)[^.;:]{0,90},|\s*\([^()]{1,60}\),?|,)?"
_APPOSED = re.compile(_PLACED + _APART_OF + r"\s*")
_DETERMINED = re.compile(r"(?:a|an|the|his|her|its|another)\s+(?:[\w’'-]+\s+){0,3}$", re.IGNORECASE)
# What stands between two people of one list: "Bheki Cele, his wife Thoko", "Elena and Marco Ruiz".
_ENUMERATED = re.compile(
    _PLACED + r"(?:\s*,(?:[^.,;:]{0,60},)?|\s*\([^()]{1,60}\),?)?(?:\s+and)?\s+"
    r"(?:(?:an?|the|his|her|their)\s+(?:[a-zà-ÿ’'-]+\s+){1,4})?"
)
_LED = r"\s+(?:(?:an?|the|his|her|their|its|another)\s+(?:[\w’'-]+\s+){0,2})?$"
_APART = re.compile(r",?\s*")
_LISTED = re.compile(r",\s*$")


@dataclass(frozen=True, slots=True)
class Company:
    """Marks of people beside a number, and how many people they are."""

    marks: tuple[Mark, ...]
    number: int


NOBODY = Company((), 0)


def company(
    setting: Setting, mark: Mark, taken: Sequence[Mark], others: Sequence[Mark], *, goes_on: bool = False
) -> Company:
    """The people whom the text tells of in the same breath as those of `mark`, and whom no mark of `taken` counts.

    `others` are the incident's victims by name, and marks of other tolls. "X and his driver", "X was shot with his
    driver" and "his driver died with him" tell of X; a name that is only near does not. `goes_on` says that the list of
    those who came to harm goes on after the mark.
    """
    start, _ = setting.sentence(mark)
    words = toll_words("en")
    if not _is_of_people(setting.text[mark.start : mark.end]):
        return NOBODY
    counted = [m for m in (*taken, *others) if m.slot in ("killed", "wounded") and m != mark]
    free = [m for m in others if m.slot == "victim" and not any(_same(setting.text, m, c) for c in counted)]
    named = [m for m in free if start <= m.start and m.end <= mark.start]
    joint = _joint(setting.text, start, mark, words, goes_on)
    if joint is not None:
        left = _chain(setting.text, named, joint) or _described(setting, start, joint, counted, mark)
        if left:
            return Company(tuple(left), len(left))
    if named and _is_with(setting.text, start, mark, words):
        return Company((named[-1],), 1)
    return NOBODY


def _same(text: str, one: Mark, other: Mark) -> bool:
    """Whether two marks overlap or stand side by side, as a name and what its bearer is do: "a clerk, Ana Ruiz"."""
    first, last = sorted((one, other), key=lambda m: m.start)
    return last.start < first.end or _APART.fullmatch(text, first.end, last.start) is not None


def _joint(text: str, start: int, mark: Mark, words: TollWords, goes_on: bool) -> int | None:
    """Where the "and" before a mark begins; a mark that is a list itself may follow a comma."""
    before, joins = text[start : mark.start], words.kinds["joins"]
    found = re.search(joins.pattern + (r"\s+$" if _is_whole(text, mark) else _LED), before, re.IGNORECASE)
    if found is not None:
        return start + found.start()
    listed = _LISTED.search(before)
    if listed and _OWNED.match(text, mark.start) and (goes_on or joins.search(text, mark.start, mark.end)):
        return start + listed.start()
    return None


def _is_of_people(said: str) -> bool:
    """Whether words tell of people, and not of what was done to one: "his clerk", not "his throat cut"."""
    words = lexicon("en")
    tables = [*words.target_people.values(), *words.people.values(), toll_words("en").kinds["kin"]]
    return any(table.search(said) for table in (*tables, toll_words("en").kinds["further"]))


def _is_whole(text: str, mark: Mark) -> bool:
    """Whether a mark begins with an article or a number, so that none stands before it."""
    first = text[mark.start : mark.end].split(maxsplit=1)[0].lower()
    return first in ("a", "an", "the", "his", "her", "their", "its", "another") or first[0].isdigit()


def _chain(text: str, named: Sequence[Mark], joint: int) -> list[Mark]:
    """The named people of the list that ends before the joint."""
    before = [m for m in named if m.end <= joint]
    if not before or not _APPOSED.fullmatch(text, before[-1].end, joint):
        return []
    held = [before.pop()]
    while before and _ENUMERATED.fullmatch(text, before[-1].end, held[0].start):
        held.insert(0, before.pop())
    return held


def _described(setting: Setting, start: int, joint: int, counted: Sequence[Mark], mark: Mark) -> list[Mark]:
    """One person told of by what he or she is, before the joint: "the mayor and his bodyguard"."""
    text = setting.text
    lead = text[joint : mark.end]
    if not _OWNED.search(lead[: mark.start - joint + 6]) and "others" not in lead:
        return []
    found = sorted(_singles(text, start, joint, lexicon("en")))
    for first, last in reversed(found):
        if _APPOSED.fullmatch(text, last, joint):
            held = Mark(first, last, mark.slot, voice=mark.voice, confidence=mark.confidence, rule=ONE_PERSON)
            return [] if any(_same(text, held, c) for c in counted) else [held]
    return []


def _singles(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    tables = [*words.target_people.values(), words.people["others"], words.people["plain"]]
    for search in tables:
        for match in search.finditer(text, start, end):
            determined = _DETERMINED.search(text[start : match.start()])
            if determined is not None and not match.group().lower().endswith(("s", "men", "people", "children")):
                yield start + determined.start(), match.end()


def _is_with(text: str, start: int, mark: Mark, words: TollWords) -> bool:
    """Whether the people of the mark came to harm with somebody told of before."""
    before = text[start : mark.start]
    own = _OWNED.match(text, mark.start) is not None or _POSSESSIVE.search(before) is not None
    beside = re.search(words.kinds["beside"].pattern + r"\s+(?:(?:his|her|their)\s+)?(?:[\w’'-]+\s+)?$", before, re.I)
    if own and beside is not None:
        return True
    return words.kinds["with_him"].search(text, mark.start, mark.end + 40) is not None
