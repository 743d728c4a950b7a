"""What a page says of itself: title, author, publisher, address and date of publication."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from ascribe.documents.published import date_in_markup, day_value
from ascribe.model import DateValue, Publication

_ARTICLES = re.compile(r"Article|Report|Posting|NewsItem", re.IGNORECASE)
_PAGES = re.compile(r"WebPage|CreativeWork", re.IGNORECASE)
_LONGEST_JSON = 1 << 20
_MOST_NODES = 500
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "citation_publication_date",
    "og:published_time",
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?=[/\-_.]|$)")
_SITE_SUFFIX = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What was found; `published` also says how ("json-ld:datePublished", "meta:date", "time", "url")."""

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: Publication | None = None


def page_metadata(root: Any, url: str | None = None) -> PageMetadata:
    """The metadata of a page: JSON-LD first, then meta elements, then what is marked in the page itself.

    `url` is the address that the page was fetched from, where a container knows it.
    """
    metas = _metas(root)
    nodes = list(_json_ld(root))
    # what is said of the article goes before what is said of the page around it
    articles = [n for kinds in (_ARTICLES, _PAGES) for n in nodes if _is_of(n, kinds)]
    address = _address(root, metas, articles) or url
    return PageMetadata(
        title=_title(root, metas, articles),
        author=_author(root, metas, articles),
        publisher=_publisher(metas, articles),
        url=address,
        published=_published(root, metas, articles, address or ""),
    )


def guessed_date(root: Any) -> Publication | None:
    """The date that htmldate finds: the last resort, after the page's own words have been looked at."""
    from htmldate import find_date  # noqa: PLC0415

    try:
        # The far bound keeps the result free of the clock, which htmldate would take as the latest date.
        found = find_date(root, original_date=True, extensive_search=False, max_date="2100-12-31")
        return Publication(day_value(date.fromisoformat(found)), "htmldate") if found else None
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError, RecursionError):
        return None


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _json_ld(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, outer ones first, at most 500."""
    queue: list[Any] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text and len(script.text) <= _LONGEST_JSON:
            try:
                queue.append(json.loads(script.text, strict=False))
            except (ValueError, RecursionError):
                continue
    seen = 0
    while queue and seen < _MOST_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, dict):
            yield node
            queue.extend(v for v in node.values() if isinstance(v, (dict, list)))
        elif isinstance(node, list):
            queue.extend(v for v in node[:100] if isinstance(v, (dict, list)))


def _is_of(node: dict[str, Any], wanted: re.Pattern[str]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(n, str) and wanted.search(n) for n in names)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """The name in a JSON-LD person or organisation, several joined by commas."""
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        names = [n for n in (_name(v) for v in value[:10]) if n]
        return ", ".join(dict.fromkeys(names)) or None
    return _text(value)


def _from_json(articles: list[dict[str, Any]], *keys: str) -> str | None:
    return next((v for node in articles for key in keys if (v := _name(node.get(key)))), None)


def _content(element: Any) -> str | None:
    # itertext joins what is inside; blanks are collapsed as a browser would
    return " ".join("".join(element.itertext()).split())[:500] or None


def _first(root: Any, path: str) -> str | None:
    return next((text for e in root.iterfind(path) if (text := _content(e))), None)


def _title(root: Any, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    found = _from_json(articles, "headline") or metas.get("og:title") or metas.get("twitter:title")
    if found:
        return found
    headings = [text for e in root.iter("h1") if (text := _content(e))]
    title = _first(root, ".//title")
    if headings and (len(headings) == 1 or title is None):
        return headings[0]
    return _SITE_SUFFIX.sub("", title) if title else None


def _author(root: Any, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    named = _from_json(articles, "author") or metas.get("author") or metas.get("dc.creator")
    named = named or metas.get("article:author") or metas.get("byl") or metas.get("parsely-author")
    if named is None or "://" in named:
        named = _first(root, ".//a[@rel='author']") or _first(root, ".//*[@itemprop='author']")
    if named is None:
        marked = (e for e in root.iter("p", "span", "div", "address") if _is_byline(e))
        named = next((t for e in marked if (t := _content(e)) and len(t) <= 100), None)
    return re.sub(r"^by\s+", "", named, flags=re.IGNORECASE) if named else None


def _is_byline(element: Any) -> bool:
    return bool(
        {"byline", "author", "article-author", "byline-name"} & set((element.get("class") or "").lower().split())
    )


def _publisher(metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    found = _from_json(articles, "publisher") or metas.get("og:site_name")
    return found or metas.get("dc.publisher") or metas.get("application-name")


def _address(root: Any, metas: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    canonical = (e.get("href") for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split())
    stated = [*canonical, metas.get("og:url"), *(_text(node.get("url")) for node in articles)]
    return next((u.strip() for u in stated if u and _is_web_address(u)), None)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _published(root: Any, metas: dict[str, str], articles: list[dict[str, Any]], url: str) -> Publication | None:
    for key in ("datePublished", "dateCreated"):
        for node in articles:
            if value := _date(_text(node.get(key))):
                return Publication(value, f"json-ld:{key}")
    for name in _DATE_METAS:
        if value := _date(metas.get(name)):
            return Publication(value, f"meta:{name}")
    if value := _marked_date(root):
        return Publication(value, "time")
    if (match := _IN_URL.search(url)) and (value := _date("-".join(p.zfill(2) for p in match.groups()))):
        return Publication(value, "url")
    return None


def _date(text: str | None) -> DateValue | None:
    return date_in_markup(text) if text else None


def _marked_date(root: Any) -> DateValue | None:
    """The date of a `time` element: one that is marked as that of publication, else the only or the first one."""
    found: list[DateValue] = []
    for element in root.iter("time"):
        value = _date(element.get("datetime")) or _date(_content(element))
        if value is None:
            continue
        if element.get("pubdate") is not None or "datepublished" in (element.get("itemprop") or "").lower():
            return value
        if not _in_aside(element):
            found.append(value)
    return found[0] if found else None


def _in_aside(element: Any) -> bool:
    return any(e.tag in ("aside", "footer", "nav") for e in element.iterancestors())
