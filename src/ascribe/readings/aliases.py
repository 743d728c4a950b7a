"""Names of one person that differ: titles before them, initials for them, aliases that the text introduces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from ascribe.readings.lexicon import compile_words

_LONGEST = 60  # characters between a name and its alias
_QUOTES = "\"'“”‘’«»"
_POSSESSIVE = re.compile(r"['’]s?$")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_INDEFINITE = re.compile(r"\b(?:an?)\s+$", re.IGNORECASE)
# "Sobhan Komrouni ("Abu Aisha")", 'Faraj "Dushka" Bishti', "Ti-Jo, that is, Joseph Galvani"
_BRACKETED = re.compile(rf"\s*\(\s*[{_QUOTES}]?|\s*,?\s*[{_QUOTES}]|\s*,\s+that is,?\s*")


@lru_cache(maxsize=4)
def _words(code: str) -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files("ascribe.languages").joinpath(f"{code}_names.toml").read_text("utf-8"))
    return {name: compile_words(patterns) for name, patterns in data["names"].items()}


def bare(words: str) -> str:
    """A name without quotation marks, possessive and the titles before it: "Mr Sarraf's" is "Sarraf".

    A title with nothing but a first name after it stays: "Sister Ana" may not be every Ana.
    """
    name = _POSSESSIVE.sub("", words.strip(_QUOTES + " ")).strip(_QUOTES + " ")
    while (found := _words("en")["titles"].match(name)) and name[found.end() :].strip():
        name = name[found.end() :].strip()
    return name


def is_nameless(text: str, start: int, words: str) -> bool:
    """Whether capitalised words name nobody: a pronoun at the head of a sentence, "a Tunisian"."""
    if _words("en")["pronouns"].fullmatch(words):
        return True
    return " " not in words and _INDEFINITE.search(text[max(0, start - 5) : start]) is not None


def initialled(words: str, names: Sequence[str]) -> str | None:
    """The only one of the names whose last word is this initial: "K." for "Sefa K."."""
    if not _INITIAL.fullmatch(words):
        return None
    letter = words.rstrip(".")
    bearers = {n for n in names if len(n.split()) > 1 and n.split()[-1].rstrip(".") == letter}
    return bearers.pop() if len(bearers) == 1 else None


def introduces(text: str, first: int, last: int) -> bool:
    """Whether the words of a text between two names say that they are one person's: ", known as", "alias", " (“"."""
    if not 0 < last - first <= _LONGEST:
        return False
    between = text[first:last]
    if _BRACKETED.fullmatch(between):
        return True
    return _words("en")["alias"].fullmatch(between.strip(" ,;:()–—-" + _QUOTES)) is not None


def aliases(text: str, spans: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Names of a text, each with that for which the text introduces it: {"Abu Yaqin": "Farid Benslimane"}.

    `spans` are those of names of people. Of a name and an alias the one of several words stands for both.
    """
    same: dict[str, str] = {}
    ordered = sorted(set(spans))
    for (start, end), (later, last) in pairwise(ordered):
        if introduces(text, end, later):
            first, second = " ".join(text[start:end].split()), " ".join(text[later:last].split())
            full, short = (first, second) if " " in first or " " not in second else (second, first)
            if full != short:
                same.setdefault(short, same.get(full, full))
    return same
