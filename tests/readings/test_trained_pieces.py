"""Word pieces: offsets that point at the original, case and line breaks kept, windows without seams."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from ascribe.readings.trained.network import merge
from ascribe.readings.trained.pieces import CASES, NAMES, SHAPES, cut, shape_of, weights, windows
from ascribe.readings.trained.standins import NUMBERS, StandIn


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,-'"
    vocabulary = {"[UNK]": 0, **{w: n for n, w in enumerate(["bomb", "##ing", "in", *letters], start=1)}}
    vocabulary |= {f"##{c}": len(vocabulary) + n for n, c in enumerate(letters)}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def test_offsets_point_at_the_original_words_also_where_accents_are_dropped(tokenizer: Tokenizer) -> None:
    text = "Chérif\u00a0was  in Orléans."
    pieces = cut(text, tokenizer)

    words = {}
    for word, start, end in zip(pieces.words, pieces.starts, pieces.ends, strict=True):
        words.setdefault(int(word), []).append(text[start:end])
    assert ["".join(parts) for parts in words.values()] == ["Chérif", "was", "in", "Orléans", "."]


@pytest.mark.parametrize(
    ("word", "shape"), [("is", 0), ("IS", 2), ("Is", 1), ("I", 1), ("McVeigh", 3), ("11-M", 4), ("-", 0)]
)
def test_case_that_the_alphabet_drops_is_kept_as_a_shape(word: str, shape: int) -> None:
    assert shape_of(word) == shape


def test_all_pieces_of_a_word_have_its_shape_and_the_first_knows_the_break_before_it(tokenizer: Tokenizer) -> None:
    pieces = cut("a BOMBING\nin b\n\nc", tokenizer)

    assert [s % SHAPES for s in pieces.shapes] == [0, 2, 2, 0, 0, 0]
    assert [s // SHAPES for s in pieces.shapes] == [2, 0, 0, 1, 0, 2]
    assert pieces.lines.tolist() == [0, 0, 0, 1, 1, 2]


def test_a_name_is_one_piece_that_tells_its_sort_and_number_and_keeps_its_place(tokenizer: Tokenizer) -> None:
    text = "in ab-cd e"
    pieces = cut(text, tokenizer, [StandIn(3, 8, 2, 1)])

    assert [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)] == ["in", "ab-cd", "e"]
    assert pieces.ids[1] == NAMES + 2
    assert pieces.shapes[1] % SHAPES == CASES + 2 * NUMBERS + 1
    assert len(set(pieces.words.tolist())) == 3


def test_sentences_are_counted_but_not_after_a_full_stop_inside_one(tokenizer: Tokenizer) -> None:
    pieces = cut("a b. C d 3.5 e. F", tokenizer)

    assert pieces.sentences[0] == 0
    assert pieces.sentences[-1] == 2


@given(st.integers(1, 3000), st.integers(12, 600))
def test_windows_cover_every_piece_and_none_is_larger_than_the_encoder(length: int, size: int) -> None:
    found = windows(length, size, size // 4)

    assert found[0][0] == 0
    assert found[-1][1] == length
    assert all(end - start <= size - 2 for start, end in found)
    assert all(later <= end for (_, end), (later, _) in pairwise(found))


@given(st.integers(20, 3000), st.integers(40, 600))
def test_windows_share_as_much_as_they_should_and_little_more(length: int, size: int) -> None:
    spans = windows(length, size, size // 4)

    assert all(size // 4 <= end - later <= size // 4 + 3 for (_, end), (later, _) in pairwise(spans))
    assert len({end - start for start, end in spans}) == 1


@given(st.integers(600, 3000))
def test_each_piece_is_read_by_what_sees_words_around_it_unless_the_text_begins_or_ends_there(length: int) -> None:
    spans = windows(length)
    seen = np.zeros((len(spans), length))
    for row, (start, end) in zip(seen, spans, strict=True):
        row[start:end] = weights(start, end, length)
    assert (seen.max(axis=0) > 0).all()
    assert seen.max() == 1
    for piece in range(length):
        start, end = spans[int(seen[:, piece].argmax())]
        assert piece - start >= 100 or start == 0
        assert end - 1 - piece >= 100 or end == length


@given(st.integers(1, 2500), st.integers(140, 512))
def test_nothing_is_lost_or_doubled_wherever_the_borders_fall(length: int, size: int) -> None:
    ids = np.arange(length)
    pieces = type("Pieces", (), {"ids": ids, "shapes": ids})()

    def run(ids, shapes):
        return [np.stack([ids, shapes], axis=-1).astype(np.float32)] * 4

    out = merge(length, windows(length, size, size // 4), run, pieces)

    assert np.allclose(out.labels[:, 0], ids, rtol=1e-5)
    assert np.allclose(out.answers[:, 1], ids, rtol=1e-5)
