"""Documents as training examples: pieces, gold labels and codes, which span belongs to which event, and noise."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from ascribe.readings.trained.grouping import pair_features
from ascribe.readings.trained.layout import CODE_COUNT, CODES, COLUMNS, EVENT, SLOTS
from ascribe.readings.trained.pieces import BREAKS, SHAPES, Pieces, cut
from ascribe.readings.trained.spans import BEGIN, INSIDE, Span
from training.config import Recipe

MASK = 103
SWAPPED = ("perp", "victim", "place")


@dataclass
class Example:
    """One document as the network learns it. `codes` holds 1, 0, or -1 where nothing is known."""

    pieces: Pieces
    labels: np.ndarray
    spans: list[Span]
    members: list[frozenset[int]]
    codes: np.ndarray
    features: np.ndarray
    linked: np.ndarray


def codes_of(slot: str, values: list[str | None]) -> list[str]:
    """The codes that the values of one marked span stand for."""
    if slot in ("event", "target", "weapon"):
        return [c.strip() for v in values for c in (v or "").split(",") if c.strip()]
    if slot in ("group", "fate"):
        return [v.rpartition(":")[2] for v in values if v]
    if slot in ("place", "killed", "wounded"):
        return ["part"] if "part" in values else []
    return [v for v in values if v]


def gold_spans(document: dict, pieces: Pieces) -> tuple[list[Span], list[frozenset[int]]]:
    """The document's spans on pieces, and the incidents of each."""
    spans, members = [], []
    for mark in document["spans"]:
        first = int(np.searchsorted(pieces.ends, mark["start"], side="right"))
        last = int(np.searchsorted(pieces.starts, mark["end"], side="left"))
        if first >= last:
            continue
        codes = tuple(codes_of(mark["slot"], [v for _, v in mark["values"]]))
        spans.append(Span(SLOTS.index(mark["slot"]), first, last, mark["start"], mark["end"], 1.0, codes))
        members.append(frozenset(n for n, _ in mark["values"]))
    return spans, members


def code_targets(spans: list[Span]) -> np.ndarray:
    """Rows of 1 and 0 for the codes of each span's slot; -1 for all others."""
    rows = np.full((len(spans), CODE_COUNT), -1, dtype=np.float32)
    for row, span in zip(rows, spans, strict=True):
        if span.name not in CODES:
            continue
        choice, codes = CODES[span.name]
        if choice == "one" and not span.codes:
            continue
        kept = span.codes[:1] if choice == "one" else span.codes
        row[COLUMNS[span.name]] = [float(c in kept) for c in codes]
    return rows


def example(document: dict, tokenizer: Tokenizer, drop: float = 0.0, chance: random.Random | None = None) -> Example:
    """One document as an example; `drop` of its spans are hidden from the linker."""
    pieces = cut(document["text"], tokenizer)
    spans, members = gold_spans(document, pieces)
    labels = np.zeros((len(pieces), len(SLOTS)), dtype=np.int64)
    for span in spans:
        labels[span.first : span.last, span.slot] = INSIDE
    for span in spans:
        labels[span.first, span.slot] = BEGIN
    if chance and drop:
        kept = [k for k in range(len(spans)) if chance.random() >= drop]
        spans, members = [spans[k] for k in kept], [members[k] for k in kept]
    events = [m for s, m in zip(spans, members, strict=True) if s.slot == EVENT]
    features = pair_features(document["text"], pieces, spans) if events else np.zeros((0, 0, 0), np.float32)
    linked = np.array([[bool(m & e) for e in events] for m in members], dtype=np.float32)
    return Example(pieces, labels, spans, members, code_targets(spans), features, linked)


def disturb(pieces: Pieces, recipe: Recipe, chance: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Ids and shapes with noise: pieces masked; now and then the whole document in one case."""
    ids, shapes = pieces.ids.copy(), pieces.shapes.copy()
    numbers = np.random.default_rng(chance.getrandbits(32))
    ids[numbers.random(len(ids)) < recipe.word_drop] = MASK
    if chance.random() < recipe.case_noise:
        case = chance.choice((0, 2))
        breaks, shape = np.divmod(shapes, SHAPES)
        shapes = np.where(shape == SHAPES - 1, shape, case) + SHAPES * np.minimum(breaks, BREAKS - 1)
    return ids, shapes


def names_of(documents: list[dict]) -> dict[str, list[str]]:
    """Names by slot, to exchange."""
    pool: dict[str, set[str]] = {slot: set() for slot in SWAPPED}
    for d in documents:
        for s in d["spans"]:
            words = d["text"][s["start"] : s["end"]]
            if s["slot"] in pool and words[:1].isupper() and "part" not in [v for _, v in s["values"]]:
                pool[s["slot"]].add(words)
    return {slot: sorted(words) for slot, words in pool.items()}


def swap_names(document: dict, pool: dict[str, list[str]], chance: random.Random) -> dict:
    """The document with each marked name exchanged, everywhere in the text, for another of its slot and length."""
    text = document["text"]
    exchange: dict[str, str] = {}
    for s in document["spans"]:
        words = text[s["start"] : s["end"]]
        if s["slot"] in pool and words[:1].isupper() and words not in exchange and "\n" not in words:
            same = [
                n for n in pool[s["slot"]] if len(n.split()) == len(words.split()) and n.isupper() == words.isupper()
            ]
            exchange[words] = chance.choice(same) if same else words
    if not exchange:
        return document
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(w) for w in sorted(exchange, key=len, reverse=True)) + r")\b")
    cuts, out, at = [], [], 0
    for m in pattern.finditer(text):
        out += [text[at : m.start()], exchange[m[0]]]
        cuts.append((m.start(), m.end(), len(exchange[m[0]]) - len(m[0])))
        at = m.end()
    new = "".join([*out, text[at:]])

    def moved(offset: int) -> int | None:
        if any(start < offset < stop for start, stop, _ in cuts):
            return None
        return offset + sum(by for _, stop, by in cuts if stop <= offset)

    spans = []
    for s in document["spans"]:
        start, end = moved(s["start"]), moved(s["end"])
        if start is None or end is None:
            return document
        spans.append({**s, "start": start, "end": end})
    return {**document, "text": new, "spans": spans}


def crop(document: dict, chance: random.Random, least: float = 0.4) -> dict:
    """Some neighbouring paragraphs of a document: at least this share of them, so that a text may begin anywhere."""
    breaks = [0, *(m.end() for m in re.finditer(r"\n+", document["text"])), len(document["text"])]
    lines = len(breaks) - 1
    if lines < 4:
        return document
    count = chance.randint(max(2, int(least * lines)), lines - 1)
    first = chance.randint(0, lines - count)
    start, end = breaks[first], breaks[first + count]
    spans = [
        {**s, "start": s["start"] - start, "end": s["end"] - start}
        for s in document["spans"]
        if start <= s["start"] and s["end"] <= end
    ]
    return {**document, "text": document["text"][start:end].rstrip("\n"), "spans": spans}
