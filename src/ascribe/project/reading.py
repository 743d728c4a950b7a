"""Reading documents without a project, and what reading is told: how to load, who reads, how many work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import BinaryIO

from ascribe import pipeline
from ascribe.documents import LoadOptions, parse_published
from ascribe.errors import AscribeError
from ascribe.exports.summary import IncidentSummary, Showing, summarise
from ascribe.model import Document, Incident, Reading, Skipped, Told
from ascribe.pipeline import Failed, MakeReader, NamedReader, Read
from ascribe.project.files import files_of, size_of, sources_of
from ascribe.project.settings import Settings
from ascribe.readings import DEFAULT, EXTRACTORS, extractor
from ascribe.schema import Schema, bundled_schema

_SMALL = 256 * 1024  # bytes up to which one file is read here rather than in worker processes


def read_files(
    paths: Sequence[Path | str],
    published: str | None = None,
    reader: str | MakeReader = DEFAULT,
    jobs: int | None = None,
    format: str | None = None,
    stdin: BinaryIO | None = None,
    settings: Settings | None = None,
    schema: Schema | None = None,
) -> tuple[int, Iterator[Read | Failed]]:
    """Read files, folders and "-" without a project: how many sources there are, and each document as it is read."""
    options, settings = load_options(published, False, format), settings or Settings()
    files = files_of(paths)
    make = reader_of(reader)
    engines = engines_for(files, settings.jobs if jobs is None else jobs, settings, make)
    make()  # an unknown name is an error before anything is read
    return len(files), pipeline.read(sources_of(files, stdin), options, make, engines, schema or bundled_schema())


def summaries_in(
    document: Document, reading: Reading, schema: Schema | None = None, showing: Showing | None = None
) -> list[IncidentSummary]:
    """The incidents of one document with what is shown for them; their ids are the keys of its accounts."""
    told = [Told(document, reading, a) for a in reading.of_kind("incident")]
    return [summarise(Incident(t.account.key, (t,)), schema or bundled_schema(), showing) for t in told]


def coverage() -> dict[str, list[str]]:
    """Which readers fill which property (`kind.property`); a reader that cannot be loaded here fills nothing."""
    found: dict[str, list[str]] = {}
    for name in sorted({*EXTRACTORS, *(e.name for e in entry_points(group="ascribe.extractors"))}):
        try:
            fills = extractor(name).fills
        except (AscribeError, ImportError):
            continue
        for path in fills:
            found.setdefault(path, []).append(name)
    return found


def reader_of(reader: str | MakeReader) -> MakeReader:
    """What makes a reader, from its name too."""
    return NamedReader(reader) if isinstance(reader, str) else reader


def load_options(published: str | None, restricted: bool, format: str | None) -> LoadOptions:
    """How to load, from what a person gives; AscribeError for a date that is none."""
    return LoadOptions(
        published=parse_published(published) if published else None, restricted=restricted, format=format
    )


def engines_for(
    files: Sequence[Path | Skipped], jobs: int | None, settings: Settings, make: MakeReader
) -> pipeline.Engines:
    """In this process for one small file, which is done before workers could start; else one worker a processor."""
    if jobs is None:
        small = len(files) == 1 and size_of(files[0]) <= _SMALL
        jobs = 0 if small else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return pipeline.engines(jobs, settings.seconds, settings.memory_mb, make)
