"""HTML: the article and what the page says of itself."""

from __future__ import annotations

from datetime import date

import pytest
from document_samples import HEADLINE, STORY, one, page, reason

from ascribe.documents import Limits, LoadOptions

FURNITURE = """
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World news</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies to make this site better for you.</p><button>Accept</button></div>
<article><h1>Bus attacked near Torvik</h1><p class="byline">By Ana Lind</p>{story}
<aside><p>Sign up for our newsletter to get the news of the valley every morning in your mail.</p></aside></article>
<div class="related"><h3>Related stories</h3><ul><li><a href="/a">Market bombing kills 30 in Sandvar</a></li></ul></div>
<section id="comments"><h3>2 comments</h3>
<p>User1: This is what happens when nobody cares about the valley at all.</p></section>
<footer><p>© 2018 The Harbour Post. All rights reserved.</p></footer></body>"""
LD = """<script type="application/ld+json">{"@graph": [{"@type": "Organization", "name": "Other"},
{"@type": "WebPage", "name": "Page", "datePublished": "2016-01-01"}, {"@type": "NewsArticle",
"headline": "Bus attacked near Torvik", "datePublished": "2018-12-12T23:30:00-05:00", "dateModified": "2018-12-20",
"author": [{"name": "Ana Lind"}, {"name": "Per Holm"}], "publisher": {"name": "The Harbour Post"}}]}</script>"""


def built(head: str = "", story: str = "".join(f"<p>{p}</p>" for p in STORY)) -> bytes:
    return f"<!doctype html><html><head>{head}</head>{FURNITURE.format(story=story)}</html>".encode()


def test_only_the_article_is_read() -> None:
    assert one("a.html", built()).text == "\n\n".join((HEADLINE, *STORY))


def test_inline_elements_breaks_tables_and_lists_become_clean_paragraphs() -> None:
    story = (
        f"<p>{STORY[0].replace('five', '<b>fi</b>ve')}</p><p>{STORY[1]}<br>They&nbsp;wore  <i>uni\u00adforms</i>.</p>"
        "<table><tr><th>Year</th><th>Killed</th></tr><tr><td>2017</td><td>3</td></tr></table>"
        f"<ul><li>The road has been closed since then.</li></ul><script>var x = 1;</script><p>{STORY[3]}</p>"
    )
    text = one("a.html", built(story=story)).text
    assert STORY[0] in text
    assert f"{STORY[1]}\nThey wore uniforms.\n\n" in text
    assert "Year | Killed\n\n2017 | 3\n\nThe road has been closed since then.\n\n" in text
    assert "var x" not in text


def test_json_ld_tells_title_authors_publisher_and_the_day_as_written() -> None:
    document = one("a.html", built(LD + "<link rel='canonical' href='https://example.org/bus'>"))
    assert (document.title, document.author, document.publisher) == (HEADLINE, "Ana Lind, Per Holm", "The Harbour Post")
    assert document.url == "https://example.org/bus"
    assert document.publication is not None
    assert (document.publication.when.start, document.publication.how) == (date(2018, 12, 12), "json-ld:datePublished")


@pytest.mark.parametrize(
    ("head", "story", "how"),
    [
        ("<meta property='article:published_time' content='2018-12-12T08:00Z'>", "", "meta:article:published_time"),
        ("<meta name='DC.date' content='2018-12-12'>", "", "meta:dc.date"),
        ("", "<time datetime='2018-12-12T10:00'>yesterday</time>", "time"),
        ("<link rel='canonical' href='https://example.org/2018/12/12/bus'>", "", "url"),
        ("", "<p>12 December 2018</p>", "header"),
        ("<script type='application/ld+json'>{broken</script><meta name='date' content='2018-12-12'>", "", "meta:date"),
    ],
)
def test_the_date_says_how_it_was_found(head: str, story: str, how: str) -> None:
    document = one("a.html", built(head, story + "".join(f"<p>{p}</p>" for p in STORY)))
    assert document.publication is not None
    assert (document.publication.when.start, document.publication.how) == (date(2018, 12, 12), how)


def test_site_name_and_meta_author_are_used_without_json_ld() -> None:
    head = "<meta property='og:site_name' content='The Harbour Post'><meta name='author' content='Ana Lind'>"
    document = one("a.html", built(head))
    assert (document.publisher, document.author) == ("The Harbour Post", "Ana Lind")


def test_the_charset_that_the_page_declares_is_used() -> None:
    data = page((*STORY, "Взрыв прогремел на рынке.")).decode().replace("utf-8", "windows-1251").encode("cp1251")
    document = one("a.html", data)
    assert "Взрыв прогремел на рынке." in document.text
    assert document.encoding == "windows-1251"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<nav>" + "<li><a href='/x'>World news today</a></li>" * 30 + "</nav>",
        "<ul>" + "<li><a href='/x'>World news today</a></li>" * 30 + "</ul>",
        "<article><h1>Bus attacked</h1></article>",
    ],
)
def test_a_page_without_an_article_is_skipped(body: str) -> None:
    assert "no article text" in reason("a.html", f"<html><body>{body}</body></html>".encode())


def test_a_flash_of_one_sentence_is_an_article() -> None:
    body = "<h1>Bomb in Torvik</h1><p>A bomb killed five people in Torvik on Monday.</p>"
    text = one("a.html", f"<html><body>{body}</body></html>".encode()).text
    assert text == "Bomb in Torvik\n\nA bomb killed five people in Torvik on Monday."


def test_a_page_whose_article_is_gone_is_skipped() -> None:
    body = "<h1>Page not found</h1><p>The article that you are looking for is no longer available on this site.</p>"
    assert "gone" in reason("a.html", f"<html><body>{body}</body></html>".encode())


def test_a_page_that_is_nested_too_deeply_is_refused() -> None:
    assert "nested deeper" in reason("a.html", b"<html><body>" + b"<div>" * 100_000 + b"<p>hello")


def test_a_very_large_page_is_read_by_its_elements() -> None:
    document = one("a.html", built(), LoadOptions(limits=Limits(max_elements=10)))
    assert all(p in document.text for p in STORY)
    assert "Market bombing" not in document.text
    assert any("very large page" in note for note in document.notes)
