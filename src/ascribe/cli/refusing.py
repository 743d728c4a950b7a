"""Telling a wrong command line from a wrong document, where only the reading of a document shows it."""

from __future__ import annotations

from collections.abc import Iterable

from ascribe.errors import AscribeError
from ascribe.model import Skipped


def refuse_format(name: str | None, skipped: Iterable[Skipped]) -> None:
    """AscribeError where a document was not read because the format asked for does not exist."""
    for one in skipped:
        if name is not None and one.reason.startswith(f"no format {name!r}"):
            raise AscribeError(one.reason)
