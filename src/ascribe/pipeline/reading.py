"""Sources -> documents -> readings: what is read and by whom, each document within its bounds."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from ascribe.documents import LoadOptions, NearCopies, Source, load
from ascribe.engines import MEBIBYTE, Engine
from ascribe.engines.concurrent import ConcurrentEngine
from ascribe.engines.inprocess import InProcessEngine
from ascribe.engines.local import LocalEngine
from ascribe.errors import SchemaError
from ascribe.model import Document, Reading, Skipped, sha256
from ascribe.readings import EXTRACTORS, Extractor, extractor
from ascribe.schema import Schema


@dataclass(frozen=True, slots=True)
class NamedReader:
    """Makes the extractor of a name, in whichever process it is wanted."""

    name: str

    def __call__(self) -> Extractor:
        """The extractor."""
        return extractor(self.name)

    @property
    def module(self) -> str:
        """Where it is defined, as far as that is known without loading it."""
        return EXTRACTORS.get(self.name, "ascribe.readings").partition(":")[0]


MakeReader = Callable[[], Extractor]


@dataclass(frozen=True, slots=True)
class Read:
    """A document with the bytes that it came in and what was made of it; `source` counts the sources from 1."""

    document: Document
    data: bytes
    reading: Reading
    source: int

    @property
    def unread(self) -> tuple[Skipped, ...]:
        """Why the reader made nothing of the document, where it says so."""
        return () if self.reading.accounts else self.reading.skipped


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be read, and from which source it came."""

    skipped: Skipped
    source: int


@dataclass(frozen=True, slots=True)
class Engines:
    """Where sources are loaded and where documents are read; two, so that one slow source holds up no reader."""

    loading: Engine
    reading: Engine


def engines(jobs: int, seconds: float, memory: int, make_reader: MakeReader | None = None) -> Engines:
    """Engines for so many jobs (0: in this process), with bounds on each document: seconds, and MiB of memory.

    What a named reader needs is imported once for all workers. A reader that waits for a server (`concurrency`) has
    threads of this process instead, and bounds its time itself.
    """
    width = getattr(made(make_reader), "concurrency", 0) if make_reader is not None else 0
    if width:
        loading = InProcessEngine(seconds) if jobs == 0 else LocalEngine(max(1, jobs // 3), seconds, memory * MEBIBYTE)
        return Engines(loading, ConcurrentEngine(width))
    if jobs == 0:
        return Engines(InProcessEngine(seconds), InProcessEngine(seconds))
    named = make_reader.module if isinstance(make_reader, NamedReader) else "ascribe.readings"
    bounds = (seconds, memory * MEBIBYTE, ("ascribe.documents", named))
    return Engines(LocalEngine(max(1, jobs // 3), *bounds), LocalEngine(jobs, *bounds))


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A document on its way to a reader, or what is known instead of it."""

    document: Document
    data: bytes
    source: int

    @property
    def name(self) -> str:
        """The document's name."""
        return self.document.name


def read(
    sources: Iterable[Source | Skipped | None],
    options: LoadOptions,
    make_reader: MakeReader,
    engine: Engines,
    schema: Schema,
    near_copies: NearCopies | None = None,
    wanted: Callable[[Document, bytes, int], Document | None] | None = None,
) -> Iterator[Read | Failed]:
    """Every document of the sources with its reading, or the reason why there is none, in order and as they come.

    A reading whose words are not the document's, or that does not fit the schema, is a failure too. `wanted` is
    asked for each document before it is read: the document as it is to be read, or None to leave it. A source that is
    None only counts. `near_copies` learns each document
    and says which reprints which.
    """
    waiting: deque[_Loaded | Failed] = deque()
    copies = near_copies if near_copies is not None else NearCopies()

    def documents() -> Iterator[Document | Skipped]:
        for number, source, found in _numbered(engine.loading, options, sources):
            if isinstance(found, Skipped):
                waiting.append(Failed(found, number))
                yield found
                continue
            data = source.data if isinstance(source, Source) else b""
            # A member of a container (feed, JSON lines, WARC) is kept with the bytes of the whole container.
            whole = replace(found, bytes_id=sha256(data), near_copy_of=copies.add(found))
            document = whole if wanted is None else wanted(whole, data, number)
            if document is not None:
                waiting.append(_Loaded(document, data, number))
                yield document

    for _, outcome in engine.reading.map(partial(_read, make_reader), documents()):
        before = waiting.popleft()
        if isinstance(before, Failed):
            yield before
        elif isinstance(outcome, Skipped):
            yield Failed(outcome, before.source)
        else:
            problem = _problem(before.document, outcome, schema)
            whole = Read(before.document, before.data, outcome, before.source)
            yield Failed(Skipped(before.name, problem), before.source) if problem else whole


def _numbered(
    engine: Engine, options: LoadOptions, sources: Iterable[Source | Skipped | None]
) -> Iterator[tuple[int, Source | Skipped, Document | Skipped]]:
    numbers: dict[int, int] = {}

    def counted() -> Iterator[Source | Skipped]:
        for number, source in enumerate(sources, 1):
            if source is not None:
                numbers[id(source)] = number
                yield source

    for source, found in engine.map(partial(_load, options), counted()):
        yield numbers[id(source)], source, found


def _load(options: LoadOptions, source: Source | Skipped) -> Iterator[Document | Skipped]:
    return iter((source,)) if isinstance(source, Skipped) else load(source, options)


def _read(make_reader: MakeReader, item: Document | Skipped) -> Iterator[Reading | Skipped]:
    yield item if isinstance(item, Skipped) else made(make_reader).read(item)


@lru_cache(maxsize=4)
def made(make_reader: MakeReader) -> Extractor:
    """One extractor a process: what it loads is loaded once."""
    return make_reader()


def _problem(document: Document, reading: Reading, schema: Schema) -> str | None:
    """Why a reading cannot be believed: its words are not there, or its values do not fit. None for a good one."""
    try:
        for account in reading.accounts:
            schema.check(account)
            passages = (account.anchor, *account.evidence, *(e for s in account.statements for e in s.evidence))
            if any(p.document_id != document.id or document.text[p.start : p.end] != p.quote for p in passages):
                return f"the reader {reading.extractor} {reading.version} quotes words that are not in the text"
    except SchemaError as error:
        return f"the reader {reading.extractor} {reading.version} gives a value that does not fit: {error}"
    return None
