"""What is compared of an account: a handful of plain columns, worked out once and kept beside the account."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from ascribe.incidents.constraints import AccountRef
from ascribe.incidents.sounds import sound
from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    PersonValue,
    PlaceValue,
    Reading,
    Statement,
    Told,
    is_undecided,
    sha256,
)
from ascribe.registers.folding import fold

VERSION = "3"  # raised whenever features, keys, conflicts or clusters are made otherwise: casebooks are linked anew
PRECISE_DAYS = 3  # an account whose date is no longer than this is dated to the day

# Tactics that one source may use for another's: those of one family never contradict each other.
_FAMILIES = {
    "bombing": "bombing",
    "suicide_bombing": "bombing",
    "armed_assault": "shooting",
    "stabbing": "blade",
    "beheading": "blade",
    "vehicle_ramming": "ramming",
    "kidnapping": "captivity",
    "hostage_taking": "captivity",
    "hijacking": "captivity",
    "arson": "arson",
    "unarmed_assault": "unarmed",
    "chemical_biological": "chemical",
    "sabotage": "sabotage",
}
_NEVER = 9_999_999
_LONGEST_LABEL = 40
_PLAIN = re.compile(r"[\W_]+")
_UNSAID = ("denied", "hypothetical")
_POINTS = ("city", "site", None)
_SHORTEST_NAME = 2  # letters of a last name; initials tell nobody apart

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared. Nothing here is shown as a value: it is derived from statements.

    Days are ordinals (day 1 is 1 January of year 1), latitude and longitude degrees. Names stand as they sound.
    `start` and `end` are the anchor's; `label` is the readable half of an incident's id (`harrowgate-2021-03-04`);
    `coarse` marks a place that is a region or a country. `copy_of` is the document that this one reprints, `wording` a
    hash of the anchor's words, to find them there.
    """

    document: str
    extractor: str = ""
    version: str = ""
    key: str = ""
    start: int = 0
    end: int = 0
    label: str = ""
    copy_of: str | None = None
    wording: str = ""
    published: int | None = None
    first_day: int | None = None
    last_day: int | None = None
    country: str | None = None
    place_id: str | None = None
    place: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    coarse: bool = False
    sites: Names = ()
    tactics: Names = ()
    families: Names = ()
    done: bool | None = None
    perpetrators: Names = ()
    full_names: Names = ()
    victims: Names = ()
    groups: Names = ()
    targets: Names = ()
    killed_low: int | None = None
    killed_high: int | None = None
    wounded_low: int | None = None
    wounded_high: int | None = None

    @property
    def ref(self) -> AccountRef:
        """Which account this is of; also what sorts accounts, whichever came first."""
        return AccountRef(self.document, self.extractor, self.version, self.key)

    @property
    def earliest(self) -> tuple[int, bool, str, int, AccountRef]:
        """Sorts the accounts of an incident: the earliest published first, an original before its reprints."""
        day = _NEVER if self.published is None else self.published
        return day, self.copy_of is not None, self.document, self.start, self.ref

    @property
    def precise(self) -> bool:
        """Whether the account is dated to the day, or nearly."""
        if self.first_day is None or self.last_day is None:
            return False
        return self.last_day - self.first_day < PRECISE_DAYS

    @property
    def vague(self) -> bool:
        """Whether the account leaves open which day, or which town: it may fit several incidents."""
        return not self.precise or self.place is None or self.coarse

    @property
    def pointed(self) -> bool:
        """Whether the place has a point on the map."""
        return self.latitude is not None and self.longitude is not None


def features_of(reading_told: Sequence[Told]) -> list[Features]:
    """The features of all incident accounts of one reading, in their order."""
    seen: Counter[str] = Counter()
    out = []
    for told in reading_told:
        words = sha256(fold(told.account.anchor.quote))[:16]
        seen[words] += 1
        out.append(_features(told, f"{words}.{seen[words]}"))
    return out


