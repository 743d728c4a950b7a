"""Plain text, JSON lines and encodings: the text as given, whatever it came in."""

from __future__ import annotations

import json

import pytest
from document_samples import STORY, loaded, one, reason
from hypothesis import given
from hypothesis import strategies as st

from ascribe.documents import LoadOptions
from ascribe.documents.encodings import UndecodableError, charset, decode
from ascribe.model import Document, Skipped, sha256

READABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff"), min_size=1
).filter(str.strip)
ENGLISH = " ".join(STORY)


def read_as_text(data: bytes) -> Document:
    return one("a.txt", data, LoadOptions(format="text"))


@given(READABLE)
def test_plain_text_comes_out_unchanged_in_any_unicode_encoding(text: str) -> None:
    assert read_as_text(text.encode("utf-8")).text == text
    for name, mark in (("utf-8", "\ufeff"), ("utf-16-le", "\ufeff"), ("utf-16-be", "\ufeff"), ("utf-32-le", "\ufeff")):
        assert read_as_text((mark + text).encode(name)).text == text


@given(READABLE)
def test_the_text_of_a_json_line_comes_out_unchanged(text: str) -> None:
    line = json.dumps({"id": "x", "text": text}).encode()
    document = one("a.jsonl", line)
    assert document.text == text
    assert document.bytes_id == sha256(line)


def test_line_ends_stay_as_they_are() -> None:
    text = "First line here\r\nsecond line\rthird\u2028fourth\n"
    assert one("a.txt", text.encode()).text == text
    assert one("a.jsonl", json.dumps({"text": text}).encode()).text == text


def test_a_byte_order_mark_is_dropped_and_noted() -> None:
    document = one("a.txt", b"\xef\xbb\xbfA story.")
    assert document.text == "A story."
    assert document.notes == ("a byte order mark was dropped",)


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        ("The suspect, Chérif Böll, said: “I saw nothing” – and left. " * 2, "cp1252", "windows-1252 (guessed)"),
        ("Le suspect a été arrêté à Genève près de la gare, déjà l'été dernier.", "cp1252", "windows-1252 (guessed)"),
        ("Взрыв прогремел на рынке, погибли пять человек. " * 3, "cp1251", "windows-1251 (guessed)"),
        ("A story without a mark. " * 4, "utf-16-le", "utf-16-le (guessed)"),
        ("A story without a mark. " * 4, "utf-16-be", "utf-16-be (guessed)"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_or_guessed_and_said(text: str, encoding: str, shown: str) -> None:
    document = one("a.txt", text.encode(encoding))
    assert document.text == text
    assert document.encoding == shown


def test_a_few_broken_bytes_in_utf_8_are_replaced_and_counted() -> None:
    document = one("a.txt", "Chérif Böll was seen in Genève, señor, à Paris, où l’été".encode() + b" \xff end")
    assert document.text.endswith("\ufffd end")
    assert any("1 broken character" in note for note in document.notes)


@pytest.mark.parametrize(
    "name", ["utf-7", "idna", "punycode", "zip", "hex", "rot13", "unicode_escape", "nonsense", "x" * 999]
)
def test_declared_charsets_that_are_none_are_not_believed(name: str) -> None:
    assert charset(name) is None
    assert decode(b"plain words", name).text == "plain words"


def test_utf_8_is_believed_before_a_western_declaration() -> None:
    assert decode("Chérif".encode(), "iso-8859-1").text == "Chérif"
    assert decode("Chérif".encode("cp1252"), "iso-8859-1").encoding == "windows-1252"


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "utf-16", "latin-1", "shift_jis", "gb18030", "utf-32"]))
def test_bytes_are_decoded_without_half_characters_or_refused_in_one_line(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared).text
    except UndecodableError as error:
        lines = str(error).splitlines()
    else:
        text.encode("utf-8")
        return
    assert len(lines) == 1


def test_control_characters_in_good_text_stay_and_are_noted() -> None:
    text = ENGLISH[:60] + "\x00\x07" + ENGLISH[60:]
    document = one("a.txt", text.encode())
    assert document.text == text
    assert document.notes == ("2 control characters in the text",)


def test_other_languages_are_read_and_noted() -> None:
    document = one(
        "a.txt", ("Der Täter wurde am Bahnhof festgenommen, wie die Polizei am Montag mitteilte. " * 3).encode()
    )
    assert document.language == "de"
    assert any("English only" in note for note in document.notes)
    assert one("a.txt", b"Gunmen attack village").language is None


def test_fields_of_a_json_line_become_metadata() -> None:
    line = {
        "id": 7,
        "text": "A bomb.",
        "title": "T",
        "published": "2018-12",
        "publisher": "P",
        "url": "http://e.org",
        "author": "A",
    }
    document = one("a.jsonl", json.dumps(line).encode())
    assert (document.name, document.title, document.publisher, document.url, document.author) == (
        "7",
        "T",
        "P",
        "http://e.org",
        "A",
    )
    assert document.publication is not None
    assert (document.publication.how, document.publication.when.precision) == ("jsonl:published", "month")


def test_a_bad_line_names_its_number_and_the_rest_goes_on() -> None:
    lines = [
        b'{"id": "a", "text": "One."}', b"", b"no json", b"[1]", b'{"id": "b"}',
        b'{"id": "c", "text": ""}', b'{"text": "\xff"}',
        b'{"id": "a", "text": "Two."}', b'{"id": "d", "text": ' + b"[" * 100_000,
        b'{"n": ' + b"9" * 5000 + b', "text": "x"}',
        b'{"id": "e", "text": "half \\ud800 character"}', b'{"text": "Last."}',
    ]  # fmt: skip
    items = loaded("a.jsonl", b"\n".join(lines))
    read = [i for i in items if isinstance(i, Document)]
    left = [i.reason for i in items if isinstance(i, Skipped)]
    assert [d.text for d in read] == ["One.", "half \ufffd character", "Last."]
    assert [d.name for d in read] == ["a", "e", "a.jsonl:12"]
    assert [r.split(":")[0] for r in left] == [
        "line 3",
        "line 4",
        "line 5",
        "empty",
        "line 7",
        "line 8",
        "line 9",
        "line 10",
    ]
    assert "stands in line 1 already" in left[5]


def test_random_bytes_are_called_binary() -> None:
    assert "binary" in reason("a.txt", bytes((i * 97 + i * i * 31) % 256 for i in range(5000)))
