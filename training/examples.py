"""Documents as training examples: pieces, gold labels and codes, which span belongs to which event, and noise."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from ascribe.readings.trained.grouping import pair_features
from ascribe.readings.trained.layout import CODE_COUNT, CODES, COLUMNS, EVENT, SLOTS
from ascribe.readings.trained.pieces import CASES, FIRST, FIRST_MUC4, SHAPES, Pieces, cut
from ascribe.readings.trained.spans import BEGIN, INSIDE, Span
from ascribe.readings.trained.standins import NUMBERS, SORTS, StandIn, stand_ins
from ascribe.registers.groups import Group, GroupRegister, group_register
from ascribe.registers.places import place_register
from ascribe.registers.surroundings import Surroundings
from training.config import Recipe

MASK = 103
LONG = 4500  # characters: some 750 words
ANY, GROUP, TOWN = (SORTS.index(s) for s in ("name", "group", "town"))
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[A-Z\"“‘])")


def with_names(document: dict) -> dict:
    """The document with its stand-ins, found once."""
    groups = register_with(document.get("groups", []))
    found = stand_ins(document["text"], Surroundings(place_register(), document["text"]), groups)
    return {**document, "names": found}


def register_with(names: list[str]) -> GroupRegister:
    """The register as if it knew these groups too."""
    if not names:
        return group_register()
    known = {g.id: g for groups in group_register().by_name().values() for g in groups}
    return GroupRegister([*known.values(), *(Group(n, n, (), (), None, None, "group") for n in names)])


def doubtful(names: list[StandIn], recipe: Recipe, chance: random.Random) -> list[StandIn]:
    """Stand-ins as a worse register would give them: some names shown, some of no known sort; numbers differ."""
    turn = [chance.randrange(NUMBERS) for _ in SORTS] if chance.random() < 0.5 else [0] * len(SORTS)
    fate: dict[tuple[int, int], float] = {}
    out = []
    for name in names:
        luck = fate.setdefault((name.sort, name.number), chance.random())
        if luck < recipe.name_shown:
            continue
        unsorted = name.sort in (GROUP, TOWN) and luck > 1 - recipe.name_unsorted
        sort = ANY if unsorted else name.sort
        out.append(replace(name, sort=sort, number=name.number + turn[sort]))
    return out


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
    known: np.ndarray  # of which slots it is known where they are not
    first: int = FIRST


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
    pieces = cut(document["text"], tokenizer, document["names"])
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
    told = document.get("known", SLOTS)
    codes = code_targets(spans)
    if "known" in document:  # MUC-4 tells the kind of act, no other codes
        codes[[s.slot != EVENT for s in spans]] = -1
    known = np.array([slot in told for slot in SLOTS])
    first = FIRST_MUC4 if "known" in document else FIRST
    return Example(pieces, labels, spans, members, codes, features, linked, known, first)


def disturb(pieces: Pieces, recipe: Recipe, chance: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Ids and shapes with noise: pieces masked; now and then the whole document in one case."""
    ids, shapes = pieces.ids.copy(), pieces.shapes.copy()
    numbers = np.random.default_rng(chance.getrandbits(32))
    ids[numbers.random(len(ids)) < recipe.word_drop] = MASK
    if chance.random() < recipe.case_noise:
        case = chance.choice((0, 2))
        breaks, shape = np.divmod(shapes, SHAPES)
        shapes = np.where(shape >= CASES - 1, shape, case) + SHAPES * breaks
    return ids, shapes


def part(document: dict, start: int, end: int) -> dict:
    """What stands between two offsets of a document."""
    spans = [
        {**s, "start": s["start"] - start, "end": s["end"] - start}
        for s in document["spans"]
        if start <= s["start"] and s["end"] <= end
    ]
    names = [
        replace(n, start=n.start - start, end=n.end - start)
        for n in document["names"]
        if start <= n.start and n.end <= end
    ]
    return {**document, "text": document["text"][start:end].rstrip(), "spans": spans, "names": names}


def shorten(document: dict, chance: random.Random) -> dict:
    """One to four sentences of a document, an event among them."""
    text = document["text"]
    events = [s for s in document["spans"] if s["slot"] == "event"]
    if not events:
        return document
    breaks = sorted(
        {0, len(text), *(m.end() for m in _SENTENCE.finditer(text)), *(m.end() for m in re.finditer(r"\n+", text))}
    )
    at = chance.choice(events)["start"]
    held = max(k for k, b in enumerate(breaks[:-1]) if b <= at)
    first = max(0, held - chance.choice((0, 0, 1)))
    last = min(len(breaks) - 1, held + chance.choice((1, 2, 3)))
    return part(document, breaks[first], breaks[last])


def join(one: dict, other: dict) -> dict:
    """Two documents as one: first the one, then the other."""
    by = len(one["text"]) + 2
    incidents = 1 + max((n for s in one["spans"] for n, _ in s["values"]), default=-1)
    numbers = 1 + max((n.number for n in one["names"]), default=-1)
    spans = [
        {**s, "start": s["start"] + by, "end": s["end"] + by, "values": [[n + incidents, v] for n, v in s["values"]]}
        for s in other["spans"]
    ]
    names = [replace(n, start=n.start + by, end=n.end + by, number=n.number + numbers) for n in other["names"]]
    text = one["text"] + "\n\n" + other["text"]
    return {**one, "text": text, "spans": [*one["spans"], *spans], "names": [*one["names"], *names]}


def noisy(document: dict, others: list[dict], recipe: Recipe, chance: random.Random) -> dict:
    """A document cropped, cut short, or joined with another, now and then; its names known more or less well.

    Those of MUC-4 stay whole: which incidents they tell is said of the document, not of its parts.
    """
    luck = chance.random() if "known" not in document else 1.0
    long = len(document["text"]) > LONG
    cropped = recipe.cropped * (2 if long else 1)
    if luck < cropped:
        document = crop(document, chance)
    elif luck < cropped + recipe.short:
        document = shorten(document, chance)
    elif luck < cropped + recipe.short + recipe.joined and not long:
        document = join(document, crop(chance.choice(others), chance))
    return {**document, "names": doubtful(document["names"], recipe, chance)}


def crop(document: dict, chance: random.Random, least: float = 0.4) -> dict:
    """Some neighbouring paragraphs of a document: at least this share of them, so that a text may begin anywhere."""
    breaks = [0, *(m.end() for m in re.finditer(r"\n+", document["text"])), len(document["text"])]
    lines = len(breaks) - 1
    if lines < 4:
        return document
    count = chance.randint(max(2, int(least * lines)), lines - 1)
    first = chance.randint(0, lines - count)
    return part(document, breaks[first], breaks[first + count])
