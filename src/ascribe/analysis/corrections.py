"""Whether a report says that it corrects what was said before."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from ascribe.sources import Cited

_BESIDE = 160  # characters on each side of a quote in which its report may say so


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    data = tomllib.loads(files("ascribe.languages").joinpath("en_corrections.toml").read_text("utf-8"))
    return re.compile(rf"\b(?:{'|'.join(data['corrections'])})\b", re.IGNORECASE)


def says_corrected(cited: Cited) -> bool:
    """Whether words of correction stand beside a statement's words, in the same paragraph."""
    text = cited.document.text
    for evidence in cited.statement.evidence:
        before = text[max(0, evidence.start - _BESIDE) : evidence.start].rpartition("\n\n")[2]
        after = text[evidence.end : evidence.end + _BESIDE].partition("\n\n")[0]
        if _words().search(f"{before}{evidence.quote}{after}"):
            return True
    return False
