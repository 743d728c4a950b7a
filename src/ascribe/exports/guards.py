"""What may not leave the casebook: names of victims and minors, restricted words, long quotes of perpetrators.

Every exporter asks a `Guard` for what it writes, so that a new format keeps the same rules without knowing them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ascribe.exports import Options
from ascribe.exports.document_guards import NOBODY, WITHHELD_DOCUMENT, DocumentGuard, Unnamed
from ascribe.exports.summary import Cited, IncidentSummary, PropertySummary, Shown
from ascribe.model import ActorValue, Evidence, PersonValue, PlaceValue, TextValue, Value
from ascribe.schema import Property

__all__ = ["QUOTE_CAP", "WITHHELD_DOCUMENT", "WITHHELD_SPEAKER", "Guard", "Quoted", "is_minor"]

QUOTE_CAP = 25
WITHHELD_SPEAKER = "[speaker withheld]"
_NEAR = 80
_MENTIONS = 50

_YOUNG_NUMBER = r"(?:1[0-7]|[1-9])"
_YOUNG_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
)
_YOUNG_AGE = (
    rf"\b(?:{_YOUNG_NUMBER}|{_YOUNG_WORD})[-\s]years?[-\s]old\b|\b(?:\d+|{_YOUNG_WORD})[-\s](?:months?|weeks?|days?)[-\s]old\b"
    rf"|\baged?\s{_YOUNG_NUMBER}\b|,\s{_YOUNG_NUMBER}(?=[,.;)]|\sand\b)|\({_YOUNG_NUMBER}\)"
)
_YOUNG_ROLE = (
    r"\b(?:school\s?(?:child(?:ren)?|boys?|girls?)|boys?|girls?|child(?:ren)?|toddlers?|bab(?:y|ies)|infants?|newborn"
    r"|pupils?|teenagers?|teenaged?|minors?)\b"
)
_YOUNG = re.compile(f"{_YOUNG_AGE}|{_YOUNG_ROLE}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[\"'“‘(]?[^\W\d_a-z])|\n\s*\n")
_HOUSE = re.compile(
    r"\b\d+[a-z]?,?\s+(?:[^\W\d_][\w'’-]*\s+){0,3}(?:street|st|road|rd|avenue|ave|lane|drive|close|court|crescent)\b"
    r"|\b\d+[a-z]?(?:\s+bis)?,?\s+(?:rue|avenue|boulevard|impasse|calle|via)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words as they may be exported; `whole` is false where they were capped, masked or replaced."""

    start: int
    end: int
    text: str
    page: int | None
    whole: bool


class Guard(DocumentGuard):
    """What may be exported of one incident under the given options; `also` are names withheld for others' sake."""

    def __init__(self, summary: IncidentSummary, options: Options, also: Unnamed = NOBODY) -> None:
        self._victims_reason = options.victims_reason
        self._private = [
            (p.property, s) for p in _properties(summary) for s in _all(p) if self._is_private(p.property, s)
        ]
        people = [n for _, shown in self._private for n in _people(shown)] + list(_young_speakers(summary))
        self.unnamed = Unnamed.of((n for _, shown in self._private for n in _names_of(shown)), people)
        super().__init__(options, self.unnamed | also)

    def _is_private(self, prop: Property, shown: Shown) -> bool:
        if prop.sensitive and not self._victims_reason:
            return True
        if isinstance(shown.value, PlaceValue):
            return _HOUSE.search(shown.value.name) is not None
        return isinstance(shown.value, PersonValue) and is_minor(shown, strict=not prop.sensitive)

    def _is_withheld(self, prop: Property, shown: Shown) -> bool:
        """A value is whole or withheld: one that holds a withheld name is never written with a part of it masked."""
        value = shown.value
        if isinstance(value, PlaceValue | ActorValue):
            touched = self._named.in_full(value.name)
        elif isinstance(value, PersonValue | TextValue):
            touched = self._named.in_text(value.name if isinstance(value, PersonValue) else value.text)
        else:
            touched = False
        return touched or self._is_private(prop, shown)

    def shown(self, summary: PropertySummary) -> tuple[Shown, ...]:
        """The values of a property that may be written, each of them whole."""
        return tuple(
            replace(s, value=self.value(s.value)) for s in summary.shown if not self._is_withheld(summary.property, s)
        )

    def withheld(self, summary: PropertySummary) -> int:
        """How many values of a property are left out; "not stated" and "withheld" are not the same."""
        return sum(self._is_withheld(summary.property, s) for s in summary.shown)

    def allows(self, cited: Cited, prop: Property) -> bool:
        """Whether one statement may be written at all, whether its value is shown or not."""
        return not self._is_withheld(prop, Shown(cited.statement.value, (cited,))) and not any(
            cited in s.cited for p, s in self._private if p.path == prop.path
        )

    def value(self, value: Value) -> Value:
        """A value without those variants of a person's name that hold a withheld name."""
        if isinstance(value, PersonValue):
            return replace(value, variants=tuple(v for v in value.variants if not self._named.in_text(v)))
        return value

    def said(self, shown: Shown) -> str:
        """Whose word a value is and how firmly, without the names of withheld people and restricted sources."""
        first = shown.cited[0]
        voice = replace(first.statement.voice, speaker=self.speaker(first))
        picked = replace(first, statement=replace(first.statement, voice=voice))
        return replace(shown, cited=(picked, *shown.cited[1:])).said()

    def speaker(self, cited: Cited) -> str | None:
        """Who says a statement, as it may be written."""
        speaker = cited.statement.voice.speaker
        if speaker is None:
            return None
        return WITHHELD_SPEAKER if self.hides(cited.document) else self.mask(speaker)

    def quote(self, cited: Cited, evidence: Evidence) -> Quoted:
        """The words of one evidence as they may be written.

        Of restricted words not even a hash is told: a name or a number is soon found by hashing all of them.
        """
        page = cited.document.page_at(evidence.start)
        text = self.words(cited.document, evidence)
        if cited.statement.voice.perpetrator_side and not self.hides(cited.document):
            text = _capped(text)
        return Quoted(evidence.start, evidence.end, text, page, text == evidence.quote)


