"""The words of a language for violence and what is told of it, compiled for search."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Literal

Strength = Literal["act", "tool", "echo"]
_RANK = {"act": 0, "tool": 1, "echo": 2}


def compile_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One search for all patterns: whole words, any case, any white space for a blank, longer patterns first."""
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    return re.compile(r"(?<!\w)(?:" + "|".join(p.replace(" ", r"\s+") for p in ordered) + r")(?!\w)", re.IGNORECASE)


class WordTable(Mapping[str, re.Pattern[str]]):
    """Word lists by code or name, each compiled when it is first asked for: a short text asks for few."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._lists = lists
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """The search for one list."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = compile_words(self._lists[name])
        return found

    def __iter__(self) -> Iterator[str]:
        """The codes or names."""
        return iter(self._lists)

    def __len__(self) -> int:
        """The number of lists."""
        return len(self._lists)


@dataclass(frozen=True)
class EventWords:
    """Words that tell an act, with the tactics and weapons that they imply."""

    patterns: tuple[str, ...]
    tactics: tuple[str, ...]
    weapons: tuple[str, ...]
    strength: Strength

    @cached_property
    def search(self) -> re.Pattern[str]:
        """The search for the words, compiled when it is first asked for."""
        return compile_words(self.patterns)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of the text that tell or echo an act."""

    start: int
    end: int
    tactics: tuple[str, ...]
    weapons: tuple[str, ...]
    strength: Strength


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All compiled word lists of one language. Tables map a code (or a list's name) to its search."""

    events: tuple[EventWords, ...]
    weapons: WordTable
    target_people: WordTable
    target_premises: WordTable
    tolls: WordTable
    people: WordTable
    fates: WordTable
    claims: WordTable
    status: WordTable
    involvement: WordTable
    voices: WordTable
    roles: WordTable
    phrases: WordTable
    capitals: WordTable
    group_shape: re.Pattern[str]

    def triggers(self, text: str, start: int, end: int) -> list[Trigger]:
        """The words that tell an act in `text[start:end]`; of overlapping ones the stronger, then the longer."""
        found = [
            Trigger(m.start(), m.end(), words.tactics, words.weapons, words.strength)
            for words in self.events
            for m in words.search.finditer(text, start, end)
        ]
        # A gunman shot by police is told by his fate, not by another act.
        ends = [m.span() for m in self.fates["killed"].finditer(text, start, end) if " by " in m.group().lower()]
        found = [t for t in found if not any(s <= t.start and t.end <= e for s, e in ends)]
        found.sort(key=lambda t: (_RANK[t.strength], t.start - t.end, t.start))
        kept: list[Trigger] = []
        for trigger in found:
            if all(trigger.end <= k.start or k.end <= trigger.start for k in kept):
                kept.append(trigger)
        return sorted(kept, key=lambda t: t.start)


def coded(table: Mapping[str, re.Pattern[str]], text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, code) for every match of a table in `text[start:end]`; of nested matches the longest."""
    found = [(m.start(), m.end(), code) for code, search in table.items() for m in search.finditer(text, start, end)]
    found.sort(key=lambda f: (f[0] - f[1], f[0]))
    kept: list[tuple[int, int, str]] = []
    for item in found:
        if all(item[1] <= k[0] or k[1] <= item[0] for k in kept):
            kept.append(item)
    return iter(sorted(kept))


def _group_shape(heads: list[str]) -> re.Pattern[str]:
    """What a group's name looks like by its head word, so that no register need know it."""
    head, word = f"(?:{'|'.join(heads)})", r"[A-Z][\w’'-]+"
    return re.compile(
        rf"\b(?:{word}\s+(?:(?:of|for|the|and|in|de|del)\s+)*){{1,6}}{head}\b"
        rf"(?:\s+(?:of|for)\s+(?:the\s+)?{word}(?:\s+{word})*)?"
        rf"|\b{head}\s+(?:of|for)\s+(?:the\s+)?{word}(?:\s+(?:of\s+(?:the\s+)?)?{word})*"
    )


@lru_cache(maxsize=4)
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language ("en")."""
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_events.toml").read_text("utf-8"))
    events = tuple(
        EventWords(tuple(e["patterns"]), tuple(e["tactics"]), tuple(e.get("weapons", ())), e["strength"])
        for e in data["events"]
    )
    return Lexicon(
        events,
        WordTable(data["weapons"]),
        WordTable(data["targets"]["people"]),
        WordTable(data["targets"]["premises"]),
        WordTable(data["tolls"]),
        WordTable(data["people"]),
        WordTable(data["fates"]),
        WordTable(data["claims"]),
        WordTable(data["status"]),
        WordTable(data["involvement"]),
        WordTable(data["voices"]),
        WordTable(data["people_roles"]),
        WordTable(data["phrases"]),
        WordTable(data["capitals"]),
        _group_shape(data["capitals"]["group_heads"]),
    )
