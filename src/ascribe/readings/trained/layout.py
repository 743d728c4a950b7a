"""What the network's outputs stand for: the order of slots and codes, and the sizes that training and reading share."""

from __future__ import annotations

import hashlib
import json
from typing import Literal, get_args

from ascribe.readings.marks import Slot
from ascribe.readings.trained.standins import NUMBERS, SORTS

SLOTS: tuple[Slot, ...] = get_args(Slot)
EVENT = SLOTS.index("event")

# How the codes of a slot are chosen: several at once, exactly one, or one that is there or not.
Choice = Literal["many", "one", "flag"]

CODES: dict[Slot, tuple[Choice, tuple[str, ...]]] = {
    "event": (
        "many",
        (
            "bombing", "suicide_bombing", "armed_assault", "stabbing", "vehicle_ramming", "assassination", "kidnapping",
            "hostage_taking", "hijacking", "arson", "beheading", "unarmed_assault", "chemical_biological", "sabotage",
            "threat", "massacre", "other",
        ),
    ),
    "status": ("one", ("carried_out", "failed", "foiled", "threatened")),
    "place": ("flag", ("part",)),
    "weapon": (
        "many",
        (
            "explosives", "firearm", "blade", "vehicle", "incendiary", "chemical", "aircraft", "drone", "rocket_mortar",
            "other",
        ),
    ),
    "target": (
        "many",
        (
            "civilians", "police", "military", "government", "religious", "education", "media", "transport", "business",
            "diplomatic", "health", "ngo", "infrastructure", "political_figure", "tourists", "other",
        ),
    ),
    "killed": ("flag", ("part",)),
    "wounded": ("flag", ("part",)),
    "group": ("one", ("asserted", "suspected", "claimed_only", "denied")),
    "fate": ("one", ("killed", "suicide", "arrested", "charged", "convicted", "at_large")),
    "claim": ("one", ("claimed", "not_claimed")),
    "involvement": ("one", ("directed", "guided", "assisted", "inspired")),
}  # fmt: skip

LINK = 96  # width of the two vectors by which a span looks for its events
WINDOW = 512  # word pieces that the encoder sees at once, its two frame pieces included
OVERLAP = 128  # word pieces that neighbouring windows share in training


def code_columns() -> dict[Slot, slice]:
    """The columns of the network's code output that belong to each slot."""
    columns: dict[Slot, slice] = {}
    at = 0
    for slot, (_, codes) in CODES.items():
        columns[slot] = slice(at, at + len(codes))
        at += len(codes)
    return columns


COLUMNS = code_columns()
CODE_COUNT = sum(len(codes) for _, codes in CODES.values())


def layout_hash() -> str:
    """A fingerprint of slots, codes and sizes: a model made for another layout must not be loaded."""
    said = json.dumps([SLOTS, CODES, LINK, WINDOW, OVERLAP, SORTS, NUMBERS])
    return hashlib.sha256(said.encode()).hexdigest()
