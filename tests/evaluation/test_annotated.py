"""Annotated prose compiled to gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import annotated
from evaluation.annotated import compile_annotated, split_marks
from evaluation.annotated_slots import AnnotationError, count, interval

FRONT = """---
title: "Two: one story"
published: 2019-03
style: wire
incidents:
  1:
    id: ardal-2019-02-28
    place: {country: NO, level: city, lat: 61.24, lon: 7.7}
  2: {id: ardal-threat, status: threatened, required: false, unscored: [tactics]}
---
"""
BODY = (
    "In ⟦Årdal|1.place⟧ ⟦a man|1.perp=Per Li⟧ ⟦stabbed|1.event=stabbing;1.weapon=blade⟧ "
    "⟦two ⟦guards|1.target=police,civilians⟧|1.wounded=2⟧ on ⟦28 February|1.date=2019-02-28⟧. "
    "⟦Per Li|1.perp⟧ was ⟦held|1.fate=arrested⟧. ⟦The North Circle|1.group=North Circle:suspected⟧ "
    "⟦threatened|2.event=threat⟧ more, and the ⟦Circle|2.claimby=North Circle⟧ ⟦said so|2.claim=claimed⟧.\n"
)


def compiled(front: str = FRONT, body: str = BODY) -> dict[str, Any]:
    return compile_annotated(front + body, "story").gold


def test_marks_are_taken_out_and_every_span_points_at_its_words():
    document = compile_annotated(FRONT + BODY, "story")
    assert "⟦" not in document.text
    words = {s["slot"]: document.text[s["start"] : s["end"]] for s in document.gold["incidents"][0]["spans"]}
    assert words["place"] == "Årdal"
    assert (words["wounded"], words["target"]) == ("two guards", "guards")


def test_slots_are_filled_from_marks_and_front_matter():
    first, second = compiled()["incidents"]
    assert first["place"] == {"country": "NO", "level": "city", "lat": 61.24, "lon": 7.7, "names": ["Årdal"]}
    assert first["date"] == {"start": "2019-02-28", "end": "2019-02-28"}
    assert (first["tactics"], first["weapons"]) == (["stabbing"], ["blade"])
    assert first["target_types"] == ["police", "civilians"]
    assert first["wounded"] == {"min": 2, "max": 2}
    assert first["perpetrators"] == [{"names": ["Per Li", "a man"], "fate": "arrested"}]
    assert (second["status"], second["required"], second["unscored"]) == ("threatened", False, ["tactics"])


def test_a_group_goes_by_every_name_that_the_document_has_for_it():
    first, second = compiled()["incidents"]
    assert first["groups"][0]["names"] == ["North Circle", "The North Circle", "Circle"]
    assert second["claim"]["by"] == [["North Circle", "Circle", "The North Circle"]]


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("A ⟦blast|1.event=boom⟧ ⟦x|2.event⟧", "boom"),
        ("A ⟦blast|3.event⟧ ⟦x|1.event⟧ ⟦x|2.event⟧", "not in the front matter"),
        ("A ⟦blast|1.event⟧", "incident 2: no event"),
        ("A ⟦blast|1.event⟧ ⟦x|2.event⟧ ⟦He|1.fate=Nobody:killed⟧", "no perpetrator"),
        ("A ⟦blast |1.event⟧ ⟦x|2.event⟧", "outer white space"),
        ("A ⟦blast|1.event⟧ ⟦x|2.event⟧ ⟦y|2.place⟧", "gives this incident no place"),
        ("A ⟦blast|1.event⟧ ⟦x|2.event⟧ ⟦May|1.date=2019-05-32⟧", "bad date"),
        ("A ⟦blast|1.event", "no closing"),
        ("A blast⟧", "without a tag"),
    ],
)
def test_what_is_wrong_is_named(body: str, complaint: str):
    with pytest.raises(AnnotationError, match=complaint):
        compiled(body=body)


def test_all_problems_of_a_document_are_told_at_once():
    with pytest.raises(AnnotationError) as error:
        compiled(body="⟦a|1.event=boom⟧ ⟦b|2.event=bang⟧ ⟦c|2.killed=some⟧")
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2019-12-30/2020-01", "2019-12-30", "2020-01-31"),
    ],
)
def test_a_date_is_as_wide_as_it_is_written(words: str, first: str, last: str):
    assert interval(words) == {"start": first, "end": last}


@pytest.mark.parametrize("words", ["2019-13", "2020/2019", "May", "2019-02-30", ""])
def test_a_date_that_is_none_is_refused(words: str):
    with pytest.raises(AnnotationError):
        interval(words)


def test_counts_have_bounds():
    assert [count(w) for w in ("5", "12+", "10-12", "<5")] == [
        {"min": 5, "max": 5},
        {"min": 12, "max": None},
        {"min": 10, "max": 12},
        {"min": None, "max": 5},
    ]


WORDS = st.text(st.characters(exclude_characters="⟦⟧|;", exclude_categories=("Cs",)), min_size=1, max_size=12)


@st.composite
def marked(draw: st.DrawFn, depth: int = 2) -> tuple[str, str, list[str]]:
    """A body with marks, its text, and the words of each mark as they close."""
    body, text, quotes = "", "", []
    for _ in range(draw(st.integers(0, 4))):
        inner = draw(WORDS)
        inside = (inner, inner, []) if depth == 0 or draw(st.booleans()) else draw(marked(depth - 1))
        mark = draw(st.booleans())
        body += f"⟦{inside[0]}|1.event⟧" if mark else inside[0]
        text += inside[1]
        quotes += [*inside[2], *([inside[1]] if mark else [])]
    return body, text, quotes


@given(marked())
def test_spans_point_at_the_marked_words_however_marks_nest(case: tuple[str, str, list[str]]):
    body, plain, quotes = case
    text, tags = split_marks(body)
    assert text == plain
    assert [text[t.start : t.end] for t in tags] == quotes


def test_nested_marks_close_from_the_inside():
    text, tags = split_marks("⟦a ⟦b|x⟧ c|y;z⟧ d|e")
    assert text == "a b c d|e"
    assert [(t.words, text[t.start : t.end]) for t in tags] == [("x", "b"), ("y", "a b c"), ("z", "a b c")]


def test_the_command_writes_texts_gold_and_a_list_of_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    source = tmp_path / "story.ann.txt"
    source.write_text(FRONT + BODY, "utf-8")
    broken = tmp_path / "broken.ann.txt"
    broken.write_text("no front matter", "utf-8")
    assert annotated.main([str(source), str(broken), "-o", str(tmp_path / "out")]) == 1
    listed = json.loads((tmp_path / "out" / "documents.jsonl").read_text("utf-8"))
    assert listed["id"] == "story"
    assert listed["published"] == "2019-03"
    assert (tmp_path / "out" / "story.txt").read_text("utf-8") == listed["text"]
    assert json.loads((tmp_path / "out" / "story.json").read_text("utf-8")) == compiled()
    shown = capsys.readouterr()
    assert "1 of 2" in shown.out
    assert "broken.ann.txt: no front matter" in shown.err
