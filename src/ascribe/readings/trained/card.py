"""The card beside the model: what it was made from, how well it reads, and how its scores are to be taken."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ascribe.errors import AscribeError
from ascribe.readings.trained.grouping import Thresholds
from ascribe.readings.trained.layout import layout_hash
from ascribe.readings.trained.marking import Tuning


@dataclass(frozen=True, slots=True)
class Card:
    """What loading needs of a model card.

    `version` names the model in every reading that it makes; `muc4` is the tuning for that benchmark.
    """

    version: str
    weights_sha256: str
    tokenizer_sha256: str
    tuning: Tuning
    muc4: Tuning


def read_card(folder: Path) -> Card:
    """The card of the model in a folder. AscribeError if the model was made for other slots or codes than these."""
    path = folder / "card.toml"
    try:
        block = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise AscribeError(f"{path}: no model card, so no model; reinstall ascribe or use the reader 'rules'") from None
    model = block["model"]
    if model["layout"] != layout_hash():
        raise AscribeError(
            f"{path}: the model was made for another schema (layout {model['layout'][:12]}, expected "
            f"{layout_hash()[:12]}); train it again or install the version of ascribe that it belongs to"
        )
    tuning = block.get("tuning", {})
    both = (_tuning(tuning), _tuning(block.get("muc4", tuning)))
    return Card(model["version"], model["sha256"], model["tokenizer_sha256"], *both)


def _tuning(block: Mapping[str, Any]) -> Tuning:
    calibration = {slot: (float(a), float(b)) for slot, (a, b) in block.get("calibration", {}).items()}
    thresholds = Thresholds(**block.get("thresholds", {}))
    floors = block.get("floors", {})
    return Tuning(block.get("eagerness", {}), block.get("lines", {}), thresholds, calibration, floors)


def checked_bytes(path: Path, sha256: str) -> bytes:
    """A file's bytes, if they are those that the card names; AscribeError otherwise."""
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise AscribeError(f"{path}: not the file of the model card (sha256 {found[:12]}, expected {sha256[:12]})")
    return data
