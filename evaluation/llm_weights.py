"""Learn what the signs of the checks are worth: the figures of `readings/llm/weights.toml`.

    python -m evaluation.llm_weights GOLD_FOLDER... --model FOLDER --corpus CORPUS.jsonl --fold 0 > weights.toml

Right values are those of annotated documents, wrong ones those that `evaluation.llm_spoiling` makes of them. The checks
ask the bundled network, which knows the documents that it was trained on by heart. So `--model` is a network that has
not seen fold 0 (`training.export` of a run with `--holdout 0`). What its opinion is worth is learned on that fold
alone, what the words are worth beside each other on the other documents, without it; the fold then says how much both
weigh. Each check has a budget of true values that it may lose (`BUDGETS`); its bound is what the budget allows when
every fifth of the fold's documents is judged by weights learned from the others. `--curve` shows what other budgets
would give.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ascribe.model import Document
from ascribe.readings.llm.checks.counts import signs_of_harm
from ascribe.readings.llm.checks.evidence import Evidence
from ascribe.readings.llm.checks.incidents import Placing
from ascribe.readings.llm.checks.polarity import signs_of_act, signs_of_claim
from ascribe.readings.llm.checks.stances import Stances
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.weights import Features
from ascribe.readings.llm.witness import Witness, witness_of
from ascribe.readings.marks import Slot
from ascribe.readings.setting import Setting
from evaluation.llm_perfect import Json
from evaluation.llm_replies import FAULTLESS, answered, fold_of, gold_files, key_of, made, told_key
from evaluation.llm_spoiling import Spoilt, spoil
from evaluation.predictions import document

Numbers = NDArray[np.float64]
# The share of all true values that each check may lose, and that it may propose or lose, for what it says and for the
# reverse.
BUDGETS: dict[str, tuple[float, float, float, float]] = {
    "incident": (0.003, 0.018, 0.0, 0.0),
    "harm": (0.001, 0.012, 0.0, 0.0),
    "claim": (0.0002, 0.001, 0.0002, 0.001),
    "cleared": (0.0008, 0.008, 0.0008, 0.01),
    "act": (0.0007, 0.008, 0.0, 0.0),
    "tactics": (0.002, 0.01, 0.0, 0.0),
    "weapons": (0.0005, 0.005, 0.0, 0.0),
    "target_types": (0.001, 0.012, 0.0, 0.0),
}
# The signs that are the network's opinion.
_OPINIONS = frozenset(
    ("margin", "margin_most", "margin_mean", "told", "score", "score_near", "outcome", "act", "linked", "linked_other")
)
_WORDS = "words"
_PLACES = ("right quote, wrong incident", "one incident's words for two", "values swapped between incidents")
# True values beside wrong ones say less than those of a faultless answer, of which there are fewer.
_BESIDE = 0.12
_FOLDS, _RIDGE = 5, 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """The signs of one value; `says` what they should speak for. `value` is what may be lost, "" where nothing is."""

    document: str
    signs: Features
    says: bool
    value: tuple[object, ...] = ()
    weight: float = 1.0


Examples = dict[str, list[Example]]


def _value(one: Checked) -> tuple[object, ...]:
    return (one.fact.incident, one.fact.path, one.fact.value.casefold())


class Silent(Witness):
    """A witness without an opinion, for documents that the network has learned by heart."""

    def __init__(self) -> None:
        """Nothing is looked at."""

    def tells(self, start: int, end: int, slot: Slot) -> float:
        """Neither yes nor no."""
        return 0.0

    def codes(self, start: int, end: int, slot: Slot) -> Mapping[str, float]:
        """No code."""
        return {}


def _placed_in(name: str, ground: Ground, text: str, gold: Json, seeds: int) -> Iterator[tuple[str, Example]]:
    """Values of a document under their own incident and under others."""
    yield from _placed(name, _answered(ground, made(FAULTLESS, name, text, gold)), ground, {}, 1.0)
    for way in _PLACES:
        for seed in range(seeds):
            spoilt = spoil(way, text, gold, (name,) if not seed else (name, seed))
            wrong = {told_key(f): False for f in spoilt.wrong}
            yield from _placed(name, _answered(ground, spoilt), ground, wrong, _BESIDE)


def _put_as_news(
    name: str, given: Document, text: str, gold: Json, model: Path | None
) -> Iterator[tuple[str, Example]]:
    """A figure that a sentence among the others tells of nothing, under every incident."""
    spoilt = spoil("the same, put as news", text, gold, (name,))
    changed = replace(given, text=spoilt.text)
    ground = Ground(changed, witness_of(changed, Setting(changed), model))
    wrong = {told_key(f): False for f in spoilt.wrong}
    yield from _placed(name, _answered(ground, spoilt), ground, wrong, _BESIDE)


def _told(name: str, ground: Ground, text: str, gold: Json, seeds: int) -> Iterator[tuple[str, Example]]:
    """Values of a document that its words tell, and others that they do not."""
    faultless = _answered(ground, made(FAULTLESS, name, text, gold))
    yield from _of_words(name, [one for one in faultless if one.holds and one.fact.prop is not None], ground)
    yield from _of_codes(name, faultless, ground, text, gold, seeds)


def _answered(ground: Ground, spoilt: Spoilt) -> list[Checked]:
    """The facts of an answer, those that the weights of the day have caught held again: they are to be learned anew."""
    return [
        replace(one, failure=None) if one.failure is not None and _is_weighed(one) else one
        for one in answered(ground.document, spoilt, ground)
    ]


def _is_weighed(one: Checked) -> bool:
    check = one.failure.check if one.failure is not None else ""
    return check == "harm" or (check == "polarity" and one.fact.path in ("claim.status", "incident.status"))


def _placed(
    name: str, facts: Sequence[Checked], ground: Ground, wrong: Mapping[tuple[object, ...], bool], weight: float
) -> Iterator[tuple[str, Example]]:
    placing = Placing(ground, facts)
    for one in facts:
        signs = placing.features(one)
        if signs is None or one.fact.prop is None:
            continue
        says = wrong.get(key_of(one), True)
        yield "incident", Example(name, signs, says, () if wrong else _value(one), weight if says else 1.0)


def _of_words(name: str, held: Sequence[Checked], ground: Ground) -> Iterator[tuple[str, Example]]:
    """Harm, claim, stance and status of faultless answers; a reversed value has the same signs, or is made here."""
    stances = Stances(ground, held)
    for one in held:
        fact = one.fact
        signs = signs_of_harm(ground, one)
        if signs is not None and fact.value != "0":
            yield "harm", Example(name, signs, True, _value(one))
            yield "harm", Example(name, signs_of_harm(ground, _other_harm(one)) or {}, False)
        elif fact.path == "claim.status" and fact.value in ("claimed", "not_claimed"):
            yield "claim", Example(name, signs_of_claim(ground, one), fact.value == "claimed", _value(one))
        elif fact.path == "attribution.actor" and fact.stance in ("asserted", "denied"):
            yield "cleared", Example(name, stances.features(one) or {}, fact.stance == "denied", _value(one))
        elif fact.path == "incident.status":
            carried_out = fact.value == "carried_out"
            yield "act", Example(name, signs_of_act(ground, one), carried_out, _value(one) if carried_out else ())


def _other_harm(one: Checked) -> Checked:
    prop = one.fact.prop
    assert prop is not None
    other = prop.id.replace("killed", "?").replace("wounded", "killed").replace("?", "wounded")
    return replace(one, fact=replace(one.fact, prop=replace(prop, id=other)))


def _of_codes(
    name: str, facts: Sequence[Checked], ground: Ground, text: str, gold: Json, seeds: int
) -> Iterator[tuple[str, Example]]:
    evidence, chance = Evidence(ground, facts), random.Random(name)
    given: dict[tuple[int, str], set[str]] = defaultdict(set)
    for one in facts:
        given[one.fact.incident, one.fact.path].add(one.fact.value)
    for one in facts:
        signs, prop = evidence.features(one), one.fact.prop
        if signs is None or prop is None or prop.list_id is None:
            continue
        yield prop.list_id, Example(name, signs, True, _value(one))
        mine = given[one.fact.incident, one.fact.path]
        kin = ground.words.kin.get(prop.list_id, {})
        near = frozenset().union(*(kin.get(code, frozenset()) for code in mine))
        others = [c.code for c in prop.codes if c.code not in mine | near | {"other"}]
        for code in chance.sample(others, min(seeds, len(others))):
            wrong = evidence.features(replace(one, fact=replace(one.fact, value=code)))
            yield prop.list_id, Example(name, wrong or {}, False, weight=1 / seeds)
    spoilt = spoil("civilians everywhere", text, gold, (name,))
    wrong_keys = {told_key(f) for f in spoilt.wrong}
    everywhere = _answered(ground, spoilt)
    evidence = Evidence(ground, everywhere)
    for one in everywhere:
        signs = evidence.features(one)
        if signs is not None and key_of(one) in wrong_keys:
            yield "target_types", Example(name, signs, False)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by name, and the bias."""

    names: tuple[str, ...]
    weights: Numbers
    bias: float

    def scores(self, rows: Numbers) -> Numbers:
        """Log-odds of rows of signs."""
        return np.asarray(rows @ self.weights + self.bias)


