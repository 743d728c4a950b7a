"""JSON lines: one document a line, its text unchanged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ascribe.documents.canonical import Draft, document, skipped
from ascribe.documents.encodings import BINARY, Decoded, UndecodableError, beginning, decode, looks_binary
from ascribe.documents.published import date_in_markup, date_in_text
from ascribe.documents.source import LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Publication, Skipped

_HAS_TEXT = re.compile(r'"text"\s*:')
_FIELDS = ("title", "author", "publisher", "url")


class JsonLines:
    """Lines with `text` and, where known, `id`, `title`, `author`, `published`, `publisher` and `url`."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def sniff(self, data: bytes) -> bool:
        """Whether the first line is an object with a `text`."""
        if not beginning(data, 64).startswith("{"):
            return False
        first = beginning(data, 1 << 20).split("\n", 1)[0]
        return bool(_HAS_TEXT.search(first))

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """A document or a Skipped for each line that is not blank; a bad line does not stop the rest.

        An id may stand in one line only: a second document under it is skipped, for nobody could cite it.
        """
        decoded: Decoded | None = None
        data = source.data
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:64]:
            try:
                decoded = decode(data)
            except UndecodableError as error:
                raise DocumentError(source.name, str(error)) from None
            data = decoded.text.encode("utf-8")
        elif looks_binary(data[:65536]):
            raise DocumentError(source.name, BINARY)
        seen: dict[str, int] = {}
        for number, line in enumerate(_lines(data.removeprefix(b"\xef\xbb\xbf")), start=1):
            if not line.strip():
                continue
            if number > options.limits.max_members:
                yield skipped(source.name, f"more than {options.limits.max_members:,} lines: split the file")
                return
            yield self._line(source.name, number, line, seen, options, decoded.encoding if decoded else "utf-8")

    def _line(
        self, name: str, number: int, line: bytes, seen: dict[str, int], options: LoadOptions, encoding: str
    ) -> Document | Skipped:
        where = f"{name}:{number}"
        try:
            record = _record(line)
        except ValueError as error:
            return skipped(where, f"line {number}: {error}")
        key = record.get("id")
        own = str(key) if isinstance(key, (str, int)) and str(key).strip() else where
        if own in seen:
            return skipped(
                own, f"line {number}: the id {own[:80]!r} stands in line {seen[own]} already; give it its own"
            )
        seen[own] = number
        return document(_draft(own, line, record, encoding), options)


def _lines(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        yield data[start:end]
        start = end + 1


def _record(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises ValueError with what is wrong with it."""
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8; write the file in UTF-8") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON ({error.msg} at character {error.pos + 1})") from None
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError as error:  # a number with more digits than Python reads
        raise ValueError(f"no JSON that can be read ({error})") from None
    if not isinstance(record, dict):
        raise ValueError('no object; each line is {"id": ..., "text": ...}')
    if not isinstance(record.get("text"), str):
        raise ValueError('no "text" in it, or it is no string')
    return record


def _draft(name: str, line: bytes, record: dict[str, Any], encoding: str) -> Draft:
    fields = {f: record[f] for f in _FIELDS if isinstance(record.get(f), str)}
    notes: list[str] = []
    publication = date_in_text(record["text"])
    given = record.get("published")
    if given not in (None, ""):
        value = date_in_markup(str(given))
        if value is None:
            notes.append(f'"published" is no date: {str(given)[:40]!r}; write 2018-12-12')
        else:
            publication = Publication(value, "jsonl:published")
    return Draft(
        name=name,
        data=line,
        text=record["text"],
        format="jsonl",
        publication=publication,
        encoding=encoding,
        notes=tuple(notes),
        **fields,
    )
