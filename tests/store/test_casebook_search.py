"""Words find the passages that hold them, whatever a person types."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import NOON, document_of, story
from stored import set_incidents

from ascribe.model import PageMark, Reading
from ascribe.store import Casebook, Part
from ascribe.store.reprinted import Original
from ascribe.store.search import found_in, passages_of, phrases_of, snippet


def put(casebook: Casebook, text: str, **more: object) -> str:
    document, data = document_of(text, **more)
    casebook.save(document, data, Reading(document.id, "invented", "1"), NOON)
    return text


def found(casebook: Casebook, words: str) -> list[str]:
    return [casebook.document(hit.document_id).text[hit.start : hit.end] for hit in casebook.search(words)]


FIRST = "The first paragraph tells of a quiet morning at the market."
SECOND = "The second paragraph tells that Café Zëta was hit by a blast, and that al-Hadd fled."


@pytest.fixture
def two(casebook: Casebook) -> Casebook:
    put(casebook, f"{FIRST}\n\n{SECOND}\n", title="Two paragraphs")
    return casebook


def test_a_hit_is_the_paragraph_with_all_the_words(two: Casebook) -> None:
    assert found(two, "paragraph blast") == [SECOND]
    assert found(two, "quiet blast") == []
    assert sorted(found(two, "tells")) == sorted([FIRST, SECOND])


def test_accents_and_case_do_not_matter(two: Casebook) -> None:
    assert found(two, "CAFE zeta") == [SECOND]
    assert found(two, "Mörning") == [FIRST]


def test_a_star_leaves_the_end_open_and_quotation_marks_keep_words_together(two: Casebook) -> None:
    assert found(two, "bla*") == [SECOND]
    assert found(two, "bla") == []
    assert found(two, '"quiet morning"') == [FIRST]
    assert found(two, '"morning quiet"') == []
    assert found(two, '"quiet mor"*') == [FIRST]
    assert found(two, "al-hadd") == [SECOND]


def test_what_was_found_is_marked_in_words_of_the_document(two: Casebook) -> None:
    (hit,) = two.search('"cafe zeta" bl*')
    text = two.document(hit.document_id).text
    shown = "".join(part.text for part in hit.parts)

    assert [part.text for part in hit.parts if part.found] == ["Café", "Zëta", "blast"]
    assert text[hit.shown_from : hit.shown_from + len(shown)] == shown
    assert hit.title == "Two paragraphs"


@pytest.mark.parametrize(
    "words", ["", " ", '"', '""', "*", "()", "AND", "NOT", "a AND OR", "NEAR(", "{x} : y", "-", "^"]
)
def test_words_are_never_syntax(two: Casebook, words: str) -> None:
    assert isinstance(two.search(words), list)


@given(words=st.text(max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_can_be_typed_is_an_error(two: Casebook, words: str) -> None:
    assert isinstance(two.search(words), list)
    assert isinstance(two.search(words + "*"), list)


def test_operators_are_words_like_others(casebook: Casebook) -> None:
    text = put(casebook, "He said that the raid was NOT near the river AND that nobody fled.")

    assert found(casebook, "NOT near") == [text]
    assert found(casebook, "raid OR earthquake") == []


def test_the_limit_holds_and_the_page_is_told(casebook: Casebook) -> None:
    for number in range(5):
        put(casebook, f"Report {number}: a blast.\n\n" + "Nothing else was heard on that long day. " * 3)
    first, second = "A page without much on it, but long enough.", "The other page with the needle in it, so to say."
    put(casebook, f"{first}\n\n{second}", pages=(PageMark(0, 1), PageMark(len(first) + 2, 2)))

    assert len(casebook.search("blast", limit=3)) == 3
    assert casebook.search("blast", limit=0) == []
    assert [hit.page for hit in casebook.search("needle")] == [2]
    assert [hit.page for hit in casebook.search("blast")] == [None] * 5


def test_a_hit_names_the_incidents_whose_evidence_lies_in_it(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    set_incidents(casebook, {"abcdef": [(document.id, "1")], "empty1": ()})

    (act,) = casebook.search("exploded")
    (claim,) = casebook.search("channel")
    assert act.incidents == ("abcdef",)
    assert claim.incidents == ("abcdef",)
    assert not act.restricted
    set_incidents(casebook, {})
    assert [hit.incidents for hit in casebook.search("exploded")] == [()]


def test_a_passage_of_a_claim_alone_belongs_to_the_incident_it_is_about(casebook: Casebook) -> None:
    document, data, reading = story(1)
    incident, claim, *_ = reading.accounts
    bare = replace(incident, evidence=(), statements=incident.statements[:1])
    casebook.save(document, data, replace(reading, accounts=(bare, claim)), NOON)
    set_incidents(casebook, {"abcdef": [(document.id, "1")]})

    assert [hit.incidents for hit in casebook.search("channel")] == [("abcdef",)]


def test_a_passage_of_a_reprint_belongs_to_the_incident_of_the_same_words_in_the_original(casebook: Casebook) -> None:
    document, data, reading = story(1)
    casebook.save(document, data, reading, NOON)
    set_incidents(casebook, {"abcdef": [(document.id, "1")]})
    reprint, printed = document_of(
        f"(Agency)\n\n{document.text}\n\nReporting by the agency, which was founded long ago."
    )
    reprint = replace(reprint, near_copy_of=document.id)
    casebook.save(reprint, printed, Reading(reprint.id, "invented", "1"), NOON)
    lost = replace(document_of("They exploded with laughter.")[0], near_copy_of="0" * 64)
    casebook.save(lost, None, Reading(lost.id, "invented", "1"), NOON)

    found = {hit.document_id: hit for hit in casebook.search("exploded")}
    assert found[reprint.id].incidents == found[document.id].incidents == ("abcdef",)
    assert found[reprint.id].near_copy_of == document.id
    assert found[document.id].near_copy_of is None
    assert found[lost.id].incidents == ()
    (added,) = casebook.search("founded")
    assert added.incidents == ()


def test_the_words_of_a_reprint_are_found_in_its_original() -> None:
    first, second = "A bomb went off in the old town at noon.", "The mayor spoke of a dark day for all of them."
    original = Original(f"{first}\n\n{second}\n\nPolice said so. Police said so.")

    def place(text: str) -> str | None:
        found = original.place(text, 0, len(text))
        return None if found is None else f"{first}\n\n{second}\n\nPolice said so. Police said so."[slice(*found)]

    assert place(f"  {second.upper()}") == second.rstrip(".")
    assert place(first.replace("noon", "midday")) == first.removesuffix(" noon.")
    assert place("Nobody had warned anybody of it before that morning came.") is None
    assert place("dark day") == "dark day"
    assert place("Police said so") is None  # it stands there twice
    assert place("— …") is None


def test_restricted_documents_are_marked(casebook: Casebook) -> None:
    casebook.save(*story(3), NOON)

    assert [hit.restricted for hit in casebook.search("exploded")] == [True]


@given(st.text(alphabet=st.sampled_from("ab é.\n\x00💥_-"), max_size=400) | st.text(max_size=200))
@settings(deadline=None)
def test_passages_hold_every_word_once_in_order(text: str) -> None:
    passages = list(passages_of(text))
    at = 0
    for start, end in passages:
        assert at <= start < end <= len(text)
        assert not any(c.isalnum() for c in text[at:start])
        at = end
    assert not any(c.isalnum() for c in text[at:])


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    text = "A sentence of some length stands here. " * 500
    passages = list(passages_of(text))

    assert len(passages) >= 10
    assert all(end - start <= 2000 and text[end - 1] == "." for start, end in passages)


def test_a_heading_goes_with_its_paragraph() -> None:
    text = (
        "Blast in Velnik\n\nA bomb exploded at the market and nobody was hurt.\n\n\n  \nThe mayor spoke in the evening."
    )

    assert [text[a:b].split("\n", maxsplit=1)[0] for a, b in passages_of(text)] == [
        "Blast in Velnik",
        "The mayor spoke in the evening.",
    ]


def test_a_snippet_shows_the_first_find_of_a_long_passage() -> None:
    text = "word " * 200 + "needle " + "word " * 200
    begin, parts = snippet(text, 0, len(text), phrases_of("needle"))
    shown = "".join(part.text for part in parts)

    assert Part("needle", found=True) in parts
    assert text[begin : begin + len(shown)] == shown
    assert len(shown) <= 240
    assert found_in(text, 0, len(text), phrases_of("need*")) == [(1000, 1006)]
