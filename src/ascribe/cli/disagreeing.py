"""What `ascribe disagreements` does."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.tables import listing
from ascribe.cli.terminal import console, json_text, note, words
from ascribe.project.ledger import DISAGREEING, NATURES, Ledger

Json = dict[str, Any]

_ASIDE = "dim"
_STYLES = {"contradictory": "bold red", "claimant": "red", "unsettled": "yellow", "revised": "cyan"}
_LONGEST_QUOTE = 160


def overview(
    property: str | None, everything: bool, limit: int, min_confidence: float | None, format: str, folder: Path | None
) -> int:
    """The worst disagreements of the whole casebook."""
    natures = (*DISAGREEING, "finer") if everything else DISAGREEING
    with project_at(folder) as project:
        found, counts = Ledger(project, min_confidence).disagreements(natures, property, limit)
    if format == "json":
        sys.stdout.write(json_text({"counts": counts, "disagreements": found}) + "\n")
        return status.FINE
    if found:
        console().print(listing(("incident", "property", "nature", "what is said"), map(_row, found)))
        note("; ".join(f"{count} {nature}: {NATURES[nature]}" for nature, count in counts.items()))  # type: ignore[index]
        if sum(counts.values()) > len(found):
            note(f"the worst {len(found)} of {sum(counts.values())} are listed; --limit lists more")
    else:
        console().print("the sources do not disagree", style=_ASIDE)
    return status.FINE


def _row(found: Json) -> tuple[str, ...]:
    positions = " | ".join(f"{_value(p)} ({_support(p)})" for p in found["positions"])
    withheld = f" | {found['withheld']} withheld" if "withheld" in found else ""
    return (found["incident"], _name(found), found["nature"], positions + withheld)


def _name(found: Json) -> str:
    return f"{found['property']} ({found['thing']})" if found["thing"] else found["property"]


def _value(position: Json) -> str:
    return f"not {position['shown']}" if position["denied"] else position["shown"]


def _support(position: Json) -> str:
    sources = "1 source" if position["sources"] == 1 else f"{position['sources']} sources"
    return f"{sources}, per claimant" if position["per_claimant"] else sources


def one(incident: str, property: str | None, min_confidence: float | None, format: str, folder: Path | None) -> int:
    """All that is said of one incident."""
    with project_at(folder) as project:
        told = Ledger(project, min_confidence).who_says_what(incident, property)
    if format == "json":
        sys.stdout.write(json_text(told) + "\n")
        return status.FINE
    out = console()
    heading = " · ".join(told[k] or f"({k} not stated)" for k in ("date", "place"))
    out.print(words(heading, "bold").append("  ").append_text(words(f"[{told['incident']}]", _ASIDE)))
    for toll in told["tolls"]:
        for line in _toll_lines(toll):
            out.print(Padding(line, (0, 0, 0, 2)))
    for found in told["properties"]:
        out.print("")
        out.print(_heading(found))
        out.print(Padding(_grid(_said_rows(found)), (0, 0, 0, 2)))
    if not told["properties"]:
        out.print("no document says anything of this", style=_ASIDE)
    return status.FINE


def _toll_lines(toll: Json) -> Iterator[Text]:
    if toll["figures"]:
        yield words(f"{toll['label']}: {_range(toll)}{_latest(toll)}")
    if toll["per_claimant"]:
        yield words(f"{toll['label']}, per claimant only: {_range(toll['per_claimant'])}", "italic")
    for apart, figures in (("", toll["parts"]), (", per claimant", toll["parts_per_claimant"])):
        for figure in figures:
            kind = f" ({figure['kind'].replace('_', ' ')})" if figure["kind"] else ""
            quote = f": “{figure['clause']}”" if figure["clause"] else ""
            yield words(f"{toll['label']}, of which {figure['shown']}{kind}{apart}{quote} ({_where(figure)})", _ASIDE)


def _range(figures: Json) -> str:
    low, high, more = figures["low"], figures["high"], "+" if figures["open"] else ""
    if low is None:
        return "not known"
    return f"{low}{more}" if low == high else f"{low} to {high}{more}"


def _latest(toll: Json) -> str:
    latest = toll["latest"]
    return f"; latest {latest['shown']} ({_where(latest)})" if latest and len(toll["figures"]) > 1 else ""


def _where(said: Json) -> str:
    return ", ".join(filter(None, (_as_of(said), said["name"])))


def _heading(found: Json) -> Text:
    out = words(_label(found), "bold").append("  ")
    return out.append_text(words(f"{found['nature']}: {found['meaning']}", _STYLES.get(found["nature"], _ASIDE)))


def _label(found: Json) -> str:
    return f"{found['label']} ({found['thing']})" if found["thing"] else found["label"]


def _grid(rows: Iterable[Sequence[Text]]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=26, overflow="fold")
    table.add_column(max_width=34, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _said_rows(found: Json) -> Iterator[tuple[Text, Text, Text]]:
    for position in found["positions"]:
        value = words(_value(position)).append(" ").append_text(words(f"({_support(position)})", _ASIDE))
        for said in position["said"]:
            yield (value, words(_who(said)), _words(said))
            value = Text("")
    if "withheld" in found:
        yield (words(f"{found['withheld']} withheld", "italic"), Text(""), Text(""))


def _who(said: Json) -> str:
    voice = said["voice"]
    whose = "the author" if voice["kind"] == "author" else voice["speaker"] or "an unnamed source"
    parts = [whose, *([said["stance"].replace("_", " ")] if said["stance"] not in ("asserted", "denied") else [])]
    if voice["perpetrator_side"]:
        parts.append("perpetrators' side")
    return f"{', '.join(parts)}; source {said['source']}"


def _words(said: Json) -> Text:
    quotes = " + ".join(f"“{_short(q['quote'])}”" for q in said["quotes"])
    copy = "a reprint" if said["near_copy_of"] else ""
    where = ", ".join(filter(None, (said["name"], said["publisher"], copy)))
    dated = _as_of(said)
    return words(quotes).append("  ").append_text(words(f"{where}, {f'as of {dated}' if dated else 'undated'}", _ASIDE))


def _short(quote: str) -> str:
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"


def _as_of(said: Json) -> str:
    if not said["as_of"]:
        return ""
    first, last = said["as_of"]
    return first if first == last else f"{first} .. {last}"
