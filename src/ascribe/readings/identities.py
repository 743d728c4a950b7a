"""Who is meant by a name: the people and groups of one document, brought together from all its marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ascribe.readings import naming
from ascribe.readings.aliases import aliases
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.people import acquitted, find_names
from ascribe.readings.setting import Setting


class Identities:
    """The people and groups that a document's marks name."""

    def __init__(self, setting: Setting, marks: Sequence[Mark]) -> None:
        self._setting = setting
        self._text = setting.text
        self._marks = tuple(marks)

    @cached_property
    def _names(self) -> list[str]:
        people = [m for m in self._marks if m.slot in ("perp", "victim")]
        words = {m.refers_to or " ".join(self._text[m.start : m.end].split()) for m in people}
        return sorted(w for w in words if naming.is_name(w))

    @cached_property
    def _aliases(self) -> dict[str, str]:
        same: dict[str, str] = {}
        for slot in ("victim", "perp"):  # "Omar Haddad called Ana Ruiz": a victim is no other name of a perpetrator
            spans = [(m.start, m.end) for m in self._marks if m.slot == slot]
            named = [(s, e) for s, e in spans if naming.is_name(" ".join(self._text[s:e].split()))]
            same.update(aliases(self._text, named))
        return same

    @cached_property
    def _same_groups(self) -> dict[str, str]:
        """Folded names and short forms of the document's groups, each with the one that stands for all of them."""
        marks = [m for m in self._marks if m.slot in ("group", "claimby")]
        spans = {(m.start, m.end) for m in marks}
        same: dict[str, str] = {}
        for short, full in naming.acronyms(self._text, sorted(spans)).items():
            same[naming.group_core(short)] = naming.group_core(full)
        first: dict[str, str] = {}
        for start, end in sorted(spans):
            core = naming.group_core(self._text[start:end])
            known = self.register_id(self._text[start:end])
            if core not in same and known is not None:
                same[core] = first.setdefault(known, core)
        return {core: same.get(stands, stands) for core, stands in same.items()}

    def is_acquitted(self, person: naming.Named) -> bool:
        """Whether the text calls this person acquitted; a surname alone stands for whoever bears it."""
        return person.named and any(naming.same_person(person.name, name) for name in self._acquitted)

    @cached_property
    def _acquitted(self) -> frozenset[str]:
        words = lexicon("en")
        if words.phrases["acquitted"].search(self._text) is None:
            return frozenset()
        return acquitted(self._text, find_names(self._text, (), words), words)

    def people(self, marks: Sequence[Mark]) -> tuple[naming.Named, ...]:
        """The people behind marks, under the fullest names of the document."""
        return naming.people(self._text, marks, self._names, self._aliases)

    def groups(self, marks: Sequence[Mark]) -> tuple[naming.Named, ...]:
        """The groups behind marks, aliases and short forms brought together."""
        meant = [replace(m, refers_to=m.refers_to or self._meant(m)) for m in marks]
        return naming.groups(self._text, meant, self._same_groups)

    def _meant(self, mark: Mark) -> str | None:
        """The longer name that a short form stands for: of several the one last named before it."""
        places = self._longer.get(" ".join(self._text[mark.start : mark.end].split()), [])
        before = [name for start, name in places if start < mark.start]
        if before:
            return before[-1]
        return places[0][1] if len({name for _, name in places}) == 1 else None

    @cached_property
    def _longer(self) -> dict[str, list[tuple[int, str]]]:
        """For every short form of a group's name the places of the longer names that it may stand for."""
        spans = sorted({(m.start, m.end) for m in self._marks if m.slot in ("group", "claimby")})
        named = [(a, n) for a, b in spans if not (n := " ".join(self._text[a:b].split())).islower()]
        names = sorted({name for _, name in named})
        longer = {name: set(naming.longer_names(name, names, self.register_id)) for name in names}
        return {name: [(at, n) for at, n in named if n in held] for name, held in longer.items() if held}

    def register_id(self, name: str) -> str | None:
        """The register's id of a group, where the document's year and countries leave one meaning."""
        anchor = self._setting.anchor
        year = anchor.end.year if anchor and anchor.end else None
        group = self._setting.group_register.certain(name, year, self._setting.surroundings.countries)
        return group.id if group else None
