"""What each tag of an annotated document puts into its incident."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, get_args

from ascribe.readings.marks import Slot
from ascribe.schema import bundled_schema
from evaluation.front_matter import Node

SLOTS = get_args(Slot)
STANCES = ("asserted", "suspected", "claimed_only", "denied")
LEVELS = ("site", "city", "region", "country")
PART = "part"


class AnnotationError(ValueError):
    """An annotated document is wrong; one line for each problem."""


def _codes(kind: str, property_id: str) -> tuple[str, ...]:
    return tuple(code.code for code in bundled_schema()[kind][property_id].codes)


def _one_of(value: object, allowed: Sequence[str], what: str) -> str:
    if value not in allowed:
        raise AnnotationError(f"{what} {value!r} is not one of {', '.join(sorted(allowed))}")
    return str(value)


def interval(words: str) -> dict[str, str]:
    """`2019`, `2019-05`, `2019-05-03` or two of them parted by `/` as first and last day."""
    first, _, last = words.partition("/")
    try:
        start, end = _day(first, last=False), _day(last or first, last=True)
    except ValueError as error:
        raise AnnotationError(f"bad date {words!r}: {error}") from None
    if end < start:
        raise AnnotationError(f"the date ends before it starts: {words!r}")
    return {"start": start.isoformat(), "end": end.isoformat()}


def _day(words: str, *, last: bool) -> date:
    numbers = [int(part) for part in words.split("-")]
    year, month, day = [*numbers, 0, 0][:3]
    if not month:
        month = 12 if last else 1
    if not day:
        day = monthrange(year, month)[1] if last and 1 <= month <= 12 else 1
    return date(year, month, day)


_COUNTS = {r"(\d+)\+": (True, False), r"<(\d+)": (False, True), r"(\d+)": (True, True)}


def count(words: str) -> dict[str, int | None]:
    """`5`, `12+` (at least), `10-12` or `<5` (at most) as bounds."""
    if between := re.fullmatch(r"(\d+)-(\d+)", words):
        return {"min": int(between[1]), "max": int(between[2])}
    for pattern, (lower, upper) in _COUNTS.items():
        if found := re.fullmatch(pattern, words):
            number = int(found[1])
            return {"min": number if lower else None, "max": number if upper else None}
    raise AnnotationError(f"bad count {words!r}")


def _place(place: Node, number: int) -> dict[str, Any] | None:
    if not place:
        return None
    if not isinstance(place, dict):
        raise AnnotationError(f"incident {number}: place is a mapping")
    found: dict[str, Any] = {str(key): value for key, value in place.items()}
    _one_of(found.get("level"), LEVELS, "place level")
    if not re.fullmatch(r"[A-Z]{2}", str(found.get("country"))):
        raise AnnotationError(f"incident {number}: place needs a two-letter country")
    if found["level"] in ("site", "city") and (found.get("lat") is None or found.get("lon") is None):
        raise AnnotationError(f"incident {number}: a {found['level']} needs lat and lon")
    found.setdefault("names", [])
    return found


def _list(value: Node) -> list[Any]:
    return list(value) if isinstance(value, list) else []


def _add_names(named: list[list[str]], name: str, quote: str) -> None:
    """Put the quote among the names of the first one who goes by `name`, or begin a new one."""
    for names in named:
        if name in names:
            names.append(quote)
            return
    named.append([name, quote])


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


class IncidentBuilder:
    """The slots of one incident as its tags fill them, in the order of the tags."""

    def __init__(self, number: int, document: str, details: dict[str | int, Node]) -> None:
        self.number = number
        self.id = details.get("id") or f"{document}-{number}"
        self.required = details.get("required", True)
        statuses = _codes("incident", "status")
        self.status = _one_of(details.get("status", "carried_out"), statuses, "status")
        self.place = _place(details.get("place"), number)
        self.unscored = _list(details.get("unscored"))
        self.codes: dict[str, list[Any]] = {"event": _list(details.get("tactics")), "weapon": [], "target": []}
        self.single: dict[str, Any] = dict.fromkeys(("date", "killed", "wounded", "claim", "claimdate", "involvement"))
        self.people: dict[str, list[str]] = {}
        self.fates: dict[str, str] = {}
        self.groups: dict[str, tuple[list[str], str]] = {}
        self.named: dict[str, list[list[str]]] = {"victim": [], "claimby": [], "outlet": []}
        self.evidence: set[tuple[int, int]] = set()
        self.spans: list[dict[str, Any]] = []

    def add(self, slot: str, value: str | None, start: int, end: int, quote: str) -> None:
        """Fill the slot with the words at `start:end`. Raises AnnotationError for a value that does not fit."""
        self.spans.append({"start": start, "end": end, "slot": slot, "value": value})
        match slot:
            case "event":
                self.evidence.add((start, end))
                self._add_codes(slot, value, _codes("incident", "tactics"))
            case "weapon" | "target":
                listed = _codes("incident", "weapons" if slot == "weapon" else "target_types")
                self._add_codes(slot, value or "?", listed)
            case "status":
                _one_of(value, _codes("incident", "status"), "status")
            case "claim":
                self.single[slot] = _one_of(value, _codes("claim", "status"), "claim")
            case "involvement":
                self.single[slot] = _one_of(value, _codes("attribution", "involvement"), "involvement")
            case "date" | "claimdate":
                self.single[slot] = interval(value) if value else self.single[slot]
            case "killed" | "wounded":
                self.single[slot] = count(value) if value and value != PART else self.single[slot]
            case _:
                self._add_named(slot, value, quote)

    def _add_codes(self, slot: str, value: str | None, listed: tuple[str, ...]) -> None:
        for code in (value or "").split(","):
            if code.strip() and _one_of(code.strip(), listed, slot) not in self.codes[slot]:
                self.codes[slot].append(code.strip())

    def _add_named(self, slot: str, value: str | None, quote: str) -> None:
        match slot:
            case "place":
                if self.place is None:
                    raise AnnotationError("the front matter gives this incident no place")
                if value != PART and quote not in self.place["names"]:
                    self.place["names"].append(quote)
            case "perp":
                self.people.setdefault(value or quote, []).append(quote)
            case "fate":
                who, _, fate = (value or "").rpartition(":")
                self.fates[who] = _one_of(fate, _codes("person_status", "status"), "fate")
            case "group":
                who, _, stance = (value or "").rpartition(":")
                _one_of(stance, STANCES, "stance (write group=NAME:stance)")
                names = self.groups[who][0] if who in self.groups else [who]
                self.groups[who] = ([*names, quote], stance)
            case _:
                _add_names(self.named[slot], value or quote, quote)

    def finish(self, problems: list[str]) -> dict[str, Any]:
        """The incident in the format of the gold; what is still wrong is added to `problems`."""
        if not self.evidence:
            problems.append(f"incident {self.number}: no event is marked")
        return {
            "id": self.id,
            "required": self.required,
            "status": self.status,
            "date": self.single["date"],
            "place": self.place,
            "tactics": self.codes["event"],
            "weapons": self.codes["weapon"],
            "target_types": self.codes["target"],
            "killed": self.single["killed"],
            "wounded": self.single["wounded"],
            "perpetrators": self._perpetrators(problems),
            "victims": [{"names": _distinct(names)} for names in self.named["victim"]],
            "groups": [{"names": _distinct(names), "stance": stance} for names, stance in self.groups.values()],
            "claim": {
                "status": self.single["claim"],
                "by": [_distinct(names) for names in self.named["claimby"]],
                "outlets": [_distinct(names) for names in self.named["outlet"]],
                "date": self.single["claimdate"],
            },
            "involvement": self.single["involvement"],
            "evidence": [list(span) for span in sorted(self.evidence)],
            "unscored": self.unscored,
            "spans": self.spans,
        }

    def _perpetrators(self, problems: list[str]) -> list[dict[str, Any]]:
        """Who did it with the last fate; a fate without a name belongs to the only perpetrator."""
        fates = dict(self.fates)
        found: list[dict[str, Any]] = [
            {"names": _distinct([name, *quotes]), "fate": fates.pop(name, None)} for name, quotes in self.people.items()
        ]
        nameless = fates.pop("", None)
        if nameless and len(found) == 1:
            found[0]["fate"] = nameless
        problems += [f"incident {self.number}: a fate for {name!r}, who is no perpetrator there" for name in fates]
        return found


def share_aliases(incidents: Iterable[dict[str, Any]]) -> None:
    """Give a group or claimant every name that the document has for it, in whichever incident.

    Names without a capital ("the group") are no aliases.
    """
    incidents = list(incidents)
    lists = [names for i in incidents for names in [*(g["names"] for g in i["groups"]), *i["claim"]["by"]]]
    known: dict[str, set[str]] = {}
    for names in lists:
        known.setdefault(names[0], set()).update(name for name in names if name != name.lower())
    for names in lists:
        names.extend(sorted(known[names[0]] - set(names)))
