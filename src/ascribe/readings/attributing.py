"""Marks of groups -> the statements of attribution accounts: one for each group and holder, with when it was held.

Whoever marked the group and its stance, the holder, the times and the evidence are found here by words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ascribe.model import CodeValue, DateValue, Stance, Statement, TextValue
from ascribe.readings.marks import Mark
from ascribe.readings.naming import Named, is_name
from ascribe.readings.stating import stated, words_of
from ascribe.readings.surrounding import Surrounding

FILLS = frozenset(
    f"attribution.{p}" for p in ("actor", "involvement", "holder", "since", "until", "supporting", "opposing")
)
STANCE_ORDER: tuple[Stance, ...] = ("denied", "asserted", "claimed_only", "suspected")
_INVOLVEMENT_ORDER = ("inspired", "assisted", "guided", "directed")
_DENIED_WITHIN = 24
_NEXT = 4  # characters between a sentence and the next one of its paragraph
_BEFORE, _AFTER = 110, 60  # characters around a group's name in which words about the view may stand
_CLAUSE = re.compile(r"[;:]|,\s+(?:but|while|although|though|whereas)\b|\.\s")
_LED = re.compile(
    r"(?:(?:and|but|as|while|when|in|after|because|although|though|that|citing|where)\s+|\d+\s+)+", re.IGNORECASE
)
_UP_TO_NAME = r"\W+(?:[\w’'-]+\W+){0,6}$"


@dataclass(eq=False)
class _View:
    """One holder's view of one group, on its way from marks to an account."""

    group: Named
    holder: Mark | None = None
    first: Mark | None = None
    later: Mark | None = None
    ended: Mark | None = None
    day: tuple[DateValue, Mark] | None = None
    marks: list[Mark] = field(default_factory=list)

    @property
    def stance(self) -> Stance:
        """The firmest stance of its marks."""
        return min((m.stance for m in self.marks), key=stance_rank)

    @property
    def was_held(self) -> bool:
        """Whether somebody is told to have blamed a group that the text clears."""
        blamed = self.holder is not None and self.holder.rule == "holder_words"
        return self.stance == "denied" and (self.first is not None or blamed)


def attributions(around: Surrounding) -> Iterator[list[Statement]]:
    """The statements of each view on who is responsible for one marked incident, in the order of the text."""
    return _Attributing(around).accounts()


def stance_rank(stance: Stance) -> int:
    """Where a stance stands among those of one group in one document: what clears it first, then the firmest."""
    return STANCE_ORDER.index(stance) if stance in STANCE_ORDER else len(STANCE_ORDER)


