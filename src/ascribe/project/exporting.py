"""Writing a project's incidents out: `Project.export`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from ascribe.errors import AscribeError
from ascribe.exports import Options, exporter
from ascribe.exports.summary import is_proposed
from ascribe.model import Incident
from ascribe.pipeline.judged import judged_incidents

if TYPE_CHECKING:
    from ascribe.project import Project


def export(project: Project, format: str, out: Path | str | TextIO, options: Options) -> int:
    """Write all incidents in a format; how many there were. A file is replaced only when it is whole."""
    if isinstance(out, (Path, str)):
        return _whole_file(Path(out), lambda text: export(project, format, text, options))
    showing = options.showing or project.showing()
    counted = _Counted(
        i
        for i in judged_incidents(project.casebook)
        if options.include_proposed or not is_proposed(i, showing.min_confidence)
    )
    exporter(format).write(counted, out, project.schema, replace(options, showing=showing))
    return counted.count


class _Counted:
    """Incidents that are counted as they go by."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self._incidents, self.count = incidents, 0

    def __iter__(self) -> Iterator[Incident]:
        for incident in self._incidents:
            self.count += 1
            yield incident


def _whole_file(path: Path, write: Callable[[TextIO], int]) -> int:
    """Write beside the place and move there at the end, so that a broken export leaves the old file as it was."""
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as text:
            count = write(text)
        beside.replace(path)
    except OSError as error:
        raise AscribeError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        beside.unlink(missing_ok=True)
    return count
