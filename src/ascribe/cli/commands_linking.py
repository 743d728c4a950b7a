"""`ascribe link` and `ascribe why`: putting accounts together, and saying why."""

from __future__ import annotations

from typing import Annotated

import typer

from ascribe.cli.options import ShowFormat, Where

app = typer.Typer()

Format = Annotated[ShowFormat, typer.Option(help="How to print.")]


@app.command(epilog="Example: ascribe link --project my-casebook")
def link(
    anew: Annotated[bool, typer.Option("--anew", help="Compare all accounts again.")] = False,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Put accounts of one occurrence together. `add` and `judge` do so by themselves."""
    from ascribe.cli import linking  # noqa: PLC0415

    raise typer.Exit(linking.link(anew, format.value, project))


@app.command(epilog="Example: ascribe why harrowgate-2021-03-04-1f3a9c2e --project my-casebook")
def why(
    incident: Annotated[
        str, typer.Argument(metavar="INCIDENT", help="An incident's id or the beginning of it.", show_default=False)
    ],
    full: Annotated[bool, typer.Option("--all", help="Every link, also where stronger ones suffice.")] = False,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Say why an incident holds these accounts: what agreed, how much it weighs, and what was kept apart."""
    from ascribe.cli import linking  # noqa: PLC0415

    raise typer.Exit(linking.why(incident, full, format.value, project))
