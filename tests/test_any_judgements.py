"""Whatever is judged, taking it all back gives what the machine made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judged_project import fill, membership

from ascribe.errors import AscribeError
from ascribe.project import Project

Step = tuple[str, int, int]
steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["same", "different", "unsure", "accept", "reject", "correct", "join", "split", "withdraw", "read"]
        ),
        st.integers(0, 50),
        st.integers(0, 50),
    ),
    min_size=1,
    max_size=7,
)


@pytest.fixture(scope="module")
def lasting(_made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """One project for all examples: each takes back what it judged, which is what is tested."""
    folder = tmp_path_factory.mktemp("lasting") / "book"
    Project.init(folder).close()
    fill(folder)
    with Project.open(folder) as project:
        project.settings = replace(project.settings, user="Ana")
        yield project


def take(project: Project, step: Step) -> None:
    """Do one thing; one that is refused is none."""
    what, first, second = step
    names = [f"{t.document.id[:12]}/{t.account.key}" for t in project.casebook.told()]
    incidents = list(project.casebook.incidents())
    statements = [s for n in names for a in project.judgements.accounts_with(n) for s in a.statements()]
    one, other = names[first % len(names)], names[second % len(names)]
    statement = statements[(first * 50 + second) % len(statements)]
    judge = project.judgements
    with suppress(AscribeError):
        if what in ("same", "different", "unsure"):
            judge.pair(what, one, other, "why")  # type: ignore[arg-type]
        elif what == "accept":
            judge.accept(statement.name, "why")
        elif what == "reject":
            judge.reject(statement.name, "why")
        elif what == "correct":
            value = {"count": "77", "date": "2019-05-06", "place": "Strasbourg", "person": "Ada Ros"}
            given = value.get(statement.prop.type.name, statement.prop.type.show(statement.statement.value))
            judge.correct(statement.name, given, "why")
        elif what == "join":
            judge.join(incidents[first % len(incidents)].id, incidents[second % len(incidents)].id, "why")
        elif what == "split":
            found = max(incidents, key=lambda i: len(i.accounts))
            told = found.accounts[first % len(found.accounts)]
            judge.split(found.id, [f"{told.document.id[:12]}/{told.account.key}"], "why")
        elif what == "withdraw":
            standing = project.casebook.judgements.standing()
            if standing:
                judge.withdraw(standing[first % len(standing)].id, "why")
        else:
            project.link()


def undo(project: Project, order: int) -> None:
    standing = list(project.casebook.judgements.standing())
    while standing:
        project.judgements.withdraw(standing.pop(order % len(standing)).id, "all back")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(0, 6))
def test_taking_everything_back_gives_what_the_machine_made(lasting: Project, sequence: list[Step], order: int) -> None:
    machine = membership(lasting), list(lasting.casebook.told())
    try:
        for step in sequence:
            take(lasting, step)
    finally:
        undo(lasting, order)

    assert membership(lasting) == machine[0]
    assert list(lasting.accounts()) == machine[1]
    assert lasting.judgements.waiting() == []
    assert [i.incident for i in lasting.incidents()] == list(lasting.casebook.incidents())
    assert lasting.verify() == []


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 50), st.integers(0, 50))
def test_any_join_followed_by_its_split_leaves_everything_as_it_was(lasting: Project, first: int, second: int) -> None:
    before = membership(lasting)
    incidents = sorted(lasting.casebook.incidents(), key=lambda i: i.id)
    one, other = incidents[first % len(incidents)], incidents[second % len(incidents)]
    if one.id == other.id:
        return
    moved = [f"{t.document.id[:12]}/{t.account.key}" for t in other.accounts]
    try:
        lasting.judgements.join(one.id, other.id, "one")
        members = {t.account.anchor for t in other.accounts}
        together = next(i for i in lasting.casebook.incidents() if members <= {t.account.anchor for t in i.accounts})
        lasting.judgements.split(together.id, moved, "two")
        assert membership(lasting) == before
    finally:
        undo(lasting, 0)
    assert membership(lasting) == before
