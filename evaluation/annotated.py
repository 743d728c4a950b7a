"""Annotated prose to gold: a document whose words are marked in place becomes plain text and filled slots.

A file is front matter between two lines of `---`, then the document. A mark is `⟦the words|tags⟧`; tags are parted by
`;` and read `INCIDENT.slot` or `INCIDENT.slot=value`, the incidents being the numbers of the front matter. Marks nest.
`python -m evaluation.annotated FILE... -o DIR` writes NAME.txt, NAME.json and documents.jsonl.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation import front_matter
from evaluation.annotated_slots import SLOTS, AnnotationError, IncidentBuilder, share_aliases

SUFFIX = ".ann.txt"
OPEN, CLOSE, BAR = "⟦", "⟧", "|"
_TAG = re.compile(r"(?P<incident>\d+)\.(?P<slot>[a-z]+)(?:=(?P<value>.+))?")
_FILE = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag on the words `text[start:end]`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A compiled document: its text, and its gold as it is written to NAME.json."""

    name: str
    text: str
    gold: dict[str, Any]


def split_marks(body: str) -> tuple[str, list[Tag]]:
    """The text without marks, and the tags in the order in which their marks close."""
    out: list[str] = []
    opened: list[int] = []
    tags: list[Tag] = []
    at = length = 0
    while at < len(body):
        character = body[at]
        if character == OPEN:
            opened.append(length)
        elif character == BAR and opened:
            close = body.find(CLOSE, at)
            if close < 0:
                raise AnnotationError(f"no closing {CLOSE} after …{''.join(out)[-40:]!r}")
            start = opened.pop()
            tags += [Tag(start, length, words.strip()) for words in body[at + 1 : close].split(";")]
            at = close
        elif character == CLOSE:
            raise AnnotationError(f"{CLOSE} without a tag after …{''.join(out)[-40:]!r}")
        else:
            out.append(character)
            length += 1
        at += 1
    if opened:
        raise AnnotationError(f"{len(opened)} marks are not closed")
    return "".join(out), tags


def compile_annotated(raw: str, name: str) -> Annotated:
    """Compile one annotated document. Raises AnnotationError with one line for each problem."""
    parts = _FILE.match(raw)
    if parts is None:
        raise AnnotationError("no front matter between two lines of ---")
    try:
        front = front_matter.parse(parts["front"])
    except front_matter.FrontMatterError as error:
        raise AnnotationError(str(error)) from None
    text, tags = split_marks(parts["body"].strip("\n") + "\n")
    builders = _builders(front, name)
    problems = [problem for tag in tags if (problem := _apply(tag, text, builders))]
    incidents = [builder.finish(problems) for builder in builders.values()]
    if problems:
        raise AnnotationError("\n".join(problems))
    share_aliases(incidents)
    meta = {str(key): value for key, value in front.items() if key != "incidents"}
    return Annotated(name, text, {"name": name, **meta, "incidents": incidents})


def _builders(front: dict[str | int, front_matter.Node], name: str) -> dict[int, IncidentBuilder]:
    if "incidents" not in front:
        raise AnnotationError("front matter has no 'incidents' (write 'incidents: {}' where there are none)")
    declared = front["incidents"] or {}
    if not isinstance(declared, dict):
        raise AnnotationError("'incidents' is a mapping from numbers to incidents")
    builders = {}
    for number, details in declared.items():
        if not isinstance(details, dict | None):
            raise AnnotationError(f"incident {number}: not a mapping")
        builders[int(number)] = IncidentBuilder(int(number), name, details or {})
    return builders


def _apply(tag: Tag, text: str, builders: dict[int, IncidentBuilder]) -> str | None:
    """Give the tag to its incident; the problem with it, if there is one."""
    quote = text[tag.start : tag.end]
    parts = _TAG.fullmatch(tag.words)
    if parts is None or parts["slot"] not in SLOTS:
        return f"bad tag {tag.words!r} on {quote!r}"
    builder = builders.get(int(parts["incident"]))
    if builder is None:
        return f"tag {tag.words!r} on {quote!r}: its incident is not in the front matter"
    if not quote or quote != quote.strip():
        return f"the words of {tag.words!r}, {quote!r}, are empty or have outer white space"
    try:
        builder.add(parts["slot"], (parts["value"] or "").strip() or None, tag.start, tag.end, quote)
    except AnnotationError as error:
        return f"{tag.words!r} on {quote!r}: {error}"
    return None


def compile_file(path: Path) -> Annotated:
    """Compile NAME.ann.txt; AnnotationError lines begin with the path."""
    try:
        return compile_annotated(path.read_text("utf-8"), path.name.removesuffix(SUFFIX).removesuffix(".txt"))
    except AnnotationError as error:
        raise AnnotationError("\n".join(f"{path}: {line}" for line in str(error).splitlines())) from None


def write(documents: Sequence[Annotated], folder: Path) -> None:
    """Write NAME.txt and NAME.json of each document, and documents.jsonl of all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for document in documents:
        (folder / f"{document.name}.txt").write_text(document.text, "utf-8")
        gold = json.dumps(document.gold, ensure_ascii=False, indent=1)
        (folder / f"{document.name}.json").write_text(gold, "utf-8")
        meta = {k: str(document.gold[k]) for k in ("title", "published", "publisher") if document.gold.get(k)}
        lines.append(json.dumps({"id": document.name, "text": document.text, **meta}, ensure_ascii=False) + "\n")
    (folder / "documents.jsonl").write_text("".join(lines), "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compile files; problems go to standard error, and the exit status is 1 if there are any."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.annotated", description="Compile annotated documents.")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, help="folder to write to; without it the files are only checked")
    options = parser.parse_args(arguments)
    documents = []
    failed = False
    for path in options.files:
        try:
            documents.append(compile_file(path))
        except AnnotationError as error:
            failed = True
            print(error, file=sys.stderr)
    if options.out:
        write(documents, options.out)
    print(f"{len(documents)} of {len(options.files)} documents compiled")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
