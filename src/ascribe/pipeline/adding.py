"""Documents and readings -> casebook: what is new is stored, what is known is left as it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from ascribe.documents import LoadOptions, NearCopies, Source
from ascribe.errors import EvidenceError, SchemaError
from ascribe.model import Document, Publication, Skipped, sha256
from ascribe.pipeline.reading import Engines, Failed, MakeReader, Read, made, read
from ascribe.readings import Extractor
from ascribe.schema import Schema

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook

News = Literal["new", "read anew", "known"]


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
    known = _Known(casebook, made(make_reader), clock, options)
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
