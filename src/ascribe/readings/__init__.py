"""Document -> Reading: the extractors, loaded on use."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Protocol, cast

from ascribe.errors import AscribeError
from ascribe.model import Document, Reading


class Extractor(Protocol):
    """What reads a document. `fills` names the properties (`kind.property`) that it can state.

    A reader that waits for a server has a further member, `concurrency`: how many documents it may have in hand at
    once, in threads of one process.
    """

    name: str
    version: str
    fills: frozenset[str]

    def read(self, document: Document) -> Reading:
        """All that this version makes of the document. Pure: the same document gives the same reading."""


DEFAULT = "model"  # who reads where nobody else is named

EXTRACTORS = {
    "llm": "ascribe.readings.llm.reader:LlmReader",
    "model": "ascribe.readings.trained.reader:TrainedReader",
    "rules": "ascribe.readings.rules.reader:RuleReader",
}


def extractor(name: str) -> Extractor:
    """The extractor with this name, built in or from the entry-point group `ascribe.extractors`."""
    targets = {**{e.name: e.value for e in entry_points(group="ascribe.extractors")}, **EXTRACTORS}
    if name not in targets:
        raise AscribeError(f"no reader {name!r}; known are {', '.join(sorted(targets))}")
    module, _, cls = targets[name].partition(":")
    return cast(Extractor, getattr(import_module(module), cls)())
