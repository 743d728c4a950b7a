"""`ascribe init`, `add`, `export` and `verify`: making a casebook, filling it, and giving it out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.refusing import refuse_format
from ascribe.cli.terminal import Bar, complain, note, plain, progress
from ascribe.errors import AscribeError, ProjectError
from ascribe.project import AddReport, Failed, Options, Project, Read, Stored

if TYPE_CHECKING:
    from ascribe.project.model_access import ModelAccess

_LAST_LINE = 1 << 20  # bytes in which the last line of a map stands, whatever reason for naming victims it gives


def init(folder: Path) -> int:
    """Make a project."""
    with Project.init(folder):
        sys.stdout.write(plain(f"{folder}: a new project; fill it with `ascribe add`") + "\n")
    return status.FINE


def add(
    paths: Sequence[str],
    published: str | None,
    restricted: bool,
    reader: str | None,
    jobs: int | None,
    as_format: str | None,
    folder: Path | None,
    yes: bool = False,
    dry_run: bool = False,
) -> int:
    """Add documents; the exit status counts those that could not be read."""
    stdin = getattr(sys.stdin, "buffer", None)
    with project_at(folder) as project, ExitStack() as around:
        access = None
        if (reader or project.settings.reader) == "llm":
            from ascribe.cli import modelling  # noqa: PLC0415 - for those who ask a model only

            if dry_run:
                found = project.llm.estimate(paths, published, restricted, as_format, stdin)
                return modelling.dry_run(project.llm.access, found)
            access = project.llm.access
            modelling.permission(access, yes)
            around.enter_context(modelling.accounted(access))
        elif dry_run:
            raise AscribeError("--dry-run is for the reader llm: the others cost nothing")
        watched = around.enter_context(_Watched(as_format, access))
        try:
            report = project.add(
                paths, published, restricted, reader, jobs, as_format, stdin=stdin, progress=watched.progress
            )
        except AscribeError as error:
            if reader is None and str(error).startswith(f"no reader {project.settings.reader!r}"):
                raise ProjectError(f"{project.folder}: wrong setting: {error}") from None
            raise
    sys.stdout.write(_told(report) + "\n")
    failures = len(report.failed) + len(report.unread)
    if failures:
        note(f"{failures} of {report.documents} documents could not be read")
    return status.of_failures(failures)


class _Watched:
    """A progress bar that appears once it is known how much there is, and a line for each failure."""

    def __init__(self, as_format: str | None, access: ModelAccess | None = None) -> None:
        self._as_format, self._access = as_format, access
        self._bar: Bar | None = None
        self._documents = self._failures = 0

    def __enter__(self) -> _Watched:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._context.__exit__(None, None, None)

    def progress(self, outcome: Stored | Failed | Read, sources: int) -> None:
        if self._bar is None:
            self._context = progress(sources, always=self._access is not None)
            self._bar = self._context.__enter__()
        failed = (outcome.skipped,) if isinstance(outcome, Failed) else outcome.unread
        refuse_format(self._as_format, failed)
        for skipped in failed:
            complain(skipped.name, skipped.reason)
        self._documents += 1
        self._failures += bool(failed)
        cost = self._access.cost_so_far() if self._access else ""
        self._bar.tick(outcome.source, self._documents, self._failures, cost)


def _told(report: AddReport) -> str:
    counts = (
        (report.new, "new"),
        (report.read_anew, "read anew"),
        (report.known, "known already"),
        (report.marked_restricted, "marked restricted"),
    )
    parts = [f"{count} {what}" for count, what in counts if count]
    incidents = "1 incident" if report.incidents == 1 else f"{report.incidents} incidents"
    return f"{', '.join(parts) or 'nothing added'}; the casebook holds {incidents}"


def export(
    format: str,
    out: Path | None,
    with_victims: str | None,
    include_restricted: bool,
    include_proposed: bool,
    min_confidence: float | None,
    folder: Path | None,
) -> int:
    """Write all incidents."""
    options = Options(with_victims, include_restricted, include_proposed)
    with project_at(folder, min_confidence) as project:
        if out is None:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(newline="")  # the format decides how lines end
            project.export(format, sys.stdout, options)
        else:
            count = project.export(format, out, options)
            note(f"{out}: {_exported(count, _unplaced(out) if format == 'geojson' else 0)}")
    return status.FINE


def _exported(count: int, unplaced: int) -> str:
    incidents = "1 incident" if count == 1 else f"{count} incidents"
    return f"{incidents}, {count - unplaced} on the map, {unplaced} without a place" if unplaced else incidents


def _unplaced(out: Path) -> int:
    """How many incidents are not on the map, as the file itself says on its last line."""
    with out.open("rb") as written:
        written.seek(0, os.SEEK_END)
        written.seek(max(0, written.tell() - _LAST_LINE))
        last = written.read().rstrip().rsplit(b"\n", 1)[-1]
    return int(json.loads(b"{" + last.removeprefix(b"], "))["unplaced"])


def verify(folder: Path | None) -> int:
    """Check everything; a line on stdout for each thing that is wrong."""
    with project_at(folder) as project:
        problems = project.verify()
        documents = sum(1 for _ in project.documents())
    for problem in problems:
        sys.stdout.write(plain(problem) + "\n")
    if not problems:
        checked = "1 document" if documents == 1 else f"{documents} documents"
        sys.stdout.write(f"{checked} and every quote are as they were stored\n")
    return status.of_failures(len(problems))
