from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.registers.places import place_register
from ascribe.registers.ranking import Context, distance_km, rank

REGISTER = place_register()


@pytest.mark.parametrize(
    ("name", "country", "level"),
    [
        ("Zaventem", "BE", "city"),
        ("Colombes", "FR", "city"),
        ("Metz", "FR", "city"),
        ("Arras", "FR", "city"),
        ("Strasbourg", "FR", "city"),
        ("Liège", "BE", "city"),
        ("Liege", "BE", "city"),
        ("Mosul", "IQ", "city"),
        ("Raqqa", "SY", "city"),
        ("al-Raqqa", "SY", "city"),
        ("Kobani", "SY", "city"),
        ("Luik", "BE", "city"),
        ("Bruxelles", "BE", "city"),
        ("Hyderabad", "IN", "city"),
        ("Brussels", "BE", "city"),
        ("Maalbeek", "BE", "site"),
        ("Baghuz", "SY", "city"),
        ("Bataclan", "FR", "site"),
        ("Ghouta", "SY", "region"),
        ("Molenbeek", "BE", "city"),
        ("Jenin", "PS", "city"),
        ("Palmyra", "SY", "city"),
        ("Deir al-Zour", "SY", "city"),
        ("Saigon", "VN", "city"),
        ("Bombay", "IN", "city"),
        ("New York", "US", "city"),
        ("Nangarhar", "AF", "region"),
        ("Cabo Delgado", "MZ", "region"),
        ("Flanders", "BE", "region"),
        ("Nineveh", "IQ", "region"),
        ("West Bank", "PS", "region"),
        ("Kashmir", "IN", "region"),
        ("Tigray", "ET", "region"),
        ("Corsica", "FR", "region"),
        ("Chechnya", "RU", "region"),
        ("Northern Ireland", "GB", "region"),
        ("UK", "GB", "country"),
        ("Burma", "MM", "country"),
        ("Ivory Coast", "CI", "country"),
        ("DRC", "CD", "country"),
        ("Kosovo", "XK", "country"),
        ("Syria", "SY", "country"),
        ("Zaire", "CD", "country"),
        ("Soviet Union", "RU", "country"),
        ("West Germany", "DE", "country"),
        ("Upper Volta", "BF", "country"),
    ],
)
def test_a_name_alone_means_its_best_known_place(name: str, country: str, level: str) -> None:
    place = REGISTER.look_up(name)[0]
    assert (place.country, place.level) == (country, level)


def test_a_name_that_nobody_bears_is_unknown() -> None:
    assert REGISTER.look_up("Xqzzvard") == ()
    assert REGISTER.resolve("Xqzzvard") is None


def test_kurdistan_is_a_region_and_no_town() -> None:
    assert REGISTER.look_up("Kurdistan")[0].level == "region"


def test_a_country_named_in_the_text_decides_between_namesakes() -> None:
    place = REGISTER.resolve("Hyderabad", Context(countries={"PK": 2.0}))
    assert place is not None
    assert place.country == "PK"


def test_a_region_named_right_after_decides_between_namesakes() -> None:
    place = REGISTER.resolve(
        "Paris", Context(within=tuple(p for p in REGISTER.look_up("Texas") if p.level == "region"))
    )
    assert place is not None
    assert (place.country, place.level) == ("US", "city")


def test_the_word_province_makes_it_the_region() -> None:
    place = REGISTER.resolve("Kandahar", Context(level="region"))
    assert place is not None
    assert place.level == "region"


def test_countries_are_known_by_name_alias_and_demonym() -> None:
    named = {"the UK": "GB", "Burma": "MM", "Iraqi": "IQ", "Sri Lankan": "LK", "U.S.": "US", "Côte d’Ivoire": "CI"}
    assert {words: REGISTER.country(words) for words in named} == named
    assert REGISTER.country("Atlantis") is None


def test_the_order_of_candidates_does_not_matter() -> None:
    found = REGISTER.look_up("San José")
    assert len(found) > 20
    assert rank(tuple(reversed(found)), Context()) == rank(found, Context())


def names(text: str, caps: bool | None = None) -> list[str]:
    return [s.name for s in REGISTER.spans(text, caps)]


def test_places_are_found_by_their_longest_name() -> None:
    text = "They fled from Deir ez-Zor and al-Raqqa through St. Louis, N'Djamena and Côte d'Ivoire to New York."
    assert names(text) == ["Deir ez-Zor", "al-Raqqa", "St. Louis", "N'Djamena", "Côte d'Ivoire", "New York"]


def test_a_possessive_is_no_part_of_the_name() -> None:
    assert names("It was Baghdad's worst day, and Paris's too.") == ["Baghdad", "Paris"]


def test_ordinary_words_persons_and_acronyms_are_no_places() -> None:
    text = (
        "Reading the report, Police Chief Paul Hamilton said in March that HIV was no threat. Of course I've asked"
        " Senator Lincoln. Walter Franklin agreed; Franklin said so on Sunday. Canadian Mounties watched."
    )
    assert names(text) == []


def test_an_ordinary_word_is_a_place_where_a_country_follows() -> None:
    assert names("He was held in Mobile, Alabama, and in Nice, France.") == ["Mobile", "Alabama", "Nice", "France"]


def test_a_text_in_capitals_is_read_as_one() -> None:
    text = "BOGOTA, 3 JUL 89 -- THE BOMB WENT OFF IN MEDELLIN, COLOMBIA. POLICE ASKED US TO LEAVE."
    assert names(text) == ["BOGOTA", "MEDELLIN", "COLOMBIA"]


def test_a_dateline_in_capitals_is_a_place() -> None:
    assert names("LIMA, Peru, May 4 - A bomb went off.")[0] == "LIMA"


def test_a_heading_does_not_run_into_the_next_line() -> None:
    assert "Beledweyne" in names("HIRAN\nBeledweyne saw the week's heaviest loss.")


@given(
    st.lists(st.sampled_from("Paris,Deir,ez-Zor,of,New,York,the,al-,Bab,St.,Louis,said,U.S.,in,\n, ,Nice".split(",")))
)
def test_spans_lie_in_order_apart_and_on_their_words(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for span in REGISTER.spans(text):
        assert span.start >= end
        assert text[span.start : span.end] == span.name
        assert REGISTER.look_up(span.name)
        end = span.end


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    for span in REGISTER.spans(text):
        assert text[span.start : span.end] == span.name


def test_threads_may_share_the_register() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: REGISTER.look_up(name)[0].country, ["Oslo", "Lima", "Kano", "Basra"] * 5))
    assert found == ["NO", "PE", "NG", "IQ"] * 5


def country_of(name: str) -> str | None:
    return REGISTER.look_up(name)[0].country


def test_forked_processes_may_share_the_register() -> None:
    assert country_of("Oslo") == "NO"
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map(country_of, ["Lima", "Tromsø", "Basra"]) == ["PE", "NO", "IQ"]


def test_distances_are_great_circles() -> None:
    paris, london = REGISTER.look_up("Paris")[0], REGISTER.look_up("London")[0]
    assert distance_km(paris, london) == pytest.approx(344, abs=5)
