"""Documents read by an extractor through the public names of `ascribe`."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from typing import Any

from ascribe.exports.reading import reading_json
from ascribe.model import DateValue, Document, Publication, sha256
from ascribe.readings import extractor
from ascribe.schema import bundled_schema
from evaluation.annotated_slots import interval
from evaluation.gold_format import GoldDocument

_PRECISION = ("year", "month", "day")


def publication(published: str | None) -> Publication | None:
    """A day, month or year (ISO) as the anchor of relative dates; None where there is none."""
    if not published:
        return None
    days = interval(published)
    precision: Any = _PRECISION[published.count("-")] if "/" not in published else "interval"
    when = DateValue(date.fromisoformat(days["start"]), date.fromisoformat(days["end"]), precision, "given")
    return Publication(when, "given")


def document(
    name: str, text: str, published: str | None = None, title: str | None = None, publisher: str | None = None
) -> Document:
    """A document as it comes from a plain text: the given text, unchanged, so that offsets can be compared."""
    return Document(
        id=sha256(text),
        bytes_id=sha256(text.encode("utf-8")),
        name=name,
        text=text,
        format="text",
        title=title,
        publisher=publisher,
        language="en",
        publication=publication(published),
        encoding="utf-8",
    )


def read_one(gold: GoldDocument, reader: str) -> dict[str, Any]:
    """One gold document as the reader reads it, in the exchange format."""
    given = document(gold.name, gold.text, gold.published, gold.title, gold.publisher)
    return reading_json(given, extractor(reader).read(given), bundled_schema())


def read_all(gold: Iterable[GoldDocument], reader: str, jobs: int = 1) -> list[dict[str, Any]]:
    """Every gold document in the exchange format, in the given order; `jobs` processes share the work."""
    read = partial(read_one, reader=reader)
    if jobs < 2:
        return [read(g) for g in gold]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(read, gold, chunksize=4))
