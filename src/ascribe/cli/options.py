"""Options that several commands share, so that they are called and explained the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class ShowFormat(StrEnum):
    """How `show` and `search` print."""

    table = "table"
    json = "json"


Paths = Annotated[list[str], typer.Argument(help="Files, folders, or - for standard input.", show_default=False)]
Where = Annotated[
    Path | None,
    typer.Option("--project", "-p", help="The project's folder; by default the one that the working folder lies in."),
]
Published = Annotated[
    str | None,
    typer.Option(help='When the documents were published: 2018-12-12, 2018-12 or 2018. Anchors "on Tuesday".'),
]
Reader = Annotated[str | None, typer.Option(help="Which reader reads; `ascribe schema` names them.")]
Jobs = Annotated[
    int | None,
    typer.Option(min=0, help="Worker processes; 0 reads in this process. By default one for each processor."),
]
As = Annotated[str | None, typer.Option("--as", help="Read as this format, whatever it looks like (text, html, …).")]
Yes = Annotated[
    bool, typer.Option("--yes", help="Allow that text is sent to the large language model that is set up (reader llm).")
]
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Only say what a large language model would cost; nothing is sent (reader llm)."),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0,
        max=1,
        help="Take statements below this confidence as proposed, not as found.",
        show_default=False,
    ),
]
WithVictims = Annotated[
    str | None,
    typer.Option(
        metavar="REASON",
        help="Write victims' names too, and this reason. Minors are never named.",
        show_default=False,
    ),
]
IncludeRestricted = Annotated[
    bool, typer.Option("--include-restricted", help="Write the words of restricted documents too.")
]
