"""Where in a text a list of patterns can match at all: by the beginnings of the words that each pattern needs.

Searching every sentence for every pattern takes as long as a tenth of the whole reading. A pattern over running words
nearly always needs one word; so the words of the text are gone through once, and only the sentences that hold a needed
beginning are searched.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from ascribe.readings.sentences import Sentence

_LONG, _SHORT = 4, 3  # letters of a word's beginning that are compared
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def needed(pattern: str) -> frozenset[str]:
    """Beginnings of words one of which stands in every match of a pattern; empty where that cannot be told."""
    best: frozenset[str] = frozenset()
    for element in _split(pattern, " "):
        found = _beginnings(element)
        if found and min(map(len, found)) > min(map(len, best), default=0):
            best = found
    return frozenset(b[:_LONG].lower() for b in best) if min(map(len, best), default=0) >= _SHORT else frozenset()


def _split(pattern: str, sign: str) -> list[str]:
    """A pattern cut at a sign, outside of groups and classes."""
    parts, depth, begin, in_class = [], 0, 0, False
    for at, character in enumerate(pattern):
        escaped = at > 0 and pattern[at - 1] == "\\" and not (at > 1 and pattern[at - 2] == "\\")
        if escaped:
            continue
        in_class = (in_class or character == "[") and character != "]"
        depth += 0 if in_class else {"(": 1, ")": -1}.get(character, 0)
        if character == sign and depth == 0 and not in_class:
            parts.append(pattern[begin:at])
            begin = at + 1
    return [*parts, pattern[begin:]]


def _beginnings(element: str) -> frozenset[str]:
    """The literal beginnings of the word that an element of a pattern stands for; groups that may be left out before
    it are passed over.
    """
    while element.startswith("(?:"):
        end = len(element) - len(element[3:]) + _closing(element[3:])
        inner, rest = element[3:end], element[end + 1 :]
        optional = rest[:1] in ("?", "*") or rest.startswith("{0,")
        if not optional:
            found = [needed_here for part in _split(inner, "|") if (needed_here := _best(part))]
            whole = len(found) == len(_split(inner, "|"))
            return frozenset(b for part in found for b in part) if whole else frozenset()
        element = re.sub(r"^(?:[?*]|\{0,\d+\})\??", "", rest)
    match = _LETTERS.match(element)
    if match is None:
        return frozenset()
    literal, follows = match.group(), element[match.end() : match.end() + 1]
    literal = literal[:-1] if follows in ("?", "*") else literal
    return frozenset({max(literal.split("-"), key=len)})


def _best(pattern: str) -> frozenset[str]:
    """The longest beginnings that some element of a pattern needs."""
    options = [found for element in _split(pattern, " ") if (found := _beginnings(element))]
    return max(options, key=lambda found: min(map(len, found)), default=frozenset())


def _closing(rest: str) -> int:
    """Where a group ends that is open at the start of `rest`."""
    depth = 1
    for at, character in enumerate(rest):
        if at > 0 and rest[at - 1] == "\\":
            continue
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return at
    return len(rest) - 1


class Needs:
    """Lists of patterns by name, ready to say which sentences of a text are worth searching for them."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        by_beginning: dict[str, set[str]] = {}
        self._everywhere: set[str] = set()
        for name, patterns in lists.items():
            for pattern in patterns:
                wanted = needed(pattern)
                if not wanted:
                    self._everywhere.add(name)
                for beginning in wanted:
                    by_beginning.setdefault(beginning, set()).add(name)
        self._names = frozenset(lists)
        self._by_beginning = {b: frozenset(names) for b, names in by_beginning.items()}

    def places(self, text: str, sentences: Sequence[Sentence]) -> dict[str, list[Sentence]]:
        """For every list the sentences in which one of its patterns can begin, in order."""
        found: dict[str, dict[int, None]] = {name: {} for name in self._names}
        starts = [s.start for s in sentences]
        get = self._by_beginning.get
        for match in _WORD.finditer(text):
            word = match.group().lower()
            names, more = get(word[:_LONG]), get(word[:_SHORT])
            if names is None and more is None:
                continue
            at = bisect_right(starts, match.start()) - 1
            for name in (*(names or ()), *(more or ())):
                found[name][at] = None
        return {
            name: list(sentences) if name in self._everywhere else [sentences[at] for at in sorted(held) if at >= 0]
            for name, held in found.items()
        }
