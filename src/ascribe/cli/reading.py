"""`ascribe read`: documents in, what was found in them out; nothing is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ascribe.cli import status, tables
from ascribe.cli.refusing import refuse_format
from ascribe.cli.terminal import complain, console, json_text, note, plain, progress, undisturbed
from ascribe.errors import AscribeError
from ascribe.project import DEFAULT_READER, Failed, Read, Settings, Showing, read_files, reading_json, summaries_in
from ascribe.schema import bundled_schema

if TYPE_CHECKING:
    from ascribe.project.model_access import ModelAccess


@dataclass(frozen=True, slots=True)
class How:
    """How documents are read and printed, as the command line says it."""

    format: str | None = None
    published: str | None = None
    reader: str | None = None
    jobs: int | None = None
    as_format: str | None = None
    seconds: float = 60
    memory_mb: int = 2048
    min_confidence: float | None = None

    @property
    def showing(self) -> Showing:
        """What counts as found: the usual least confidence where none is given."""
        return Showing() if self.min_confidence is None else Showing(self.min_confidence)


def read(paths: Sequence[str], how: How, yes: bool = False, dry_run: bool = False, cache: Path | None = None) -> int:
    """Print what every document tells; the exit status counts those that could not be read."""
    if how.reader != "llm":
        if dry_run:
            raise AscribeError("--dry-run is for the reader llm: the others cost nothing")
        return _read(paths, how, None)
    from ascribe.cli import modelling  # noqa: PLC0415 - for those who ask a model only
    from ascribe.project.model_access import access_here  # noqa: PLC0415

    if dry_run:
        return modelling.dry_read(paths, how.published, how.as_format, cache)
    access = access_here(cache)
    modelling.permission(access, yes)
    with modelling.accounted(access):
        return _read(paths, how, access)


def _read(paths: Sequence[str], how: How, access: ModelAccess | None) -> int:
    stdin = getattr(sys.stdin, "buffer", None)
    bounds = Settings(seconds=how.seconds, memory_mb=how.memory_mb)
    reader = access or how.reader or DEFAULT_READER
    total, outcomes = read_files(paths, how.published, reader, how.jobs, how.as_format, stdin, bounds)
    printer = _PRINTERS[how.format or ("table" if sys.stdout.isatty() else "json")](how.showing)
    documents = failures = 0
    try:
        with progress(total, always=access is not None) as bar:
            for outcome in outcomes:
                documents += 1
                failed = (outcome.skipped,) if isinstance(outcome, Failed) else outcome.unread
                refuse_format(how.as_format, failed)
                for skipped in failed:
                    complain(skipped.name, skipped.reason)
                failures += bool(failed)
                with bar.aside():
                    printer.failure(outcome) if isinstance(outcome, Failed) else printer.document(outcome)
                bar.tick(outcome.source, documents, failures, access.cost_so_far() if access else "")
    finally:
        printer.end()
    if failures:
        note(f"{failures} of {documents} documents could not be read")
    return status.of_failures(failures)


class Printer(Protocol):
    """How documents are printed, one by one as they are read."""

    def document(self, read: Read) -> None:
        """One document."""

    def failure(self, failed: Failed) -> None:
        """Something that could not be read; it has been told on stderr already."""

    def end(self) -> None:
        """Nothing more comes, also if reading was broken off."""


class _Json:
    """One object with all documents, whole whatever happens on the way."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing
        self._before = '{"documents": ['
        self._failed: list[dict[str, str]] = []

    def document(self, read: Read) -> None:
        line = json_text(reading_json(read.document, read.reading, bundled_schema(), self._showing))
        with undisturbed():
            sys.stdout.write(f"{self._before}\n{line}")
            sys.stdout.flush()
            self._before = ","

    def failure(self, failed: Failed) -> None:
        self._failed.append({"name": failed.skipped.name, "reason": failed.skipped.reason})

    def end(self) -> None:
        opening = self._before if self._before != "," else ""
        sys.stdout.write(f'{opening}\n], "failed": {json_text(self._failed)}}}\n')


class _JsonLines:
    """One object a document."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing

    def document(self, read: Read) -> None:
        line = json_text(reading_json(read.document, read.reading, bundled_schema(), self._showing))
        with undisturbed():
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()

    def failure(self, failed: Failed) -> None:
        pass

    def end(self) -> None:
        pass


class _Tables:
    """A heading a document, a table an incident."""

    def __init__(self, showing: Showing) -> None:
        self._showing = showing
        self._console = console()

    def document(self, read: Read) -> None:
        document = read.document
        day = document.publication
        published = f", published {day.when.start} ({day.how})" if day else ", date of publication not known"
        copy = f", a reprint of {document.near_copy_of[:12]}" if document.near_copy_of else ""
        self._console.rule(plain(f"{document.name}{published}{copy}"), align="left", characters="─", style="dim")
        found = summaries_in(document, read.reading, showing=self._showing)
        if not found:
            self._console.print("no incident found\n", style="dim")
        for summary in found:
            self._console.print(tables.incident(summary, full=False))

    def failure(self, failed: Failed) -> None:
        pass

    def end(self) -> None:
        pass


_PRINTERS: dict[str, Callable[[Showing], Printer]] = {"table": _Tables, "json": _Json, "jsonl": _JsonLines}
