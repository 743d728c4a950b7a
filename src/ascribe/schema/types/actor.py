"""Actors: groups, states and organisations under the name the text gives them."""

from __future__ import annotations

from ascribe.errors import SchemaError
from ascribe.model import ActorValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, names
from ascribe.schema.types.plain import PlainType


class ActorType(PlainType):
    """A name, and the register's id where the register knows the actor."""

    name = "actor"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """A name."""
        if not isinstance(value, ActorValue):
            raise wrong_type(value, "actor")
        if not value.name.strip():
            raise SchemaError("an actor needs a name")

    def to_json(self, value: Value) -> Json:
        """Name and register id."""
        assert isinstance(value, ActorValue)
        return {"name": value.name, "register_id": value.register_id}

    def from_json(self, data: Json) -> ActorValue:
        """The inverse of `to_json`."""
        return ActorValue(data["name"], data.get("register_id"))

    def slot(self, value: Value) -> Json:
        """The name."""
        assert isinstance(value, ActorValue)
        return value.name

    def parse(self, written: str) -> ActorValue:
        """The name, without an id of the register."""
        return ActorValue(one_line(written))

    def show(self, value: Value) -> str:
        """The name."""
        assert isinstance(value, ActorValue)
        return value.name

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """One actor by the register or by name; a branch is finer than the whole; initials may be anybody's."""
        assert isinstance(one, ActorValue)
        assert isinstance(other, ActorValue)
        if one.register_id is not None and one.register_id == other.register_id:
            return "same"
        relation = names(one.name, other.name)
        if relation == "contradictory" and one.register_id and other.register_id:
            # The register's ids are made of its names: a branch's begins with the name of the whole.
            branch = names(one.register_id, other.register_id)
            return branch if branch in ("finer", "coarser") else relation
        return relation
