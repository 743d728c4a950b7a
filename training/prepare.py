# ruff: noqa: T201
"""Annotated prose -> corpus.jsonl: text, spans by incident, and a fold for each document.

    python -m training.prepare CORPUS_DIR... --annotated PATH/annotated.py

Documents that tell the same incident (same id) share a fold, so that no fold is tested on what another taught. The
project's own documents (`training/documents`) share no incident with others and are dealt by themselves, each round
of writing in its turn: a new round leaves the folds of all others as they are.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from training.config import CORPUS, FOLDS, OWN, ROUNDS


def load_annotated(path: Path) -> ModuleType:
    """The corpus's own compiler."""
    spec = importlib.util.spec_from_file_location("annotated", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def document_of(path: Path, annotated: ModuleType) -> dict:
    """One record: every marked span once, with the incidents (numbers from 0) and values it has in them."""
    name = path.name.removesuffix(".ann.txt")
    text, gold = annotated.compile_doc(path.read_text("utf-8"), name)
    spans: dict[tuple[str, int, int], dict] = {}
    for number, incident in enumerate(gold["incidents"]):
        for mark in incident["spans"]:
            key = (mark["slot"], mark["start"], mark["end"])
            span = spans.setdefault(key, {"slot": key[0], "start": key[1], "end": key[2], "values": []})
            span["values"].append([number, mark["value"]])
    own = path.parent.name == OWN.name
    return {
        "name": name,
        "text": text,
        "groups": groups_of(text, spans.values()) if own else [],
        "published": str(gold["published"]) if gold.get("published") else None,
        "source": path.parent.name,
        "style": gold.get("style") or "",
        "ids": sorted({i["id"] for i in gold["incidents"]}),
        "required": [i["required"] for i in gold["incidents"]],
        "spans": sorted(spans.values(), key=lambda s: (s["start"], s["end"], s["slot"])),
    }


def groups_of(text: str, spans: Iterable[dict]) -> list[str]:
    """The groups that a document names: invented ones are to be read as if the register knew them, as it knows most
    of those that real texts name."""
    found = set()
    for span in spans:
        if span["slot"] in ("group", "claimby"):
            coded = [(value or "").partition(":")[0] for _, value in span["values"]]
            found |= {n for n in (text[span["start"] : span["end"]], *coded) if n[:1].isupper() or n[:1].isdigit()}
    return sorted(found)


def set_folds(documents: list[dict]) -> None:
    """Give each document a fold; documents linked by incident ids go together, sizes are kept even."""
    parent = {d["name"]: d["name"] for d in documents}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    by_id: dict[str, str] = {}
    for d in documents:
        for incident in d["ids"]:
            parent[root(d["name"])] = root(by_id.setdefault(incident, d["name"]))
    groups: dict[str, list[dict]] = {}
    for d in documents:
        groups.setdefault(root(d["name"]), []).append(d)
    order = sorted(groups)
    random.Random(1).shuffle(order)
    order.sort(key=lambda g: -len(groups[g]))
    sizes = [0] * FOLDS
    for name in order:
        fold = sizes.index(min(sizes))
        for d in groups[name]:
            d["fold"] = fold
            sizes[fold] += len(d["text"])


def round_of(document: dict) -> int:
    """In which round one of the project's own documents was written (from 1, by its name); 0 for all others."""
    if document["source"] != OWN.name:
        return 0
    writer = int(document["name"].partition("-")[0].removeprefix("w"))
    return 1 + next(n for n, last in enumerate(ROUNDS) if writer <= last)


def main() -> None:
    """Write the corpus file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--annotated", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=CORPUS)
    args = parser.parse_args()
    annotated = load_annotated(args.annotated)
    documents = [document_of(p, annotated) for folder in args.folders for p in sorted(folder.glob("*.ann.txt"))]
    rounds = [round_of(d) for d in documents]
    for number in sorted(set(rounds)):
        set_folds([d for d, r in zip(documents, rounds, strict=True) if r == number])
    args.out.parent.mkdir(exist_ok=True)
    args.out.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), "utf-8")
    for fold in range(FOLDS):
        mine = [d for d in documents if d["fold"] == fold]
        print(f"fold {fold}: {len(mine)} documents, {sum(len(d['spans']) for d in mine)} spans")


if __name__ == "__main__":
    main()
