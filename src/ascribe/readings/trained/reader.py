"""The trained reader: marks by the bundled network, values by the same normalisers as every reader."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

from ascribe.model import Document, Reading, Skipped
from ascribe.readings.assemble import FILLS, assemble
from ascribe.readings.context import FILLS as CONTEXT
from ascribe.readings.context import with_context
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import MarkedIncident
from ascribe.readings.setting import Setting
from ascribe.readings.trained.card import read_card
from ascribe.readings.trained.completing import completed
from ascribe.readings.trained.marking import marked, members_of
from ascribe.readings.trained.network import BundledNetwork
from ascribe.readings.trained.pieces import FIRST, FIRST_MUC4
from ascribe.readings.trained.standins import stand_ins

Conventions = Literal["ascribe", "muc4"]
_FIRST: dict[Conventions, int] = {"ascribe": FIRST, "muc4": FIRST_MUC4}


class TrainedReader:
    """Reads with the bundled model, or with the one in `folder`. The network is loaded with the first document.

    `conventions` "muc4" marks what the MUC-4 benchmark counts, for comparison with other systems only.
    """

    name = "model"
    fills = (FILLS | CONTEXT) - {"incident.perpetrators_killed"}  # the annotators did not mark them

    def __init__(self, folder: Path | None = None, conventions: Conventions = "ascribe") -> None:
        self.conventions = conventions
        self.folder = folder or Path(str(files("ascribe.readings.trained"))) / "model"
        self.card = read_card(self.folder)
        self.version = self.card.version

    @cached_property
    def network(self) -> BundledNetwork:
        """The network, loaded on first use."""
        return BundledNetwork(self.folder, self.card)

    def read(self, document: Document) -> Reading:
        """All incidents that the model finds; a document in another language is skipped with the reason."""
        if document.language not in (None, "en"):
            reason = f"the text is in {document.language!r}; this reader reads English only"
            return Reading(document.id, self.name, self.version, (), (Skipped(document.name, reason),))
        setting = Setting(document)
        accounts = assemble(document, self.incidents(setting), setting)
        return Reading(document.id, self.name, self.version, with_context(document, accounts, setting))

    def incidents(self, setting: Setting) -> list[MarkedIncident]:
        """The marked incidents of a text, in the order in which it first tells them."""
        text = setting.text
        pieces = self.network.cut(text, stand_ins(text, setting.surroundings, setting.group_register))
        if not len(pieces):
            return []
        tuning = self.card.muc4 if self.conventions == "muc4" else self.card.tuning
        out = self.network.outputs(pieces, _FIRST[self.conventions])
        found = members_of(text, pieces, out, self.network.linker, tuning)
        return completed(marked(text, found, tuning, lexicon("en")), setting)
