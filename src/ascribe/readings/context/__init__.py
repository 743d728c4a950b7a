"""What surrounds an incident in a text: institutional contacts before it, responses to it, links, terms of the debate.

Rules over any reader's incidents: every reader ends here after its own accounts are made.
"""

from __future__ import annotations

from collections.abc import Sequence

from ascribe.model import Account, Document
from ascribe.readings.context.connections import connections
from ascribe.readings.context.contacts import contacts
from ascribe.readings.context.responses import responses
from ascribe.readings.context.terms import terms
from ascribe.readings.context.ties import Ties
from ascribe.readings.context.words import context_words
from ascribe.readings.setting import Setting
from ascribe.registers.terms import TermRegister, term_register

FILLS = frozenset(
    {
        *(f"contact.{p}" for p in ("type", "institution", "person", "date", "decision")),
        *(f"response.{p}" for p in ("by", "measure", "date")),
        *(f"connection.{p}" for p in ("type", "person", "other", "date")),
        *(f"term.{p}" for p in ("term", "speaker", "use", "date")),
    }
)


def with_context(
    document: Document, accounts: Sequence[Account], setting: Setting | None = None
) -> tuple[Account, ...]:
    """The accounts of a reader and, after them, those of contacts, responses, links and terms in an English text.

    Precision before recall: each is tied to one incident by a name, by "he" right after it, or by words that say so.
    """
    setting = setting or Setting(document)
    words = context_words("en")
    incidents = [a for a in accounts if a.kind == "incident"]
    found: list[Account] = []
    if incidents:
        ties = Ties(document.text, incidents, setting, words)
        for finder in (contacts, responses, connections):
            found += finder(document, ties, words)
    return (*accounts, *found, *terms(document, setting, words, term_register()))


def uses_of(document: Document, register: TermRegister) -> tuple[Account, ...]:
    """The uses of the terms of a register in an English text."""
    return tuple(terms(document, Setting(document), context_words("en"), register))
