"""An invented essay of many statements, its reading by hand, and what tests say of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ascribe.model import Document, Reading

HERE = Path(__file__).parent
TEXT, READING = HERE / "ash_front.txt", HERE / "ash_front.toml"
PUBLISHED = "2019-06"
Command = Callable[..., Any]  # the command line as a function of its arguments, which gives its JSON


class Unread:
    """A reader that makes nothing of a document: what there is comes from the reading by hand."""

    name = "unread"
    version = "1"
    fills: frozenset[str] = frozenset()

    def read(self, document: Document) -> Reading:
        return Reading(document.id, self.name, self.version)
