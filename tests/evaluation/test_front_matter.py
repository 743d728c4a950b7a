"""The few YAML forms that front matter uses."""

from __future__ import annotations

import pytest

from evaluation.front_matter import FrontMatterError, parse


def test_scalars_flows_blocks_and_comments():
    text = """
# a comment
title: 'It''s "quoted": yes'   # and another
plain: five o'clock, more or less
when: 2018-12-12
year: 2018
flag: true
none:
ratio: -3.50
list: [a, "b, c", 3]
outer:
  1: {id: x-1, place: {country: NO, lat: 60.1}, unscored: []}
  2:
    id: x-2
"""
    assert parse(text) == {
        "title": 'It\'s "quoted": yes',
        "plain": "five o'clock, more or less",
        "when": "2018-12-12",
        "year": 2018,
        "flag": True,
        "none": None,
        "ratio": -3.5,
        "list": ["a", "b, c", 3],
        "outer": {1: {"id": "x-1", "place": {"country": "NO", "lat": 60.1}, "unscored": []}, 2: {"id": "x-2"}},
    }


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: {b: 1, b: 2}", "a: [1", "- item", "a: b: c", 'a: "x', "a: {b: 1} c", "a:\n   b: 1\n  c: 2"],
)
def test_what_is_not_understood_is_refused(text: str):
    with pytest.raises(FrontMatterError):
        parse(text)
