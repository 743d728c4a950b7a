"""One marked incident among the sentences that speak of it: what the rules for claims and views look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ascribe.model import ActorValue, Document, Statement, TextValue
from ascribe.readings.claim_words import ClaimWords, claim_words
from ascribe.readings.identities import Identities
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.naming import Named, fold
from ascribe.readings.scopes import Passage, Scopes
from ascribe.readings.setting import Setting
from ascribe.readings.stating import stated, words_of
from ascribe.readings.voices import voice_at

SURE = 0.5  # the confidence of what is found by words alone
_LONGEST_CLAUSE = 160
_CLAUSE_END = re.compile(r"[.;:—–](?!\w)|\s-\s")


class Surrounding:
    """The document, its sentences on this incident, and ways to find words in them and to state what they say."""

    def __init__(
        self,
        document: Document,
        setting: Setting,
        identities: Identities,
        scopes: Scopes,
        number: int,
        incident: MarkedIncident,
    ) -> None:
        self.document, self.setting, self.identities, self.incident = document, setting, identities, incident
        self.text = document.text
        self.words: ClaimWords = claim_words("en")
        self._scopes, self._number = scopes, number

    @cached_property
    def passages(self) -> list[Passage]:
        """The sentences that speak of the incident."""
        return self._scopes.passages(self._number)

    @cached_property
    def _groups(self) -> list[tuple[int, int]]:
        return [(m.start, m.end) for m in (*self.incident.of("group"), *self.incident.of("claimby"))]

    def sentence(self, mark: Mark) -> tuple[int, int]:
        """The sentence in which a mark begins."""
        return self.setting.sentence(mark)

    def words_of(self, mark: Mark) -> str:
        """A mark's words on one line."""
        return words_of(self.text, mark.start, mark.end)

    def between(self, first: Mark, last: Mark) -> str:
        """The text between two marks."""
        return self.text[first.end : last.start]

    def owns(self, start: int, end: int) -> bool:
        """Whether words in one of its sentences belong to this incident."""
        return self._scopes.owns(self._number, start, end)

    def search(self, search: re.Pattern[str], passages: Sequence[Passage]) -> Iterator[re.Match[str]]:
        """Words in some of the passages that belong to this incident."""
        for passage in passages:
            for found in search.finditer(self.text, passage.start, passage.end):
                if passage.follows or self.owns(*found.span()):
                    yield found

    def found(self, start: int, end: int, rule: str) -> Mark:
        """Words found by a rule, with the voice that speaks them."""
        voice = voice_at(self.text, start, lexicon("en"), self._groups)
        return Mark(start, end, "claim", voice=voice, confidence=SURE, rule=rule)

    def state(self, property_id: str, mark: Mark) -> Statement:
        """Words as the value of a property of free words."""
        return stated(self.document, property_id, TextValue(self.words_of(mark)), [mark])

    def actor(self, name: str) -> ActorValue:
        """A group under its name."""
        return ActorValue(name, self.identities.register_id(name))

    def names(self, mark: Mark, group: Named) -> bool:
        """Whether a mark names this group, under any of its names."""
        if any((m.start, m.end) == (mark.start, mark.end) for m in group.marks):
            return True
        words = mark.refers_to or self.words_of(mark)
        known = self.identities.register_id(words)
        same = known is not None and known == self.identities.register_id(group.name)
        return same or fold(words) in {fold(name) for name in (group.name, *group.variants)}

    def group_at(self, start: int, end: int) -> tuple[int, int] | None:
        """The first name of a group in some words: a marked one, or one that the register knows."""
        marked = [(s, e) for s, e in self._groups if start <= s and e <= end]
        known = [(start + g.start, start + g.end) for g in self.setting.group_register.spans(self.text[start:end])]
        return min([*marked, *known], key=lambda g: (g[0], -g[1]), default=None)

    def clause(self, found: re.Match[str]) -> tuple[int, int]:
        """From the words found to the end of their clause."""
        latest = min(len(self.text), found.start() + _LONGEST_CLAUSE)
        line = self.text.find("\n", found.end(), latest)
        latest = line if line >= 0 else latest
        stop = _CLAUSE_END.search(self.text, found.end(), latest)
        if stop:
            return found.start(), stop.start()
        cut = self.text.rfind(" ", found.end(), latest) if line < 0 and latest < len(self.text) else latest
        return found.start(), max(cut, found.end())


def gap(one: Mark, other: Mark) -> int:
    """How many characters lie between two marks."""
    return max(0, one.start - other.end, other.start - one.end)
