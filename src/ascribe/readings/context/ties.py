"""Which incident, and whose doing, a sentence speaks of: by the names in it, or by what stands shortly before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ascribe.model import Account, CodeValue, DateValue, PersonValue, PlaceValue
from ascribe.readings.context.words import ContextWords
from ascribe.readings.dates import DateMention
from ascribe.readings.sentences import Sentence
from ascribe.readings.setting import Setting

_REACH = 2  # sentences that a pronoun may reach back


@dataclass(frozen=True, slots=True)
class Tie:
    """A person of an incident, and the words of a sentence that mean them; `person` is None for the incident alone."""

    incident: Account
    person: PersonValue | None
    start: int
    end: int


class Ties:
    """The incidents of one document, asked for what a sentence is about."""

    def __init__(self, text: str, incidents: Sequence[Account], setting: Setting, words: ContextWords) -> None:
        self.text, self.incidents, self.setting, self.words = text, incidents, setting, words
        self.sentences = setting.passages
        self._starts = [s.start for s in self.sentences]
        self._mentions = self._find()
        self._mention_starts = [m.start for m in self._mentions]
        self.places = words.needs.places(text, self.sentences)
        told = [(e.start, i) for i in incidents for e in (i.anchor, *i.evidence)]
        self._told = sorted(told, key=lambda t: t[0])

    def _find(self) -> list[Tie]:
        known: dict[str, list[tuple[Account, PersonValue]]] = {}
        for incident in self.incidents:
            for person in (p for p in _perpetrators(incident) if p.named):
                surname = person.name.rsplit(maxsplit=1)[-1]
                for name in {person.name, *person.variants, surname} - {""}:
                    if name[:1].isupper():
                        known.setdefault(name, []).append((incident, person))
        described = [
            Tie(incident, statement.value, evidence.start, evidence.end)
            for incident in self.incidents
            for statement in incident.values("perpetrators")
            for evidence in statement.evidence
            if isinstance(statement.value, PersonValue) and not statement.value.named
        ]
        return sorted([*self._by_name(known), *described], key=lambda t: (t.start, t.end, t.incident.key))

    def _by_name(self, known: dict[str, list[tuple[Account, PersonValue]]]) -> Iterator[Tie]:
        if not known:
            return
        names = "|".join(re.escape(n) for n in sorted(known, key=lambda n: (-len(n), n)))
        for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", self.text):
            incident, person = min(
                known[match.group()], key=lambda k: (_is_threat(k[0]), abs(k[0].anchor.start - match.start()))
            )
            yield Tie(incident, person, match.start(), match.end())

    def matches(self, name: str, search: re.Pattern[str]) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Every match of a list of patterns with its sentence, in order."""
        for sentence in self.places[name]:
            for match in search.finditer(self.text, sentence.start, sentence.end):
                yield sentence, match

    def index(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self._starts, offset) - 1

    def named(self, start: int, end: int) -> list[Tie]:
        """The perpetrators named in a stretch."""
        return self._mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def person(self, sentence: Sentence) -> Tie | None:
        """The one perpetrator whom a sentence speaks of, by name, or by "he" or "the attacker" shortly after."""
        here = self.named(sentence.start, sentence.end)
        if here:
            return here[0] if len({(t.incident.key, t.person) for t in here}) == 1 else None
        meant = self.words.cues["described"].search(self.text, sentence.start, sentence.end)
        meant = meant or self.words.cues["pronouns"].search(self.text, sentence.start, sentence.end)
        if meant is None:
            return None
        tie = self._before(sentence) or self._only()
        return Tie(tie.incident, tie.person, meant.start(), meant.end()) if tie else None

    def _before(self, sentence: Sentence) -> Tie | None:
        at = self.index(sentence.start)
        paragraph = self.text.rfind("\n", 0, sentence.start) + 1
        start = max(self.sentences[max(0, at - _REACH)].start, paragraph)
        near = self.named(start, sentence.start)
        return near[-1] if near and len({t.incident.key for t in near}) == 1 else None

    def _only(self) -> Tie | None:
        """The perpetrator of the only incident of a document, where there is but one."""
        if len(self.incidents) != 1:
            return None
        people = _perpetrators(self.incidents[0])
        return Tie(self.incidents[0], people[0], 0, 0) if len(people) == 1 else None

    def incident_of(self, sentence: Sentence) -> Account | None:
        """The one incident that a sentence tells of, by its own words or by a perpetrator's name."""
        told = [i for at, i in self._told if sentence.start <= at < sentence.end]
        told += [t.incident for t in self.named(sentence.start, sentence.end)]
        keys = {i.key for i in told}
        return told[0] if len(keys) == 1 else None

    def spoken_of(self, sentence: Sentence) -> Account | None:
        """The one incident that the paragraph has spoken of up to a sentence, by words or names."""
        paragraph = self.text.rfind("\n", 0, sentence.start) + 1
        return self.incident_of(Sentence(paragraph, sentence.end)) if paragraph < sentence.end else None

    def told_before(self, sentence: Sentence) -> Account | None:
        """The incident that was told last before a sentence, by its place or day where the sentence gives one."""
        before = [i for at, i in self._told if at < sentence.end and not _is_threat(i)]
        words = self.text[sentence.start : sentence.end]
        placed = [i for i in before if any(p in words for p in _places(i))]
        if placed:
            return placed[-1] if len({i.key for i in placed}) == 1 else None
        return before[-1] if before else None

    def dates(self, sentence: Sentence) -> list[DateMention]:
        """The dates of a sentence that mean something."""
        dates = self.setting.dates
        at = bisect_left(dates, sentence.start, key=lambda d: d.start)
        found = []
        while at < len(dates) and dates[at].start < sentence.end:
            if dates[at].value is not None:
                found.append(dates[at])
            at += 1
        return found


def _is_threat(incident: Account) -> bool:
    """Whether nothing but a threat is told: "after the attack" does not mean it."""
    codes = {s.value.code for s in incident.values("tactics") if isinstance(s.value, CodeValue)}
    return codes == {"threat"}


def _perpetrators(incident: Account) -> list[PersonValue]:
    return [s.value for s in incident.values("perpetrators") if isinstance(s.value, PersonValue)]


def _places(incident: Account) -> list[str]:
    values = (s.value for p in ("place", "sites") for s in incident.values(p))
    return [v.name for v in values if isinstance(v, PlaceValue)]


def day_of(incident: Account) -> tuple[date | None, date | None]:
    """The first and the last day of an incident, as far as its account tells."""
    found = next((s.value for s in incident.values("date") if isinstance(s.value, DateValue)), None)
    return (found.start, found.end) if found else (None, None)


def is_before(value: DateValue, incident: Account) -> bool:
    """Whether a date certainly lies before the act."""
    first, _ = day_of(incident)
    return first is not None and value.end is not None and value.end < first


def is_after(value: DateValue, incident: Account) -> bool:
    """Whether a date certainly lies after the act."""
    _, last = day_of(incident)
    return last is not None and value.start is not None and value.start > last