def is_minor(person: Shown, *, strict: bool) -> bool:
    """Whether a document gives an age under 18, or a word for a child, beside this person's name.

    Errs on the side of silence: for a victim any such word near a mention in the same sentence is enough. `strict`
    asks for an age fixed to the name itself, so that a child among the victims does not unname a perpetrator.
    """
    return any(
        _young_beside(cited.document.text, start, start + len(name), strict)
        for cited in person.cited
        for name in _names_of(person)
        for start in _mentions(cited, name)
    )


def _mentions(cited: Cited, name: str) -> Iterator[int]:
    yield from (e.start for e in cited.statement.evidence)
    yield from _places(cited.document.text, name)


def _places(text: str, name: str) -> Iterator[int]:
    at = -1
    for _ in range(_MENTIONS):
        at = text.find(name, at + 1)
        if at < 0:
            return
        yield at


def _young_beside(text: str, start: int, end: int, strict: bool) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    before = before[max((m.end() for m in _SENTENCE_END.finditer(before)), default=0) :]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start() + 1] if stop else after
    if strict:
        left = re.search(rf"(?:{_YOUNG_AGE})\s(?:\w+\s){{0,2}}$", before, re.IGNORECASE)
        right = re.match(rf",?\s?(?:{_YOUNG_AGE})|,\sa(?:n)?\s(?:{_YOUNG_AGE})", after, re.IGNORECASE)
        return bool(left or right)
    return _YOUNG.search(f"{before}{text[start:end]}{after}") is not None


def _properties(summary: IncidentSummary) -> Iterator[PropertySummary]:
    for thing in summary.things():
        yield from thing.properties


def _all(summary: PropertySummary) -> Iterator[Shown]:
    """The shown values, and those named people who are not shown but stand in the words all the same."""
    yield from (*summary.shown, *summary.proposed)
    for cited in (*summary.others, *summary.unsupported, *summary.rejected):
        value = cited.statement.value
        if not isinstance(value, PersonValue) or value.named:
            yield Shown(value, (cited,))


def _names_of(shown: Shown) -> list[str]:
    names: dict[str, None] = {}
    for value in (shown.value, *(c.statement.value for c in shown.cited)):
        if isinstance(value, PersonValue):
            names.update(dict.fromkeys((value.name, *value.variants)))
        elif isinstance(value, PlaceValue | TextValue):
            names[value.name if isinstance(value, PlaceValue) else value.text] = None
    return list(names)


def _people(shown: Shown) -> Iterator[str]:
    for value in (shown.value, *(c.statement.value for c in shown.cited)):
        if isinstance(value, PersonValue) and value.named:
            yield from (value.name, *value.variants)


def _young_speakers(summary: IncidentSummary) -> Iterator[str]:
    """Those who are quoted with an age under 18 beside their name."""
    spoken = {
        (c.document.id, c.statement.voice.speaker): (c.document.text, c.statement.voice.speaker)
        for thing in summary.things()
        for c in thing.cited()
        if c.statement.voice.speaker and any(letter.isupper() for letter in c.statement.voice.speaker)
    }
    for text, speaker in spoken.values():
        if any(_young_beside(text, at, at + len(speaker), strict=True) for at in _places(text, speaker)):
            yield speaker


def _capped(text: str) -> str:
    words = list(re.finditer(r"\S+", text))
    return text if len(words) <= QUOTE_CAP else text[: words[QUOTE_CAP - 1].end()] + " …"
