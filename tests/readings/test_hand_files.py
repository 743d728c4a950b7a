"""Files of readings by hand: what a person writes, what is told of every line that does not fit, and drafts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import a_document

from ascribe.documents import LoadOptions, Source, load
from ascribe.errors import HandError
from ascribe.model import AUTHOR, CodeValue, CountValue, Document, Reading, Voice
from ascribe.readings.hand import Hand
from ascribe.readings.hand_files import document_named, draft, read_hand
from ascribe.readings.rules.reader import RuleReader
from ascribe.schema import bundled_schema

SCHEMA = bundled_schema()
EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"
STORY = a_document("A bomb killed five people in Strasbourg. A second bomb did not go off. Amaq said six died.")

WRITTEN = """
document = "story.txt"
signed = "A. Reader"

[i1]
words = "A bomb killed five people"
date = { words = "killed", is = 2018-12-11 }
place = { words = "Strasbourg", is = { name = "Strasbourg", country = "FR", level = "region" } }
killed = [
  { words = "five people" },
  { words = "six", speaker = "Amaq", perpetrator_side = true, stance = "claimed_only" },
]
tactics = { words = "bomb", nth = 1, is = "bombing" }

[claim]
kind = "claim"
about = "i1"
wording = { at = [81, 89], words = "six died" }
"""


def test_a_file_is_read_as_it_is_meant() -> None:
    reading = read_hand("a.toml", WRITTEN, STORY, SCHEMA)
    incident, claim = reading.accounts
    five, six = incident.values("killed")

    assert document_named("a.toml", WRITTEN) == "story.txt"
    assert (reading.extractor, reading.version.startswith("A. Reader ")) == ("hand", True)
    assert (incident.key, incident.anchor.quote) == ("i1", "A bomb killed five people")
    assert (five.value, five.voice) == (CountValue(5, 5), AUTHOR)
    assert (six.value, six.stance, six.voice) == (
        CountValue(6, 6),
        "claimed_only",
        Voice("according_to", "Amaq", perpetrator_side=True),
    )
    assert [s.value for s in incident.values("tactics")] == [CodeValue("bombing")]
    assert (claim.about, claim.anchor.quote) == ("i1", "six died")
    place, date = incident.first("place"), incident.first("date")
    assert place is not None
    assert date is not None
    assert SCHEMA["incident"]["place"].type.show(place.value) == "Strasbourg, FR"
    assert SCHEMA["incident"]["date"].type.show(date.value) == "2018-12-11"


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("[i1", "a.toml: Expected ']' at the end of a table declaration"),
        ("[i1]\n[i1]", "a.toml: Cannot declare"),
        ("i1 = 3", "a.toml: i1: a thing is a table that begins with a line such as [i1]"),
        ("[i1]", "a.toml: i1: give the words that tell of it"),
        ('[i1]\nwords = "a gun"', "a.toml: i1: the words 'a gun' are not in story.txt"),
        ('[i1]\nwords = "bomb"', "a.toml: i1: the words 'bomb' stand there 2 times; give more"),
        ('[i1]\nwords = "bomb"\nnth = 3', "a.toml: i1: nth: the words stand there 2 times"),
        ("[i1]\nat = [1, 2, 3]", "a.toml: i1: at: two offsets, as in: at = [120, 131]"),
        ("[i1]\nat = [1, 9999]", "a.toml: i1: story.txt: no words at 1:9999"),
        ('[i1]\nat = [2, 6]\nwords = "Amaq"', "a.toml: i1: at: other words than these stand at 2:6"),
        ('[i1]\nkind = "attack"\nwords = "A bomb"', "a.toml: i1: no kind 'attack'; known are incident"),
        ('[i1]\nkind = "claim"\nwords = "A bomb"', "a.toml: i1: a claim needs the incident that it is about"),
        ('[i1]\nwords = "A bomb"\ndead = { words = "five" }', "a.toml: i1.dead: incident has no 'dead'; it has status"),
        (
            '[i1]\nwords = "A bomb"\nkiled = { words = "five" }',
            "a.toml: i1.kiled: incident has no 'kiled'; did you mean 'killed'?",
        ),
        ('[i1]\nwords = "A bomb"\nkilled = 5', 'a.toml: i1.killed: write { words = "…", is = … }'),
        ('[i1]\nwords = "A bomb"\nkilled = { is = 5 }', "a.toml: i1.killed: give the words"),
        ('[i1]\nwords = "A bomb"\nkilled = { word = "five" }', "a.toml: i1.killed: a statement has no 'word'"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", is = "many" }', "a.toml: i1.killed: 'many' is no count"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", is = true }', "a.toml: i1.killed: is: words in quotation"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", is = { low = 5 } }', "a.toml: i1.killed: a count has no"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", stance = "sure" }', "a.toml: i1.killed: stance: one of"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", confidence = 7 }', "a.toml: i1.killed: confidence 7"),
        ('[i1]\nwords = "A bomb"\nkilled = { words = "five", speaker = 7 }', "a.toml: i1.killed: speaker: words in"),
        ("", "a.toml: it tells of nothing: begin a thing with a line such as [i1], or say: nothing = true"),
        ('nothing = true\n[i1]\nwords = "A bomb"', "a.toml: it tells of something: leave out the line `nothing`"),
        ("signed = 5", "a.toml: signed: a name in quotation marks"),
        ("x = " + "[" * 5000, "a.toml: "),
        ("a." * 5000 + "b = 1", "a.toml: "),
    ],
)
def test_a_line_that_does_not_fit_is_told_in_one_line(lines: str, problem: str) -> None:
    with pytest.raises(HandError) as told:
        read_hand("a.toml", lines, STORY, SCHEMA)
    (line, *_) = told.value.problems
    assert line.startswith(problem)
    assert "\n" not in line


def test_every_line_that_does_not_fit_is_told() -> None:
    wrong = WRITTEN.replace("five people", "ten people").replace('"bombing"', '"bang"').replace('"six died"', '"x"')
    with pytest.raises(HandError) as told:
        read_hand("a.toml", wrong, STORY, SCHEMA)
    assert [p.split(": ")[1] for p in told.value.problems] == ["i1", "claim"]
    wrong = WRITTEN.replace('"six"', '"ten"').replace('"bombing"', '"bang"').replace('"six died"', '"x"')
    with pytest.raises(HandError) as told:
        read_hand("a.toml", wrong, STORY, SCHEMA)
    assert [p.split(": ")[1] for p in told.value.problems] == ["i1.killed", "i1.tactics", "claim"]


def test_that_a_document_tells_of_nothing_can_be_said() -> None:
    reading = read_hand("a.toml", "nothing = true", STORY, SCHEMA)
    assert reading.accounts == ()
    assert read_hand("a.toml", draft(STORY, reading, SCHEMA), STORY, SCHEMA) == reading


@pytest.mark.parametrize("name", ["", "document = 5", 'document = " "', "document ="])
def test_a_file_says_which_document_it_is_about(name: str) -> None:
    with pytest.raises(HandError, match=r"a\.toml: "):
        document_named("a.toml", name)


def _examples() -> list[Document]:
    files = sorted(p for p in EXAMPLES.iterdir() if p.suffix in (".txt", ".md"))
    return [d for p in files for d in load(Source(p.name, p.read_bytes()), LoadOptions()) if isinstance(d, Document)]


def test_a_draft_of_what_a_program_read_is_read_back_as_it_was() -> None:
    documents = _examples()
    assert documents
    for document in documents:
        reading = RuleReader().read(document)
        again = read_hand("d.toml", draft(document, reading, SCHEMA), document, SCHEMA)
        assert again.accounts == reading.accounts


@settings(max_examples=60, deadline=None)
@given(text=st.text(min_size=1, max_size=40).filter(lambda t: t.isprintable() or "\n" in t), data=st.data())
def test_a_draft_survives_whatever_a_text_holds(text: str, data: st.DataObject) -> None:
    document = a_document(text, name=data.draw(st.text()))
    start = data.draw(st.integers(0, len(text) - 1))
    span = (start, data.draw(st.integers(start + 1, len(text))))
    hand = Hand(document)
    incident = hand.incident(span).state("killed", [span, (0, len(text))], CountValue(1, None, "at_least"))
    incident.state("date", span, "since 2018", voice=Voice("quoted", "a\u202e\x00\x7f\x9bb"), confidence=0.25)
    reading = Reading(document.id, "hand", "", hand.reading().accounts)
    assert read_hand("d.toml", draft(document, reading, SCHEMA), document, SCHEMA).accounts == reading.accounts
