"""Word documents, feeds and web archives: what is in them, in order, with what is known of it."""

from __future__ import annotations

import gzip
import io
from datetime import date, datetime

import docx
import pytest
from document_samples import HEADLINE, STORY, archive, feed, loaded, one, packed_archive, page, reason, record
from docx.oxml import parse_xml

from ascribe.documents import Limits, LoadOptions
from ascribe.model import Document, Skipped, sha256

DAY = date(2018, 12, 12)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(made: object) -> bytes:
    out = io.BytesIO()
    made.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def read(items: list[Document | Skipped]) -> list[Document]:
    return [i for i in items if isinstance(i, Document)]


def left(items: list[Document | Skipped]) -> list[str]:
    return [i.reason for i in items if isinstance(i, Skipped)]


# Word documents


def test_paragraphs_and_tables_keep_their_order() -> None:
    made = docx.Document()
    made.add_heading(HEADLINE, 1)
    table = made.add_table(2, 2)
    for cell, words in zip(
        [c for row in table.rows for c in row.cells], ("Date", "12 December", "Killed", ""), strict=True
    ):
        cell.text = words
    made.add_paragraph("After the table.\tTab\nbreak")
    assert (
        one("a.docx", saved(made)).text == f"{HEADLINE}\n\nDate | 12 December\n\nKilled\n\nAfter the table.\tTab\nbreak"
    )


