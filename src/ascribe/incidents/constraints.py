"""What a person has decided about two accounts, as linking takes it."""

from __future__ import annotations

from typing import NamedTuple

from ascribe.model import Told


class AccountRef(NamedTuple):
    """Where an account stands: the document's full id, the reader with its version, and the account's key."""

    document_id: str
    extractor: str
    version: str
    key: str

    @classmethod
    def of(cls, told: Told) -> AccountRef:
        """The reference of an account in its document and reading."""
        return cls(told.document.id, told.reading.extractor, told.reading.version, told.account.key)


class Constraint(NamedTuple):
    """Two accounts are one incident (`same`), or are two, whatever the machine thinks.

    `decided` sorts as time does: where constraints contradict each other, also by way of further accounts, the later
    one wins. `words` are shown by `ascribe why`: who decided, when, and for what reason.
    """

    one: AccountRef
    other: AccountRef
    same: bool
    decided: str = ""
    words: str = ""
