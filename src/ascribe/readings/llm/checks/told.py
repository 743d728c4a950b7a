"""What the word lists know of the codes of each closed list."""

from __future__ import annotations

from collections.abc import Callable

from ascribe.readings.lexicon import Lexicon, coded

Tells = Callable[[Lexicon, str, int, int], set[str]]


def _of(table: str) -> Tells:
    return lambda lexicon, text, start, end: {c for _, _, c in coded(getattr(lexicon, table), text, start, end)}


def _tactics(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return {code for t in lexicon.triggers(text, start, end) for code in t.tactics}


def _weapons(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    implied = {code for t in lexicon.triggers(text, start, end) for code in t.weapons}
    return implied | _of("weapons")(lexicon, text, start, end)


def _targets(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return _of("target_people")(lexicon, text, start, end) | _of("target_premises")(lexicon, text, start, end)


def _claims(lexicon: Lexicon, text: str, start: int, end: int) -> set[str]:
    return {code for code in ("claimed", "not_claimed") if lexicon.claims[code].search(text, start, end)}


TELLS: dict[str, Tells] = {
    "tactics": _tactics,
    "weapons": _weapons,
    "target_types": _targets,
    "incident_status": _of("status"),
    "involvement": _of("involvement"),
    "fates": _of("fates"),
    "claim_status": _claims,
}
