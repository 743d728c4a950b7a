"""A model played by a script: its answers are made from the gold, faultless or spoilt, and held to the text.

    python -m evaluation.llm_replies GOLD_FOLDER...                   the figures, before and after the checks
    python -m evaluation.llm_replies GOLD_FOLDER --markdown           the same as the tables of docs/llm.md
    python -m evaluation.llm_replies GOLD_FOLDER --answer QUESTIONS.jsonl --out REPLIES.jsonl [--way WAY]

The last form answers a file of `ascribe llm prepare`, for `ascribe llm collect`. GOLD_FOLDER holds NAME.json beside
NAME.txt, or annotated texts NAME.ann.txt.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from ascribe.exports.reading import reading_json
from ascribe.model import DateValue, Document
from ascribe.readings.llm.conversation import Talk
from ascribe.readings.llm.exchange import Asking
from ascribe.readings.llm.facts import Checked, Fact
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.grounding import CHECKS, check_fact
from ascribe.readings.llm.parts import shown
from ascribe.readings.llm.prompt import MENTION, name_of, names
from ascribe.readings.llm.witness import witness_of
from ascribe.readings.marks import Mark
from ascribe.readings.setting import Setting
from ascribe.schema import bundled_schema
from ascribe.schema.types import value_type
from evaluation.annotated import SUFFIX, compile_file
from evaluation.gold_format import GoldDocument, ReadDocument, gold_document, read_document
from evaluation.llm_naive import naive_reading
from evaluation.llm_perfect import Answering, Json
from evaluation.llm_spoiling import WAYS, Spoilt, spoil
from evaluation.metrics import Figures, score, total
from evaluation.predictions import document

FAULTLESS = "faultless"
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(slots=True)
class Outcome:
    """What became of the answers of one way: facts given, wrong ones, and which check caught how many.

    `true` are the right values beside them, `open` those of which every fact that holds is inferred, `proposed` those
    that are not told as found; `undecided` counts the wrong ones that are proposed.
    """

    way: str
    given: int = 0
    wrong: int = 0
    caught: Counter[str] = field(default_factory=Counter)
    stated: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)
    undecided: int = 0
    true: int = 0
    open: int = 0
    proposed: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    before: Figures | None = None
    after: Figures | None = None


def gold_files(folder: Path) -> Iterator[tuple[str, str, Json]]:
    """(name, text, gold) of every document of a folder."""
    for path in sorted(folder.glob("*.json")):
        yield path.stem, path.with_suffix(".txt").read_text("utf-8"), json.loads(path.read_text("utf-8"))
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        annotated = compile_file(path)
        yield annotated.name, annotated.text, annotated.gold


def fold_of(corpus: Path, fold: int) -> set[str]:
    """The names of the documents of a fold of the training corpus."""
    records = (json.loads(line) for line in corpus.read_text("utf-8").splitlines())
    return {r["name"] for r in records if r["fold"] == fold}


def answer(spoilt: Spoilt | Answering, content: str) -> str:
    """The reply to a question: of all facts those whose sentence the question shows."""
    sentences = {int(number) for number, _ in _NUMBERED.findall(content)}
    facts = [f for f in spoilt.facts if f["sentence"] in sentences]
    incidents = [i for i in spoilt.incidents if i["sentence"] in sentences]
    return json.dumps({"incidents": incidents, "facts": facts}, ensure_ascii=False)


@lru_cache(maxsize=1_024)
def _ground(given: Document, model: Path | None) -> Ground:
    """A document as the checks look at it, once for all ways of being wrong."""
    return Ground(given, witness_of(given, Setting(given), model))


def converse(given: Document, spoilt: Spoilt, asking: Asking, ground: Ground | None = None) -> Talk:
    """The whole conversation about a document, the same answers being given again when they are asked again."""
    talk = Talk(given, bundled_schema(), asking, ground or _ground(given, None))
    while not talk.done:
        for request in talk.requests():
            talk.take(request.id, answer(spoilt, request.messages[-1].content))
    return talk


def answered(given: Document, spoilt: Spoilt, ground: Ground) -> list[Checked]:
    """The facts of an answer as the checks of each by itself leave them, their incidents joined over parts."""
    facts = [_fact(f) for f in spoilt.facts]
    told = [Fact(i["incident"], None, 1, i["quote"], i["sentence"], i["quote"]) for i in spoilt.incidents]
    return [check_fact(ground, fact) for fact in (*told, *facts)]


def _fact(given: Json) -> Fact:
    prop = None if given["property"] == MENTION else names(bundled_schema())[given["property"]]
    return Fact(
        given["incident"], prop, given["thing"], given["value"], given["sentence"], given["quote"], given["stance"]
    )


def made(way: str, name: str, text: str, gold: Json) -> Spoilt:
    """The answer of a way to a document."""
    if way == FAULTLESS:
        answering = Answering(text, gold)
        return Spoilt(text, gold, answering.incidents, answering.facts)
    return spoil(way, text, gold, (name,))


def measure(way: str, files: Iterable[tuple[str, str, Json]], asking: Asking, model: Path | None = None) -> Outcome:
    """One way over all documents; `model` is the network that the checks ask, if not the bundled one."""
    outcome = Outcome(way)
    wanted: dict[str, GoldDocument] = {}
    before: dict[str, ReadDocument] = {}
    after: dict[str, ReadDocument] = {}
    for name, text, gold in files:
        spoilt = made(way, name, text, gold)
        published = gold.get("published")
        given = document(name, spoilt.text, str(published) if published else None)
        talk = converse(given, spoilt, asking, _ground(given, model))
        wanted[name] = gold_document(spoilt.gold, spoilt.text, name)
        before[name] = read_document(naive_reading(given, spoilt.incidents, spoilt.facts), name)
        after[name] = read_document(reading_json(given, talk.reading(), bundled_schema()), name)
        _tally(outcome, name, spoilt, talk.checked(), talk)
    outcome.before, outcome.after = total(score(wanted, before)), total(score(wanted, after))
    return outcome


def told_key(fact: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells a fact of an answer from the others."""
    return tuple(fact[k] for k in ("incident", "property", "thing", "value", "sentence", "quote", "stance"))


