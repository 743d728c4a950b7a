"""HTML -> a tree, within bounds, and the paragraphs that a reader of the page would see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from ascribe.documents.canonical import visible
from ascribe.documents.source import Limits

# Elements whose content nobody reads as text.
_UNREAD_NAMES = (
    "script style noscript template svg iframe object embed button select textarea head title nav "
    "video audio canvas map dialog datalist input graphic"
)
_UNREAD = frozenset(_UNREAD_NAMES.split())
# Elements that begin and end a paragraph; the last row are the names that trafilatura gives to its blocks.
_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre section summary table tbody tfoot thead tr ul "
    "head list item quote row ab"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_ASIDE = frozenset(("aside", "footer", "menu"))
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_])(?:related|comments?|cookies?|consent|gdpr|shar(?:e|ing)|social|promo|newsletter|sidebar|breadcrumbs?"
    r"|advert\w*|ads?|recommended|recirc|more-?stories|most-?read|outbrain|taboola|footer|menu|nav(?:bar|igation)?)(?![a-z])",
    re.IGNORECASE,
)
_NEVER_ASIDE = frozenset(("html", "body", "article", "main"))
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_AROUND_BREAK = re.compile(r" *\n *")


class MarkupError(ValueError):
    """The markup cannot be made into a tree; its message is the reason in one line."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as shown: its text, the element it stands in, and how many of its characters are links.

    `aside` is true inside elements that say of themselves that they are no part of the article; `inside` is true
    inside `article` or `main`.
    """

    text: str
    tag: str
    links: int = 0
    aside: bool = False
    inside: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of any level."""
        return self.tag in HEADINGS

    @property
    def is_link(self) -> bool:
        """Whether it is hardly more than a link."""
        return self.links >= 0.8 * len(self.text)


def parse_html(text: str, limits: Limits) -> Any:
    """The root element of an HTML page. Nothing is fetched, no entity is expanded beyond the HTML ones.

    Raises MarkupError for a page that is too large, nested too deeply, or no page at all.
    """
    from lxml import etree, html  # noqa: PLC0415

    data = visible(text).encode("utf-8")
    if len(data) > limits.max_markup:
        raise MarkupError(f"too large: {len(data) >> 20} MiB of HTML, the limit is {limits.max_markup >> 20} MiB")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise MarkupError("no HTML in it that can be read") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" or "Excessive depth" in entry.message for entry in parser.error_log):
        raise MarkupError(
            f"nested deeper than {limits.max_depth} levels, or with one text beyond 10 MB: save it simpler"
        )
    return root


def without_comments(text: str) -> str:
    """Markup without its comments, in one pass however many of them are never closed."""
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
    return "".join([*pieces, text[at:]])


def element_count(root: Any, beyond: int) -> int:
    """How many elements the tree has, counted up to one more than `beyond`."""
    count = 0
    for _ in root.iter():
        count += 1
        if count > beyond:
            break
    return count


def blocks(root: Any) -> list[Block]:
    """The paragraphs of a tree in order, blanks collapsed, `br` as a line break, cells of a row between bars."""
    from lxml import etree  # noqa: PLC0415

    walk = _Walk()
    walker = etree.iterwalk(root, events=("start", "end"))
    unread: Any = None
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if element is unread:
            unread = None
            walk.add(element.tail)
        elif event == "end":
            walk.leave(tag, element)
        elif not tag or _is_unread(tag, element) or _is_hidden(element):
            unread = element
            walker.skip_subtree()
        else:
            walk.enter(tag, element)
    walk.flush("")
    return walk.found


def _is_unread(tag: str, element: Any) -> bool:
    if tag == "head":  # trafilatura calls its headings so; the head of a page stands directly below `html`
        return _parent_tag(element) in ("html", "")
    return tag in _UNREAD


def _is_hidden(element: Any) -> bool:
    get = element.get
    if get("hidden") is not None or get("aria-hidden") == "true":
        return True
    style = get("style")
    return bool(style) and "display:none" in style[:500].replace(" ", "").lower()


class _Walk:
    """The state of a walk through a tree: the paragraph being gathered, and what it stands in."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._pieces: list[str] = []
        self._links = 0
        self._in_link = 0
        self._aside = 0
        self._inside = 0

    def enter(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self.flush(_parent_tag(element))
        elif tag in ("td", "th", "cell") and self._pieces:
            self._pieces.append(" | ")
        elif tag in ("br", "lb"):
            self._pieces.append("\n")
        self._in_link += tag in ("a", "ref")
        self._aside += _is_aside(tag, element)
        self._inside += tag in ("article", "main")
        self.add(element.text)

    def leave(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self.flush(tag)
        self._in_link -= tag in ("a", "ref")
        self._aside -= _is_aside(tag, element)
        self._inside -= tag in ("article", "main")
        self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text:
            piece = _BLANKS.sub(" ", text.replace("\u00ad", ""))
            self._pieces.append(piece)
            if self._in_link:
                self._links += len(piece.strip())

    def flush(self, tag: str) -> None:
        if self._pieces:
            text = _AROUND_BREAK.sub("\n", re.sub(" {2,}", " ", "".join(self._pieces))).strip(" \n|")
            for part in re.split(r"\n{2,}", text):
                if part.strip():
                    # links are shared out by length: parts between two line breaks have no element of their own
                    links = self._links * len(part) // max(1, len(text))
                    self.found.append(Block(part.strip(), tag, links, self._aside > 0, self._inside > 0))
            self._pieces, self._links = [], 0


def _parent_tag(element: Any) -> str:
    parent = element.getparent()
    return parent.tag if parent is not None and isinstance(parent.tag, str) else ""


def _is_aside(tag: str, element: Any) -> bool:
    if tag in _ASIDE:
        return True
    if tag in _NEVER_ASIDE or tag not in _BLOCKS:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:500]
    return bool(names.strip()) and bool(_ASIDE_NAMES.search(names))
