"""`ascribe claims` and `ascribe attribution`: who said that it was theirs, and who is held responsible."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from ascribe.cli.options import Where

app = typer.Typer()


class RowFormat(StrEnum):
    """How `claims` and `attribution` print."""

    table = "table"
    json = "json"
    csv = "csv"


Format = Annotated[RowFormat, typer.Option(help="How to print.")]


@app.command(epilog="Example: ascribe claims --tables --from 2015 --to 2018 --project my-casebook")
def claims(
    incidents: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INCIDENT]...",
            help="An incident by its id or its beginning: the life cycle of its claims. By default a list of all.",
            show_default=False,
        ),
    ] = None,
    tables: Annotated[
        bool, typer.Option("--tables", help="Counts and shares over all incidents, with period and definition.")
    ] = False,
    first: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="With --tables: only incidents from this day, month or year on."),
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="With --tables: only incidents up to its last day.")
    ] = None,
    format: Format = RowFormat.table,
    project: Where = None,
) -> None:
    """Show who claimed what, when and through what, with copies, doubts, denials and withdrawals."""
    if tables and incidents:
        raise typer.BadParameter("--tables counts all incidents; leave out the incident, or leave out --tables")
    if (first or last) and not tables:
        raise typer.BadParameter("--from and --to go with --tables")
    from ascribe.cli import claiming  # noqa: PLC0415

    if tables:
        raise typer.Exit(claiming.tables(first, last, format.value, project))
    raise typer.Exit(claiming.claims(incidents or [], format.value, project))


@app.command(epilog="Example: ascribe attribution istanbul-2022-11 --as-of 2022-11-20 --project my-casebook")
def attribution(
    incident: Annotated[str, typer.Argument(help="An incident by its id or the beginning of it.", show_default=False)],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="Who was held responsible on this day (of a month: its last)."),
    ] = None,
    table: Annotated[
        bool, typer.Option("--table", help="The evidence in rows, the actors in columns, and what each says of each.")
    ] = False,
    format: Format = RowFormat.table,
    project: Where = None,
) -> None:
    """Show who held which actor responsible, how firmly, on what evidence, and from when to when."""
    if table and as_of:
        raise typer.BadParameter("--table shows all evidence; leave out --as-of")
    from ascribe.cli import claiming  # noqa: PLC0415

    if table:
        raise typer.Exit(claiming.grid(incident, format.value, project))
    raise typer.Exit(claiming.attribution(incident, as_of, format.value, project))
