"""Where the words of a reprint stand in its original."""

from __future__ import annotations

from collections.abc import Iterator

from ascribe.store.search import Folded, folded

_RUN = 5  # words; a run of so many that the original has once says where a passage stands in it
_OFTEN, _NOWHERE = -1, -2  # instead of a place, which such a run does not tell
_ENOUGH = 0.5  # of a passage's runs that must stand in the original


class Original:
    """A text to find the passages of its reprints in."""

    def __init__(self, text: str) -> None:
        self._words = list(folded(text, 0, len(text)))
        self._places: dict[int, dict[tuple[str, ...], int]] = {}

    def place(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where the words of `text[start:end]` stand in the original; None where most of them do not stand there."""
        words = list(folded(text, start, end))
        length = min(_RUN, len(words))
        if not length:
            return None
        known = self._once(length)
        places = [known.get(run, _NOWHERE) for run, _ in _runs(words, length)]
        found = sorted(at for at in places if at >= 0)
        if not found or len(found) < _ENOUGH * sum(at != _OFTEN for at in places):
            return None
        middle = found[len(found) // 2]
        near = [at for at in found if abs(at - middle) <= len(words)]
        return self._words[near[0]].start, self._words[near[-1] + length - 1].end

    def _once(self, length: int) -> dict[tuple[str, ...], int]:
        """The runs of so many words, each with the number of its first word, if it stands there once."""
        if length not in self._places:
            places: dict[tuple[str, ...], int] = {}
            for run, at in _runs(self._words, length):
                places[run] = _OFTEN if run in places else at
            self._places[length] = places
        return self._places[length]


def _runs(words: list[Folded], length: int) -> Iterator[tuple[tuple[str, ...], int]]:
    plain = [w.word for w in words]
    return ((tuple(plain[at : at + length]), at) for at in range(len(plain) - length + 1))
