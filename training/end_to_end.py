# ruff: noqa: T201
"""Score whole readings of held-out documents: `python -m training.end_to_end --run RUN --gold DIR --score score.py`.

DIR holds the compiled gold (NAME.json), score.py is the scorer of the gold set. With --gold-marks the values are made
from the annotators' own marks: what the normalisers alone lose.
"""

from __future__ import annotations

import argparse
import calendar
import importlib.util
import json
import pickle
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from ascribe.exports.reading import reading_json
from ascribe.model import DateValue, Document, Publication, Reading, sha256
from ascribe.readings.assemble import assemble
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import MarkedIncident
from ascribe.readings.trained.card import read_card
from ascribe.readings.trained.grouping import Linker, Member, Thresholds, group, pair_features, pooled
from ascribe.readings.trained.layout import EVENT, SLOTS
from ascribe.readings.trained.marking import Outputs, Tuning, marked, members_of
from ascribe.readings.trained.network import BundledNetwork
from ascribe.readings.trained.pieces import Pieces, cut
from ascribe.schema import bundled_schema
from training.config import CORPUS, DATA
from training.evaluate import linker_of, outputs
from training.examples import gold_spans, with_names
from training.model import Network, base_folder

SWEPT = [  # eagerness, same, support, also
    *((0.0, same, 0.5, 0.6) for same in (0.3, 0.4, 0.5, 0.6)),
    *((eager, 0.5, 0.5, 0.6) for eager in (-0.5, 0.5, 1.0)),
    *((0.0, 0.5, support, 0.6) for support in (0.0, 1.0, 1.5)),
    *((0.0, 0.5, 0.5, also) for also in (0.4, 0.8)),
]


def document_of(record: dict) -> Document:
    """A corpus record as a document, dated as its front matter says."""
    said = record.get("published")
    publication = None
    if said:
        parts = [int(p) for p in said.split("-")]
        start = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
        precision = ("year", "month", "day")[len(parts) - 1]
        last = {"year": (12, 31), "month": (start.month, calendar.monthrange(start.year, start.month)[1])}
        end = date(start.year, *last[precision]) if precision in last else start
        publication = Publication(DateValue(start, end, precision), "given")
    digest = sha256(record["text"])
    return Document(digest, digest, record["name"], record["text"], "text", publication=publication, language="en")


def load_scorer(path: Path) -> ModuleType:
    """The scorer of the gold set."""
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_members(record: dict, pieces: Pieces) -> list[list[Member]]:
    """The annotators' own spans by incident."""
    spans, members = gold_spans(record, pieces)
    numbers = sorted({n for s, m in zip(spans, members, strict=True) for n in m if s.slot == EVENT})
    return [[Member(s, 1.0) for s, m in zip(spans, members, strict=True) if n in m] for n in numbers]


def gold_spans_grouped(
    record: dict, pieces: Pieces, out: Outputs, linker: Linker, tuning: Tuning
) -> list[list[Member]]:
    """The annotators' spans, grouped by the network."""
    spans, _ = gold_spans(record, pieces)
    events = [s for s in spans if s.slot == EVENT]
    if not events:
        return []
    features = pair_features(record["text"], pieces, spans)
    scores = linker.scores(pooled(out.asks, spans), pooled(out.answers, events), features)
    return group(spans, scores, tuning.thresholds)


def cut_all(records: list[dict]) -> list[Pieces]:
    """Records as word pieces."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return [cut(r["text"], tokenizer, with_names(r)["names"]) for r in records]


def predictions(run: str, records: list[dict]) -> tuple[list[Pieces], list[Outputs], Linker]:
    """The network's outputs for records, kept beside the weights since they take the longest."""
    weights = DATA / "runs" / run / "weights.safetensors"
    kept = weights.with_name("outputs.pickle")
    key = (weights.stat().st_mtime, [r["name"] for r in records])
    if kept.exists():
        found = pickle.loads(kept.read_bytes())
        if found[0] == key:
            return found[1]
    torch.set_num_threads(1)
    network = Network(0.0)
    network.load_state_dict(load_file(weights))
    network.eval()
    pieces = cut_all(records)
    found = (pieces, [Outputs(*outputs(network, p)) for p in pieces], linker_of(network))
    kept.write_bytes(pickle.dumps((key, found)))
    return found


