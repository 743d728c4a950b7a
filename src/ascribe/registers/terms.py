"""The register of terms: words of the debate whose users are worth knowing, and how they are written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from ascribe.errors import ProjectError

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Term:
    """A term in its plain form, with patterns over running words for all the ways in which it is written."""

    term: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermSpan:
    """Words at `start:end` that are a form of a term."""

    start: int
    end: int
    term: str


class TermRegister:
    """Terms, ready for search. Immutable."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(terms)
        self._named = {f"t{i}": t.term for i, t in enumerate(self.terms)}
        forms = (f"(?P<t{i}>{_alternatives(t.forms)})" for i, t in enumerate(self.terms))
        self._search = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE) if self.terms else None

    def spans(self, text: str, start: int = 0, end: int | None = None) -> Iterator[TermSpan]:
        """Every form of every term in `text[start:end]`, in order; of terms that share a word the one listed first."""
        if self._search is None:
            return
        for match in self._search.finditer(text, start, len(text) if end is None else end):
            yield TermSpan(match.start(), match.end(), self._named[match.lastgroup or ""])

    def of(self, asked: str) -> Term:
        """The term that these words are a form of; words that no term knows are a term of their own, found in the
        singular and the plural, with a hyphen or a blank between its words.
        """
        words = " ".join(asked.split())
        for term in self.terms:
            if re.fullmatch(_alternatives(term.forms), words, re.IGNORECASE) or term.term == words.casefold():
                return term
        spelled = r"[- ]".join(re.escape(w) for w in re.split(r"[\s-]+", words[:_LONGEST]) if w)
        return Term(words.casefold(), (spelled + r"(?:e?s)?",))

    def extended(self, path: Path) -> TermRegister:
        """This register with the terms of a project's file before its own; ProjectError, naming the place."""
        try:
            data = tomllib.loads(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ProjectError(f"{path}: {error}") from None
        own = read_terms(data, str(path))
        return TermRegister([*own, *(t for t in self.terms if t.term not in {o.term for o in own})])


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(form.replace("[- ]", r"(?:-|\s+)").replace(" ", r"\s+") for form in forms)


def read_terms(data: Mapping[str, object], where: str) -> list[Term]:
    """The terms of a file; ProjectError, naming the entry, for one that is not whole."""
    entries = data.get("terms")
    if not isinstance(entries, list):
        raise ProjectError(f"{where}: there is no [[terms]] in it")
    return [_term(entry, f"{where}: term {number}") for number, entry in enumerate(entries, start=1)]


def _term(entry: object, where: str) -> Term:
    term, forms = (entry.get("term"), entry.get("forms")) if isinstance(entry, dict) else (None, None)
    if not isinstance(term, str) or not term.strip():
        raise ProjectError(f'{where} needs term = "…"')
    if not isinstance(forms, list) or not forms or any(not isinstance(f, str) or not f for f in forms):
        raise ProjectError(f"{where} needs forms, a list of patterns in quotation marks")
    try:
        found = re.compile(rf"(?:{_alternatives(forms)})", re.IGNORECASE)
    except re.error as error:
        raise ProjectError(f"{where}: {error}") from None
    if found.groups or found.match(""):
        raise ProjectError(f"{where}: a form may not match nothing, nor have groups other than (?:…)")
    return Term(" ".join(term.split()), tuple(forms))


@lru_cache(maxsize=1)
def term_register() -> TermRegister:
    """The register that comes with Ascribe, read once."""
    text = (files("ascribe.registers") / "terms.toml").read_text("utf-8")
    return TermRegister(read_terms(tomllib.loads(text), "terms.toml"))
