"""What is asked once more: the values whose words did not carry them, and what hardly a text leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.parts import Numbered
from ascribe.readings.llm.prompt import name_of, rulings
from ascribe.schema import Schema

# So many sentences around those in question are shown again.
_AROUND = 2
# What is not asked again: the sentence will say the same, and it is no news.
_FINAL = frozenset({"instruction"})


@dataclass(slots=True)
class Again:
    """What is asked again about one part: a line for each question, and the numbers of the sentences shown."""

    lines: list[str] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)


def asked_again(
    checked: Sequence[Checked], titles: Mapping[int, str], schema: Schema, held: Sequence[Numbered]
) -> dict[int, Again]:
    """The second questions by number of part; none for a part of which nothing is missing or caught."""
    questions: dict[int, Again] = {}
    for one in checked:
        if one.failure is not None and one.failure.check not in _FINAL and one.fact.prop is not None:
            again = questions.setdefault(one.fact.part, Again())
            again.lines.append(_failed(one))
            again.sentences |= _near([one.fact.sentence], held)
    for incident, part, sentences, missing in _missing(checked, schema):
        again = questions.setdefault(part, Again())
        again.lines.append(f"- incident {incident} ({titles.get(incident, '')}): not given yet: {', '.join(missing)}")
        again.sentences |= _near(sentences, held)
    for again in questions.values():
        again.lines = list(dict.fromkeys(again.lines))
    return questions


def _failed(one: Checked) -> str:
    fact = one.fact
    assert fact.prop is not None
    assert one.failure is not None
    said = f"- incident {fact.incident}, {name_of(fact.prop)} = {_short(fact.value)}"
    return f"{said}, “{_short(fact.quote)}” in sentence {fact.sentence}: {_short(one.failure.reason, 160)}"


def _short(words: str, most: int = 80) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"


def _missing(checked: Sequence[Checked], schema: Schema) -> Iterator[tuple[int, int, list[int], list[str]]]:
    """(incident, part, its sentences, names of properties) for incidents without what is nearly always told."""
    wanted = [p for p in schema.properties() if p.path in rulings()["again"]["missing"]]
    for incident in sorted({c.fact.incident for c in checked if c.fact.incident}):
        mine = [c for c in checked if c.fact.incident == incident and c.holds]
        given = {c.fact.path for c in checked if c.fact.incident == incident}
        missing = [name_of(p) for p in wanted if p.path not in given]
        if mine and missing:
            yield incident, min(c.fact.part for c in mine), [c.fact.sentence for c in mine], missing


def _near(sentences: Iterable[int], held: Sequence[Numbered]) -> set[int]:
    return {n for s in sentences for n in range(max(1, s - _AROUND), min(len(held), s + _AROUND) + 1)}


def merged(first: Sequence[Checked], again: Sequence[Checked]) -> list[Checked]:
    """Both answers as one: what the second gives with words that carry it takes the place of what was caught.

    What was caught and did not come back better stays caught.
    """
    better = {(c.fact.incident, c.fact.path) for c in again if c.holds}
    kept = [c for c in first if c.holds or (c.fact.incident, c.fact.path) not in better]
    said = {_key(c) for c in kept}
    return kept + [c for c in again if _key(c) not in said]


def _key(one: Checked) -> tuple[int, str, int, str, int, str]:
    fact = one.fact
    return fact.incident, fact.path, fact.thing, fact.value, fact.sentence, fact.quote
