"""Readings made by hand, and how they enter a project: `Project.recording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ascribe.errors import AscribeError, HandError, StoreError
from ascribe.model import HAND, Document, Reading
from ascribe.readings.hand import Hand
from ascribe.readings.hand_files import document_named, draft, read_hand

if TYPE_CHECKING:
    from ascribe.project import Project


@dataclass(frozen=True, slots=True)
class Recorded:
    """A reading by hand that is in the casebook; `new` tells that it was not before."""

    document: Document
    reading: Reading
    new: bool


class Recording:
    """Brings readings made by hand into the casebook, where they stand before whatever a program reads."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def document(self, name: str) -> Document:
        """The stored document of this id, beginning of an id, or name. StoreError if there is none or several."""
        casebook = self._project.casebook
        alike = [d for d in casebook.documents() if name in (d.name, d.id) or Path(d.name).name == name]
        named = [d for d in alike if name in (d.name, d.id)] or alike
        if len(named) > 1:
            ids = ", ".join(d.id[:12] for d in named)
            raise StoreError(f"{name!r} is the name of several documents: {ids}; give one of these")
        try:
            return named[0] if named else casebook.document(name)
        except StoreError:
            raise StoreError(
                f"there is no document {name!r}; give its name or id, as `ascribe show documents` lists them"
            ) from None

    def begin(self, document: str, signed: str = "") -> Hand:
        """A reading by hand of a stored document, still empty; `signed` is whoever reads."""
        return Hand(self.document(document), signed, self._project.schema)

    def save(self, reading: Reading) -> Recorded:
        """Store a reading by hand and group the accounts anew. EvidenceError or SchemaError if it does not fit."""
        recorded = self._save(reading)
        self._project.link()
        return recorded

    def files(self, paths: list[Path]) -> tuple[list[Recorded], list[str]]:
        """Store the readings of files: what was stored, and a line for everything that did not fit.

        Nothing is stored of a file in which a line does not fit.
        """
        recorded: list[Recorded] = []
        problems: list[str] = []
        for path in paths:
            try:
                recorded.append(self._save(self._read(path)))
            except HandError as error:
                problems += error.problems
            except AscribeError as error:
                problems.append(f"{path}: {error}")
        if any(r.new for r in recorded):
            self._project.link()
        return recorded, problems

    def draft(self, document: str) -> str:
        """The current reading of a document as a file for a person to correct and record."""
        found = self.document(document)
        return draft(found, self._project.casebook.current_reading(found.id), self._project.schema)

    def _read(self, path: Path) -> Reading:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except OSError as error:
            raise AscribeError(f"cannot be opened: {error.strerror}") from None
        except UnicodeDecodeError:
            raise AscribeError("is not written in UTF-8; save it as UTF-8") from None
        return read_hand(str(path), text, self.document(document_named(str(path), text)), self._project.schema)

    def _save(self, reading: Reading) -> Recorded:
        casebook = self._project.casebook
        if reading.extractor != HAND:
            raise AscribeError(f"this is no reading by hand: {reading.extractor!r} made it")
        document = casebook.document(reading.document_id)
        known = casebook.has_reading(document.id, HAND, reading.version)
        if known and casebook.current_reading(document.id).version != reading.version:
            raise AscribeError("this reading has been replaced by a later one; to bring it back, change `signed` in it")
        casebook.save(document, None, reading, recorded=datetime.now(UTC))
        return Recorded(document, reading, not known)
