"""Which statements are one source, and as of when they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from telling import a_document, an_incident, said, told

from ascribe.model import CountValue, Document, Told, Voice
from ascribe.sources import Cited, Sources

AGENCY = "DAR QASIM (Reuters) - A bomb killed 5 people at the market in Dar Qasim on Tuesday morning."
MINISTRY = Voice("according_to", "the Ministry")


def report(document: Document, voice: Voice | None = None, quote: str = "5") -> Told:
    statement = said(document, "killed", CountValue(5, 5), quote, **({"voice": voice} if voice else {}))
    return told(document, an_incident(document, statement))[0]


def sources(*reports: Told) -> list[str]:
    counted = Sources(reports)
    return [counted.source(c) for c in _cited(reports)]


def as_of(*reports: Told) -> list[date | None]:
    counted = Sources(reports)
    found = [counted.as_of(c) for c in _cited(reports)]
    return [when[0] if when else None for when in found]


def _cited(reports: tuple[Told, ...]) -> list[Cited]:
    return [Cited(t.document, t.reading, t.account, t.account.statements[0]) for t in reports]


def paper(
    text: str, name: str, published: str, publisher: str | None = None, near_copy_of: str | None = None
) -> Document:
    return replace(a_document(text, name, published, near_copy_of=near_copy_of), publisher=publisher)


def test_two_papers_are_two_sources_and_one_paper_is_one() -> None:
    one = paper("A bomb killed 5 people.", "a", "2021-03-05", "Post")
    two = paper("The bomb killed 5 people in all.", "b", "2021-03-06", "Herald")
    three = paper("As told, 5 people died.", "c", "2021-03-07", "Post")
    found = sources(report(one), report(two), report(three))
    assert found[0] == found[2] != found[1]


def test_a_reprint_has_the_source_and_the_date_of_its_original_whoever_printed_it() -> None:
    original = paper("A bomb killed 5 people.", "a", "2021-03-05", "Post")
    reprint = paper("A bomb killed 5 people .", "b", "2021-03-09", "Herald", near_copy_of=original.id)
    again = paper("A bomb killed 5 people !", "c", "2021-03-11", "Globe", near_copy_of=reprint.id)
    reports = (report(again), report(original), report(reprint))
    assert len(set(sources(*reports))) == 1
    assert set(as_of(*reports)) == {date(2021, 3, 5)}


def test_copies_of_a_document_that_is_not_here_are_one_source() -> None:
    one = paper("A bomb killed 5 people.", "a", "2021-03-05", "Post", near_copy_of="elsewhere")
    two = paper("A bomb killed 5 people!", "b", "2021-03-06", "Herald", near_copy_of="elsewhere")
    assert len(set(sources(report(one), report(two)))) == 1


def test_papers_that_credit_one_agency_are_one_source() -> None:
    one = paper(AGENCY, "a", "2021-03-05", "Post")
    two = paper("The market was full, a trader said. 5 people died there.\n\nReporting by Reuters", "b", "2021-03-06")
    three = paper("The market was full. 5 people died there.", "c", "2021-03-06", "Reuters")
    other = paper("DAR QASIM (AFP) - 5 people died.", "d", "2021-03-06")
    found = sources(report(one), report(two), report(three), report(other))
    assert len(set(found[:3])) == 1
    assert found[3] not in found[:3]


def test_a_sentence_taken_over_word_for_word_keeps_its_source_and_date() -> None:
    sentence = "Officials said that the explosion at the old market killed 5 people and no more."
    first = paper(f"A quiet morning. {sentence}", "a", "2021-03-05", "Post")
    later = paper(f"Our own reporter was there. {sentence} She saw more.", "b", "2021-03-09", "Herald")
    assert len(set(sources(report(first), report(later)))) == 1
    assert as_of(report(first), report(later)) == [date(2021, 3, 5)] * 2


def test_a_short_sentence_may_be_anybodys() -> None:
    one, two = paper("5 people died.", "a", "2021-03-05"), paper("Bad news. 5 people died.", "b", "2021-03-06")
    assert len(set(sources(report(one), report(two)))) == 2


def test_whoever_is_quoted_is_the_source_and_not_the_paper() -> None:
    one = paper("A bomb killed 5 people, the Ministry said.", "a", "2021-03-05", "Post")
    two = paper("The Ministry gave 5 as the toll.", "b", "2021-03-06", "Herald")
    own = paper("We counted 5 bodies.", "c", "2021-03-06", "Herald")
    found = sources(report(one, MINISTRY), report(two, MINISTRY), report(own))
    assert found[0] == found[1] != found[2]


def test_a_name_in_running_text_is_no_credit() -> None:
    one = paper("A bomb killed 5 people near the Reuters office in Dar Qasim.", "a", "2021-03-05")
    two = paper("A bomb near Reuters in Dar Qasim: 5 people were killed.", "b", "2021-03-06")
    assert len(set(sources(report(one), report(two)))) == 2


def test_what_nobody_dates_has_no_date() -> None:
    assert as_of(report(a_document("A bomb killed 5 people."))) == [None]
