"""What the signs of the checks are worth together, and the network that gives some of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from readings.llm.grounded import REPORT, document, fact, faultless, read

from ascribe.model import DateValue
from ascribe.readings.llm.checks.evidence import Evidence
from ascribe.readings.llm.checks.incidents import Placing
from ascribe.readings.llm.checks.stances import Stances
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.surroundings import with_surroundings
from ascribe.readings.llm.weights import Weighing, weighing
from ascribe.readings.llm.witness import witness_of
from ascribe.readings.setting import Setting

CHECKS = ("incident", "harm", "claim", "cleared", "act", "tactics", "weapons", "target_types")


def test_a_value_is_caught_below_one_bound_and_undecided_below_the_other() -> None:
    weights = Weighing(-1.0, least=0.2, sure=0.5, most=0.8, undecided=0.6, weights={"near": 2.0, "far": -3.0})
    _, checked = read(faultless())
    one = next(c for c in checked if c.fact.path == "incident.killed")

    def outcome(says: bool = True, **signs: float) -> str:
        judged = weights.judge(one, signs, ("incident", "why"), says=says)
        assert not judged.undecided or judged.inferred
        return "caught" if judged.failure else "undecided" if judged.undecided else "held"

    assert weights.chance({}) == pytest.approx(0.2689, abs=1e-4)
    assert weights.chance({"near": 1.0}) == pytest.approx(0.7311, abs=1e-4)
    assert [outcome(), outcome(near=1.0), outcome(far=1.0)] == ["undecided", "held", "caught"]
    assert [outcome(False), outcome(False, near=1.0), outcome(False, near=2.0)] == ["held", "undecided", "caught"]
    assert 0 < weights.chance({"far": 1e9}) < 1e-9


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_weights_and_bounds_that_let_something_pass(check: str) -> None:
    weights = weighing(check)

    assert weights.weights
    assert 0 < weights.least < weights.sure < 1
    assert 0 < weights.undecided <= weights.most <= 1


def test_every_sign_that_is_weighed_is_given_and_the_reverse() -> None:
    ground = Ground(document())
    _, checked = read(faultless())
    placing, evidence, stances = (made(ground, checked) for made in (Placing, Evidence, Stances))

    placed = {sign for one in checked for sign in placing.features(one) or {}}
    coded = {sign for one in checked for sign in evidence.features(one) or {}}
    grouped = {sign for one in checked for sign in stances.features(one) or {}}
    assert placed <= weighing("incident").weights.keys()
    assert set(weighing("incident").weights) - placed <= {"margin_again"}
    assert coded == weighing("tactics").weights.keys()
    assert grouped == weighing("cleared").weights.keys()


def test_the_network_tells_whose_words_they_are_and_of_which_harm() -> None:
    given = document()
    witness = witness_of(given, Setting(given))

    def place(words: str, slot: str) -> tuple[int, int, str]:
        start = REPORT.index(words)
        return start, start + len(words), slot

    first, second = place("exploded", "event"), place("shot dead", "event")
    toll, hurt, police = place("at least seven people", "killed"), place("21", "wounded"), place("policemen", "target")
    links = witness.links([toll, hurt, police], [first, second])  # type: ignore[list-item]
    assert links[toll][first] > links[toll][second]  # type: ignore[index]
    assert links[police][second] > links[police][first]  # type: ignore[index]
    assert witness.tells(*toll[:2], "killed") > witness.tells(*toll[:2], "wounded")
    assert witness.tells(*hurt[:2], "wounded") > witness.tells(*hurt[:2], "killed")
    assert max(witness.codes(*police[:2], "target").items(), key=lambda c: c[1])[0] == "police"
    assert witness.codes(*toll[:2], "perp") == {}
    assert witness.links([], []) == {}
    assert witness.tells(len(REPORT) + 5, len(REPORT) + 9, "killed") == 0


def test_the_network_is_loaded_with_the_first_document_and_not_before() -> None:
    code = "import sys, ascribe.readings.llm.conversation; print({'onnxruntime', 'tokenizers'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_year_that_the_text_leads_to_is_kept() -> None:
    text = "In 2016 the council met. On 12 October a bomb exploded at Ludda.\n"
    answer = {
        "incidents": [{"incident": 1, "title": "x", "sentence": 2, "quote": "exploded"}],
        "facts": [fact("12 October", "date", f"{year}-10-12", text=text) for year in (2016, 2018)],
    }
    _, checked = read(answer, text)

    dates = {c.fact.value: c for c in checked if c.fact.path == "incident.date"}
    assert dates["2016-10-12"].holds
    assert isinstance(dates["2016-10-12"].date, DateValue | None)
    assert dates["2018-10-12"].failure is not None


def test_what_surrounds_an_incident_is_found_by_rules_and_told_once() -> None:
    text = REPORT + "“Lone wolf” is a term that the prefect rejects.\n"
    given = [fact("Lone wolf", "term.term", "lone wolf", 0, text), fact("rejects", "term.use", "rejected", 0, text)]
    bare, _ = read(faultless(), text)
    told, _ = read({**faultless(), "facts": [*faultless()["facts"], *given]}, text)

    assert [a.kind for a in bare.accounts].count("term") == 0
    for reading in (bare, told):
        terms = [a for a in with_surroundings(reading, document(text)).accounts if a.kind == "term"]
        assert len(terms) == 1
    keys = [a.key for a in with_surroundings(told, document(text)).accounts]
    assert len(keys) == len(set(keys))
    foreign = document(text, language="fr")
    assert with_surroundings(bare, foreign) is bare
