"""People: the fullest name in the text with its variants, or a description where nobody is named."""

from __future__ import annotations

from ascribe.errors import SchemaError
from ascribe.model import PersonValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, fold, names
from ascribe.schema.types.plain import PlainType


class PersonType(PlainType):
    """A name or a description. Nothing is ever scored, ranked or predicted about a person: there is no number here."""

    name = "person"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """A name or a description."""
        if not isinstance(value, PersonValue):
            raise wrong_type(value, "person")
        if not value.name.strip():
            raise SchemaError("a person needs a name or a description")

    def to_json(self, value: Value) -> Json:
        """Name, whether it is one, and variants."""
        assert isinstance(value, PersonValue)
        return {"name": value.name, "named": value.named, "variants": list(value.variants)}

    def from_json(self, data: Json) -> PersonValue:
        """The inverse of `to_json`."""
        return PersonValue(data["name"], data["named"], tuple(data["variants"]))

    def slot(self, value: Value) -> Json:
        """The name."""
        assert isinstance(value, PersonValue)
        return value.name

    def parse(self, written: str) -> PersonValue:
        """A name where the words begin with a capital, else a description ("two gunmen")."""
        name = one_line(written)
        return PersonValue(name, named=name[:1].isupper() and not name.startswith(("The ", "A ", "An ")))

    def show(self, value: Value) -> str:
        """The name or description."""
        assert isinstance(value, PersonValue)
        return value.name

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """One person under any full variant of the name; a name is finer than a description or a part of it."""
        assert isinstance(one, PersonValue)
        assert isinstance(other, PersonValue)
        if one.named != other.named:
            return "finer" if one.named else "coarser"
        if not _full_names(one).isdisjoint(_full_names(other)):
            return "same"
        return names(one.name, other.name) if one.named else "overlapping"


def _full_names(person: PersonValue) -> set[str]:
    return {fold(person.name), *(fold(v) for v in person.variants if " " in v)}
