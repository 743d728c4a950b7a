"""`ascribe remarks`."""

from __future__ import annotations

from typing import Annotated

import typer

from ascribe.cli.options import ShowFormat, Where

app = typer.Typer()


@app.command(epilog="Example: ascribe remarks lone actors --project my-casebook")
def remarks(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WORD]...", help="Only remarks that hold these words.", show_default=False),
    ] = None,
    format: Annotated[ShowFormat, typer.Option(help="How to print.")] = ShowFormat.table,
    project: Where = None,
) -> None:
    """Show what documents say beyond single incidents: patterns, explanations, outlooks, policies, calls."""
    from ascribe.cli import remarking  # noqa: PLC0415

    raise typer.Exit(remarking.remarks(" ".join(words or []), format.value, project))
