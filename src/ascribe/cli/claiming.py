"""What `ascribe claims` and `ascribe attribution` do."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import console, json_text, words
from ascribe.project import Project
from ascribe.project.claims import write_csv

Json = dict[str, Any]

_ASIDE = "dim"
_STEPS = {"not_claimed": "not claimed", "message": "left a message"}
_STATES = {"held": "held", "perhaps": "perhaps held", "given_up": "given up"}
_STATUSES = {
    "claimed": "claimed",
    "withdrawn": "claim withdrawn",
    "not_claimed": "explicitly not claimed",
    "not_stated": "claim not stated",
}
_SIGNS = {"consistent": "+ consistent", "inconsistent": "- inconsistent", "neutral": "  neutral"}


def claims(incidents: Sequence[str], format: str, folder: Path | None) -> int:
    """The life cycles of some incidents in full, or a line for each of all."""
    with project_at(folder) as project:
        found = [project.claims.life_cycle(i) for i in incidents] if incidents else _all(project)
    if format == "json":
        _print_json(found)
    elif format == "csv":
        write_csv([_event_row(cycle, e) for cycle in found for e in cycle["events"]], sys.stdout)
    elif incidents:
        for cycle in found:
            _print_life_cycle(cycle)
    elif found:
        console().print(_grid(("id", "date", "claim", "claimants", "through", "lag"), map(_overview, found)))
    else:
        console().print("no document says anything about claims yet", style=_ASIDE)
    return status.FINE


def _all(project: Project) -> list[Json]:
    return list(project.claims.life_cycles())


def _overview(cycle: Json) -> tuple[str, ...]:
    first = cycle["claims"][0] if cycle["claims"] else {}
    told = [_STATUSES[cycle["status"]]]
    told += ["doubted"] * cycle["doubted"] + ["competing claims"] * bool(cycle["competing"])
    return (
        cycle["incident"],
        cycle["date"] or "",
        ", ".join(told),
        "; ".join(_joined(c["claimants"]) or "unnamed" for c in cycle["claims"]),
        _joined(first.get("outlets", ())),
        _lag(first),
    )


def _lag(of: Json) -> str:
    lag = of.get("lag")
    return lag["words"] if lag else ""


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _print_life_cycle(cycle: Json) -> None:
    out = console()
    out.print(_title(cycle))
    told = [_STATUSES[cycle["status"]]] + ["doubted"] * cycle["doubted"]
    out.print(words(f"  {', '.join(told)}"))
    if cycle["competing"]:
        out.print(words(f"  competing claims: {'; '.join(cycle['competing'])}"))
    rows = (
        (
            event["date"] or f"told {event['known'] or 'without a date'}",
            _STEPS.get(event["step"], event["step"]),
            _joined(event["actors"]),
            _details(event),
            _words(event["evidence"]),
        )
        for event in cycle["events"]
    )
    _print_table(("when", "what", "who", "how", "words"), rows, "no document says anything about claims")


def _details(event: Json) -> str:
    """What is told of a step besides who and when."""
    parts = [f"through {_joined(event['outlets'])}"] if event["outlets"] else []
    parts += [_joined(event["items"])] if event["items"] else []
    parts += [f"copy of {_joined(event['copy_of'])}"] if event["copy_of"] else []
    parts += [f"proof: {_joined(event['proof'])}"] if event["proof"] else []
    parts += [f"reported by {_joined(event['reported_by'])}"] if event["reported_by"] else []
    parts += [f"lag {event['lag']['words']}"] if event["lag"] else []
    parts += [event["voice"]] if event["voice"] else []
    return ", ".join(parts)


def _words(quotes: Sequence[Json]) -> str:
    """The first quote with its document, and how many documents there are besides."""
    if not quotes:
        return ""
    others = len({q["document"] for q in quotes}) - 1
    more = f" and {others} more" if others else ""
    return f"“{quotes[0]['quote']}” ({quotes[0]['name']}{more})"


def _event_row(cycle: Json, event: Json) -> Json:
    lag = event["lag"] or {}
    return {
        "incident": cycle["incident"],
        "claim_status": cycle["status"],
        "step": event["step"],
        "date": event["date"] or "",
        "known": event["known"] or "",
        "actors": _joined(event["actors"]),
        "outlets": _joined(event["outlets"]),
        "items": _joined(event["items"]),
        "proof": _joined(event["proof"]),
        "wording": _joined(event["wording"]),
        "reported_by": _joined(event["reported_by"]),
        "copy_of": _joined(event["copy_of"]),
        "lag_min_days": _or_empty(lag.get("min_days")),
        "lag_max_days": _or_empty(lag.get("max_days")),
        "voice": event["voice"] or "",
        "evidence": _all_words(event["evidence"]),
    }


def _or_empty(value: object) -> str:
    return "" if value is None else str(value)


def _all_words(quotes: Iterable[Json]) -> str:
    return " | ".join(f"{q['name']}: “{' '.join(q['quote'].split())}”" for q in quotes)


def tables(first: str | None, last: str | None, format: str, folder: Path | None) -> int:
    """The tables over all incidents."""
    with project_at(folder) as project:
        found = project.claims.tables(first, last)
    if format == "json":
        _print_json(found)
    elif format == "csv":
        write_csv([_table_row(table, row) for table in found for row in table["rows"]], sys.stdout)
    else:
        for table in found:
            _print_counts(table)
    return status.FINE


def _table_row(table: Json, row: Json) -> Json:
    kept = {"table": table["table"], "label": row["label"].strip()}
    kept |= {"numerator": row["numerator"], "denominator": row["denominator"], "rate": _or_empty(row["rate"])}
    return kept | {"note": row["note"], "period": table["period"], "definition": table["definition"]}


def _print_counts(table: Json) -> None:
    out = console()
    out.print(words(table["table"], "bold"))
    out.print(words(f"  {table['definition']}", _ASIDE))
    out.print(words(f"  Period: {table['period']}", _ASIDE))
    rows = (
        (
            Text(row["label"]) if row["label"].startswith(" ") else row["label"],
            f"{row['numerator']} of {row['denominator']}",
            row["note"] if row["rate"] is None else f"{row['rate']:.1%}",
        )
        for row in table["rows"]
    )
    _print_table(("", "cases", "rate"), rows, "nothing to count")


def attribution(incident: str, as_of: str | None, format: str, folder: Path | None) -> int:
    """The views on who is responsible."""
    with project_at(folder) as project:
        found = project.claims.attribution(incident, as_of)
    if format == "json":
        _print_json([found])
    elif format == "csv":
        write_csv([_view_row(found, view) for view in found["views"]], sys.stdout)
    else:
        _print_views(found)
    return status.FINE


def _print_views(found: Json) -> None:
    out = console()
    out.print(_title(found))
    asked = f"as of {found['as_of']}" if found["as_of"] else "as far as anything is told"
    later = f"; {found['later']} that came up later left out" if found["later"] else ""
    out.print(words(f"  Views on who is responsible, {asked}{later}. None of them is a finding of Ascribe."))
    rows = (
        (
            _STATES[view["state"]],
            view["actor"] or "(no actor named)",
            _firmness(view),
            _holder(view),
            _times(view),
            _grounds(view),
        )
        for view in found["views"]
    )
    _print_table(("state", "actor", "how firmly", "held by", "when", "words"), rows, "nobody is held responsible")


def _holder(view: Json) -> str:
    """Who holds it. A text that says itself from when to when it was held does not hold it; it names nobody."""
    if view["holder"]:
        return str(view["holder"])
    reported = view["since_stated"] and view["until"]
    return "not named" if reported else f"the author of {view['author']}"


def _firmness(view: Json) -> str:
    stance = view["stance"].replace("_", " ")
    return f"{stance}, {view['involvement']}" if view["involvement"] else stance


def _times(view: Json) -> str:
    since = f"since {view['since']}" if view["since"] and view["since_stated"] else f"told {view['since'] or 'undated'}"
    until = f", until {view['until']}" if view["until"] else ""
    instead = f", then {view['superseded_by']}" if view["superseded_by"] else ""
    return f"{since}{until}{instead}"


def _grounds(view: Json) -> str:
    parts = [_words(view["evidence"])]
    parts += [f"involvement: “{w}”" for w in view["involvement_words"]]
    parts += [f"for: “{q['quote']}”" for q in view["supporting"]]
    parts += [f"against: “{q['quote']}”" for q in view["opposing"]]
    return "; ".join(p for p in parts if p)


def _view_row(found: Json, view: Json) -> Json:
    plain = ("state", "actor", "holder", "author", "stance", "involvement", "since", "until", "superseded_by", "voice")
    row = {"incident": found["incident"], "as_of": found["as_of"] or ""} | {k: _or_empty(view[k]) for k in plain}
    row["since_stated"] = "yes" if view["since_stated"] else "no"
    row["involvement_words"] = _joined(view["involvement_words"])
    return row | {k: _all_words(view[k]) for k in ("supporting", "opposing", "evidence")}


def grid(incident: str, format: str, folder: Path | None) -> int:
    """The evidence by actor."""
    with project_at(folder) as project:
        found = project.claims.grid(incident)
    if format == "json":
        _print_json([found])
    elif format == "csv":
        write_csv([_grid_row(found, row) for row in found["rows"]], sys.stdout)
    else:
        _print_grid(found)
    return status.FINE


def _print_grid(found: Json) -> None:
    out = console()
    out.print(_title(found))
    out.print(words("  What each piece of evidence says of each actor. Cells are not added up; * was set by a person."))
    names = [a["name"] for a in found["actors"]]
    rows = (
        (
            row["id"],
            _STEPS.get(row["evidence"], row["evidence"]),
            _joined(row["about"]),
            *(_SIGNS[c["weight"]] + " *" * bool(c["weighed_by"]) for c in row["cells"]),
            _words(row["words"]),
        )
        for row in found["rows"]
    )
    _print_table(("row", "evidence", "about", *names, "words"), rows, "no statement is used as evidence")


def _grid_row(found: Json, row: Json) -> Json:
    out = {"incident": found["incident"], "row": row["id"], "evidence": row["evidence"], "about": _joined(row["about"])}
    for cell in row["cells"]:
        out[cell["actor"]] = cell["weight"]
    by_hand = (f"{c['actor']}: {c['weighed_by']} ({c['reason']})" for c in row["cells"] if c["weighed_by"])
    return out | {"set_by_person": _joined(by_hand), "words": _all_words(row["words"])}


def _title(of: Json) -> Text:
    parts = (of["date"] or "(date not stated)", of["place"] or "(place not stated)")
    return words(" · ".join(parts), "bold").append("  ").append_text(words(f"[{of['incident']}]", _ASIDE))


def _grid(headings: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=_ASIDE)
    for number, heading in enumerate(headings):
        table.add_column(words(heading), overflow="fold", no_wrap=number == 0)
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else words(cell) for cell in row))
    return table


def _print_table(headings: Sequence[str], rows: Iterable[Sequence[str | Text]], nothing: str) -> None:
    table = _grid(headings, rows)
    console().print(Padding(table, (0, 0, 1, 2)) if table.row_count else words(f"  {nothing}\n", _ASIDE))


def _print_json(things: Sequence[Json]) -> None:
    body = ",\n".join(json_text(thing) for thing in things)
    sys.stdout.write(f"[\n{body}]\n" if body else "[]\n")
