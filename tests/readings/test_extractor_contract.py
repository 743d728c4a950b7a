"""What every reader of documents must keep to, whatever it finds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascribe.errors import AscribeError
from ascribe.model import Document, Reading, sha256
from ascribe.readings import EXTRACTORS, Extractor, extractor
from ascribe.readings.llm.config import Config
from ascribe.readings.llm.reader import LlmReader
from ascribe.schema import bundled_schema
from tests.readings.llm_server import ModelServer

REPORT = (
    "LUDDA, Freedonia, May 3 - Two gunmen shot dead four people and wounded nine at a market in Colombes on Tuesday, "
    "police said.\nThe Dawn Front (DF) claimed responsibility through its website.\n"
)
WORDS = st.sampled_from(
    "killed wounded five police bomb exploded in Paris on 3 May 2019 Ménaka 😀 Islamic State claimed the attack "
    "nobody was hurt “we did it” said the minister . ; \n - at least a dozen مقتل خمسة".split(" ")
)


def document(text: str) -> Document:
    return Document(sha256(text), sha256(text), "a.txt", text, "text")


def check(reading: Reading, text: str) -> None:
    """Every value fits the schema and stands in the text; every account that is about another finds it."""
    keys = [account.key for account in reading.accounts]
    assert len(keys) == len(set(keys))
    for account in reading.accounts:
        bundled_schema().check(account)
        assert account.about is None or account.about in keys
        passages = [account.anchor, *account.evidence, *(e for s in account.statements for e in s.evidence)]
        assert all(text[p.start : p.end] == p.quote for p in passages)


@pytest.fixture(scope="module", params=sorted(EXTRACTORS))
def reader(request: pytest.FixtureRequest) -> Iterator[Extractor]:
    if request.param != "llm":
        yield extractor(request.param)
        return
    with ModelServer() as server:
        yield LlmReader(Config(url=server.url, model="tester"))


def test_a_report_gives_an_incident_and_the_same_one_every_time(reader: Extractor) -> None:
    first = reader.read(document(REPORT))

    check(first, REPORT)
    assert first.of_kind("incident")
    assert first == reader.read(document(REPORT))


def test_it_states_only_what_it_says_that_it_fills(reader: Extractor) -> None:
    stated = {f"{a.kind}.{s.property}" for a in reader.read(document(REPORT)).accounts for s in a.statements}

    assert stated <= reader.fills
    assert reader.fills <= {p.path for p in bundled_schema().properties()}


@pytest.mark.parametrize("text", ["", " \n\n ", "\x00" * 50, "קוראים הספר " * 50, "😀" * 100, "A" * 5_000, "(" * 5_000])
def test_texts_without_an_incident_give_none(reader: Extractor, text: str) -> None:
    assert reader.read(document(text)).accounts == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=80).map(" ".join))
def test_any_jumble_of_words_is_read_without_a_broken_quote(reader: Extractor, text: str) -> None:
    check(reader.read(document(text)), text)


def test_a_long_paragraph_is_read_whole(reader: Extractor) -> None:
    filler = "The council met and spoke of the drains and of the harvest. " * 400
    text = filler + REPORT.replace("\n", " ") + filler

    found = reader.read(document(text))

    check(found, text)
    assert any(a.anchor.end > len(filler) for a in found.of_kind("incident"))


def test_an_unknown_reader_names_the_known_ones() -> None:
    with pytest.raises(AscribeError, match=r"no reader 'oracle'; known are .*rules"):
        extractor("oracle")
