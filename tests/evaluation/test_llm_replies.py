"""The model played by a script: faultless answers lose next to nothing, spoilt ones are held to the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ascribe.readings.llm.exchange import Asking, begin
from ascribe.schema import bundled_schema
from evaluation.llm_perfect import Answering
from evaluation.llm_replies import FAULTLESS, Json, gold_files, measure, reply_lines, told
from evaluation.llm_spoiling import WAYS, spoil
from evaluation.predictions import document

ASKING = Asking("script", second_pass=False)
# What is caught whatever the text is like: the words of these answers cannot carry their values.
ALWAYS = ("wrong number", "invented quote", "sentence numbers off by one", "a name from world knowledge")
ALWAYS += ("0 for not mentioned", "directed for any claim", "a hidden instruction followed")


@pytest.fixture(scope="module")
def files() -> list[tuple[str, str, Json]]:
    return list(gold_files(Path("evaluation/gold_small")))[:4]


def test_a_faultless_answer_loses_next_to_nothing(files: list[tuple[str, str, Json]]) -> None:
    outcome = measure(FAULTLESS, files, ASKING)

    assert outcome.wrong == 0
    assert outcome.true > 100
    assert all(lost <= 0.02 * outcome.true for lost in outcome.lost.values()), outcome.lost
    assert outcome.after is not None
    assert outcome.after.slots.f1 > 0.9
    assert outcome.after.evidence_right == 1.0


@pytest.mark.parametrize("way", ALWAYS)
def test_what_the_words_cannot_carry_is_never_shown_as_found(way: str, files: list[tuple[str, str, Json]]) -> None:
    outcome = measure(way, files, ASKING)

    assert outcome.wrong > 0
    assert (outcome.stated, outcome.inferred) == ([], [])
    assert sum(outcome.caught.values()) == outcome.wrong


@pytest.mark.parametrize("way", sorted(WAYS))
def test_every_way_gives_the_same_wrong_answer_again(way: str, files: list[tuple[str, str, Json]]) -> None:
    name, text, gold = files[0]
    one, again = spoil(way, text, gold, (name,)), spoil(way, text, gold, (name,))

    assert (one.text, one.facts, one.wrong) == (again.text, again.facts, again.wrong)
    assert one.facts != Answering(text, gold).facts or not one.wrong
    assert all(f in one.facts for f in one.wrong)


def test_the_figures_are_told_as_a_table(files: list[tuple[str, str, Json]]) -> None:
    outcomes = [measure(way, files[:1], ASKING) for way in (FAULTLESS, "wrong number")]
    lines = list(told(outcomes, markdown=True, examples=1))

    assert lines[0].startswith("| answers |")
    assert any(line.startswith("| wrong number |") for line in lines)
    assert any(line.startswith("| quote |") for line in lines)


def test_a_file_of_questions_is_answered(files: list[tuple[str, str, Json]]) -> None:
    name, text, gold = files[0]
    talk = begin(document(name, text, str(gold.get("published") or "") or None), bundled_schema(), ASKING)
    (request,) = talk.requests()
    line = json.dumps(
        {"custom_id": request.key, "method": "POST", "url": "/v1/chat/completions", "body": request.body()}
    )
    (reply,) = (json.loads(r) for r in reply_lines([line, "\n"], files, FAULTLESS))

    assert reply["custom_id"] == request.key
    talk.take(request.id, reply["response"]["body"]["choices"][0]["message"]["content"])
    assert len(talk.reading().of_kind("incident")) == len(gold["incidents"])
