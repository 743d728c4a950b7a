"""Input made to hurt: it ends in bounded time and memory with documents or one line each."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib

import pytest
from document_samples import STORY, loaded, one, page, reason, word
from test_format_contract import check

from ascribe.documents import Limits, LoadOptions
from ascribe.model import Document

SENTENCE = STORY[0] + " "
FIVE_MEGABYTES = SENTENCE * (5_000_000 // len(SENTENCE))


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(f"word/{name}.xml", data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", FIVE_MEGABYTES.encode()),
        ("a.md", FIVE_MEGABYTES.encode()),
        ("a.html", f"<html><body><article><p>{FIVE_MEGABYTES}</p></article>".encode()),
        ("a.jsonl", b'{"text": "' + FIVE_MEGABYTES.encode() + b'"}'),
        ("a.docx", word((FIVE_MEGABYTES,))),
    ],
)
def test_megabytes_in_one_paragraph_are_one_document(name: str, data: bytes) -> None:
    document = one(name, data)
    assert SENTENCE * 1000 in document.text
    check(document)


@pytest.mark.parametrize(
    "piece",
    [
        b"<!--",
        b"[",
        b"![",
        b"*a _b ",
        b"`",
        b"<b ",
        b"\\",
        b"> ",
        b"- ",
        b"|",
        b"[a](",
        b"**",
        b"&",
        b"```\n",
        b"---\n",
    ],
)
def test_markup_that_is_never_closed_takes_no_longer_than_its_length(piece: bytes) -> None:
    for item in loaded("a.md", piece * (500_000 // len(piece))):
        check(item)


@pytest.mark.parametrize(
    "piece", [b"<div>", b"<b><i>", b"<", b"<!--", b"<a href='x'>b</a>", b"<td>", b"<p>x", b"&#x110000;", b"<br>"]
)
def test_pages_of_one_thing_only_end(piece: bytes) -> None:
    for item in loaded("a.html", b"<html><body>" + piece * (150_000 // len(piece))):
        check(item)


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", "a.pdf", "a.docx", "a.rss", "a.jsonl", "a.warc", "a"])
def test_a_page_of_nuls_is_called_binary(name: str) -> None:
    assert "binary" in reason(name, b"\0" * 1_000_000)


def test_a_zip_bomb_is_refused_by_its_table_of_contents() -> None:
    assert "zip bomb" in reason("a.docx", zipped(document=b"<" + b" " * 40_000_000))


def test_a_zip_that_lies_about_its_sizes_is_refused_or_read_up_to_the_lie() -> None:
    data = bytearray(zipped(document=b"<a>" + b" " * 30_000_000 + b"</a>"))
    size = (30_000_007).to_bytes(4, "little")
    assert data.count(size) == 2
    lied = bytes(data).replace(size, (64).to_bytes(4, "little"))
    assert "damaged" in reason("a.docx", lied)


def test_entities_in_a_word_document_are_not_expanded() -> None:
    lines = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 20))
    bomb = f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as source, zipfile.ZipFile(out, "w") as made:
        for part in source.namelist():
            data = source.read(part).decode("utf-8", "replace")
            if part == "word/document.xml":
                data = data.replace("<w:document", f"{bomb}<w:document", 1).replace(STORY[0], "&l19;")
            made.writestr(part, data)
    for item in loaded("a.docx", out.getvalue()):
        check(item)
        assert not isinstance(item, Document) or "haha" not in item.text


def test_more_entries_lines_or_pages_than_allowed_are_stopped_in_one_line() -> None:
    few = LoadOptions(limits=Limits(max_members=3))
    rows = b'{"text": "words"}\n' * 10
    items = loaded("a.jsonl", rows, few)
    assert len(items) == 4
    assert "split" in getattr(items[-1], "reason", "")
    entries = b"<rss version='2.0'><channel>" + b"<item><title>Two words</title></item>" * 10 + b"</channel></rss>"
    assert len(loaded("a.rss", entries, few)) == 4


def test_a_very_long_name_or_reason_stays_one_line() -> None:
    (item,) = loaded("a\n\x1b[31mb" * 1000 + ".txt", b"\0" * 100)
    assert "\n" not in item.name
    assert "\x1b" not in item.name


CAPPED = """
import io, resource, sys, zlib
from ascribe.documents import Limits, LoadOptions, Source, load
list(load(Source("warm.html", open(sys.argv[1], "rb").read())))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
pack = zlib.compressobj(9, zlib.DEFLATED, 31)
head = b"WARC/1.0\\r\\nWARC-Type: resource\\r\\nContent-Type: text/plain\\r\\nContent-Length: 2000000000\\r\\n\\r\\n"
data = pack.compress(head) + b"".join(pack.compress(b"0" * (1 << 20)) for _ in range(150)) + pack.flush()
reasons = [i.reason for i in load(Source("bomb.warc.gz", data), LoadOptions(limits=Limits(max_expansion=32 << 20)))]
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(len(data), grown, reasons)
assert len(reasons) == 1 and "unfolds" in reasons[0], reasons
assert grown < 64, grown
"""


def test_a_packed_archive_of_zeros_needs_little_memory(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.html").write_bytes(page())
    done = subprocess.run(
        [sys.executable, "-c", CAPPED, str(tmp_path / "a.html")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_gzip_file_of_zeros_is_not_unfolded_to_be_told_apart() -> None:
    assert "gzip" in reason("a.warc.gz", zlib.compress(b"0" * 10_000_000, wbits=31))
