"""Marks of claims -> the statements of claim accounts.

Whoever marked the claim, its claimant, outlet and day, the further properties are found here by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import get_args

from ascribe.model import CodeValue, DatePrecision, DateValue, Statement, TextValue
from ascribe.readings.claim_drafts import Draft, drafts
from ascribe.readings.claim_words import led_by
from ascribe.readings.marks import Mark
from ascribe.readings.scopes import Passage
from ascribe.readings.stating import stated
from ascribe.readings.surrounding import Surrounding

FILLS = frozenset(
    {
        *(f"claim.{p}" for p in ("status", "form", "by", "outlets", "date", "item", "proof")),
        *(f"claim.{p}" for p in ("wording", "reporter", "copy_of", "withdrawn", "doubt")),
    }
)
_WITHIN_HOURS = "within_hours"
_NEAR = 60  # characters between the words for a claim and those for the item that carried it
_LONGEST_WORDING = 25  # words: propaganda is referred to, not reproduced
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{12,600})[”\"]")
_FIRST_WORDS = re.compile(rf"\s*(?:\S+\s+){{0,{_LONGEST_WORDING - 1}}}\S+")
_ITSELF = re.compile(r"\s+(?:(?:itself|themselves|however|so far|yet|also)\s+)?")
_BY = re.compile(r"[^.;]{0,40}?\bby\s+(?:the\s+)?")


def claims(around: Surrounding) -> Iterator[list[Statement]]:
    """The statements of each claim for one marked incident, in the order of the text."""
    for draft in drafts(around):
        statements = list(_Claim(around, draft).statements())
        if statements:
            yield statements


class _Claim:
    def __init__(self, around: Surrounding, draft: Draft) -> None:
        self._around, self._text, self._draft = around, around.text, draft

    def statements(self) -> Iterator[Statement]:
        draft = self._draft
        told = draft.status == "claimed" and bool(draft.marks)
        withdrawn = self._withdrawn() if told and draft.form is None else []
        if withdrawn:
            yield self._coded("status", "withdrawn", withdrawn[:1])
        if draft.status is not None and draft.marks:
            yield self._coded("status", draft.status, draft.marks)
        if told:
            yield self._coded("form", draft.form or "statement", [replace(draft.marks[0], rule="claim_words")])
        yield from self._by()
        yield from self._outlets()
        yield from self._dates()
        if draft.copied is not None:
            yield self._around.state("copy_of", draft.copied)
        if told:
            yield from self._details()
        for mark in withdrawn[1:]:
            value = self._around.setting.date(mark)
            if value is not None:
                yield self._stated("withdrawn", value, [mark])

    def _coded(self, property_id: str, code: str, marks: Sequence[Mark]) -> Statement:
        return stated(self._around.document, property_id, CodeValue(code), marks)

    def _stated(self, property_id: str, value: DateValue, marks: Sequence[Mark]) -> Statement:
        return stated(self._around.document, property_id, value, marks, rule=value.rule)

    def _by(self) -> Iterator[Statement]:
        for claimant in self._draft.claimants:
            marks: Sequence[Mark] = claimant.marks
            if self._draft.form == "repeat":
                groups = self._around.incident.of("group")
                here = [m for m in groups if any(s <= m.start < e for s, e in self._draft.sentences)]
                marks = [m for m in here if self._around.names(m, claimant)] or marks
            yield stated(self._around.document, "by", self._around.actor(claimant.name), marks)
        if self._draft.status == "not_claimed" and not self._draft.claimants:
            silent = next(filter(None, map(self._silent, self._draft.marks)), None)
            if silent is not None:
                actor = self._around.actor(self._around.words_of(silent))
                yield stated(self._around.document, "by", actor, [replace(silent, stance="denied")])

    def _silent(self, mark: Mark) -> Mark | None:
        """The group that has not claimed it: the subject right before the words, or the one after "by"."""
        start, end = self._around.sentence(mark)
        before = [m for m in self._around.incident.of("group") if start <= m.start and m.end <= mark.start]
        subject = max(before, key=lambda m: m.end, default=None)
        if subject and _ITSELF.fullmatch(self._around.between(subject, mark)):
            return self._around.found(subject.start, subject.end, "silent")
        by = _BY.match(self._text, mark.end, end)
        group = self._around.group_at(by.end(), end) if by else None
        return self._around.found(*group, "silent") if by and group and group[0] == by.end() else None

    def _outlets(self) -> Iterator[Statement]:
        found: dict[str, list[Mark]] = {}
        for mark in self._draft.outlets:
            found.setdefault(mark.refers_to or self._around.words_of(mark), []).append(mark)
        for name, marks in found.items():
            yield stated(self._around.document, "outlets", TextValue(name), marks)

    def _dates(self) -> Iterator[Statement]:
        precisions = get_args(DatePrecision)
        ordered = sorted((v for v, _ in self._draft.dates), key=lambda v: precisions.index(v.precision))
        for value in dict.fromkeys(ordered):
            yield self._stated("date", value, [m for v, m in self._draft.dates if v == value])

    def _passages(self) -> list[Passage]:
        """The sentences of the claim, and the next one of the paragraph where the incident is still spoken of."""
        found: list[Passage] = []
        last: Passage | None = None
        for passage in self._around.passages:
            own = any(passage.start <= s < passage.end for s, _ in self._draft.sentences)
            if own or (last is not None and "\n" not in self._text[last.end : passage.start]):
                found.append(passage)
            last = passage if own else None
        return found

    def _withdrawn(self) -> list[Mark]:
        """The words that say that the claim was taken back, then the day of it where the sentence tells one."""
        claimed = max(m.end for m in self._draft.marks)
        for found in self._around.search(self._around.words.steps["withdrawn"], self._passages()):
            confessed = self._around.words.own_word["confession"].search(self._text, found.start() - 60, found.start())
            if found.start() >= claimed and not confessed:
                taken_back = self._around.found(*found.span(), "withdrawal")
                start, end = self._around.sentence(taken_back)
                days = [d for d in self._around.setting.dates if d.value and max(start, claimed) <= d.start < end]
                near = min(days, key=lambda d: abs(d.start - found.start()), default=None)
                return [taken_back, *([self._around.found(near.start, near.end, "withdrawal")] if near else [])]
        return []

    def _details(self) -> Iterator[Statement]:
        passages = self._passages()
        yield from self._within_hours()
        proof = self._around.search(self._around.words.about["proof"], passages)
        singles = (self._item(), self._wording(passages), self._reporter())
        for property_id, mark in zip(("item", "wording", "reporter"), singles, strict=True):
            if mark is not None:
                yield self._around.state(property_id, mark)
        yield from (self._around.state("proof", self._around.found(*p.span(), "proof_words")) for p in proof)
        yield from self._doubts(passages)

    def _within_hours(self) -> Iterator[Statement]:
        """Where no day is told, "within hours" of an act is the day of the act or the next one."""
        acts = (self._around.setting.date(m) for m in self._around.incident.of("date"))
        act = next((a for a in acts if a is not None), None)
        if self._draft.dates or self._draft.form or act is None or act.start is None or act.end is None:
            return
        for sentence in dict.fromkeys(self._draft.sentences):
            found = self._around.words.about["within_hours"].search(self._text, *sentence)
            if found and self._around.owns(*found.span()):
                value = DateValue(act.start, act.end + timedelta(days=1), "interval", _WITHIN_HOURS)
                mark = self._around.found(*found.span(), _WITHIN_HOURS)
                yield replace(self._stated("date", value, [mark]), origin="inferred")
                return

    def _item(self) -> Mark | None:
        """What carried the claim: of the words for such things the nearest to the words for the claim."""
        near = []
        for start, end in dict.fromkeys(self._draft.sentences):
            for found in self._around.words.about["item"].finditer(self._text, start, end):
                marks = (*self._draft.marks, *self._draft.outlets)
                distance = min(max(0, found.start() - m.end, m.start - found.end()) for m in marks)
                if distance <= _NEAR and self._around.owns(*found.span()):
                    near.append((distance, *found.span()))
        if not near:
            return None
        _, start, end = min(near)
        of = (
            re.compile(r"\s+[^\s,.;]+").match(self._text, end) if self._text[start:end].lower().endswith("of") else None
        )
        return self._around.found(start, of.end() if of else end, "item_words")

    def _wording(self, passages: Sequence[Passage]) -> Mark | None:
        """The claimant's own words as far as the text quotes them, cut where they grow long."""
        first = min(m.start for m in self._draft.marks)
        for quote in self._around.search(_QUOTED, passages):
            kept = _FIRST_WORDS.match(self._text, *quote.span(1))
            if quote.start() < first or kept is None or len(kept[0].split()) < 3 or self._is_name(*kept.span()):
                continue
            mark = self._around.found(*kept.span(), "quoted_claimant")
            same_sentence = any(s <= quote.start() < e for s, e in self._draft.sentences)
            if mark.voice.perpetrator_side or (same_sentence and mark.voice.speaker is None):
                return replace(mark, voice=replace(mark.voice, kind="quoted", perpetrator_side=True))
        return None

    def _is_name(self, start: int, end: int) -> bool:
        """Whether quoted words are a name: a group's, or one in capitals ("Soldiers of the Caliphate")."""
        words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", self._text[start:end]) if len(w) > 3]
        return all(w[0].isupper() for w in words)

    def _reporter(self) -> Mark | None:
        """Who reports the claim, where the sentence names somebody who is not on the perpetrators' side."""
        voice = self._draft.marks[0].voice
        if voice.kind != "according_to" or not voice.speaker or voice.perpetrator_side:
            return None
        at = self._text.find(voice.speaker, *self._around.sentence(self._draft.marks[0]))
        end = at + len(voice.speaker)
        mine = (*self._draft.marks, *self._draft.outlets, *(m for c in self._draft.claimants for m in c.marks))
        taken = any(m.start < end and at < m.end for m in mine)
        return None if at < 0 or taken else self._around.found(at, end, "reporter")

    def _doubts(self, passages: Sequence[Passage]) -> Iterator[Statement]:
        claimed = min(m.end for m in self._draft.marks)
        told: list[tuple[int, int]] = []
        for found in self._around.search(self._around.words.about["doubt"], passages):
            if found.start() < claimed or self._is_sure(found.start()) or any(s <= found.start() < e for s, e in told):
                continue
            told.append(self._around.clause(found))
            yield self._around.state("doubt", self._around.found(*told[-1], "doubt_words"))

    def _is_sure(self, start: int) -> bool:
        """Whether words of doubt say the contrary ("few have doubted it"), or are about a denial."""
        begin = max(start - 60, self._text.rfind(". ", 0, start))
        denied = self._around.words.steps["denied"].search(self._text, begin, start)
        return denied is not None or led_by(self._text, start, begin, self._around.words.about["no_doubt"], 7)
