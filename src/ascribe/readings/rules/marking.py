"""One document on its way from text to marked incidents, by word lists, registers and grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ascribe.model import DateValue, Document
from ascribe.readings.dateline import dateline
from ascribe.readings.lexicon import Lexicon, Trigger, lexicon
from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.offsets import inside, overlaps
from ascribe.readings.people import NameMention, find_names
from ascribe.readings.rules.actors import GroupMention, claim_marks, find_groups, group_marks
from ascribe.readings.rules.casualties import casualties
from ascribe.readings.rules.drafts import Draft, drafts
from ascribe.readings.rules.roles import Roles, attackers
from ascribe.readings.rules.things import fate_marks, involvement_marks, status_marks, target_marks, weapon_marks
from ascribe.readings.rules.units import Found, Unit, units
from ascribe.readings.sentences import sentences
from ascribe.readings.setting import Setting
from ascribe.readings.voices import voice_at

# The confidence of an event mark whose words tell an act by themselves.
SURE = 0.7
# A place told as the scene: a word such as "in" or "near" shortly before it.
_LEADING = r"\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}$"


class Marking:
    """One document on its way from text to marked incidents."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.words: Lexicon = lexicon("en")
        self.setting = Setting(document)
        self.caps = self.setting.surroundings.caps
        self.groups: list[GroupMention] = find_groups(self.text, self.setting.group_register, self.words, self.caps)
        self.places = self._places()
        self.dates = [self._dated(d.start, d.end, d.value) for d in self.setting.dates if d.value is not None]
        self.names: list[NameMention] = [] if self.caps else self._names()
        self.roles = Roles(self.words)
        self.dateline = dateline(self.text)

    def _dated(self, start: int, end: int, value: DateValue) -> Found:
        """A date of the text, with whether it is the day of something said, claimed or decided."""
        near = self.text[max(0, start - 30) : start]
        led = re.search(self.words.phrases["aside"].pattern + r"\s*(?:[\w’'-]+\s+){0,2}$", near, re.IGNORECASE)
        sentence = max(start - 90, self.text.rfind(". ", 0, start), self.text.rfind("\n", 0, start), 0)
        claimed = self.words.claims["claimed"].search(self.text, sentence, start)
        owned = self.text[end : end + 2] in ("'s", "’s")  # "claimed Tuesday's attack" tells the day of the attack
        return Found(start, end, date=value, aside=not owned and (led or claimed) is not None)

    def _places(self) -> list[Found]:
        groups = [(g.start, g.end) for g in self.groups]
        found = []
        for span in self.setting.surroundings.spans:
            if overlaps(span.start, span.end, groups):
                continue
            value = self.setting.place(Mark(span.start, span.end, "place"))
            found.append(Found(span.start, span.end, place=value))
        return found

    def _names(self) -> list[NameMention]:
        taken = [(g.start, g.end) for g in self.groups] + [(f.start, f.end) for f in (*self.places, *self.dates)]
        return find_names(self.text, taken, self.words)

    def incidents(self) -> list[MarkedIncident]:
        """The marked incidents, in the order in which the text first tells them."""
        found = units(self.text, sentences(self.text), [*self.places, *self.dates], self.words, self.dateline)
        told = [(draft, self._mark(draft)) for draft in drafts(self.text, found, self.words)]
        return [i for draft, i in told if _is_incident(i) and not self._is_accident(draft, i)]

    def _is_accident(self, draft: Draft, incident: MarkedIncident) -> bool:
        """Whether a blast or fire without an attacker is told as an accident."""
        if incident.of("perp") or incident.of("claimby"):
            return False
        told = {code for m in incident.of("event") if m.confidence >= SURE for code in m.codes}
        accident = self.words.phrases["accident"]
        return told <= {"bombing", "arson"} and any(accident.search(self.text, u.start, u.end) for u in draft.units)

    def _mark(self, draft: Draft) -> MarkedIncident:
        marks: list[Mark] = []
        known: set[str] = set()
        sure = any(t.strength == "act" and t.tactics for u in draft.units for t in u.triggers)
        starts = [day.start for day in draft.days if day.start]
        begun = min(starts, default=None)
        for unit in draft.units:
            found = self._unit_marks(unit, known, sure, begun)
            known.update(self.text[m.start : m.end] for m in found if m.slot == "perp" and m.rule == "named")
            marks.extend(found)
        if not any(m.slot == "date" for m in marks) and any(m.codes[:1] == ("foiled",) for m in marks):
            marks.extend(self._arrest_day(draft))
        if not any(m.slot == "place" for m in marks):
            marks.extend(self._fallback_place(draft))
        spans = [(g.start, g.end) for g in self.groups]
        voiced = [
            m if m.voice.kind != "author" else replace(m, voice=voice_at(self.text, m.start, self.words, spans))
            for m in marks
        ]
        return MarkedIncident(tuple(sorted(set(voiced), key=lambda m: (m.start, m.end, m.slot))))

    @staticmethod
    def _event(trigger: Trigger, sure: bool) -> Mark:
        """The event mark of a trigger; where acts are told, a mere tool ("a letter") adds no tactic of its own."""
        tactics = () if sure and trigger.strength != "act" else trigger.tactics
        return Mark(trigger.start, trigger.end, "event", tactics, confidence=SURE if trigger.strength == "act" else 0.5)

    def _unit_marks(self, unit: Unit, known: set[str], sure: bool, begun: date | None) -> list[Mark]:
        text, words = self.text, self.words
        names = inside(self.names, unit.start, unit.end)
        harmed = casualties(text, unit, words, self.setting.language, [(n.start, n.end) for n in names])
        people = self._people(unit, names, known)
        perps = [m for m in people if m.slot == "perp"]
        spans = [(m.start, m.end) for m in perps]
        harmed = [m for m in harmed if "attackers" in m.codes or all(m.end <= s or e <= m.start for s, e in spans)]
        marks = [*harmed, *people, *claim_marks(text, unit, self.groups, words)]
        if (perps or known) and not self._is_before(unit, begun):
            marks += [self._of_whom(m, perps) for m in fate_marks(text, unit, words)]
        if unit.triggers:
            marks += [self._event(t, sure) for t in unit.triggers]
            marks += weapon_marks(text, unit, words)
            marks += target_marks(text, unit, words, harmed)
            marks += status_marks(text, unit, words)
        if unit.triggers or unit.head:
            marks += self._when_and_where(unit, marks)
        marks += group_marks(text, unit, self.groups, words)
        marks += involvement_marks(text, unit, words)
        return marks

    @staticmethod
    def _is_before(unit: Unit, begun: date | None) -> bool:
        """Whether a unit speaks of a time before the act, so that a sentence in it is for something else."""
        ends = [f.date.end for f in unit.dates if f.date and f.date.end]
        return begun is not None and bool(ends) and all(end < begun for end in ends)

    def _people(self, unit: Unit, names: Sequence[NameMention], known: set[str]) -> list[Mark]:
        marks = attackers(self.text, unit, self.words) if unit.triggers else []
        for name in names:
            role = self.roles.role(self.text, name, unit)
            if role == "other" and name.name in known:
                role = "perp"
            if role == "perp":
                marks.append(Mark(name.start, name.end, "perp", confidence=0.6, rule="named"))
            elif role == "victim" and unit.triggers:
                marks.append(Mark(name.start, name.end, "victim", confidence=0.6, rule="named"))
        return marks

    def _of_whom(self, fate: Mark, perps: Sequence[Mark]) -> Mark:
        before = [p for p in perps if p.start <= fate.start]
        whom = (before or list(perps))[-1:] if perps else []
        return replace(fate, refers_to=self.text[whom[0].start : whom[0].end]) if whom else fate

    def _when_and_where(self, unit: Unit, marks: Sequence[Mark]) -> list[Mark]:
        claimed = {(m.start, m.end) for m in marks if m.slot == "claimdate"}
        days = [d for d in unit.dates if (d.start, d.end) not in claimed and not d.aside]
        day = min(days, key=lambda d: _distance(d, unit), default=None)
        made = [Mark(day.start, day.end, "date", confidence=0.6)] if day else []
        placed = [p for p in unit.places if self._is_scene(p, unit)]
        towns = [p for p in placed if p.place is not None and p.place.level in ("city", "site")]
        made += [Mark(p.start, p.end, "place", confidence=0.6) for p in (towns[:1] or placed[:1])]
        return made

    def _is_scene(self, place: Found, unit: Unit) -> bool:
        before = self.text[max(unit.start, place.start - 60) : place.start]
        phrases = self.words.phrases
        placed = re.search(phrases["scene"].pattern + _LEADING, before, re.IGNORECASE)
        spoken = re.search(phrases["spoken_from"].pattern + r"[^.;]{0,30}\bin\s+$", before, re.IGNORECASE)
        return unit.head or (placed is not None and spoken is None) or place.start - unit.start < 3

    @staticmethod
    def _arrest_day(draft: Draft) -> list[Mark]:
        """The day of a plot whose planned day is not told: that of the arrest."""
        days = [d for u in draft.units if u.triggers for d in u.dates][:1]
        return [Mark(d.start, d.end, "date", confidence=0.5, rule="arrest") for d in days]

    def _fallback_place(self, draft: Draft) -> list[Mark]:
        dateline = [p for p in self.places if self.dateline[0] <= p.start < self.dateline[1]][:1]
        inside = [p for u in draft.units if u.triggers for p in u.places][:1]
        return [
            Mark(p.start, p.end, "place", confidence=0.3, rule="dateline" if p in dateline else "")
            for p in (inside or dateline)
        ]


def _distance(date: Found, unit: Unit) -> int:
    """How far a date stands from the words that tell the act: a date after them, or right before them, is nearer."""
    acts = [t for t in unit.triggers if t.strength == "act"] or unit.triggers
    after = [date.start - t.end for t in acts if t.end <= date.start]
    before = [2 * (t.start - date.end) + (0 if t.start - date.end < 4 else 20) for t in acts if date.end <= t.start]
    return min([*after, *before], default=0)


def _is_incident(incident: MarkedIncident) -> bool:
    """Whether enough is told: an act with at least one of place, day, toll, attacker, victim or group."""
    return bool(incident.of("event")) and any(
        incident.of(s) for s in ("place", "date", "killed", "wounded", "perp", "victim", "group")
    )
