"""Accounts -> incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascribe.incidents import group

if TYPE_CHECKING:  # a document can be read without loading the store
    from ascribe.store import Casebook


def link(casebook: Casebook) -> int:
    """Group the accounts of all current readings into incidents, in one transaction; the number of incidents."""
    groups = group(casebook.told())
    members = {
        incident: [(t.document.id, t.reading.extractor, t.reading.version, t.account.key) for t in told]
        for incident, told in groups.items()
    }
    casebook.set_incidents(members)
    return len(members)
