"""Which slot of a mark a property is."""

from __future__ import annotations

from ascribe.readings.marks import Slot

# The properties whose values the assembly of marks makes: slot, and the codes that the property itself adds.
SLOTS: dict[str, tuple[Slot, tuple[str, ...]]] = {
    "event": ("event", ()),
    "incident.status": ("status", ()),
    "incident.date": ("date", ()),
    "incident.place": ("place", ()),
    "incident.sites": ("place", ("part",)),
    "incident.tactics": ("event", ()),
    "incident.weapons": ("weapon", ()),
    "incident.target_types": ("target", ()),
    "incident.killed": ("killed", ()),
    "incident.killed_of_which": ("killed", ("part",)),
    "incident.wounded": ("wounded", ()),
    "incident.wounded_of_which": ("wounded", ("part",)),
    "incident.perpetrators_killed": ("killed", ("attackers",)),
    "incident.perpetrators": ("perp", ()),
    "incident.victims": ("victim", ()),
    "claim.status": ("claim", ()),
    "claim.by": ("claimby", ()),
    "claim.outlets": ("outlet", ()),
    "claim.date": ("claimdate", ()),
    "attribution.actor": ("group", ()),
    "attribution.involvement": ("involvement", ()),
    "person_status.status": ("fate", ()),
}
# Who a status belongs to is part of the mark of the status.
STATUS = "person_status.status"
WITH_STATUS = "person_status.person"


def slot_of(path: str) -> Slot | None:
    """The slot of the words of a property; None where no mark carries them."""
    found = SLOTS.get(path)
    return found[0] if found else "perp" if path == WITH_STATUS else None
