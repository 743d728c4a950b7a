"""HTML: the article of a page, without menus, cookie bars, related stories and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ascribe.documents.article import chosen_blocks, has_substance, is_gone, plain_choice
from ascribe.documents.canonical import Draft, document
from ascribe.documents.encodings import UndecodableError, beginning, decode
from ascribe.documents.markup import Block, MarkupError, blocks, element_count, parse_html
from ascribe.documents.page_metadata import PageMetadata, guessed_date, page_metadata
from ascribe.documents.published import date_in_text
from ascribe.documents.source import LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Skipped

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}encoding=["']([\w.:-]{2,40})""", re.I
)
_PROLOG = re.compile(r"\s*(?:<\?xml[^>]*\?>|<!--.*?-->)", re.DOTALL)
_TAGS = re.compile(r"<(?:p|div|span|a|br|table|h[1-6]|body|head|html|article|section|ul|ol|li|b|i|em|strong|img)\b")
# trafilatura takes more than a second for a million characters, and gains nothing on such a page.
_LONGEST_FOR_TRAFILATURA = 2_000_000
_NO_ARTICLE = "no article text in the page: it holds only menus, or was emptied; save it once its text is shown"
_GONE = "the page says that its article is gone; look for an archived copy"


class Html:
    """Web pages. Canonical text is the headline and the paragraphs of the article, an empty line between them."""

    name = "html"
    suffixes = (".html", ".htm", ".xhtml")

    def sniff(self, data: bytes) -> bool:
        """Whether the bytes begin as a page, or as several HTML elements."""
        head = beginning(data)
        while match := _PROLOG.match(head):
            head = head[match.end() :]
        head = head.lstrip()
        if head.startswith(("<!doctype html", "<html", "<head", "<body")):
            return True
        return head.startswith("<") and len(_TAGS.findall(head)) >= 3

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The one document of a page."""
        yield page(source.name, source.data, options)


def page(
    name: str, data: bytes, options: LoadOptions, declared: str | None = None, url: str | None = None
) -> Document | Skipped:
    """The document of a page; `declared` and `url` are what the answer it came with says of it.

    Raises DocumentError where there is no page, or no article in it.
    """
    if len(data) > options.limits.max_markup:
        limit = options.limits.max_markup >> 20
        raise DocumentError(
            name, f"too large: {len(data) >> 20} MiB of HTML, the limit is {limit} MiB; save the article only"
        )
    try:
        decoded = decode(data, declared or _declared(data))
        root = parse_html(decoded.text, options.limits)
    except (UndecodableError, MarkupError) as error:
        raise DocumentError(name, str(error)) from None
    found = page_metadata(root, url)
    notes = list(decoded.notes)
    shown = blocks(root)
    limit = options.limits.max_elements
    if element_count(root, limit) > limit or len(decoded.text) > _LONGEST_FOR_TRAFILATURA:
        notes.append("a very large page: its article was told by the page's own elements only")
        article, guess = plain_choice(shown), None
    else:
        article = chosen_blocks(root, shown, found.url)
        guess = guessed_date(root) if found.published is None else None
    paragraphs = [b.text for b in article if not b.is_heading]
    if is_gone([b.text for b in article]):
        raise DocumentError(name, _GONE)
    if not has_substance(paragraphs):
        raise DocumentError(name, _NO_ARTICLE)
    text = "\n\n".join(_with_headline(article, shown, found))
    return document(
        Draft(
            name=name,
            data=data,
            text=text,
            format="html",
            title=found.title,
            author=found.author,
            publisher=found.publisher,
            url=found.url,
            publication=found.published or date_in_text(text) or guess,
            encoding=decoded.encoding,
            notes=tuple(notes),
        ),
        options,
    )


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None


def _with_headline(article: list[Block], shown: list[Block], found: PageMetadata) -> list[str]:
    """The article's paragraphs with the page's headline before them, where the page shows one and it was left out."""
    texts = [b.text for b in article]
    headings = [b.text for b in shown if b.tag == "h1"]
    headline = next((h for h in headings if h == found.title), headings[0] if len(headings) == 1 else None)
    if headline is None or headline in texts:
        return texts
    return [headline, *texts]
