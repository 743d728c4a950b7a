"""Markdown: the text without its markup, front matter read as metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from ascribe.documents.canonical import Draft, document, visible
from ascribe.documents.encodings import UndecodableError, decode
from ascribe.documents.headings import heading_of
from ascribe.documents.plain_markdown import Rendered, render
from ascribe.documents.published import date_in_markup, date_in_text
from ascribe.documents.source import LoadOptions, Source
from ascribe.errors import DocumentError
from ascribe.model import Document, Publication, Skipped

_YAML = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.{0,20000}?)\r?\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w-]{0,40})\s*:\s*(.*)$")
_NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "by"),
    "publisher": ("publisher", "source", "site"),
    "url": ("url", "link", "canonical", "original"),
}
_DATES = ("published", "date", "pubdate", "publishdate", "publication_date")


class Markdown:
    """Markdown. Paragraphs are unwrapped and parted by empty lines; list items keep a line each."""

    name = "markdown"
    suffixes = (".md", ".markdown")

    def sniff(self, data: bytes) -> bool:
        """Never: Markdown is also plain text, so only the suffix tells."""
        return False

    def documents(self, source: Source, options: LoadOptions) -> Iterator[Document | Skipped]:
        """The one document; front matter gives title, author, publisher, url and date."""
        try:
            decoded = decode(source.data)
        except UndecodableError as error:
            raise DocumentError(source.name, str(error)) from None
        fields, body = _front_matter(decoded.text)
        rendered = render(visible(body))
        given = {k: next((fields[n] for n in names if fields.get(n)), None) for k, names in _NAMES.items()}
        yield document(
            Draft(
                name=source.name,
                data=source.data,
                text=rendered.text,
                format="markdown",
                title=given["title"] or rendered.title or heading_of(rendered.text),
                author=given["author"],
                publisher=given["publisher"],
                url=given["url"],
                publication=_publication(fields, rendered),
                encoding=decoded.encoding,
                notes=decoded.notes,
            ),
            options,
        )


def _publication(fields: dict[str, str], rendered: Rendered) -> Publication | None:
    for name in _DATES:
        if name in fields and (value := date_in_markup(fields[name])):
            return Publication(value, f"front matter:{name}")
    return date_in_text(rendered.text)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields before the text, by lower-case name, and the rest. Only flat `name: value` lines are understood."""
    if match := _TOML.match(text):
        try:
            data = tomllib.loads(match[1].replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError):
            return {}, text
        return {k.lower(): _flat(v) for k, v in data.items() if not isinstance(v, dict)}, text[match.end() :]
    match = _YAML.match(text)
    if match is None:
        return {}, text
    fields: dict[str, str] = {}
    for line in match[1].splitlines():
        if found := _FIELD.match(line):
            fields.setdefault(found[1].lower(), found[2].strip().strip("[]").strip("\"'"))
    return (fields, text[match.end() :]) if fields else ({}, text)


def _flat(value: Any) -> str:
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)
