"""An incident as a table: each value, whose word it is, and the words behind it in their context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascribe.cli.terminal import plain, words
from ascribe.model import Document, Evidence
from ascribe.project import Cited, IncidentSummary, PropertySummary, Shown

_BESIDE = 45  # characters of context on each side of a quote
_LONGEST = 320  # characters of a sentence that is shown whole
_LONGEST_QUOTE = 200
_PARAGRAPH_END = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+|\n\s*\n")
_QUOTE = "bold yellow"
_ASIDE = "dim"


def title(summary: IncidentSummary) -> Text:
    """Date, place and status on one line, and the id."""
    parts = [_first(summary, name) or f"({name} not stated)" for name in ("date", "place", "status")]
    out = words(" · ".join(parts), "bold").append("  ").append_text(words(f"[{summary.incident.id}]", _ASIDE))
    return out.append(" proposed", style="italic") if summary.proposed else out


def _first(summary: IncidentSummary, property_id: str) -> str:
    found = summary.thing[property_id]
    return "; ".join(found.property.type.show(s.value) for s in found.shown)


def incident(summary: IncidentSummary, *, full: bool) -> RenderableType:
    """The title, then a row for every value. `full` adds every source and the values not picked."""
    table = _grid()
    several = len(summary.documents()) > 1
    for thing in summary.things():
        for one in thing.properties:
            for row in _rows(one, several=several, full=full):
                table.add_row(*row)
    return Group(title(summary), Padding(table, (0, 0, 1, 2)))


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(no_wrap=True, max_width=18)
    table.add_column(max_width=34, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    return table


Row = tuple[Text, Text, Text]


def _rows(summary: PropertySummary, *, several: bool, full: bool) -> Iterator[Row]:
    label = words(summary.property.label)
    for shown in summary.shown:
        cited = shown.cited if full else shown.cited[:1]
        for number, one in enumerate(cited):
            value = _value(summary, shown) if number == 0 else Text("")
            yield (label, value, quoted(one, several=several, whole=full))
            label = Text("")
    for one in summary.rejected if full else ():
        value = words(f"{summary.property.type.show(one.statement.value)} {_judged(one)}", f"{_ASIDE} strike")
        yield (label, value, quoted(one, several=several, whole=full))
        label = Text("")
    for shown in summary.proposed:
        for number, one in enumerate(shown.cited if full else shown.cited[:1]):
            value = _value(summary, shown, _ASIDE) if number == 0 else Text("")
            yield (label, value, quoted(one, several=several, whole=full))
            label = Text("")
    for one in summary.unsupported:
        value = _value(summary, Shown(one.statement.value, (one,)), _ASIDE).append(" unsupported", style="italic")
        yield (label, value, quoted(one, several=several, whole=full))
        label = Text("")
    for one in summary.others if full else ():
        value = _value(summary, Shown(one.statement.value, (one,)), _ASIDE)
        yield (label, value.append(" not picked", style=_ASIDE), quoted(one, several=several, whole=full))
        label = Text("")


def _value(summary: PropertySummary, shown: Shown, style: str = "") -> Text:
    said = shown.said()
    value = words(summary.property.type.show(shown.value), style)
    if said:
        value.append(" ").append_text(words(f"({said})", "italic"))
    judged = next((c for c in shown.cited if c.statement.judged), None)
    return value.append(" ").append_text(words(_judged(judged), "italic")) if judged else value


def _judged(cited: Cited) -> str:
    """What a person made of a statement, and who."""
    judgement = cited.statement.judged
    return "" if judgement is None else f"({judgement.verdict} by {judgement.signed.by})"


def quoted(cited: Cited, *, several: bool, whole: bool) -> Text:
    """The words of a statement in their context, and where they stand: offsets, page, document.

    `whole` shows whole sentences instead of a few words on each side. Quotes in one context are marked in it together.
    """
    document = cited.document
    out = Text()
    for number, passage in enumerate(_passages(document, cited.statement.evidence, whole=whole)):
        out.append(" + " if number else "", style=_ASIDE).append_text(_in_context(document, passage, whole=whole))
        page = document.page_at(passage.quotes[0].start)
        spans = ", ".join(f"{e.start}-{e.end}" for e in passage.quotes)
        where = f"{document.name + ' ' if several else ''}{f'p. {page}, ' if page else ''}{spans}"
        out.append("  ").append_text(words(where, _ASIDE))
    return out


@dataclass(slots=True)
class _Passage:
    """A stretch of one paragraph with the quotes to mark in it, in order and apart; a heading is a paragraph."""

    start: int
    end: int
    quotes: list[Evidence]


def _passages(document: Document, evidence: Sequence[Evidence], *, whole: bool) -> list[_Passage]:
    found: list[_Passage] = []
    for one in sorted(evidence, key=lambda e: (e.start, -e.end)):
        start, end = _sentence(document.text, one) if whole else _beside(document.text, one)
        last = found[-1] if found else None
        if last is None or start > last.end or _PARAGRAPH_END.search(document.text, last.quotes[-1].end, one.start):
            found.append(_Passage(start, end, [one]))
        elif one.end > last.quotes[-1].end:
            last.end = max(last.end, end)
            last.quotes.append(one)
    return found


def _in_context(document: Document, passage: _Passage, *, whole: bool) -> Text:
    text = document.text
    out = Text("…" if passage.start > 0 and not whole else "", style=_ASIDE)
    at = passage.start
    for quote in passage.quotes:
        out.append_text(_edge(text[at : quote.start]))
        shown = plain(text[max(at, quote.start) : quote.end])
        if len(shown) > _LONGEST_QUOTE and not whole:
            shown = shown[: _LONGEST_QUOTE - 1] + "…"
        out.append(shown, style=_QUOTE)
        at = quote.end
    out.append_text(_edge(text[at : passage.end]))
    return out.append("…", style=_ASIDE) if passage.end < len(text) and not whole else out


def _edge(text: str) -> Text:
    """Context on one line; a blank beside the quote stays."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    body = plain(text)
    return Text(f"{before}{body}{after}" if body else before, style=_ASIDE)


def _beside(text: str, evidence: Evidence) -> tuple[int, int]:
    """About as many characters on each side, cut between words and at the end of a paragraph."""
    start = max(0, evidence.start - _BESIDE)
    if start > 0:
        blank = text.find(" ", start, evidence.start)
        start = blank + 1 if blank >= 0 else evidence.start
    end = min(len(text), evidence.end + _BESIDE)
    if end < len(text):
        blank = text.rfind(" ", evidence.end, end)
        end = blank if blank >= 0 else evidence.end
    above, below = text.rfind("\n\n", start, evidence.start), text.find("\n\n", evidence.end, end)
    return (above + 2 if above >= 0 else start), (below if below >= 0 else end)


def _sentence(text: str, evidence: Evidence) -> tuple[int, int]:
    """The sentence around a quote, as far as full stops tell and no longer than is readable."""
    earliest = max(0, evidence.start - _LONGEST)
    start = max((m.end() for m in _SENTENCE_END.finditer(text, earliest, evidence.start)), default=earliest)
    found = _SENTENCE_END.search(text, max(evidence.end - 1, evidence.start), min(len(text), evidence.end + _LONGEST))
    end = found.end() if found else min(len(text), evidence.end + _LONGEST)
    return start, max(end, evidence.end)


def listing(headings: Sequence[str], rows: Iterator[Sequence[str]]) -> Table:
    """A plain table of short cells."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_ASIDE)
    for number, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", no_wrap=number == 0)  # an id is there to be copied
    for row in rows:
        table.add_row(*(words(cell) for cell in row))
    return table
