"""Build `src/ascribe/registers/ordinary_words.txt` from running texts: python tools/build_ordinary_words.py FILE.jsonl...

A word of a place's name that texts write in lower case is an ordinary word.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ascribe.registers.folding import fold

REGISTERS = Path(__file__).parent.parent / "src" / "ascribe" / "registers"
HEADER = """\
# Words that are in the name of some town or group, but in a text mostly mean something else ("Of", "Police", "Bath").
# Derived: every word of a name of the registers that running English texts (news, weblogs, encyclopedia passages) write
# in lower case at least {least} times, and at least {share:.0%} as often as with a capital inside a sentence.
# By itself such a word is no name for the registers, unless the place is large or the words around it say so.
"""
LEAST = 3
SHARE = 0.25
WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?![\w'’-])")


def texts(paths: list[str]) -> Iterator[str]:
    """The text of every record."""
    for path in paths:
        opened = gzip.open(path, "rt") if path.endswith(".gz") else Path(path).open()
        with opened as lines:
            for line in lines:
                record = json.loads(line)
                for key in ("text", "report", "source", "noun", "plural"):
                    value = record.get(key)
                    value = value.get("text") if isinstance(value, dict) else value
                    if value and sum(map(str.isupper, value)) < len(value) / 4:
                        yield value


def main(paths: list[str]) -> None:
    """Count, choose and write."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    for text in texts(paths):
        for match in WORD.finditer(text):
            word = match[0]
            if word.islower():
                lower[fold(word)] += 1
            elif word[0].isupper() and text[max(0, match.start() - 2) : match.start()].strip(" ").isalpha():
                upper[fold(word)] += 1
    with sqlite3.connect(REGISTERS / "places.sqlite") as db:
        names = {word for (key,) in db.execute("SELECT DISTINCT key FROM alias") for word in key.split()}
    names |= set(fold((REGISTERS / "groups.csv").read_text(encoding="utf-8")).split())
    words = sorted(w for w in names if lower[w] >= LEAST and lower[w] >= SHARE * upper[w])
    target = REGISTERS / "ordinary_words.txt"
    target.write_text(HEADER.format(least=LEAST, share=SHARE) + "\n".join(words) + "\n", encoding="utf-8")
    print(f"{target.name}: {len(words)} words")


if __name__ == "__main__":
    main(sys.argv[1:])