def key_of(one: Checked) -> tuple[Any, ...]:
    """The same for a fact after the checks."""
    fact, prop = one.fact, one.fact.prop
    name = name_of(prop) if prop is not None else MENTION
    return (fact.incident, name, fact.thing, fact.value, fact.sentence, fact.quote, fact.stance)


def _tally(outcome: Outcome, name: str, spoilt: Spoilt, checked: Sequence[Checked], talk: Talk) -> None:
    wrong = {told_key(f) for f in spoilt.wrong}
    true_held: dict[tuple[Any, ...], list[Checked]] = {}
    for one in checked:
        if one.fact.prop is None:
            continue
        outcome.given += 1
        fact = one.fact
        if key_of(one) not in wrong:
            true_held.setdefault((fact.incident, fact.path, fact.value.casefold()), []).append(one)
            continue
        outcome.wrong += 1
        if one.failure is not None:
            outcome.caught[one.failure.check] += 1
        elif not _keeps(one, talk):
            outcome.caught["date"] += 1
        elif one.undecided:
            outcome.undecided += 1
        else:
            where = f"{name}: {fact.path} = {fact.value} ({fact.stance})"
            (outcome.inferred if one.inferred else outcome.stated).append(f"{where}, “{fact.quote}” in {fact.sentence}")
    for held in true_held.values():
        outcome.true += 1
        passed = [c for c in held if c.holds]
        if not passed and held[0].failure is not None:
            outcome.lost[held[0].failure.check] += 1
        elif all(c.undecided for c in passed):
            outcome.proposed += 1
        else:
            outcome.open += all(c.inferred for c in passed if not c.undecided)


def _keeps(one: Checked, talk: Talk) -> bool:
    """Whether what is kept is what the answer said: of a date the calendar's own is kept."""
    if one.fact.prop is None or one.fact.prop.type.name != "date":
        return True
    kept = one.date or talk.ground.setting.date(Mark(one.start, one.end, "date"))
    said = value_type("date").parse(one.fact.value)
    return isinstance(said, DateValue) and kept is not None and (kept.start, kept.end) == (said.start, said.end)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def _figures(figures: Figures | None) -> str:
    return f"{figures.slots.f1:.3f}" if figures else "-"


