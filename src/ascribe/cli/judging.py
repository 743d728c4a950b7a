"""`ascribe judge …` and `ascribe history`: deciding, and printing what was decided."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Literal, cast

from rich.padding import Padding

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, words
from ascribe.errors import SchemaError
from ascribe.model import (
    AccountAnchor,
    Change,
    Decision,
    Evidence,
    Judgement,
    Pairing,
    StatementAnchor,
    Value,
    Verdict,
    Weighing,
)
from ascribe.project import Project
from ascribe.project.reviewing import Review, Undecided
from ascribe.schema import Schema

_SHORT = 12  # characters of an id that are shown
_LONGEST_QUOTE = 120
_FEW = 6  # accounts that are named one by one
_READ_OTHERWISE = {"differ": "read otherwise", "alone": "read by one alone", "close": "read more or less exactly"}
_SAID: dict[Verdict, str] = {
    "same": "called the same",
    "different": "called different",
    "unsure": "is unsure of",
    "accepted": "accepted",
    "rejected": "rejected",
    "corrected": "corrected",
    "consistent": "called consistent",
    "inconsistent": "called inconsistent",
    "neutral": "called neutral",
}


def pair(verdict: str, one: str, other: str, reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """Two accounts are the same incident, different ones, or nobody knows."""
    said = cast(Literal["same", "different", "unsure"], verdict)
    return _decide(lambda p: p.judgements.pair(said, one, other, reason, by), format, folder)


def join(one: str, other: str, reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """Two incidents are one."""
    return _decide(lambda p: p.judgements.join(one, other, reason, by), format, folder)


def split(incident: str, accounts: Sequence[str], reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """One incident is two."""
    return _decide(lambda p: p.judgements.split(incident, accounts, reason, by), format, folder)


def accept(statement: str, reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """A statement is right."""
    return _decide(lambda p: p.judgements.accept(statement, reason, by), format, folder)


def reject(statement: str, reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """A statement is wrong."""
    return _decide(lambda p: p.judgements.reject(statement, reason, by), format, folder)


def correct(
    statement: str, value: str, reason: str, by: str | None, quote: str | None, format: str, folder: Path | None
) -> int:
    """A statement has another value."""
    return _decide(lambda p: p.judgements.correct(statement, value, reason, by, quote), format, folder)


def weigh(
    incident: str, row: str, actor: str, weight: str, reason: str, by: str | None, format: str, folder: Path | None
) -> int:
    """A row of the evidence table says this of an actor."""
    return _decide(lambda p: p.claims.weigh(incident, row, actor, weight, reason, by), format, folder)


def withdraw(judgement: str, reason: str, by: str | None, format: str, folder: Path | None) -> int:
    """A judgement is taken back."""
    return _decide(lambda p: p.judgements.withdraw(judgement, reason, by), format, folder)


def _decide(decide: Callable[[Project], Decision], format: str, folder: Path | None) -> int:
    with project_at(folder) as project:
        decision = decide(project)
        if format == "json":
            sys.stdout.write(json_text(project.judgements.as_json([decision])[0]) + "\n")
        else:
            _print(decision, project.schema)
            _print_changes(decision)
    return status.FINE


def queue(format: str, folder: Path | None) -> int:
    """What should be looked at: what readers read differently, values left undecided, judgements without effect."""
    with project_at(folder) as project:
        reviews = project.judgements.reviews()
        listed = {r.name for r in reviews}
        undecided = [u for u in project.judgements.undecided() if u.named.name not in listed]
        waiting = project.judgements.waiting()
        if format == "json":
            told = project.judgements.as_json([Decision(w.judgement) for w in waiting])
            why = [project.judgements.why_json(w) for w in waiting]
            judged = ({**one, "why": reason} for one, reason in zip(told, why, strict=True))
            _print_json(chain((r.as_json() for r in reviews), (u.as_json() for u in undecided), judged))
            return status.FINE
        out = console()
        for review in reviews:
            _print_review(review)
        for value in undecided:
            _print_undecided(value)
        for one in waiting:
            _print(Decision(one.judgement), project.schema)
            out.print(_indented(f"waits: {one.why}", "yellow"))
        if not waiting and not reviews and not undecided:
            out.print("nothing waits: readers agree, and every judgement has its effect", style="dim")
    return status.FINE


def _print_review(review: Review) -> None:
    told, out = review.told(), console()
    line = words(review.name, "bold").append("  ")
    out.print(line.append_text(words(_READ_OTHERWISE[told["standing"]], "yellow")))
    for reader, side in zip(review.readers, (told["left"], told["right"]), strict=True):
        said = f"{side['shown']} ({quoted(side['quote'])})" if side else "-"
        out.print(_indented(f"{reader}: {said}"))


def _print_undecided(undecided: Undecided) -> None:
    named, out = undecided.named, console()
    out.print(words(named.name, "bold").append("  ").append_text(words("undecided", "yellow")))
    statement = named.statement
    value = named.prop.type.show(statement.value)
    said = value if statement.stance == "asserted" else f"{value}, {statement.stance.replace('_', ' ')}"
    out.print(_indented(f"{named.of.reading.extractor}: {said} ({quotes(statement.evidence)})"))
    out.print(_indented(f"why: {undecided.reason}"))


def history(of: str | None, by: str | None, format: str, folder: Path | None) -> int:
    """Who decided what."""
    with project_at(folder) as project:
        decisions = project.judgements.history(of, by)
        if format == "json":
            _print_json(iter(project.judgements.as_json(decisions)))
            return status.FINE
        for decision in decisions:
            _print(decision, project.schema)
            _print_changes(decision)
        if not decisions:
            console().print("nothing was decided yet", style="dim")
    return status.FINE


def print_standing(project: Project, judgements: Sequence[Judgement]) -> None:
    """Two lines for each judgement, as they are listed below what they are about."""
    for judgement in judgements:
        _print(Decision(judgement), project.schema)


def _print(decision: Decision, schema: Schema) -> None:
    out = console()
    signed, judgement = decision.signed, decision.judgement
    verdict = f"withdrew “{judgement.verdict}” of" if decision.withdrawal else _SAID[judgement.verdict]
    line = words(f"{signed.at:%Y-%m-%d %H:%M} UTC", "dim").append("  ")
    line.append_text(words(f"{signed.by} {verdict}", "bold")).append(" ")
    line.append_text(words(_subject(judgement, schema))).append("  ")
    out.print(line.append_text(words(f"[{judgement.id[:_SHORT]}]", "dim")))
    out.print(_indented(f"why: {signed.reason}"))
    later = judgement.withdrawn
    if later is not None and not decision.withdrawal:
        out.print(_indented(f"withdrawn by {later.by} on {later.at:%Y-%m-%d}: {later.reason}", "dim"))


def _print_changes(decision: Decision) -> None:
    out = console()
    for change in decision.changes:
        out.print(_indented(_changed(change)))
    if not decision.changes:
        out.print(_indented("changed nothing that is shown", "dim"))


def _indented(line: str, style: str = "") -> Padding:
    return Padding.indent(words(line, style), 4)


def _subject(judgement: Judgement, schema: Schema) -> str:
    subject = judgement.subject
    if isinstance(subject, Pairing):
        return f"{_accounts(subject.ones)} and {_accounts(subject.others)}"
    value = shown(schema, subject, subject.value)
    out = f"{_account(subject.account)}/{subject.property} {value} ({quotes(subject.evidence)})"
    if isinstance(subject, Weighing):
        out += f" on {subject.actor.name}"
    if judgement.correction is not None:
        out += f" to {shown(schema, subject, judgement.correction.value)}"
        if judgement.correction.evidence != subject.evidence:
            out += f" ({quotes(judgement.correction.evidence)})"
    return out


def shown(schema: Schema, subject: StatementAnchor, value: Value) -> str:
    """A value in words, also of a property that the schema has no more."""
    try:
        return schema[subject.account.kind][subject.property].type.show(value)
    except SchemaError:
        return str(value)


def quotes(evidence: Sequence[Evidence]) -> str:
    """Words in quotation marks, long ones shortened."""
    return ", ".join(quoted(e.quote) for e in evidence)


def quoted(quote: str) -> str:
    """One quote in quotation marks, shortened if it is long."""
    short = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    return f"“{' '.join(short.split())}”"


def _accounts(anchors: Sequence[AccountAnchor]) -> str:
    named = [_account(a) for a in anchors]
    return ", ".join(named) if len(named) <= _FEW else f"{', '.join(named[:_FEW])} and {len(named) - _FEW} more"


def _account(anchor: AccountAnchor) -> str:
    return f"{anchor.document_id[:_SHORT]}/{anchor.key}"


def _changed(change: Change) -> str:
    before, after = change.before or "nothing", change.after or "nothing"
    if not change.property:
        what = "no such incident" if not change.before else change.before
        return f"{change.incident}: {what} → {change.after or 'no such incident any more'}"
    return f"{change.incident}: {change.property.removeprefix('incident.').replace('_', ' ')} {before} → {after}"


def _print_json(things: Iterator[object]) -> None:
    """A list, an object a line."""
    lines = ",\n".join(json_text(thing) for thing in things)
    sys.stdout.write(f"[\n{lines}]\n" if lines else "[]\n")
