"""Speed and memory of a reader on one core: documents and words a second, peak memory, and a cold start.

    python -m benchmarks.reading [--reader rules] [--documents 200]

The documents are those of `evaluation/gold_small`, over and over; each pass is reported, since machines are noisy.
With --jobs N a batch is also read by `ascribe read --jobs N` in N processes, from start to end.
"""

from __future__ import annotations

import argparse
import json
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


def documents(count: int) -> list[Document]:
    compiled = [compile_file(path) for path in sorted(GOLD.glob("*.ann.txt"))]
    return list(islice(cycle([document(c.name, c.text, c.gold.get("published")) for c in compiled]), count))


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cold_start() -> float:
    """Seconds for `ascribe read` of one short document in a new process."""
    command = [str(Path(sys.executable).with_name("ascribe")), "read", "-", "--format", "json"]
    text = "GHENT, Sept 18 - A gunman killed three people in Ghent on Tuesday, police said."
    begun = time.perf_counter()
    subprocess.run(command, input=text, text=True, check=True, capture_output=True)
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
    given = options.parse_args()
    batch = documents(given.documents)
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
    print("cold start, one short document: " + ", ".join(f"{cold_start():.2f} s" for _ in range(PASSES)))


if __name__ == "__main__":
    main()
