"""The trained reader: marks by the bundled network, values by the same normalisers as every reader."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from pathlib import Path

from ascribe.model import Document, Reading, Skipped
from ascribe.readings.assemble import FILLS, assemble
from ascribe.readings.context import FILLS as CONTEXT
from ascribe.readings.context import with_context
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import MarkedIncident
from ascribe.readings.setting import Setting
from ascribe.readings.trained.card import read_card
from ascribe.readings.trained.marking import marked, members_of
from ascribe.readings.trained.network import BundledNetwork


class TrainedReader:
    """Reads with the bundled model, or with the one in `folder`. The network is loaded with the first document."""

    name = "model"
    fills = (FILLS | CONTEXT) - {"incident.perpetrators_killed"}  # the annotators did not mark them

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(str(files("ascribe.readings.trained"))) / "model"
        self.card = read_card(self.folder)
        self.version = self.card.version

    @cached_property
    def _network(self) -> BundledNetwork:
        return BundledNetwork(self.folder, self.card)

    def read(self, document: Document) -> Reading:
        """All incidents that the model finds; a document in another language is skipped with the reason."""
        if document.language not in (None, "en"):
            reason = f"the text is in {document.language!r}; this reader reads English only"
            return Reading(document.id, self.name, self.version, (), (Skipped(document.name, reason),))
        setting = Setting(document)
        accounts = assemble(document, self.incidents(document.text), setting)
        return Reading(document.id, self.name, self.version, with_context(document, accounts, setting))

    def incidents(self, text: str) -> list[MarkedIncident]:
        """The marked incidents of a text, in the order in which it first tells them."""
        pieces = self._network.cut(text)
        if not len(pieces):
            return []
        found = members_of(text, pieces, self._network.outputs(pieces), self._network.linker, self.card.tuning)
        return marked(text, found, self.card.tuning, lexicon("en"))
