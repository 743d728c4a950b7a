"""Marks of claims sorted into claims: one draft for each claimant, one for each item that repeats, one for silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ascribe.model import DateValue
from ascribe.readings.claim_words import led_by
from ascribe.readings.marks import Mark
from ascribe.readings.naming import Named
from ascribe.readings.stating import words_of
from ascribe.readings.surrounding import Surrounding, gap

Sentence = tuple[int, int]
_NAMED_AFTER = re.compile(r"[\s,]+(?:the\s+)?([^.,;:—\n]{2,60})")
_TOGETHER = re.compile(r",?\s+(?:and|together with|jointly with|along with)\s+(?:the\s+)?")


@dataclass(eq=False)
class Draft:
    """A claim on its way from marks to an account; `copied` are the words for what an item repeats."""

    status: str | None = None
    form: str | None = None
    claimants: list[Named] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    outlets: list[Mark] = field(default_factory=list)
    dates: list[tuple[DateValue, Mark]] = field(default_factory=list)
    copied: Mark | None = None
    sentences: list[Sentence] = field(default_factory=list)

    def begins(self) -> int:
        """Where it begins in the text."""
        marks = (*self.marks, *self.outlets, *(m for _, m in self.dates), *(m for c in self.claimants for m in c.marks))
        return min((m.start for m in marks), default=0)


def drafts(around: Surrounding) -> list[Draft]:
    """The claims for one marked incident, in the order of the text. Every mark of a claim is in one of them."""
    return _Drafting(around).all()


class _Drafting:
    def __init__(self, around: Surrounding) -> None:
        self._around, self._text, self._incident = around, around.text, around.incident
        self._claimants = around.identities.groups(around.incident.of("claimby"))
        self._drafts: list[Draft] = []

    def all(self) -> list[Draft]:
        for mark in _in_order(m for m in self._incident.of("claim") if m.codes):
            self._place_claim(mark)
        for claimant in self._claimants:
            if not any(claimant in d.claimants for d in self._drafts):
                self._place_claimant(claimant)
        for mark in _in_order(self._incident.of("outlet")):
            self._place_outlet(mark)
        for mark in _in_order(self._incident.of("claimdate")):
            self._place_date(mark)
        return sorted(self._drafts, key=Draft.begins)

    def _new(self, draft: Draft) -> Draft:
        self._drafts.append(draft)
        return draft

    def _place_claim(self, mark: Mark) -> None:
        """To the claim of the same claimant, unless the sentence says that it is repeated; silence is told once."""
        sentence = self._around.sentence(mark)
        claimants = self._claimants_of(mark)
        home = next((d for d in self._drafts if self._continues(d, mark, claimants)), None)
        if home is not None and mark.codes[0] == "claimed" and sentence not in home.sentences:
            copied = self._repeats(sentence, sentence[0])
            if copied is not None:
                home = self._new(Draft("claimed", "repeat", list(claimants or home.claimants), copied=copied[1]))
        home = home or self._new(Draft(mark.codes[0]))
        home.marks.append(mark)
        home.sentences.append(sentence)
        home.claimants += [c for c in claimants if c not in home.claimants]

    @staticmethod
    def _continues(draft: Draft, mark: Mark, claimants: Sequence[Named]) -> bool:
        if draft.status != mark.codes[0] or draft.form is not None:
            return False
        unnamed = not claimants or not draft.claimants
        return draft.status == "not_claimed" or unnamed or any(c in draft.claimants for c in claimants)

    def _claimants_of(self, mark: Mark) -> list[Named]:
        """The claimant that stands nearest in the sentence, and those who claim together with it."""
        if mark.codes[0] != "claimed":
            return []
        start, end = self._around.sentence(mark)
        near = [(gap(m, mark), m.start, m, c) for c in self._claimants for m in c.marks if start <= m.start < end]
        if not near:
            return []
        _, _, nearest, claimant = min(near, key=lambda n: n[:2])
        joint = [(start, c) for _, start, m, c in near if c is claimant or self._together(m, nearest)]
        return list(dict.fromkeys(c for _, c in sorted(joint, key=lambda j: j[0])))

    def _together(self, one: Mark, other: Mark) -> bool:
        first, last = _in_order((one, other))
        return _TOGETHER.fullmatch(self._around.between(first, last)) is not None

    def _place_claimant(self, claimant: Named) -> None:
        """A claimant away from any words for a claim: to a claim that names nobody, else to one of its own."""
        home = next((d for d in self._drafts if d.status == "claimed" and not d.claimants), None)
        (home or self._new(Draft())).claimants.append(claimant)

    def _place_outlet(self, mark: Mark) -> None:
        """To the claim that names it already or in this sentence, else to an item that repeats, else to the claim."""
        sentence = self._around.sentence(mark)
        known = next((d for d in self._drafts if any(_same_outlet(self._text, mark, o) for o in d.outlets)), None)
        home = known or next((d for d in self._drafts if d.status == "claimed" and sentence in d.sentences), None)
        if home is None and self._original() is not None:
            copied = self._repeats(sentence, mark.end)
            home = self._copy(sentence, copied) if copied else None
        home = home or self._original() or next((d for d in self._drafts if d.status != "not_claimed"), None)
        (home or self._new(Draft())).outlets.append(mark)

    def _original(self) -> Draft | None:
        return next((d for d in reversed(self._drafts) if d.status == "claimed" and d.form is None), None)

    def _repeats(self, sentence: Sentence, start: int) -> tuple[Mark, Mark] | None:
        """The words that say that an item repeats a claim, and the words for what it repeats."""
        words = self._around.words.steps["repeated"].search(self._text, start, sentence[1])
        found = _NAMED_AFTER.match(self._text, words.end(), sentence[1]) if words else None
        if words is None or found is None:
            return None
        begin, end = found.start(1), found.start(1) + len(found[1].rstrip())
        outlet = any(begin <= m.start and m.end <= end for m in self._incident.of("outlet"))
        if not outlet and self._around.words.steps["own_claim"].search(self._text, begin, end) is None:
            return None
        return self._around.found(*words.span(), "repeats"), self._around.found(begin, end, "repeats")

    def _copy(self, sentence: Sentence, copied: tuple[Mark, Mark]) -> Draft:
        """A claim account for an item that repeats an earlier claim, of the same claimant where it is named here."""
        original = self._original()
        here = [m for m in self._incident.of("group") if sentence[0] <= m.start < sentence[1]]
        claimants = [c for c in (original.claimants if original else ()) if any(self._around.names(m, c) for m in here)]
        dates = list(self._issued(sentence))
        return self._new(Draft("claimed", "repeat", claimants, [copied[0]], [], dates, copied[1], [sentence]))

    def _issued(self, sentence: Sentence) -> Iterator[tuple[DateValue, Mark]]:
        """The day on which an item came out, where the sentence tells it."""
        issued = self._around.words.about["issued"]
        for date in self._around.setting.dates:
            inside = sentence[0] <= date.start < sentence[1]
            if inside and date.value and led_by(self._text, date.start, sentence[0], issued, 1):
                yield date.value, self._around.found(date.start, date.end, "issued")
                return

    def _place_date(self, mark: Mark) -> None:
        value = self._around.setting.date(mark)
        if value is None:
            return
        sentence = self._around.sentence(mark)
        claims = [d for d in self._drafts if d.status != "not_claimed"]
        near = [d for d in claims if sentence in d.sentences and d.marks]
        home = min(near, key=lambda d: min(gap(mark, m) for m in d.marks), default=None)
        home = home or self._original() or next(iter(claims), None)
        (home or self._new(Draft())).dates.append((value, mark))


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    return sorted(marks, key=lambda m: (m.start, m.end))


def _same_outlet(text: str, one: Mark, other: Mark) -> bool:
    names = [m.refers_to or words_of(text, m.start, m.end) for m in (one, other)]
    return names[0] == names[1]
