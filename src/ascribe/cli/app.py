"""The commands with their options and help. What they do is loaded when they are called, so that help is quick."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from ascribe import __version__
from ascribe.cli import (
    commands_claims,
    commands_counting,
    commands_judging,
    commands_ledger,
    commands_linking,
    commands_llm,
    commands_recording,
    commands_remarks,
    status,
)
from ascribe.cli.options import (
    As,
    DryRun,
    IncludeRestricted,
    Jobs,
    MinConfidence,
    Paths,
    Published,
    Reader,
    ShowFormat,
    Where,
    WithVictims,
    Yes,
)
from ascribe.errors import AscribeError, UnknownIdError

# The typer package may bring its own copy of click: its error classes are found through one that it shows.
_UsageError: Any = typer.BadParameter.__mro__[1]

app = typer.Typer(
    name="ascribe",
    help="Reads reports of political violence into a casebook in which every value carries the words it came from.",
    epilog=status.EXPLAINED,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReadFormat(StrEnum):
    """How `read` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


class SchemaFormat(StrEnum):
    """How `schema` prints."""

    table = "table"
    json = "json"
    markdown = "markdown"


class What(StrEnum):
    """What `show` lists."""

    incidents = "incidents"
    accounts = "accounts"
    documents = "documents"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ascribe {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options of all commands; they stand before the command."""


@app.command(epilog="Example: ascribe read report.txt --published 2021-03-05")
def read(
    paths: Paths,
    format: Annotated[
        ReadFormat | None,
        typer.Option(help="By default a table on a terminal and JSON elsewhere.", show_default=False),
    ] = None,
    published: Published = None,
    reader: Reader = None,
    jobs: Jobs = None,
    as_: As = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time for one document, after which it is given up.")] = 60,
    memory_mb: Annotated[int, typer.Option(min=256, help="Memory for one worker process, in MiB.")] = 2048,
    yes: Yes = False,
    dry_run: DryRun = False,
    cache: Annotated[
        Path | None, typer.Option(help="Keep replies of a language model in this folder.", show_default=False)
    ] = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Read documents and print the incidents they tell of, each value with its words. Nothing is stored."""
    from ascribe.cli import reading  # noqa: PLC0415

    how = reading.How(
        format.value if format else None, published, reader, jobs, as_, seconds, memory_mb, min_confidence
    )
    raise typer.Exit(reading.read(paths, how, yes, dry_run, cache))


@app.command(epilog="Example: ascribe init my-casebook")
def init(
    folder: Annotated[Path, typer.Argument(help="The folder; it is made where it is missing.")] = Path(),
) -> None:
    """Make a project: a folder with settings and an empty casebook."""
    from ascribe.cli import keeping  # noqa: PLC0415

    raise typer.Exit(keeping.init(folder))


@app.command(epilog="Example: ascribe add reports --project my-casebook")
def add(
    paths: Paths,
    published: Published = None,
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Unpublished material: exports give ids and pages, not words or sources."),
    ] = False,
    reader: Reader = None,
    jobs: Jobs = None,
    as_: As = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    project: Where = None,
) -> None:
    """Store documents and read them into the casebook. What is known already is left as it is."""
    from ascribe.cli import keeping  # noqa: PLC0415

    raise typer.Exit(keeping.add(paths, published, restricted, reader, jobs, as_, project, yes, dry_run))


@app.command(epilog="Example: ascribe show incidents --project my-casebook")
def show(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[incidents|accounts|documents|ID]...",
            help="A list, or one thing by its id or the beginning of it (an account is DOCUMENT/KEY).",
            show_default=False,
        ),
    ] = None,
    min_confidence: MinConfidence = None,
    format: Annotated[ShowFormat, typer.Option(help="How to print.")] = ShowFormat.table,
    with_victims: WithVictims = None,
    include_restricted: IncludeRestricted = False,
    project: Where = None,
) -> None:
    """List incidents, accounts or documents, or show one with its statements and the words behind them.

    JSON leaves out victims' names and the words of restricted documents, as exports do; a table shows them.
    """
    from ascribe.cli import showing  # noqa: PLC0415

    let_out = (with_victims, include_restricted)
    raise typer.Exit(showing.show(what or [What.incidents.value], format.value, let_out, project, min_confidence))


