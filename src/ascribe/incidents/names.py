"""What incidents are called, and how they keep their names.

An id belongs for good to the account that it was made of, its founder. An incident is called by the oldest id among its
accounts' ids; the others lead to it. So nothing that arrives later renames an incident, two that are joined answer to
both names, and two that are split again have their own names back.
"""

from __future__ import annotations

from collections.abc import Mapping

from ascribe.incidents.features import Features
from ascribe.model import sha256


def name_of(founder: Features, turn: int = 0) -> str:
    """Such as `harrowgate-2021-03-04-1f3a9c2e`; further turns are for when another account bears that name."""
    where = f"{founder.document}:{founder.start}:{founder.end}"
    if turn:
        where += f":{founder.extractor}:{founder.version}:{founder.key}:{turn}"
    return f"{founder.label}-{sha256(where)[:8]}"


def successor(incident_id: str, start: int, end: int, accounts: Mapping[int, Features]) -> int | None:
    """The account of a document that was read anew that takes over the id of one with this anchor; None if none does.

    It is the one whose anchor overlaps most, of those that share words with it; place and date decide between equals.
    """
    label = incident_id.rpartition("-")[0]
    found = [
        (min(f.end, end) - max(f.start, start), f.label == label, -f.start, number) for number, f in accounts.items()
    ]
    best = max(found, default=None)
    return best[3] if best is not None and best[0] > 0 else None
