"""Readings made by hand: a person names the words, and the same normalisers as for every reader say what they mean.

Nothing enters without words of the document, and every statement is checked against the schema as it is made.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from ascribe.errors import EvidenceError, SchemaError
from ascribe.model import (
    AUTHOR,
    HAND,
    Account,
    ActorValue,
    DateValue,
    Document,
    Evidence,
    Origin,
    Reading,
    Stance,
    Statement,
    Value,
    Voice,
    sha256,
)
from ascribe.readings.identities import Identities
from ascribe.readings.marks import Mark
from ascribe.readings.setting import Setting
from ascribe.schema import Property, Schema, bundled_schema

Passage: TypeAlias = "str | tuple[int, int]"
Words: TypeAlias = "Passage | Sequence[Passage]"
Written: TypeAlias = "Value | str | int"
RULE = "by_hand"  # of dates whose value a person gives


class Hand:
    """One document on its way to a reading by hand.

    Words are given as a quote, which must stand in the text once, or as offsets (start, end), or as several of them.
    A value is given as a model value, as a person writes it ("12+", "2018-12"), or not at all: then it is what the
    normalisers make of the words. SchemaError and EvidenceError come where a value or words do not fit.
    """

    def __init__(self, document: Document, signed: str = "", schema: Schema | None = None) -> None:
        self.document = document
        self._signed = " ".join(signed.split())
        self._schema = schema or bundled_schema()
        self._setting = Setting(document)
        self._tellings: list[Telling] = []
        self._keys: Counter[str] = Counter()

    def incident(self, words: Words, key: str | None = None) -> Telling:
        """An incident; the words are those that establish it."""
        return self.tell("incident", words, key)

    def tell(self, kind: str, words: Words, key: str | None = None, about: str | None = None) -> Telling:
        """A thing of any kind; `about` is the key of the incident that it belongs to, where the kind needs one."""
        wanted = self._schema[kind].about
        if (wanted is None) != (about is None):
            raise SchemaError(f"a {kind} {f'needs the {wanted} that it is about' if wanted else 'is about nothing'}")
        if about is not None and not any(t.key == about and t.kind == wanted for t in self._tellings):
            raise SchemaError(f"there is no {wanted} {about!r} that it could be about")
        if key is not None and any(t.key == key for t in self._tellings):
            raise SchemaError(f"there are two of the key {key!r}")
        telling = Telling(self, kind, key or self._free_key(kind, about), self.passages(words), about)
        self._tellings.append(telling)
        return telling

    def _free_key(self, kind: str, about: str | None) -> str:
        stem = "i" if kind == "incident" else f"{about}.{kind}." if about else f"{kind}."
        while True:
            self._keys[stem] += 1
            key = f"{stem}{self._keys[stem]}"
            if not any(t.key == key for t in self._tellings):
                return key

    def reading(self) -> Reading:
        """What has been told so far. Its version is the signature with a hash of what it says.

        So the same reading is known when it is recorded again, and a changed one stands beside it as the newer.
        """
        accounts = tuple(telling.account() for telling in self._tellings)
        said = sha256(json.dumps([list(_said(a, self._schema)) for a in accounts], ensure_ascii=False))
        version = " ".join(filter(None, (self._signed, said[:12])))
        return Reading(self.document.id, HAND, version, accounts)

    def passages(self, words: Words) -> tuple[Evidence, ...]:
        """Words as evidence, at least one passage. EvidenceError where a quote stands there never or more than once."""
        several = _several(words)
        if not several:
            raise EvidenceError("there are no words")
        return tuple(self._found(one) if isinstance(one, str) else self.document.quote(*one) for one in several)

    def _found(self, quote: str) -> Evidence:
        places = self.places(quote)
        if not places:
            raise EvidenceError(f"the words {_short(quote)} are not in {self.document.name}")
        if len(places) > 1:
            raise EvidenceError(
                f"the words {_short(quote)} stand there {len(places)} times; give more of the sentence, or say which"
            )
        return self.document.quote(*places[0])

    def places(self, quote: str) -> list[tuple[int, int]]:
        """Where a quote stands; line ends and blanks may differ."""
        if not quote.strip():
            return []
        pattern = r"\s+".join(re.escape(word) for word in quote.split())
        return [m.span() for m in re.finditer(pattern, self.document.text)]

    def kind_property(self, kind: str, property_id: str) -> Property:
        """A property of the schema; SchemaError names the known ones otherwise."""
        return self._schema[kind][property_id]

    def value(self, prop: Property, written: Written | None, evidence: Evidence) -> Value:
        """The value that is meant: as it was written, or what the normalisers make of the words."""
        if written is None:
            return self._normalised(prop, evidence)
        value = prop.type.parse(str(written)) if isinstance(written, str | int) else written
        if isinstance(written, str) and isinstance(value, DateValue):
            return DateValue(value.start, value.end, value.precision, RULE)
        return self._registered(value) if isinstance(written, str) else value

    def _normalised(self, prop: Property, evidence: Evidence) -> Value:
        mark = Mark(evidence.start, evidence.end, "event", ("part",) if prop.id == "sites" else ())
        value: Value | None
        if prop.type.name == "date":
            value = self._setting.date(mark)
        elif prop.type.name == "count":
            value = self._setting.count(mark)
        elif prop.type.name == "place":
            value = self._setting.place(mark)
        elif prop.type.name == "code":
            raise SchemaError(f"{prop.path}: say which of {', '.join(c.code for c in prop.codes)} the words mean")
        else:
            value = self._registered(prop.type.parse(evidence.quote))
        if value is None:
            raise SchemaError(
                f"{prop.path}: the words {_short(evidence.quote)} give no {prop.type.name}; say which it is"
            )
        return value

    def _registered(self, value: Value) -> Value:
        """A group with its id in the register, where there is no doubt about it."""
        if not isinstance(value, ActorValue):
            return value
        return ActorValue(value.name, Identities(self._setting, ()).register_id(value.name))


class Telling:
    """One thing that the document tells of, as it grows; made by `Hand`."""

    def __init__(self, hand: Hand, kind: str, key: str, passages: tuple[Evidence, ...], about: str | None) -> None:
        self.kind, self.key = kind, key
        self._hand, self._passages, self._about = hand, passages, about
        self._statements: list[Statement] = []

    def state(
        self,
        property_id: str,
        words: Words,
        value: Written | None = None,
        *,
        voice: Voice = AUTHOR,
        stance: Stance = "asserted",
        origin: Origin = "stated",
        rule: str = "",
        confidence: float = 1.0,
    ) -> Telling:
        """State one value of one property by the words that carry it; returns itself, so that more can follow."""
        prop = self._hand.kind_property(self.kind, property_id)
        evidence = self._hand.passages(words)
        meant = self._hand.value(prop, value, evidence[0])
        statement = Statement(property_id, meant, evidence, voice, stance, origin, rule, confidence)
        prop.check(statement)
        self._statements.append(statement)
        return self

    def tell(self, kind: str, words: Words, key: str | None = None) -> Telling:
        """A thing about this incident: a claim, an attribution, a contact, a response …"""
        return self._hand.tell(kind, words, key, about=self.key)

    def account(self) -> Account:
        """What has been told of it so far."""
        anchor, *further = self._passages
        return Account(self.key, self.kind, tuple(self._statements), anchor, tuple(further), self._about)


def _several(words: Words) -> list[Passage]:
    if isinstance(words, str):
        return [words]
    if len(words) == 2 and isinstance(words[0], int) and isinstance(words[1], int):
        return [(words[0], words[1])]
    return [one for one in words if not isinstance(one, int)]


def _said(account: Account, schema: Schema) -> Iterator[Any]:
    """All that an account says, as JSON."""
    yield [account.key, account.kind, account.about, [[e.start, e.end] for e in (account.anchor, *account.evidence)]]
    for s in account.statements:
        value = schema[account.kind][s.property].type.to_json(s.value)
        voice = [s.voice.kind, s.voice.speaker, s.voice.perpetrator_side]
        spans = [[e.start, e.end] for e in s.evidence]
        yield [s.property, value, voice, s.stance, s.origin, s.rule, s.confidence, spans]


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return repr(words if len(words) <= 60 else f"{words[:57]}…")
