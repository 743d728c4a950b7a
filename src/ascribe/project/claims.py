"""What a project says of claims and of who is held responsible: `Project.claims`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ascribe.analysis.attributions import as_of, views
from ascribe.analysis.claim_tables import case, claim_tables
from ascribe.analysis.claims import life_cycle
from ascribe.analysis.hypotheses import WEIGHTS, Grid, actor_key, grid
from ascribe.documents import parse_published
from ascribe.errors import AscribeError
from ascribe.exports.summary import summarise
from ascribe.incidents.judging import statement_anchor
from ascribe.model import DateValue, Decision, Incident, Weighing
from ascribe.project import claims_json

if TYPE_CHECKING:
    from ascribe.project import Project

Json = dict[str, Any]


class Claims:
    """Questions about claims of responsibility and attributions. Nothing that they answer is stored.

    The answers are plain objects, ready for JSON, in which names of victims and minors, restricted words and long
    quotes of perpetrators are withheld as in every export.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    def _incident(self, prefix: str) -> Incident:
        return self._project.incident(prefix).incident

    def _found(self, incident: Incident) -> Incident:
        return self._project.ledger.found(incident)

    def life_cycle(self, prefix: str) -> Json:
        """All that is told of claims for the incident whose id begins so, in order."""
        return self._life_cycle(self._incident(prefix))

    def life_cycles(self) -> Iterator[Json]:
        """The same for every incident of which a document says anything about claims."""
        for incident in self._project.ledger.incidents():
            if life_cycle(self._found(incident)).events:
                yield self._life_cycle(incident)

    def _life_cycle(self, incident: Incident) -> Json:
        return claims_json.life_cycle_json(
            life_cycle(self._found(incident)), summarise(incident, self._project.schema, self._project.showing())
        )

    def tables(self, first: str | None = None, last: str | None = None) -> list[Json]:
        """The tables over all incidents, or over those that lie wholly between two dates, both included."""
        start, end = _first_day(first), _last_day(last)
        if start and end and end < start:
            raise AscribeError(f"the period ends before it begins: {first} .. {last}")
        cases = [c for c in (case(self._found(i)) for i in self._project.ledger.incidents()) if c is not None]
        return [claims_json.table_json(t, self._project.schema) for t in claim_tables(cases, start, end)]

    def attribution(self, prefix: str, as_of_date: str | None = None) -> Json:
        """Who held which actor responsible for an incident, with the state of each view on a day.

        `as_of_date` is 2022-11-20, 2022-11 or 2022, of which the last day counts; without it, all that is told counts.
        """
        incident = self._incident(prefix)
        stated = as_of(views(self._found(incident)), _last_day(as_of_date))
        return claims_json.attribution_json(
            stated, as_of_date, summarise(incident, self._project.schema, self._project.showing())
        )

    def grid(self, prefix: str) -> Json:
        """The evidence for and against each actor of an incident, with the cells that a person set."""
        incident = self._incident(prefix)
        return claims_json.grid_json(
            self._grid(incident), summarise(incident, self._project.schema, self._project.showing())
        )

    def _grid(self, incident: Incident) -> Grid:
        return grid(self._found(incident), self._project.casebook.judgements.standing())

    def weigh(self, prefix: str, row: str, actor: str, weight: str, reason: str, by: str | None = None) -> Decision:
        """Set a cell of the evidence table: what a row says of an actor, by the names that the table shows.

        It is a judgement like any other: signed, reasoned, withdrawn but never deleted.
        """
        table = self._grid(self._incident(prefix))
        if weight not in WEIGHTS:
            raise AscribeError(f"{weight!r} is no weight; use {', '.join(WEIGHTS)}")
        found = [r for r in table.rows if r.id.startswith(row)] if row else []
        if len(found) != 1:
            known = ", ".join(r.id for r in table.rows) or "no rows"
            raise AscribeError(f"{row!r} names {'several rows' if found else 'no row'}; the table has {known}")
        meant = [a for a in table.actors if actor.casefold() in (a.name.casefold(), actor_key(a).casefold())]
        if len(meant) != 1:
            known = ", ".join(a.name for a in table.actors)
            raise AscribeError(f"{actor!r} is no actor of this table; it has {known}")
        said = found[0].said
        anchor = statement_anchor(said.reading, said.account, said.statement)
        subject = Weighing(anchor.account, anchor.property, anchor.value, anchor.evidence, meant[0])
        return self._project.judgements.weigh(weight, subject, reason, by)


def write_csv(rows: Sequence[Json], out: Any) -> None:
    """Rows as a spreadsheet in which no cell is ever run; the columns are those of all rows, in order."""
    from ascribe.exports.csv import write_rows  # noqa: PLC0415 - loaded on use

    columns = list(dict.fromkeys(name for row in rows for name in row))
    write_rows(columns, ([str(row.get(name, "")) for name in columns] for row in rows), out)


def _interval(written: str | None) -> DateValue | None:
    return parse_published(written) if written else None


def _first_day(written: str | None) -> date | None:
    when = _interval(written)
    return when.start if when else None


def _last_day(written: str | None) -> date | None:
    when = _interval(written)
    return when.end if when else None
