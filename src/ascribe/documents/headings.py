"""The title of a text that has no metadata: its first line, where that looks like a heading."""

from __future__ import annotations

import re

from ascribe.documents.published import is_date_line

_LONGEST = 160
_SHORTEST = 6
_SENTENCE_END = re.compile(r"[.;:,][\"'”’)]?$")
_DATELINE_DASH = re.compile(r"^[A-Z][A-Z .,'-]{2,40}.{0,40}\s[-–—]{1,2}\s")


def heading_of(text: str) -> str | None:
    """The first line that is neither a date nor a byline, if it is short, set apart and no sentence."""
    lines = text[:4_000].splitlines()
    for i, raw in enumerate(lines[:20]):
        line = " ".join(raw.split())
        if not line or is_date_line(line) or line.lower().startswith("by "):
            continue
        rest = lines[i + 1] if i + 1 < len(lines) else ""
        set_apart = not rest.strip() or len(rest) > 2 * len(line) or is_date_line(rest.strip())
        return line if set_apart and _is_heading(line) else None
    return None


def _is_heading(line: str) -> bool:
    if not _SHORTEST <= len(line) <= _LONGEST or len(line.split()) < 2:
        return False
    if _SENTENCE_END.search(line) or _DATELINE_DASH.match(line):
        return False
    first = next((c for c in line if c.isalnum()), "")
    return bool(first) and (not first.isalpha() or not first.islower())
