"""Deaths that are told one beside the other are counted together, and a toll that rises is the last one."""

from __future__ import annotations

import pytest

pytest.importorskip("numpy")
pytest.importorskip("tokenizers")

from readings.llm.grounded import document

from ascribe.readings.marks import Mark
from ascribe.readings.setting import Setting
from ascribe.readings.tolls import toll
from ascribe.readings.trained.grouping import Member
from ascribe.readings.trained.layout import SLOTS
from ascribe.readings.trained.settling import settled
from ascribe.readings.trained.spans import Span

KILLED = SLOTS.index("killed")


def number(text: str, *words: str | tuple[str, float]) -> int | None:
    """The toll of the words that the network takes for totals, each with how sure it is."""
    members = []
    for one in words:
        said, sure = (one, 0.8) if isinstance(one, str) else one
        start = text.index(said)
        members.append(Member(Span(KILLED, 0, 1, start, start + len(said), sure), 1.0))
    setting = Setting(document(text))
    kept = settled(text, members)
    found = toll([Mark(m.span.start, m.span.end, "killed", m.span.codes) for m in kept], setting)
    return found.value.minimum if found else None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("One tourist, Mireille Caron, and the stoker died.", ("One tourist", "the stoker"), 2),
        ("The poet Heme Barzan and a companion were shot.", ("Heme Barzan", "a companion"), 2),
        ("Two nurses were killed, Sara Bakhit and Osman Toum, and five patients.", ("Two nurses", "five"), 7),
        ("They were fourteen men and, by mistake or not, the grandmother.", ("fourteen men", "the grandmother"), 15),
        (
            "Ana Costa was shot. On the stairs lay Rui Alves. Costa taught music.",
            ("Ana Costa", "Rui Alves", "Costa t"),
            2,
        ),
        ("Seven were dead by evening. Two more died in Dibrugarh since.", ("Seven", "Two more"), 9),
        ("Twenty-one died that evening, twenty-four by the end of May.", ("Twenty-one", "twenty-four"), 24),
    ],
)
def test_what_is_told_piece_by_piece_is_one_toll(text: str, words: tuple[str, ...], expected: int) -> None:
    assert number(text, *words) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Nine people died, a nurse and a driver among them.", ("Nine people", "a nurse", "a driver"), 9),
        ("Nine died. Police first feared thirty dead.", ("Nine", ("thirty dead", 0.4)), 9),
        ("Group claims bombing as an eighth victim dies. Eight more graves were dug.", ("an eighth", "Eight more"), 8),
        ("A guard was killed and two men hurt.", ("A guard", ("two men", 0.5)), 1),
        ("A stewardess was shot. Corazon Abad was 24.", ("A stewardess", "Corazon Abad"), 1),
    ],
)
def test_a_total_and_what_is_no_list_stay_as_they_are(
    text: str, words: tuple[str | tuple[str, float], ...], expected: int
) -> None:
    assert number(text, *words) == expected
