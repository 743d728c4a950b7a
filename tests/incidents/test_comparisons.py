"""Splink and Python find the same outcomes and weights; blocking is mutual; features survive being kept."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import STORIES, reading_of
from telling import TOWNS, a_document, an_incident, said, told

from ascribe.incidents.blocking import keys
from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.features import Features, features_of, from_json, to_json
from ascribe.incidents.pairs import linked
from ascribe.incidents.sounds import sound
from ascribe.incidents.weights import from_toml, levels_of, probability, shipped
from ascribe.model import UNDECIDED, CodeValue, CountValue, DateValue

_NAMES = ("mb", "krktr", "amsl prt", "tr ksm")


def invented(chance: random.Random) -> Features:
    """Features in which anything may be missing."""
    some = chance.random() < 0.5
    first = chance.choice([None, *range(737_850, 737_860)])
    low = chance.choice([None, 0, 1, 2, 3, 9, 10, 11, 40])

    def names(of: tuple[str, ...] = _NAMES) -> tuple[str, ...]:
        return tuple(sorted(chance.sample(of, chance.choice((0, 0, 1, 2)))))

    return Features(
        document=f"{chance.random()}",
        first_day=first,
        last_day=None if first is None else first + chance.choice((0, 0, 1, 2, 3, 30, 31, 365)),
        country=chance.choice([None, "CD", "FR"]),
        place=chance.choice([None, *_NAMES]),
        place_id=chance.choice([None, "g:1", "g:2"]),
        latitude=round(chance.uniform(48, 49), 2) if some else None,
        longitude=round(chance.uniform(2, 3), 2) if some else None,
        coarse=chance.random() < 0.2,
        sites=names(),
        tactics=names(("arson", "bombing", "stabbing")),
        families=names(("arson", "blade", "bombing")),
        done=chance.choice([None, True, False]),
        perpetrators=names(),
        full_names=names(),
        victims=names(),
        groups=names(("is", "aqim")),
        targets=names(("police", "transport")),
        killed_low=low,
        killed_high=chance.choice([None, low, 12]),
        wounded_low=chance.choice([None, 0, 5, 22, 60]),
        wounded_high=chance.choice([None, 22, 60]),
    )


def test_splink_and_python_agree_on_thousands_of_pairs() -> None:
    pytest.importorskip("splink")
    from ascribe.incidents.splinking import score  # noqa: PLC0415 - slow to load

    chance = random.Random(5)
    features = {number: invented(chance) for number in range(300)}
    pairs = sorted({tuple(sorted(chance.sample(range(300), 2))) for _ in range(6000)})
    weights = shipped()
    found = {
        (one, other): (weight, outcomes)
        for one, other, weight, outcomes in score({n: to_json(f) for n, f in features.items()}, pairs, weights)
    }
    assert set(found) == set(pairs)
    met = set()
    for one, other in pairs:
        outcomes = levels_of(features[one], features[other])
        assert found[one, other][1] == outcomes
        assert found[one, other][0] == pytest.approx(weights.weight(outcomes), abs=1e-6)
        met.update((comparison.name, level) for comparison, level in zip(COMPARISONS, outcomes, strict=True))
    assert met >= {(c.name, level) for c in COMPARISONS for level in range(-1, len(c.levels))}


def test_few_pairs_and_many_are_linked_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(6)
    features = {number: invented(chance) for number in range(60)}
    pairs = [(one, other) for one in features for other in features if one < other]
    weights = replace(shipped(), threshold=-10.0)
    here = linked(features, pairs, weights)
    monkeypatch.setattr("ascribe.incidents.pairs.FEW", 0)
    by_pair = {(found.one, found.other): found for found in linked(features, pairs, weights)}
    assert here
    assert by_pair == {(found.one, found.other): found for found in here}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_if_one_finds_the_other_the_other_finds_the_one(seed: int) -> None:
    chance = random.Random(seed)
    one, other = keys(invented(chance)), keys(invented(chance))
    assert bool(one[1] & other[0]) == bool(other[1] & one[0])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9))
def test_a_comparison_does_not_depend_on_who_is_first(seed: int) -> None:
    chance = random.Random(seed)
    one, other = invented(chance), invented(chance)
    assert levels_of(one, other) == levels_of(other, one)


@settings(max_examples=30, deadline=None)
@given(STORIES)
def test_features_come_back_as_they_were_kept(stories: list[str]) -> None:
    for number, story in enumerate(stories):
        for features in features_of(reading_of(story, f"{number}.txt", "2021-03-11")):
            assert from_json(to_json(features)) == features


def test_the_shipped_model_weighs_agreement_above_silence_above_contradiction() -> None:
    for comparison, weights in zip(COMPARISONS, shipped().by_level, strict=True):
        assert weights[0] > 0 > weights[-2], comparison.name
        assert weights[-1] == 0
    assert probability(0) == 0.5
    assert probability(-2000) == 0.0


def test_a_model_that_does_not_fit_is_refused() -> None:
    with pytest.raises(KeyError):
        from_toml("prior = 0.1\nthreshold = 1\n[comparisons]\n")
    short = "".join(f"[comparisons.{c.name}]\nm = [0.5]\nu = [0.5]\n" for c in COMPARISONS)
    with pytest.raises(ValueError, match="another number of outcomes"):
        from_toml(f"prior = 0.1\nthreshold = 1\n{short}")


def test_spellings_sound_alike_and_other_names_do_not() -> None:
    for one, other in (("Mbau", "Mbao"), ("Krüger", "Krueger"), ("Beledweyne", "Belet Weyne".replace(" ", ""))):
        assert sound(one) == sound(other)
    assert sound("Sungai Kolok") != sound("Sungai Padi")
    assert sound("Al Jarrahi") == sound("Jarrahi")
    assert sound("…") == ""


def test_what_a_check_left_undecided_links_nothing_and_names_no_incident() -> None:
    document = a_document("A bomb in Port Amsel on 2021-03-04, or in Dar Qasim, killed 5.")
    day = DateValue(date(2021, 3, 4), date(2021, 3, 4))
    why = {"rule": f"{UNDECIDED}why", "confidence": 0.05, "origin": "inferred"}

    def features(**more: object) -> Features:
        statements = (
            said(document, "tactics", CodeValue("bombing"), "bomb"),
            said(document, "date", day, "2021-03-04", **more),
            said(document, "place", TOWNS["Port Amsel"], "Port Amsel", **more),
            said(document, "killed", CountValue(5, 5), "5", **more),
        )
        (one,) = features_of(told(document, an_incident(document, *statements)))
        return one

    told_so, undecided = features(), features(**why)
    assert (told_so.first_day, undecided.first_day) == (day.start.toordinal(), None)  # type: ignore[union-attr]
    assert "port-amsel" in told_so.label
    assert undecided.label == "unplaced-undated"
