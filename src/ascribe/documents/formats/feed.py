"""Feeds: RSS and Atom, one document an entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_tz
from typing import Any
from xml.parsers import expat

from ascribe.documents.article import without_furniture
from ascribe.documents.canonical import Draft, document, skipped, visible
from ascribe.documents.encodings import Decoded, UndecodableError, beginning, decode
from ascribe.documents.markup import MarkupError, blocks, parse_html, without_comments
from ascribe.documents.published import date_in_markup, day_value
from ascribe.documents.source import Limits, LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Publication, Skipped

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""")
_REFERENCE = re.compile(r"&#(x[0-9a-f]{1,20}|[0-9]{1,20});?", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf)[\s>]")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_ROOT_ELEMENT = re.compile(r"<(?![?!])")
_LARGEST_BROKEN = 2 << 20
_ENTRIES = frozenset(("item", "entry"))


class Feed:
    """RSS and Atom. The text of an entry is its headline and its content, or its summary where it has no content."""

    name = "feed"
    suffixes = (".rss", ".atom", ".xml")

    def sniff(self, data: bytes) -> bool:
        """Whether the root element is that of a feed."""
        head = beginning(data, 16384)
        if not head.startswith("<"):
            return False
        head = without_comments(head)
        first = _ROOT_ELEMENT.search(head)
        return first is not None and bool(_ROOT.match(head, first.start()))

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """A document or a Skipped for each entry. A feed that declares entities is refused unread."""
        decoded = _decoded(source, options)
        data = decoded.text.encode("utf-8", "replace")
        members, problem = _members(data, options.limits)
        if problem and (len(data) > _LARGEST_BROKEN or problem.startswith("nested")):
            raise DocumentError(source.name, f"the feed is broken: {problem}; repair it")
        parsed = _parsed(source.name, data)
        entries = parsed.entries
        if not entries and not parsed.get("version"):
            raise DocumentError(source.name, "no RSS or Atom feed; save the text in it as .txt or .html")
        if not entries:
            raise DocumentError(source.name, f"no entries in the feed{f': {problem}' if problem else ''}")
        notes = (*decoded.notes, *((f"the feed is broken: {problem}; read as far as possible",) if problem else ()))
        whole = len(members) == len(entries) and not problem
        seen: set[str] = set()
        for number, entry in enumerate(entries, start=1):
            if number > options.limits.max_members:
                yield skipped(source.name, f"more than {options.limits.max_members:,} entries: split the feed")
                return
            name = _name(entry, f"{source.name}#{number}")
            name = f"{source.name}#{number}" if name in seen else name
            seen.add(name)
            markup = _markup(entry)
            own = (
                data[slice(*members[number - 1])]
                if whole
                else f"{entry.get('title', '')}\n{markup}".encode("utf-8", "replace")
            )
            yield _entry(name, own, entry, markup, _title(parsed.feed), decoded, notes, options)


def _decoded(source: Source, options: LoadOptions) -> Decoded:
    if len(source.data) > options.limits.max_markup:
        limit = options.limits.max_markup >> 20
        raise DocumentError(
            source.name, f"too large: {len(source.data) >> 20} MiB, the limit for a feed is {limit} MiB"
        )
    match = _ENCODING.search(source.data[:1024])
    try:
        decoded = decode(source.data, match[1].decode("ascii") if match else None)
    except UndecodableError as error:
        raise DocumentError(source.name, str(error)) from None
    if _ENTITY.search(decoded.text[: 1 << 20].split("<rss", 1)[0].split("<feed", 1)[0]):
        raise DocumentError(source.name, "the feed declares entities, as XML bombs do: save it without its DOCTYPE")
    # the text is UTF-8 from here on, so what the file said of its encoding is dropped
    body = _REFERENCE.sub(_possible, visible(_DECLARATION.sub("", decoded.text)))
    return Decoded(body, decoded.encoding, decoded.notes)


def _possible(reference: re.Match[str]) -> str:
    """A character reference, or U+FFFD for one that names no character, on which feedparser would stumble."""
    digits = reference[1].lower()
    number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF else reference[0]


