"""Asking a project for each line what its commands would print, and whether that is what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ascribe.errors import AscribeError
from ascribe.model import DateValue, PlaceValue
from ascribe.project import IncidentSummary, Project
from ascribe.project.context import Around
from evaluation.first_document import lines as told
from evaluation.first_document.lines import ACTS, IS, Act, Line

Json = dict[str, Any]
Span = tuple[int, int]
_ABOUT: dict[Around, tuple[Line, ...]] = {
    "contact": told.CONTACTS,
    "response": told.RESPONSES,
    "connection": told.CONNECTIONS,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one line: whether it is right, the command that shows it, and what it showed where it is wrong."""

    id: str
    right: bool
    command: str
    seen: str = ""


class Look:
    """A project that holds the first document, with its incidents found as a person would look for them."""

    def __init__(self, project: Project, text: Path, published: str) -> None:
        self.project, self.text, self.published = project, text, published
        self._summaries = list(project.incidents())
        self._found = {key: self._find(act) for key, act in ACTS.items()}

    def _find(self, act: Act) -> IncidentSummary | None:
        """The incident on these days, in this country where it is told; the one that lies closest."""
        near = [(s, _distance(s, act)) for s in self._summaries]
        fitting = [(s, far) for s, far in near if far is not None]
        return min(fitting, key=lambda pair: pair[1])[0] if fitting else None

    def incident(self, key: str) -> IncidentSummary | None:
        """The incident of an act, if there is one."""
        return self._found[key]

    def id(self, key: str) -> str:
        """Its id; AscribeError where there is none."""
        found = self._found[key]
        if found is None:
            raise AscribeError("there is no such incident")
        return found.incident.id

    def lines(self) -> Iterator[Verdict]:
        """Every line of the list of facts."""
        for line in told.CLAIMS:
            yield self._try(line, "claims", self._events)
        for line in told.VIEWS:
            yield self._try(line, "attribution", self._views)
        for kind, asked in _ABOUT.items():
            yield from (self._try(line, f"{kind}s", partial(self._about, kind)) for line in asked)
        yield from (self._try(line, "terms", self._terms) for line in told.TERMS)
        yield from (self._try(line, "remarks", self._remarks) for line in told.REMARKS)
        for line in told.COUNTS:
            yield self._try(line, "check", lambda _: self.answers())
        for line in told.NO_TOLLS:
            yield self._no_toll(line)

    def _try(self, line: Line, command: str, ask: Callable[[Line], Iterable[Json]]) -> Verdict:
        try:
            shown = f"ascribe {command} {self.id(line.act)}" if line.act else f"ascribe {command}"
            rows = list(ask(line))
        except AscribeError as error:
            return Verdict(line.id, False, f"ascribe {command}", str(error))
        near = [row for row in rows if _overlaps(row["spans"], line)]
        if any(_fits(row, line.wanted) for row in near):
            return Verdict(line.id, True, shown)
        seen = "; ".join(_told(row, line.wanted) for row in near) or "nothing on these words"
        return Verdict(line.id, False, shown, seen)

    def _events(self, line: Line) -> Iterator[Json]:
        for event in self.project.claims.life_cycle(self.id(line.act))["events"]:
            actors = [actor(name) for name in event["actors"]]
            yield {**event, "actors": actors, "spans": _spans(event["evidence"])}

    def _views(self, line: Line) -> Iterator[Json]:
        for view in self.project.claims.attribution(self.id(line.act))["views"]:
            quotes = [*view["evidence"], *view["supporting"], *view["opposing"]]
            yield {**view, "actor": actor(view["actor"]), "spans": _spans(quotes)}

    def _about(self, kind: Around, line: Line) -> Iterator[Json]:
        for found in self.project.context.about(kind, self.id(line.act)):
            for row in found["lines"]:
                yield {**row, "spans": _spans(row["evidence"])}

    def _terms(self, line: Line) -> Iterator[Json]:
        for use in self.project.context.term(dict(line.wanted)["term"])["uses"]:
            yield {**use, "term": dict(line.wanted)["term"], "spans": _spans(use["quotes"])}

    def _remarks(self, _: Line) -> Iterator[Json]:
        for remark in self.project.remarks.all():
            yield {**remark, "spans": _spans(remark["evidence"])}

    def answers(self) -> Iterator[Json]:
        """What `ascribe check` answers to the statements of the text."""
        for checked in self.project.counting.check([self.text], self.published):
            for answer in getattr(checked, "answers", ()):
                evidence = answer.statement.evidence
                yield {"answer": answer.verdict, "spans": [(evidence.start, evidence.end)], "of": answer}

    def _no_toll(self, line: Line) -> Verdict:
        tolls = ("killed", "killed_of_which", "wounded", "wounded_of_which", "perpetrators_killed")
        wrong = [
            s.incident.id
            for s in self._summaries
            for name in tolls
            for cited in (*(c for shown in s.thing[name].shown for c in shown.cited), *s.thing[name].others)
            if _overlaps([(e.start, e.end) for e in cited.statement.evidence], line)
        ]
        return Verdict(f"{line.id} is no toll", not wrong, "ascribe show", ", ".join(wrong))


def _distance(summary: IncidentSummary, act: Act) -> int | None:
    """How far the days shown lie from those of the act, in days; None where they or the country are others."""
    shown = [s.value for s in summary.thing["date"].shown]
    places = [s.value for s in summary.thing["place"].shown]
    countries = {p.country for p in places if isinstance(p, PlaceValue) and p.country}
    if act.country and countries and act.country not in countries:
        return None
    first, last = date.fromisoformat(act.first), date.fromisoformat(act.last)
    for value in shown:
        if isinstance(value, DateValue) and value.start and value.end and value.start <= last and value.end >= first:
            unplaced = int(act.country is not None and not countries)
            return abs((value.start - first).days) + abs((value.end - last).days) + unplaced
    return None


def _spans(quotes: Sequence[Json]) -> list[Span]:
    return [(q["start"], q["end"]) for q in quotes]


def _overlaps(spans: Iterable[Span], line: Line) -> bool:
    return any(start < line.end and end > line.start for start, end in spans)


def _fits(row: Json, wanted: Sequence[tuple[str, str]]) -> bool:
    return all(_has(row.get(name), value) for name, value in wanted)


def _has(found: Any, wanted: str) -> bool:
    """Whether a field holds one of the wanted words; an empty wish is that it is empty."""
    if not wanted:
        return not found
    if isinstance(found, list):
        return any(_has(one.get("quote") if isinstance(one, dict) else one, wanted) for one in found)
    text = str(found or "").casefold().replace("’", "'")
    return any(word.casefold() in text for word in _alternatives(wanted))


def _alternatives(wanted: str) -> list[str]:
    codes = ("asserted", "suspected", "doubted", "claimed_only", "rejected", "reported")
    words = wanted.split()
    return words if all(w in codes for w in words) else [wanted]


def actor(name: str | None) -> str:
    """An actor's name under which it is looked for: what the document calls IS is the Islamic State."""
    return IS if name == "IS" else name or ""


def _told(row: Json, wanted: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {str(row.get(name))[:60]}" for name, _ in wanted) or "found"
