"""The word lists: what tells an act, and that every code in them is on the schema's lists."""

from __future__ import annotations

import pytest

from ascribe.readings.lexicon import Trigger, WordTable, coded, lexicon
from ascribe.schema import bundled_schema


def triggers(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    found: list[Trigger] = lexicon("en").triggers(text, 0, len(text))
    return [(text[t.start : t.end], t.strength, t.tactics) for t in found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A gunman opened fire.", [("opened fire", "act", ("armed_assault",))]),
        ("He blew himself up.", [("blew himself up", "act", ("suicide_bombing",))]),
        ("GUERRILLAS ATTACKED A FARM.", [("GUERRILLAS ATTACKED", "act", ("armed_assault",))]),
        ("the suicide bombing", [("suicide bombing", "act", ("suicide_bombing",))]),
        ("a letter came", [("letter", "tool", ("threat",))]),
        ("after the attack", [("attack", "echo", ())]),
        ("the council met", []),
    ],
)
def test_words_tell_an_act_name_its_tool_or_echo_it(text: str, told: list[tuple[str, str, tuple[str, ...]]]) -> None:
    assert triggers(text) == told


def test_a_gunman_shot_by_police_is_no_act_of_his_own() -> None:
    assert triggers("He was shot dead by police.") == []


def test_every_code_is_on_its_list() -> None:
    words, schema = lexicon("en"), bundled_schema()

    def on_list(kind: str, name: str) -> set[str]:
        return {c.code for c in schema[kind][name].codes}

    assert {t for e in words.events for t in e.tactics} <= on_list("incident", "tactics")
    assert {w for e in words.events for w in e.weapons} | set(words.weapons) <= on_list("incident", "weapons")
    assert set(words.target_people) | set(words.target_premises) <= on_list("incident", "target_types")
    assert set(words.fates) <= on_list("person_status", "status")
    assert set(words.involvement) <= on_list("attribution", "involvement")
    assert set(words.status) <= on_list("incident", "status")


def test_of_nested_words_the_longest_counts() -> None:
    text = "at the police station"

    assert [code for _, _, code in coded(lexicon("en").target_premises, text, 0, len(text))] == ["police"]


def test_a_table_is_whole_before_any_of_its_lists_was_asked_for() -> None:
    table = WordTable({"hall": ["town hall", "halls?"], "gate": ["gates?"]})

    assert list(table) == ["hall", "gate"]
    assert [bool(search.search("At the Town\nHall.")) for search in table.values()] == [True, False]
    assert "tower" not in table
    with pytest.raises(KeyError):
        table["tower"]
