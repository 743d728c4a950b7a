"""The network's outputs for a document -> marked incidents."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ascribe.model import AUTHOR, Voice
from ascribe.readings.lexicon import Lexicon
from ascribe.readings.marks import Mark, MarkedIncident
from ascribe.readings.trained.grouping import Linker, Member, Thresholds, group, pair_scores
from ascribe.readings.trained.layout import EVENT, SLOTS
from ascribe.readings.trained.pieces import Pieces
from ascribe.readings.trained.settling import settled
from ascribe.readings.trained.spans import Floats, Span, find_spans
from ascribe.readings.voices import voice_at


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the encoder says of each piece: labels (slots x 3), codes, and the vectors that ask for and answer links."""

    labels: Floats
    codes: Floats
    asks: Floats
    answers: Floats


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was chosen on held-out documents after training.

    All but `thresholds` are by slot. `eagerness` and `lines` are those of `find_spans`; `floors` are the least of the
    network's own confidence, in the words and in the incident together, with which a mark counts; a calibration (slope,
    shift) turns the log-odds of that confidence into those of being right (Platt scaling).
    """

    eagerness: Mapping[str, float] = field(default_factory=dict)
    lines: Mapping[str, float] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=Thresholds)
    calibration: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    floors: Mapping[str, float] = field(default_factory=dict)

    def sure(self, member: Member) -> bool:
        """Whether a mark counts."""
        return member.span.confidence * member.chance >= self.floors.get(member.span.name, 0.0)

    def confidence(self, slot: str, raw: float) -> float:
        """The chance that a mark is right, from the network's own confidence in it."""
        slope, shift = self.calibration.get(slot, (1.0, 0.0))
        held = min(max(raw, 1e-4), 1 - 1e-4)
        return round(1 / (1 + math.exp(-(slope * math.log(held / (1 - held)) + shift))), 4)


def members_of(text: str, pieces: Pieces, out: Outputs, linker: Linker, tuning: Tuning) -> list[list[Member]]:
    """The spans of each incident of a text."""
    spans, scores = scored_spans(text, pieces, out, linker, tuning)
    return grouped(text, spans, scores, tuning, len(pieces))


def scored_spans(text: str, pieces: Pieces, out: Outputs, linker: Linker, tuning: Tuning) -> tuple[list[Span], Floats]:
    """The spans of a text, and the score of each with every event mention (spans x events)."""
    eagerness = np.array([tuning.eagerness.get(slot, 0.0) for slot in SLOTS], dtype=np.float32)
    spans = find_spans(out.labels, out.codes, pieces, eagerness, tuning.lines)
    if not any(s.slot == EVENT for s in spans):
        return [], np.zeros((0, 0), dtype=np.float32)
    return spans, pair_scores(text, pieces, spans, (out.asks, out.answers), linker)


def grouped(text: str, spans: Sequence[Span], scores: Floats, tuning: Tuning, length: int) -> list[list[Member]]:
    """Scored spans of a text of so many pieces by incident, without those that cannot hold."""
    incidents = group(spans, scores, tuning.thresholds, length)
    return [settled(text, [m for m in found if tuning.sure(m)]) for found in incidents]


def marked(text: str, members: Sequence[Sequence[Member]], tuning: Tuning, words: Lexicon) -> list[MarkedIncident]:
    """The same as marks, each with its voice and a calibrated confidence."""
    groups = [(m.span.start, m.span.end) for found in members for m in found if m.span.name in ("group", "claimby")]
    voices: dict[int, Voice] = {}
    incidents = []
    for found in members:
        marks = []
        for member in found:
            span = member.span
            if span.start not in voices:
                voices[span.start] = voice_at(text, span.start, words, groups)
            marks.append(_mark(member, voices[span.start], tuning))
        incidents.append(MarkedIncident(tuple(marks)))
    return incidents


def _mark(member: Member, voice: Voice, tuning: Tuning) -> Mark:
    span: Span = member.span
    confidence = tuning.confidence(span.name, span.confidence * member.chance)
    said = AUTHOR if span.name == "event" else voice
    if span.name == "group":
        stance = span.codes[0]
        if stance in ("asserted", "suspected", "claimed_only", "denied"):
            return Mark(span.start, span.end, "group", (), None, stance, said, confidence, "model")  # type: ignore[arg-type]
    return Mark(span.start, span.end, span.name, span.codes, voice=said, confidence=confidence, rule="model")
