"""Web archives: the pages and texts among a WARC's records, compressed or not."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any

from ascribe.documents.canonical import skipped
from ascribe.documents.formats.html import Html, page
from ascribe.documents.formats.text import plain_text
from ascribe.documents.source import Limits, LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Skipped

_GZIP = b"\x1f\x8b"
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_UNSTATED = frozenset(("", "application/octet-stream", "unk", "no-type"))
_CHUNK = 1 << 16
_CUT = "the archive is cut or damaged after {} of its records; fetch it again to read the rest"


class _TooMuchError(Exception):
    """The archive unfolds beyond the limit."""


class _Unpacked:
    """What a gzip file of any number of members unfolds to; what stands before a cut is given out first."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)
        self._at = 0
        self._rest = b""
        self._member: Any = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end. Raises EOFError at a cut, zlib.error at damage."""
        while True:
            if not self._rest:
                self._rest = bytes(self._data[self._at : self._at + _CHUNK])
                self._at += len(self._rest)
            if self._member is None:
                self._rest = self._rest.lstrip(b"\x00")  # padding between members
                if not self._rest:
                    if self._at >= len(self._data):
                        return b""
                    continue
                self._member = zlib.decompressobj(31)
            elif not self._rest and self._at >= len(self._data):
                self._rest = b""
                if not (left := self._member.decompress(b"", size)):
                    raise EOFError
                return bytes(left)
            out: bytes = self._member.decompress(self._rest, size)
            if self._member.eof:
                self._rest, self._member = self._member.unused_data, None
            else:
                self._rest = self._member.unconsumed_tail
            if out:
                return out


class _Counted(io.RawIOBase):
    """A stream that stops once it has given out more than the limit, however little it was packed in."""

    def __init__(self, stream: Any, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._limit = limit
        self._given = 0
        self.broken = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self._given

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        # the parser only asks where it is, by moving nowhere
        if (whence, offset) in ((io.SEEK_CUR, 0), (io.SEEK_SET, self._given)):
            return self._given
        raise io.UnsupportedOperation("an archive is read from its beginning to its end")

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._stream.read(_CHUNK if size is None or size < 0 else min(size, _CHUNK))
        except (EOFError, OSError, zlib.error):
            self.broken = True
            return b""
        self._given += len(data)
        if self._given > self._limit:
            raise _TooMuchError
        return data


class Warc:
    """WARC 1.0 and 1.1. Images, scripts, requests and redirects are no documents and are passed over in silence."""

    name = "warc"
    suffixes = (".warc", ".warc.gz")

    def sniff(self, data: bytes) -> bool:
        """Whether it begins with a WARC record, or is packed and begins with one."""
        if data.startswith(_GZIP):
            try:
                return zlib.decompressobj(31).decompress(data[:4096], 16).startswith(b"WARC/")
            except zlib.error:
                return False
        return data.startswith(b"WARC/1.")

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """A document or a Skipped for each page or text; whole records before a cut are read, the rest is one Skipped.

        A member's name is the address that it was fetched from.
        """
        packed = source.data.startswith(_GZIP)
        stream = _Counted(
            _Unpacked(source.data) if packed else io.BytesIO(source.data), _allowed(source, options.limits, packed)
        )
        read = found = 0
        try:
            for record in _records(stream):
                if found >= options.limits.max_members:
                    yield skipped(source.name, f"more than {options.limits.max_members:,} pages: split the archive")
                    return
                item = _read(record, f"{source.name}#{read + 1}", options)
                read += 1
                if item is not None:
                    found += 1
                    yield item
        except _TooMuchError:
            limit = options.limits.max_expansion >> 20
            yield skipped(
                source.name, f"unfolds to more than {limit:,} MiB: the rest after {read} records was not read"
            )
            return
        except _CutError:
            stream.broken = True
        if stream.broken:
            yield skipped(source.name, _CUT.format(read))
        elif not found:
            yield skipped(source.name, "no HTML or text among the records of the archive")


class _CutError(Exception):
    """The archive ends inside a record, or what follows is no record."""


def _allowed(source: Source, limits: Limits, packed: bool) -> int:
    return limits.max_expansion if packed else max(limits.max_expansion, len(source.data))


def _records(stream: _Counted) -> Iterator[Any]:
    """The whole records of an archive. Raises _CutError where one is not whole."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    # every record is given out, so that a cut one is noticed; an untyped one is what is left of a cut header
    iterator = iter(ArchiveIterator(stream, parse_http=False, stream_detect=False))
    while True:
        try:
            record = next(iterator, None)
        except (OSError, ValueError):
            raise _CutError from None
        if record is None:
            return
        if record.record_type == WarcRecordType.no_type or not record.headers.get("Content-Length"):
            raise _CutError
        yield record


def _read(record: Any, otherwise: str, options: LoadOptions) -> Document | Skipped | None:
    """The document of one record, None where it is none. Raises _CutError if the record is not whole."""
    size = record.content_length
    address = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    name = address or record.headers.get("WARC-Record-ID") or otherwise
    kind = str(record.record_type)
    if size > options.limits.max_bytes:
        passed = record.reader.consume()
        if passed < size:
            raise _CutError
        return skipped(name, f"too large: {size >> 20} MiB; save the page alone") if kind == "response" else None
    payload = record.reader.read()
    if len(payload) < size:
        raise _CutError
    if kind not in ("response", "resource", "conversion"):
        return None
    try:
        return _payload(payload, record, name, address or None, options)
    except DocumentError as error:
        return skipped(error.name, error.reason)


def _payload(
    payload: bytes, record: Any, name: str, address: str | None, options: LoadOptions
) -> Document | Skipped | None:
    content_type = (record.headers.get("Content-Type") or "").lower()
    declared = None
    if "application/http" in content_type:
        answer = _answer(payload, options.limits.max_bytes)
        if answer is None:
            return skipped(name, "its HTTP answer is damaged: fetch the page again")
        status, content_type, declared, payload = answer
        if len(payload) > options.limits.max_bytes:
            return skipped(name, f"unfolds to more than {options.limits.max_bytes >> 20} MiB: a bomb, or no page")
        if status >= 300:
            failed = status >= 400 and content_type in _HTML
            return skipped(name, f"the server answered {status}: fetch the page again") if failed else None
    else:
        content_type = content_type.split(";")[0].strip()
    if not payload.strip():
        return None if content_type not in _HTML else skipped(name, "an empty page: fetch it again")
    is_page = content_type not in _HTML and Html().sniff(payload) and content_type in (*_UNSTATED, "text/plain")
    if content_type in _HTML or is_page:
        return page(name, payload, options, declared, address)
    if content_type == "text/plain":
        return plain_text(name, payload, options, declared, address)
    return None


def _answer(block: bytes, limit: int) -> tuple[int, str, str | None, bytes] | None:
    """Status, content type, charset and unpacked body of an HTTP answer; None where it is none."""
    from fastwarc.warc import WarcRecord, WarcRecordType  # noqa: PLC0415

    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.is_http = True
    record.set_bytes_content(block)
    try:
        record.parse_http(auto_decode="all", quirks_mode=True)
        body = record.reader.read(limit + 1)
    except (OSError, ValueError):
        return None
    headers = record.http_headers
    status = headers.status_code if headers is not None else None
    if not isinstance(status, int):
        return None
    content_type = (record.http_content_type or "").strip().lower()
    return status, content_type, record.http_charset, body