def fit(names: Sequence[str], rows: Numbers, says: Numbers, weight: Numbers) -> Fitted:
    """A logistic regression with a ridge, on signs brought to one scale."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1
    scaled = np.c_[(rows - mean) / spread, np.ones(len(rows))]

    def loss(b: Numbers) -> tuple[float, Numbers]:
        chance = 1 / (1 + np.exp(-np.clip(scaled @ b, -30, 30)))
        likely = weight * (says * np.log(chance + 1e-12) + (1 - says) * np.log(1 - chance + 1e-12))
        slope = scaled.T @ (weight * (chance - says))
        slope[:-1] += _RIDGE * b[:-1]
        return float(-likely.sum() + _RIDGE * (b[:-1] ** 2).sum() / 2), slope

    found = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[:-1] / spread
    return Fitted(tuple(names), weights, float(found[-1] - weights @ mean))


def judged(held: Sequence[Example], unseen: Sequence[Example] = ()) -> tuple[Fitted, Numbers]:
    """Weights from all examples, and the score of each by weights from documents other than its own fifth.

    Where there are examples without the network's opinion, the words are weighed beside each other by those.
    """
    by_words = _by_words(unseen) if unseen else None
    if by_words is not None:
        held = [replace(e, signs=_shortened(e.signs, by_words)) for e in held]
    names = sorted({name for e in held for name in e.signs})
    rows, says, weight = _rows(held, names)
    folds = {name: n % _FOLDS for n, name in enumerate(sorted({e.document for e in held}))}
    fold = np.array([folds[e.document] for e in held])
    scores = np.zeros(len(held))
    for k in range(_FOLDS):
        scores[fold == k] = fit(names, rows[fold != k], says[fold != k], weight[fold != k]).scores(rows[fold == k])
    whole = fit(names, rows, says, weight)
    return (_spread(whole, by_words) if by_words is not None else whole), scores


def _rows(held: Sequence[Example], names: Sequence[str]) -> tuple[Numbers, Numbers, Numbers]:
    rows = np.array([[e.signs.get(name, 0.0) for name in names] for e in held])
    return rows, np.array([float(e.says) for e in held]), np.array([e.weight for e in held])


def _by_words(unseen: Sequence[Example]) -> Fitted:
    """The weights of the signs that are no opinion of the network."""
    names = sorted({name for e in unseen for name in e.signs} - _OPINIONS)
    return fit(names, *_rows(unseen, names))


def _shortened(signs: Features, by_words: Fitted) -> Features:
    """The network's opinions, and all other signs as one."""
    row = np.array([[signs.get(name, 0.0) for name in by_words.names]])
    opinions = {name: worth for name, worth in signs.items() if name in _OPINIONS}
    return {**opinions, _WORDS: float(by_words.scores(row)[0])}


