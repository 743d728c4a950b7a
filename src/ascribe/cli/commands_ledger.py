"""`ascribe disagreements`: who says what, and what of it cannot all be true."""

from __future__ import annotations

from typing import Annotated

import typer

from ascribe.cli.options import MinConfidence, ShowFormat, Where

app = typer.Typer()


@app.command(epilog="Example: ascribe disagreements --property incident.killed --project my-casebook")
def disagreements(
    incident: Annotated[
        str | None,
        typer.Argument(
            metavar="[INCIDENT]",
            help="An incident by its id or its beginning: who says what on every property. By default a list of all.",
            show_default=False,
        ),
    ] = None,
    property: Annotated[
        str | None, typer.Option(metavar="PROPERTY", help="Only this property, such as incident.killed.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="List what is only more or less exact too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="List at most so many.")] = 50,
    min_confidence: MinConfidence = None,
    format: Annotated[ShowFormat, typer.Option(help="How to print.")] = ShowFormat.table,
    project: Where = None,
) -> None:
    """List what sources say that cannot all be true, the worst first; or all that they say of one incident."""
    from ascribe.cli import disagreeing  # noqa: PLC0415

    if incident is None:
        raise typer.Exit(disagreeing.overview(property, everything, limit, min_confidence, format.value, project))
    raise typer.Exit(disagreeing.one(incident, property, min_confidence, format.value, project))
