"""What signs are worth together: weights that were learned from faultless and spoilt answers."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weighing:
    """A logistic regression over signs by name: how likely what they speak for is so.

    Below `least` a value that says so is caught, and from `most` on one that says the reverse.
    """

    bias: float
    least: float
    most: float
    weights: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """How likely it is so."""
        score = self.bias + sum(worth * features.get(name, 0.0) for name, worth in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def holds(self, features: Features) -> bool:
        """Whether a value that says so is let pass."""
        return self.chance(features) >= self.least

    def refutes(self, features: Features) -> bool:
        """Whether a value that says the reverse is let pass."""
        return self.chance(features) < self.most


@lru_cache(maxsize=8)
def weighing(check: str) -> Weighing:
    """The weights of one check."""
    table = tomllib.loads(files("ascribe.readings.llm").joinpath("weights.toml").read_text("utf-8"))[check]
    weights = {name: float(worth) for name, worth in table["weights"].items()}
    return Weighing(float(table["bias"]), float(table["least"]), float(table.get("most", 1.0)), weights)
