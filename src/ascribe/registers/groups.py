"""The register of armed groups and state forces: names and aliases, where they stand in a text, and whom they mean.

It is a list of names only. That a name is missing from it must not change what is made of a text, apart from the id.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ascribe.registers.folding import fold
from ascribe.registers.group_names import ARTICLES, KIND_WORDS, bare_names, group_key, is_acronym, word_key
from ascribe.registers.place_words import SMALL_WORDS, place_words
from ascribe.registers.tokens import Token, is_upper_case, tokens

_LONGEST_ACRONYM = 12
_POSSESSIVES = ("'s ", "\u2019s ", "' ", "\u2019 ", "'S ", "\u2019S ")
_DERIVED = ("ucdp-", "petrarch-")
# After these "IS" is a stressed verb.
_SUBJECTS = frozenset("who what this that it he she there which where how here".split())


@dataclass(frozen=True, slots=True)
class Group:
    """A group, state or state force. `kind` is "group", "state_force" or "state"; years as far as they are known."""

    id: str
    name: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    from_year: int | None
    to_year: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class GroupSpan:
    """Words at `start:end` that name a group, with all groups of that name."""

    start: int
    end: int
    name: str
    groups: tuple[Group, ...]


class GroupRegister:
    """Groups by their names. Immutable; may be shared by threads and processes."""

    def __init__(self, groups: Iterable[Group]) -> None:
        by_key: dict[str, list[Group]] = {}
        by_acronym: dict[str, list[Group]] = {}
        for group in groups:
            for name in dict.fromkeys((group.name, *group.aliases)):
                index, key = (by_acronym, name) if is_acronym(name) else (by_key, group_key(name))
                if key and group not in index.setdefault(key, []):
                    index[key].append(group)
        self._by_key = {k: tuple(v) for k, v in by_key.items()}
        self._by_acronym = {k: tuple(v) for k, v in by_acronym.items()}
        self._ordinary = place_words().ordinary | place_words().given | SMALL_WORDS
        self._longest: dict[str, int] = {}
        for key in (*self._by_key, *(group_key(a) for a in self._by_acronym)):
            words = key.split() or [""]
            self._longest[words[0]] = max(self._longest.get(words[0], 0), len(words))

    def look_up(self, name: str) -> tuple[Group, ...]:
        """The groups of this name or alias. "The" and a word for the kind at the end ("X militants") do not matter."""
        for variant in bare_names(" ".join(name.split())):
            bare = variant.removeprefix("the ").removeprefix("The ")
            found = self._by_acronym.get(bare) or self._by_key.get(group_key(variant))
            if found:
                return found
            # Upper-case texts, and acronyms written "Eta" or "Farc".
            acronym = self._by_acronym.get(bare.upper(), ()) if len(bare) > 2 and not bare.islower() else ()
            if acronym and fold(bare) not in self._ordinary:
                return acronym
        return ()

    def resolve(self, name: str, year: int | None = None, countries: Collection[str] = ()) -> Group | None:
        """The group meant by a name in a year and in countries (ISO alpha-2), or None where the name is unknown.

        Among namesakes the one active then and there; the first of the register where nothing tells them apart.
        """
        found = self.look_up(name)
        return max(found, key=lambda g: _fit(g, year, countries)) if found else None

    def certain(self, name: str, year: int | None = None, countries: Collection[str] = ()) -> Group | None:
        """As `resolve`, but None where two namesakes fit alike and neither bears the name as its main one."""
        found = self.look_up(name)
        fits = [(_fit(g, year, countries), group_key(g.name) == group_key(name)) for g in found]
        best = max(fits, default=None)
        return found[fits.index(best)] if best is not None and fits.count(best) == 1 else None

    def by_name(self) -> Mapping[str, tuple[Group, ...]]:
        """All groups, by the keys of their names and by their acronyms."""
        return {**self._by_key, **self._by_acronym}

    def spans(self, text: str, caps: bool | None = None) -> list[GroupSpan]:
        """The names of groups in a running text, longest matches, in order, without overlap.

        `caps` says that the text is all in capitals; by default that is judged from the text.
        """
        return self.spans_of(text, tokens(text), is_upper_case(text) if caps is None else caps)

    def spans_of(self, text: str, words: list[Token], caps: bool) -> list[GroupSpan]:
        """As `spans`, for a text whose words are at hand."""
        found: list[GroupSpan] = []
        i = 0
        while i < len(words):
            if not (words[i].upper or words[i].key in ARTICLES or words[i].key.isdigit()):
                i += 1
                continue
            j, groups = self._match(text, words, i, caps)
            if groups:
                start, end = words[i].start, words[j].end
                found.append(GroupSpan(start, end, text[start:end], groups))
                i = j
            i += 1
        return found

    def _match(self, text: str, words: list[Token], i: int, caps: bool) -> tuple[int, tuple[Group, ...]]:
        first = word_key(words[i].key)
        tied = not first and i + 1 < len(words) and words[i + 1].joined
        if tied:
            # A name may open with its article: "al-Qaeda", "Al Qaeda", never "the".
            spaced = text[words[i].end] != "-"
            if words[i].key == "the" or (spaced and (words[i].key not in ("al", "el") or not words[i].upper)):
                return i, ()
            first = word_key(words[i + 1].key)
        elif not (words[i].upper or words[i].key.isdigit()):
            return i, ()
        if i + 1 < len(words) and text[words[i].end : words[i + 1].start] in _POSSESSIVES:
            first = word_key(_with_ending(text, words[i], words[i + 1]))
        most = max(self._longest.get(first, 0), self._longest.get(word_key(words[i].key), 0))
        if not most:
            return i, ()
        last, counted = i, 1 - tied
        while last + 1 < len(words) and counted < most and _is_linked(text, words, last):
            last += 1
            counted += words[last].key not in ARTICLES
        for j in range(last, i - 1, -1):
            groups = self._groups(text, words, i, j, caps)
            if groups:
                return j, groups
        return i, ()

    def _groups(self, text: str, words: list[Token], i: int, j: int, caps: bool) -> tuple[Group, ...]:
        """The groups that words i to j name in this text."""
        run = words[i : j + 1]
        if not (run[-1].upper or run[-1].key.isdigit() or (j > i and run[-1].key in KIND_WORDS)):
            return ()
        if run[-1].key in ARTICLES:
            return ()
        if run[-1].end - run[0].start <= _LONGEST_ACRONYM:
            written = text[run[0].start : run[-1].end].replace("\u2010", "-").replace("\u2011", "-").rstrip(".")
            acronym = self._by_acronym.get(written.replace(".", "")) or self._by_acronym.get(written)
            if acronym and self._is_acronym_here(text, words, i, j, caps):
                return acronym
        counted = [w for w in run if w.key not in ARTICLES]
        key = " ".join(filter(None, (word_key(_with_ending(text, w, run[-1])) for w in counted)))
        found = self._by_key.get(key, ())
        ordinary = all(w.key in self._ordinary for w in run)
        if not found or (len(counted) == 1 and (ordinary or len(run[-1].key) < 4)):
            return ()
        if ordinary and caps:
            # "DIRECT ACTION" cannot be told from ordinary words, "SHINING PATH" and longer names can.
            return found if len(counted) > 2 or any(_is_chief(g, key) for g in found) else ()
        if ordinary and not all(w.upper or w.key in SMALL_WORDS for w in run):
            return ()
        return found

    def _is_acronym_here(self, text: str, words: list[Token], i: int, j: int, caps: bool) -> bool:
        """Whether capitals mark an acronym: not where the words around are in capitals too and the word is ordinary."""
        letters = sum(c.isalpha() for c in text[words[i].start : words[j].end])
        if not letters:
            return False
        ordinary = all(w.key in self._ordinary for w in words[i : j + 1])
        if caps:
            # A two-letter acronym in a text of capitals is too often a word ("IS", "AA") or a part of one.
            return letters > 2 and not ordinary
        if not ordinary:
            return True
        before, after = words[max(0, i - 1)], words[min(len(words) - 1, j + 1)]
        loud = [w for w in (before, after) if w.end - w.start > 1 and text[w.start : w.end].isupper()]
        stressed = (words[i].joined and before.key in _SUBJECTS) or after.key in ("not", "a", "an")
        return not stressed and (len(loud) < 2 or i == 0)


def _is_linked(text: str, words: list[Token], i: int) -> bool:
    """Whether the word after i may belong to the same name, be it over a possessive ("People's Army")."""
    return words[i + 1].joined or text[words[i].end : words[i + 1].start] in _POSSESSIVES


def _with_ending(text: str, word: Token, last: Token) -> str:
    """The key of a word with its possessive s; after the last word of a name it is no part of the name."""
    follows = text[word.end : word.end + 2]
    return f"{word.key}s" if word is not last and follows.lower() in ("'s", "\u2019s") else word.key


def _is_chief(group: Group, key: str) -> bool:
    """Whether a key is the main name of a group that did not come from a data set."""
    return not group.id.startswith(_DERIVED) and group_key(group.name) == key


def _fit(group: Group, year: int | None, countries: Collection[str]) -> float:
    points = 0.0
    if countries and group.countries:
        points += 2.0 if set(countries) & set(group.countries) else -1.0
    if year is not None and (group.from_year or group.to_year):
        # Reports come after the deed, and years are those of the founding and the end as far as known.
        begun = group.from_year is None or year >= group.from_year - 1
        over = group.to_year is not None and year > group.to_year + 2
        points += 1.0 if begun and not over else -1.5
    return points


@lru_cache(maxsize=1)
def group_register() -> GroupRegister:
    """The register that comes with Ascribe, read once."""
    with Path(str(files("ascribe.registers") / "groups.csv")).open(encoding="utf-8", newline="") as lines:
        return GroupRegister([_group(row) for row in csv.DictReader(lines)])


def _group(row: Mapping[str, str]) -> Group:
    return Group(
        id=row["id"],
        name=row["name"],
        aliases=tuple(filter(None, row["aliases"].split("|"))),
        countries=tuple(filter(None, row["countries"].split("|"))),
        from_year=int(row["from_year"]) if row["from_year"] else None,
        to_year=int(row["to_year"]) if row["to_year"] else None,
        kind=row["kind"],
    )