def _members(data: bytes, limits: Limits) -> tuple[list[tuple[int, int]], str | None]:
    """The bytes at which each entry begins and ends, and what is wrong with the XML, if anything is.

    The pass holds no tree and expands nothing, so it is safe before any other parser sees the feed.
    """
    found: list[tuple[int, int]] = []
    depth = 0
    entry_depth = start = 0
    parser = expat.ParserCreate()

    def opened(name: str, _: dict[str, str]) -> None:
        nonlocal depth, entry_depth, start
        depth += 1
        if depth > limits.max_depth:
            raise MarkupError(f"nested deeper than {limits.max_depth} levels")
        if not entry_depth and name.rsplit(":", 1)[-1] in _ENTRIES:
            entry_depth, start = depth, parser.CurrentByteIndex

    def closed(_: str) -> None:
        nonlocal depth, entry_depth
        if depth == entry_depth:
            # the end tag begins here; its own bytes end at the next ">"
            found.append((start, data.find(b">", parser.CurrentByteIndex) + 1))
            entry_depth = 0
        depth -= 1

    def entity_declared(*_: Any) -> None:
        raise MarkupError("it declares entities, as XML bombs do")

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.EntityDeclHandler = entity_declared
    try:
        parser.Parse(data, True)
    except MarkupError as error:
        return found, str(error)
    except expat.ExpatError as error:
        return found, f"line {error.lineno}: {expat.ErrorString(error.code)}"
    return found, None


def _parsed(name: str, data: bytes) -> Any:
    import feedparser  # noqa: PLC0415

    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # a stream, for a string could be taken for an address; our own walk does the cleaning of the markup
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:
        raise DocumentError(name, f"the feed is broken beyond reading ({type(error).__name__}); repair it") from None


def _entry(
    name: str,
    data: bytes,
    entry: Any,
    markup: str,
    publisher: str | None,
    decoded: Decoded,
    notes: tuple[str, ...],
    options: LoadOptions,
) -> Document | Skipped:
    title, link = _title(entry), str(entry.get("link") or "")
    try:
        paragraphs = _paragraphs(markup, options.limits)
    except MarkupError as error:
        return skipped(name, f"the entry cannot be read: {error}")
    if not title and not paragraphs:
        return skipped(name, "the entry has no text: open its page and add that")
    if title and not paragraphs:
        notes = (*notes, "the feed gives only the headline; add the page for the whole text")
    text = "\n\n".join([title, *(p for p in paragraphs if p != title)] if title else paragraphs)
    return document(
        Draft(
            name=name,
            data=data,
            text=text,
            format="feed",
            title=title,
            author=entry.get("author") or None,
            publisher=_title(entry.get("source") or {}) or publisher,
            url=link if link.startswith(("http://", "https://")) else None,
            publication=_published(entry),
            encoding=decoded.encoding,
            notes=notes,
        ),
        options,
    )


def _name(entry: Any, otherwise: str) -> str:
    found = entry.get("id") or entry.get("link")
    return found.strip() or otherwise if isinstance(found, str) else otherwise


def _title(thing: Any) -> str | None:
    title = thing.get("title")
    if not isinstance(title, str):
        return None
    title = re.sub(r"</?\w{1,10}(?:\s[^<>]{0,200})?/?>", "", title) if "<" in title else title
    return " ".join(visible(title).split()) or None


def _markup(entry: Any) -> str:
    contents = [c.get("value") or "" for c in entry.get("content") or []]
    return max([*contents, entry.get("summary") or ""], key=len)


def _paragraphs(markup: str, limits: Limits) -> list[str]:
    if "<" not in markup and "&" not in markup:
        parts = re.split(r"\n\s*\n", visible(markup))
        return [" ".join(p.split()) for p in parts if p.strip()]
    if not markup.strip():
        return []
    root = parse_html(f"<html><body><div>{markup}</div></body></html>", limits)
    return [b.text for b in without_furniture([b for b in blocks(root) if not b.aside])]


def _published(entry: Any) -> Publication | None:
    for key in ("published", "issued", "created", "updated"):
        stated = entry.get(key)
        if not isinstance(stated, str):
            continue
        if value := date_in_markup(stated):
            return Publication(value, f"feed:{key}")
        if (parts := parsedate_tz(stated[:100])) and 1900 <= parts[0] <= 2100:
            try:
                return Publication(day_value(date(*parts[:3])), f"feed:{key}")
            except ValueError:
                continue
        if parsed := entry.get(f"{key}_parsed"):
            try:
                return Publication(day_value(date(*parsed[:3])), f"feed:{key}")
            except (ValueError, TypeError):
                continue
    return None
