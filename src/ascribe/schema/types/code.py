"""Codes of closed lists."""

from __future__ import annotations

from ascribe.errors import SchemaError
from ascribe.model import CodeValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation
from ascribe.schema.types.plain import PlainType


class CodeType(PlainType):
    """One code of the property's list."""

    name = "code"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """On the list."""
        if not isinstance(value, CodeValue):
            raise wrong_type(value, "code")
        if value.code not in codes:
            raise SchemaError(f"{value.code!r} is not on the list: {', '.join(sorted(codes))}")

    def to_json(self, value: Value) -> Json:
        """The code."""
        assert isinstance(value, CodeValue)
        return value.code

    def from_json(self, data: Json) -> CodeValue:
        """The inverse of `to_json`."""
        return CodeValue(data)

    def slot(self, value: Value) -> Json:
        """The code."""
        return self.to_json(value)

    def parse(self, written: str) -> CodeValue:
        """The code, with blanks or underscores."""
        return CodeValue(one_line(written).replace(" ", "_"))

    def show(self, value: Value) -> str:
        """The code with blanks."""
        assert isinstance(value, CodeValue)
        return value.code.replace("_", " ")

    def cells(self, value: Value) -> tuple[str, ...]:
        """The code."""
        assert isinstance(value, CodeValue)
        return (value.code,)

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """Two codes of one list exclude each other, unless the list says otherwise."""
        assert isinstance(one, CodeValue)
        assert isinstance(other, CodeValue)
        if one.code == other.code:
            return "same"
        if other.code in rules.wider.get(one.code, ()):
            return "finer"
        if one.code in rules.wider.get(other.code, ()):
            return "coarser"
        beside = other.code in rules.beside.get(one.code, ()) or one.code in rules.beside.get(other.code, ())
        return "overlapping" if beside else "contradictory"
