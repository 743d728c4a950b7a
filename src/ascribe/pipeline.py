"""The only place where the stages meet: bytes -> documents -> readings -> casebook -> incidents.

Stages know nothing of each other, of files, of the clock or of processes; here they are called one after the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

from ascribe.documents import LoadOptions, NearCopies, Source, load
from ascribe.engines import MEBIBYTE, Engine
from ascribe.engines.inprocess import InProcessEngine
from ascribe.engines.local import LocalEngine
from ascribe.errors import EvidenceError, SchemaError
from ascribe.incidents import group
from ascribe.model import Document, Publication, Reading, Skipped, sha256
from ascribe.readings import EXTRACTORS, Extractor, extractor
from ascribe.schema import Schema

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook


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
News = Literal["new", "read anew", "known"]


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
class Stored:
    """A document that is in the casebook. "Read anew" is by another reader, or from another date of publication.

    `unread` says why the reader made nothing of it, where it says so, now or when it was read. `marked_restricted`
    tells that the document was known and not restricted until now.
    """

    document: Document
    news: News
    source: int
    unread: tuple[Skipped, ...] = ()
    marked_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Engines:
    """Where sources are loaded and where documents are read; two, so that one slow source holds up no reader."""

    loading: Engine
    reading: Engine


def engines(jobs: int, seconds: float, memory: int, make_reader: MakeReader | None = None) -> Engines:
    """Engines for so many jobs (0: in this process), with bounds on each document: seconds, and MiB of memory.

    What a named reader needs is imported once for all workers.
    """
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

    for _, made in engine.reading.map(partial(_read, make_reader), documents()):
        before = waiting.popleft()
        if isinstance(before, Failed):
            yield before
        elif isinstance(made, Skipped):
            yield Failed(made, before.source)
        else:
            problem = _problem(before.document, made, schema)
            whole = Read(before.document, before.data, made, before.source)
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
    yield item if isinstance(item, Skipped) else _made(make_reader).read(item)


@lru_cache(maxsize=4)
def _made(make_reader: MakeReader) -> Extractor:
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


def add(
    casebook: Casebook,
    sources: Iterable[Source | Skipped],
    options: LoadOptions,
    make_reader: MakeReader,
    engine: Engines,
    schema: Schema,
    clock: Callable[[], datetime],
) -> Iterator[Stored | Failed]:
    """Store every document with its reading, each in one transaction, and tell of it once it is stored.

    A document that this version of the reader has read is left as it is; a new version reads it anew, beside the
    old reading. Documents that the casebook knows by another name or in other bytes are noted as seen there too.
    What the options say holds for known documents too: they are marked restricted, and a date of publication that
    differs from the stored one replaces it and the reading that reckoned from it.
    """
    known = _Known(casebook, _made(make_reader), clock, options)
    copies = NearCopies()
    for old in casebook.documents():
        copies.add(old)
    for outcome in read(known.unknown(sources), options, make_reader, engine, schema, copies, known.wants):
        yield from known.told()
        if isinstance(outcome, Failed):
            yield outcome
            continue
        anew, marked = known.is_published_anew(outcome.document), known.is_marked(outcome.document)
        news = _news(casebook, outcome, anew)
        try:
            save = casebook.publish if anew else casebook.save
            save(outcome.document, outcome.data, outcome.reading, recorded=clock())
        except (EvidenceError, SchemaError) as error:
            yield Failed(Skipped(outcome.document.name, str(error)), outcome.source)
            continue
        yield Stored(outcome.document, news, outcome.source, outcome.unread, marked)
    yield from known.told()


class _Known:
    """Keeps from the readers what this version of the reader has read, and notes where it was seen again.

    What the options say of a known document is brought to it: restriction at once, for all documents made of the same
    bytes; a date of publication by having the document read anew.
    """

    def __init__(
        self, casebook: Casebook, reader: Extractor, clock: Callable[[], datetime], options: LoadOptions
    ) -> None:
        self._casebook, self._reader, self._clock, self._options = casebook, reader, clock, options
        self._told: deque[Stored] = deque()
        self._marked: set[str] = set()

    def told(self) -> Iterator[Stored]:
        """The known documents met since this was last asked."""
        while self._told:
            yield self._told.popleft()

    def unknown(self, sources: Iterable[Source | Skipped]) -> Iterator[Source | Skipped | None]:
        """The sources, with None for a file that was read before under this name and has not changed since."""
        for number, source in enumerate(sources, 1):
            sighted = self._casebook.names_of(sha256(source.data)) if isinstance(source, Source) else ()
            if sighted and self._options.restricted and isinstance(source, Source):
                self._marked.update(self._casebook.restrict(sha256(source.data)))
            # a member of a container bears another name: containers are opened each time, lest one was cut short
            same = next((s for s in sighted if s.name == source.name and self._has_read(s.document_id)), None)
            document = None if same is None else self._casebook.document(same.document_id)
            if document is not None and not self._is_dated_otherwise(document) and self._has_data(source):
                self._tell(document, number)
                yield None
            else:
                yield source

    def wants(self, document: Document, data: bytes, number: int) -> Document | None:
        """The document as it is to be read; None, and noted as seen under this name, for one that has been read."""
        if not self._casebook.has_document(document.id):
            return document
        stored = self._casebook.document(document.id)
        document = replace(document, restricted=document.restricted or stored.restricted)
        if self._options.published is None and stored.publication is not None and stored.publication.how == "given":
            document = replace(document, publication=stored.publication)
        if not self._has_read(document.id) or self._is_dated_otherwise(stored):
            return document
        seen = any(
            s.name == document.name and s.document_id == document.id for s in self._casebook.names_of(document.bytes_id)
        )
        marked = self.is_marked(document)
        if not seen or marked or not self._casebook.has_data(document.bytes_id):
            before = self._casebook.current_reading(document.id)
            self._casebook.save(document, data, before, recorded=self._clock())
        self._tell(document, number, marked)
        return None

    def is_marked(self, document: Document) -> bool:
        """Whether a known document is restricted by this run and was not before; to be asked before it is saved."""
        if document.id in self._marked:
            return True
        known = document.restricted and self._casebook.has_document(document.id)
        return known and not self._casebook.document(document.id).restricted

    def is_published_anew(self, document: Document) -> bool:
        """Whether the casebook knows a document by another date of publication than the one that is given now."""
        if self._options.published is None or not self._casebook.has_document(document.id):
            return False
        return self._is_dated_otherwise(self._casebook.document(document.id))

    def _is_dated_otherwise(self, stored: Document) -> bool:
        given = self._options.published
        return given is not None and stored.publication != Publication(given, "given")

    def _has_data(self, source: Source | Skipped) -> bool:
        """Whether the casebook still has these bytes; those that were lost are brought back by adding them again."""
        return isinstance(source, Source) and self._casebook.has_data(sha256(source.data))

    def _has_read(self, document_id: str) -> bool:
        return self._casebook.has_reading(document_id, self._reader.name, self._reader.version)

    def _tell(self, document: Document, number: int, marked: bool = False) -> None:
        unread = self._casebook.unread(document.id, self._reader.name, self._reader.version)
        self._told.append(Stored(document, "known", number, unread, marked or document.id in self._marked))
        self._marked.discard(document.id)


def _news(casebook: Casebook, outcome: Read, anew: bool) -> News:
    reading = outcome.reading
    if not casebook.has_document(outcome.document.id):
        return "new"
    if anew or not casebook.has_reading(reading.document_id, reading.extractor, reading.version):
        return "read anew"
    return "known"


def link(casebook: Casebook) -> int:
    """Group the accounts of all current readings into incidents, in one transaction; the number of incidents."""
    groups = group(casebook.told())
    members = {
        incident: [(t.document.id, t.reading.extractor, t.reading.version, t.account.key) for t in told]
        for incident, told in groups.items()
    }
    casebook.set_incidents(members)
    return len(members)
