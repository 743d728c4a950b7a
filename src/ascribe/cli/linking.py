"""`ascribe link` and `ascribe why`, carried out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, note, words
from ascribe.model import Told
from ascribe.project.linking import Apart, Tie, Why, values_of
from ascribe.schema import Schema

_SHORT = 12  # characters of a document's id that are shown
_SURE = 0.9995  # what is rounded to 1.000 is shown as more than .999


def link(anew: bool, format: str, folder: Path | None) -> int:
    """Link, and say what came of it."""
    with project_at(folder) as project:
        report = project.link(anew)
    if format == "json":
        joined = [{"former": old, "incident": new} for old, new in report.joined]
        told = {"incidents": report.incidents, "accounts": report.accounts, "joined": joined}
        sys.stdout.write(json_text(told) + "\n")
        return status.FINE
    for old, new in report.joined:
        console().print(words(f"{old} is {new} now"))
    note(f"{_many(report.accounts, 'account')} looked at; the casebook holds {_many(report.incidents, 'incident')}")
    return status.FINE


def why(incident: str, full: bool, format: str, folder: Path | None) -> int:
    """Explain an incident."""
    with project_at(folder) as project:
        if format == "json":
            sys.stdout.write(json_text(project.linking.why_json(incident)) + "\n")
        else:
            console().print(Group(*_explained(project.linking.why(incident), full, project.schema)))
    return status.FINE


def _explained(found: Why, full: bool, schema: Schema) -> Iterator[RenderableType]:
    yield words(found.incident, "bold")
    if found.former:
        yield words(f"also answers to {', '.join(found.former)}")
    yield Padding(_accounts(found), (1, 0, 1, 0))
    shown = [tie for tie in found.ties if full or tie.needed]
    for tie in shown:
        yield from _tie(tie, found, schema)
    if len(shown) < len(found.ties):
        yield Padding(words(f"{len(found.ties) - len(shown)} more links agree (--all shows them)", "dim"), (0, 0, 1, 0))
    if len(found.accounts) == 1:
        yield Padding(words("one account only: no other was found to tell of this incident"), (0, 0, 1, 0))
    for one in found.apart:
        yield _apart(one)


def _accounts(found: Why) -> Table:
    table = _grid()
    for number, told in enumerate(found.accounts, 1):
        table.add_row(words(str(number)), words(_account_id(told)), words(f"{told.document.name}: {_anchor(told)}"))
    return table


def _tie(tie: Tie, found: Why, schema: Schema) -> Iterator[RenderableType]:
    pair = f"{tie.one + 1} and {tie.other + 1}"
    if tie.decided:
        yield Padding(words(f"{pair}: {tie.decided}", "bold"), (0, 0, 1, 0))
        return
    if tie.weighed is None:
        yield Padding(words(f"{pair}: {tie.one + 1} is a reprint of {tie.other + 1}", "bold"), (0, 0, 1, 0))
        return
    sure = tie.weighed.probability
    shown = "more than 0.999" if sure > _SURE else f"{sure:.3f}"
    yield words(f"{pair}: probability {shown}, weight {tie.weighed.weight:+.1f}", "bold")
    table = _grid()
    one, other = found.accounts[tie.one], found.accounts[tie.other]
    for part in tie.weighed.parts:
        said = [values_of(told, part.name, schema) for told in (one, other)]
        both = said[0] if said[0] == said[1] else " | ".join(said)
        table.add_row(
            words(f"{part.weight:+.1f}"), words(part.name), words(f"{part.words}: {both}" if both else part.words)
        )
    table.add_row(words(f"{tie.weighed.prior:+.1f}"), words("prior"), words("before anything is compared"))
    yield Padding(table, (0, 0, 1, 2))


def _apart(one: Apart) -> Text:
    weight = f", weight {one.weight:+.1f}" if one.weight is not None else ""
    return words(f"kept apart: {one.one + 1} from {one.document.name} in {one.incident}{weight}: {one.why}")


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _account_id(told: Told) -> str:
    return f"{told.document.id[:_SHORT]}/{told.account.key}"


def _anchor(told: Told) -> str:
    quote = " ".join(told.account.anchor.quote.split())
    return quote if len(quote) <= 100 else quote[:99] + "…"


def _many(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