def test_insertions_are_read_and_deletions_are_not() -> None:
    made = docx.Document()
    made.element.body.insert(
        0,
        parse_xml(
            f"<w:p {W}><w:r><w:t>killing </w:t></w:r><w:del><w:r><w:delText>four</w:delText></w:r></w:del>"
            "<w:ins><w:r><w:t>five</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> people</w:t></w:r></w:p>"
        ),
    )
    made.element.body.insert(
        1, parse_xml(f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    assert one("a.docx", saved(made)).text == "killing five people\n\nIn a field."


def test_properties_are_used_and_the_creation_date_is_told_for_what_it_is() -> None:
    made = docx.Document()
    made.add_paragraph(STORY[0])
    made.core_properties.title, made.core_properties.author = "The report", "Ana Lind"
    made.core_properties.created = datetime(2018, 12, 12, 9, 0)
    document = one("a.docx", saved(made))
    assert (document.title, document.author) == ("The report", "Ana Lind")
    assert document.publication is not None
    assert (document.publication.when.start, document.publication.how) == (DAY, "docx:created")
    assert any("created" in note for note in document.notes)
    made.add_paragraph("")
    made.paragraphs[0].insert_paragraph_before("Published: 3 May 2017")
    better = one("a.docx", saved(made)).publication
    assert better is not None
    assert (better.when.start, better.how) == (date(2017, 5, 3), "header")


# Feeds


def test_an_atom_feed_gives_a_document_an_entry() -> None:
    data = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Post</title>
    <entry><id>tag:e.org,1</id><title>Bus attacked</title><link href="https://e.org/1"/>
    <author><name>Ana Lind</name></author>
    <published>2018-12-12T00:10:00+02:00</published><updated>2018-12-20T00:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
    <p>Gunmen shot <b>five</b> people.</p><p>Two fled.</p>
    </div></content></entry>
    <entry><id>tag:e.org,2</id><title>Only a headline here</title></entry><entry><id>tag:e.org,3</id></entry></feed>"""
    first, second, third = loaded("a.xml", data)
    assert isinstance(first, Document)
    assert (first.name, first.url, first.author, first.publisher) == (
        "tag:e.org,1",
        "https://e.org/1",
        "Ana Lind",
        "The Harbour Post",
    )
    assert first.text == "Bus attacked\n\nGunmen shot five people.\n\nTwo fled."
    assert first.publication is not None
    assert (first.publication.when.start, first.publication.how) == (DAY, "feed:published")
    start = data.index(b"<entry>")
    assert first.bytes_id == sha256(data[start : data.index(b"</entry>") + len(b"</entry>")])
    assert isinstance(second, Document)
    assert any("only the headline" in note for note in second.notes)
    assert isinstance(third, Skipped)
    assert "no text" in third.reason


def test_the_date_of_an_rss_entry_is_the_day_as_written() -> None:
    data = feed().replace(b"<guid>", b"<pubDate>Wed, 12 Dec 2018 00:30:00 +0200</pubDate><guid>")
    document = one("a.rss", data)
    assert document.publication is not None
    assert document.publication.when.start == DAY


def test_entries_without_ids_or_with_the_same_one_are_told_apart() -> None:
    item = b"<item><guid>same</guid><title>A bomb went off</title></item>"
    items = loaded(
        "a.rss",
        b"<rss version='2.0'><channel>" + item * 2 + b"<item><title>Another one here</title></item></channel></rss>",
    )
    assert [i.name for i in items] == ["same", "a.rss#2", "a.rss#3"]


def test_a_feed_cut_in_the_middle_is_read_as_far_as_it_goes() -> None:
    data = feed().replace(b"</item>", b"</item><item><title>Second one</title><description>Cut he")
    items = loaded("a.rss", data[: data.index(b"Cut he") + 6])
    assert STORY[0] in read(items)[0].text
    assert any("broken" in note for note in read(items)[0].notes)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_as_in_xml_bombs_are_refused_unread(encoding: str) -> None:
    lines = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 30))
    declared = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{lines}]>'
    bomb = f"{declared}<rss><channel><item><title>&l29;</title></item></channel></rss>"
    outside = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    for data in (bomb, outside):
        assert "entities" in reason("a.rss", data.encode(encoding))


def test_deep_feeds_and_other_xml_are_refused() -> None:
    deep = b"<rss><channel><item>" + b"<a>" * 100_000
    assert "nested" in reason("a.rss", deep)
    assert "no RSS or Atom" in reason("a.xml", b"<?xml version='1.0'?><invoice><sum>5</sum></invoice>")


def test_references_to_characters_that_do_not_exist_do_no_harm() -> None:
    for data in (feed(("Five &#xD800; people",)), feed().replace(b"Gunmen", b"Gunmen &#55296; &#x110000; <b")):
        (item,) = loaded("a.rss", data)
        assert isinstance(item, Document)
        item.text.encode("utf-8")


# Web archives


def test_pages_and_texts_are_read_and_the_rest_is_passed_over() -> None:
    data = b"".join(
        (
            record("https://e.org/1", page()),
            record("https://e.org/r", b"GET / HTTP/1.1", kind="request"),
            record("https://e.org/i.png", b"\x89PNG", "image/png"),
            record("https://e.org/2", b"A bomb went off in Torvik.", "text/plain"),
            record("https://e.org/3", gzip.compress(page()), headers="Content-Encoding: gzip\r\n"),
            record("https://e.org/moved", b"<p>moved", status="301 Moved"),
            record("https://e.org/gone", page(), status="404 Not Found"),
            record("https://e.org/4", page().decode().encode("utf-16"), "text/html; charset=utf-16"),
        )
    )
    for name, made in (("a.warc", data), ("a.warc.gz", gzip.compress(data))):
        items = loaded(name, made)
        assert [d.name for d in read(items)] == [f"https://e.org/{i}" for i in (1, 2, 3, 4)]
        assert [d.format for d in read(items)] == ["html", "text", "html", "html"]
        assert read(items)[0].url == "https://e.org/1"
        assert read(items)[0].bytes_id == sha256(page())
        assert read(items)[3].text == read(items)[0].text
        assert left(items) == ["the server answered 404: fetch the page again"]


def test_the_records_before_a_cut_are_read_and_the_rest_is_one_line() -> None:
    one_record = archive()
    whole = one_record * 3
    for cut in (len(one_record) * 2 + 5, len(one_record) * 2 + 180, len(whole) - 60):
        items = loaded("a.warc", whole[:cut])
        assert len(read(items)) == 2
        assert len(left(items)) == 1
        assert "cut or damaged after 2" in left(items)[0]
    items = loaded("a.warc.gz", (packed_archive() * 3)[:-40])
    assert (len(read(items)), len(left(items))) == (2, 1)


def test_archives_that_unfold_beyond_the_limit_are_stopped() -> None:
    small = LoadOptions(limits=Limits(max_expansion=1 << 20, max_bytes=1 << 20))
    many = gzip.compress(archive() + record("https://e.org/zeros", b"0" * (4 << 20), "text/plain"))
    items = loaded("a.warc.gz", many, small)
    assert len(read(items)) == 1
    assert "unfolds to more than" in left(items)[0]
    bomb = record("https://e.org/bomb", gzip.compress(b"a" * (8 << 20)), headers="Content-Encoding: gzip\r\n")
    assert "unfolds to more than" in reason("a.warc", bomb, small)


def test_an_archive_without_pages_says_so() -> None:
    assert "no HTML or text" in reason("a.warc", record("https://e.org/i.png", b"\x89PNG", "image/png"))
