"""`ascribe compare`: two readers side by side, with the sentences."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascribe.cli import modelling, status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import complain, console, json_text, note, plain, words
from ascribe.errors import AscribeError
from ascribe.model import Skipped
from ascribe.project.comparing import (
    STANDINGS,
    BothRead,
    both_read,
    both_stored,
    compared_json,
    counts,
    difference_json,
    differences,
)
from ascribe.project.model_access import ModelAccess, access_here
from ascribe.schema import bundled_schema

_ASIDE = "dim"
_STYLES = {"differ": "bold red", "alone": "yellow", "close": "cyan", "agree": "green"}
_SHOWN = {"differ": "differ", "alone": "only one", "close": "close", "agree": "agree"}


def compare(
    readers: tuple[str, str],
    paths: Sequence[str],
    only_differences: bool,
    published: str | None,
    jobs: int | None,
    as_format: str | None,
    yes: bool,
    format: str,
    folder: Path | None,
) -> int:
    """Print what two readers make of documents; the exit status counts those that one of them could not read."""
    if readers[0] == readers[1]:
        raise AscribeError("name two readers that are not the same")
    if "-" in paths:
        raise AscribeError("standard input can be read only once; name a file")
    failed: list[Skipped] = []
    with ExitStack() as around:
        if not paths:
            read = list(both_stored(around.enter_context(project_at(folder)), readers))
        else:
            access = access_here() if modelling.NAME in readers else None
            if access is not None:
                modelling.permission(access, yes)
                around.enter_context(modelling.accounted(access))
            made = (_reader(readers[0], access), _reader(readers[1], access))
            read = []
            for one in both_read(paths, made, published, jobs, as_format, bundled_schema()):
                read.append(one) if isinstance(one, BothRead) else failed.append(one)
        for one in failed:
            complain(one.name, one.reason)
        _print_json(read, only_differences) if format == "json" else _print(readers, read, only_differences)
    return status.of_failures(len(failed))


def _reader(name: str, access: ModelAccess | None) -> Any:
    return access if name == modelling.NAME and access is not None else name


def _print_json(read: Sequence[BothRead], only_differences: bool) -> None:
    what = (
        {"differences": [difference_json(d) for d in differences(read)]}
        if only_differences
        else {"documents": [compared_json(one) for one in read]}
    )
    sys.stdout.write(json_text({"counts": counts(read), **what}) + "\n")


def _print(readers: tuple[str, str], read: Sequence[BothRead], only_differences: bool) -> None:
    out = console()
    if only_differences:
        table = _table("document", *readers)
        for found in differences(read):
            told = difference_json(found)
            table.add_row(words(told["path"]), *_cells(told))
        out.print(table if table.row_count else Text("the readers do not differ", style=_ASIDE))
    else:
        for one in read:
            out.rule(plain(one.document.name), align="left", characters="─", style=_ASIDE)
            for told in compared_json(one)["incidents"]:
                out.print(_heading(told, readers))
                table = _table(None, *readers)
                for value in told["values"]:
                    table.add_row(*_cells(value))
                out.print(Padding(table, (0, 0, 1, 2)))
    tally = counts(read)
    note("; ".join(f"{tally[standing]} {_SHOWN[standing]}: {told}" for standing, told in STANDINGS.items()))


def _heading(told: dict[str, Any], readers: tuple[str, str]) -> Text:
    first = told["left"] or told["right"]
    lacking = next(
        (name for name, side in zip(readers, (told["left"], told["right"]), strict=True) if side is None), ""
    )
    title = words(first["quote"][:160], "bold")
    return title.append(f"  not told by {lacking}", style="yellow") if lacking else title


def _table(first: str | None, left: str, right: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_ASIDE, expand=True)
    if first:
        table.add_column(first, overflow="fold", max_width=24)
    table.add_column("property", max_width=22, overflow="fold")
    table.add_column("", no_wrap=True)
    table.add_column(plain(left), ratio=1, overflow="fold")
    table.add_column(plain(right), ratio=1, overflow="fold")
    return table


def _cells(told: dict[str, Any]) -> Iterator[Text]:
    yield words(told["property"].removeprefix("incident."))
    yield words(_SHOWN[told["standing"]], _STYLES[told["standing"]])
    yield _side(told["left"])
    yield _side(told["right"])


def _side(side: dict[str, Any] | None) -> Text:
    """A value, and its words marked in their sentence."""
    if side is None:
        return Text("-", style=_ASIDE)
    value = words(side["shown"])
    before, quote, after = side["sentence"].partition(side["quote"])
    if not quote:
        return value.append("  ").append_text(words(side["quote"], "yellow"))
    value.append("  ").append(_edge(before), style=_ASIDE).append_text(words(quote, "bold yellow"))
    return value.append(_edge(after), style=_ASIDE)


def _edge(text: str) -> str:
    """Words beside a quote on one line; a blank beside it stays."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{plain(text)}{after}" if text.strip() else before
