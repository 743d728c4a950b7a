"""Who says what, and what of it cannot all be true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import CLAIMANT, a_document, about, an_incident, said, told

from ascribe.analysis.disagreements import Disagreement, compare_sources, greater_parts, worst_first
from ascribe.model import (
    ActorValue,
    CodeValue,
    CountValue,
    DateValue,
    Incident,
    PersonValue,
    PlaceValue,
    Statement,
    Told,
    Value,
    Voice,
)
from ascribe.schema import bundled_schema

Report = list[Told]


def report(
    name: str,
    day: str | None,
    *values: tuple[str, Value],
    publisher: str | None = None,
    copy: str | None = None,
    **more: Any,
) -> Report:
    """A document that states these values of the incident, each in a sentence of its own."""
    texts = [f"{name} ({day}): {prop} was {number}." for number, (prop, _) in enumerate(values)]
    document = replace(a_document("\n\n".join(texts), name, day, near_copy_of=copy), publisher=publisher or name)
    statements = [said(document, prop, value, t, **more) for (prop, value), t in zip(values, texts, strict=True)]
    return told(document, an_incident(document, *statements))


def killed(name: str, day: str | None, number: int, **more: Any) -> Report:
    return report(name, day, ("killed", CountValue(number, number)), **more)


def incident(*reports: Report) -> Incident:
    return Incident("x", tuple(t for r in reports for t in r))


def compared(*reports: Report, min_confidence: float = 0.0) -> dict[str, Disagreement]:
    found = compare_sources(incident(*reports), bundled_schema(), min_confidence)
    return {f"{d.prop.path}{f' ({d.thing})' if d.thing else ''}": d for d in found}


def nature(*reports: Report, path: str = "incident.killed") -> str:
    return compared(*reports)[path].nature


def test_who_says_what_as_of_when_with_the_quote() -> None:
    found = compared(killed("Post", "2021-03-05", 5), killed("Herald", "2021-03-05", 7))["incident.killed"]
    assert found.nature == "contradictory"
    assert [p.value for p in found.positions] == [CountValue(7, 7), CountValue(5, 5)] or len(found.positions) == 2
    (one,) = next(p for p in found.positions if p.value == CountValue(5, 5)).said
    assert one.cited.document.publisher == "Post"
    assert one.cited.statement.evidence[0].quote == "Post (2021-03-05): killed was 0."
    assert one.as_of == (date(2021, 3, 5), date(2021, 3, 5))


def test_what_is_only_more_or_less_exact_is_no_contradiction() -> None:
    month = DateValue(date(2021, 3, 1), date(2021, 3, 31), "month")
    day = DateValue(date(2021, 3, 4), date(2021, 3, 4))
    town, country = PlaceValue("Port Amsel", "city", "FR", 48.86, 2.35), PlaceValue("France", "country", "FR")
    one = report(
        "Post",
        "2021-03-05",
        ("date", month),
        ("place", country),
        ("killed", CountValue(5, None, "at_least")),
        ("perpetrators", PersonValue("two gunmen", named=False)),
        ("weapons", CodeValue("firearm")),
        ("tactics", CodeValue("bombing")),
    )
    two = report(
        "Herald",
        "2021-03-05",
        ("date", day),
        ("place", town),
        ("killed", CountValue(7, 7)),
        ("perpetrators", PersonValue("Jonas Vell")),
        ("weapons", CodeValue("firearm")),
        ("weapons", CodeValue("blade")),
        ("tactics", CodeValue("suicide_bombing")),
    )
    natures = {path: d.nature for path, d in compared(one, two).items()}
    assert set(natures.values()) == {"finer"}


def test_a_toll_that_rises_over_the_days_is_a_revision() -> None:
    rising = (killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-06", 5), killed("Globe", "2021-03-08", 8))
    assert nature(*rising) == "revised"
    assert nature(killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-05", 5)) == "contradictory"
    assert nature(killed("Post", None, 3), killed("Herald", "2021-03-05", 5)) == "contradictory"
    stale = killed("Globe", "2021-03-09", 3)
    assert nature(killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-06", 5), stale) == "contradictory"


def test_a_toll_that_falls_is_a_revision_where_its_source_or_two_others_say_so() -> None:
    high = killed("Post", "2021-03-05", 8)
    assert nature(high, killed("Herald", "2021-03-07", 5)) == "contradictory"
    assert nature(high, killed("Post", "2021-03-07", 5)) == "revised"
    assert nature(high, killed("Herald", "2021-03-07", 5), killed("Globe", "2021-03-08", 5)) == "revised"


def test_a_report_that_says_that_it_corrects_is_a_revision() -> None:
    high = killed("Post", "2021-03-05", 8)
    text = "Herald: 5 people died, not 8 as first reported."
    document = a_document(text, "Herald", "2021-03-07")
    low = told(document, an_incident(document, said(document, "killed", CountValue(5, 5), "5 people")))
    assert nature(high, low) == "revised"
    assert nature(killed("Post", "2021-03-07", 8), low) == "contradictory"


def test_a_source_that_corrects_its_date_has_revised_it_and_another_has_not() -> None:
    first = report("Post", "2021-03-05", ("date", DateValue(date(2021, 3, 3), date(2021, 3, 3))))
    second = ("date", DateValue(date(2021, 3, 4), date(2021, 3, 4)))
    assert nature(first, report("Post", "2021-03-06", second), path="incident.date") == "revised"
    assert nature(first, report("Herald", "2021-03-06", second), path="incident.date") == "contradictory"


def test_the_perpetrators_own_figure_is_kept_apart() -> None:
    found = compared(killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-05", 20, voice=CLAIMANT))
    assert found["incident.killed"].nature == "claimant"
    assert [p.per_claimant for p in found["incident.killed"].positions] == [False, True]


def test_a_suspicion_contradicts_nothing_and_a_denial_does() -> None:
    vell = ("perpetrators", PersonValue("Jonas Vell"))
    assert nature(killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-05", 5, stance="doubted")) == "unsettled"
    denied = report("Herald", "2021-03-06", vell, stance="denied")
    assert nature(report("Post", "2021-03-05", vell), denied, path="incident.perpetrators") == "contradictory"
    other = report("Herald", "2021-03-06", ("perpetrators", PersonValue("Ivo Karst")))
    assert nature(report("Post", "2021-03-05", vell), other, path="incident.perpetrators") == "finer"


def test_what_is_imagined_unsupported_or_below_the_line_says_nothing() -> None:
    for more in ({"stance": "hypothetical"}, {"origin": "unsupported"}, {"confidence": 0.2}):
        found = compared(killed("Post", "2021-03-05", 3), killed("Herald", "2021-03-05", 5, **more), min_confidence=0.5)
        assert found["incident.killed"].nature == "agreed"


def a_view(name: str, day: str, *groups: str, stance: str = "asserted") -> Report:
    document = replace(
        a_document(f"{name}: a bomb. " + " ".join(f"{g} did it." for g in groups), name, day), publisher=name
    )
    views = [
        about(document, "attribution", said(document, "actor", ActorValue(g), g, stance=stance), key=f"a{n}")
        for n, g in enumerate(groups)
    ]
    return told(document, an_incident(document), *views)


def test_attributions_to_two_groups_exclude_each_other_unless_a_source_holds_both() -> None:
    path = "attribution.actor (all attributions)"
    assert nature(
        a_view("Post", "2021-03-05", "Ash Front"), a_view("Herald", "2021-03-05", "Reed League"), path=path
    ) == ("contradictory")
    both = a_view("Post", "2021-03-05", "Ash Front", "Reed League")
    assert path not in compared(both)
    suspected = a_view("Herald", "2021-03-05", "Reed League", stance="suspected")
    assert nature(a_view("Post", "2021-03-05", "Ash Front"), suspected, path=path) == "unsettled"


def a_claim(name: str, day: str, status: str, *by: str) -> Report:
    document = replace(a_document(f"{name}: a bomb. It was {status}. {' '.join(by)}", name, day), publisher=name)
    stated = [
        said(document, "status", CodeValue(status), status),
        *(said(document, "by", ActorValue(b), b) for b in by),
    ]
    return told(document, an_incident(document), about(document, "claim", *stated, key="c1"))


def test_a_claim_after_none_is_a_revision_and_none_after_a_claim_is_not() -> None:
    path = "claim.status (all claims)"
    none = a_claim("Post", "2021-03-05", "not_claimed")
    assert nature(none, a_claim("Herald", "2021-03-07", "claimed", "Ash Front"), path=path) == "revised"
    assert nature(none, a_claim("Herald", "2021-03-05", "claimed", "Ash Front"), path=path) == "revised"
    late = a_claim("Globe", "2021-03-09", "not_claimed")
    assert nature(late, a_claim("Herald", "2021-03-07", "claimed", "Ash Front"), path=path) == "contradictory"
    of_another = a_claim("Globe", "2021-03-09", "not_claimed", "Reed League")
    assert path not in compared(of_another, a_claim("Herald", "2021-03-07", "claimed", "Ash Front"))


def test_the_worst_comes_first() -> None:
    def one(name: str, *reports: Report) -> Disagreement:
        (found,) = compare_sources(replace(incident(*reports), id=name), bundled_schema())
        return found

    day = "2021-03-05"
    even = one("even", *(killed(n, day, 3) for n in "ab"), *(killed(n, day, 4) for n in "cd"))
    wide = one("wide", killed("a", day, 1), killed("b", day, 9))
    narrow = one("narrow", killed("a", day, 8), *(killed(n, day, 9) for n in "bcdef"))
    claimant = one("claimant", *(killed(n, day, 3) for n in "ab"), killed("c", day, 90, voice=CLAIMANT))
    revised = one("revised", killed("a", day, 1), killed("b", "2021-03-06", 90))
    found = worst_first([revised, claimant, narrow, wide, even])
    assert [d.incident for d in found] == ["even", "wide", "narrow", "claimant", "revised"]
    assert (even.weaker, wide.weaker) == (2, 1)


NUMBERS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 9), st.sampled_from(["Post", "Herald", "Globe"]), st.booleans()),
    min_size=1,
    max_size=5,
)


def reports_of(numbers: list[tuple[int, int, str, bool]]) -> list[Report]:
    return [
        report(
            f"{publisher} {place}",
            f"2021-03-{day:02}",
            ("killed", CountValue(number, number)),
            publisher=publisher,
            voice=CLAIMANT if claimed else Voice(),
        )
        for place, (number, day, publisher, claimed) in enumerate(numbers)
    ]


def reprint(of: Report, day: int, publisher: str) -> Report:
    """The same words in another paper, on another day."""
    original = of[0].document
    document = replace(
        a_document(f"{original.text} ({publisher})", publisher, f"2021-03-{day:02}", near_copy_of=original.id),
        publisher=publisher,
    )
    statements: list[Statement] = [
        replace(s, evidence=tuple(document.quote(e.start, e.end) for e in s.evidence)) for s in of[0].account.statements
    ]
    return told(document, an_incident(document, *statements))


def gist(reports: list[Report]) -> list[tuple[str, str, int, float, int, set[tuple[str, int]]]]:
    return [
        (d.prop.path, d.nature, d.weaker, d.spread, d.sources, {(str(p.value), len(p.sources)) for p in d.positions})
        for d in compare_sources(incident(*reports), bundled_schema())
    ]


@given(NUMBERS, st.integers(0, 4), st.integers(1, 28), st.sampled_from(["Post", "Herald", "Gazette"]))
def test_adding_a_reprint_never_changes_the_disagreement(
    numbers: list[tuple[int, int, str, bool]], which: int, day: int, publisher: str
) -> None:
    reports = reports_of(numbers)
    printed_again = reprint(reports[which % len(reports)], day, publisher)
    assert gist([*reports, printed_again]) == gist(reports)


@given(NUMBERS)
def test_collapsing_copies_never_changes_the_set_of_values(numbers: list[tuple[int, int, str, bool]]) -> None:
    reports = reports_of(numbers)
    root = reports[0][0].document.id
    collapsed = [
        [replace(t, document=t.document if n == 0 else replace(t.document, near_copy_of=root)) for t in one]
        for n, one in enumerate(reports)
    ]
    before, after = (compare_sources(incident(*r), bundled_schema()) for r in (reports, collapsed))
    assert [{str(p.value) for p in d.positions} for d in before] == [{str(p.value) for p in d.positions} for d in after]


@given(st.dates(date(1950, 1, 1), date(2050, 12, 28)), st.booleans())
def test_a_finer_date_never_contradicts_its_month(day: date, backwards: bool) -> None:
    first = day.replace(day=1)
    month = DateValue(first, day.replace(day=28) if day.day <= 28 else day, "month")
    one = report("Post", "2051-01-01", ("date", month))
    two = report("Herald", "2051-01-02", ("date", DateValue(day, day)))
    reports = [two, one] if backwards else [one, two]
    assert nature(*reports, path="incident.date") in ("finer", "agreed")


# --- a part and the whole --------------------------------------------------------------------------------------------

PART = "incident.killed_of_which (more than the whole)"


def toll(name: str, day: str | None, whole: CountValue | None, part: CountValue | None, **more: Any) -> Report:
    values = [("killed", whole), ("killed_of_which", part)]
    return report(name, day, *((p, v) for p, v in values if v is not None), **more)


def test_a_part_that_is_greater_than_the_whole_is_a_contradiction_with_the_words_of_both() -> None:
    found = compared(toll("Post", "2021-03-05", CountValue(5, 5), CountValue(9, 9)))[PART]
    assert (found.nature, found.spread) == ("contradictory", 4 / 9)
    said = {p.value: p.said[0].cited.statement.evidence[0].quote for p in found.positions}
    assert said == {
        CountValue(9, 9): "Post (2021-03-05): killed_of_which was 1.",
        CountValue(5, 5): "Post (2021-03-05): killed was 0.",
    }


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (CountValue(5, 5), CountValue(5, 5)),
        (CountValue(5, 5), CountValue(2, 9, "range")),
        (CountValue(5, None, "at_least"), CountValue(9, 9)),
        (CountValue(None, None, "unknown"), CountValue(9, 9)),
        (None, CountValue(9, 9)),
        (CountValue(5, 5), None),
    ],
)
def test_a_part_that_may_be_within_the_whole_is_none(whole: CountValue | None, part: CountValue | None) -> None:
    assert PART not in compared(toll("Post", "2021-03-05", whole, part))


def test_a_part_is_held_against_the_whole_of_its_own_source_before_that_of_others() -> None:
    post = toll("Post", "2021-03-05", CountValue(12, 12), CountValue(9, 9))
    assert PART not in compared(post, killed("Herald", "2021-03-05", 5))
    alone = toll("Post", "2021-03-05", None, CountValue(9, 9))
    assert PART in compared(alone, killed("Herald", "2021-03-05", 5))
    assert PART not in compared(alone, killed("Herald", "2021-03-05", 5), killed("Mail", "2021-03-05", 10))


def test_a_part_told_later_than_a_lower_whole_revises_it() -> None:
    later = toll("Post", "2021-03-09", None, CountValue(9, 9))
    assert compared(killed("Herald", "2021-03-05", 5), later)[PART].nature == "revised"


def test_a_part_that_only_the_perpetrators_give_is_theirs() -> None:
    theirs = toll("Post", "2021-03-05", None, CountValue(90, 90), voice=CLAIMANT)
    assert compared(killed("Herald", "2021-03-05", 5), theirs)[PART].nature == "claimant"


def test_one_incident_can_be_asked_for_nothing_but_its_parts() -> None:
    wrong = incident(toll("Post", "2021-03-05", CountValue(5, 5), CountValue(9, 9)))
    assert [d.thing for d in greater_parts(wrong, bundled_schema())] == ["more than the whole"]
    assert greater_parts(incident(killed("Post", None, 5)), bundled_schema()) == []
    assert greater_parts(Incident("x", ()), bundled_schema()) == []
