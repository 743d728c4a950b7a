"""What stands around incidents, and who uses which term: `Project.context`.

The answers are plain objects, ready for JSON, in which names of victims and minors and restricted words are withheld as
in every export.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ascribe.analysis.context import Around, Line, Use, lines, uses
from ascribe.errors import AscribeError
from ascribe.exports import Options
from ascribe.exports.guards import WITHHELD_DOCUMENT, WITHHELD_SPEAKER, Guard
from ascribe.exports.names import Names
from ascribe.exports.summary import Cited, summarise
from ascribe.model import DateValue, Document, Evidence, Incident, PersonValue, Told
from ascribe.pipeline.terms import uses_in
from ascribe.project.ledger_json import head_json
from ascribe.registers.terms import Term, TermRegister, term_register
from ascribe.schema.types import value_type

if TYPE_CHECKING:
    from ascribe.project import Project

Json = dict[str, Any]

__all__ = ["TERMS", "Around", "Context"]

TERMS = "terms.toml"  # a project's own terms, in its folder
_RESTRICTED = "[restricted]"
_BESIDE = 70  # characters on each side of a term that are shown


class Context:
    """Questions about what stands around incidents. Nothing that it answers is stored."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def register(self) -> TermRegister:
        """The terms known here: the bundled ones, and before them those of the project's `terms.toml`."""
        own = self._project.folder / TERMS
        return term_register().extended(own) if own.is_file() else term_register()

    def about(self, kind: Around, prefix: str | None = None) -> Iterator[Json]:
        """Contacts, responses or connections: of the incident whose id begins so, or of every incident that has any.

        Each object is an incident with its lines, by date.
        """
        incidents = [self._project.ledger.incident(prefix)] if prefix else self._project.ledger.incidents()
        for incident in incidents:
            found = lines(self._project.ledger.found(incident), kind)
            if found or prefix:
                yield self._lines(incident, found)

    def _lines(self, incident: Incident, found: list[Line]) -> Json:
        summary = summarise(incident, self._project.schema, self._project.showing())
        guard = Guard(summary, Options())
        return {**head_json(summary), "lines": [self._line(line, guard) for line in found]}

    def _line(self, line: Line, guard: Guard) -> Json:
        kind = self._project.schema[line.kind]
        out: Json = {p.id: None for p in kind.properties}
        quotes: dict[tuple[int, int], Json] = {}
        for said in line.said:
            cited = Cited(said.document, said.reading, said.account, said.statement)
            prop = kind[said.statement.property]
            if not guard.allows(cited, prop):
                out[prop.id] = "[withheld]"
                continue
            if out[prop.id] is None:
                hidden = guard.hides(said.document) and prop.type.name == "text"
                shown = prop.type.show(guard.value(said.statement.value))
                out[prop.id] = _RESTRICTED if hidden else guard.mask(shown)
            for evidence in said.statement.evidence:
                quoted = guard.quote(cited, evidence)
                where = (quoted.start, quoted.end)
                quotes[where] = {"start": quoted.start, "end": quoted.end, "quote": quoted.text}
        words = [quotes[at] for at in sorted(quotes)]
        first = line.said[0]
        cited = Cited(first.document, first.reading, first.account, first.statement)
        return {
            **out,
            "voice": None if first.statement.voice.kind == "author" else guard.speaker(cited) or "an unnamed source",
            "document": line.document.id,
            "name": guard.name(line.document),
            "sentence": _sentence(line, guard.quote(cited, line.account.anchor).text, words),
            "evidence": words,
        }

    def term(self, asked: str) -> Json:
        """Every use of a term over all documents, by time: who uses, rejects, defines or reports it, in which words.

        The term may be given in any of its forms; words that the register does not know are looked for as they are.
        """
        if not any(c.isalnum() for c in asked):
            raise AscribeError('give a term to look for, such as: ascribe terms "lone wolf"')
        term, least = self.register.of(asked), self._project.settings.min_confidence
        found = uses(uses_in(self._project.casebook, term, least), (term.term, *_plain(term)))
        return {"term": term.term, "uses": [_use_json(u) for u in found]}


def _sentence(line: Line, whole: str, words: Sequence[Json]) -> str:
    """The sentence of a line; of a link only the words that it rests on, lest a relative in the sentence be named."""
    if line.kind != "connection":
        return whole
    outer = [
        w for w in words if not any(o["start"] <= w["start"] and w["end"] <= o["end"] for o in words if o is not w)
    ]
    return " … ".join(w["quote"] for w in outer)


def _plain(term: Term) -> Iterator[str]:
    """The forms that are plain words: a person may have stated one of them as the term."""
    return (f for f in term.forms if f.replace(" ", "").isalpha())


def _use_json(use: Use) -> Json:
    document, hidden = use.told.document, use.told.document.restricted
    account, names = use.told.account, _victims(use.told)
    speaker = use.speaker and (WITHHELD_SPEAKER if hidden else names.mask(use.speaker))
    return {
        "use": use.use,
        "speaker": speaker,
        "author": document.author if use.speaker is None and not hidden else None,
        "date": _when(use.when),
        "published": _when(document.publication.when if document.publication else None),
        "document": document.id,
        "name": WITHHELD_DOCUMENT if hidden else document.name,
        "quotes": [_quote(document, e, names) for e in account.evidence or (account.anchor,)],
    }


def _victims(told: Told) -> Names:
    """The names of victims in a document: they stay out of the words around a term."""
    values = (s.value for a in told.reading.of_kind("incident") for s in a.values("victims"))
    return Names((), [v.name for v in values if isinstance(v, PersonValue) and v.named])


def _when(value: DateValue | None) -> str | None:
    return value_type("date").show(value) if value else None


def _quote(document: Document, evidence: Evidence, names: Names) -> Json:
    """The term as it stands with some words on each side, cut between words."""
    where = {"start": evidence.start, "end": evidence.end}
    if document.restricted:
        return {**where, "quote": _RESTRICTED, "context": _RESTRICTED}
    before = document.text[max(0, evidence.start - _BESIDE) : evidence.start]
    after = document.text[evidence.end : evidence.end + _BESIDE]
    before = before if evidence.start <= _BESIDE else before.partition(" ")[2]
    after = after if evidence.end + _BESIDE >= len(document.text) else after.rpartition(" ")[0]
    context = " ".join(f"{before}{evidence.quote}{after}".split())
    return {**where, "quote": evidence.quote, "context": names.mask(context)}
