"""Language data: loaded once, checked, and complete enough for the grammars."""

from __future__ import annotations

from importlib.resources import files

import pytest

from ascribe.errors import SchemaError
from ascribe.languages import language, parse_language

ENGLISH = files("ascribe.languages").joinpath("en.toml").read_text("utf-8")


def test_a_language_is_loaded_once() -> None:
    assert language("en") is language("en")
    assert language("en").code == "en"


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(SchemaError, match="'xx'"):
        language("xx")


@pytest.mark.parametrize("section", ["[dates]", "[counts]", "[counts.nouns]", "[numbers]", "[sentences]"])
def test_an_unknown_key_is_named_with_its_section(section: str) -> None:
    with pytest.raises(SchemaError, match=rf"{section.strip('[]').split('.')[-1]}: unknown key 'monthz'"):
        parse_language("en", ENGLISH.replace(section, f"{section}\nmonthz = []", 1))


def test_a_missing_key_is_named() -> None:
    with pytest.raises(SchemaError, match="'openers' is missing"):
        parse_language(
            "en", ENGLISH.replace("openers =", "abbreviations_too =", 1).replace("abbreviations_too", "# x", 1)
        )


def test_a_file_that_is_no_toml_is_named() -> None:
    with pytest.raises(SchemaError, match=r"languages/en\.toml"):
        parse_language("en", "= 1")


def test_the_tables_hold_what_the_calendar_has() -> None:
    dates = language("en").dates
    assert sorted(dates.months.values()) == list(range(1, 13))
    assert sorted(dates.weekdays.values()) == list(range(1, 8))
    assert all(1 <= month <= 12 for season in dates.seasons.values() for month in season)
    assert all(0 < first <= last <= 31 for first, last in dates.month_parts.values())


def test_every_word_is_in_lower_case() -> None:
    words = language("en")
    for table in (words.dates.months, words.dates.units, words.numbers.units, words.counts.vague):
        assert all(word == word.lower() for word in table)
