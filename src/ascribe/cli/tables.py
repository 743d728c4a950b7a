"""An incident as a table: each value, whose word it is, and the words behind it in their context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
_SENTENCE_END = re.compile(r"[.!?]['\"”’)\]]*\s+|\n\s*\n")
_QUOTE = "bold yellow"
_ASIDE = "dim"


def title(summary: IncidentSummary) -> Text:
    """Date, place and status on one line, and the id."""
    parts = [_first(summary, name) or f"({name} not stated)" for name in ("date", "place", "status")]
    return words(" · ".join(parts), "bold").append("  ").append_text(words(f"[{summary.incident.id}]", _ASIDE))


def _first(summary: IncidentSummary, property_id: str) -> str:
    found = summary.thing[property_id]
    return "; ".join(found.property.type.show(s.value) for s in found.shown)


def incident(summary: IncidentSummary, *, full: bool) -> RenderableType:
    """The title, then a row for every value. `full` adds every source of a value and the values that are not shown."""
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
    for one in summary.others if full else ():
        value = _value(summary, Shown(one.statement.value, (one,)), _ASIDE)
        yield (label, value.append(" not shown", style=_ASIDE), quoted(one, several=several, whole=full))
        label = Text("")


def _value(summary: PropertySummary, shown: Shown, style: str = "") -> Text:
    said = shown.said()
    value = words(summary.property.type.show(shown.value), style)
    return value.append(" ").append_text(words(f"({said})", "italic")) if said else value


def quoted(cited: Cited, *, several: bool, whole: bool) -> Text:
    """The words of a statement in their context, and where they stand: offsets, page, document."""
    out = Text()
    for number, evidence in enumerate(cited.statement.evidence):
        if number:
            out.append(" + ", style=_ASIDE)
        out.append_text(in_context(cited.document, evidence, whole=whole))
        page = cited.document.page_at(evidence.start)
        where = f"{f'p. {page}, ' if page else ''}{evidence.start}-{evidence.end}"
        out.append("  ").append_text(words(f"{cited.document.name + ' ' if several else ''}{where}", _ASIDE))
    return out


def in_context(document: Document, evidence: Evidence, *, whole: bool) -> Text:
    """A quote, marked, with a few words on each side, or with the whole of its sentence."""
    start, end = _sentence(document.text, evidence) if whole else _beside(document.text, evidence)
    quote = plain(evidence.quote)
    if len(quote) > _LONGEST_QUOTE and not whole:
        quote = quote[: _LONGEST_QUOTE - 1] + "…"
    out = Text("…" if start > 0 and not whole else "", style=_ASIDE)
    out.append_text(_edge(document.text[start : evidence.start]))
    out.append(quote, style=_QUOTE)
    out.append_text(_edge(document.text[evidence.end : end]))
    return out.append("…", style=_ASIDE) if end < len(document.text) and not whole else out


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
