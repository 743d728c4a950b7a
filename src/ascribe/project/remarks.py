"""What documents say beyond single incidents: `Project.remarks`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ascribe.exports.guards import WITHHELD_DOCUMENT, WITHHELD_SPEAKER
from ascribe.exports.names import Names
from ascribe.model import Account, CodeValue, Document, PersonValue, Reading
from ascribe.pipeline.judged import judged_reading
from ascribe.sources import is_found

if TYPE_CHECKING:
    from ascribe.project import Project

Json = dict[str, Any]
_RESTRICTED = "[restricted]"
_CALL = "[withheld: a call to act]"


class Remarks:
    """Remarks of all current readings. The answers are plain objects, ready for JSON.

    Names of victims and restricted words are withheld as in every export; of a call to act the place alone is told.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self, words: str = "") -> Iterator[Json]:
        """Every remark, in the order of the documents; with words only those that hold them, in any case."""
        casebook = self._project.casebook
        standing = casebook.judgements.standing()
        wanted, least = words.casefold().split(), self._project.settings.min_confidence
        for document in casebook.documents():
            reading = judged_reading(casebook.current_reading(document.id), standing)
            for account in reading.of_kind("remark"):
                found = replace(account, statements=tuple(s for s in account.statements if is_found(s, least)))
                if not found.statements:
                    continue
                row = self._row(document, reading, found)
                if all(w in f"{row['said']} {row['speaker']} {row['subject']}".casefold() for w in wanted):
                    yield row

    def _row(self, document: Document, reading: Reading, account: Account) -> Json:
        hidden, names = document.restricted, _victims(reading)
        shown = {
            prop.id: [names.mask(prop.type.show(s.value)) for s in account.values(prop.id)]
            for prop in self._project.schema["remark"].properties
        }
        first = account.first("said") or account.first("type")
        call = any(s.value == CodeValue("call") for s in account.values("type"))
        withheld = _CALL if call else _RESTRICTED if hidden else None
        speaker = next(iter(shown["speaker"]), None)
        passages = [e for s in account.statements for e in s.evidence] or [account.anchor]
        return {
            "type": next(iter(shown["type"]), None),
            "said": withheld or next(iter(shown["said"]), None),
            "stance": first.stance if first else None,
            "speaker": speaker and (WITHHELD_SPEAKER if hidden else speaker),
            "subject": [_RESTRICTED] if hidden and shown["subject"] else shown["subject"],
            "date": next(iter(shown["date"]), None),
            "document": document.id,
            "name": WITHHELD_DOCUMENT if hidden else document.name,
            "evidence": [{"start": s, "end": e} for s, e in dict.fromkeys((p.start, p.end) for p in passages)],
        }


def _victims(reading: Reading) -> Names:
    """The names of victims in a document: they stay out of the words of a remark."""
    values = (s.value for a in reading.of_kind("incident") for s in a.values("victims"))
    return Names((), [v.name for v in values if isinstance(v, PersonValue) and v.named])
