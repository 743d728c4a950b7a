"""`project.llm`: questions to a large language model by way of files, estimates, and the answers that come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, TextIO

from ascribe import pipeline
from ascribe.documents import Source
from ascribe.engines.inprocess import InProcessEngine
from ascribe.errors import AscribeError
from ascribe.model import Document, Skipped
from ascribe.pipeline import Stored
from ascribe.pipeline.questions import Asked, documents_of, questions
from ascribe.project.files import files_of, sources_of
from ascribe.project.model_access import ModelAccess, access_for
from ascribe.project.pending import Pending, PendingFolder
from ascribe.project.reading import load_options
from ascribe.readings.llm.batch import Answer, answers_in, question_line
from ascribe.readings.llm.reader import NOT_ANSWERED, LlmReader
from ascribe.readings.llm.spending import Estimate

__all__ = ["Collected", "Estimate", "Llm", "Prepared", "estimate_files"]

if TYPE_CHECKING:
    from ascribe.project import Project
    from ascribe.store import Casebook

_RESTRICTED = "is restricted and left out; --include-restricted writes its questions too"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of preparing: documents with questions, questions, documents that need none, and those left out."""

    documents: int = 0
    questions: int = 0
    known: int = 0
    left_out: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of collecting.

    `taken` answers were of use; `problems` are lines that were not, each with its reason; `missing` are documents with
    questions that the file does not answer; `read` documents are in the casebook now; `further` questions are open, of
    which `missing_questions` were asked before.
    """

    taken: int = 0
    read: int = 0
    further: int = 0
    missing_questions: int = 0
    incidents: int = 0
    problems: tuple[Skipped, ...] = ()
    missing: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()


class Llm:
    """The large language model of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._pending = PendingFolder(project.folder / "llm" / "waiting")

    @cached_property
    def access(self) -> ModelAccess:
        """Settings, kept replies and permission."""
        return access_for(self._project.folder, self._project.settings, self._project.schema)

    def estimate(
        self,
        paths: Sequence[Path | str],
        published: str | None = None,
        restricted: bool = False,
        format: str | None = None,
        stdin: BinaryIO | None = None,
    ) -> tuple[Estimate, tuple[Skipped, ...]]:
        """What reading documents would cost, and what would not be read. Nothing is sent or stored."""
        return estimate_files(self.access, paths, published, restricted, format, stdin, self._project.casebook)

    def prepare(
        self,
        paths: Sequence[Path | str],
        out: Path | str,
        published: str | None = None,
        restricted: bool = False,
        format: str | None = None,
        include_restricted: bool = False,
        stdin: BinaryIO | None = None,
    ) -> Prepared:
        """Write all questions that can be asked now about documents to a file, and keep the documents for the answers.

        Nothing is sent. Restricted documents are left out unless `include_restricted` is set: where the file goes is
        not known here.
        """
        reader = self.access.offline()
        report, left_out = Prepared(), list[Skipped]()
        handed_in = Pending("", published, restricted, format, include_restricted)
        last: Source | None = None
        found = documents_of(
            sources_of(files_of(paths), stdin),
            load_options(published, restricted, format),
            self._engine(),
            self._project.casebook,
        )
        with _Lines(Path(out)) as lines:
            for one in questions(found, reader, self._project.casebook):
                if isinstance(one, Skipped):
                    left_out.append(one)
                elif one.known:
                    report = replace(report, known=report.known + 1)
                elif one.document.restricted and not include_restricted:
                    left_out.append(Skipped(one.document.name, _RESTRICTED))
                else:
                    if one.source is not last:
                        self._pending.add(replace(handed_in, name=one.source.name), one.source.data)
                        last = one.source
                    lines.write(question_line(r, self.access.config) for r in one.requests)
                    report = replace(
                        report, documents=report.documents + 1, questions=report.questions + len(one.requests)
                    )
        return replace(report, left_out=tuple(left_out))

    def collect(self, answers: Path | str, out: Path | str | None = None, partial: bool = False) -> Collected:
        """Take answers from a file; read the documents that are wholly answered into the casebook.

        Questions that are open then, among them those of a second pass, are written to `out`. With `partial`,
        documents are read as far as they are answered, and nothing stays open. Nothing is sent.
        """
        waiting = self._open()
        before = _keys(waiting)
        if not any(True for _ in self._pending):
            raise AscribeError("no document waits for answers; `ascribe llm prepare` writes questions first")
        taken, problems = self._take(Path(answers), waiting)
        read, failed = self._read(partial)
        left = [] if partial else self._open(drop=True)
        if partial:
            for stem, _, _ in list(self._pending):
                self._pending.remove(stem)
        after = _keys(left)
        if out is not None:
            with _Lines(Path(out)) as lines:
                for one in left:
                    lines.write(question_line(r, self.access.config) for r in one.requests)
        missing = [
            Skipped(one.document.name, f"{len(one.keys & before)} of its questions not answered")
            for one in left
            if one.keys & before
        ]
        return Collected(
            taken,
            read,
            len(after),
            len(after & before),
            pipeline.link(self._project.casebook).incidents,
            tuple(problems),
            tuple(missing),
            tuple(failed),
        )

    def _engine(self) -> InProcessEngine:
        return InProcessEngine(self._project.settings.seconds)

    def _open(self, drop: bool = False) -> list[Asked]:
        """The waiting documents with open questions; `drop` forgets sources that have none left."""
        reader = self.access.offline()
        found: list[Asked] = []
        for stem, pending, source in list(self._pending):
            documents = self._documents(pending, source)
            here = [
                one
                for one in questions(documents, reader, self._project.casebook)
                if isinstance(one, Asked) and one.requests
            ]
            found += here
            if drop and not here:
                self._pending.remove(stem)
        return found

    def _documents(self, pending: Pending, source: Source) -> Iterator[tuple[Source, Document] | Skipped]:
        options = load_options(pending.published, pending.restricted, pending.format)
        for one in documents_of([source], options, self._engine(), self._project.casebook):
            if isinstance(one, Skipped) or pending.include_restricted or not one[1].restricted:
                yield one

    def _take(self, path: Path, waiting: list[Asked]) -> tuple[int, list[Skipped]]:
        """Keep the answers of a file to open questions, those to questions that arise from them included."""
        taken: set[str] = set()
        problems: dict[int, str] = {}
        while True:
            wanted = _keys(waiting)
            fresh = 0
            problems = {}
            seen: set[str] = set()
            with _opened(path) as file:
                for answer in answers_in(file):
                    problem = self._taken(answer, wanted, taken, seen)
                    if problem is None:
                        fresh += answer.key not in taken
                        taken.add(str(answer.key))
                    else:
                        problems[answer.line] = problem
            if not fresh:
                return len(taken), [Skipped(f"{path}: line {n}", words) for n, words in sorted(problems.items())]
            waiting = self._open()

    def _taken(self, answer: Answer, wanted: set[str], taken: set[str], seen: set[str]) -> str | None:
        """Keep one answer, or say why not."""
        if answer.problem is not None or answer.key is None:
            return answer.problem or "no answer"
        if answer.key in seen:
            return "a second answer to the same question; the first one counts"
        seen.add(answer.key)
        if answer.key in taken:
            return None
        if answer.key not in wanted:
            return "was answered before" if self.access.has(answer.key) else "answers no question that was asked here"
        assert answer.reply is not None
        return self.access.keep(answer.key, answer.reply)

    def _read(self, partial: bool) -> tuple[int, list[Skipped]]:
        """Read what is answered into the casebook."""
        project, reader = self._project, self.access.offline(partial=partial)
        engines = pipeline.Engines(self._engine(), self._engine())
        read, failed = 0, list[Skipped]()
        for _, pending, source in list(self._pending):
            options = load_options(pending.published, pending.restricted, pending.format)
            for outcome in pipeline.add(
                project.casebook, [source], options, _Given(reader), engines, project.schema, _now
            ):
                if isinstance(outcome, Stored):
                    read += outcome.news != "known"
                    failed += outcome.unread
                elif partial or NOT_ANSWERED not in outcome.skipped.reason:
                    failed.append(outcome.skipped)
        return read, failed


