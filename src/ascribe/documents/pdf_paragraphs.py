"""Lines in reading order -> paragraphs: headers that run through the pages dropped, lines and hyphens joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ascribe.documents.pdf_layout import Line
from ascribe.model import PageMark

HYPHENS = ("-", "\u2010", "\u00ad", "\x02", "\ufffe")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_HYPHENATED = re.compile(r"\w+-\w+")
_LETTERS = re.compile(r"[^\W_]+")
_BULLET = re.compile(r"^(?:[•▪◦‣·–—-]|\(?\d{1,2}[.)])\s+\S")
_EDGE_ROWS = 2
_SAME_HEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Assembled:
    """The canonical text, where its pages begin, and what was left out."""

    text: str
    pages: tuple[PageMark, ...]
    notes: tuple[str, ...]


def assemble(pages: Sequence[list[Line]]) -> Assembled:
    """The text of a document from the lines of its pages."""
    kept, notes = _without_running_lines(pages)
    lines = [line for page in kept for line in page]
    compounds = {w.casefold() for line in lines for w in _HYPHENATED.findall(line.text)}
    pitches = _pitches(lines)
    pieces: list[str] = []
    marks: list[PageMark] = []
    length = 0
    previous: Line | None = None
    for line in lines:
        piece = _clean(line.text)
        if not piece:
            continue
        if previous is not None:
            if _begins_paragraph(previous, line, pitches):
                joint = "\n\n"
            else:
                pieces[-1], joint, removed = _join(pieces[-1], piece, compounds)
                length -= removed
            pieces.append(joint)
            length += len(joint)
        if previous is None or line.page != previous.page:
            marks.append(PageMark(length, line.page))
        pieces.append(piece)
        length += len(piece)
        previous = line
    return Assembled("".join(pieces), tuple(marks), notes)


def _clean(text: str) -> str:
    """A line without control characters; a hyphen at its end is written as "-"."""
    text = text.rstrip()
    if text.endswith(HYPHENS) and len(text) > 1:
        text = text[:-1] + "-"
    text = "".join(c for c in text if c not in HYPHENS[2:])
    return " ".join("".join(" " if ord(c) < 32 or 127 <= ord(c) < 160 else c for c in text).split())


def _join(before: str, after: str, compounds: set[str]) -> tuple[str, str, int]:
    """The end of a paragraph so far, what stands between it and its next line, and how many characters it lost.

    A hyphen at a line's end goes if the word runs on in lower case, unless the document writes that compound with
    a hyphen elsewhere ("well-known"); before a capital or a digit it stays ("Al-", "2015-").
    """
    if not before.endswith("-") or len(before) < 2 or not before[-2].isalnum():
        return before, " ", 0
    runs_on = _LETTERS.match(after)
    whole = (before.rsplit(None, 1)[-1] + (runs_on[0] if runs_on else "")).lstrip("(\"'“‘")
    if not after[0].islower() or whole.casefold() in compounds:
        return before, "", 0
    return before[:-1], "", 1


def _pitches(lines: list[Line]) -> dict[tuple[int, int], float]:
    """The usual distance between baselines in each region of each page."""
    steps: dict[tuple[int, int], list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        if (above.page, above.region) == (below.page, below.region) and above.y > below.y:
            steps[below.page, below.region].append(above.y - below.y)
    return {key: median(found) for key, found in steps.items() if len(found) >= 2}


def _begins_paragraph(above: Line, line: Line, pitches: dict[tuple[int, int], float]) -> bool:
    if abs(above.size - line.size) > 0.15 * max(above.size, line.size):
        return True
    ended = bool(_ENDS_SENTENCE.search(above.text))
    full = above.x1 >= above.left + 0.8 * (above.right - above.left)
    if (above.page, above.region) != (line.page, line.region):
        return ended or not (full or line.text[:1].islower() or above.text.endswith(HYPHENS))
    pitch = min(pitches.get((line.page, line.region), 1.5 * line.size), 2.5 * max(line.size, 1.0))
    if above.y - line.y > 1.4 * pitch or above.y < line.y:
        return True
    if _BULLET.match(line.text) and (ended or not full):
        return True
    indented = line.x0 > line.left + 0.8 * line.size and above.x0 <= above.left + 0.5 * above.size
    if indented and (ended or not full):
        return True
    if not full and ended:
        return True
    is_heading = above.x1 < above.left + 0.6 * (above.right - above.left)
    return is_heading and not above.text.endswith((",", *HYPHENS)) and line.text[:1].isupper()


def _without_running_lines(pages: Sequence[list[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """The pages without lines that stand at the same place at the top or the bottom of several of them."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        edges = _edges(page)
        for line in page:
            if line.y in edges:
                places[_pattern(line.text)].append((number, line.y))
    needed = max(2, round(0.3 * len(pages)))
    running: dict[str, float] = {}
    for pattern, found in places.items():
        height = median(y for _, y in found)
        if len({n for n, y in found if abs(y - height) <= _SAME_HEIGHT}) >= needed:
            running[pattern] = height
    if not running:
        return list(pages), ()
    kept: list[list[Line]] = []
    dropped = 0
    for page in pages:
        edges = _edges(page)
        rest = [line for line in page if not (line.y in edges and _is_running(line, running))]
        dropped += len(page) - len(rest)
        kept.append(rest)
    return kept, (f"{dropped} running headers, footers and page numbers were left out",)


def _is_running(line: Line, running: dict[str, float]) -> bool:
    height = running.get(_pattern(line.text))
    return height is not None and abs(line.y - height) <= _SAME_HEIGHT


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", text.casefold())


def _edges(page: list[Line]) -> set[float]:
    """The heights of the first and the last rows of a page that a gap sets apart from the rows between them."""
    heights = sorted({line.y for line in page}, reverse=True)
    if len(heights) < 2:
        return set()
    # rows of two columns may stand at heights of their own, so steps smaller than the letters do not count
    letters = 0.9 * median(line.size for line in page)
    step = min((a - b for a, b in pairwise(heights) if a - b >= letters), default=letters)
    return {*_set_apart(heights, step), *_set_apart(heights[::-1], step)}


def _set_apart(heights: list[float], step: float) -> list[float]:
    """The outermost rows, two at most, before the first gap that is wider than the step between rows."""
    for i, (outer, inner) in enumerate(pairwise(heights[: _EDGE_ROWS + 1])):
        if abs(outer - inner) > 1.3 * step:
            return heights[: i + 1]
    return []
