# ruff: noqa: T201
"""Train the network: `python -m training.train --name RUN [--holdout FOLD] [--minutes N] [--set epochs=12 ...]`.

Writes weights and figures of each epoch to .train-data/runs/RUN. Without --holdout it trains on every document.
With --minutes the learning rate falls with the clock instead of the steps, and training ends when the time is over:
for a machine whose speed is not known beforehand.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from ascribe.readings.trained.layout import CODES, COLUMNS, EVENT, OVERLAP, WINDOW
from ascribe.readings.trained.pieces import FIRST, LAST, weights, windows
from training.config import CORPUS, DATA, MUC4, Recipe
from training.evaluate import measure
from training.examples import Example, disturb, example, noisy, with_names
from training.model import Network, RoundedLinear, base_folder, use_rounding


def states(network: Network, ids: np.ndarray, shapes: np.ndarray, first: int = FIRST) -> Tensor:
    """The vectors of all pieces of one document, each from the window that sees most around it."""
    spans = windows(len(ids), WINDOW, OVERLAP)
    frame = lambda row, a, b, lead, end: [lead, *row[a:b].tolist(), end]  # noqa: E731
    batch_ids = torch.tensor([frame(ids, a, b, first, LAST) for a, b in spans])
    batch_shapes = torch.tensor([frame(shapes, a, b, 0, 0) for a, b in spans])
    found = network.states(batch_ids, batch_shapes)
    owner, most = np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=np.float32)
    for number, (a, b) in enumerate(spans):
        weight = weights(a, b, len(ids))
        owner[a:b][weight > most[a:b]] = number
        most[a:b] = np.maximum(weight, most[a:b])
    within = np.arange(len(ids)) - np.array([a for a, _ in spans])[owner] + 1
    return found[torch.from_numpy(owner), torch.from_numpy(within)]


def pool(values: Tensor, spans: list) -> Tensor:
    """The mean of the pieces over each span."""
    weights = torch.zeros(len(spans), len(values))
    for row, span in zip(weights, spans, strict=True):
        row[span.first : span.last] = 1 / (span.last - span.first)
    return weights @ values


def loss_of(network: Network, one: Example, recipe: Recipe, noise: random.Random) -> dict[str, Tensor]:
    """The parts of the loss for one document."""
    ids, shapes = disturb(one.pieces, recipe, noise)
    with torch.autocast("cpu", torch.bfloat16):
        vectors = states(network, ids, shapes, one.first)
    labels, codes, asks, answers = network.heads(vectors.float())
    known = torch.from_numpy(one.known)
    labels, wanted = labels[:, known], torch.from_numpy(one.labels)[:, known]
    spans = functional.cross_entropy(labels.flatten(0, 1), wanted.flatten(), reduction="sum") / (8 + len(one.spans))
    parts = {"span_loss": spans}
    if one.spans:
        parts["code_loss"] = recipe.code_weight * code_loss(pool(codes, one.spans), torch.from_numpy(one.codes))
        events = [s for s in one.spans if s.slot == EVENT]
        if len(events) > 1:
            scores = network.link(pool(asks, one.spans), pool(answers, events), torch.from_numpy(one.features))
            parts["pair_loss"] = recipe.pair_weight * pair_loss(scores, torch.from_numpy(one.linked), one)
    return parts


def code_loss(scores: Tensor, wanted: Tensor) -> Tensor:
    """Mean over spans: cross-entropy for slots with exactly one code, binary cross-entropy for the others."""
    total, count = scores.new_zeros(()), 0
    for slot, (choice, _) in CODES.items():
        mine = wanted[:, COLUMNS[slot]]
        rows = torch.nonzero(mine[:, 0] >= 0).flatten()
        if not len(rows):
            continue
        count += len(rows)
        if choice == "one":
            got = scores[rows][:, COLUMNS[slot]]
            total = total + functional.cross_entropy(got, mine[rows].argmax(dim=1), reduction="sum")
        else:
            got = scores[rows][:, COLUMNS[slot]]
            total = total + functional.binary_cross_entropy_with_logits(got, mine[rows], reduction="sum")
    return total / max(count, 1)


def pair_loss(scores: Tensor, linked: Tensor, one: Example) -> Tensor:
    """Each pair for itself, and for each span the share of its own events among all (as it will be attached)."""
    is_event = torch.tensor([s.slot == EVENT for s in one.spans])
    own = torch.zeros_like(linked)
    own[torch.nonzero(is_event).flatten(), torch.arange(int(is_event.sum()))] = 1
    each = functional.binary_cross_entropy_with_logits(scores, linked, reduction="none")
    alone = (each * (1 - own)).sum() / (1 - own).sum()
    rows = ~is_event & (linked.sum(dim=1) > 0)
    if not rows.any():
        return alone
    inside = torch.where(linked[rows] > 0, scores[rows], torch.full_like(scores[rows], -1e4))
    share = torch.logsumexp(scores[rows], dim=1) - torch.logsumexp(inside, dim=1)
    return alone + 0.5 * share.mean()


@dataclass
class Job:
    """What one run does beside its recipe."""

    name: str
    holdout: int | None
    start_from: str | None
    minutes: float | None
    limit: int | None
    only_muc4: bool
    leave_out: str | None
    measure_every: int


def rate_at(progress: float, warm_up: float) -> float:
    """The share of the full learning rate: up in a line, then down in a line to nothing."""
    return min((progress + 1e-3) / warm_up, max(0.0, (1 - progress) / (1 - warm_up)))


def optimizer_of(network: Network, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with a rate for the encoder and one for what is new; each group remembers its full rate."""
    encoder = [p for n, p in network.named_parameters() if n.startswith("encoder") and p.requires_grad]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder")]
    groups = [{"params": encoder, "full": recipe.encoder_rate}, {"params": heads, "full": recipe.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=recipe.decay)


def average(averaged: dict[str, Tensor], network: Network, kept: float) -> None:
    """Bring the running average of the weights on by one step."""
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if value.is_floating_point():
                averaged[name].lerp_(value, 1 - kept)


def keep(averaged: dict[str, Tensor], folder: Path, line: dict) -> None:
    """Say an epoch's figures, log them, and save the weights."""
    print(json.dumps(line), flush=True)
    with (folder / "log.jsonl").open("a") as log:
        log.write(json.dumps(line) + "\n")
    save_file({k: v.contiguous() for k, v in averaged.items()}, folder / "weights.tmp")
    Path(folder / "weights.tmp").replace(folder / "weights.safetensors")


def network_of(job: Job, recipe: Recipe) -> Network:
    """The network that training begins with."""
    network = Network(recipe.dropout)
    if job.start_from:
        network.load_state_dict(load_file(DATA / "runs" / job.start_from / "weights.safetensors"))
        network.give_meaning()
    use_rounding(network)
    return network


def run(job: Job, recipe: Recipe) -> None:
    """One training run."""
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    folder = DATA / "runs" / job.name
    folder.mkdir(parents=True, exist_ok=True)
    documents = [with_names(json.loads(line)) for line in CORPUS.read_text("utf-8").splitlines()]
    train = [d for d in documents if d["fold"] != job.holdout and d["source"] != job.leave_out][: job.limit]
    muc4 = [with_names(json.loads(line)) for line in MUC4.read_text("utf-8").splitlines()] if recipe.muc4 else []
    own = train if not job.only_muc4 else []
    test = [d for d in documents if d["fold"] == job.holdout][: job.limit]
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    network = network_of(job, recipe)
    averaged = {k: v.clone() for k, v in network.state_dict().items()}
    optimizer = optimizer_of(network, recipe)
    steps = recipe.epochs * round(len(own or documents) * (1 + recipe.muc4) / recipe.documents_a_step)
    (folder / "recipe.json").write_text(json.dumps({**asdict(job), **asdict(recipe)}, indent=1))
    RoundedLinear.on = False
    began, done, progress, epoch = time.time(), 0, 0.0, 0
    while progress < 1:
        epoch += 1
        epoch_began = time.time()
        network.train()
        train = [*own, *chance.sample(muc4, round(recipe.muc4 * len(own or documents)))]
        chance.shuffle(train)
        sums: dict[str, float] = {}
        for at in range(0, len(train), recipe.documents_a_step):
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * rate_at(progress, recipe.warm_up)
            batch = train[at : at + recipe.documents_a_step]
            for d in batch:
                one = example(noisy(d, own, recipe, chance), tokenizer, recipe.span_drop, chance)
                parts = loss_of(network, one, recipe, chance)
                (sum(parts.values()) / len(batch)).backward()
                for key, value in parts.items():
                    sums[key] = sums.get(key, 0.0) + float(value.detach()) / len(train)
            torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            done += 1
            RoundedLinear.on = progress >= 1 - recipe.rounded
            average(averaged, network, min(recipe.averaged, done / (done + 10)))
            progress = (time.time() - began) / 60 / job.minutes if job.minutes else done / steps
            if progress >= 1:
                break
        line = {"epoch": epoch, "progress": round(progress, 3), "seconds": round(time.time() - epoch_began)}
        line |= {k: round(v, 4) for k, v in sums.items()}
        if test and (epoch % job.measure_every == 0 or progress >= 1):
            mine = {k: v.clone() for k, v in network.state_dict().items()}
            network.load_state_dict(averaged)
            line |= measure(network, test, tokenizer)
            network.load_state_dict(mine)
        keep(averaged, folder, line)


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", required=True)
    parser.add_argument("--holdout", type=int)
    parser.add_argument("--start-from", help="a run whose weights to go on from")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--limit", type=int, help="documents to use, to try things out")
    parser.add_argument("--only-muc4", action="store_true", help="train on MUC-4 alone, as published systems do")
    parser.add_argument("--leave-out", metavar="FOLDER", help="train without the documents of this folder")
    parser.add_argument("--measure-every", type=int, default=4)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="changes to the recipe")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    kinds = {f.name: type(f.default) for f in fields(Recipe)}
    changes = {k: kinds[k](float(v)) for k, v in (item.split("=") for item in args.set)}
    given = {f.name: getattr(args, f.name) for f in fields(Job)}
    run(Job(**given), replace(Recipe(), **changes))


if __name__ == "__main__":
    main()
