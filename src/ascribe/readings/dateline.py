"""Where a report says from where and when it was filed: neither is the place nor the day of what it tells."""

from __future__ import annotations

import re

# "GHENT, Belgium, Sept 20 (Agency) - ", "QUETTA: " at the start of one of the first lines: where the report was filed.
_DATELINE = re.compile(
    r"^[^\W\d_a-z][^\W\d_a-z'’. -]{2,40}(?:,[^\n]{0,70}?)?(?:\s*\([^)\n]{1,40}\))?"
    r"(?:\s+[-–—]{1,2}|\s?[—:])\s+(?=[\"“«]?[A-Z\[])",
    re.MULTILINE,
)
_DATELINE_WITHIN = 600


def dateline(text: str) -> tuple[int, int]:
    """Where the dateline stands; nowhere in a list, whose entries all begin like one."""
    found = _DATELINE.search(text, 0, _DATELINE_WITHIN)
    if found is None or sum(1 for _ in _DATELINE.finditer(text)) > 2:
        return (0, 0)
    return found.span()
