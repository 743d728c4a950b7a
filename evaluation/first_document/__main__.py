"""`python -m evaluation.first_document TEXT [--reader hand|rules|model]`: each line of acceptance, right or wrong.

TEXT is the compiled first document; any other text is refused. Without a reader it is read by hand: the statements of
`reading.toml`, brought in as a person would bring them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from ascribe.errors import AscribeError
from ascribe.model import Document, Reading, sha256
from ascribe.project import Project
from evaluation.first_document.looking import Look, Verdict
from evaluation.first_document.named import named_lines

TEXT_HASH = "95a1c3a216f25591d31a48828a68dd4cf5de01bd4c7187902a88f958609b4341"
PUBLISHED = "2023-11"
BY_HAND = Path(__file__).with_name("reading.toml")


class Unread:
    """A reader that makes nothing of a document, so that all there is comes from the reading by hand."""

    name = "unread"
    version = "1"
    fills: frozenset[str] = frozenset()

    def read(self, document: Document) -> Reading:
        """An empty reading."""
        return Reading(document.id, self.name, self.version)


def verdicts(text: str, reader: str) -> list[Verdict]:
    """Read the document in a project of its own and look at every line. AscribeError where the text is another one."""
    if sha256(text.strip("\n")) != TEXT_HASH:
        raise AscribeError("this is not the first document: its text has another hash")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "first-document.txt"
        path.write_text(text.strip("\n") + "\n", "utf-8")
        with Project.init(Path(folder) / "project") as project:
            project.add([path], PUBLISHED, reader=Unread if reader == "hand" else reader, jobs=0)
            if reader == "hand":
                _, problems = project.recording.files([BY_HAND])
                if problems:
                    raise AscribeError("\n".join(problems))
            look = Look(project, path, PUBLISHED)
            return [*named_lines(look), *look.lines()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each line; the status is 1 where one is wrong by hand, 2 where nothing could be looked at."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.first_document", description=__doc__)
    parser.add_argument("text", type=Path, help="the compiled first document")
    parser.add_argument("--reader", default="hand", help="hand, rules, model (default: hand)")
    options = parser.parse_args(arguments)
    try:
        found = verdicts(options.text.read_text("utf-8"), options.reader)
    except (AscribeError, OSError, UnicodeDecodeError) as error:
        print(f"evaluation.first_document: {error}", file=sys.stderr)
        return 2
    for one in found:
        print(f"{'right' if one.right else 'WRONG'}  {one.id:<32} {one.command}{f'  ({one.seen})' if one.seen else ''}")
    right = sum(one.right for one in found)
    print(f"{right} of {len(found)} lines are right, read by {options.reader}")
    return int(options.reader == "hand" and right < len(found))


if __name__ == "__main__":
    sys.exit(main())
