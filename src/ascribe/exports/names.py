"""Finding withheld names in words, file names and addresses: whatever the case, the accents and the separators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

WITHHELD_NAME = "[name withheld]"

_TOKEN = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = r"[\W_]{1,5}"
_SHORTEST_SURNAME = 3
_AROUND = 200  # characters on each side of a passage in which a name may begin or end
_SHORTEST_JOINED = 6  # letters from which two names written as one word are looked for within longer words


class Names:
    """Names that may not be told. `full` are looked for as they are, of `people` the last name alone too.

    A single name with a capital, such as a last name, is found in a text only where it has one there, since many are
    ordinary words; in a file name or an address, which have no capitals to go by, it is found always.
    """

    def __init__(self, full: Iterable[str], people: Iterable[str] = ()) -> None:
        people = list(people)
        single: set[str] = set()
        several: set[tuple[str, ...]] = set()
        for name in (*full, *people, *filter(None, map(_last, people))):
            tokens = tuple(_TOKEN.findall(_folded(name)[0]))
            if len(tokens) == 1 and any(c.isupper() for c in name):
                single.add(tokens[0])
            elif tokens:
                several.add(tokens)
        self._several = {tokens for tokens in several if len(tokens) > 1}
        loose, strict = [_BETWEEN.join(map(re.escape, t)) for t in several], [re.escape(t) for t in single]
        alternatives = [*_group("loose", loose), *_group("single", strict)]
        self._pattern = re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])") if alternatives else None

    def mask(self, text: str) -> str:
        """The text with every name replaced."""
        return self.mask_between(text, 0, len(text))

    def mask_between(self, text: str, start: int, end: int) -> str:
        """`text[start:end]` with every name replaced, one of which only a part stands there too."""
        first = max(0, start - _AROUND)
        out, at = [], start
        for a, b in self._spans(text[first : end + _AROUND]):
            if first + b > start and first + a < end:
                out += [text[at : first + a], WITHHELD_NAME]
                at = first + b
        return "".join((*out, text[at:end]))

    def in_text(self, text: str) -> bool:
        """Whether a name stands in the text."""
        return bool(self._spans(text))

    def in_full(self, text: str) -> bool:
        """Whether a name of several words stands in the text."""
        return any(len(_TOKEN.findall(text[start:end])) > 1 for start, end in self._spans(text))

    def in_address(self, text: str) -> bool:
        """Whether a name stands in a file name or an address, in whatever spelling those use."""
        if self._pattern is None:
            return False
        plain = re.sub(r"\d", " ", _folded(_HUMP.sub(" ", unquote(text)))[0])
        if self._pattern.search(plain):
            return True
        joined = {"".join(tokens) for tokens in self._several}
        return any(len(name) >= _SHORTEST_JOINED and name in word for name in joined for word in _TOKEN.findall(plain))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if self._pattern is None:
            return []
        folded, origins = _folded(text)
        found = ((m.lastgroup, origins[m.start()], origins[m.end() - 1] + 1) for m in self._pattern.finditer(folded))
        return [(a, b) for how, a, b in found if how != "single" or any(c.isupper() for c in text[a:b])]


def _group(name: str, patterns: list[str]) -> list[str]:
    longest_first = sorted(patterns, key=lambda p: (-len(p), p))
    return [f"(?P<{name}>{'|'.join(longest_first)})"] if patterns else []


def _last(name: str) -> str:
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return last if len(last) >= _SHORTEST_SURNAME and any(c.isupper() for c in last) else ""


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without case and accents, and for each character of it the offset that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    out: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for one in unicodedata.normalize("NFKD", character).casefold():
            if unicodedata.category(one) != "Mn":
                out.append(one)
                origins.append(offset)
    return "".join(out), origins
