"""Where work is done: here in this process, or in worker processes. An engine supplies one map and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from ascribe.errors import AscribeError, DocumentError
from ascribe.model import Skipped

MEBIBYTE = 1024 * 1024


class Named(Protocol):
    """Anything with a name to be told by in a message: a source, a document."""

    @property
    def name(self) -> str:
        """A path or an id, as the user knows it."""


Item = TypeVar("Item", bound=Named)
Result = TypeVar("Result")


class Engine(Protocol):
    """One map over many items, each of which may give any number of results."""

    def map(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Skipped]]:
        """Each result with its item, in the order of the items, as they come; items are taken as they are needed.

        An item that fails, hangs or asks for too much memory gives one `Skipped` after the results it gave before,
        and the rest goes on. `function` and the items must pickle, for engines that leave this process.
        """


def reason_of(error: BaseException) -> str:
    """One line for the user that says why an item failed."""
    if isinstance(error, DocumentError):
        return error.reason
    if isinstance(error, AscribeError):
        return str(error)
    if isinstance(error, MemoryError):
        return "asked for more memory than it may have; split it, or allow more"
    if isinstance(error, RecursionError):
        return "is nested too deeply to be read"
    words = " ".join(str(error).split())[:200]
    return f"could not be read, which is a fault of Ascribe ({type(error).__name__}{f': {words}' if words else ''})"


def too_slow(seconds: float) -> str:
    """The line for an item that was given up."""
    return f"took longer than {seconds:g} s and was given up; split it, or allow more time"
