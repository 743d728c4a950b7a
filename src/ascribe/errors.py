"""The errors a person can meet. Each message names the document, the place in it, and what to do."""

from __future__ import annotations


class AscribeError(Exception):
    """Root of every error that Ascribe raises on purpose; its text is meant for the user."""


class DocumentError(AscribeError):
    """A document cannot be read. `name` is the path or id it came under, `reason` says why and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class EvidenceError(AscribeError):
    """A quote is not the document's text at its offsets; nothing of the reading is stored."""


class SchemaError(AscribeError):
    """The schema data is wrong, or a value does not fit the property it is given for."""


class ProjectError(AscribeError):
    """A project folder or its settings are missing or wrong."""


class StoreError(AscribeError):
    """The casebook cannot be opened, is of a newer version, or is damaged."""


class UnknownIdError(StoreError):
    """An id, or the beginning of one, leads to nothing or to several things: what was asked is wrong, not the store."""


class HandError(AscribeError):
    """A reading written by hand does not fit; nothing of it is stored. `problems` has a line for each place in it."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class EndpointError(AscribeError):
    """The endpoint of a large language model refuses everything, or may not be used: nothing more can be asked."""
