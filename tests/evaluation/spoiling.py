"""A faultless reading spoiled in many ways, the same ways every time."""

from __future__ import annotations

import copy
import random
from typing import Any

Json = dict[str, Any]
_CODES = ("bombing", "suicide_bombing", "armed_assault", "kidnapping", "police", "civilians", "firearm", "explosives")


def spoiled(reading: Json, seed: int) -> Json:
    """Incidents dropped, doubled and shuffled; slots emptied, swapped, blurred, renamed; a quote bent."""
    dice = random.Random(seed)
    reading = copy.deepcopy(reading)
    pool = copy.deepcopy(reading["incidents"])
    kept: list[Json] = []
    for incident in reading["incidents"]:
        fate = dice.random()
        if fate < 0.12:
            continue
        if fate < 0.22:
            kept.append(copy.deepcopy(incident))
        _spoil_values(incident, dice.choice(pool), dice)
        _spoil_names(incident, dice)
        kept.append(incident)
    dice.shuffle(kept)
    return {**reading, "incidents": kept}


def _spoil_values(incident: Json, other: Json, dice: random.Random) -> None:
    for slot in ("status", "date", "killed", "wounded", "place", "involvement", "claim"):
        incident[slot] = copy.deepcopy(dice.choice([incident, incident, incident, incident, other])[slot])
    if incident["date"] and dice.random() < 0.25:
        month = incident["date"]["start"][:7]
        incident["date"] = {"start": f"{month}-01", "end": f"{month}-28"}
    if incident["killed"] and dice.random() < 0.3:
        incident["killed"] = {**incident["killed"], "max": None}
    if incident["place"]:
        incident["place"]["level"] = dice.choice([incident["place"]["level"], "country", "region", "site", None])
        incident["place"]["country"] = dice.choice([incident["place"]["country"]] * 4 + ["FR", None])
        if dice.random() < 0.3:
            incident["place"]["name"] = dice.choice(["Nowhere", "the " + incident["place"]["name"].upper()])
    for slot in ("tactics", "weapons", "target_types"):
        incident[slot] = incident[slot][dice.choice([0, 0, 1]) :] + dice.choice([[], [], [dice.choice(_CODES)]])


def _spoil_names(incident: Json, dice: random.Random) -> None:
    for slot in ("perpetrators", "victims", "groups"):
        for thing in incident[slot]:
            name = thing["name"]
            thing["name"] = dice.choice([name, name, name.split()[-1], f"{name} fighters", f"{name} (ABC)", "Nemo"])
            if slot == "groups":
                thing["stance"] = dice.choice([thing["stance"], "claimed_only", "suspected", None])
            if slot == "perpetrators":
                thing["fate"] = dice.choice([thing["fate"], "killed", "arrested", None])
    if incident["evidence"] and dice.random() < 0.2:
        incident["evidence"][0]["quote"] += "."
