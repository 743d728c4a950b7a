"""Speed and memory of a reader on one core: documents and words a second, peak memory, and a cold start.

    python -m benchmarks.reading [--reader rules] [--documents 200] [--words 350]

The documents are those of `evaluation/gold_small`, over and over; each pass is reported, since machines are noisy.
With --words N they are joined and cut into documents of so many words.
With --jobs N a batch is also read by `ascribe read --jobs N` in N processes, from start to end.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from ascribe.model import Document
from ascribe.readings import DEFAULT, extractor
from evaluation.annotated import compile_file
from evaluation.predictions import document

GOLD = Path(__file__).parent.parent / "evaluation" / "gold_small"
PASSES = 3


def documents(count: int, words: int | None = None) -> list[Document]:
    compiled = [compile_file(path) for path in sorted(GOLD.glob("*.ann.txt"))]
    told = [(c.name, c.text, c.gold.get("published")) for c in compiled]
    if words:
        told = [(f"part {n}", part, told[0][2]) for n, part in enumerate(_parts([text for _, text, _ in told], words))]
    return [document(*one) for one in islice(cycle(told), count)]


def _parts(texts: list[str], words: int) -> list[str]:
    """The texts joined and cut anew; what is left at the end is dropped."""
    joined = "\n\n".join(texts)
    found = list(re.finditer(r"\S+", joined))
    firsts = range(0, len(found) - words + 1, words)
    return [joined[found[k].start() : found[k + words - 1].end()] for k in firsts]


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cold_start() -> float:
    """Seconds for `ascribe read` of one short document in a new process.

    With compiled bytecode, as every installation has it, whatever this machine's settings say.
    """
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(Path(sys.executable).with_name("ascribe")), "read", "-", "--format", "json"]
    text = "GHENT, Sept 18 - A gunman killed three people in Ghent on Tuesday, police said."
    begun = time.perf_counter()
    subprocess.run(command, input=text, text=True, check=True, capture_output=True, env=settings)
    return time.perf_counter() - begun


def batch_read(batch: list[Document], reader: str, jobs: int) -> tuple[float, float]:
    """Seconds for `ascribe read` of all documents in so many processes, and the peak MiB of the largest process."""
    rows = [{"id": f"{number}", "text": d.text} for number, d in enumerate(batch)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        program = str(Path(sys.executable).with_name("ascribe"))
        command = [program, "read", file.name, "--format", "json", "--reader", reader, "--jobs", str(jobs)]
        begun = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reader", default=DEFAULT)
    options.add_argument("--documents", type=int, default=200)
    options.add_argument("--jobs", type=int, default=0, help="also read the documents in so many processes")
    options.add_argument("--words", type=int, help="cut the documents anew, each of so many words")
    given = options.parse_args()
    batch = documents(given.documents, given.words)
    words = sum(len(d.text.split()) for d in batch)
    reader = extractor(given.reader)
    before = peak_mib()
    reader.read(batch[0])
    print(f"{given.reader} {reader.version}: {len(batch)} documents, {words / len(batch):.0f} words each on average")
    for number in range(1, PASSES + 1):
        wall, processor = time.perf_counter(), time.process_time()
        incidents = sum(len(reader.read(d).of_kind("incident")) for d in batch)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        print(
            f"pass {number}: {len(batch) / wall:.1f} documents/s ({len(batch) / processor:.1f} a processor second), "
            f"{words / processor:,.0f} words a processor second, {incidents} incidents"
        )
    print(f"peak memory {peak_mib():.0f} MiB (before the first document {before:.0f} MiB)")
    if given.jobs:
        seconds, most = batch_read(batch, given.reader, given.jobs)
        rate = f"{len(batch) / seconds:.1f} documents/s, {words / seconds:,.0f} words/s"
        print(f"{given.jobs} processes, with their start: {rate}; at most {most:.0f} MiB each")
    cold_start()  # writes the bytecode where there is none
    print("cold start, one short document: " + ", ".join(f"{cold_start():.2f} s" for _ in range(PASSES)))


if __name__ == "__main__":
    main()
