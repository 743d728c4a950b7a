"""Whose words a value is told in."""

from __future__ import annotations

import pytest

from ascribe.model import Voice
from ascribe.readings.lexicon import lexicon
from ascribe.readings.voices import voice_at


def voice(text: str, words: str, group: str | None = None) -> Voice:
    spans = [(text.index(group), text.index(group) + len(group))] if group else []
    return voice_at(text, text.index(words), lexicon("en"), spans)


def test_words_without_a_speaker_are_the_authors() -> None:
    assert voice("A bomb killed five people. The mayor came.", "five") == Voice()


def test_a_speaker_before_the_verb_is_named() -> None:
    assert voice("The bomb killed five people, hospital officials said.", "five") == Voice(
        "according_to", "hospital officials"
    )


def test_according_to_names_the_speaker_after_it() -> None:
    assert voice("According to the health ministry, five people died.", "five") == Voice(
        "according_to", "health ministry"
    )


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("«", "»")])
def test_words_between_quotation_marks_are_quoted(opening: str, closing: str) -> None:
    text = f"{opening}Our men killed five of them on the bridge{closing}, the Dawn Front said."

    assert voice(text, "five").kind == "quoted"


def test_scare_quotes_are_no_speech() -> None:
    assert voice("The “caliphate” lost five towns.", "caliphate") == Voice()


def test_a_group_that_speaks_is_the_perpetrators_side() -> None:
    told = voice("Twenty soldiers died, the Dawn Front said.", "Twenty", group="Dawn Front")

    assert (told.speaker, told.perpetrator_side) == ("the Dawn Front", True)


def test_police_are_not_the_perpetrators_side() -> None:
    assert not voice("Twenty soldiers died, police said.", "Twenty", group=None).perpetrator_side


def test_the_next_sentence_has_its_own_voice() -> None:
    assert voice("The mayor said nothing. Five people died.", "Five") == Voice()


@pytest.mark.parametrize("text", ["Five died, nobody said why.", "The bombing was claimed by five men."])
def test_nobody_and_a_passive_are_no_speakers(text: str) -> None:
    assert voice(text, "ive").speaker is None


def test_it_said_after_a_claim_is_the_claimant() -> None:
    text = "The Red Dawn claimed responsibility for the attack. It said that twenty soldiers had died."

    assert voice(text, "twenty", group="Red Dawn") == Voice("according_to", "Red Dawn", True)


def test_a_pronoun_without_a_claimant_before_it_names_nobody() -> None:
    assert voice("The mayor came. He said that five had died.", "five", group=None) == Voice("according_to")
