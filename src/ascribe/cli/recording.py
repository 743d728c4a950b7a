"""What `ascribe record` and `ascribe draft` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import note, plain, safe
from ascribe.errors import AscribeError, StoreError


def record(files: Sequence[Path], folder: Path | None) -> int:
    """Record files; a line for everything that does not fit. The exit status counts the files not recorded."""
    with project_at(folder) as project:
        recorded, problems = project.recording.files(list(files))
        incidents = project.casebook.counts().incidents
    for problem in problems:
        note(problem)
    new = sum(r.new for r in recorded)
    counts = ((new, "recorded"), (len(recorded) - new, "known already"))
    told = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing recorded"
    sys.stdout.write(f"{told}; the casebook holds {'1 incident' if incidents == 1 else f'{incidents} incidents'}\n")
    return status.of_failures(len(files) - len(recorded))


def draft(document: str, folder: Path | None) -> int:
    """Print a draft; nothing in it can play tricks with the terminal."""
    with project_at(folder) as project:
        try:
            written = project.recording.draft(document)
        except StoreError as error:
            raise AscribeError(plain(str(error))) from None
    sys.stdout.write(safe(written))
    return status.FINE
