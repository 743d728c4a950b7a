"""The words by which the checks tell that a quote cannot carry its value, compiled for search."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.lexicon import Lexicon, compile_words, lexicon

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class CheckWords:
    """All word lists of the checks, beside the lexicon that every reader uses.

    `bare` says for each closed list which words alone support none of its codes; `kin` which codes the lexicon's
    words for another code may also mean; `hints` which words leave a code possible, by list and code; `harm` which
    words tell that people were killed, or wounded, beside those that are told with numbers.
    """

    speaking: re.Pattern[str]
    order: re.Pattern[str]
    bare: dict[str, re.Pattern[str]]
    bare_but: dict[str, tuple[re.Pattern[str], frozenset[str]]]
    negators: re.Pattern[str]
    denials: re.Pattern[str]
    cleared: re.Pattern[str]
    revised: re.Pattern[str]
    imagined: re.Pattern[str]
    unharmed_after: re.Pattern[str]
    accused: re.Pattern[str]
    voiced: re.Pattern[str]
    undone: re.Pattern[str]
    several: re.Pattern[str]
    hints: dict[str, dict[str, re.Pattern[str]]]
    harm: dict[str, re.Pattern[str]]
    kin: dict[str, dict[str, frozenset[str]]]
    lexicon: Lexicon

    def is_bare(self, list_id: str, code: str, words: str) -> bool:
        """Whether words cannot support a code: nothing but numbers, function words and words for an act at large.

        A name or a word that the list does not know may carry a value.
        """
        known = self.bare.get(list_id)
        if known is None:
            return False
        further, but = self.bare_but.get(list_id, (None, frozenset()))
        left = known.sub(" ", words)
        if further is not None and code not in but:
            left = further.sub(" ", left)
        return _WORD.search(left) is None


def _table(rows: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {code: compile_words(patterns) for code, patterns in rows.items()}


# A word by itself and not a number; numbers say how many, never what.
_NUMBERS = [
    r"\d[\d,.]*", "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen",
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|dozens?",
]  # fmt: skip


@lru_cache(maxsize=1)
def check_words() -> CheckWords:
    """The words of the checks for English."""
    data = tomllib.loads(files("ascribe.readings.llm").joinpath("words.toml").read_text("utf-8"))
    function = [*data["bare"].pop("function"), *(f"(?:{n})" for n in _NUMBERS)]
    polarity = {name: compile_words(patterns) for name, patterns in data["polarity"].items()}
    lead = r"\A[\W\d]*(?:please |now |then |always |just |only )*(?:" + "|".join(data["instructions"]["order"]) + r")\b"
    return CheckWords(
        speaking=compile_words(data["instructions"]["speaking"]),
        order=re.compile(lead, re.IGNORECASE),
        bare={name: compile_words([*function, *patterns]) for name, patterns in data["bare"].items()},
        several=compile_words(data["sentences"]["several"]),
        bare_but={n: (compile_words(b["words"]), frozenset(b["codes"])) for n, b in data["bare_but"].items()},
        hints={name: _table(codes) for name, codes in data["hints"].items()},
        harm=_table(data["harm"]),
        kin={name: {row[0]: frozenset(row[1:]) for row in rows} for name, rows in data["kin"].items()},
        lexicon=lexicon("en"),
        **polarity,
    )
