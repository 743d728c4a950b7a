"""What signs are worth together: weights that were learned from faultless and spoilt answers."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from ascribe.readings.llm.facts import Checked

Features = Mapping[str, float]
_BOUNDS = {"least": 0.0, "sure": 0.0, "most": 1.0, "undecided": 1.0}


@dataclass(frozen=True, slots=True)
class Weighing:
    """A logistic regression over signs by name: how likely what they speak for is so.

    Below `least` a value that says so is caught, and below `sure` it is proposed and not told as found; from `most` on
    one that says the reverse is caught, and from `undecided` on it is proposed.
    """

    bias: float
    least: float
    sure: float
    most: float
    undecided: float
    weights: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """How likely it is so."""
        score = self.bias + sum(worth * features.get(name, 0.0) for name, worth in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def judge(self, one: Checked, features: Features, failure: tuple[str, str], *, says: bool = True) -> Checked:
        """A value caught, undecided, or left as it is; `failure` is check and reason, `says` what it says."""
        chance = self.chance(features)
        if chance < self.least if says else chance >= self.most:
            return one.fails(*failure)
        if chance < self.sure if says else chance >= self.undecided:
            inferred = one.inferred or "the words leave it open, and it is the model's reading"
            return replace(one, inferred=inferred, undecided=one.undecided or failure[1])
        return one


@lru_cache(maxsize=8)
def weighing(check: str) -> Weighing:
    """The weights of one check."""
    table = tomllib.loads(files("ascribe.readings.llm").joinpath("weights.toml").read_text("utf-8"))[check]
    weights = {name: float(worth) for name, worth in table["weights"].items()}
    bounds = {name: float(table.get(name, default)) for name, default in _BOUNDS.items()}
    return Weighing(bias=float(table["bias"]), weights=weights, **bounds)
