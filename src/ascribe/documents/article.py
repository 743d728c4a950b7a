"""Which paragraphs of a page are its article: trafilatura chooses, our own walk supplies the text."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import Any

from ascribe.documents.markup import Block, blocks

_WORD = re.compile(r"\w+")
_FURNITURE = re.compile(
    r"^(?:advertisement|sponsored|share(?: this)?(?: article| story| page)?|read (?:more|also|next|the latest)\b.*"
    r"|(?:see also|related|more (?:on this|from)|also read)\b.*|follow us\b.*|sign up\b.*|subscribe\b.*|log in\b.*"
    r"|most (?:read|popular|viewed)|(?:\d+ )?comments?(?: \(\d+\))?|leave a (?:comment|reply)|print|e-?mail|facebook"
    r"|twitter|whatsapp|back to top|accept(?: all)?(?: cookies)?|we use cookies\b.*|skip to .*|home|menu"
    r"|image source\b.*|copy link|all rights reserved\b.*|©.*)[.:]?$",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 120
_LONGEST_LABEL = 40
_GONE = re.compile(
    r"\b(?:page|article|story|content|post)\b.{0,40}\b(?:not (?:be )?found|no longer (?:available|exists?)|unavailable"
    r"|(?:has|have) been (?:removed|deleted|withdrawn|taken down)|does(?:n['’]t| not) exist)|\b404\b|\baccess denied\b",
    re.IGNORECASE,
)
_GONE_AT_MOST = 400
_FEWEST_LETTERS = 25
GRAM = 4


def is_gone(paragraphs: list[str]) -> bool:
    """Whether what is left of a page only says that its article is not there any more."""
    text = " ".join(paragraphs)
    return len(text) <= _GONE_AT_MOST and bool(_GONE.search(text))


def has_substance(paragraphs: list[str]) -> bool:
    """Whether the paragraphs hold more than a label or two."""
    letters = (c for p in paragraphs for c in p if c.isalpha())
    return next(islice(letters, _FEWEST_LETTERS - 1, None), None) is not None


def chosen_blocks(root: Any, shown: list[Block], url: str | None = None) -> list[Block]:
    """The paragraphs of the article among all that a page shows, in the order of the page.

    trafilatura says which words belong to the article; a paragraph of our own walk belongs to it when its words
    are among them. So the text is the page's own, clean of what trafilatura rewrites.
    """
    wanted = _extracted(root, url)
    if not wanted:
        return [b for b in without_furniture(shown) if not b.aside]
    picked = _pick(shown, wanted)
    total = sum(len(b.text) for b in picked)
    if sum(len(b.text) for b in picked if b.aside) <= 0.6 * total:
        picked = [b for b in picked if not b.aside]
    return without_furniture(picked)


def plain_choice(shown: list[Block]) -> list[Block]:
    """The article of a page by its elements alone: what stands in `article` or `main`, or else everything.

    For pages that are too large for trafilatura, whose time grows faster than the page.
    """
    likely = [b for b in shown if not b.aside and not b.is_link]
    return without_furniture([b for b in likely if b.inside] or likely)


def without_furniture(found: list[Block]) -> list[Block]:
    """Paragraphs without labels, lone links, repeated lines and headings that nothing follows."""
    kept: list[Block] = []
    for block in found:
        short = len(block.text) <= _LONGEST_FURNITURE
        if short and _FURNITURE.match(block.text):
            continue
        if block.is_link and not block.is_heading:
            continue
        if kept and kept[-1].text == block.text and len(block.text) > _LONGEST_LABEL:
            continue
        kept.append(block)
    while kept and kept[-1].is_heading and len(kept) > 1:
        kept.pop()
    return kept


def _extracted(root: Any, url: str | None) -> list[Block]:
    from trafilatura import bare_extraction  # noqa: PLC0415

    try:
        result = bare_extraction(root, url=url, include_comments=False, include_tables=True, with_metadata=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return []  # its own faults on odd trees; the caller then goes by the page's elements
    body = getattr(result, "body", None)
    return blocks(body) if body is not None else []


def _words(text: str) -> list[str]:
    return [w.casefold() for w in _WORD.findall(text)]


def _pick(shown: list[Block], wanted: list[Block]) -> list[Block]:
    exact = Counter(" ".join(_words(b.text)) for b in wanted)
    grams = {g for b in wanted for g in _grams(_words(b.text), GRAM)}
    pairs = {g for b in wanted for g in _grams(_words(b.text), 2)}
    picked: list[int] = []
    short: list[int] = []
    for i, block in enumerate(shown):
        words = _words(block.text)
        key = " ".join(words)
        if key and exact[key] > 0:
            exact[key] -= 1
            picked.append(i)
        elif len(words) >= 2 * GRAM and _share(words, GRAM, grams) >= 0.7:
            picked.append(i)
        elif len(words) > 1 and _share(words, 2, pairs) == 1.0:
            short.append(i)
    if picked:
        # a short paragraph whose words all occur is taken only from within the article
        picked = sorted({*picked, *(i for i in short if picked[0] < i < picked[-1] and not shown[i].is_link)})
    return [shown[i] for i in picked]


def _grams(words: list[str], size: int) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]


def _share(words: list[str], size: int, among: set[tuple[str, ...]]) -> float:
    found = _grams(words, size)
    return sum(g in among for g in found) / len(found) if found else 0.0