class _Attributing:
    def __init__(self, around: Surrounding) -> None:
        self._around, self._text, self._words = around, around.text, around.words.views
        holders, holding = self._words["holders"].pattern, self._words["holding"].pattern
        self._blaming = re.compile(rf"(?<![\w’'-])(?P<holder>{holders})\W+{holding}{_UP_TO_NAME}", re.IGNORECASE)
        groups = around.identities.groups(around.incident.of("group"))
        self._views = [view for group in groups for view in self._of_group(group)]

    def accounts(self) -> Iterator[list[Statement]]:
        involvement = sorted(
            (m for m in self._around.incident.of("involvement") if m.codes),
            key=lambda m: _INVOLVEMENT_ORDER.index(m.codes[0]),
        )[-1:]
        linked = self._linked(involvement[0]) if involvement else None
        for view in self._views:
            yield list(self._statements(view, involvement if view is linked else ()))
            if view.was_held:  # the text clears the group: its author's view, beside that of whoever blamed it
                yield [self._actor(view, view.stance)]
        if involvement and linked is None:
            yield [self._involvement(involvement[0])]

    def _actor(self, view: _View, stance: Stance) -> Statement:
        firm = [m for m in view.marks if m.stance == view.stance]
        actor = self._around.actor(view.group.name)
        return replace(stated(self._around.document, "actor", actor, firm), stance=stance)

    def _involvement(self, mark: Mark) -> Statement:
        return stated(self._around.document, "involvement", CodeValue(mark.codes[0]), [mark])

    def _linked(self, involvement: Mark) -> _View | None:
        """The view that a link between perpetrator and group belongs to: one of its sentence, else the first."""
        held = [v for v in self._views if v.stance != "denied"]
        sentence = self._around.sentence(involvement)
        here = (v for v in held if any(sentence[0] <= m.start < sentence[1] for m in v.marks))
        return next(here, None) or next(iter(held), None)

    def _of_group(self, group: Named) -> Iterator[_View]:
        """The marks of one group by who holds it and whether it was held at first only."""
        views: dict[tuple[str, bool], _View] = {}
        for mark in group.marks:
            start, end = self._clause(mark)
            holder = self._holder(mark, start)
            first = self._at_first(mark, start, end)
            key = (words_of(self._text, holder.start, holder.end).casefold() if holder else "", first is not None)
            view = views.setdefault(key, _View(group, holder, first))
            view.marks.append(mark)
            view.later = view.later or (None if first else self._near("later", mark, start, end))
            view.ended = view.ended or self._near("ended", mark, start, end)
            view.day = view.day or (self._day(mark, start) if holder else None)
        return iter(views.values())

    def _clause(self, mark: Mark) -> tuple[int, int]:
        """The clause around a group's name, no further than is near."""
        sentence = self._around.sentence(mark)
        begin, stop = max(sentence[0], mark.start - _BEFORE), min(sentence[1], mark.end + _AFTER)
        start = max((m.end() for m in _CLAUSE.finditer(self._text, begin, mark.start)), default=begin)
        end = _CLAUSE.search(self._text, mark.end, stop)
        return start, end.start() if end else stop

    def _at_first(self, mark: Mark, start: int, end: int) -> Mark | None:
        """Words that say that a view was held at first; what was claimed or denied at first is no view."""
        found = None if mark.stance == "claimed_only" else self._near("first", mark, start, end)
        if found is None:
            return None
        denied = self._around.words.steps["denied"].search(self._text, found.end, found.end + _DENIED_WITHIN)
        return None if denied else found

    def _near(self, words: str, mark: Mark, start: int, end: int) -> Mark | None:
        """Words of a list in the clause: the last ones before the name, else the first after it."""
        search = self._words[words]
        before = [m.span() for m in search.finditer(self._text, start, mark.start) if self._around.owns(*m.span())]
        found = before[-1:] or [m.span() for m in search.finditer(self._text, mark.end, end)][:1]
        return self._around.found(*found[0], f"{words}_words") if found else None

    def _holder(self, mark: Mark, start: int) -> Mark | None:
        """Who holds it: the subject of a verb of blaming before the name, else the voice that speaks."""
        if mark.stance == "claimed_only" or mark.voice.perpetrator_side:
            return None
        if self._claims_here(mark):
            return None
        found = self._blaming.search(self._text[start : mark.start])
        if found:
            led = _LED.match(found["holder"])
            begin = start + found.start("holder") + (led.end() if led else 0)
            return self._around.found(begin, start + found.end("holder"), "holder_words")
        speaker = mark.voice.speaker if mark.voice.kind != "author" else None
        if speaker and not (is_name(speaker) or self._words["holders"].search(speaker)):
            return None
        at = self._text.find(speaker, *self._around.sentence(mark)) if speaker else -1
        if speaker is None or at < 0 or (at < mark.end and mark.start < at + len(speaker)):
            return None
        return replace(self._around.found(at, at + len(speaker), "voice"), voice=mark.voice)

    def _claims_here(self, mark: Mark) -> bool:
        """Whether the group's name stands here as that of the claimant: what is said of a claim is no view."""
        return any(m.start < mark.end and mark.start < m.end for m in self._around.incident.of("claimby"))

    def _day(self, mark: Mark, start: int) -> tuple[DateValue, Mark] | None:
        """The day on which a holder named the group, where the clause tells one that is not before the act."""
        act = self._act()
        taken = {(m.start, m.end) for m in self._around.incident.of("date")}
        for date in self._around.setting.dates:
            if not start <= date.start < mark.start or date.value is None or (date.start, date.end) in taken:
                continue
            first = date.value.start
            if act is None or act.start is None or (first is not None and first >= act.start):
                return date.value, self._around.found(date.start, date.end, "named_on")
        return None

    def _act(self) -> DateValue | None:
        values = (self._around.setting.date(m) for m in self._around.incident.of("date"))
        return next((v for v in values if v is not None), None)

    def _statements(self, view: _View, involvement: Sequence[Mark]) -> Iterator[Statement]:
        given_up = self._given_up(view)
        yield self._actor(view, "suspected" if view.was_held else view.stance)
        for mark in involvement:
            yield self._involvement(mark)
        if view.holder is not None:
            words = self._around.words_of(view.holder)
            yield stated(self._around.document, "holder", TextValue(words), [view.holder])
        yield from self._times(view, given_up)
        yield from self._evidence(view, "supporting")
        yield from self._evidence(view, "opposing")

    def _given_up(self, view: _View) -> Mark | None:
        """The words that say that a first view was given up, or the name of the group that took its place."""
        if view.first is None:
            return None
        if view.ended is not None:
            return view.ended
        others = (v for v in self._views if v.group is not view.group and v.first is None)
        for other in others:
            if other.stance in ("asserted", "suspected") and (other.later or other.day):
                return other.later or other.marks[0]
        return next((m for m in view.marks if m.stance == "denied"), None)

    def _times(self, view: _View, given_up: Mark | None) -> Iterator[Statement]:
        act = self._act()
        if view.day is not None and view.first is None:
            yield stated(self._around.document, "since", view.day[0], [view.day[1]], rule=view.day[0].rule)
        elif act is not None and view.first is not None:
            yield self._time("since", replace(act, rule="from_the_act"), view.first)
        elif act is not None and view.later is not None and self._follows_a_first_view(view):
            yield self._time("since", self._until_published(act, "since_the_act"), view.later)
        if given_up is not None and act is not None:
            later = next((v for v in self._views if v.day and given_up in (v.later, v.marks[0])), None)
            value = later.day[0] if later and later.day else self._until_published(act, "given_up_since")
            yield self._time("until", value, given_up)

    def _time(self, property_id: str, value: DateValue, mark: Mark) -> Statement:
        return replace(
            stated(self._around.document, property_id, value, [mark], rule=value.rule),
            origin="inferred",
            stance="asserted",
        )

    def _follows_a_first_view(self, view: _View) -> bool:
        return any(v.first is not None and v.group is not view.group for v in self._views)

    def _until_published(self, act: DateValue, rule: str) -> DateValue:
        """At some time between the act and the publication."""
        published = self._around.setting.anchor
        end = published.end or published.start if published else None
        start = act.start or act.end
        if start is not None and end is not None and end < start:
            end = None
        return DateValue(start, end, "interval", rule)

    def _evidence(self, view: _View, property_id: str) -> Iterator[Statement]:
        """What a sentence with the group's name gives for or against its part, in the text's words."""
        claims = [self._around.sentence(m) for m in self._around.incident.of("claim")]
        for sentence, own in self._sentences(view).items():
            if property_id == "opposing" and own in claims:
                continue
            for found in self._words[property_id].finditer(self._text, *sentence):
                nearest = min(self._views, key=lambda v: self._distance(v, found, own))
                if (
                    nearest is view
                    and (sentence != own or self._around.owns(*found.span()))
                    and self._says(property_id, found)
                ):
                    mark = self._around.found(*self._around.clause(found), f"{property_id}_words")
                    yield self._around.state(property_id, mark)

    def _sentences(self, view: _View) -> dict[tuple[int, int], tuple[int, int]]:
        """The sentences with the group's name, and the next one where it has no marks, each with the one that names."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for mark in view.marks:
            own = self._around.sentence(mark)
            found.setdefault(own, own)
            for passage in self._around.passages:
                if passage.follows and 0 <= passage.start - own[1] < _NEXT:
                    found.setdefault((passage.start, passage.end), own)
        return found

    def _says(self, property_id: str, found: re.Match[str]) -> bool:
        """Whether words for evidence are not turned into their contrary ("no evidence linking")."""
        against = self._words["opposing"].search(self._text, max(0, found.start() - 30), found.end())
        return property_id == "opposing" or against is None or against.end() <= found.start()

    @staticmethod
    def _distance(view: _View, found: re.Match[str], sentence: tuple[int, int]) -> int:
        inside = [m for m in view.marks if sentence[0] <= m.start < sentence[1]]
        return min((max(0, m.start - found.end(), found.start() - m.end) for m in inside), default=10_000)
