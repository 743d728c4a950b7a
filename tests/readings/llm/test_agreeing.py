"""What an answer says of one incident must agree: a value that its other words speak against is only proposed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings.llm.grounded import REPORT, document, fact, faultless, read

from ascribe.readings.llm.checks import agreeing
from ascribe.readings.llm.ground import Ground


def test_a_claimant_of_what_nobody_claimed_is_undecided() -> None:
    answer = faultless()
    by = fact("Dawn Front", "claim.by", "Dawn Front", 2)
    _, checked = read({**answer, "facts": [*answer["facts"], by]})
    alone = [replace(c, failure=None, undecided="", inferred="") for c in checked if c.fact.path.startswith("claim.")]

    held = agreeing.check(Ground(document()), alone)
    told = {(c.fact.incident, c.fact.path): c.undecided for c in held}
    assert "nobody claimed it" in told[2, "claim.by"]
    assert not told[1, "claim.by"]
    assert not told[2, "claim.status"]


def test_a_date_beside_one_that_the_answer_misread_is_undecided_unless_the_calendar_agrees() -> None:
    text = REPORT.replace("killing at least", "shortly after noon on 4 May, killing at least")
    answer = faultless()
    misread = fact("4 May", "date", "2021-05-05", text=text)
    others = [f for f in answer["facts"] if f["property"] != "date" or f["incident"] != 1]
    right = fact("Tuesday", "date", "2021-05-04", text=text)
    given = document(text)
    _, checked = read({**answer, "facts": [*others, misread, right]}, text)
    assert [c.undecided for c in checked if c.fact.quote == "Tuesday"] == [""]
    (read_wrong,) = [c for c in checked if c.fact.quote == "4 May"]
    assert read_wrong.failure is not None
    (beside,) = [c for c in checked if c.fact.quote == "Three days earlier"]
    moved = replace(beside, fact=replace(beside.fact, incident=1), undecided="")
    _, held = agreeing.check(Ground(given), [read_wrong, moved])
    assert "another day than the calendar" in held.undecided
    (right,) = [replace(c, undecided="") for c in checked if c.fact.quote == "Tuesday"]
    assert not agreeing.check(Ground(given), [read_wrong, right])[1].undecided


def test_every_answer_goes_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreeing, "check", lambda _, checked: [replace(c, undecided="held against") for c in checked])
    _, checked = read(faultless())

    assert {c.undecided for c in checked} == {"held against"}
