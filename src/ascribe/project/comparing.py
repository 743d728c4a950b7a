"""Two readers side by side, value by value, with the sentences: of files, or of what a casebook holds."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascribe.errors import AscribeError
from ascribe.model import Account, Document, Reading, Skipped, Statement
from ascribe.pipeline import Failed, MakeReader, Read
from ascribe.project.reading import read_files
from ascribe.readings import extractor
from ascribe.readings.agreement import RANK, STANDINGS, Compared, Paired, Standing, compare_readings
from ascribe.readings.sentences import sentences
from ascribe.schema import Schema

if TYPE_CHECKING:
    from ascribe.project import Project

__all__ = [
    "STANDINGS",
    "BothRead",
    "Difference",
    "both_of",
    "both_read",
    "both_stored",
    "compared_json",
    "counts",
    "differences",
]

Json = dict[str, Any]
_LONGEST = 400  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True)
class BothRead:
    """A document as two readers read it; `fills` are the properties that each of them can state."""

    document: Document
    left: Reading
    right: Reading
    pairs: tuple[Paired, ...]
    fills: tuple[frozenset[str], frozenset[str]]

    def could_differ(self, value: Compared) -> bool:
        """Whether a value that only one reader gives is one that the other could have given."""
        silent = 0 if value.left is None else 1
        return value.standing != "alone" or value.prop.path in self.fills[silent]


@dataclass(frozen=True, slots=True)
class Difference:
    """One value on which two readers do not agree, or, where `value` is None, an incident that one of them lacks."""

    read: BothRead
    pair: Paired
    value: Compared | None

    @property
    def standing(self) -> Standing:
        """How they stand to each other here."""
        return "alone" if self.value is None else self.value.standing


def both_read(
    paths: Sequence[Path | str],
    readers: tuple[str | MakeReader, str | MakeReader],
    published: str | None,
    jobs: int | None,
    format: str | None,
    schema: Schema,
) -> Iterator[BothRead | Skipped]:
    """Every document of files as two readers read it, or why one of them could not."""
    one, other = (read_files(paths, published, reader, jobs, format)[1] for reader in readers)
    fills = (_fills(readers[0]), _fills(readers[1]))
    for left, right in zip(one, other, strict=True):
        failed = next((o for o in (left, right) if isinstance(o, Failed)), None)
        if isinstance(failed, Failed):
            yield failed.skipped
        elif isinstance(left, Read) and isinstance(right, Read):
            yield _both(left.document, left.reading, right.reading, fills, schema)


def both_stored(project: Project, readers: tuple[str, str]) -> Iterator[BothRead]:
    """Every document of a casebook that has current readings by both readers. AscribeError where there is none."""
    found, fills = False, (_stored_fills(readers[0], project.schema), _stored_fills(readers[1], project.schema))
    for document in project.casebook.documents():
        latest = [list(project.casebook.readings(document.id, name))[-1:] for name in readers]
        if all(latest):
            found = True
            yield _both(document, latest[0][0], latest[1][0], fills, project.schema)
    if not found:
        raise AscribeError(
            f"no document has been read by both {readers[0]} and {readers[1]}; add documents with the one and then "
            "with the other, or name files"
        )


def both_of(document: Document, left: Reading, right: Reading, schema: Schema) -> BothRead:
    """A stored document as two of its readings have it."""
    return _both(
        document, left, right, (_stored_fills(left.extractor, schema), _stored_fills(right.extractor, schema)), schema
    )


def _both(
    document: Document, left: Reading, right: Reading, fills: tuple[frozenset[str], frozenset[str]], schema: Schema
) -> BothRead:
    return BothRead(document, left, right, tuple(compare_readings(left, right, schema)), fills)


def _stored_fills(name: str, schema: Schema) -> frozenset[str]:
    """What the maker of stored readings can state: everything, where it is a person or is not installed here."""
    try:
        return extractor(name).fills
    except AscribeError:
        return frozenset(p.path for p in schema.properties())


def _fills(reader: str | MakeReader) -> frozenset[str]:
    return (extractor(reader) if isinstance(reader, str) else reader()).fills


def differences(read: Iterable[BothRead]) -> list[Difference]:
    """What needs a person, worst first: values that exclude each other, then what only one reader has.

    What the other reader cannot state at all is no difference.
    """
    found = [
        Difference(one, pair, value)
        for one in read
        for pair in one.pairs
        for value in (pair.values if pair.left and pair.right else (None,))
        if value is None or (value.standing != "agree" and one.could_differ(value))
    ]
    return sorted(found, key=lambda d: (RANK[d.standing], d.value is not None))


def counts(read: Iterable[BothRead]) -> dict[Standing, int]:
    """How often the readers stand so to each other, over all values of incidents that both tell."""
    tally = Counter(v.standing for one in read for pair in one.pairs if pair.left and pair.right for v in pair.values)
    return {standing: tally[standing] for standing in STANDINGS}


def compared_json(read: BothRead) -> Json:
    """One document, its incidents and values, with the sentences."""
    around = _Sentences(read.document.text)
    return {
        "path": read.document.name,
        "id": read.document.id,
        "readers": [{"name": r.extractor, "version": r.version} for r in (read.left, read.right)],
        "incidents": [
            {
                "standing": pair.standing,
                "left": _account(pair.left),
                "right": _account(pair.right),
                "values": [value_json(value, around) for value in pair.values],
            }
            for pair in read.pairs
        ],
    }


def difference_json(found: Difference) -> Json:
    """One difference, with the sentences."""
    around = _Sentences(found.read.document.text)
    told = {"path": found.read.document.name, "id": found.read.document.id, "standing": found.standing}
    if found.value is not None:
        return {**told, **value_json(found.value, around)}
    sides = (_told(around, found.pair.left), _told(around, found.pair.right))
    return {**told, "property": "incident", "left": sides[0], "right": sides[1]}


def value_json(value: Compared, around: _Sentences) -> Json:
    """One value as two readers give it."""
    left, right = (_side(value, s, around) for s in (value.left, value.right))
    return {"property": value.prop.path, "standing": value.standing, "left": left, "right": right}


def _account(account: Account | None) -> Json | None:
    if account is None:
        return None
    anchor = account.anchor
    return {"key": account.key, "start": anchor.start, "end": anchor.end, "quote": anchor.quote}


def _told(around: _Sentences, account: Account | None) -> Json | None:
    if account is None:
        return None
    return {"shown": "an incident", **around.words(account.anchor.start, account.anchor.end, account.anchor.quote)}


def _side(value: Compared, statement: Statement | None, around: _Sentences) -> Json | None:
    if statement is None:
        return None
    evidence = statement.evidence[0]
    shown = value.prop.type.show(statement.value)
    told = shown if statement.stance == "asserted" else f"{shown} ({statement.stance.replace('_', ' ')})"
    return {
        "shown": told,
        "confidence": statement.confidence,
        **around.words(evidence.start, evidence.end, evidence.quote),
    }


class _Sentences:
    """The sentences of a text, to show words in."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [(s.start, s.end) for s in sentences(text)]

    def words(self, start: int, end: int, quote: str) -> Json:
        """Where words stand, and in which sentence."""
        at = bisect_right(self._spans, start, key=lambda s: s[0]) - 1
        first, last = self._spans[at] if at >= 0 else (start, end)
        return {"start": start, "end": end, "quote": quote, "sentence": self._text[first : max(last, end)][:_LONGEST]}
