"""Spans into incidents: the link network, clusters of mentions, and attachment to one or several incidents."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.readings.trained import grouping
from ascribe.readings.trained.grouping import (
    FEATURES,
    Linker,
    Thresholds,
    attach,
    average_link,
    group,
    pair_features,
    pair_scores,
    pooled,
)
from ascribe.readings.trained.layout import LINK, SLOTS
from ascribe.readings.trained.pieces import Pieces
from ascribe.readings.trained.spans import Span

TEXT = "BOMB at Arlen on Monday.\nRAID at Belcastro. The blast at Arlen hurt two."


def pieces_of(text: str) -> Pieces:
    """Every word a piece; a line and a sentence each as the text has them."""
    starts, ends, at = [], [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        starts.append(start)
        ends.append(at)
    count = np.arange(len(starts))
    lines = np.array([text.count("\n", 0, s) for s in starts])
    sentences = np.array([text.count(".", 0, s) for s in starts])
    return Pieces(count, count, np.array(starts), np.array(ends), count, sentences, lines)


def span(words: str, slot: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    pieces = pieces_of(TEXT)
    first = int(np.searchsorted(pieces.starts, start))
    return Span(SLOTS.index(slot), first, first + len(words.split()), start, start + len(words))


BOMB, RAID, BLAST = span("BOMB", "event"), span("RAID", "event"), span("blast", "event")
ARLEN, BELCASTRO, ARLEN_AGAIN = span("Arlen", "place"), span("Belcastro", "place"), span("Arlen", "place", 30)
SPANS = [BOMB, ARLEN, RAID, BELCASTRO, BLAST, ARLEN_AGAIN]


def test_the_link_network_is_two_layers_over_both_vectors_their_product_and_the_features() -> None:
    made = np.random.default_rng(3)
    asks, answers = made.normal(size=(4, LINK)), made.normal(size=(3, LINK))
    features = made.normal(size=(4, 3, FEATURES))
    linker = Linker(made.normal(size=(3 * LINK + FEATURES, 8)), made.normal(size=8), made.normal(size=8), 0.3)
    found = linker.scores(asks, answers, features)

    joined = np.concatenate([asks[2], answers[1], asks[2] * answers[1], features[2, 1]])
    wanted = np.maximum(joined @ linker.hidden + linker.hidden_bias, 0) @ linker.out + 0.3
    assert found.shape == (4, 3)
    assert found[2, 1] == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_many_pairs_are_scored_some_at_a_time_with_the_same_outcome(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "PAIRS_AT_ONCE", at_once)
    made = np.random.default_rng(5)
    pieces = pieces_of(TEXT)
    asks, answers = made.normal(size=(2, len(pieces), LINK)).astype(np.float32)
    linker = Linker(made.normal(size=(3 * LINK + FEATURES, 8)), made.normal(size=8), made.normal(size=8), 0.3)
    events = [s for s in SPANS if s.name == "event"]
    whole = linker.scores(pooled(asks, SPANS), pooled(answers, events), pair_features(TEXT, pieces, SPANS))

    assert np.allclose(pair_scores(TEXT, pieces, SPANS, (asks, answers), linker), whole, atol=1e-4)


def test_the_features_tell_the_same_name_from_another_near_the_event() -> None:
    features = pair_features(TEXT, pieces_of(TEXT), SPANS)
    bomb, raid = 0, 1

    assert features.shape == (6, 3, FEATURES)
    again = features[SPANS.index(ARLEN_AGAIN)]
    assert not np.array_equal(again[bomb], again[raid])
    column = FEATURES - 2 - 2 * 7 + 1  # "place" among the telling slots, same words
    assert again[bomb, column] == 1
    assert again[raid, column] == 0
    assert features[SPANS.index(BLAST), bomb, column] == 1
    assert features[SPANS.index(RAID), bomb, column + 7] == 1


def test_mentions_join_only_as_long_as_their_mean_chance_is_high() -> None:
    chances = np.array([[0, 0.9, 0.1], [0.9, 0, 0.6], [0.1, 0.6, 0]])

    assert average_link(chances, 0.5) == [[0, 1], [2]]
    assert average_link(chances, 0.3) == [[0, 1, 2]]
    assert average_link(chances, 0.95) == [[0], [1], [2]]


@given(st.integers(1, 9), st.integers(0, 2**31))
def test_clusters_part_the_mentions_whatever_the_chances(size: int, seed: int) -> None:
    chances = np.random.default_rng(seed).random((size, size))
    clusters = average_link((chances + chances.T) / 2, 0.5)

    assert sorted(k for c in clusters for k in c) == list(range(size))


def test_a_span_goes_to_its_likeliest_incident_and_to_others_that_are_likely_by_themselves() -> None:
    clusters = [[0, 1], [2]]

    found = attach(np.array([[2.0, -3, -4], [2.0, -3, 1.9], [-5.0, -6, -7]]), clusters, Thresholds())

    assert [[n for n, _ in one] for one in found] == [[0], [0, 1], []]


def test_incidents_come_in_the_order_of_their_first_mention_with_all_their_spans() -> None:
    chances = np.full((6, 3), -4.0)
    for row, column in [(0, 0), (4, 2), (0, 2), (4, 0), (1, 0), (5, 2), (2, 1), (3, 1)]:
        chances[row, column] = 4
    found = [[m.span for m in incident] for incident in group(SPANS, chances, Thresholds(support=0.5))]

    assert found == [[BOMB, ARLEN, BLAST, ARLEN_AGAIN], [RAID, BELCASTRO]]


def test_an_incident_of_which_nothing_is_told_is_none() -> None:
    chances = np.full((6, 3), -4.0)
    for row, column in [(0, 0), (4, 2), (0, 2), (4, 0), (1, 0), (5, 2), (2, 1)]:
        chances[row, column] = 4
    found = group(SPANS, chances, Thresholds(least=0.1, support=0.5))

    assert [[m.span for m in incident] for incident in found] == [[BOMB, ARLEN, BLAST, ARLEN_AGAIN]]


def test_a_text_without_an_event_has_no_incident() -> None:
    assert group([ARLEN], np.zeros((1, 0)), Thresholds()) == []
