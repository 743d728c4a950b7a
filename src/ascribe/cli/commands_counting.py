"""`ascribe check`, `contacts`, `responses`, `connections` and `terms`: numbers, and what stands around incidents."""

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

    A part of a toll that is greater than the toll ("nine of the five") is told too, where the text has been read.
    The exit status says how many statements the casebook contradicts. Outside a project each text is checked against
    itself.
    """
    if own and project is not None:
        raise typer.BadParameter("--own checks a text against itself; leave out --project, or leave out --own")
    if reader is not None and project is not None:
        raise typer.BadParameter("--reader goes with --own: in a project the casebook's readings count")
    from ascribe.cli import checking  # noqa: PLC0415

    raise typer.Exit(checking.check(paths, own or reader is not None, published, reader, format.value, as_, project))


Which = Annotated[
    str | None,
    typer.Argument(
        metavar="[INCIDENT]", help="An incident by its id or its beginning; by default all.", show_default=False
    ),
]


@app.command(epilog="Example: ascribe contacts --project my-casebook")
def contacts(incident: Which = None, format: Format = ShowFormat.table, project: Where = None) -> None:
    """Show what institutions had to do with a perpetrator or plan before the act, by date, in neutral words."""
    from ascribe.cli import surroundings  # noqa: PLC0415

    raise typer.Exit(surroundings.about("contact", incident, format.value, project))


@app.command(epilog="Example: ascribe responses --project my-casebook")
def responses(incident: Which = None, format: Format = ShowFormat.table, project: Where = None) -> None:
    """Show what governments and offices did or announced because of an incident."""
    from ascribe.cli import surroundings  # noqa: PLC0415

    raise typer.Exit(surroundings.about("response", incident, format.value, project))


@app.command(epilog="Example: ascribe connections --project my-casebook")
def connections(incident: Which = None, format: Format = ShowFormat.table, project: Where = None) -> None:
    """Show the links between people and incidents that documents state; comparisons are none."""
    from ascribe.cli import surroundings  # noqa: PLC0415

    raise typer.Exit(surroundings.about("connection", incident, format.value, project))


@app.command(epilog='Example: ascribe terms "lone wolf" --project my-casebook')
def terms(
    term: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TERM]", help="A term in any form; by default the list of terms.", show_default=False),
    ] = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Show who uses, rejects, defines or reports a term of the debate, when, and in which words."""
    from ascribe.cli import surroundings  # noqa: PLC0415

    raise typer.Exit(surroundings.terms(" ".join(term or []), format.value, project))
