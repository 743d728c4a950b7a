"""The library's face: read documents, or keep a project of them in a folder and ask it.

A project is a folder with `ascribe.toml` and a casebook. Here enter files and the clock; everything below is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, TextIO

from ascribe import pipeline
from ascribe.errors import ProjectError, SchemaError
from ascribe.exports import EXPORTERS, Options
from ascribe.exports.jsonl import incident_json
from ascribe.exports.reading import reading_json
from ascribe.exports.summary import (
    Cited,
    IncidentSummary,
    PropertySummary,
    Showing,
    Shown,
    ThingSummary,
    summarise,
    with_proposed,
)
from ascribe.model import Document, Reading, Told
from ascribe.pipeline import Failed, LinkReport, MakeReader, Read, Stored
from ascribe.pipeline.judged import judged_accounts, judged_incident, judged_incidents, judged_reading
from ascribe.project.adding import AddReport, Progress, told_of
from ascribe.project.files import files_of, sources_of
from ascribe.project.reading import (
    coverage,
    engines_for,
    load_options,
    read_files,
    reader_of,
    summaries_in,
)
from ascribe.project.settings import SETTINGS, SETTINGS_TEXT, Settings, read_settings
from ascribe.readings import DEFAULT as DEFAULT_READER
from ascribe.schema import Schema, bundled_schema, load_schema

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.project.claims import Claims
    from ascribe.project.context import Context
    from ascribe.project.counting import Counting
    from ascribe.project.judging import Judging
    from ascribe.project.ledger import Ledger
    from ascribe.project.linking import Linking
    from ascribe.project.llm import Llm
    from ascribe.project.looking import Looking
    from ascribe.project.recording import Recording
    from ascribe.project.remarks import Remarks
    from ascribe.store import Casebook, Hit

__all__ = [
    "DEFAULT_READER",
    "EXPORTERS",
    "AddReport",
    "Cited",
    "DocumentView",
    "Failed",
    "Hit",
    "IncidentSummary",
    "LinkReport",
    "Options",
    "Progress",
    "Project",
    "PropertySummary",
    "Read",
    "Settings",
    "Showing",
    "Shown",
    "Stored",
    "ThingSummary",
    "coverage",
    "incident_json",
    "read_files",
    "reading_json",
    "summaries_in",
    "with_proposed",
]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with all its readings, the current one last, and the incidents it tells of.

    `judged` is the current reading as it stands after the judgements.
    """

    document: Document
    readings: tuple[Reading, ...]
    incidents: tuple[str, ...]
    judged: Reading

    @property
    def current(self) -> Reading:
        """The reading that counts."""
        return self.readings[-1]


def _casebooks() -> type[Casebook]:
    from ascribe.store import Casebook  # noqa: PLC0415 - loaded on use: reading needs no store

    return Casebook


