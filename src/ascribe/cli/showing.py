"""`ascribe show` and `ascribe search`: looking into a casebook."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ascribe.cli import judging, status, tables
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, plain, words
from ascribe.errors import AscribeError, StoreError
from ascribe.model import Document, Reading
from ascribe.project import (
    DocumentView,
    IncidentSummary,
    Options,
    Project,
    summaries_in,
)
from ascribe.project.looking import account_id, published

if TYPE_CHECKING:
    from ascribe.project import Hit
    from ascribe.project.looking import Looking

_SHORT = 12  # characters of a document's id that are shown
LetOut = tuple[str | None, bool]  # what JSON may hold: victims' names for this reason, words of restricted documents


def show(
    what: Sequence[str], format: str, let_out: LetOut, folder: Path | None, min_confidence: float | None = None
) -> int:
    """Show lists and single things."""
    with project_at(folder, min_confidence) as project:
        as_json = project.looking(Options(*let_out)) if format == "json" else None
        for one in what:
            if one in _LISTS:
                _LISTS[one](project, as_json)
            else:
                _one(project, one, as_json)
    return status.FINE


def _incidents(project: Project, as_json: Looking | None) -> None:
    if as_json:
        _print_json(as_json.incidents())
        return
    columns = ("id", "date", "place", "status", "killed", "groups", "documents")
    _print_list(columns, (_incident_row(i) for i in project.incidents()), "no incidents yet; add documents")


def _incident_row(summary: IncidentSummary) -> tuple[str, ...]:
    cells = []
    for name in ("date", "place", "status", "killed"):
        found = summary.thing[name]
        cells.append("; ".join(_shown(found.property.type.show(s.value), s.reservation()) for s in found.shown))
    if summary.proposed:
        cells[2] = ", ".join(filter(None, (cells[2], "incident proposed")))
    groups = [
        _shown(thing["actor"].property.type.show(s.value), s.reservation())
        for thing in summary.of_kind("attribution")
        for s in thing["actor"].shown
    ]
    return (summary.incident.id, *cells, "; ".join(groups), str(len(summary.documents())))


def _shown(value: str, reservation: str) -> str:
    return f"{value} ({reservation})" if reservation else value


def _accounts(project: Project, as_json: Looking | None) -> None:
    if as_json:
        _print_json(as_json.accounts())
        return
    rows = (
        (account_id(t.document, t.account), t.document.name, t.account.anchor.quote[:160]) for t in project.accounts()
    )
    _print_list(("id", "document", "begins with"), rows, "no accounts yet; add documents")


def _documents(project: Project, as_json: Looking | None) -> None:
    if as_json:
        _print_json(as_json.documents())
        return
    rows = ((d.id[:_SHORT], d.name, published(d), d.title or "", _remarks(d)) for d in project.documents())
    _print_list(("id", "name", "published", "title", "remarks"), rows, "no documents yet; add some with `ascribe add`")


_LISTS = {"incidents": _incidents, "accounts": _accounts, "documents": _documents}


def _remarks(document: Document) -> str:
    parts = [
        f"reprint of {document.near_copy_of[:_SHORT]}" if document.near_copy_of else "",
        "restricted" if document.restricted else "",
        *document.notes,
    ]
    return "; ".join(p for p in parts if p)


def _one(project: Project, name: str, as_json: Looking | None) -> None:
    """One thing by its id: an account has a stroke in it; else an incident, else a document."""
    if "/" in name:
        _account(project, name, as_json)
        return
    try:
        summary = project.incident(name)
    except StoreError as no_incident:
        try:
            view = project.document(name)
        except StoreError as no_document:
            raise _nothing(name, no_incident, no_document) from None
        _document(project, view, as_json)
        return
    if as_json:
        _print_json([as_json.incident(summary)])
    else:
        console().print(tables.incident(summary, full=True))
        _print_told_by(summary)
        judging.print_standing(project, project.judgements.of_incident(summary.incident))


def _nothing(name: str, *errors: StoreError) -> AscribeError:
    """What to say of an id that leads nowhere; an error that does not speak of the id is about the casebook itself."""
    for error in errors:
        if repr(name) not in str(error):
            return error
        if "could be several" in str(error):
            return AscribeError(str(error))
    return AscribeError(
        f"there is no incident or document {name!r}: give its id or the beginning of it, "
        "as `ascribe show incidents` and `ascribe show documents` list them"
    )


def _print_told_by(summary: IncidentSummary) -> None:
    out = console()
    for told in sorted(summary.incident.accounts, key=lambda t: t.document.name):
        copy = ", a reprint" if told.document.near_copy_of else ""
        line = f"told by {told.document.name}{copy}  [{account_id(told.document, told.account)}]"
        out.print(words(line, "dim"))


def _account(project: Project, name: str, as_json: Looking | None) -> None:
    prefix, _, key = name.partition("/")
    try:
        view = project.document(prefix)
    except StoreError as error:
        raise (AscribeError(str(error)) if repr(prefix) in str(error) else error) from None
    found = [
        s for s in summaries_in(view.document, view.judged, project.schema, project.showing()) if s.incident.id == key
    ]
    if not found:
        known = ", ".join(a.key for a in view.current.of_kind("incident")) or "none"
        raise AscribeError(f"document {prefix} has no account {key!r}; it has {known}")
    if as_json:
        _print_json([as_json.incident(found[0])])
    else:
        console().print(tables.incident(found[0], full=True))
        _print_names(project, name)


def _print_names(project: Project, name: str) -> None:
    """The name of every statement, as `ascribe judge` takes it: those that were rejected or corrected keep theirs."""
    statements = [s for a in project.judgements.accounts_with(name) for s in a.statements()]
    rows = ((s.name, s.prop.type.show(s.statement.value), judging.quotes(s.statement.evidence)) for s in statements)
    _print_list(("to judge, name", "read as", "from"), rows, "nothing is stated of it")


def _document(project: Project, view: DocumentView, as_json: Looking | None) -> None:
    if as_json:
        _print_json([as_json.document(view)])
        return
    out = console()
    document = view.document
    out.print(words(document.title or document.name, "bold"))
    for label, value in (
        ("name", document.name),
        ("id", document.id),
        ("bytes", document.bytes_id),
        ("author", document.author),
        ("publisher", document.publisher),
        ("address", document.url),
        ("published", published(document)),
        ("format", " ".join(filter(None, (document.format, document.encoding)))),
        ("language", document.language),
        ("remarks", _remarks(document)),
        ("incidents", ", ".join(view.incidents)),
    ):
        if value:
            out.print(_field(label, value))
    for reading in view.readings:
        current = "current" if reading is view.current else "old"
        out.print(_field("read by", f"{_reading_line(reading)}, {current}"))
    out.print("")
    for summary in summaries_in(document, view.judged, project.schema, project.showing()):
        out.print(tables.incident(summary, full=True))


def _field(label: str, value: str) -> Text:
    return Text(f"  {label:<10} ", style="dim").append_text(words(value))


def _reading_line(reading: Reading) -> str:
    incidents, statements = len(reading.of_kind("incident")), sum(len(a.statements) for a in reading.accounts)
    skipped = f", skipped: {'; '.join(s.reason for s in reading.skipped)}" if reading.skipped else ""
    return (
        f"{reading.extractor} {reading.version}: {_counted(incidents, 'incident account')}, "
        f"{_counted(statements, 'statement')}{skipped}"
    )


def _counted(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def search(asked: Sequence[str], limit: int, format: str, let_out: LetOut, folder: Path | None) -> int:
    """Print the passages that hold the words, the best first."""
    query = " ".join(f'"{w}"' if " " in w and '"' not in w else w for w in asked)
    with project_at(folder) as project:
        if format == "json":
            _print_json(project.looking(Options(*let_out)).hits(query, limit))
            return status.FINE
        hits = project.search(query, limit)
    out = console()
    for hit in hits:
        out.print(_hit_text(hit))
    if not hits:
        out.print("no passage holds these words", style="dim")
    return status.FINE


def _hit_text(hit: Hit) -> Text:
    page = f", page {hit.page}" if hit.page else ""
    remarks = f"{', a reprint' if hit.near_copy_of else ''}{', restricted' if hit.restricted else ''}"
    out = words(f"{hit.name}{page} ({hit.start}-{hit.end}{remarks})", "bold")
    out.append("  ").append_text(words(f"[{', '.join(hit.incidents) or 'no incident'}]", "dim")).append("\n  ")
    for part in hit.parts:
        text = plain(part.text)
        before, after = " " * part.text[:1].isspace(), " " * part.text[-1:].isspace()
        out.append(f"{before}{text}{after}" if text else before, style="bold yellow" if part.found else "")
    return out.append("\n")


def _print_list(headings: Sequence[str], rows: Iterator[Sequence[str]], nothing: str) -> None:
    listed = tables.listing(headings, rows)
    if listed.row_count:
        console().print(listed)
    else:
        console().print(nothing, style="dim")


def _print_json(things: Any) -> None:
    """A list, printed as it is made."""
    before = "["
    for thing in things:
        sys.stdout.write(f"{before}\n{json_text(thing)}")
        before = ","
    sys.stdout.write("]\n" if before == "," else "[]\n")
