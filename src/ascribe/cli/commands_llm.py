"""`ascribe llm`: questions to a large language model by way of files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ascribe.cli.options import As, DryRun, Paths, Published, Where

app = typer.Typer()
llm = typer.Typer(
    name="llm",
    help="Put questions to a large language model by way of files, and take the answers in. Nothing is sent.",
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
