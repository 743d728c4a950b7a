"""Documents and readings -> uses of a term: what readers stated, and the text itself where no reader was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ascribe.model import Document, Reading, Told
from ascribe.pipeline.judged import judged_reading
from ascribe.readings.context import uses_of
from ascribe.registers.terms import Term, TermRegister
from ascribe.sources import is_found

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook


def uses_in(casebook: Casebook, term: Term, min_confidence: float = 0.0) -> Iterator[Told]:
    """The term accounts of every document that holds the term, in order of addition.

    What is found of the term in the current reading stands; a document of which nothing is is searched by rules.
    """
    register = TermRegister([term])
    standing = casebook.judgements.standing()
    for document in casebook.documents():
        if next(register.spans(document.text), None) is None:
            continue
        reading = judged_reading(casebook.current_reading(document.id), standing)
        told = list(_stated(document, reading, term, min_confidence))
        yield from told or (Told(document, reading, a) for a in uses_of(document, register))


def _stated(document: Document, reading: Reading, term: Term, min_confidence: float) -> Iterator[Told]:
    known = re.compile("|".join((re.escape(term.term), *term.forms)), re.IGNORECASE)
    for read in reading.of_kind("term"):
        account = replace(read, statements=tuple(s for s in read.statements if is_found(s, min_confidence)))
        named = account.first("term")
        if named is not None and known.fullmatch(str(getattr(named.value, "text", ""))):
            yield Told(document, reading, account)
