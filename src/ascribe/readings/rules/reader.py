"""The rule reader: marks by word lists, registers and grammar alone, without a trained model."""

from __future__ import annotations

from ascribe import __version__
from ascribe.model import Document, Reading, Skipped
from ascribe.readings.assemble import FILLS, assemble
from ascribe.readings.context import FILLS as CONTEXT
from ascribe.readings.context import with_context
from ascribe.readings.rules.marking import Marking


class RuleReader:
    """Reads by rules, language data and registers. The yardstick of a trained reader, and its stand-in."""

    name = "rules"
    version = __version__
    fills = FILLS | CONTEXT

    def read(self, document: Document) -> Reading:
        """All incidents that the rules find; a document in another language is skipped with the reason."""
        if document.language not in (None, "en"):
            reason = f"the text is in {document.language!r}; this reader reads English only"
            return Reading(document.id, self.name, self.version, (), (Skipped(document.name, reason),))
        marking = Marking(document)
        accounts = assemble(document, marking.incidents(), marking.setting)
        return Reading(document.id, self.name, self.version, with_context(document, accounts, marking.setting))
