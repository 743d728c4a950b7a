from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascribe.registers.groups import Group, GroupRegister, group_register
from ascribe.registers.places import place_register

REGISTER = group_register()


@pytest.mark.parametrize(
    ("name", "known_as"),
    [
        ("IS", "Islamic State"),
        ("ISIS", "Islamic State"),
        ("ISIL", "Islamic State"),
        ("Daesh", "Islamic State"),
        ("Da'esh", "Islamic State"),
        ("the Islamic State group", "Islamic State"),
        ("Islamic State of Iraq and the Levant", "Islamic State"),
        ("ISIS-K", "Islamic State Khorasan Province"),
        ("ISWAP", "Islamic State West Africa Province"),
        ("al-Qaida", "Al-Qaeda"),
        ("Al Qa'ida in the Islamic Maghreb", "Al-Qaeda in the Islamic Maghreb"),
        ("al-Shabab militants", "Al-Shabaab"),
        ("Taleban", "Taliban"),
        ("Hizballah", "Hezbollah"),
        ("Provisional IRA", "Provisional Irish Republican Army"),
        ("Farc", "Revolutionary Armed Forces of Colombia"),
        ("FARC guerrillas", "Revolutionary Armed Forces of Colombia"),
        ("Sendero Luminoso", "Shining Path"),
        ("November 17", "Revolutionary Organization 17 November"),
        ("the Tamil Tigers", "Liberation Tigers of Tamil Eelam"),
        ("Lashkar-i-Tayyiba", "Lashkar-e-Taiba"),
    ],
)
def test_a_group_is_known_by_its_names(name: str, known_as: str) -> None:
    found = REGISTER.resolve(name)
    assert found is not None
    assert found.name == known_as


@pytest.mark.parametrize(
    ("name", "year", "countries", "known_as"),
    [
        ("Islamic Jihad", 1983, ("LB",), "Islamic Jihad Organization"),
        ("Islamic Jihad", 2003, ("PS", "IL"), "Palestinian Islamic Jihad"),
        ("the Tigers", 1993, ("BA",), "Arkan's Tigers"),
        ("the Tigers", 1993, ("LK",), "Liberation Tigers of Tamil Eelam"),
        ("National Liberation Army", 1990, ("CO",), "National Liberation Army"),
        ("ERP", 1989, ("SV",), "People's Revolutionary Army (El Salvador)"),
        ("ERP", 1975, ("AR",), "People's Revolutionary Army (Argentina)"),
        ("BLA", 2018, ("PK",), "Balochistan Liberation Army"),
        ("BLA", 1973, ("US",), "Black Liberation Army"),
    ],
)
def test_years_and_countries_tell_namesakes_apart(
    name: str, year: int, countries: tuple[str, ...], known_as: str
) -> None:
    found = REGISTER.resolve(name, year, countries)
    assert found is not None
    assert found.name == known_as
    assert set(countries) & set(found.countries)


def test_a_name_that_nobody_bears_is_unknown() -> None:
    assert REGISTER.resolve("Xqz Front for Nothing") is None
    assert REGISTER.look_up("jihad") == ()
    assert REGISTER.look_up("") == ()


def names(text: str, caps: bool | None = None) -> list[str]:
    return [s.name for s in REGISTER.spans(text, caps)]


def test_groups_are_found_by_their_longest_name() -> None:
    text = "Al-Qaeda in the Islamic Maghreb (AQIM), Boko Haram's men, the Real IRA, the U.D.A. and M-19 were named."
    assert names(text) == ["Al-Qaeda in the Islamic Maghreb", "AQIM", "Boko Haram", "Real IRA", "U.D.A.", "M-19"]


def test_a_possessive_inside_a_name_belongs_to_it() -> None:
    text = "The Kurdistan Workers' Party, the New People's Army's men, the Haqqani network and Hamas's men fired."
    assert names(text) == ["Kurdistan Workers' Party", "New People's Army", "Haqqani network", "Hamas"]


def test_the_verb_is_no_group() -> None:
    text = 'Nobody is to blame. "Who IS to blame? THIS IS NOT A DRILL", he said. It IS hard.'
    assert names(text) == []


def test_the_acronym_is_a_group_in_its_own_case_only() -> None:
    assert names("On Friday IS claimed the attack; the IS cell had eta and gal on its mind.") == ["IS", "IS"]


def test_in_capitals_ordinary_words_are_no_groups() -> None:
    text = "IT IS CLEAR THAT THE BASE AND DIRECT ACTION ARE WORDS, BUT THE FMLN AND SHINING PATH IS NOT."
    assert names(text) == ["FMLN", "SHINING PATH"]


def test_an_article_belongs_to_an_arabic_name_only() -> None:
    assert names("He met an al-Nusra Front man, the Taliban and an Al Qaeda cell.") == [
        "al-Nusra Front",
        "Taliban",
        "Al Qaeda",
    ]


@given(
    st.lists(st.sampled_from("al-,Qaeda,in,the,Islamic,State,IS,ETA,of,Maghreb,Real,IRA,and,17,November,\n".split(",")))
)
def test_spans_lie_in_order_apart_and_on_their_words(parts: list[str]) -> None:
    text = " ".join(parts)
    end = 0
    for span in REGISTER.spans(text):
        assert span.start >= end
        assert text[span.start : span.end] == span.name
        assert span.groups
        end = span.end


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    for span in REGISTER.spans(text):
        assert text[span.start : span.end] == span.name


def test_every_name_of_the_register_is_found_again() -> None:
    lost = [(g.id, n) for g in read_all() for n in (g.name, *g.aliases) if g not in REGISTER.look_up(n)]
    assert lost == []


def read_all() -> list[Group]:
    found = {g.id: g for groups in REGISTER.by_name().values() for g in groups}
    return list(found.values())


def test_countries_and_years_of_the_register_are_sound() -> None:
    known = place_register().country_codes()
    for group in read_all():
        assert set(group.countries) <= known, group.id
        assert group.from_year is None or group.to_year is None or group.from_year <= group.to_year, group.id
        assert group.kind in {"group", "state_force", "state"}


def test_swapped_names_of_one_shape_are_found_alike() -> None:
    # The register holds names only: what stands around a name does not depend on whose it is.
    frame = "Members of {} said that {} had fired."
    for name in ("Hamas", "Irgun", "Ku Klux Klan", "Aum Shinrikyo", "Babbar Khalsa", "Army of God", "Wagner Group"):
        assert names(frame.format(name, name)) == [name, name]


def test_a_register_of_ones_own_works_alike() -> None:
    own = GroupRegister([Group("x", "Xaba Front", ("XF",), ("NO",), 1990, None, "group")])
    assert [s.name for s in own.spans("The Xaba Front (XF) met.")] == ["Xaba Front", "XF"]
