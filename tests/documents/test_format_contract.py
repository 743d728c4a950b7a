"""What every format promises, run over all of them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from document_samples import HEADLINE, SAMPLES, STORY, loaded, one

from ascribe.documents import FORMATS, SUFFIXES, Limits, LoadOptions, formats, is_readable, parse_published
from ascribe.errors import AscribeError
from ascribe.model import Document, Skipped, sha256

NAMES = sorted(SAMPLES)
HEAVY = (
    "trafilatura",
    "pypdfium2",
    "docx",
    "feedparser",
    "fastwarc",
    "lxml",
    "charset_normalizer",
    "py3langid",
    "rensa",
)


def is_one_line(reason: str) -> bool:
    return bool(reason.strip()) and len(reason.splitlines()) == 1 and len(reason) <= 300


def check(item: Document | Skipped) -> None:
    """What holds of every result, whatever it came from."""
    if isinstance(item, Skipped):
        assert item.name
        assert is_one_line(item.reason), item
        return
    assert item.id == sha256(item.text.encode("utf-8"))
    assert len(item.bytes_id) == 64
    assert item.text.strip()
    assert item.format in FORMATS
    assert all(is_one_line(note) for note in item.notes)
    starts = [mark.start for mark in item.pages]
    assert starts == sorted(starts)
    assert all(0 <= start < len(item.text) for start in starts)
    middle = len(item.text) // 2
    evidence = item.quote(middle, middle + 1)
    assert item.text[evidence.start : evidence.end] == evidence.quote


def test_every_format_has_a_sample_and_every_sample_a_format() -> None:
    assert set(SAMPLES) == set(FORMATS) == {f.name for f in formats()}


def test_the_table_of_suffixes_is_what_the_formats_say() -> None:
    assert {s for f in formats() for s in f.suffixes} == SUFFIXES
    assert is_readable("a/b/REPORT.PDF")
    assert is_readable("crawl.warc.gz")
    assert not is_readable("picture.png")
    assert not is_readable("notes")
    assert not is_readable(".hidden.txt")


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_story_is_read_in_order(name: str) -> None:
    document = one(SAMPLES[name][0], SAMPLES[name][1]())
    check(document)
    assert document.format == ("html" if name == "warc" else name)
    places = [document.text.index(paragraph) for paragraph in STORY]
    assert places == sorted(places)
    if name != "jsonl":
        assert document.title == HEADLINE
    assert document.language == "en"
    assert document.near_copy_of is None


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_give_the_same_document(name: str) -> None:
    file, make = SAMPLES[name]
    data = make()
    assert loaded(file, data) == loaded(file, data)


@pytest.mark.parametrize("name", NAMES)
def test_content_decides_when_the_name_says_something_else(name: str) -> None:
    data = SAMPLES[name][1]()
    document = one("story.bin", data)
    if name != "markdown":  # only its suffix tells Markdown from text
        assert document.format == one(SAMPLES[name][0], data).format
    wrong = "story.pdf" if name != "pdf" else "story.docx"
    mislabelled = one(wrong, data)
    assert mislabelled.text == document.text
    assert any("named" in note for note in mislabelled.notes)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_it_is_skipped_with_a_reason(name: str) -> None:
    (item,) = loaded(SAMPLES[name][0], b"")
    assert isinstance(item, Skipped)
    assert "empty" in item.reason
    for item in loaded(SAMPLES[name][0], b" \n\t \n"):
        assert isinstance(item, Skipped)
        check(item)


@pytest.mark.parametrize("name", NAMES)
def test_every_cut_is_a_document_or_one_line(name: str) -> None:
    file, make = SAMPLES[name]
    data = make()
    for part in range(1, 20):
        for item in loaded(file, data[: len(data) * part // 20]):
            check(item)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "pdf"])
def test_astral_and_right_to_left_text_survives(name: str) -> None:
    told = (
        *STORY,
        "The slogan 🕊️𝔓𝔢𝔞𝔠𝔢 was painted on the wall of the school, and nobody knows by whom it was painted there.",
        "وقال محافظ المدينة إن الهجوم أسفر عن مقتل خمسة أشخاص وإصابة أحد عشر آخرين في الحافلة يوم الأربعاء.",
    )
    document = one(SAMPLES[name][0], SAMPLES[name][1](told))
    check(document)
    assert "🕊️𝔓𝔢𝔞𝔠𝔢" in document.text
    assert told[-1] in document.text


def test_letters_beyond_ascii_survive_in_a_pdf() -> None:
    assert "Chérif Böll" in one("a.pdf", SAMPLES["pdf"][1]((*STORY, "The witness Chérif Böll saw it."))).text


@pytest.mark.parametrize("name", NAMES)
def test_a_date_given_by_the_user_wins_and_restriction_is_kept(name: str) -> None:
    file, make = SAMPLES[name]
    options = LoadOptions(published=parse_published("2018-12"), restricted=True)
    document = one(file, make(("Published: 3 May 2017", *STORY)), options)
    assert document.publication is not None
    assert (document.publication.how, document.publication.when.precision) == ("given", "month")
    assert document.restricted


@pytest.mark.parametrize("name", NAMES)
def test_no_date_is_made_up(name: str) -> None:
    file, make = SAMPLES[name]
    assert one(file, make()).publication is None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_too_large_or_too_long_is_refused_in_one_line(name: str) -> None:
    file, make = SAMPLES[name]
    for limits in (Limits(max_bytes=50), Limits(max_text=40)):
        items = loaded(file, make(), LoadOptions(limits=limits))
        assert items
        assert all(isinstance(i, Skipped) and is_one_line(i.reason) for i in items)
        assert any("too l" in i.reason for i in items if isinstance(i, Skipped))


@pytest.mark.parametrize("name", NAMES)
def test_a_format_that_is_asked_for_is_used(name: str) -> None:
    file, make = SAMPLES[name]
    document = one("no-suffix", make(), LoadOptions(format=name))
    assert document.text == one(file, make()).text


def test_a_format_that_does_not_exist_is_the_users_mistake() -> None:
    with pytest.raises(AscribeError, match="known are pdf"):
        loaded("a.txt", b"text", LoadOptions(format="odt"))


@pytest.mark.parametrize(
    ("start", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, ".docx"),
        (b"{\\rtf1\\ansi a story}", ".docx"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "OCR"),
        (b"PK\x03\x04" + b"mimetypeapplication/epub+zip", "unpack"),
        (b"\x1f\x8b\x08\0" + b"\0" * 100, "unpack"),
        (bytes(range(256)) * 40, "binary"),
        (b"\0" * 4096, "binary"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a"])
def test_files_that_are_no_documents_are_refused_with_what_to_do(start: bytes, word: str, name: str) -> None:
    (item,) = loaded(name, start)
    assert isinstance(item, Skipped)
    assert word in item.reason


def test_importing_the_stage_loads_no_parser() -> None:
    code = f"import sys, ascribe.documents as d; d.formats(); print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
