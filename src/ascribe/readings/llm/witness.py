"""The bundled network as a witness: what it thinks of the words that a model quotes, and whose act they tell of.

It is not asked what it would have found by itself. It is shown the quotes of the model, as spans, and the model's own
mentions of the acts, and scores the ones against the others. It understands less than a large model does, but it was
not there when the model went wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ascribe.model import Document
from ascribe.readings.marks import Slot
from ascribe.readings.setting import Setting

if TYPE_CHECKING:  # the network is loaded with the first document
    from ascribe.readings.trained.grouping import Linker
    from ascribe.readings.trained.marking import Outputs
    from ascribe.readings.trained.network import BundledNetwork
    from ascribe.readings.trained.pieces import Pieces
    from ascribe.readings.trained.spans import Span

Place = tuple[int, int, Slot]
Links = Mapping[Place, Mapping[Place, float]]


class Witness:
    """One document as the network sees it."""

    def __init__(self, text: str, pieces: Pieces, out: Outputs, linker: Linker) -> None:
        self._text, self._pieces, self._out, self._linker = text, pieces, out, linker

    def tells(self, start: int, end: int, slot: Slot) -> float:
        """How surely words carry a slot: the mean log-odds over their pieces; 0 where there are none."""
        from ascribe.readings.trained.layout import SLOTS  # noqa: PLC0415
        from ascribe.readings.trained.spans import OUTSIDE, log_softmax  # noqa: PLC0415

        first, last = self._stretch(start, end)
        if first >= last:
            return 0.0
        outside = log_softmax(self._out.labels[first:last, SLOTS.index(slot)])[:, OUTSIDE].astype(np.float64)
        inside = np.log1p(-np.exp(np.minimum(outside, -1e-6)))
        return float((inside - outside).mean())

    def codes(self, start: int, end: int, slot: Slot) -> Mapping[str, float]:
        """The scores of the codes of a slot for some words; above zero is yes. Empty for a slot without codes."""
        from ascribe.readings.trained.layout import CODES, COLUMNS  # noqa: PLC0415

        first, last = self._stretch(start, end)
        if first >= last or slot not in CODES:
            return {}
        means = self._out.codes[first:last, COLUMNS[slot]].mean(axis=0)
        return dict(zip(CODES[slot][1], (float(m) for m in means), strict=True))

    def links(self, places: Sequence[Place], mentions: Sequence[Place]) -> Links:
        """For each place the score that its words tell of the act of each mention; above zero is yes."""
        from ascribe.readings.trained.grouping import pair_features, pooled  # noqa: PLC0415

        spans = {place: span for place in {*places, *mentions} if (span := self._span(place)) is not None}
        ordered = sorted(spans, key=lambda p: (spans[p].start, spans[p].end, spans[p].slot))
        acts = [p for p in ordered if p[2] == "event"]
        if not acts:
            return {}
        held = [spans[p] for p in ordered]
        features = pair_features(self._text, self._pieces, held)
        asks, answers = pooled(self._out.asks, held), pooled(self._out.answers, [spans[p] for p in acts])
        scores = self._linker.scores(asks, answers, features)
        return {
            place: {act: float(score) for act, score in zip(acts, row, strict=True)}
            for place, row in zip(ordered, scores, strict=True)
        }

    def _stretch(self, start: int, end: int) -> tuple[int, int]:
        """The pieces that words lie on."""
        first = int(np.searchsorted(self._pieces.ends, start, side="right"))
        last = int(np.searchsorted(self._pieces.starts, end, side="left"))
        return first, last

    def _span(self, place: Place) -> Span | None:
        from ascribe.readings.trained.layout import SLOTS  # noqa: PLC0415
        from ascribe.readings.trained.spans import Span  # noqa: PLC0415

        first, last = self._stretch(place[0], place[1])
        return Span(SLOTS.index(place[2]), first, last, place[0], place[1]) if first < last else None


def witness_of(document: Document, setting: Setting, folder: Path | None = None) -> Witness:
    """The view that the bundled network, or the one in `folder`, has of a document."""
    from ascribe.readings.trained.standins import stand_ins  # noqa: PLC0415

    network = _network(folder)
    pieces = network.cut(document.text, stand_ins(document.text, setting.surroundings, setting.group_register))
    return Witness(document.text, pieces, network.outputs(pieces), network.linker)


@lru_cache(maxsize=2)
def _network(folder: Path | None) -> BundledNetwork:
    from ascribe.readings.trained.reader import TrainedReader  # noqa: PLC0415

    return TrainedReader(folder).network
