"""Words on a page -> lines in reading order, column by column.

Pure geometry: x grows to the right, y upwards, both in points (1/72 inch).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FEWEST_ROWS = 4
_MOST_COLUMNS_DEEP = 3
_WIDEST_PAGE = 20_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands: from x0 to x1, on the baseline y, in letters of a height of `size`; `order` as drawn."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    order: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column. `left` and `right` are the edges of that column, `region` its number on the page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    left: float
    right: float
    region: int
    page: int


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of a page as a reader takes them: a column from top to bottom, then the next one.

    A line that crosses the gap between columns (a title, a wide table) parts what is above it from what is below.
    """
    found: list[Line] = []
    for number, region in enumerate(_regions(list(words), 0)):
        left, right = min(w.x0 for w in region), max(w.x1 for w in region)
        for row in rows(region):
            text = " ".join(w.text for w in _ordered(row))
            size = median(w.size for w in row)
            ends = min(w.x0 for w in row), max(w.x1 for w in row)
            found.append(Line(text, *ends, median(w.y for w in row), size, left, right, number, page))
    return found


def rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that share a baseline, from the top down."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.order)):
        if found and abs(found[-1][0].y - word.y) <= 0.4 * max(found[-1][0].size, word.size, 1.0):
            found[-1].append(word)
        else:
            found.append([word])
    return found


def _ordered(row: list[Word]) -> list[Word]:
    # pdfium gives right-to-left text in the order in which it is read; positions would turn it around
    if any(_RIGHT_TO_LEFT.search(w.text) for w in row):
        return sorted(row, key=lambda w: w.order)
    return sorted(row, key=lambda w: (w.x0, w.order))


def _regions(words: list[Word], depth: int) -> list[list[Word]]:
    gutter = _gutter(words) if depth < _MOST_COLUMNS_DEEP else None
    if gutter is None:
        return [words] if words else []
    low, high = gutter
    out: list[list[Word]] = []
    band: list[Word] = []
    wide: list[Word] = []
    for row in rows(words):
        if any(w.x0 < high and w.x1 > low for w in row):
            out += _columns(band, low, depth)
            band = []
            wide += row
        else:
            if wide:
                out.append(wide)
                wide = []
            band += row
    if wide:
        out.append(wide)
    return out + _columns(band, low, depth)


def _columns(band: list[Word], low: float, depth: int) -> list[list[Word]]:
    left = [w for w in band if w.x1 <= low]
    right = [w for w in band if w.x1 > low]
    return [r for side in (left, right) if side for r in _regions(side, depth + 1)]


def _gutter(words: list[Word]) -> tuple[float, float] | None:
    """The strip between two columns of prose, or None where the page has one column."""
    found = rows(words)
    if len(found) < _FEWEST_ROWS:
        return None
    start, end = min(w.x0 for w in words), max(w.x1 for w in words)
    if not 50 < end - start < _WIDEST_PAGE:
        return None
    narrowest = max(6.0, 0.7 * median(w.size for w in words))
    # few crossing lines give the sharper edges; a page that is half title and abstract needs more of them
    for share in (0.0, 0.1, 0.2, 0.35):
        strip = _empty_strip(words, start, end, share * len(found))
        if strip is None or strip[1] - strip[0] < narrowest:
            continue
        # lines of the left column end raggedly, those of the right one begin at one edge
        edge = strip[1] - narrowest, strip[1]
        if _parts_prose(found, *edge):
            return edge
    return None


def _parts_prose(found: list[list[Word]], low: float, high: float) -> bool:
    """Whether there is running text on both sides of a strip."""
    beside = [row for row in found if not any(w.x0 < high and w.x1 > low for w in row)]
    left = [[w for w in row if w.x1 <= low] for row in beside]
    right = [[w for w in row if w.x0 >= high] for row in beside]
    return all(_is_prose([row for row in side if row]) for side in (left, right))


def _empty_strip(words: list[Word], start: float, end: float, allowed: float) -> tuple[float, float] | None:
    """The widest strip in the middle part of the page that at most `allowed` words cross."""
    width = int(end - start) + 2
    changes = [0] * (width + 1)
    for word in words:
        changes[max(0, int(word.x0 - start))] += 1
        changes[min(width, int(word.x1 - start) + 1)] -= 1
    best: tuple[int, int] | None = None
    covering = run = 0
    for x in range(width):
        covering += changes[x]
        run = run + 1 if covering <= allowed else 0
        middle = x - run / 2
        if run and 0.15 * width <= middle <= 0.85 * width and (best is None or run > best[1] - best[0]):
            best = (x - run + 1, x + 1)
    return (start + best[0], start + best[1]) if best else None


def _is_prose(side: list[list[Word]]) -> bool:
    """Whether rows are lines of running text: several words each and mostly filled, unlike the column of a table."""
    if len(side) < _FEWEST_ROWS - 1:
        return False
    left = min(w.x0 for row in side for w in row)
    right = max(w.x1 for row in side for w in row)
    filled = median((max(w.x1 for w in row) - min(w.x0 for w in row)) / max(1.0, right - left) for row in side)
    return filled >= 0.55 and sum(len(row) for row in side) / len(side) >= 2.5
