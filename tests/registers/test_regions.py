"""Regions: whose definitions they are, and that the bundled ones are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ascribe.errors import ProjectError
from ascribe.registers.places import place_register
from ascribe.registers.regions import region_register

_WHOLE = ("m49-002", "m49-019", "m49-142", "m49-150", "m49-009")
# The United Nations list neither Taiwan nor Kosovo as areas of their own, and put Antarctica into no region.
_UNLISTED_BY_M49 = {"TW", "XK", "AQ"}

OWN = """
[[regions]]
id = "own-west"
name = "the West"
owner = "A. Author"
source = "Some Report, p. 4"
date = "2020"
countries = ["FR", "BE"]
parts = ["m49-021"]
"""


def region(name: str) -> frozenset[str]:
    return region_register().look_up(name)[0].countries


def test_every_country_lies_in_exactly_one_continent() -> None:
    parts = [{r.id: r for r in region_register().regions}[i].countries for i in _WHOLE]
    assert sum(map(len, parts)) == len(frozenset().union(*parts))
    assert place_register().country_codes() - frozenset().union(*parts) == _UNLISTED_BY_M49


def test_a_region_names_its_owner() -> None:
    assert all(r.owner and r.source and r.date and r.countries for r in region_register().regions)


def test_a_region_is_found_under_every_way_to_write_it() -> None:
    for name in ("West Africa", "western africa", "the West Africa"):
        assert {"ML", "NG"} <= region(name)
    assert region("South-East Asia") == region("southeast asia")


def test_two_owners_of_one_name_are_two_definitions() -> None:
    first, second = region_register().look_up("Western Europe")
    assert first.owner != second.owner
    assert "GB" not in first.countries
    assert "GB" in second.countries


def test_nobody_defines_the_west() -> None:
    assert region_register().look_up("the West") == ()


def test_names_stand_in_a_text() -> None:
    text = "in West Africa, the Middle East and in middle school"
    assert [text[s.start : s.end] for s in region_register().spans(text)] == ["West Africa", "the Middle East"]


def test_a_project_adds_its_own(tmp_path: Path) -> None:
    (tmp_path / "regions.toml").write_text(OWN, "utf-8")
    found = region_register().extended(tmp_path / "regions.toml").look_up("the West")[0]
    assert found.owner == "A. Author"
    assert found.countries == {"FR", "BE", "BM", "CA", "GL", "PM", "US"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("FR", "ZZ"), "no country has the code 'ZZ'"),
        (("m49-021", "nowhere"), "there is no region 'nowhere'"),
        (("m49-021", "own-west"), "a part of itself"),
        (('owner = "A. Author"', ""), "region 1 needs id, name, owner"),
        (("[[regions]]", "[[region]]"), "there is no \\[\\[regions\\]\\]"),
        (('["FR", "BE"]', '"FR"'), "must be a list of words"),
        (('countries = ["FR", "BE"]', "countries = ["), "regions.toml"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    where = tmp_path / "regions.toml"
    where.write_text(OWN.replace(*change), "utf-8")
    with pytest.raises(ProjectError, match=complaint):
        region_register().extended(where)
