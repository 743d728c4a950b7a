from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.registers.folding import fold
from ascribe.registers.group_names import group_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("U.S.", "us"),
        ("U.S.A.", "usa"),
        ("Saint-Denis", "st denis"),
        ("St. Denis", "st denis"),
        ("Sana’a", "sanaa"),
        ("Liège", "liege"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
    ],
)
def test_a_name_folds_to_its_key(written: str, key: str) -> None:
    assert fold(written) == key


@given(st.lists(st.from_regex(r"[A-Za-z0-9]{1,8}", fullmatch=True) | st.sampled_from(["Saint", "MOUNT"])))
def test_plain_words_fold_as_they_do_beside_a_sign(words: list[str]) -> None:
    assert fold(" ".join(words)) == fold(" ".join([*words, "?"]))


@given(st.text())
def test_folding_a_key_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aeiouyhqkdjbmnst -'", max_size=30))
def test_folding_a_groups_key_again_changes_nothing(text: str) -> None:
    assert group_key(group_key(text)) == group_key(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Qaeda", "Al Qa'ida"),
        ("Al-Shabaab", "al Shabab"),
        ("Hezbollah", "Hizbullah"),
        ("Taliban", "Taleban"),
        ("Lashkar-e-Taiba", "Lashkar-i-Tayyiba"),
        ("Abu Sayyaf", "Abu Sayaf"),
        ("Ansar al-Sharia", "Ansar ash-Shari'a"),
    ],
)
def test_transliterations_of_one_name_meet(one: str, other: str) -> None:
    assert group_key(one) == group_key(other)


def test_names_of_different_groups_do_not_meet() -> None:
    names = ["Hamas", "Hezbollah", "Taliban", "Real IRA", "Red Brigades", "Boko Haram", "Shining Path"]
    assert len({group_key(n) for n in names}) == len(names)