def _spread(fitted: Fitted, by_words: Fitted) -> Fitted:
    """The same weights with the signs that were one as many again."""
    worth = dict(zip(fitted.names, fitted.weights, strict=True))
    share = float(worth.pop(_WORDS))
    names = (*worth, *by_words.names)
    weights = np.concatenate([np.array(list(worth.values())), share * by_words.weights])
    return Fitted(names, weights, fitted.bias + share * by_words.bias)


def bound(held: Sequence[Example], scores: Numbers, says: bool, values: int, budget: float) -> float:
    """The score that so many of the true values that say so stay above (or, of those that do not, below)."""
    best: dict[tuple[object, ...], float] = {}
    for example, score in zip(held, scores, strict=True):
        if example.value and example.says is says:
            mine = float(score if says else -score)
            best[example.document, *example.value] = max(mine, best.get((example.document, *example.value), -99.0))
    ordered = sorted(best.values())
    if not ordered:
        return -99.0 if says else 99.0
    least = ordered[min(int(budget * values), len(ordered) - 1)]
    wrong = (float(s if says else -s) for e, s in zip(held, scores, strict=True) if e.says is not says)
    # half-way to the next wrong one: what is caught stays the same, and what is true has more room
    least = (least + max((s for s in wrong if s < least), default=least - 1.0)) / 2
    return least if says else -least


