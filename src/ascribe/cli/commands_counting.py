"""`ascribe check`, `ascribe contacts`, `ascribe responses` and `ascribe terms`."""

from __future__ import annotations

from typing import Annotated

import typer

from ascribe.cli.options import As, Paths, Published, Reader, ShowFormat, Where

app = typer.Typer()

Format = Annotated[ShowFormat, typer.Option(help="How to print.")]


@app.command(epilog="Example: ascribe check article.html --project my-casebook")
def check(
    paths: Paths,
    own: Annotated[
        bool,
        typer.Option("--own", help="Check each text against the incidents that it tells of itself."),
    ] = False,
    published: Published = None,
    reader: Reader = None,
    format: Format = ShowFormat.table,
    as_: As = None,
    project: Where = None,
) -> None:
    """Check what texts count ("fifty attacks in 2015", "the last one in X") against the casebook.

    The exit status says how many statements the casebook contradicts. Outside a project each text is checked against
    itself.
    """
    if own and project is not None:
        raise typer.BadParameter("--own checks a text against itself; leave out --project, or leave out --own")
    if reader is not None and project is not None:
        raise typer.BadParameter("--reader goes with --own: in a project the casebook's readings count")
    from ascribe.cli import checking  # noqa: PLC0415

    raise typer.Exit(checking.check(paths, own or reader is not None, published, reader, format.value, as_, project))
