"""Measure a network on documents with gold marks: spans, codes, and grouping given the gold spans."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch
from tokenizers import Tokenizer

from ascribe.readings.trained.grouping import Linker, Thresholds, group, pair_features, pooled
from ascribe.readings.trained.layout import CODES, EVENT, SLOTS
from ascribe.readings.trained.network import merge
from ascribe.readings.trained.pieces import Pieces, cut, windows
from ascribe.readings.trained.spans import Span, choose, find_spans
from training.examples import gold_spans
from training.model import Network


def outputs(network: Network, pieces: Pieces) -> tuple[np.ndarray, ...]:
    """Label scores, code scores and link vectors of a document's pieces, from windows as the reader takes them."""

    def run(ids: np.ndarray, shapes: np.ndarray) -> list[np.ndarray]:
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            vectors = network.states(torch.from_numpy(ids), torch.from_numpy(shapes))
        with torch.no_grad():
            return [t.numpy() for t in network.heads(vectors.float())]

    out = merge(len(pieces), windows(len(pieces)), run, pieces)
    return out.labels, out.codes, out.asks, out.answers


def linker_of(network: Network) -> Linker:
    """The link network as the reader runs it."""
    hidden, out = network.hidden, network.out
    arrays = [t.detach().numpy() for t in (hidden.weight.T, hidden.bias, out.weight[0])]
    return Linker(arrays[0], arrays[1], arrays[2], float(out.bias.detach()))


def f1(right: float, found: float, wanted: float) -> float:
    """The harmonic mean of precision and recall."""
    return round(2 * right / (found + wanted), 4) if found + wanted else 0.0


def measure(network: Network, documents: list[dict], tokenizer: Tokenizer) -> dict:
    """Exact span F1 (all and by slot), code accuracy, and B-cubed F1 and attachment accuracy on gold spans."""
    network.eval()
    linker = linker_of(network)
    right, found, wanted, codes = Counter(), Counter(), Counter(), Counter()
    cubes, attached = [], []
    for d in documents:
        pieces = cut(d["text"], tokenizer, d["names"])
        labels, code_scores, asks, answers = outputs(network, pieces)
        gold, members = gold_spans(d, pieces)
        got = find_spans(labels, code_scores, pieces, np.zeros(len(SLOTS), np.float32))
        keys = {(s.slot, s.first, s.last) for s in gold}
        for s in got:
            found[s.slot] += 1
            right[s.slot] += (s.slot, s.first, s.last) in keys
        for s in gold:
            wanted[s.slot] += 1
            if s.name in CODES and (s.codes or CODES[s.name][0] != "one"):
                chosen = choose(s.slot, code_scores[s.first : s.last].mean(axis=0))
                codes[s.name, "n"] += 1
                codes[s.name, "right"] += set(chosen) == set(s.codes)
        if any(s.slot == EVENT for s in gold):
            events = [s for s in gold if s.slot == EVENT]
            features = pair_features(d["text"], pieces, gold)
            scores = linker.scores(pooled(asks, gold), pooled(answers, events), features)
            grouped = [[one.span for one in g] for g in group(gold, scores, Thresholds())]
            cubes.append(b_cubed(gold, members, grouped))
            attached += attachment(gold, members, grouped)
    by_slot = {SLOTS[k]: f1(right[k], found[k], wanted[k]) for k in sorted(wanted)}
    n_codes = {s: codes[s, "n"] for s in CODES}
    return {
        "span_f1": f1(right.total(), found.total(), wanted.total()),
        "event_b3": round(float(np.mean(cubes)), 4) if cubes else None,
        "attach": round(float(np.mean(attached)), 4) if attached else None,
        "spans": by_slot,
        "codes": {s: round(codes[s, "right"] / n, 3) for s, n in n_codes.items() if n},
    }


def b_cubed(gold: list[Span], members: list[frozenset[int]], grouped: list[list[Span]]) -> float:
    """B-cubed F1 of the event mentions of one document."""
    of = {s: m for s, m in zip(gold, members, strict=True) if s.slot == EVENT}
    clusters = [[s for s in g if s.slot == EVENT] for g in grouped]
    precision, recall = [], []
    for cluster in clusters:
        for s in cluster:
            same = [t for t in of if of[t] & of[s]]
            both = sum(bool(of[t] & of[s]) for t in cluster)
            precision.append(both / len(cluster))
            recall.append(both / len(same))
    p, r = float(np.mean(precision)), float(np.mean(recall))
    return 2 * p * r / (p + r)


def attachment(gold: list[Span], members: list[frozenset[int]], grouped: list[list[Span]]) -> list[bool]:
    """For each span that is no event: is it in the cluster whose events are mostly of its own incident?"""
    of = dict(zip(gold, members, strict=True))
    results = []
    for s in gold:
        if s.slot == EVENT or not any(of[s] & of[t] for t in gold if t.slot == EVENT):
            continue
        mine = next((g for g in grouped if s in g), [])
        events = [t for t in mine if t.slot == EVENT]
        results.append(bool(events) and sum(bool(of[t] & of[s]) for t in events) * 2 > len(events))
    return results
