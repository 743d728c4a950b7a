# ruff: noqa: T201
"""Weights -> the shipped file: `python -m training.export --run RUN... --to FOLDER [--fp32]`.

Of several runs that went on from one another the mean of their weights is taken. Writes reader.onnx (int8),
tokenizer.json and the checksums for card.toml.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from ascribe.readings.trained.layout import layout_hash
from ascribe.readings.trained.network import LINKER, NAMES, linker_json
from training.config import DATA
from training.evaluate import linker_of
from training.fused import OPSET, fused_attention, give_types
from training.model import Network, base_folder


class RowsOfBytes(nn.Module):
    """An embedding whose rows are stored in 8 bits, each with a scale of its own."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """The rows of these ids."""
        return self.rows[ids].float() * self.scale[ids]


class Exported(nn.Module):
    """The part of the network that runs in onnxruntime."""

    def __init__(self, network: Network, quantised: bool) -> None:
        super().__init__()
        self.network = network
        if quantised:
            embeddings = network.encoder.embeddings
            embeddings.word_embeddings = RowsOfBytes(embeddings.word_embeddings.weight.detach())

    def forward(self, ids: Tensor, shapes: Tensor) -> tuple[Tensor, ...]:
        """All scores of all pieces of all windows."""
        return self.network.heads(self.network.states(ids, shapes))


def save_optimised(plain: Path, target: Path) -> None:
    """Put operators together now, as onnxruntime would at each start, which takes it as long as all the rest."""
    options = SessionOptions()
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3  # it warns that the file may depend on the machine, which is so from ALL on
    InferenceSession(plain, options, providers=["CPUExecutionProvider"])


def mean_weights(runs: list[str]) -> dict[str, Tensor]:
    """The mean of the weights of some runs."""
    held = [load_file(DATA / "runs" / run / "weights.safetensors") for run in runs]
    return {k: sum(w[k] for w in held) / len(held) if v.is_floating_point() else v for k, v in held[0].items()}


def export(runs: list[str], folder: Path, quantised: bool) -> None:
    """Write the model file and say its checksums."""
    network = Network(0.0)
    network.load_state_dict(mean_weights(runs))
    network.eval()
    linker = linker_json(linker_of(network))
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "reader.onnx"
    ids, shapes = torch.randint(1000, 2000, (2, 40)), torch.zeros((2, 40), dtype=torch.long)
    with tempfile.TemporaryDirectory() as made:
        full = Path(made) / "full.onnx"
        axes = {name: {0: "windows", 1: "pieces"} for name in ("ids", "shapes", *NAMES)}
        with fused_attention(network):
            torch.onnx.export(
                Exported(network, quantised), (ids, shapes), str(full), input_names=["ids", "shapes"],
                output_names=list(NAMES), dynamic_axes=axes, opset_version=OPSET, dynamo=False,
            )  # fmt: skip
        give_types(full, network.encoder.config.hidden_size)
        plain = Path(made) / "plain.onnx"
        if quantised:
            quantize_dynamic(
                full, plain, op_types_to_quantize=["MatMul", "Gemm"], weight_type=QuantType.QInt8, per_channel=True,
                reduce_range=True,
            )  # fmt: skip
        save_optimised(plain if quantised else full, target)
    model = onnx.load(target)
    entry = model.metadata_props.add()
    entry.key, entry.value = LINKER, linker
    onnx.save(model, target)
    shutil.copy(base_folder() / "tokenizer.json", folder / "tokenizer.json")
    for name in ("reader.onnx", "tokenizer.json"):
        data = (folder / name).read_bytes()
        print(f"{name} {len(data) / 1e6:.1f} MB sha256 {hashlib.sha256(data).hexdigest()}")
    print("layout", layout_hash())


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", nargs="+", required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    export(args.run, args.to, not args.fp32)


if __name__ == "__main__":
    main()