def _features(told: Told, wording: str) -> Features:
    document, account = told.document, told.account
    place = next((s.value for s in _said(account, "place") if isinstance(s.value, PlaceValue)), None)
    pointed = place is not None and place.level in _POINTS
    first, last = _days(account)
    killed, wounded = _count(account, "killed"), _count(account, "wounded")
    people = [v for v in _persons(account, "perpetrators") if v.named]
    published = document.publication.when if document.publication else None
    when = (published.start or published.end) if published else None
    tactics, status = _codes(account, "tactics"), _codes(account, "status")
    return Features(
        document=document.id,
        extractor=told.reading.extractor,
        version=told.reading.version,
        key=account.key,
        start=account.anchor.start,
        end=account.anchor.end,
        label=_label(account),
        copy_of=document.near_copy_of,
        wording=wording,
        published=when.toordinal() if when else None,
        first_day=first,
        last_day=last,
        country=place.country if place else None,
        place_id=place.gazetteer_id if place else None,
        place=(sound(place.name) or None) if place else None,
        latitude=place.latitude if place and pointed else None,
        longitude=place.longitude if place and pointed else None,
        coarse=place is not None and not pointed,
        sites=_names(s.value.name for s in _said(account, "sites") if isinstance(s.value, PlaceValue)),
        tactics=tactics,
        families=tuple(sorted({_FAMILIES[t] for t in tactics if t in _FAMILIES})),
        done="carried_out" in status if {"carried_out", "foiled", "threatened"} & {*status} else None,
        perpetrators=_names(_last_name(v.name) for v in people),
        full_names=_names(v.name for v in people if " " in fold(v.name)),
        victims=_names(v.name for v in _persons(account, "victims") if v.named and " " in fold(v.name)),
        groups=_groups(told.reading, account),
        targets=_codes(account, "target_types"),
        killed_low=killed[0],
        killed_high=killed[1],
        wounded_low=wounded[0],
        wounded_high=wounded[1],
    )


_DEFAULTS = {field.name: field.default for field in fields(Features)}


def to_json(features: Features) -> str:
    """Features as they are kept; what is not said is left out."""
    said = {name: value for name, default in _DEFAULTS.items() if (value := getattr(features, name)) != default}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Features:
    """The inverse of `to_json`."""
    said: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in json.loads(text).items()}
    return Features(**said)


def _said(account: Account, property_id: str) -> Iterator[Statement]:
    return (s for s in _carried(account, property_id) if s.stance not in _UNSAID)


def _carried(account: Account, property_id: str) -> Iterator[Statement]:
    """What the words carry, without what a check left undecided."""
    return (s for s in account.values(property_id) if s.origin != "unsupported" and not is_undecided(s))


def _days(account: Account) -> tuple[int | None, int | None]:
    value = next((s.value for s in _said(account, "date")), None)
    if not isinstance(value, DateValue) or value.start is None or value.end is None:
        return None, None
    return value.start.toordinal(), value.end.toordinal()


def _label(account: Account) -> str:
    """Place and date in a few plain letters."""
    place = next((s.value for s in _carried(account, "place") if isinstance(s.value, PlaceValue)), None)
    name = "-".join(_PLAIN.sub(" ", fold(place.name)).split())[:_LONGEST_LABEL].strip("-") if place else ""
    date = next((s.value for s in _carried(account, "date") if isinstance(s.value, DateValue)), None)
    known = (date.start or date.end) if date else None
    if date is None or known is None:
        return f"{name or 'unplaced'}-undated"
    if date.start == date.end:
        return f"{name or 'unplaced'}-{known.isoformat()}"
    return f"{name or 'unplaced'}-{known.strftime('%Y-%m' if date.precision == 'month' else '%Y')}"


def _count(account: Account, property_id: str) -> tuple[int | None, int | None]:
    value = next((s.value for s in _said(account, property_id)), None)
    if not isinstance(value, CountValue) or value.minimum is None:
        return None, None
    return value.minimum, value.maximum


def _codes(account: Account, property_id: str) -> Names:
    found = (s.value for s in _said(account, property_id))
    return tuple(sorted({v.code for v in found if isinstance(v, CodeValue)}))


def _persons(account: Account, property_id: str) -> Iterator[PersonValue]:
    return (s.value for s in _said(account, property_id) if isinstance(s.value, PersonValue))


def _last_name(name: str) -> str:
    words = fold(name).split()
    return words[-1] if words and len(words[-1]) >= _SHORTEST_NAME else ""


def _names(names: Iterable[str]) -> Names:
    return tuple(sorted({s for name in names if (s := sound(name))}))


def _groups(reading: Reading, account: Account) -> Names:
    """Who is held responsible or claims it, by the register's id where it has one."""
    about = (a for kind in ("attribution", "claim") for a in reading.about(account.key, kind))
    said = (s.value for a in about for name in ("actor", "by") for s in _said(a, name))
    return tuple(sorted({v.register_id or sound(v.name) for v in said if isinstance(v, ActorValue)}))
