"""What an incident is called: place, date and a short hash of where its founding account stands."""

from __future__ import annotations

from ascribe.incidents.features import Features
from ascribe.model import sha256


def name_of(founder: Features, *, further: bool = False) -> str:
    """Such as `harrowgate-2021-03-04-1f3a9c2e`; `further` where two accounts stand in the same place."""
    where = f"{founder.document}:{founder.start}:{founder.end}"
    if further:
        where += f":{founder.extractor}:{founder.version}:{founder.key}"
    return f"{founder.label}-{sha256(where)[:8]}"
