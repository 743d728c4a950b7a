"""`ascribe llm prepare` and `collect`, and what `read` and `add` do before and after asking a language model."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from ascribe.cli import status
from ascribe.cli.opening import project_at
from ascribe.cli.terminal import complain, note, plain
from ascribe.errors import AscribeError
from ascribe.model import Skipped
from ascribe.project.llm import Estimate, estimate_files
from ascribe.project.model_access import ModelAccess, access_here

NAME = "llm"


def permission(access: ModelAccess, yes: bool) -> None:
    """Say what is going to leave this machine, and ask whether it may, unless that was asked before."""
    leaving = access.leaving()
    if leaving is None:
        return
    note(leaving.told())
    if not yes:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise AscribeError("nothing was sent, since nobody can be asked here whether it may; --yes allows it")
        if not typer.confirm("May it be sent?", err=True):
            raise AscribeError("nothing was sent")
    access.allow()


@contextmanager
def accounted(access: ModelAccess | None) -> Iterator[None]:
    """Tell at the end what was spent, however the block ends."""
    try:
        yield
    finally:
        if access is not None:
            spent = spending(access)
            if spent:
                note(spent)


def spending(access: ModelAccess) -> str:
    """What was spent so far, in a line; empty where nothing was asked."""
    spent = access.spent
    if not spent.requests and not spent.cached:
        return ""
    kept = f", {spent.cached} answered from kept replies" if spent.cached else ""
    tokens = access.price(spent.tokens_in, spent.tokens_out) if spent.requests else "nothing spent"
    return f"{_counted(spent.requests, 'request')}{kept}: {tokens}{' (estimated)' if spent.estimated else ''}"


def dry_run(access: ModelAccess, found: tuple[Estimate, tuple[Skipped, ...]]) -> int:
    """Print an estimate; the exit status counts what could not be read."""
    estimate, skipped = found
    for one in skipped:
        complain(one.name, one.reason)
    kept = f" ({estimate.cached} answered from kept replies)" if estimate.cached else ""
    sys.stdout.write(
        f"{_counted(estimate.documents, 'document')}, {_counted(estimate.requests, 'request')}{kept}: "
        f"about {access.price(estimate.tokens_in, estimate.tokens_out)}; "
        "reckoned from characters, without the second pass; nothing was sent\n"
    )
    return status.of_failures(len(skipped))


def dry_read(paths: Sequence[str], published: str | None, as_format: str | None, cache: Path | None) -> int:
    """What `ascribe read --reader llm` would cost."""
    access = access_here(cache)
    stdin = getattr(sys.stdin, "buffer", None)
    return dry_run(access, estimate_files(access, paths, published, False, as_format, stdin))


def dry_add(
    paths: Sequence[str], published: str | None, restricted: bool, as_format: str | None, folder: Path | None
) -> int:
    """What `ascribe add --reader llm` would cost."""
    stdin = getattr(sys.stdin, "buffer", None)
    with project_at(folder) as project:
        return dry_run(project.llm.access, project.llm.estimate(paths, published, restricted, as_format, stdin))


def prepare(
    paths: Sequence[str],
    out: Path,
    published: str | None,
    restricted: bool,
    include_restricted: bool,
    as_format: str | None,
    dry: bool,
    folder: Path | None,
) -> int:
    """Write questions; the exit status counts the documents that were left out."""
    if dry:
        return dry_add(paths, published, restricted, as_format, folder)
    stdin = getattr(sys.stdin, "buffer", None)
    with project_at(folder) as project:
        report = project.llm.prepare(paths, out, published, restricted, as_format, include_restricted, stdin)
    for one in report.left_out:
        complain(one.name, one.reason)
    known = f"; {_counted(report.known, 'document')} read already" if report.known else ""
    told = f"{_counted(report.questions, 'question')} about {_counted(report.documents, 'document')}{known}"
    sys.stdout.write(plain(f"{out}: {told}") + "\n")
    return status.of_failures(len(report.left_out))


def collect(answers: Path, out: Path | None, partial: bool, folder: Path | None) -> int:
    """Take answers in; the exit status counts lines and documents that something is amiss with."""
    with project_at(folder) as project:
        report = project.llm.collect(answers, out, partial)
    amiss = (*report.problems, *report.missing, *report.failed)
    for one in amiss:
        complain(one.name, one.reason)
    incidents = _counted(report.incidents, "incident")
    told = f"{_counted(report.taken, 'answer')} taken, {_counted(report.read, 'document')} read; "
    sys.stdout.write(f"{told}the casebook holds {incidents}\n")
    if report.further:
        again = f", {report.missing_questions} of them not answered" if report.missing_questions else ""
        where = f"in {out}" if out is not None else "to be had with --out"
        note(f"{_counted(report.further, 'question')} open{again}: {where}")
    return status.of_failures(len(amiss))


def _counted(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
