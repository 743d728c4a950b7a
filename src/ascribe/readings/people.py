"""Names of people in a document, and who of them the text calls acquitted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ascribe.readings.lexicon import Lexicon
from ascribe.readings.naming import PARTICLES, is_name
from ascribe.readings.offsets import inside, overlaps

_TOKEN = re.compile(r"[^\W\d_][\w’'-]*\.?|\S")
_COUNTED = re.compile(
    r"\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|all|the (?:rest|others?))\b", re.IGNORECASE
)
_LONGEST_INITIAL = 3  # characters of "J." and "Mr."; a longer word with a full stop ends its sentence


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name of a person as it stands in the text."""

    start: int
    end: int
    name: str


def find_names(text: str, taken: Iterable[tuple[int, int]], lexicon: Lexicon) -> list[NameMention]:
    """Names of people in mixed-case text: two or more capitalised words, and later the surname alone.

    `taken` are spans that are known to be something else (places, groups, dates).
    """
    blocked = sorted(taken)
    runs: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        runs.extend(_runs(text, line.start(), line.end(), lexicon.capitals["not_people"]))
    full = [(s, e) for s, e in runs if _is_person(text, s, e, blocked, lexicon.capitals["not_people"])]
    surnames = {text[s:e].rsplit(maxsplit=1)[-1] for s, e in full if len(text[s:e].rsplit(maxsplit=1)[-1]) > 2}
    names = [NameMention(s, e, " ".join(text[s:e].split())) for s, e in full]
    for s, e in runs:
        words = text[s:e]
        if " " not in words and words in surnames and not overlaps(s, e, blocked):
            names.append(NameMention(s, e, words))
    return sorted(names, key=lambda n: n.start)


def _is_person(text: str, start: int, end: int, blocked: Sequence[tuple[int, int]], others: re.Pattern[str]) -> bool:
    words = text[start:end]
    if " " not in words or not is_name(words) or others.search(words) or words.isupper():
        return False
    return not overlaps(start, end, blocked)


def _runs(text: str, start: int, end: int, others: re.Pattern[str]) -> list[tuple[int, int]]:
    """Runs of capitalised words, joints such as "al" and "van" inside them included; a full stop ends a run."""
    runs: list[tuple[int, int]] = []
    open_at, last_capital, previous_end = -1, -1, start
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        joint, _, rest = word.partition("-")
        capital = word[:1].isupper() or (joint in PARTICLES and rest[:1].isupper())
        if open_at >= 0 and text[previous_end : match.start()] not in (" ", ""):
            runs.append((open_at, last_capital))
            open_at = -1
        stops = word.endswith(".") and len(word) > _LONGEST_INITIAL
        if capital and not (open_at < 0 and others.search(word)):
            open_at = match.start() if open_at < 0 else open_at
            last_capital = match.end() - (1 if stops else 0)
        if open_at >= 0 and (stops or not (capital or word in PARTICLES)):
            runs.append((open_at, last_capital))
            open_at = -1
        previous_end = match.end()
    if open_at >= 0:
        runs.append((open_at, last_capital))
    return [(s, e - (2 if text[s:e].endswith(("'s", "’s")) else 0)) for s, e in runs]


def acquitted(text: str, names: Sequence[NameMention], lexicon: Lexicon) -> frozenset[str]:
    """The names of those whom the text calls acquitted: nobody may call them perpetrators.

    "X was acquitted" tells of the name before, "the court acquitted X" of the name after.
    """
    found: set[str] = set()
    passive = re.compile(lexicon.phrases["passive"].pattern + r"\s+$", re.IGNORECASE)
    for match in lexicon.phrases["acquitted"].finditer(text):
        start = max(text.rfind(". ", 0, match.start()), text.rfind("\n", 0, match.start()), 0)
        before = list(inside(names, start, match.start()))[-1:]
        after = list(inside(names, match.end(), match.end() + 60))[:1]
        if passive.search(text[max(0, match.start() - 12) : match.start()]):
            after = []
        elif _COUNTED.match(text, match.end()):
            continue  # "convicted Omar Haddad and acquitted three" tells of three others
        found.update(n.name for n in (after or before))
    return frozenset(found)