def __getattr__(name: str) -> object:
    """`Hit`, loaded on use."""
    if name == "Hit":
        from ascribe.store import Hit  # noqa: PLC0415 - loaded on use: reading needs no store

        return Hit
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Project:
    """A folder with settings and a casebook. Close it when done, or use it in a `with` block."""

    def __init__(self, folder: Path, settings: Settings, schema: Schema, casebook: Casebook) -> None:
        self.folder, self.settings, self.schema, self.casebook = folder, settings, schema, casebook

    @classmethod
    def init(cls, folder: Path | str) -> Project:
        """Make a project in a folder, which is made too where it is missing. ProjectError if there is one already."""
        folder = Path(folder)
        if (folder / SETTINGS).exists():
            raise ProjectError(f"{folder} is a project already; use `ascribe add` to add documents to it")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _casebooks().create(folder / Settings().casebook, bundled_schema()).close()
            (folder / SETTINGS).write_text(SETTINGS_TEXT, encoding="utf-8")
        except OSError as error:
            raise ProjectError(f"{folder}: no project can be made there: {error.strerror}") from None
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path | str) -> Project:
        """Open the project in a folder. ProjectError if there is none or a setting is wrong."""
        folder = Path(folder)
        settings = read_settings(folder)
        schema = load_schema(folder / settings.schema) if settings.schema else bundled_schema()
        try:
            schema = schema.with_picks(settings.picks)
        except SchemaError as error:
            raise ProjectError(f"{folder / SETTINGS}: [picks] {error}") from None
        where = settings.casebook if "://" in settings.casebook else folder / settings.casebook
        return cls(folder, settings, schema, _casebooks().open(where, schema))

    @classmethod
    def find(cls, start: Path | str = ".") -> Project:
        """Open the project that a folder lies in: the nearest `ascribe.toml` from there upwards."""
        start = Path(start).absolute()
        for folder in (start, *start.parents):
            if (folder / SETTINGS).is_file():
                return cls.open(folder)
        raise ProjectError(
            f"no project in {start} or above it; make one with `ascribe init`, or name it with --project"
        )

    def close(self) -> None:
        """Close the casebook."""
        self.casebook.close()

    def __enter__(self) -> Project:
        """Itself; closes at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def add(
        self,
        paths: Sequence[Path | str],
        published: str | None = None,
        restricted: bool = False,
        reader: str | MakeReader | None = None,
        jobs: int | None = None,
        format: str | None = None,
        stdin: BinaryIO | None = None,
        progress: Progress | None = None,
    ) -> AddReport:
        """Store documents and read them into the casebook; what is known already is left as it is.

        Known documents too are marked restricted where that is asked for, which nothing takes back, and are read anew
        where a date of publication is given that is not theirs.
        """
        options = load_options(published, restricted, format)
        files = files_of(paths)
        chosen = reader or self.settings.reader
        make = self.llm.access if chosen == "llm" else reader_of(chosen)
        engines = engines_for(files, self.settings.jobs if jobs is None else jobs, self.settings, make)
        sources = sources_of(files, stdin)
        outcomes = pipeline.add(self.casebook, sources, options, make, engines, self.schema, lambda: datetime.now(UTC))
        report = told_of(outcomes, len(files), progress)
        return replace(report, incidents=pipeline.link(self.casebook).incidents)

    def link(self, anew: bool = False) -> LinkReport:
        """Put accounts of one occurrence together: those that are new, or all of them anew."""
        return pipeline.link(self.casebook, anew=anew)

    @property
    def linking(self) -> Linking:
        """Why incidents hold the accounts that they hold."""
        from ascribe.project.linking import Linking  # noqa: PLC0415 - loaded on use

        return Linking(self)

    def showing(self, min_confidence: float | None = None) -> Showing:
        """How this project chooses the values shown; with another least confidence than its settings say, if given."""
        least = self.settings.min_confidence if min_confidence is None else min_confidence
        return Showing(least, self.settings.reliability)

    def incidents(self, showing: Showing | None = None) -> Iterator[IncidentSummary]:
        """Every incident with what is shown for it."""
        showing = showing or self.showing()
        return (summarise(i, self.schema, showing) for i in judged_incidents(self.casebook))

    def incident(self, prefix: str, showing: Showing | None = None) -> IncidentSummary:
        """The incident whose id begins so; StoreError if there is none or more than one."""
        return summarise(judged_incident(self.casebook, prefix), self.schema, showing or self.showing())

    @property
    def claims(self) -> Claims:
        """Who said that it was theirs, and who is held responsible."""
        from ascribe.project.claims import Claims  # noqa: PLC0415 - loaded on use

        return Claims(self)

    @property
    def context(self) -> Context:
        """What stands around incidents: contacts, responses, links; and who uses which term."""
        from ascribe.project.context import Context  # noqa: PLC0415 - loaded on use

        return Context(self)

    @property
    def counting(self) -> Counting:
        """Checking what texts count, and what is defined as which region."""
        from ascribe.project.counting import Counting  # noqa: PLC0415 - loaded on use

        return Counting(self)

    @property
    def judgements(self) -> Judging:
        """What people decided, and deciding it."""
        from ascribe.project.judging import Judging  # noqa: PLC0415 - loaded on use

        return Judging(self)

    @property
    def ledger(self) -> Ledger:
        """What the documents together say: disagreements, claims, attributions, counts."""
        from ascribe.project.ledger import Ledger  # noqa: PLC0415 - loaded on use

        return Ledger(self)

    @cached_property
    def llm(self) -> Llm:
        """The large language model: what it may be sent, what that costs, and questions by way of files."""
        from ascribe.project.llm import Llm  # noqa: PLC0415 - loaded on use

        return Llm(self)

    def looking(self, options: Options | None = None) -> Looking:
        """Incidents, documents, accounts and passages as plain objects; `options` say what may be in them."""
        from ascribe.project.looking import Looking  # noqa: PLC0415 - loaded on use

        return Looking(self, options)

    @property
    def remarks(self) -> Remarks:
        """What documents say beyond single incidents."""
        from ascribe.project.remarks import Remarks  # noqa: PLC0415 - loaded on use

        return Remarks(self)

    @property
    def recording(self) -> Recording:
        """Readings made by hand, and how they enter."""
        from ascribe.project.recording import Recording  # noqa: PLC0415 - loaded on use

        return Recording(self)

    def accounts(self) -> Iterator[Told]:
        """Every incident account of the current readings, in its document, as it stands after the judgements."""
        return judged_accounts(self.casebook)

    def documents(self) -> Iterator[Document]:
        """Every document, in the order in which they were added."""
        return iter(self.casebook.documents())

    def document(self, prefix: str) -> DocumentView:
        """The document whose id begins so, with its readings and the incidents it tells of."""
        document = self.casebook.document(prefix)
        current = self.casebook.current_reading(document.id)
        older = [r for r in self.casebook.readings(document.id) if r != current]
        told = [i.id for i in self.casebook.incidents(documents=[document.id])]
        judged = judged_reading(current, self.casebook.judgements.standing())
        return DocumentView(document, (*older, current), tuple(told), judged)

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """Passages that hold the words, the best first, with the incidents they belong to."""
        return list(self.casebook.search(words, limit))

    def export(self, format: str, out: Path | str | TextIO, options: Options | None = None) -> int:
        """Write all incidents in a format; how many there were. A file is replaced only when it is whole."""
        from ascribe.project.exporting import export  # noqa: PLC0415 - loaded on use

        return export(self, format, out, options or Options())

    def verify(self) -> list[str]:
        """What is wrong with the casebook, one line each: bytes that changed, quotes that do not stand."""
        return [f"{problem.name}: {problem.what}" for problem in self.casebook.verify()]
