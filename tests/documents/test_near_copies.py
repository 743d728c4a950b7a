"""Reprints are known as such; two events told after one pattern are not."""

from __future__ import annotations

import random
import subprocess
import sys
from array import array
from collections import Counter

import pytest
from document_samples import STORY, one

from ascribe.documents import NearCopies, near_copies
from ascribe.documents.near_copies import replaced_facts
from ascribe.model import Document

SYLLABLES = [
    a + b for a in ("ba", "ke", "li", "mo", "nu", "pra", "ste", "tro") for b in ("lan", "ric", "tos", "mer", "dun")
]
WIRE = (
    "{place} - A bomb exploded near a police station in the town of {place} on {day}, killing {killed} "
    "people and wounding "
    "{wounded} others, officials said. The explosion happened early in the morning when officers were changing shifts. "
    "No group has claimed responsibility for the attack. Security forces have cordoned off the area and "
    "launched a search. "
    "The province has seen a rise in attacks in recent months, and the government has promised to restore order."
)
RELEASE = (
    "The command, together with the federal government, carried out an air strike against the group near "
    "{place} on {day} "
    "{month}. Currently, it is assessed that the strike killed {killed} fighters, and that no civilians "
    "were hurt or killed. "
    "The strike was part of the effort to degrade the group's ability to recruit, train and plan attacks "
    "in the region, and "
    "to put pressure on its network. The group uses the areas that it controls to plan and direct "
    "attacks, to steal aid, to "
    "extort the people and to shelter. The command and its partners will go on working to transfer the "
    "responsibility for "
    "long-term security to the federal government and its member states, as has been agreed between them in the past."
)


def told(text: str) -> Document:
    return one("a.txt", text.encode())


def prose(seed: int, words: int = 350) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(SYLLABLES) + chance.choice(("", "", "s", "ing")) for _ in range(words))


def test_a_reprint_with_its_own_headline_and_end_is_known() -> None:
    copies = NearCopies()
    original = told(" ".join(STORY * 1) + " " + prose(1, 100))
    reprint = told("Shots fired at bus, five dead\n\n(Agency) " + original.text + " Reporting by the agency.")
    assert copies.add(original) is None
    assert copies.add(reprint) == original.id


def test_a_cut_down_text_is_known_and_a_text_that_quotes_a_short_one_is_not() -> None:
    copies = NearCopies()
    long, short = told(prose(2)), told(prose(3, 60))
    assert copies.add(long) is None
    assert copies.add(told(" ".join(long.text.split()[:110]))) == long.id
    assert copies.add(short) is None
    assert copies.add(told(prose(4, 300) + " " + short.text + " " + prose(5, 300))) is None


def test_two_hundred_reprints_with_one_word_in_twenty_changed_are_found() -> None:
    copies = NearCopies()
    originals = [told(prose(seed)) for seed in range(300)]
    assert not any(copies.add(d) for d in originals)
    chance = random.Random(7)
    found = 0
    for original in originals[:200]:
        words = original.text.split()
        for i in chance.sample(range(len(words)), len(words) // 20):
            words[i] = "changed" + chance.choice(SYLLABLES)
        found += copies.add(told(" ".join(words))) == original.id
    assert found >= 195


def test_wires_of_one_style_about_different_events_are_no_copies() -> None:
    copies = NearCopies()
    places = ("Torvik", "Sandvar", "Hollin", "Merrow", "Dunmore", "Aldane")
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday")
    numbers = ("three", "4", "six", "eight", "11", "twelve")
    for i in range(6):
        fields = {"place": places[i], "day": days[i], "killed": numbers[i], "wounded": numbers[-i]}
        assert copies.add(told(WIRE.format(**fields))) is None
    same_day = {"place": "Ravensby", "day": "Monday", "killed": "five", "wounded": "nine"}
    assert copies.add(told(WIRE.format(**same_day))) is None


def test_press_releases_with_other_places_and_numbers_are_no_copies_however_long_their_formula() -> None:
    copies = NearCopies()
    first = {"place": "Torvik", "day": "3", "month": "March", "killed": "two"}
    second = {"place": "Sandvar", "day": "9", "month": "March", "killed": "five"}
    assert copies.add(told(RELEASE.format(**first))) is None
    assert copies.add(told(RELEASE.format(**second))) is None
    assert copies.add(told("Press release. " + RELEASE.format(**first))) is not None


def test_numbers_in_words_and_figures_and_short_months_are_the_same() -> None:
    copies = NearCopies()
    first = told(RELEASE.format(place="Torvik", day="3", month="September", killed="five"))
    assert copies.add(first) is None
    assert copies.add(told("(Agency) " + RELEASE.format(place="Torvik", day="3", month="Sept", killed="5"))) == first.id


def test_the_order_of_adding_says_which_is_the_original_and_copies_point_to_it() -> None:
    text = prose(11)
    versions = [told(text), told("One. " + text), told("Two. " + text)]
    for order in (versions, versions[::-1]):
        copies = NearCopies()
        assert [copies.add(d) for d in order] == [None, order[0].id, order[0].id]
        assert [copies.add(d) for d in order] == [None, order[0].id, order[0].id]
        assert len(copies) == 1


def test_the_index_can_be_rebuilt_from_signatures() -> None:
    documents = [told(prose(i)) for i in range(20)]
    copies = NearCopies()
    for document in documents:
        copies.know(document.id, NearCopies.signature(document.text))
    assert copies.add(told("Again. " + documents[5].text)) == documents[5].id


def test_signatures_are_the_same_in_every_process() -> None:
    code = "from ascribe.documents import NearCopies; print(NearCopies.signature('Five men, 3 March, in Torvik').hex())"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {NearCopies.signature("Five men, 3 March, in Torvik").hex() + "\n"}


def test_texts_without_words_are_copies_of_nothing() -> None:
    copies = NearCopies()
    assert copies.know("a", NearCopies.signature("— … —")) is None
    assert copies.know("b", NearCopies.signature("— … —")) is None


def test_repetitive_texts_are_compared_in_bounded_time() -> None:
    words = array("I", [1, 2] * 20_000)
    others = array("I", [1, 2, 2, 1, 3] * 8_000)
    assert replaced_facts(words, others) >= 0


def pattern(chance: random.Random) -> str:
    fields = {"place": chance.choice("Torvik Sandvar Hollin Merrow Dunmore Aldane".split()), "day": "Monday"}
    return WIRE.format(**fields, killed=chance.randrange(2, 90), wounded=chance.randrange(2, 90))


def test_looking_at_those_that_share_most_finds_what_looking_at_all_of_one_pattern_finds() -> None:
    chance = random.Random(3)
    texts = [pattern(chance) for _ in range(150)]
    texts += [" ".join(chance.choice(texts).split()[: chance.randrange(55, 80)]) for _ in range(50)]
    few, all_of_them = NearCopies(), NearCopies(most_compared=len(texts), kept_shingles=0)
    found = [few.add(told(text)) for text in texts]
    assert found == [all_of_them.add(told(text)) for text in texts]
    assert sum(one is not None for one in found) > 50
    assert len(few) > 50


def test_runs_of_words_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter[int]()
    plain = near_copies._shingles

    def counted(words: array[int]) -> set[int]:
        made[hash(words.tobytes())] += 1
        return plain(words)

    monkeypatch.setattr(near_copies, "_shingles", counted)
    chance = random.Random(4)
    copies = NearCopies()
    for _ in range(60):
        copies.add(told(pattern(chance)))
    assert max(made.values()) <= 2  # as a new text, and as one to compare with
