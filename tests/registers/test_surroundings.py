from __future__ import annotations

import pytest

from ascribe.registers.places import place_register
from ascribe.registers.surroundings import Surroundings

REGISTER = place_register()


def resolved(text: str, name: str) -> tuple[str | None, str] | None:
    start = text.rindex(name)
    place = Surroundings(REGISTER, text).resolve(start, start + len(name))
    return (place.country, place.level) if place else None


@pytest.mark.parametrize(
    ("text", "name", "country", "level"),
    [
        ("Pakistani police said a bomb went off in Hyderabad on Monday.", "Hyderabad", "PK", "city"),
        ("Indian police said a bomb went off in Hyderabad on Monday.", "Hyderabad", "IN", "city"),
        ("A bomb went off in Hyderabad, Pakistan. Markets in Hyderabad closed.", "Hyderabad", "PK", "city"),
        ("A man was shot in Paris, Texas.", "Paris", "US", "city"),
        ("Fighting went on in Kandahar province.", "Kandahar", "AF", "region"),
        ("A car blew up in the city of Kandahar.", "Kandahar", "AF", "city"),
        (
            "Atlanta, Georgia, was quiet; so was the rest of Georgia, police in the United States said.",
            "Georgia",
            "US",
            "region",
        ),
        ("Tbilisi and Batumi are in Georgia, Georgian officials said.", "Georgia", "GE", "country"),
        ("It hit China, Japan and Mexico.", "China", "CN", "country"),
    ],
)
def test_the_words_around_a_name_decide_what_it_means(text: str, name: str, country: str, level: str) -> None:
    assert resolved(text, name) == (country, level)


def test_a_small_place_in_a_country_never_spoken_of_is_not_meant() -> None:
    text = "Malian soldiers and Mali's allies entered Bansko, a village in Mali, and Malians fled."
    assert resolved(text, "Bansko") is None


def test_the_country_of_an_unknown_village_is_told_by_the_text() -> None:
    text = "In Niger, gunmen on motorcycles attacked Xobangu and killed ten. Nigerien troops came late."
    around = Surroundings(REGISTER, text)
    start = text.index("Xobangu")
    assert around.country_at(start, start + 7) == "NE"


def test_no_country_is_told_where_two_weigh_the_same() -> None:
    text = "Between Chad and Niger lies Xobangu between Chad and Niger."
    around = Surroundings(REGISTER, text)
    start = text.index("Xobangu")
    assert around.country_at(start, start + 7) is None
    assert Surroundings(REGISTER, "Xobangu burned.").country_at(0, 7) is None
