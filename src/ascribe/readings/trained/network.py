"""The bundled network, run by onnxruntime on one thread."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from ascribe.readings.trained.card import Card, checked_bytes
from ascribe.readings.trained.grouping import Linker
from ascribe.readings.trained.marking import Outputs
from ascribe.readings.trained.pieces import FIRST, Pieces, cut, framed, weights, windows
from ascribe.readings.trained.spans import Floats
from ascribe.readings.trained.standins import StandIn

BATCH = 4  # windows at once: more costs memory and gains nothing on a CPU
NAMES = ("labels", "codes", "asks", "answers")
LINKER = "linker"  # the key of the link network's weights in the model's metadata


def linker_json(linker: Linker) -> str:
    """The link network's weights as text, to travel within the model file."""
    arrays = {"hidden": linker.hidden, "hidden_bias": linker.hidden_bias, "out": linker.out}
    packed = {
        name: {"shape": a.shape, "data": base64.b64encode(np.ascontiguousarray(a, dtype="<f4").tobytes()).decode()}
        for name, a in arrays.items()
    }
    return json.dumps({**packed, "out_bias": linker.out_bias})


def linker_of(said: str) -> Linker:
    """The link network from its text."""
    block = json.loads(said)

    def array(name: str) -> Floats:
        data = np.frombuffer(base64.b64decode(block[name]["data"]), dtype="<f4")
        return np.asarray(data.reshape(block[name]["shape"]), dtype=np.float32)

    return Linker(array("hidden"), array("hidden_bias"), array("out"), float(block["out_bias"]))


class BundledNetwork:
    """Text -> pieces and scores. Loading takes a fifth of a second; one thread, so that workers do not compete."""

    def __init__(self, folder: Path, card: Card) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        weights = checked_bytes(folder / "reader.onnx", card.weights_sha256)
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self.linker = linker_of(self._session.get_modelmeta().custom_metadata_map[LINKER])
        said = checked_bytes(folder / "tokenizer.json", card.tokenizer_sha256)
        self._tokenizer = Tokenizer.from_str(said.decode("utf-8"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def cut(self, text: str, names: Sequence[StandIn] = ()) -> Pieces:
        """The text as word pieces, with stand-ins for its names."""
        return cut(text, self._tokenizer, names)

    def outputs(self, pieces: Pieces, first: int = FIRST) -> Outputs:
        """Scores of every piece, in windows if the text is long."""
        spans = windows(len(pieces))
        return merge(len(pieces), spans, self._run, pieces, first)

    def _run(self, ids: np.ndarray, shapes: np.ndarray) -> list[np.ndarray]:
        return [np.asarray(a) for a in self._session.run(list(NAMES), {"ids": ids, "shapes": shapes})]


def merge(
    length: int,
    spans: list[tuple[int, int]],
    run: Callable[[np.ndarray, np.ndarray], list[np.ndarray]],
    pieces: Pieces,
    first: int = FIRST,
) -> Outputs:
    """Run all windows; the scores of a piece are the mean over those that see it, by how much they see around it."""
    sums: list[np.ndarray] = []
    counted = np.zeros(length, dtype=np.float32)
    for at in range(0, len(spans), BATCH):
        batch = [framed(pieces, a, b, first) for a, b in spans[at : at + BATCH]]
        found = run(np.stack([ids for ids, _ in batch]), np.stack([shapes for _, shapes in batch]))
        if not sums:
            sums = [np.zeros((length, *a.shape[2:]), dtype=np.float32) for a in found]
        for row, (start, end) in enumerate(spans[at : at + BATCH]):
            weight = weights(start, end, length)
            counted[start:end] += weight
            for total, scores in zip(sums, found, strict=True):
                total[start:end] += _beside(weight, total) * scores[row, 1:-1]
    return Outputs(*(total / _beside(counted, total) for total in sums))


def _beside(weight: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """One number a piece in the shape of its scores."""
    return weight.reshape(-1, *(1,) * (scores.ndim - 1))
