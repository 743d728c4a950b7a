"""Build `registers/ordinary_words.txt` and `plain_words.txt` from running texts: tools/build_ordinary_words.py FILE...

A word of a place's name that texts write in lower case is an ordinary word; any word that they do is a plain one.
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
# Added by hand: words that are written with a capital without being a place ("University", "Christmas").
# By itself such a word is no name for the registers, unless the place is large or the words around it say so.
"""
PLAIN_HEADER = """\
# Words that running English texts (news, weblogs, encyclopedia passages) write in lower case at least {least} times,
# and at least {share:.0%} as often as with a capital inside a sentence. With a capital they are no name by themselves.
"""
# Words that are written with a capital without being a place's name.
ALWAYS = """
academy agency airlines association avenue bible boulevard bureau cathedral christian christians christmas church
college commission committee commonwealth congress congressional constitution
coptic corporation coran council court cup
ebola easter el nino nina embassy facebook federation foundation google halloween highway hospital hotel house hiv inc
institute instagram internet islam islamic jew jewish jews judaism koran legislature league mafia marine marines mayor
ministry mosque muslim muslims nazi nazis navy nobel olympic olympics orthodox parliament pope press protestant quran
ramadan reuters road school senate socialist street sunni supreme shia shiite shiites station synagogue telegram temple
thanksgiving treasury tribunal tweet twitter university vatican whatsapp white xinhua youtube zionist catholic catholics
communist democrat democrats democratic republican republicans labour conservative conservatives liberal liberals
""".split()
LEAST = 3
PLAIN_LEAST = 2
SHARE = 0.25
WORD = re.compile(r"(?<![\w'’.-])[^\W\d_]+(?![\w'’-])")


def texts(paths: list[str]) -> Iterator[str]:
    """The text of every record."""
    for path in paths:
        data = Path(path).read_bytes()
        for line in (gzip.decompress(data) if path.endswith(".gz") else data).splitlines():
            record = json.loads(line)
            for key in ("text", "report", "source", "noun", "plural"):
                value = record.get(key)
                value = value.get("text") if isinstance(value, dict) else value
                if isinstance(value, str) and sum(map(str.isupper, value)) < len(value) / 4:
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
    words = sorted(w for w in names if w in ALWAYS or (lower[w] >= LEAST and lower[w] >= SHARE * upper[w]))
    target = REGISTERS / "ordinary_words.txt"
    target.write_text(HEADER.format(least=LEAST, share=SHARE) + "\n".join(words) + "\n", encoding="utf-8")
    plain = sorted(w for w in lower if lower[w] >= PLAIN_LEAST and lower[w] >= SHARE * upper[w] and len(w) > 1)
    listed = PLAIN_HEADER.format(least=PLAIN_LEAST, share=SHARE) + "\n".join(plain) + "\n"
    (REGISTERS / "plain_words.txt").write_text(listed, encoding="utf-8")
    sys.stdout.write(f"{target.name}: {len(words)} words, plain_words.txt: {len(plain)} words\n")


if __name__ == "__main__":
    main(sys.argv[1:])
