"""Free words."""

from __future__ import annotations

from ascribe.errors import SchemaError
from ascribe.model import TextValue, Value
from ascribe.schema.types import Json, one_line, wrong_type
from ascribe.schema.types.comparing import ListRules, Relation, fold
from ascribe.schema.types.plain import PlainType


class TextType(PlainType):
    """Words as they are, without outer white space."""

    name = "text"

    def check(self, value: Value, codes: frozenset[str]) -> None:
        """Not empty."""
        if not isinstance(value, TextValue):
            raise wrong_type(value, "text")
        if not value.text.strip():
            raise SchemaError("a text value is empty")

    def to_json(self, value: Value) -> Json:
        """The words."""
        assert isinstance(value, TextValue)
        return value.text

    def from_json(self, data: Json) -> TextValue:
        """The inverse of `to_json`."""
        return TextValue(data)

    def slot(self, value: Value) -> Json:
        """The words."""
        return self.to_json(value)

    def parse(self, written: str) -> TextValue:
        """The words on one line."""
        return TextValue(one_line(written))

    def show(self, value: Value) -> str:
        """The words."""
        assert isinstance(value, TextValue)
        return value.text

    def compare(self, one: Value, other: Value, rules: ListRules) -> Relation:
        """More words are finer. Free words never contradict each other: that would take understanding them."""
        assert isinstance(one, TextValue)
        assert isinstance(other, TextValue)
        mine, theirs = fold(one.text), fold(other.text)
        if mine == theirs:
            return "same"
        if f" {theirs} " in f" {mine} ":
            return "finer"
        return "coarser" if f" {mine} " in f" {theirs} " else "overlapping"
