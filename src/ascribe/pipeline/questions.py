"""Documents -> questions to a large language model, and the estimate of what they cost: nothing is sent here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ascribe.documents import LoadOptions, Source, load
from ascribe.engines import Engine
from ascribe.model import Document, Skipped
from ascribe.readings.llm.exchange import Request

if TYPE_CHECKING:  # questions can be asked of documents that no casebook holds
    from ascribe.readings.llm.reader import LlmReader
    from ascribe.store import Casebook


@dataclass(frozen=True, slots=True)
class Asked:
    """A document with the questions about it that can be asked now and are not answered.

    `known` tells that the casebook has this reader's reading of it, so that nothing need be asked.
    """

    source: Source
    document: Document
    requests: tuple[Request, ...] = ()
    known: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """What tells its open questions apart from all others."""
        return frozenset(r.key for r in self.requests)


def documents_of(
    sources: Iterable[Source | Skipped], options: LoadOptions, engine: Engine, casebook: Casebook | None
) -> Iterator[tuple[Source, Document] | Skipped]:
    """Every document of the sources, restricted also where the casebook knows it to be."""
    for source, found in engine.map(partial(_load, options), sources):
        if isinstance(found, Skipped):
            yield found
        elif isinstance(source, Source):
            yield source, found if casebook is None else _as_known(found, casebook)


def questions(
    found: Iterable[tuple[Source, Document] | Skipped], reader: LlmReader, casebook: Casebook | None
) -> Iterator[Asked | Skipped]:
    """Every document with its open questions."""
    for one in found:
        if isinstance(one, Skipped):
            yield one
            continue
        source, document = one
        if casebook is not None and casebook.has_reading(document.id, reader.name, reader.version):
            yield Asked(source, document, known=True)
        else:
            yield Asked(source, document, tuple(reader.outstanding(document)))


def _load(options: LoadOptions, source: Source | Skipped) -> Iterator[Document | Skipped]:
    return iter((source,)) if isinstance(source, Skipped) else load(source, options)


def _as_known(document: Document, casebook: Casebook) -> Document:
    """With what the casebook says of it: that it is restricted, and a date of publication that was given by hand."""
    if not casebook.has_document(document.id):
        return document
    stored = casebook.document(document.id)
    given = document.publication is not None and document.publication.how == "given"
    if not given and stored.publication is not None and stored.publication.how == "given":
        document = replace(document, publication=stored.publication)
    return replace(document, restricted=document.restricted or stored.restricted)
