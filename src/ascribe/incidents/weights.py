"""What each outcome of a comparison weighs: a Fellegi-Sunter model, trained once and shipped with its card.

A comparison's weight is log2(m / u): m is how often this outcome is met in accounts of one incident, u in accounts of
two. The weights of all comparisons and that of the prior add up to the pair's, and that is its probability.
Source: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969).
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from ascribe.incidents.comparisons import COMPARISONS
from ascribe.incidents.features import VERSION, Features
from ascribe.model import sha256

FILE = "weights.toml"


@dataclass(frozen=True)
class Weights:
    """The model: the prior probability, the weight from which two accounts are linked, and m and u by comparison."""

    prior: float
    threshold: float
    m: dict[str, tuple[float, ...]]
    u: dict[str, tuple[float, ...]]

    @cached_property
    def prior_weight(self) -> float:
        """The prior as a weight."""
        return math.log2(self.prior / (1 - self.prior))

    @cached_property
    def by_level(self) -> tuple[tuple[float, ...], ...]:
        """The weight of each level, comparison by comparison; the last one, which is also level -1, is 0: not said."""
        return tuple(
            (*(math.log2(m / u) for m, u in zip(self.m[c.name], self.u[c.name], strict=True)), 0.0) for c in COMPARISONS
        )

    def weight(self, levels: tuple[int, ...]) -> float:
        """The weight of a pair with these outcomes, the prior included."""
        return self.prior_weight + sum(w[level] for w, level in zip(self.by_level, levels, strict=True))


def levels_of(one: Features, other: Features) -> tuple[int, ...]:
    """The outcome of every comparison."""
    return tuple(comparison.level(one, other) for comparison in COMPARISONS)


def probability(weight: float) -> float:
    """The probability that two accounts with this weight are one incident, as the model has it."""
    return 1 / (1 + 2**-weight) if weight > -1000 else 0.0


def from_toml(text: str) -> Weights:
    """A model from the words of its file. KeyError or ValueError where it does not fit the comparisons."""
    data: dict[str, Any] = tomllib.loads(text)
    rows = {c.name: data["comparisons"][c.name] for c in COMPARISONS}
    for comparison in COMPARISONS:
        if any(len(rows[comparison.name][part]) != len(comparison.levels) for part in "mu"):
            raise ValueError(f"{comparison.name}: the model has another number of outcomes")
    m, u = ({name: tuple(map(float, row[part])) for name, row in rows.items()} for part in "mu")
    return Weights(float(data["prior"]), float(data["threshold"]), m, u)


@lru_cache(maxsize=1)
def _words() -> str:
    return (files("ascribe.incidents") / FILE).read_text("utf-8")


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The model that comes with the package."""
    return from_toml(_words())


@lru_cache(maxsize=1)
def version() -> str:
    """Changes with the model and with what the rules around it make of an account."""
    return f"{VERSION}-{sha256(_words())[:12]}"
