"""What came of adding documents to a project."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ascribe.model import Skipped
from ascribe.pipeline import Failed, Read, Stored

Progress = Callable[[Stored | Failed | Read, int], None]  # what happened, and how many sources there are


@dataclass(frozen=True, slots=True)
class AddReport:
    """What came of adding: documents new, read anew by another reader, known before, and what could not be read.

    Documents are read anew too where they are given another date of publication. `unread` are stored documents of
    which the reader could make nothing, such as those in a language it does not know. `marked_restricted` counts the
    known documents that were not restricted and are now.
    """

    new: int = 0
    read_anew: int = 0
    known: int = 0
    failed: tuple[Skipped, ...] = ()
    unread: tuple[Skipped, ...] = ()
    incidents: int = 0
    marked_restricted: int = 0

    @property
    def documents(self) -> int:
        """How many documents there were, the failed ones included."""
        return self.new + self.read_anew + self.known + len(self.failed)


def told_of(outcomes: Iterable[Stored | Failed], sources: int, progress: Progress | None) -> AddReport:
    """The outcomes counted as they come, each told to `progress`; incidents are counted by whoever links."""
    tally = {"new": 0, "read anew": 0, "known": 0}
    failed: list[Skipped] = []
    unread: list[Skipped] = []
    marked = 0
    for outcome in outcomes:
        if progress is not None:
            progress(outcome, sources)
        if isinstance(outcome, Failed):
            failed.append(outcome.skipped)
        else:
            tally[outcome.news] += 1
            unread += outcome.unread
            marked += outcome.marked_restricted
    return AddReport(
        tally["new"], tally["read anew"], tally["known"], tuple(failed), tuple(unread), marked_restricted=marked
    )
