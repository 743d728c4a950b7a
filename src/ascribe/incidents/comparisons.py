"""What is compared of two accounts, and which outcomes are told apart.

A test asks the SQL and the Python of every level about invented pairs and finds the same.
"""

from __future__ import annotations

from ascribe.incidents.features import PRECISE_DAYS, Features
from ascribe.incidents.levels import Comparison, Level, distance, otherwise, sets, shared, unsaid, within

NEAR_KM = 15.0
AREA_KM = 50.0
_MONTH = 31
_MANY = 10
_CLOSE = 2  # people by which two counts of one attack often differ
_CLOSE_SHARE = 4  # or a quarter of the greater one


# places


def _same_place(one: Features, other: Features) -> bool:
    if one.place_id is not None and one.place_id == other.place_id:
        return True
    if one.place is None or one.place != other.place or not _one_country(one, other):
        return False
    return not (one.pointed and other.pointed) or distance(one, other) <= NEAR_KM


def _same_town(one: Features, other: Features) -> bool:
    return not (one.coarse and other.coarse) and _same_place(one, other)


def _one_country(one: Features, other: Features) -> bool:
    return one.country is None or other.country is None or one.country == other.country


_NEAR = within(NEAR_KM, "places next to each other")
_ONE_COUNTRY = "(country_l IS NULL OR country_r IS NULL OR country_l = country_r)"
_SAME = (
    f"(place_id_l = place_id_r OR (place_l = place_r AND {_ONE_COUNTRY} AND "
    f"(latitude_l IS NULL OR latitude_r IS NULL OR {_NEAR.sql})))"
)
_PLACE = Comparison(
    "place",
    ("place", "place_id", "country", "latitude", "longitude", "coarse", "sites"),
    unsaid("place"),
    (
        Level("the same place", f"{_SAME} AND NOT (coarse_l AND coarse_r)", _same_town),
        _NEAR,
        Level(
            "the place of one is a site of the other",
            f"(list_contains(sites_l, place_r) OR list_contains(sites_r, place_l)) AND {_ONE_COUNTRY}",
            lambda a, b: (a.place in b.sites or b.place in a.sites) and _one_country(a, b),
        ),
        within(AREA_KM, "places of one area"),
        Level(
            "the same country, and a town in one of them at most",
            "(coarse_l OR coarse_r) AND country_l = country_r",
            lambda a, b: (a.coarse or b.coarse) and a.country is not None and a.country == b.country,
        ),
        otherwise("different places"),
    ),
)


# days


def overlapping(one: Features, other: Features) -> bool:
    """Whether two dates can be one day; False where one is not said."""
    if one.first_day is None or one.last_day is None or other.first_day is None or other.last_day is None:
        return False
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def _wide(one: Features, other: Features) -> int:
    return max((f.last_day or 0) - (f.first_day or 0) for f in (one, other))


_OVERLAP = "first_day_l <= last_day_r AND first_day_r <= last_day_l"
_WIDE = "greatest(last_day_l - first_day_l, last_day_r - first_day_r)"
_DAYS = Comparison(
    "date",
    ("first_day", "last_day"),
    unsaid("first_day", "last_day"),
    (
        Level(
            "the same day",
            f"{_OVERLAP} AND {_WIDE} < {PRECISE_DAYS}",
            lambda a, b: overlapping(a, b) and _wide(a, b) < PRECISE_DAYS,
        ),
        Level(
            "a day within the other's weeks",
            f"{_OVERLAP} AND {_WIDE} < {_MONTH}",
            lambda a, b: overlapping(a, b) and _wide(a, b) < _MONTH,
        ),
        Level("a day within the other's year", _OVERLAP, overlapping),
        otherwise("different days"),
    ),
)


# people


def _count(name: str) -> Comparison:
    low, high = f"{name}_low", f"{name}_high"

    def same(one: Features, other: Features) -> bool:
        return bool(getattr(one, low) == getattr(other, low))

    def close(one: Features, other: Features) -> bool:
        (a, b), (c, d) = ((getattr(f, low), getattr(f, high)) for f in (one, other))
        if (b is None or c <= b) and (d is None or a <= d):
            return True
        return bool(abs(a - c) <= _CLOSE or abs(a - c) * _CLOSE_SHARE <= max(a, c))

    far = f"abs({low}_l - {low}_r)"
    return Comparison(
        name,
        (low, high),
        unsaid(low),
        (
            Level(
                "the same number, and a large one",
                f"{low}_l = {low}_r AND {low}_l >= {_MANY}",
                lambda a, b: same(a, b) and getattr(a, low) >= _MANY,
            ),
            Level("the same number", f"{low}_l = {low}_r", same),
            Level(
                "numbers that are close",
                f"(coalesce({low}_r <= {high}_l, true) AND coalesce({low}_l <= {high}_r, true)) OR {far} <= {_CLOSE} "
                f"OR {far} * {_CLOSE_SHARE} <= greatest({low}_l, {low}_r)",
                close,
            ),
            otherwise("other numbers"),
        ),
    )


COMPARISONS = (
    _PLACE,
    _DAYS,
    Comparison(
        "tactics",
        ("tactics", "families"),
        sets("tactics", "tactics", "", "").missing,
        (
            shared("tactics", "the same tactic"),
            shared("families", "tactics of one sort"),
            otherwise("other tactics"),
        ),
    ),
    _count("killed"),
    _count("wounded"),
    sets("perpetrators", "perpetrators", "a perpetrator of the same name", "perpetrators of other names"),
    sets("victims", "victims", "a victim of the same name", "victims of other names"),
    sets("groups", "groups", "the same group", "other groups"),
    sets("sites", "sites", "a site of the same name", "other sites"),
    sets("targets", "targets", "the same sort of target", "other sorts of target"),
)
COLUMNS = tuple(dict.fromkeys(column for comparison in COMPARISONS for column in comparison.columns))
