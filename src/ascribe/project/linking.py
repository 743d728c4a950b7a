"""What a project tells of its linking: why an incident holds the accounts that it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ascribe.exports import Options
from ascribe.exports.guards import Guard
from ascribe.exports.summary import Cited, summarise
from ascribe.incidents.explaining import Weighed
from ascribe.model import Told
from ascribe.pipeline.explaining import Apart, Tie, Why, why
from ascribe.pipeline.judged import judged_incident
from ascribe.schema import Property, Schema

if TYPE_CHECKING:
    from ascribe.project import Project

__all__ = ["Apart", "Linking", "Tie", "Why", "values_of"]

Json = dict[str, Any]

# What is compared, and where its values stand; victims' names are not repeated here.
_PROPERTIES = {name: name for name in ("place", "date", "tactics", "killed", "wounded", "perpetrators", "sites")} | {
    "targets": "target_types"
}
_GROUPS = (("attribution", "actor"), ("claim", "by"))
_WITHHELD = "[withheld]"


class Linking:
    """A project's incidents as linking made them."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def why(self, prefix: str) -> Why:
        """Why the incident whose id begins so holds its accounts; StoreError if there is none or several."""
        return why(self._project.casebook, prefix)

    def why_json(self, prefix: str) -> Json:
        """The same as data, with names of victims and minors and restricted words withheld as in every export."""
        found, project = self.why(prefix), self._project
        incident = judged_incident(project.casebook, found.incident)
        guard = Guard(summarise(incident, project.schema, project.showing(None)), Options())
        return _why_json(found, project.schema, guard)


def values_of(told: Told, compared: str, schema: Schema, guard: Guard | None = None) -> str:
    """What an account says of a thing that is compared; "" where it says nothing, or where it is not repeated.

    A `guard` withholds what may not leave the casebook.
    """
    shown = []
    for cited, prop in _compared(told, compared, schema):
        if guard is None:
            shown.append(prop.type.show(cited.statement.value))
        elif guard.allows(cited, prop):
            shown.append(guard.mask(prop.type.show(guard.value(cited.statement.value))))
        else:
            shown.append(_WITHHELD)
    return "; ".join(dict.fromkeys(shown))


def _compared(told: Told, compared: str, schema: Schema) -> Iterator[tuple[Cited, Property]]:
    if name := _PROPERTIES.get(compared):
        for statement in told.account.values(name):
            yield Cited(told.document, told.reading, told.account, statement), schema["incident"][name]
    elif compared == "groups":
        for kind, name in _GROUPS:
            for account in told.reading.about(told.account.key, kind):
                for statement in account.values(name):
                    yield Cited(told.document, told.reading, account, statement), schema[kind][name]


def _why_json(found: Why, schema: Schema, guard: Guard) -> Json:
    return {
        "incident": found.incident,
        "former_ids": list(found.former),
        "accounts": [
            {
                "document": t.document.id,
                "name": guard.name(t.document),
                "account": t.account.key,
                "anchor": guard.words(t.document, t.account.anchor),
            }
            for t in found.accounts
        ],
        "ties": [_tie_json(tie, found, schema, guard) for tie in found.ties],
        "kept_apart": [
            {
                "account": a.one,
                "document": guard.name(a.document),
                "incident": a.incident,
                "weight": a.weight,
                "why": guard.mask(a.why),
            }
            for a in found.apart
        ],
    }


def _tie_json(tie: Tie, found: Why, schema: Schema, guard: Guard) -> Json:
    told = {"one": tie.one, "other": tie.other, "needed": tie.needed}
    if tie.decided:
        return {**told, "by": "judgement", "words": guard.mask(tie.decided)}
    if tie.weighed is None:
        return {**told, "by": "reprint"}
    pair = found.accounts[tie.one], found.accounts[tie.other]
    return {**told, "by": "comparison", **_weighed_json(tie.weighed, *pair, schema, guard)}


def _weighed_json(weighed: Weighed, one: Told, other: Told, schema: Schema, guard: Guard) -> Json:
    return {
        "weight": round(weighed.weight, 2),
        "probability": round(weighed.probability, 6),
        "prior": round(weighed.prior, 2),
        "comparisons": [
            {
                "compared": part.name,
                "outcome": part.words,
                "weight": round(part.weight, 2),
                "one": values_of(one, part.name, schema, guard),
                "other": values_of(other, part.name, schema, guard),
            }
            for part in weighed.parts
        ],
    }
