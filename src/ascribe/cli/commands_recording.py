"""`ascribe record` and `ascribe draft`: readings made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascribe.cli.options import Where

app = typer.Typer()


@app.command(epilog="Example: ascribe record arras.toml --project my-casebook")
def record(
    files: Annotated[
        list[Path],
        typer.Argument(help="Files with readings by hand; docs/by-hand.md explains them.", show_default=False),
    ],
    project: Where = None,
) -> None:
    """Store readings that a person made; they stand before whatever a program reads in these documents."""
    from ascribe.cli import recording  # noqa: PLC0415

    raise typer.Exit(recording.record(files, project))


@app.command(epilog="Example: ascribe draft report.txt --project my-casebook > report.toml")
def draft(
    document: Annotated[str, typer.Argument(help="A document by its name or id.", show_default=False)],
    project: Where = None,
) -> None:
    """Print what is read in a document as a file for a person to correct and `ascribe record`."""
    from ascribe.cli import recording  # noqa: PLC0415

    raise typer.Exit(recording.draft(document, project))
