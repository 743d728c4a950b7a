"""A conversation: parts one after another, what is asked again, and replies that are broken, cut or missing."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from readings.llm.grounded import REPORT, Json, document, fact, faultless, found, read

from ascribe.model import CountValue, DateValue, TextValue
from ascribe.readings.llm.answers import parse_answer
from ascribe.readings.llm.exchange import Asking, Request, begin
from ascribe.schema import bundled_schema

FILLER = " ".join(f"The council spoke of the drains for the {n}th time." for n in range(4, 60))
LATER = "At the bus station of Ludda, where the bomb exploded on Tuesday, two more people were hurt.\n"
LONG = f"{REPORT}\n{FILLER}\n\n{LATER}"


def shown(request: Request, answer: Json) -> str:
    """Of an answer what a question shows the sentences of."""
    sentences = {int(n) for n in re.findall(r"^\[(\d+)\]", request.messages[-1].content, re.MULTILINE)}
    return json.dumps({k: [f for f in v if f["sentence"] in sentences] for k, v in answer.items()})


def talk_through(text: str, answer: Json, **asking: Any) -> tuple[Any, list[Request]]:
    talk, asked = begin(document(text), bundled_schema(), Asking("some-model", **asking)), []
    while not talk.done:
        for request in talk.requests():
            asked.append(request)
            talk.take(request.id, shown(request, answer))
    return talk, asked


def test_later_parts_are_told_what_earlier_ones_found() -> None:
    _, asked = talk_through(LONG, faultless(), part_tokens=250, overlap=2, second_pass=False)

    assert [r.id for r in asked] == [f"part-{n}" for n in range(1, len(asked) + 1)]
    assert len(asked) > 2
    assert "Incidents that earlier parts told" not in asked[0].messages[-1].content
    assert "1: exploded (sentence 1)" in asked[-1].messages[-1].content


def test_without_the_running_list_all_parts_are_asked_at_once() -> None:
    talk = begin(document(LONG), bundled_schema(), Asking("m", part_tokens=250, running_list=False))

    assert len(talk.requests()) > 2


def test_an_incident_told_in_two_parts_is_one() -> None:
    answer = faultless()
    again = fact("exploded on Tuesday", "mention", "exploded", 1, LONG)
    later = [
        again,
        fact("exploded on Tuesday", "tactics", "bombing", 1, LONG),
        {**fact("Ludda", "place", "Ludda"), "sentence": again["sentence"]},
        {**fact("Tuesday", "date", "2021-05-04"), "sentence": again["sentence"]},
        fact("two more people", "wounded_of_which", "2", 1, LONG),
    ]
    told = {"incident": 1, "title": "x", "sentence": again["sentence"], "quote": again["quote"]}
    answer = {"incidents": [*answer["incidents"], told], "facts": [*answer["facts"], *later]}
    for running in (True, False):
        talk, _ = talk_through(LONG, answer, part_tokens=250, overlap=2, running_list=running)
        assert len(talk.reading().of_kind("incident")) == 2


def test_only_what_is_missing_or_failed_is_asked_again() -> None:
    answer = faultless()
    facts = [f for f in answer["facts"] if (f["property"], f["incident"]) != ("place", 2)]
    facts = [{**f, "value": "9"} if f["property"] == "killed" and f["incident"] == 1 else f for f in facts]
    talk = begin(document(), bundled_schema(), Asking("m"))
    talk.take("part-1", json.dumps({**answer, "facts": facts}))
    (again,) = talk.requests()
    content = again.messages[-1].content

    assert again.id == "part-1-again"
    assert "incident 1, killed = 9" in content
    assert "gives 7+, not 9" in content
    assert "not given yet: place" in content
    assert "wounded" not in content.split("<<<TEXT")[0]

    better = [fact("at least seven people", "killed", "7+"), fact("Colombes", "place", "Colombes", 2)]
    talk.take(again.id, json.dumps({"incidents": [], "facts": better}))
    reading = talk.reading()
    assert talk.done
    assert found(reading, "incident.killed", "i1") == [CountValue(7, None, "at_least")]
    assert found(reading, "incident.place", "i2")[0].name == "Colombes"
    assert all(s.origin != "unsupported" for a in reading.accounts for s in a.statements)


def test_a_faultless_answer_is_not_asked_again() -> None:
    talk = begin(document(), bundled_schema(), Asking("m"))
    talk.take("part-1", json.dumps(faultless()))

    assert talk.done


@pytest.mark.parametrize(("reply", "error"), [(None, "timed out"), ("no JSON here", None), ('{"incidents": 3}', None)])
def test_one_bad_part_loses_nothing_of_the_others(reply: str | None, error: str | None) -> None:
    talk = begin(document(LONG), bundled_schema(), Asking("m", part_tokens=250, overlap=2, second_pass=False))
    while not talk.done:
        (request,) = talk.requests()
        if request.id == "part-2":
            talk.take(request.id, reply, error)
        else:
            talk.take(request.id, shown(request, faultless()))
    reading = talk.reading()

    assert len(reading.of_kind("incident")) == 2
    if reply != '{"incidents": 3}':
        assert any("part 2 of" in s.name and (error or "no JSON object") in s.reason for s in reading.skipped)


def test_what_is_whole_in_a_cut_reply_is_used() -> None:
    whole = json.dumps(faultless())
    reading, _ = read(whole[: int(len(whole) * 0.6)])

    assert reading.of_kind("incident")
    assert any("broke off" in s.reason for s in reading.skipped)


def test_a_reading_says_what_is_not_answered_yet() -> None:
    reading = begin(document(), bundled_schema(), Asking("m")).reading()

    assert reading.accounts == ()
    assert [s.reason for s in reading.skipped] == ["not answered yet"]


def test_only_what_was_asked_is_taken() -> None:
    talk = begin(document(), bundled_schema(), Asking("m"))
    with pytest.raises(ValueError, match="was not asked"):
        talk.take("part-9", "{}")


def test_a_text_in_another_language_is_skipped_with_the_reason() -> None:
    talk = begin(document(language="fr"), bundled_schema(), Asking("m"))

    assert talk.done
    assert "reads English only" in talk.reading().skipped[0].reason


def test_an_empty_text_asks_nothing() -> None:
    assert begin(document(" \n"), bundled_schema(), Asking("m")).done


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        ({"sentence": "[3]", "quote": "x", "incident": "1", "property": "killed", "value": 7}, True),
        ({"sentence": 3, "quote": None, "incident": 1.0, "property": "killed", "value": True}, True),
        ({"sentence": -3, "quote": "x", "incident": 1, "property": "killed", "value": "7"}, False),
        ({"sentence": 3, "quote": ["x"], "incident": 1, "property": "killed", "value": "7"}, False),
        ({"sentence": 3}, False),
        ("a word", False),
        ({"sentence": 3, "quote": "x" * 5_000, "incident": 1, "property": "killed", "value": "7"}, False),
    ],
)
def test_a_bad_item_loses_no_other(item: object, kept: bool) -> None:
    good = fact("21", "wounded", "21")
    answer = parse_answer(json.dumps({"facts": [item, good]}))

    assert len(answer.facts) == 1 + kept
    assert len(answer.problems) == 1 - kept


def test_a_property_or_code_that_is_none_is_noted() -> None:
    answer = faultless()
    odd = [fact("exploded", "blood_group", "A"), fact("exploded", "tactics", "spell"), fact("21", "killed", "2", 0)]
    reading, _ = read({**answer, "facts": [*answer["facts"], *odd]})

    reasons = " / ".join(s.reason for s in reading.skipped)
    assert "no property 'blood_group'" in reasons
    assert "'spell' is not on the list" in reasons
    assert "belongs to an incident" in reasons


def test_an_incident_whose_act_is_invented_is_left_out() -> None:
    answer = faultless()
    told = {"incident": 3, "title": "a third", "sentence": 2, "quote": "a mine went up"}
    reading, _ = read(
        {"incidents": [*answer["incidents"], told], "facts": [*answer["facts"], fact("21", "killed", "21", 3)]}
    )

    assert len(reading.of_kind("incident")) == 2
    assert any("the incident of “a mine went up” was left out" in s.reason for s in reading.skipped)


def test_words_that_lean_on_another_date_are_reckoned_by_the_calendar() -> None:
    text = (
        "On 10 October 2016 the council met.\nOn 3 May 2017 the trial began. "
        "A bomb had exploded at Ludda two days after the council met.\n"
    )
    answer = {
        "incidents": [{"incident": 1, "title": "x", "sentence": 3, "quote": "exploded"}],
        "facts": [fact("two days after", "date", "2016-10-12", text=text)],
    }
    reading, _ = read(answer, text)

    (when,) = reading.of_kind("incident")[0].values("date")
    assert isinstance(when.value, DateValue)
    assert (str(when.value.start), when.origin) == ("2016-10-12", "inferred")


def test_values_that_no_mark_carries_stand_beside_the_others() -> None:
    text = REPORT + "“Lone wolf” is a term that the prefect rejects.\n"
    answer = faultless()
    further = [
        fact("through its website", "claim.item", "its website", text=text),
        fact("prefect", "attribution.holder", "the prefect", thing=2, text=text),
        fact("Lone wolf", "term.term", "lone wolf", 0, text),
        fact("rejects", "term.use", "rejected", 0, text),
    ]
    reading, _ = read({**answer, "facts": [*answer["facts"], *further]}, text)

    assert found(reading, "claim.item", "i1") == [TextValue("through its website")]
    assert found(reading, "attribution.holder", "i1") == [TextValue("prefect")]
    (term,) = reading.of_kind("term")
    assert term.about is None
    assert {s.property for s in term.statements} == {"term", "use"}
