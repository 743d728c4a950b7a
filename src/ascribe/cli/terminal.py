"""What reaches the terminal: nothing that a document could use to play tricks with it; progress on stderr."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from rich.console import Console
from rich.text import Text

_WIDTH_ELSEWHERE = 110
# Control characters of both sets, but for tab and line feed; marks that turn the direction of writing about;
# invisible tags; halves of characters.
_TRICKS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f"
    "\ud800-\udfff]"
)


def safe(text: str) -> str:
    """Text whose control characters, escape sequences and direction marks are shown instead of obeyed."""
    return _TRICKS.sub(lambda m: _shown(m[0]), text)


def plain(text: str) -> str:
    """Safe text on one line."""
    return " ".join(safe(text).split())


def _shown(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def json_text(data: Any) -> str:
    """JSON on one line, with tricky characters as escapes: the same data, harmless wherever it is printed."""
    return _TRICKS.sub(lambda m: _json_escape(m[0]), json.dumps(data, ensure_ascii=False))


def _json_escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def words(text: str, style: str = "") -> Text:
    """Safe text for a table; never markup."""
    return Text(plain(text), style=style)


def console(stream: IO[str] | None = None) -> Console:
    """Where tables go. No markup, emoji or highlighting: texts are shown as they are."""
    out = stream or sys.stdout
    fixed = None if out.isatty() or "COLUMNS" in os.environ else _WIDTH_ELSEWHERE
    return Console(file=out, width=fixed, markup=False, emoji=False, highlight=False, soft_wrap=False)


def complain(name: str, reason: str) -> None:
    """One line on stderr about something that could not be read."""
    sys.stderr.write(f"{plain(name)}: {plain(reason)}\n")


def note(line: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"{plain(line)}\n")


@contextmanager
def undisturbed() -> Iterator[None]:
    """For a write that must be whole: Ctrl-C waits until it is done, where the system can make it wait."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Bar:
    """Progress on stderr. This one shows nothing; it serves where there is nothing to see or nobody to see it."""

    def tick(self, sources: int, documents: int, failures: int, cost: str = "") -> None:
        """So many sources and documents are done, so many failed, and this is what it has cost."""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """For the time in which something else is printed on the same terminal."""
        yield


class _RichBar(Bar):
    def __init__(self, bar: Any, total: int) -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=total, documents=0, failures=0, cost="")

    def tick(self, sources: int, documents: int, failures: int, cost: str = "") -> None:
        self._bar.update(
            self._task, completed=sources, documents=documents, failures=failures, cost=f", {cost}" if cost else ""
        )

    @contextmanager
    def aside(self) -> Iterator[None]:
        if not sys.stdout.isatty():
            yield
            return
        self._bar.stop()
        yield
        self._bar.start()


@contextmanager
def progress(total: int, *, always: bool = False) -> Iterator[Bar]:
    """A bar with the failures counted, where there are several sources (or `always`) and someone to see it."""
    if (total < 2 and not always) or not sys.stderr.isatty():
        yield Bar()
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[documents]} documents, {task.fields[failures]} failed{task.fields[cost]}"),
    )
    with Progress(*columns, console=console(sys.stderr), transient=True, redirect_stdout=False) as bar:
        yield _RichBar(bar, total)
