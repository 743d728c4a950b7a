"""Tables of claims: what is counted of what, and no rate of few cases."""

from __future__ import annotations

from datetime import date

from claiming import ASH, REED, Story, day, incident
from hypothesis import given
from hypothesis import strategies as st

from ascribe.analysis.claim_tables import FEW, FEWEST, Case, Table, case, claim_tables
from ascribe.analysis.lag import Lag
from ascribe.model import CodeValue, Incident


def a_case(number: int, status: str = "claimed", **more: object) -> Case:
    parts: dict[str, object] = {
        "date": day("2021-03-04"),
        "claimants": (ASH,) if status == "claimed" else (),
        "attributed": (),
        "tactics": ("bombing",),
        "fates": (),
        "lag": None,
    }
    return Case(f"case-{number}", status=status, **{**parts, **more})  # type: ignore[arg-type]


def named(tables: list[Table], name: str) -> Table:
    return next(t for t in tables if t.name == name)


def numbers(table: Table) -> dict[str, tuple[int, int]]:
    return {r.label: (r.numerator, r.denominator) for r in table.rows}


def test_claimed_attributed_and_neither_divide_all_cases() -> None:
    cases = [a_case(1), a_case(2, "not_claimed", attributed=(ASH,)), a_case(3, "not_stated"), a_case(4, "withdrawn")]
    found = numbers(claim_tables(cases)[0])

    assert found["claimed"] == (1, 4)
    assert found["attributed but unclaimed"] == (1, 4)
    assert found["neither"] == (2, 4)


def test_under_ten_cases_there_is_no_rate_and_it_says_why() -> None:
    for count in (FEWEST - 1, FEWEST):
        row = claim_tables([a_case(n) for n in range(count)])[0].rows[0]
        assert (row.rate, row.note) == ((None, FEW) if count < FEWEST else (1.0, ""))


def test_every_table_has_a_definition_and_a_period() -> None:
    for table in claim_tables([a_case(1), a_case(2, date=None)]):
        assert "Denominator" in table.definition
        assert table.period == "2021-03-04 .. 2021-03-04; 1 without a date"


def test_a_period_counts_what_lies_wholly_in_it() -> None:
    cases = [
        a_case(1, date=day("2018-12-31")),
        a_case(2, date=day("2018-12-01", "2019-01-02")),
        a_case(3, date=day("2019-05-01")),
        a_case(4, date=None),
    ]
    table = claim_tables(cases, date(2018, 1, 1), date(2018, 12, 31))[0]

    assert table.rows[0].incidents == ("case-1",)
    assert table.period == "2018-01-01 .. 2018-12-31"


def test_an_incident_counts_under_every_group_and_is_claimed_by_its_claimant_alone() -> None:
    cases = [a_case(1, attributed=(REED,)), a_case(2, "not_claimed", attributed=(REED,))]
    found = numbers(named(claim_tables(cases), "claimed by group"))

    assert found == {"Reed Front": (0, 2), "Ash Front": (1, 1)}


def test_a_lag_counts_where_it_surely_lies() -> None:
    cases = [a_case(1, lag=Lag(0, 1)), a_case(2, lag=Lag(0, 0)), a_case(3, lag=Lag(40, 50)), a_case(4)]
    found = numbers(named(claim_tables(cases), "lag between act and claim"))

    assert found["lag not stated"] == (1, 4)
    assert found["same day"] == (1, 3)
    assert found["within 1 day"] == (2, 3)
    assert found["more than 30 days"] == (1, 3)


def _with_status(code: str) -> Incident:
    story = Story("Plot. It was found.", day("2021-03-04"))
    told = story.told()[0]
    status = story.state("status", CodeValue(code), "found")
    account = told.account.__class__("i1", "incident", (status,), told.account.anchor)
    return Incident("one", (told.__class__(told.document, told.reading, account),))


def test_a_foiled_plot_is_no_case() -> None:
    assert case(_with_status("foiled")) is None
    assert case(_with_status("threatened")) is None
    assert case(_with_status("failed")) is not None


def test_a_case_is_made_of_what_the_accounts_say() -> None:
    story = Story("Bomb on Thursday. The Ash Front said so. He was shot.", day("2021-03-04"), "2021-03-06")
    story.claim("said so", ASH, when=day("2021-03-05"))
    story.add("attribution", story.state("actor", REED, "He", stance="suspected"))
    story.add("attribution", story.state("actor", ASH, "The Ash Front", stance="claimed_only"))
    story.add("person_status", story.state("status", CodeValue("killed"), "was shot"))
    found = case(incident(story))

    assert found is not None
    assert (found.status, found.claimants, found.attributed) == ("claimed", (ASH,), (REED,))
    assert (found.fates, found.lag) == (("killed",), Lag(1, 1))


STATUSES = st.sampled_from(["claimed", "withdrawn", "not_claimed", "not_stated"])
GROUPS = st.sampled_from([(), (ASH,), (REED,), (ASH, REED)])


@given(st.lists(st.tuples(STATUSES, GROUPS, st.sampled_from([(), ("bombing",), ("arson", "stabbing")])), max_size=30))
def test_no_table_counts_more_than_there_is(told: list[tuple[str, tuple[object, ...], tuple[str, ...]]]) -> None:
    cases = [a_case(n, s, attributed=g, tactics=t) for n, (s, g, t) in enumerate(told)]
    tables = claim_tables(cases)
    for table in tables:
        for row in table.rows:
            assert 0 <= row.numerator <= row.denominator <= len(cases)
            assert row.numerator == len(row.incidents)
            assert (row.rate is None) == (row.denominator < FEWEST) == bool(row.note)
    top = [r for r in tables[0].rows if not r.label.startswith(" ")]
    assert sum(r.numerator for r in top) == len(cases)
