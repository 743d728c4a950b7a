"""What a project tells of its linking: why an incident holds the accounts that it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascribe.incidents.explaining import Weighed
from ascribe.model import Told
from ascribe.pipeline.explaining import Apart, Tie, Why, why
from ascribe.schema import Schema

if TYPE_CHECKING:
    from ascribe.project import Project

__all__ = ["Apart", "Linking", "Tie", "Why", "values_of", "why_json"]

# What is compared, and where its values stand; victims' names and the groups of other accounts are not repeated here.
_PROPERTIES = {name: name for name in ("place", "date", "tactics", "killed", "wounded", "perpetrators", "sites")} | {
    "targets": "target_types"
}


class Linking:
    """A project's incidents as linking made them."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def why(self, prefix: str) -> Why:
        """Why the incident whose id begins so holds its accounts; StoreError if there is none or several."""
        return why(self._project.casebook, prefix)


def values_of(told: Told, compared: str, schema: Schema) -> str:
    """What an account says of a thing that is compared; "" where it says nothing, or where it is not repeated."""
    name = _PROPERTIES.get(compared)
    if name is None:
        return ""
    kind = schema["incident"][name].type
    return "; ".join(dict.fromkeys(kind.show(s.value) for s in told.account.values(name)))


def why_json(found: Why, schema: Schema) -> dict[str, Any]:
    """The same as data."""
    return {
        "incident": found.incident,
        "former_ids": list(found.former),
        "accounts": [
            {
                "document": t.document.id,
                "name": t.document.name,
                "account": t.account.key,
                "anchor": t.account.anchor.quote,
            }
            for t in found.accounts
        ],
        "ties": [_tie_json(tie, found, schema) for tie in found.ties],
        "kept_apart": [
            {"account": a.one, "document": a.document, "incident": a.incident, "weight": a.weight, "why": a.why}
            for a in found.apart
        ],
    }


def _tie_json(tie: Tie, found: Why, schema: Schema) -> dict[str, Any]:
    told = {"one": tie.one, "other": tie.other, "needed": tie.needed}
    if tie.decided:
        return {**told, "by": "judgement", "words": tie.decided}
    if tie.weighed is None:
        return {**told, "by": "reprint"}
    return {
        **told,
        "by": "comparison",
        **_weighed_json(tie.weighed, found.accounts[tie.one], found.accounts[tie.other], schema),
    }


def _weighed_json(weighed: Weighed, one: Told, other: Told, schema: Schema) -> dict[str, Any]:
    return {
        "weight": round(weighed.weight, 2),
        "probability": round(weighed.probability, 6),
        "prior": round(weighed.prior, 2),
        "comparisons": [
            {
                "compared": part.name,
                "outcome": part.words,
                "weight": round(part.weight, 2),
                "one": values_of(one, part.name, schema),
                "other": values_of(other, part.name, schema),
            }
            for part in weighed.parts
        ],
    }
