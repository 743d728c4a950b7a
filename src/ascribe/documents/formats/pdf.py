"""PDF: reading order in columns, the page kept for each passage, lines and hyphens joined."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from ascribe.documents.canonical import Draft, document, visible
from ascribe.documents.headings import heading_of
from ascribe.documents.pdf_layout import Line, Word, lines_of
from ascribe.documents.pdf_paragraphs import assemble
from ascribe.documents.published import date_in_text
from ascribe.documents.source import LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Skipped

_WORD = re.compile(r"\S+")
_NO_TITLE = re.compile(
    r"^(?:untitled|microsoft word|powerpoint|document\d*$|print|.*\.(?:docx?|pdf|indd|qxd|rtf|tex|html?)$)", re.I
)
_FEWEST_LETTERS = 20
_NO_TEXT = "the PDF has no text layer: its pages are pictures and need text recognition (OCR) first"


class Pdf:
    """PDF files with a text layer. A paragraph may run over a page's end; `pages` says where each begins."""

    name = "pdf"
    suffixes = (".pdf",)

    def sniff(self, data: bytes) -> bool:
        """Whether the signature stands near the beginning, where readers look for it."""
        return b"%PDF-" in data[:1024]

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The one document of a file."""
        pages, metadata, notes = _read(source, options)
        letters = sum(c.isalpha() for page in pages for line in page for c in line.text)
        if letters < _FEWEST_LETTERS:
            raise DocumentError(source.name, _NO_TEXT)
        assembled = assemble(pages)
        text = visible(assembled.text)
        title = metadata.get("Title", "").strip()
        yield document(
            Draft(
                name=source.name,
                data=source.data,
                text=text,
                format="pdf",
                title=heading_of(text) if not title or _NO_TITLE.match(title) else title,
                author=None if metadata.get("Author", "") in ("", "anonymous") else metadata["Author"],
                publication=date_in_text(text),
                pages=assembled.pages,
                notes=(*notes, *assembled.notes),
            ),
            options,
        )


def _read(source: Source, options: LoadOptions) -> tuple[list[list[Line]], dict[str, str], tuple[str, ...]]:
    """The lines of every page, the file's own fields, and notes on what is missing."""
    import pypdfium2  # noqa: PLC0415

    try:
        opened = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise DocumentError(source.name, "the PDF is encrypted: save it without a password") from None
        raise DocumentError(source.name, "a damaged PDF: open it in a viewer and save it anew") from None
    try:
        return _pages(opened, source, options)
    finally:
        opened.close()


def _pages(
    opened: Any, source: Source, options: LoadOptions
) -> tuple[list[list[Line]], dict[str, str], tuple[str, ...]]:
    count, limits = len(opened), options.limits
    if count > limits.max_pages:
        raise DocumentError(source.name, f"too long: {count:,} pages, the limit is {limits.max_pages:,}; split it")
    pages: list[list[Line]] = []
    without: list[int] = []
    characters = 0
    for index in range(count):
        words = _page_words(opened, index, limits.max_text - characters)
        if words is None:
            raise DocumentError(source.name, f"too long: more than {limits.max_text:,} characters; split it")
        characters += sum(len(w.text) + 1 for w in words)
        pages.append(lines_of(words, index + 1))
        if not words:
            without.append(index + 1)
    shown = ", ".join(map(str, without[:10])) + (" …" if len(without) > 10 else "")
    return pages, opened.get_metadata_dict(), (f"no text on page {shown}",) if without else ()


def _page_words(opened: Any, index: int, most: int) -> list[Word] | None:
    """The words of a page; none where the page is broken, None where it has more than `most` characters."""
    import pypdfium2  # noqa: PLC0415

    try:
        page = opened[index]
    except pypdfium2.PdfiumError:
        return []
    try:
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return []
    try:
        if text_page.count_chars() > most:
            return None
        return _words(text_page, page.get_rotation(), page.get_size())
    finally:
        text_page.close()
        page.close()


def _words(text_page: Any, rotation: int, size: tuple[float, float]) -> list[Word]:
    from pypdfium2 import raw  # noqa: PLC0415

    # the text page numbers characters in UTF-16, so one number is one place in this string
    codes = [raw.FPDFText_GetUnicode(text_page, i) for i in range(text_page.count_chars())]
    units = "".join(chr(c) if 0 < c < 0x10000 else " " if c == 0 else "\ufffd" for c in codes)
    place = _Places(raw, text_page, rotation, size)
    found: list[Word] = []
    for match in _WORD.finditer(units):
        for start, end, y in place.parts(match.start(), match.end()):
            x0, x1, height = place.box(start, end)
            found.append(Word(x0, x1, y, height, _joined_surrogates(units[start:end]), len(found)))
    return found


class _Places:
    """Where the characters of a page stand, on the page as it is shown."""

    def __init__(self, raw: Any, text_page: Any, rotation: int, size: tuple[float, float]) -> None:
        self._raw = raw
        self._page = text_page
        self._rotation = rotation
        self._size = size
        self._numbers = tuple(ctypes.c_double() for _ in range(4))
        self._loose = raw.FS_RECTF()

    def _baseline(self, index: int) -> float:
        x, y, _, _ = self._numbers
        self._raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        return _turned(x.value, y.value, self._rotation, self._size)[1] if self._rotation else y.value

    def parts(self, start: int, end: int) -> list[tuple[int, int, float]]:
        """The pieces of a word that stand on lines of their own, each with its baseline.

        pdfium drops the line break after a hyphen.
        """
        first = self._baseline(start)
        if end - start == 1 or abs(self._baseline(end - 1) - first) < 1.0:
            return [(start, end, first)]
        found: list[tuple[int, int, float]] = []
        begin, below = start, first
        for index in range(start + 1, end):
            y = self._baseline(index)
            if abs(y - below) > 0.5 * self.box(index, index + 1)[2]:
                found.append((begin, index, self._baseline(begin)))
                begin = index
            below = y
        return [*found, (begin, end, self._baseline(begin))]

    def box(self, start: int, end: int) -> tuple[float, float, float]:
        """Left edge, right edge and height of the characters from `start` to `end`."""
        left, right, bottom, top = self._numbers
        xs: list[float] = []
        for index in (start,) if end - start == 1 else (start, end - 1):
            self._raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
            if self._rotation:
                xs.append(_turned(left.value, bottom.value, self._rotation, self._size)[0])
                xs.append(_turned(right.value, top.value, self._rotation, self._size)[0])
            else:
                xs += (left.value, right.value)
        loose = self._loose
        self._raw.FPDFText_GetLooseCharBox(self._page, start, loose)
        across = self._rotation in (90, 270)
        height = abs(loose.right - loose.left) if across else abs(loose.top - loose.bottom)
        return min(xs), max(xs), max(height, 1.0)


def _turned(x: float, y: float, rotation: int, size: tuple[float, float]) -> tuple[float, float]:
    """A point of the page as it is shown, when the page is turned clockwise by `rotation` degrees."""
    width, height = size
    if rotation == 90:
        return y, height - x
    if rotation == 180:
        return width - x, height - y
    if rotation == 270:
        return width - y, x
    return x, y


def _joined_surrogates(text: str) -> str:
    """Two halves of a character beyond the basic plane as one; a lone half as U+FFFD."""
    if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