def estimate_files(
    access: ModelAccess,
    paths: Sequence[Path | str],
    published: str | None = None,
    restricted: bool = False,
    format: str | None = None,
    stdin: BinaryIO | None = None,
    casebook: Casebook | None = None,
) -> tuple[Estimate, tuple[Skipped, ...]]:
    """What reading files would cost, and what would not be read. What the casebook has is left out of it."""
    reader, total, left_out = access.offline(), Estimate(), list[Skipped]()
    sources = sources_of(files_of(paths), stdin)
    for one in documents_of(sources, load_options(published, restricted, format), InProcessEngine(), casebook):
        if isinstance(one, Skipped):
            left_out.append(one)
        elif one[1].restricted and access.sends_away:
            left_out.append(Skipped(one[1].name, f"is restricted and would not be sent to {access.config.host}"))
        elif casebook is None or not casebook.has_reading(one[1].id, reader.name, reader.version):
            total = total + reader.estimate(one[1])
    return total, tuple(left_out)


class _Given:
    """A maker that gives the reader it was made with."""

    def __init__(self, reader: LlmReader) -> None:
        self._reader = reader

    def __call__(self) -> LlmReader:
        return self._reader


class _Lines:
    """A file that is written beside its place and moved there when it is whole."""

    def __init__(self, path: Path) -> None:
        self._path, self._beside = path, path.with_name(f".{path.name}.part")

    def __enter__(self) -> _Lines:
        try:
            self._file: TextIO = self._beside.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise AscribeError(f"{self._path}: cannot be written: {error.strerror}") from None
        return self

    def write(self, lines: Iterable[str]) -> None:
        self._file.writelines(f"{line}\n" for line in lines)

    def __exit__(self, kind: object, *_: object) -> None:
        self._file.close()
        if kind is None:
            self._beside.replace(self._path)
        else:
            self._beside.unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.now(UTC)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise AscribeError(f"{path}: cannot be opened: {error.strerror}") from None


def _keys(waiting: Iterable[Asked]) -> set[str]:
    return {key for one in waiting for key in one.keys}
