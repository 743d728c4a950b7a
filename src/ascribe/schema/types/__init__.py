"""The value types: how a value is checked, stored, shown, sorted and laid out in columns. One file a type."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Protocol, cast

from ascribe.errors import SchemaError
from ascribe.model import Value
from ascribe.schema.types.comparing import NO_RULES, ListRules, Relation

Json = Any  # what json.loads gives; the types are the only place that takes it apart


class ValueType(Protocol):
    """What every value type supplies. `codes` is the closed list of the property, empty for other types."""

    name: str

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """Raise SchemaError if the value is of another type or cannot be true of anything."""

    def to_json(self, value: Value) -> Json:
        """The value without loss, for the casebook."""

    def from_json(self, data: Json) -> Value:
        """The inverse of `to_json`."""

    def slot(self, value: Value) -> Json:
        """The value as a slot of a reading (the exchange format of `ascribe read --format json`)."""

    def show(self, value: Value) -> str:
        """The value in words, for tables."""

    def parse(self, written: str) -> Value:
        """The value that a person writes so, in the forms that `show` gives; SchemaError names the forms otherwise."""

    def bounds(self, value: Value) -> tuple[float | None, float | None]:
        """Low and high as numbers, for sorting and ranges (days since 0001-01-01 for dates)."""

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """How the first value stands to the second. `rules` is what the property's list says of its codes."""

    def columns(self) -> tuple[str, ...]:
        """Suffixes of the export columns of this type; "" is the column that bears the property's own name."""

    def cells(self, value: Value) -> tuple[str, ...]:
        """One cell for each of `columns`."""


_TYPES = {
    "actor": "ascribe.schema.types.actor:ActorType",
    "code": "ascribe.schema.types.code:CodeType",
    "count": "ascribe.schema.types.count:CountType",
    "date": "ascribe.schema.types.date:DateType",
    "person": "ascribe.schema.types.person:PersonType",
    "place": "ascribe.schema.types.place:PlaceType",
    "text": "ascribe.schema.types.text:TextType",
}


def value_type(name: str) -> ValueType:
    """The type with this name; SchemaError names the known ones otherwise."""
    if name not in _TYPES:
        raise SchemaError(f"unknown value type {name!r}; known are {', '.join(sorted(_TYPES))}")
    module, _, cls = _TYPES[name].partition(":")
    return cast(ValueType, getattr(import_module(module), cls)())


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are one value, whatever property they belong to."""
    return type(one) is type(other) and _type_of(one).compare(one, other, NO_RULES) == "same"


def _type_of(value: Value) -> ValueType:
    return value_type(type(value).__name__.removesuffix("Value").lower())


def wrong_type(value: object, wanted: str) -> SchemaError:
    """The error for a value of another type."""
    return SchemaError(f"{value!r} is not a {wanted} value")


def one_line(words: str) -> str:
    """Words without outer white space and line ends, as a person means them."""
    return " ".join(words.split())
