"""What a text says around each of its names of places: the context in which a name is resolved."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ascribe.model import PlaceLevel
from ascribe.registers.places import PlaceRegister, PlaceSpan
from ascribe.registers.ranking import Context, Place, lies_in
from ascribe.registers.tokens import is_upper_case, tokens

_REGION_WORDS = (
    "province|state|region|district|governorate|department|county|oblast|prefecture|wilaya|division|canton|republic|"
    "territory|peninsula|departamento"
)
_REGION_AFTER = re.compile(rf"[\s-]*(?:{_REGION_WORDS})s?\b(?!\s+(?:capital|police|of))", re.IGNORECASE)
_REGION_BEFORE = re.compile(rf"\b(?:{_REGION_WORDS})s?\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_CITY_AFTER = re.compile(r"[\s-]*(?:city|town|village|municipality)\b", re.IGNORECASE)
_CITY_BEFORE = re.compile(
    r"\b(?:(?:city|town|village|municipality|capital|port|suburb|resort|neighbou?rhood)\s+of|town|village|city|capital,?)\s+$",
    re.IGNORECASE,
)
# What parts a name from the country or region it lies in: "Ghent, Belgium", "Kajuru in Kaduna State", "Ica (Peru)".
_WITHIN = re.compile(
    r"\s*(?:,|\(|/)\s*(?:in\s+)?(?:the\s+)?$|"
    r"(?:,\s*|\s+)in\s+(?:the\s+)?(?:\w+\s+){0,2}?(?:(?:province|state|region|district|department|county)\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_NEAR_CHARACTERS = 400.0
_FAR_CHARACTERS = 4_000
_NEIGHBOURS = 40
_SURE = 1.2
_CLEAR = 0.75
_WELL_KNOWN = 500_000


@dataclass(frozen=True, slots=True)
class Mention:
    """A country named in a text, by name, by demonym, or by a place in it that is certain."""

    start: int
    code: str
    weight: float


class Surroundings:
    """The names of places in one text and what surrounds them. Made once a text, asked for each name."""

    def __init__(self, register: PlaceRegister, text: str, caps: bool | None = None) -> None:
        self._register = register
        self._text = text
        self.caps = is_upper_case(text) if caps is None else caps
        words = tokens(text)
        self.spans: Sequence[PlaceSpan] = tuple(register.spans_of(text, words, self.caps))
        self._starts = [s.start for s in self.spans]
        self._mentions = [
            Mention(start, code, 1.0) for start, code in register.countries_in(text, words, self.spans, self.caps)
        ]
        self._totals = self._weigh()
        self._spoken: dict[str, float] = {}
        self._outer: dict[str, Place] = {}
        self._told: dict[str, tuple[int, int]] = {}
        self._anchors: dict[str, Place] = {}
        self._anchor_spans: list[PlaceSpan] = []
        self._settle()

    @property
    def countries(self) -> Mapping[str, float]:
        """The countries that the text speaks of (ISO alpha-2), by how much it does."""
        return self._totals

    def context(self, start: int, end: int) -> Context:
        """What the text says around the words at `start:end`, whether or not they are one of `spans`."""
        key = self._text[start:end]
        weights: dict[str, float] = defaultdict(float)
        for code, total in self._totals.items():
            weights[code] = 0.25 * math.log1p(total)
        # Beyond this distance a mention weighs next to nothing; long documents would take quadratic time.
        first = bisect_left(self._mentions, start - _FAR_CHARACTERS, key=lambda m: m.start)
        last = bisect_left(self._mentions, end + _FAR_CHARACTERS, key=lambda m: m.start)
        for mention in self._mentions[first:last]:
            if start <= mention.start < end:
                continue
            distance = abs(mention.start - start)
            weights[mention.code] += mention.weight * 0.75 * math.exp(-distance / _NEAR_CHARACTERS)
        return Context(
            countries=dict(weights),
            within=self._within(end),
            others=self._others(start, key),
            level=self._said_level(start, end),
        )

    def _others(self, start: int, name: str) -> tuple[Place, ...]:
        """The certain places whose names stand nearest in the text."""
        at = bisect_left(self._anchor_spans, start, key=lambda s: s.start)
        near = self._anchor_spans[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]
        return tuple(self._anchors[n] for n in dict.fromkeys(s.name for s in near) if n.casefold() != name.casefold())

    def resolve(self, start: int, end: int) -> Place | None:
        """The place meant by the words at `start:end`, or None where the register does not know them.

        A name that is once told where it lies ("Hyderabad, Pakistan") lies there wherever it is named alone.
        """
        name = self._text[start:end]
        if name in self._outer:
            return self._outer[name]
        here = self.context(start, end)
        if not here.within and name in self._told:
            here = self.context(*self._told[name])
        place = self._register.resolve(name, here)
        return None if place is None or self._is_astray(place) else place

    def country_at(self, start: int, end: int) -> str | None:
        """The country that the words at `start:end` lie in as far as the text around them says: for names that the
        register does not know. None where no country is named, or where two weigh about the same.
        """
        here = self.context(start, end)
        within = {p.country for p in here.within if p.country}
        if len(within) == 1:
            return within.pop()
        ranked = sorted(here.countries.items(), key=lambda c: (-c[1], c[0]))
        if not ranked or (len(ranked) > 1 and ranked[1][1] > _CLEAR * ranked[0][1]):
            return None
        return ranked[0][0]

    def _settle_regions(self) -> None:
        """A region told to hold a town is that region everywhere: the Georgia of "Atlanta, Georgia"."""
        for start, end in self._told.values():
            place = self.resolve(start, end)
            after = self.spans[bisect_left(self._starts, end)]
            regions = [p for p in self._within(end) if p.level == "region" and place and lies_in(place, p)]
            rivals = [p for p in self._within(end) if p.level == "country"]
            if not regions or not rivals or (place and any(lies_in(place, r) for r in rivals)):
                continue
            self._outer[after.name] = regions[0]
            starts = {s.start for s in self.spans if s.name == after.name}
            self._mentions = [
                replace(m, code=regions[0].country or m.code) if m.start in starts else m for m in self._mentions
            ]
        self._totals = self._weigh()

    def _is_astray(self, place: Place) -> bool:
        """Whether a smaller place lies in a country that the text never speaks of, while it speaks of others: then the
        village that is meant is one that the register lacks.
        """
        if place.country is None or place.level == "country" or place.population > _WELL_KNOWN:
            return False
        return place.country not in self._spoken and sum(self._spoken.values()) >= 2

    def _settle(self) -> None:
        """Find the names that are certain, and let them weigh for their countries and for their neighbours."""
        seen: dict[str, list[PlaceSpan]] = defaultdict(list)
        for span in self.spans:
            seen[span.name].append(span)
            if span.name not in self._told and span.level != "country" and self._within(span.end):
                self._told[span.name] = (span.start, span.end)
        self._settle_regions()
        added: list[Mention] = []
        anchors: dict[str, Place] = {}
        for name, spans in seen.items():
            first = spans[0]
            place = self.resolve(first.start, first.end)
            if place is None or place.level == "country" or not self._is_sure(name, first, place):
                continue
            anchors[name] = place
            if place.country:
                added.extend(Mention(s.start, place.country, 0.6) for s in spans)
        self._anchors = anchors
        self._anchor_spans = [span for span in self.spans if span.name in anchors]
        self._mentions = sorted([*self._mentions, *added], key=lambda m: (m.start, m.code))
        self._totals = self._weigh()
        self._spoken = dict(self._totals)

    def _is_sure(self, name: str, span: PlaceSpan, place: Place) -> bool:
        """Whether a name has one meaning that is far ahead of the others."""
        if span.name in self._told:
            return True
        rivals = [p for p in self._register.look_up(name) if p.country != place.country and p.main]
        largest = max((p.population for p in rivals), default=0)
        return math.log10(place.population + 10) - math.log10(largest + 10) > _SURE and place.population > 20_000

    def _weigh(self) -> dict[str, float]:
        totals: dict[str, float] = {}
        for mention in self._mentions:
            totals[mention.code] = totals.get(mention.code, 0.0) + mention.weight
        return totals

    def _within(self, end: int) -> tuple[Place, ...]:
        i = bisect_left(self._starts, end)
        if i == len(self.spans):
            return ()
        after = self.spans[i]
        gap = self._text[end : after.start]
        if after.level not in ("region", "country") or len(gap) > 40 or not _WITHIN.fullmatch(gap):
            return ()
        found = self._register.look_up(after.name)
        return tuple(p for p in found if p.level in ("region", "country") and p.main)

    def _said_level(self, start: int, end: int) -> PlaceLevel | None:
        after, before = self._text[end : end + 16], self._text[max(0, start - 24) : start]
        if _REGION_AFTER.match(after) or _REGION_BEFORE.search(before):
            return "region"
        if _CITY_AFTER.match(after) or _CITY_BEFORE.search(before):
            return "city"
        return None