@app.command(epilog='Example: ascribe search "market square" --project my-casebook')
def search(
    words: Annotated[list[str], typer.Argument(help="Words; several must all occur in a passage.", show_default=False)],
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many passages.")] = 20,
    format: Annotated[ShowFormat, typer.Option(help="How to print.")] = ShowFormat.table,
    with_victims: WithVictims = None,
    include_restricted: IncludeRestricted = False,
    project: Where = None,
) -> None:
    """Find words in the documents, with the incident that each passage belongs to.

    JSON leaves out victims' names and the words of restricted documents, as exports do; a table shows them.
    """
    if not any(word.strip() for word in words):
        raise typer.BadParameter("give at least one word to look for, such as: ascribe search bomb")
    from ascribe.cli import showing  # noqa: PLC0415

    raise typer.Exit(showing.search(words, limit, format.value, (with_victims, include_restricted), project))


@app.command(epilog="Example: ascribe export csv -o incidents.csv --project my-casebook")
def export(
    format: Annotated[str, typer.Argument(help="csv, jsonl, geojson, or a format that was installed.")],
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; by default standard output.", show_default=False)
    ] = None,
    with_victims: WithVictims = None,
    include_restricted: IncludeRestricted = False,
    include_proposed: Annotated[
        bool, typer.Option("--include-proposed", help="Write what is below the least confidence too, as proposed.")
    ] = False,
    min_confidence: MinConfidence = None,
    project: Where = None,
) -> None:
    """Write all incidents to a file: one row or object an incident, the words beside each value."""
    from ascribe.cli import keeping  # noqa: PLC0415

    raise typer.Exit(
        keeping.export(format, out, with_victims, include_restricted, include_proposed, min_confidence, project)
    )


@app.command(epilog="Example: ascribe verify --project my-casebook")
def verify(project: Where = None) -> None:
    """Hash every document again and check every quote. The exit status says how many things are wrong."""
    from ascribe.cli import keeping  # noqa: PLC0415

    raise typer.Exit(keeping.verify(project))


@app.command(epilog="Example: ascribe schema --kind incident")
def schema(
    kind: Annotated[str | None, typer.Option(help="Only this kind.")] = None,
    format: Annotated[SchemaFormat, typer.Option(help="How to print.")] = SchemaFormat.table,
    project: Where = None,
) -> None:
    """Print what can be said of an incident, a claim, an attribution or a person, and which reader fills what."""
    from ascribe.cli import describing  # noqa: PLC0415

    raise typer.Exit(describing.schema(kind, format.value, project))


app.add_typer(commands_claims.app)
app.add_typer(commands_counting.app)
app.add_typer(commands_judging.app)
app.add_typer(commands_ledger.app)
app.add_typer(commands_linking.app)
app.add_typer(commands_llm.app)
app.add_typer(commands_recording.app)
app.add_typer(commands_remarks.app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its status. Errors are one line; --debug shows where they arose."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # texts come in every script, whatever the terminal's settings say
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given[: next((i for i, a in enumerate(given) if not a.startswith("-")), len(given))]
    sys.exit(_run(given, debug))


def _run(arguments: list[str], debug: bool) -> int:
    out = sys.stdout
    try:
        code = app(args=arguments, prog_name="ascribe", standalone_mode=False)
        out.flush()
        if code == status.INTERRUPTED:  # some versions of typer turn Ctrl-C into a status themselves
            raise KeyboardInterrupt
        return code if isinstance(code, int) else status.FINE
    except _UsageError as error:
        error.show(file=sys.stderr)
        return status.USAGE
    except AscribeError as error:
        # What is wrong with a project, a casebook or a document has a class of its own; the rest are wrong arguments.
        wrong = type(error) is AscribeError or isinstance(error, UnknownIdError)
        return _told(error, str(error), status.USAGE if wrong else status.ERROR, debug)
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("interrupted; what was stored before is safe\n")
        return status.INTERRUPTED
    except BrokenPipeError:
        return _quiet_end(out)
    except SystemExit:  # typer's own answer to a broken pipe, after it has put something else in the place of stdout
        return _quiet_end(out)
    except Exception as error:
        words = " ".join(str(error).split())
        message = f"a fault of Ascribe: {type(error).__name__}: {words} (ascribe --debug … shows where)"
        return _told(error, message, status.FAULT, debug)


def _told(error: Exception, message: str, code: int, debug: bool) -> int:
    from ascribe.cli.terminal import plain  # noqa: PLC0415

    if debug:
        traceback.print_exception(error)
    sys.stderr.write(f"ascribe: {plain(message)}\n")
    return code


def _quiet_end(out: IO[str]) -> int:
    """The reader of our output is gone (`| head`): give what is left in the buffer to nobody, without a message."""
    sys.stdout = out
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, out.fileno())
    os.close(nobody)
    return status.BROKEN_PIPE
