"""What the types share whose values are words: no order, and one column."""

from __future__ import annotations

from abc import ABC, abstractmethod

from ascribe.model import Value


class PlainType(ABC):
    """A type whose values are neither sorted nor split into columns."""

    @abstractmethod
    def show(self, value: Value) -> str:
        """The value in words; each type has its own."""

    def bounds(self, value: Value) -> tuple[float | None, float | None]:
        """Words have no order, and people have none on purpose."""
        return (None, None)

    def columns(self) -> tuple[str, ...]:
        """One column, under the property's own name."""
        return ("",)

    def cells(self, value: Value) -> tuple[str, ...]:
        """The value in words."""
        return (self.show(value),)