def told(outcomes: Sequence[Outcome], *, markdown: bool, examples: int) -> Iterator[str]:
    """The figures as lines: what was caught by which check, and what was lost."""
    head = (
        "answers",
        "wrong values",
        "caught",
        "proposed",
        "shown as inferred",
        "shown as stated",
        "caught by",
        "slot F1 as answered",
        "after the checks",
    )
    rows = [
        (
            o.way,
            str(o.wrong) if o.way != FAULTLESS else "-",
            _percent(sum(o.caught.values()), o.wrong),
            _percent(o.undecided, o.wrong),
            _percent(len(o.inferred), o.wrong),
            _percent(len(o.stated), o.wrong),
            ", ".join(f"{check} {n}" for check, n in o.caught.most_common()) or "-",
            _figures(o.before),
            _figures(o.after),
        )
        for o in outcomes
    ]
    yield from _table(head, rows, markdown)
    for o in outcomes:
        yield from (f"    stated, {o.way}: {line}" for line in o.stated[:examples])
        yield from (f"    inferred, {o.way}: {line}" for line in o.inferred[:examples])
    faultless = next((o for o in outcomes if o.way == FAULTLESS), None)
    if faultless is not None:
        yield ""
        yield f"of {faultless.true} true values {_percent(faultless.open, faultless.true)} are shown as inferred,"
        yield f"and {_percent(faultless.proposed, faultless.true)} are proposed and not shown as found"
        yield ""
        lost = [
            (check, CHECKS[check], str(faultless.lost[check]), _percent(faultless.lost[check], faultless.true))
            for check in CHECKS
        ]
        whole = sum(faultless.lost.values())
        lost.append(("all", "", str(whole), _percent(whole, faultless.true)))
        yield from _table(("check", "catches", f"of {faultless.true} true values lost", "share"), lost, markdown)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: bool) -> Iterator[str]:
    listed = [head, *rows]
    if markdown:
        yield "| " + " | ".join(head) + " |"
        yield "|" + " --- |" * len(head)
        yield from ("| " + " | ".join(row) + " |" for row in listed[1:])
        return
    widths = [max(len(row[i]) for row in listed) for i in range(len(head))]
    for row in listed:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def reply_lines(questions: Iterable[str], files: Sequence[tuple[str, str, Json]], way: str) -> Iterator[str]:
    """The answers to a file of questions; the document of a question is found by its sentences."""
    known: dict[str, Spoilt] = {}
    for name, text, gold in files:
        spoilt = made(way, name, text, gold)
        answering = Answering(spoilt.text, spoilt.gold)
        for sentence in answering.sentences:
            known.setdefault(f"{sentence.number} {shown(answering.sentence(sentence.number))}", spoilt)
    for line in questions:
        if not line.strip():
            continue
        question = json.loads(line)
        content = question["body"]["messages"][-1]["content"]
        told_by = Counter(id(known[k]) for n, w in _NUMBERED.findall(content) if (k := f"{n} {w}") in known)
        spoilt_by = {id(s): s for s in known.values()}
        words = (
            answer(spoilt_by[told_by.most_common(1)[0][0]], content) if told_by else '{"incidents": [], "facts": []}'
        )
        message = {"role": "assistant", "content": words}
        body = {
            "model": question["body"]["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        }
        response = {"status_code": 200, "body": body}
        yield json.dumps({"custom_id": question["custom_id"], "response": response, "error": None}, ensure_ascii=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print, or answer a file of questions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--way", action="append", choices=[FAULTLESS, *WAYS], help="only this way; may be repeated")
    parser.add_argument("--markdown", action="store_true", help="tables as Markdown")
    parser.add_argument("--examples", type=int, default=0, help="wrong values that no check caught, so many a way")
    parser.add_argument("--part-tokens", type=int, default=6_000, help="most tokens of text in one part")
    parser.add_argument("--answer", type=Path, help="a file of questions to answer")
    parser.add_argument("--out", type=Path, help="where the answers go")
    parser.add_argument("--model", type=Path, help="the network that the checks ask, if not the bundled one")
    parser.add_argument("--corpus", type=Path, help="the training corpus, which says the fold of each document")
    parser.add_argument("--fold", type=int, default=0, help="with --corpus: only documents of this fold")
    options = parser.parse_args(arguments)
    names = fold_of(options.corpus, options.fold) if options.corpus else None
    files = [f for folder in options.folders for f in gold_files(folder) if names is None or f[0] in names]
    if options.answer:
        if not options.out:
            parser.error("--answer needs --out")
        with options.answer.open(encoding="utf-8") as questions, options.out.open("w", encoding="utf-8") as out:
            way = (options.way or [FAULTLESS])[0]
            out.writelines(f"{line}\n" for line in reply_lines(questions, files, way))
        return 0
    asking = Asking("script", part_tokens=options.part_tokens)
    outcomes = [measure(way, files, asking, options.model) for way in options.way or [FAULTLESS, *WAYS]]
    for line in told(outcomes, markdown=options.markdown, examples=options.examples):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
