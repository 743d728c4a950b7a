"""What a model that reads like the annotators would answer: every value of the gold with the words marked for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ascribe.languages import language
from ascribe.model import CountValue
from ascribe.readings.counts import count_value
from ascribe.readings.llm.parts import Numbered, numbered
from ascribe.readings.naming import fold
from ascribe.schema.types import value_type
from evaluation.annotated_slots import count

Json = dict[str, Any]

_CODED = {"event": "tactics", "weapon": "weapons", "target": "target_types", "status": "status"}
_HARM = ("killed", "wounded")


@lru_cache(maxsize=1_024)
def sentence_at(held: Sequence[Numbered], offset: int) -> Numbered | None:
    """The sentence in which an offset lies, or the last one before it."""
    at = bisect_right(held, offset, key=lambda s: s.start) - 1
    return held[at] if at >= 0 else None


def _sentences(text: str) -> Sequence[Numbered]:
    return numbered(text)


class Answering:
    """The facts of one document of the gold, as an answer gives them."""

    def __init__(self, text: str, gold: Mapping[str, Any]) -> None:
        self.text = text
        self.sentences: Sequence[Numbered] = _sentences(text)
        self._folded = fold(text)
        self.incidents: list[Json] = []
        self.facts: list[Json] = []
        for number, incident in enumerate(gold["incidents"], start=1):
            self._incident(number, incident)

    def _incident(self, number: int, incident: Mapping[str, Any]) -> None:
        first = min((s for s in incident["spans"] if s["slot"] == "event"), key=lambda s: s["start"])
        sentence, quote = self._words(first)
        self.incidents.append({"incident": number, "title": quote, "sentence": sentence, "quote": quote})
        if incident["status"] == "carried_out":
            self._add(number, "status", "carried_out", first, "asserted", 1)
        things: dict[tuple[str, str], int] = {}
        for span in incident["spans"]:
            for name, value, stance, who in self._values(span, incident):
                kind = name.partition(".")[0] if "." in name else ""
                thing = things.setdefault((kind, who), sum(k == kind for k, _ in things) + 1) if who else 1
                self._add(number, name, value, span, stance, thing)
        for (kind, who), thing in things.items():
            named = [s for s in incident["spans"] if s["slot"] == "perp" and who in (s["value"], self._words(s)[1])]
            if kind == "person_status" and named:
                value = self._name(who, self._words(named[0])[1])
                self._add(number, "person_status.person", value, named[0], "asserted", thing)

    def sentence(self, number: int) -> str:
        """The words of a sentence."""
        held = self.sentences[number - 1]
        return self.text[held.start : held.end]

    def _words(self, span: Mapping[str, Any]) -> tuple[int, str]:
        """The sentence of a mark and its words, as far as that sentence goes."""
        sentence = sentence_at(self.sentences, span["start"])
        assert sentence is not None
        return sentence.number, self.text[span["start"] : min(span["end"], sentence.end)]

    def _add(self, number: int, name: str, value: str, span: Mapping[str, Any], stance: str, thing: int) -> None:
        sentence, quote = self._words(span)
        fact = {"incident": number, "property": name, "thing": thing, "value": value}
        self.facts.append({**fact, "sentence": sentence, "quote": quote, "stance": stance})

    def _values(self, span: Mapping[str, Any], incident: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
        """(property, value, stance, whose thing it belongs to) for one mark."""
        slot, said = span["slot"], span["value"] or ""
        _, quote = self._words(span)
        if slot == "event":
            yield "mention", quote, "asserted", ""
        if slot in _CODED:
            yield from ((_CODED[slot], c.strip(), "asserted", "") for c in said.split(",") if c.strip())
        elif slot in ("date", "claimdate"):
            days = _days(said) or _interval(incident["date"] if slot == "date" else incident["claim"]["date"])
            if days:
                yield "claim.date" if slot == "claimdate" else "date", days, "asserted", ""
        elif slot == "place":
            yield "sites" if said == "part" else "place", quote, "asserted", ""
        elif slot in _HARM:
            yield from self._harm(slot, said, quote)
        elif slot in ("perp", "victim"):
            yield "perpetrators" if slot == "perp" else "victims", self._name(said, quote), "asserted", ""
        elif slot == "group":
            who, _, stance = said.rpartition(":")
            yield "attribution.actor", self._name(who, quote), stance, who
        elif slot == "involvement":
            yield "attribution.involvement", said, "asserted", "involvement"
        elif slot == "fate":
            who, _, fate = said.rpartition(":")
            who = who or next((p["names"][0] for p in incident["perpetrators"]), "")
            yield "person_status.status", fate, "asserted", who or "?"
        elif slot == "claim":
            yield "claim.status", said, "asserted", ""
        else:
            yield {"claimby": "claim.by", "outlet": "claim.outlets"}[slot], self._name(said, quote), "asserted", ""

    def _name(self, said: str, quote: str) -> str:
        """The annotators' name where the text has it; a model is asked for no name that the text does not give."""
        return said if said and fold(said) in self._folded else quote

    def _harm(self, slot: str, said: str, quote: str) -> Iterator[tuple[str, str, str, str]]:
        """A total as the gold has it. Where the gold adds up what its words give one by one, these are parts."""
        read = count_value(quote, language("en"))
        if said and said != "part":
            bounds = count(said)
            low, high = bounds["min"], bounds["max"]
            given = CountValue(low, high, "exact" if low == high else "at_least" if high is None else "range")
            same = read is not None and (read.minimum == low or (high is not None and read.maximum == high))
            if same or read is None:
                yield slot, _count(read if same and read and low != high else given), "asserted", ""
                return
        if read is not None and read.minimum:
            yield f"{slot}_of_which", _count(read), "asserted", ""


def _count(value: CountValue) -> str:
    return value_type("count").show(value)


def _days(said: str) -> str:
    return said.replace("/", " .. ")


def _interval(days: Mapping[str, str] | None) -> str:
    if not days:
        return ""
    return days["start"] if days["start"] == days["end"] else f"{days['start']} .. {days['end']}"
