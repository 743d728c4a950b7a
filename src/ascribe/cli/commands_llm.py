"""`ascribe llm` and `ascribe compare`: a language model by way of files, and two readers side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascribe.cli.options import As, DryRun, Jobs, Paths, Published, ShowFormat, Where, Yes

app = typer.Typer()
llm = typer.Typer(
    name="llm",
    help="Put questions to a large language model by way of files, and take the answers in. Nothing is sent.",
    epilog="Example: ascribe llm prepare reports --out requests.jsonl --project my-casebook",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(llm)


@llm.command(epilog="Example: ascribe llm prepare reports --out requests.jsonl --project my-casebook")
def prepare(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write the questions to.", show_default=False)],
    published: Published = None,
    restricted: Annotated[
        bool, typer.Option("--restricted", help="Unpublished material: no questions are written about it.")
    ] = False,
    include_restricted: Annotated[
        bool,
        typer.Option(
            "--include-restricted", help="Write questions about restricted documents too; the file holds their text."
        ),
    ] = False,
    as_: As = None,
    dry_run: DryRun = False,
    project: Where = None,
) -> None:
    """Write the questions about documents to a file, in the batch format of OpenAI, and keep the documents."""
    from ascribe.cli import modelling  # noqa: PLC0415

    raise typer.Exit(modelling.prepare(paths, out, published, restricted, include_restricted, as_, dry_run, project))


@llm.command(epilog="Example: ascribe llm collect replies.jsonl --out more.jsonl --project my-casebook")
def collect(
    answers: Annotated[Path, typer.Argument(help="A file of answers, whatever produced it.", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the questions that are open then to this file.", show_default=False),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Read documents as far as they are answered, and ask no more.")
    ] = False,
    project: Where = None,
) -> None:
    """Take answers in, and read the documents that are wholly answered. The exit status counts what was amiss."""
    from ascribe.cli import modelling  # noqa: PLC0415

    raise typer.Exit(modelling.collect(answers, out, partial, project))


@app.command(epilog="Example: ascribe compare rules model report.txt --differences")
def compare(
    one: Annotated[
        str, typer.Argument(metavar="READER", help="A reader; `ascribe schema` names them.", show_default=False)
    ],
    other: Annotated[str, typer.Argument(metavar="READER", help="Another one.", show_default=False)],
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILES]...",
            help="Files and folders; by default what both readers have read into the casebook.",
            show_default=False,
        ),
    ] = None,
    differences: Annotated[
        bool, typer.Option("--differences", help="Only what they do not agree on, of all documents, the worst first.")
    ] = False,
    published: Published = None,
    jobs: Jobs = None,
    as_: As = None,
    yes: Yes = False,
    format: Annotated[ShowFormat, typer.Option(help="How to print.")] = ShowFormat.table,
    project: Where = None,
) -> None:
    """Show side by side what two readers make of documents, with the sentences. Nothing is stored."""
    from ascribe.cli import comparing  # noqa: PLC0415

    raise typer.Exit(
        comparing.compare((one, other), paths or [], differences, published, jobs, as_, yes, format.value, project)
    )
