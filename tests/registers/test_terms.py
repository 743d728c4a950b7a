"""Terms of the debate: how they are written, and a project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ascribe.errors import ProjectError
from ascribe.registers.terms import term_register


@pytest.mark.parametrize("written", ["lone wolf", "Lone Wolves", "lone-wolf", "LONE  WOLF", "lone\nwolves"])
def test_a_term_is_found_however_it_is_written(written: str) -> None:
    found = list(term_register().spans(f"the “{written}” again"))
    assert [(s.term, s.end - s.start) for s in found] == [("lone wolf", len(written))]


def test_a_word_inside_another_is_no_term() -> None:
    assert not list(term_register().spans("counterterrorism, alone wolfish, regenocide"))


def test_any_form_leads_to_the_term() -> None:
    assert term_register().of("lone wolves").term == "lone wolf"
    assert term_register().of("Soldiers of the  Caliphate").term == "soldier of the caliphate"


def test_words_that_are_no_term_are_one_of_their_own() -> None:
    own = term_register().of("hit (and run) squad")
    assert own.term == "hit (and run) squad"
    assert own.forms == (r"hit[- ]\(and[- ]run\)[- ]squad(?:e?s)?",)


def test_a_project_adds_its_own(tmp_path: Path) -> None:
    where = tmp_path / "terms.toml"
    where.write_text('[[terms]]\nterm = "bandit"\nforms = ["bandits?"]\n', "utf-8")
    register = term_register().extended(where)
    assert [s.term for s in register.spans("Bandits, not a lone wolf")] == ["bandit", "lone wolf"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[terms]]\nforms = ["x"]', 'term 1 needs term = "…"'),
        ('[[terms]]\nterm = "x"', "needs forms"),
        ('[[terms]]\nterm = "x"\nforms = ["("]', "term 1"),
        ('[[terms]]\nterm = "x"\nforms = ["x*"]', "may not match nothing"),
        ('[[terms]]\nterm = "x"\nforms = ["(x)"]', "may not match nothing, nor have groups"),
        ("x = 1", "there is no"),
        ("[[", "terms.toml"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    where = tmp_path / "terms.toml"
    where.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match=complaint.replace('"', ".")):
        term_register().extended(where)