def json_of(document: Document, incidents: list[MarkedIncident]) -> dict:
    """A reading as the scorer takes it."""
    return reading_json(document, Reading(document.id, "model", "0", assemble(document, incidents)), bundled_schema())


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--score", type=Path, required=True)
    parser.add_argument(
        "--model", type=Path, help="read with an exported model and its card, not with the run's weights"
    )
    parser.add_argument("--marks", choices=("found", "gold", "gold-spans"), default="found")
    parser.add_argument("--tuned", action="store_true", help="tune on one half of the documents, read the other")
    parser.add_argument("--sweep", action="store_true", help="try thresholds")
    parser.add_argument("--json", type=Path, help="write all figures here")
    parser.add_argument("--verbose", type=Path, help="write every mistake here")
    return parser.parse_args()


def line(res: dict) -> str:
    """The main figures."""
    parts = []
    for name, key in (("incident", "incident"), ("slot", "slots")):
        parts.append(f"{name} F1 {res[key]['f1']:.3f} (P {res[key]['p']:.3f} R {res[key]['r']:.3f})")
    return "  ".join(parts)


def prepared(args: argparse.Namespace, records: list[dict]) -> tuple[list, list, Linker | None, list[Tuning]]:
    """Pieces, outputs, linker, and the tunings that the documents take in turn."""
    if args.marks == "gold":
        return cut_all(records), [None] * len(records), None, [Tuning()]
    if args.model:
        card = read_card(args.model)
        network = BundledNetwork(args.model, card)
        pieces = cut_all(records)
        return pieces, [network.outputs(p) for p in pieces], network.linker, [card.tuning]
    pieces, outs, linker = predictions(args.run, records)
    if not args.tuned:
        return pieces, outs, linker, [Tuning()]
    from training.tune import tuned  # noqa: PLC0415 - tune takes its predictions from here

    docs = list(zip(records, pieces, outs, strict=True))
    return pieces, outs, linker, [tuned(docs[1::2], linker), tuned(docs[0::2], linker)]


def main() -> None:
    """Predict, assemble, score."""
    args = arguments()
    holdout = json.loads((DATA / "runs" / args.run / "recipe.json").read_text())["holdout"]
    records = [r for r in map(json.loads, CORPUS.read_text("utf-8").splitlines()) if r["fold"] == holdout]
    scorer = load_scorer(args.score)
    gold = {r["name"]: json.loads((args.gold / f"{r['name']}.json").read_text("utf-8")) for r in records}
    pieces, outs, linker, tunings = prepared(args, records)
    words = lexicon("en")

    def result(tunings: list[Tuning]) -> dict:
        found = {}
        for k, (r, p, o) in enumerate(zip(records, pieces, outs, strict=True)):
            tuning, document = tunings[k % len(tunings)], document_of(r)
            if args.marks == "gold":
                members = gold_members(r, p)
            elif args.marks == "gold-spans":
                members = gold_spans_grouped(r, p, o, linker, tuning)
            else:
                members = members_of(r["text"], p, o, linker, tuning)
            found[r["name"]] = json_of(document, marked(r["text"], members, tuning, words))
        return scorer.score(gold, found, bool(args.verbose), args.verbose.open("w") if args.verbose else sys.stdout)

    if args.sweep:
        for eager, same, support, also in SWEPT:
            tried = [replace(t, eagerness={s: t.eagerness.get(s, 0.0) + eager for s in SLOTS}) for t in tunings]
            tried = [replace(t, thresholds=Thresholds(same, also, 0.1, support)) for t in tried]
            print(f"eager {eager:+} same {same} support {support} also {also}: {line(result(tried))}", flush=True)
        return
    res = result(tunings)
    if args.json:
        args.json.write_text(json.dumps(res, indent=1))
    print(len(records), "documents, evidence", res["evidence_ok"], line(res))
    for slot, v in res["by_slot"].items():
        figures = f"F1 {v['f1']:.3f}  P {v['p']:.3f}  R {v['r']:.3f}"
        print(f"  {slot:14s} {figures}  gold {v['n_gold']:.0f} pred {v['n_pred']:.0f}")


if __name__ == "__main__":
    main()
