"""Tolls: low, high, latest; parts; the perpetrators' own figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telling import CLAIMANT, a_document, an_incident, said, told

from ascribe.analysis.tolls import Toll, by_kind, tolls
from ascribe.model import CountValue, Incident, Told
from ascribe.schema import bundled_schema

Report = list[Told]


def report(text: str, day: str | None, *values: tuple[str, CountValue, str], **more: Any) -> Report:
    document = a_document(text, text[:5], day)
    return told(document, an_incident(document, *(said(document, p, v, q, **more) for p, v, q in values)))


def exactly(number: int) -> CountValue:
    return CountValue(number, number)


def toll(*reports: Report, of: str = "killed", min_confidence: float = 0.0) -> Toll:
    incident = Incident("x", tuple(t for r in reports for t in r))
    return next(t for t in tolls(incident, bundled_schema(), min_confidence) if t.prop.id == of)


def test_low_high_and_the_latest_by_date() -> None:
    found = toll(
        report("At first 3 were dead.", "2021-03-05", ("killed", exactly(3), "3")),
        report("Later 8 were dead.", "2021-03-09", ("killed", exactly(8), "8")),
        report("By then 6 were dead.", "2021-03-07", ("killed", exactly(6), "6")),
        report("Some day 9 were dead.", None, ("killed", exactly(9), "9")),
    )
    assert (found.told.low, found.told.high, found.told.open) == (3, 9, False)
    assert found.told.latest is not None
    assert found.told.latest.count == exactly(8)
    assert [f.count.minimum for f in found.told.figures] == [9, 3, 6, 8]


def test_at_least_leaves_the_high_open() -> None:
    found = toll(report("At least 12 died.", "2021-03-05", ("killed", CountValue(12, None, "at_least"), "12"))).told
    assert (found.low, found.high, found.open) == (12, 12, True)


def test_parts_stand_beside_the_toll_and_are_never_added() -> None:
    text = "In all 130 people were killed, ninety at one hall; two policewomen and 40 children were among them."
    found = toll(
        report(
            text,
            "2021-03-05",
            ("killed", exactly(130), "130 people"),
            ("killed_of_which", exactly(90), "ninety"),
            ("killed_of_which", exactly(2), "two policewomen"),
            ("killed_of_which", exactly(40), "40"),
        )
    )
    assert (found.told.low, found.told.high) == (130, 130)
    assert [(f.count.minimum, f.victims, f.kind) for f in found.parts.figures] == [
        (90, "", None),
        (2, "policewomen", "police"),
        (40, "children", "civilians"),
    ]
    assert {kind: (own.low, own.high) for kind, own in by_kind(found.parts).items()} == {
        "police": (2, 2),
        "civilians": (40, 40),
    }


def test_the_perpetrators_own_figures_are_kept_apart() -> None:
    text = "The Ash Front said that it had wounded two others."
    alone = toll(report(text, "2021-03-05", ("wounded", exactly(2), "two"), voice=CLAIMANT), of="wounded")
    assert alone.told.low is alone.told.latest is None
    assert alone.per_claimant.low == 2
    both = toll(
        report(text, "2021-03-05", ("wounded", exactly(2), "two"), voice=CLAIMANT),
        report("Nobody was hurt but 1 person.", "2021-03-05", ("wounded", exactly(1), "1")),
        of="wounded",
    )
    assert (both.told.high, both.per_claimant.high) == (1, 2)


def test_what_is_denied_unsupported_or_below_the_line_is_no_figure() -> None:
    good = report("There were 3 dead.", "2021-03-05", ("killed", exactly(3), "3"))
    for more in ({"stance": "denied"}, {"origin": "unsupported"}, {"confidence": 0.1}):
        bad = report("There were 30 dead.", "2021-03-06", ("killed", exactly(30), "30"), **more)
        assert toll(good, bad, min_confidence=0.5).told.high == 3


def test_a_reprint_is_no_later_figure() -> None:
    first = report("There were 3 dead.", "2021-03-05", ("killed", exactly(3), "3"))
    later = report("Now there are 5 dead.", "2021-03-06", ("killed", exactly(5), "5"))
    copy = report("There were 3 dead!", "2021-03-09", ("killed", exactly(3), "3"))
    copy = [replace(t, document=replace(t.document, near_copy_of=first[0].document.id)) for t in copy]
    latest = toll(first, later, copy).told.latest
    assert latest is not None
    assert latest.count == exactly(5)
