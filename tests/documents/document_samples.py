"""Invented documents of every format, made from paragraphs; no file of them is a real report."""

from __future__ import annotations

import gzip
import html
import io
import json
from collections.abc import Callable, Sequence

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from ascribe.documents import LoadOptions, Source, load
from ascribe.model import Document, Skipped

HEADLINE = "Bus attacked near Torvik"
STORY = (
    "Gunmen opened fire on a bus near the town of Torvik on Wednesday, killing five people and wounding eleven "
    "others, the police said.",
    "The driver, who survived, said that two men in uniform had stood on the road and waved at him to stop.",
    "In May a bomb went off at the same place without hurting anyone, according to the regional governor, Ulf Brandt.",
    "No group has said that it was behind the shooting, and the minister called for calm in the valley.",
)


def text(paragraphs: Sequence[str] = STORY) -> bytes:
    return "\n\n".join((HEADLINE, *paragraphs)).encode()


def markdown(paragraphs: Sequence[str] = STORY) -> bytes:
    return "\n\n".join((f"# {HEADLINE}", *paragraphs)).encode()


def page(paragraphs: Sequence[str] = STORY) -> bytes:
    body = "".join(f"<p>{html.escape(p)}</p>" for p in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{HEADLINE}</title></head>"
        f"<body><article><h1>{HEADLINE}</h1>{body}</article></body></html>"
    ).encode()


def feed(paragraphs: Sequence[str] = STORY) -> bytes:
    body = html.escape("".join(f"<p>{html.escape(p)}</p>" for p in paragraphs))
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>The Harbour Post</title>"
        f"<item><guid>urn:torvik:1</guid><title>{HEADLINE}</title><description>{body}</description></item>"
        "</channel></rss>"
    ).encode()


def json_lines(paragraphs: Sequence[str] = STORY) -> bytes:
    return (json.dumps({"id": "torvik-1", "text": "\n\n".join(paragraphs)}) + "\n").encode()


def word(paragraphs: Sequence[str] = STORY) -> bytes:
    made = docx.Document()
    made.add_heading(HEADLINE, 1)
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def record(
    address: str,
    body: bytes,
    content_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    headers: str = "",
    kind: str = "response",
) -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{abs(hash(address)) % 10**12:032d}>\r\n"
        f"WARC-Date: 2018-12-20T08:00:00Z\r\nWARC-Target-URI: {address}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def archive(paragraphs: Sequence[str] = STORY) -> bytes:
    return record("https://example.org/torvik", page(paragraphs))


def packed_archive(paragraphs: Sequence[str] = STORY) -> bytes:
    return gzip.compress(archive(paragraphs), mtime=0)


def drawn(pages: Sequence[Callable[[canvas.Canvas], None]], **options: object) -> bytes:
    """A PDF whose pages are drawn by functions; the same pages give the same bytes."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, invariant=True, **options)
    for draw in pages:
        sheet.setFont("Helvetica", 10)
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = [""]
    for one in paragraph.split():
        if len(lines[-1]) + len(one) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {one}".strip()
    return lines


def pdf(paragraphs: Sequence[str] = STORY) -> bytes:
    def draw(sheet: canvas.Canvas) -> None:
        if not all(p.isascii() for p in paragraphs):
            pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
            sheet.setFont("Vera", 10)
        height = 780.0
        for paragraph in (HEADLINE, *paragraphs):
            for line in wrapped(paragraph, 90):
                sheet.drawString(72, height, line)
                height -= 12
            height -= 12

    return drawn([draw])


# format name -> (a file's name, what makes it)
SAMPLES: dict[str, tuple[str, Callable[..., bytes]]] = {
    "text": ("story.txt", text),
    "markdown": ("story.md", markdown),
    "html": ("story.html", page),
    "feed": ("story.rss", feed),
    "jsonl": ("story.jsonl", json_lines),
    "docx": ("story.docx", word),
    "warc": ("story.warc.gz", packed_archive),
    "pdf": ("story.pdf", pdf),
}


def loaded(name: str, data: bytes, options: LoadOptions | None = None) -> list[Document | Skipped]:
    return list(load(Source(name, data), options or LoadOptions()))


def one(name: str, data: bytes, options: LoadOptions | None = None) -> Document:
    """The only document of a source; fails with the reason if it was skipped."""
    (item,) = loaded(name, data, options)
    assert isinstance(item, Document), item
    return item


def reason(name: str, data: bytes, options: LoadOptions | None = None) -> str:
    """Why the only thing in a source was skipped."""
    (item,) = loaded(name, data, options)
    assert isinstance(item, Skipped), item.text[:200]
    return item.reason
