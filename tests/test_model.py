"""The nouns: evidence is made only of words that stand in the document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.errors import EvidenceError
from ascribe.model import Document, PageMark, sha256


def document(text: str, pages: tuple[PageMark, ...] = ()) -> Document:
    return Document(sha256(text), sha256(text.encode()), "a.txt", text, "text", pages=pages)


@given(st.text(min_size=1), st.data())
def test_a_quote_is_the_text_at_its_offsets(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))

    evidence = document(text.encode("utf-8", "replace").decode()).quote(start, end)

    assert evidence.quote == text.encode("utf-8", "replace").decode()[start:end]


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_words_that_are_not_there_cannot_be_quoted(start: int, end: int) -> None:
    with pytest.raises(EvidenceError, match=r"a\.txt: no words at"):
        document("five dead").quote(start, end)


def test_an_offset_stands_on_the_last_page_that_begins_before_it() -> None:
    paged = document("one two three", (PageMark(0, 1), PageMark(4, 2), PageMark(8, 3)))

    assert [paged.page_at(offset) for offset in (0, 3, 4, 12)] == [1, 1, 2, 3]
    assert document("no pages").page_at(0) is None
