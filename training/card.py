# ruff: noqa: T201
"""Write card.toml beside an exported model.

    python -m training.card --run RUN --to FOLDER --version V --figures FILE.json

The tuning comes from the run's held-out fold; the figures from `training.end_to_end --run RUN --tuned --json FILE`, in
which each half of that fold was tuned on the other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from ascribe.readings.trained.layout import layout_hash
from ascribe.readings.trained.marking import Tuning
from training.config import BASE_SHA256, CORPUS, DATA
from training.end_to_end import predictions
from training.tune import calibrated, tuned, tuning_of

HEAD = """# The model card of the bundled reader.

[model]
version = "{version}"
sha256 = "{weights}"
tokenizer_sha256 = "{tokenizer}"
layout = "{layout}"
licence = "Apache-2.0"
base = "all-MiniLM-L6-v2 (Apache-2.0), model.safetensors sha256 {base}"
made_from = \"\"\"
{documents} annotated English documents: constructed reports of real and invented attacks, and {real} news texts from
public research sets. Documents that tell one incident share a fold. Beside them, a fifth as many at a time, those of
MUC-4's training split (news from Latin America, 1988 to 1991).
{held_out}\"\"\"
meant_for = "English prose about political violence: news, reports, analyses, court and inquiry texts."
limits = \"\"\"
No other language. Weakest where a value needs several sentences (stance, involvement, who met which fate).
It marks what a text says; it does not know whether the text is right.\"\"\"
"""

HELD_OUT = "Fold {holdout} of 5 was held out: tuning and figures come from it."
WHOLE = """Tuning and figures come from fold {holdout} of 5, which the weights had not seen then; afterwards
they were trained further on all documents, that fold among them."""


def checksum(path: Path) -> str:
    """The sha-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tuning_toml(tuning: Tuning) -> str:
    """The tuning as TOML."""
    blocks = []
    for name, table in (("eagerness", tuning.eagerness), ("lines", tuning.lines), ("floors", tuning.floors)):
        blocks.append(f"[tuning.{name}]\n" + "".join(f"{slot} = {value}\n" for slot, value in table.items()))
    held = tuning.thresholds
    blocks.append(
        f"[tuning.thresholds]\nsame = {held.same}\nalso = {held.also}\nleast = {held.least}\nsupport = {held.support}\n"
    )
    rows = "".join(f"{slot} = [{slope}, {shift}]\n" for slot, (slope, shift) in tuning.calibration.items())
    blocks.append("[tuning.calibration]\n" + rows)
    return "\n".join(blocks)


def figures_toml(figures: dict) -> str:
    """F1 on the held-out fold, over all and by slot."""
    rows = [f"documents = {figures['documents']}", f"incidents = {figures['incident']['f1']}"]
    rows += [f"slots = {figures['slots']['f1']}", *(f"{slot} = {v['f1']}" for slot, v in figures["by_slot"].items())]
    return "# F1 on the held-out fold; each half of it was tuned on the other.\n[figures]\n" + "\n".join(rows) + "\n"


def main() -> None:
    """Tune on the whole held-out fold and write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--whole", action="store_true", help="the weights went on from RUN with every document")
    parser.add_argument("--version", required=True)
    parser.add_argument("--figures", type=Path, required=True)
    args = parser.parse_args()
    holdout = json.loads((DATA / "runs" / args.run / "recipe.json").read_text())["holdout"]
    records = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    held_out = [r for r in records if r["fold"] == holdout]
    pieces, outs, linker = predictions(args.run, held_out)
    docs = list(zip(held_out, pieces, outs, strict=True))
    climbed = DATA / "runs" / args.run / "tuning.json"
    tuning = (
        calibrated(tuning_of(json.loads(climbed.read_text())), docs, linker)
        if climbed.exists()
        else tuned(docs, linker)
    )
    seen = [r for r in records if args.whole or r["fold"] != holdout]
    head = HEAD.format(
        version=args.version,
        weights=checksum(args.to / "reader.onnx"),
        tokenizer=checksum(args.to / "tokenizer.json"),
        layout=layout_hash(),
        base=BASE_SHA256,
        documents=len(seen) - sum(r["source"] == "real" for r in seen),
        real=sum(r["source"] == "real" for r in seen),
        held_out=(WHOLE if args.whole else HELD_OUT).format(holdout=holdout),
    )
    card = "\n".join([head, tuning_toml(tuning), figures_toml(json.loads(args.figures.read_text()))])
    (args.to / "card.toml").write_text(card, "utf-8")
    print(card)


if __name__ == "__main__":
    main()