def _caught(held: Sequence[Example], scores: Numbers, line: float, says: bool) -> float:
    """The share of what says so wrongly that lies beyond a bound."""
    wrong = [(s < line) if says else (s >= line) for e, s in zip(held, scores, strict=True) if e.says is not says]
    return sum(wrong) / len(wrong) if wrong else 0.0


def _chance(score: float) -> float:
    return float(1 / (1 + np.exp(-np.clip(score, -30, 30))))


def told(found: Examples, unseen: Examples, values: int, curve: bool) -> Iterator[str]:
    """The file of weights."""
    for check, (lost, open_, lost_reverse, open_reverse) in BUDGETS.items():
        held = found[check]
        fitted, scores = judged(held, unseen[check])
        yield ""
        yield f"[{check}]  # {len(held)} examples; beside a bound what it catches, and what it takes of the true values"
        yield f"bias = {fitted.bias:.4f}"
        for name, budget, says in (
            ("least", lost, True),
            ("sure", open_, True),
            ("most", lost_reverse, False),
            ("undecided", open_reverse, False),
        ):
            if budget:
                line = bound(held, scores, says, values, budget)
                yield f"{name} = {_chance(line):.5f}  # {_caught(held, scores, line, says):.1%}, {budget:.2%}"
        reverse = lost_reverse
        if curve:
            for share in (0.0005, 0.001, 0.002, 0.003, 0.005, 0.008, 0.012):
                both = [_caught(held, scores, bound(held, scores, s, values, share), s) for s in (True, False)]
                yield f"#   at {share:.2%}: {both[0]:.1%}" + (f", reverse {both[1]:.1%}" if reverse else "")
        yield f"[{check}.weights]"
        yield from (f"{name} = {worth:.4f}" for name, worth in zip(fitted.names, fitted.weights, strict=True))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn and print the file of weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, help="the network that has not seen these documents")
    parser.add_argument("--corpus", type=Path, help="the training corpus, which says the fold of each document")
    parser.add_argument("--fold", type=int, default=0, help="only documents of this fold")
    parser.add_argument("--seeds", type=int, default=3, help="how often each document is spoilt in each way")
    parser.add_argument("--curve", action="store_true", help="show what other budgets would give")
    options = parser.parse_args(arguments)
    fold = fold_of(options.corpus, options.fold) if options.corpus else None
    found: Examples = defaultdict(list)
    unseen: Examples = defaultdict(list)
    values: set[tuple[object, ...]] = set()
    documents = 0
    for name, text, gold in (f for folder in options.folders for f in gold_files(folder)):
        published = gold.get("published")
        given = document(name, text, str(published) if published else None)
        if fold is not None and name not in fold:
            for check, example in _told(name, Ground(given, Silent()), text, gold, options.seeds):
                unseen[check].append(example)
            continue
        documents += 1
        ground = Ground(given, witness_of(given, Setting(given), options.model))
        for one in answered(given, made(FAULTLESS, name, text, gold), ground):
            values |= {(name, *_value(one))} if one.fact.prop is not None else set()
        for check, example in (
            *_told(name, ground, text, gold, options.seeds),
            *_placed_in(name, ground, text, gold, options.seeds),
            *_put_as_news(name, given, text, gold, options.model),
        ):
            found[check].append(example)
    print("# What the signs of the checks are worth, and the bounds below which a value is caught; made by")
    print("#   python -m evaluation.llm_weights GOLD_FOLDER... --model FOLDER --corpus CORPUS.jsonl --fold 0")
    print(f"# on {documents} documents with {len(values)} true values, which the network that is asked had not")
    print("# seen; shares are those of documents judged by weights that were learned from others.")
    for line in told(found, unseen, len(values), options.curve):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
