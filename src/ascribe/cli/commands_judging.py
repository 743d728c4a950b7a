"""`ascribe judge …` and `ascribe history`: what a person decides, and who decided what."""

from __future__ import annotations

from typing import Annotated

import typer

from ascribe.cli.options import ShowFormat, Where

app = typer.Typer()
judge = typer.Typer(
    help="Decide what the machine cannot: which accounts are one incident, and which statements are right.",
    epilog='Example: ascribe judge reject 3f2a9c/i1/killed --reason "counts the wounded too" --by "A. Name"',
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(judge, name="judge")

Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept with the judgement.", show_default=False)]
By = Annotated[
    str | None,
    typer.Option("--by", help="Who judges. By default ASCRIBE_USER, then `user` in ascribe.toml.", show_default=False),
]
Format = Annotated[ShowFormat, typer.Option(help="How to print.")]
AnAccount = Annotated[str, typer.Argument(metavar="ACCOUNT", help="DOCUMENT/KEY.", show_default=False)]
Another = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Another DOCUMENT/KEY.", show_default=False)]
AStatement = Annotated[
    str,
    typer.Argument(
        metavar="STATEMENT", help="DOCUMENT/KEY/PROPERTY, as `ascribe show DOCUMENT/KEY` names it.", show_default=False
    ),
]
AnIncident = Annotated[str, typer.Argument(metavar="INCIDENT", help="An incident's id.", show_default=False)]


@judge.command(epilog='Example: ascribe judge same 3f2a9c/i1 77b0e1/i2 --reason "one bombing" --by "A. Name"')
def same(
    one: AnAccount,
    other: Another,
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Two accounts tell of one incident."""
    _pair("same", one, other, reason, by, format, project)


@judge.command(epilog='Example: ascribe judge different 3f2a9c/i1 77b0e1/i2 --reason "a week apart" --by "A. Name"')
def different(
    one: AnAccount,
    other: Another,
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Two accounts tell of different incidents."""
    _pair("different", one, other, reason, by, format, project)


@judge.command(epilog='Example: ascribe judge unsure 3f2a9c/i1 77b0e1/i2 --reason "no date in one" --by "A. Name"')
def unsure(
    one: AnAccount,
    other: Another,
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Nobody can tell yet whether two accounts are one incident; the pair goes to the queue."""
    _pair("unsure", one, other, reason, by, format, project)


def _pair(verdict: str, one: str, other: str, reason: str, by: str | None, format: ShowFormat, project: Where) -> None:
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.pair(verdict, one, other, reason, by, format.value, project))


@judge.command(epilog='Example: ascribe judge accept 3f2a9c/i1/killed --reason "read it" --by "A. Name"')
def accept(
    statement: AStatement, reason: Reason, by: By = None, format: Format = ShowFormat.table, project: Where = None
) -> None:
    """A statement is right; it is shown before others."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.accept(statement, reason, by, format.value, project))


@judge.command(epilog='Example: ascribe judge reject 3f2a9c/i1/killed --reason "another attack" --by "A. Name"')
def reject(
    statement: AStatement, reason: Reason, by: By = None, format: Format = ShowFormat.table, project: Where = None
) -> None:
    """A statement is wrong; it is no longer shown as found, and is listed as rejected."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.reject(statement, reason, by, format.value, project))


@judge.command(
    epilog='Example: ascribe judge correct 3f2a9c/i1/date --value 2018-12-11 --reason "the night before" --by "A. Name"'
)
def correct(
    statement: AStatement,
    value: Annotated[
        str, typer.Option("--value", help='The right value: 2018-12-11, 5, "5+", a code, a name.', show_default=False)
    ],
    reason: Reason,
    quote: Annotated[
        str | None,
        typer.Option("--quote", help="Words of the document that say so; by default the statement's own words."),
    ] = None,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """A statement should have another value, which these or its own words of the document bear out."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.correct(statement, value, reason, by, quote, format.value, project))


@judge.command(epilog='Example: ascribe judge join parakou-2023 parakou-undated --reason "one bombing" --by "A. Name"')
def join(
    one: AnIncident,
    other: Annotated[str, typer.Argument(metavar="INCIDENT", help="Another incident's id.", show_default=False)],
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Two incidents are one: every account of the one is the same as every account of the other."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.join(one, other, reason, by, format.value, project))


@judge.command(epilog='Example: ascribe judge split parakou-2023 77b0e1/i2 --reason "another town" --by "A. Name"')
def split(
    incident: AnIncident,
    accounts: Annotated[
        list[str], typer.Argument(metavar="ACCOUNT...", help="The accounts to take out.", show_default=False)
    ],
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """An incident is two: these accounts are different from all the others in it."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.split(incident, accounts, reason, by, format.value, project))


@judge.command(
    epilog='Example: ascribe judge weigh parakou-2023 3f2a9c77 "Ash Front" neutral --reason "a copy" --by "A. Name"'
)
def weigh(
    incident: AnIncident,
    row: Annotated[
        str,
        typer.Argument(metavar="ROW", help="A row, as `ascribe attribution --table` names it.", show_default=False),
    ],
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="An actor of the table.", show_default=False)],
    weight: Annotated[
        str,
        typer.Argument(metavar="WEIGHT", help="consistent, inconsistent or neutral.", show_default=False),
    ],
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """A piece of evidence is consistent with an actor's part, or inconsistent, or neither."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.weigh(incident, row, actor, weight, reason, by, format.value, project))


@judge.command(epilog='Example: ascribe judge withdraw 9d01c4 --reason "misread" --by "A. Name"')
def withdraw(
    judgement: Annotated[
        str, typer.Argument(metavar="JUDGEMENT", help="Its id, as `ascribe history` says.", show_default=False)
    ],
    reason: Reason,
    by: By = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Take a judgement back. It stays in the history, and so does the withdrawal."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.withdraw(judgement, reason, by, format.value, project))


@judge.command(epilog="Example: ascribe judge queue --project my-casebook")
def queue(format: Format = ShowFormat.table, project: Where = None) -> None:
    """List what should be decided: what readers read differently, values left undecided, judgements without effect."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.queue(format.value, project))


@app.command(epilog='Example: ascribe history --by "A. Name" --project my-casebook')
def history(
    of: Annotated[
        str | None,
        typer.Argument(
            metavar="[INCIDENT|ACCOUNT]", help="Only what was decided of this incident or account.", show_default=False
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Only what this person decided.", show_default=False)] = None,
    format: Format = ShowFormat.table,
    project: Where = None,
) -> None:
    """Show who decided what, when and why, and what it changed; what was withdrawn too."""
    from ascribe.cli import judging  # noqa: PLC0415

    raise typer.Exit(judging.history(of, by, format.value, project))
