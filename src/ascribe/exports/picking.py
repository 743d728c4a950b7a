"""The rules that pick the value shown among several statements; the schema names one for each property."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ascribe.schema import Property
from ascribe.schema.types.comparing import fold
from ascribe.sources import Cited, Sources

_FIRM = {"asserted": 4, "suspected": 3, "claimed_only": 2, "doubted": 1}
_MADE = {"stated": 2, "computed": 1}
_UNKNOWN = 0.5  # how reliable a publisher is of whom nothing is said


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules may ask: the property, the incident's sources, how reliable a publisher is (0 to 1)."""

    property: Property
    sources: Sources
    reliability: Mapping[str, float] = field(default_factory=dict)


def pick(asked: Asked, cited: Sequence[Cited]) -> Cited:
    """The statement that the property's rule picks; `cited` are in order of publication and of the text, not empty.

    `first`: the first published. `latest`: the last as of its date, a reprint counting as of its original.
    `earliest`, `lowest`: the lowest value. `majority`: the value of most independent sources, where a source that says
    less ("at least 5") speaks for every value that it allows (7); ties go to the latest. `most_reliable`: see
    `reliability`; ties go to the latest.
    """
    return cited[0] if len(cited) == 1 else _RULES[asked.property.pick](asked, cited)


def reliability(asked: Asked, cited: Cited) -> tuple[float, ...]:
    """How reliable a statement is; compared from left to right.

    Not the perpetrators' own word; asserted before suspected, claimed only, doubted; the publisher's number; stated
    before computed before inferred; a named source or the author before somebody unnamed; the reader's confidence.
    """
    statement, publisher = cited.statement, fold(cited.document.publisher or "")
    known = {fold(name): number for name, number in asked.reliability.items()}
    return (
        not statement.voice.perpetrator_side,
        _FIRM.get(statement.stance, 0),
        known.get(publisher, _UNKNOWN),
        _MADE.get(statement.origin, 0),
        statement.voice.kind == "author" or bool(statement.voice.speaker),
        statement.confidence,
    )


def _latest(asked: Asked, cited: Sequence[Cited]) -> Cited:
    days = [_day(asked, c) for c in cited]
    return [c for c, day in zip(cited, days, strict=True) if day == max(days)][-1]


def _lowest(asked: Asked, cited: Sequence[Cited]) -> Cited:
    return min(cited, key=lambda c: _low(asked.property, c))


def _majority(asked: Asked, cited: Sequence[Cited]) -> Cited:
    def supporters(one: Cited, relations: tuple[str, ...]) -> int:
        compare = asked.property.compare
        return len(
            {asked.sources.source(c) for c in cited if compare(one.statement.value, c.statement.value) in relations}
        )

    return max(cited, key=lambda c: (supporters(c, ("same", "finer")), supporters(c, ("same",)), _day(asked, c)))


def _most_reliable(asked: Asked, cited: Sequence[Cited]) -> Cited:
    return max(cited, key=lambda c: (reliability(asked, c), _day(asked, c)))


_RULES: dict[str, Callable[[Asked, Sequence[Cited]], Cited]] = {
    "first": lambda asked, cited: cited[0],
    "latest": _latest,
    "earliest": _lowest,
    "lowest": _lowest,
    "majority": _majority,
    "most_reliable": _most_reliable,
}


def _day(asked: Asked, cited: Cited) -> int:
    when = asked.sources.as_of(cited)
    return when[0].toordinal() if when else 0


def _low(prop: Property, cited: Cited) -> float:
    low, high = prop.type.bounds(cited.statement.value)
    known = low if low is not None else high
    return float("inf") if known is None else known
