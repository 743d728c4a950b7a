"""Checking what a text counts: `Project.counting`, and `check_files` for texts outside a project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ascribe.analysis.counting import Answer
from ascribe.analysis.disagreements import Disagreement, greater_parts
from ascribe.model import Document, Incident, Reading, Told
from ascribe.pipeline import Failed, MakeReader
from ascribe.pipeline.counting import check_document
from ascribe.project.reading import read_files
from ascribe.project.settings import Settings
from ascribe.readings import DEFAULT
from ascribe.registers.regions import RegionRegister, region_register
from ascribe.schema import Schema, bundled_schema
from ascribe.sources import found_only

if TYPE_CHECKING:
    from ascribe.project import Project

__all__ = ["REGIONS", "Answer", "Checked", "Counting", "Disagreement", "check_files"]

REGIONS = "regions.toml"  # a project's own regions, in its folder


@dataclass(frozen=True, slots=True)
class Checked:
    """A document with the answers to its counting statements, and how many incidents they were checked against;
    `own` tells that these were the document's own, as read from itself. `parts` are those of tolls that the document
    gives greater than the whole that it gives.
    """

    document: Document
    answers: tuple[Answer, ...]
    incidents: int
    own: bool
    parts: tuple[Disagreement, ...] = ()


class Counting:
    """Questions of number and order to the casebook. Nothing that it answers is stored."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def regions(self) -> RegionRegister:
        """The regions known here: the bundled ones, and before them those of the project's `regions.toml`."""
        own = self._project.folder / REGIONS
        return region_register().extended(own) if own.is_file() else region_register()

    def check(
        self,
        paths: Sequence[Path | str],
        published: str | None = None,
        format: str | None = None,
        stdin: BinaryIO | None = None,
    ) -> Iterator[Checked | Failed]:
        """Check what texts count against all incidents of the casebook. The texts are not stored."""
        regions = self.regions
        ledger = self._project.ledger
        incidents = [ledger.found(i) for i in ledger.incidents()]
        settings = self._project.settings
        _, outcomes = read_files(paths, published, _Nothing, None, format, stdin, settings, self._project.schema)
        for outcome in outcomes:
            if isinstance(outcome, Failed):
                yield outcome
            else:
                document = outcome.document if published else self._dated(outcome.document)
                answers = check_document(document, incidents, regions)
                yield Checked(document, tuple(answers), len(incidents), own=False, parts=self._parts(document))

    def _parts(self, document: Document) -> tuple[Disagreement, ...]:
        """Of a text that the casebook holds, as it was read: the text itself is not read again."""
        project = self._project
        if not project.casebook.has_document(document.id):
            return ()
        view = project.document(document.id)
        return _greater(_incidents(view.document, view.judged), project.schema, project.settings.min_confidence)

    def _dated(self, document: Document) -> Document:
        """A text that the casebook holds, with the date of publication that the casebook knows."""
        casebook = self._project.casebook
        known = casebook.document(document.id).publication if casebook.has_document(document.id) else None
        return replace(document, publication=known) if known else document


def check_files(
    paths: Sequence[Path | str],
    published: str | None = None,
    reader: str | MakeReader = DEFAULT,
    format: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Checked | Failed]:
    """Check what each text counts against the incidents that it tells of itself."""
    _, outcomes = read_files(paths, published, reader, None, format, stdin)
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            yield outcome
            continue
        own = _incidents(outcome.document, outcome.reading)
        least = Settings().min_confidence
        found = [found_only(i, least) for i in own]
        answers = check_document(outcome.document, found, region_register())
        parts = _greater(own, bundled_schema(), least)
        yield Checked(outcome.document, tuple(answers), len(own), own=True, parts=parts)


def _incidents(document: Document, reading: Reading) -> list[Incident]:
    told = [Told(document, reading, a) for a in reading.of_kind("incident")]
    return [Incident(t.account.key, (t,)) for t in told]


def _greater(incidents: Sequence[Incident], schema: Schema, min_confidence: float) -> tuple[Disagreement, ...]:
    found = (d for i in incidents for d in greater_parts(i, schema, min_confidence))
    return tuple(d for d in found if d.nature == "contradictory")


class _Nothing:
    """A reader that makes nothing of a document: for texts of which only the words are wanted, loaded within the
    bounds that hold for all.
    """

    name = "none"
    version = "1"
    fills: frozenset[str] = frozenset()

    def read(self, document: Document) -> Reading:
        """An empty reading."""
        return Reading(document.id, self.name, self.version)
