"""Thousands of spoilt inputs: each is a document or a line that says why not, never an exception.

`ASCRIBE_FUZZ=20000 pytest -s tests/documents/test_fuzz.py` runs more of them and prints the counts.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter

from document_samples import SAMPLES, STORY, archive, drawn, loaded, pdf, record
from test_format_contract import check

from ascribe.documents import Limits, LoadOptions
from ascribe.model import Document

INPUTS = int(os.environ.get("ASCRIBE_FUZZ", "2000"))
BITS = (
    b"<div>", b"</p>", b"<!--", b"]]>", b"<![CDATA[",
    b"\x00" * 40, b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.7\n", b"PK\x03\x04",
    b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"Content-Length: -5\r\n",
    b"&#xD800;", b"\\ud800", b"<!ENTITY a 'b'>",
    b"\x1f\x8b\x08\x00", b"endobj", b"stream\r\n", b"/Rotate 90", b"\xed\xa0\x80",
    b"{" * 300, b"[" * 300, b"---\n", b"```",
    b"charset=utf-7", b"encoding='punycode'", b"<?xml version='1.0'?>", b"9" * 400, b"\xe2\x80\xae", b"\r", b"\n" * 50,
)  # fmt: skip


def samples() -> list[bytes]:
    def turned(sheet: object) -> None:
        sheet.setPageRotation(90)  # type: ignore[attr-defined]
        for i, paragraph in enumerate(STORY):
            sheet.drawString(50, 500 - 20 * i, paragraph[:60])  # type: ignore[attr-defined]

    several = archive() + record("https://example.org/2", b"Plain words.", "text/plain") + archive()
    return [*(make() for _, make in SAMPLES.values()), several, drawn([turned, turned]), pdf(STORY * 8)]


def spoilt(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The data after one to four changes of the kinds that broken discs, transfers and people make."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(made) + 1)
        kind = chance.randrange(8)
        if kind == 0:
            for _ in range(chance.choice((1, 5, 60))):
                if made:
                    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del made[at:]
        elif kind == 2:
            del made[:at]
        elif kind == 3:
            other = chance.choice(others)
            begin = chance.randrange(len(other))
            made[at:at] = other[begin : begin + chance.randrange(1, 2000)]
        elif kind == 4:
            piece = bytes(made[at : at + chance.randrange(1, 400)])
            made[at:at] = piece * chance.choice((1, 2, 30))
        elif kind == 5:
            made[at:at] = chance.choice(BITS)
        elif kind == 6:
            del made[at : at + chance.randrange(1, 300)]
        else:
            made[at:at] = chance.randbytes(chance.randrange(1, 100))
    return bytes(made)


def test_spoilt_inputs_are_documents_or_one_line() -> None:
    chance = random.Random(20181212)
    sources = samples()
    suffixes = [name[name.index(".") :] for name, _ in SAMPLES.values()] + ["", ".xml", ".bin"]
    options = LoadOptions(limits=Limits(max_bytes=1 << 20, max_expansion=4 << 20))
    counts: Counter[str] = Counter()
    for number in range(INPUTS):
        data = spoilt(chance.choice(sources), sources, chance)
        for item in loaded(f"input-{number}{chance.choice(suffixes)}", data, options):
            check(item)
            counts["documents" if isinstance(item, Document) else "skipped"] += 1
            if not isinstance(item, Document) and "damaged, or no" in item.reason:
                counts[f"caught: {item.reason}"] += 1
    told_of = [f"{INPUTS} spoilt inputs: {counts['documents']} documents, {counts['skipped']} skipped"]
    told_of += [f"  {count} {told}" for told, count in counts.most_common() if told.startswith("caught")]
    sys.stdout.write("\n" + "\n".join(told_of) + "\n")
    assert counts["documents"] > INPUTS // 10
    assert counts["skipped"] > INPUTS // 10
