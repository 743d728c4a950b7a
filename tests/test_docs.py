"""The pages say what the program does: nothing is left out, nothing is out of date, no link leads nowhere."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from reportlab.pdfgen.canvas import Canvas

from ascribe.cli import main
from ascribe.cli.app import app
from ascribe.documents import FORMATS, Source, load
from ascribe.exports import EXPORTERS
from ascribe.model import Document
from ascribe.readings import EXTRACTORS
from ascribe.schema import bundled_schema

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md"), *(ROOT / "examples").glob("*.md")])
EXAMPLES = ROOT / "examples" / "documents"
README = (ROOT / "README.md").read_text("utf-8")


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


# --- links -----------------------------------------------------------------------------------------------------------


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titles}


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(path.read_text("utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = target.partition("#")
        found = (path.parent / name).resolve() if name else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


def test_files_that_pages_name_exist() -> None:
    for path in PAGES:
        for name in re.findall(
            r"`((?:src|docs|examples|tests|tools|evaluation|benchmarks)/[\w./-]+)`", path.read_text()
        ):
            assert (ROOT / name).exists(), f"{path.name}: {name}"


# --- what there is, is told ------------------------------------------------------------------------------------------


def test_every_kind_is_explained_among_the_concepts() -> None:
    for kind in bundled_schema().kinds:
        assert kind.id in page("concepts.md")
        assert kind.label.lower() in page("concepts.md").lower()


def test_every_code_has_its_ruling_in_the_codebook() -> None:
    codebook = page("codebook.md")
    for prop in bundled_schema().properties():
        for code in prop.codes:
            assert f"`{code.code}`" in codebook, f"{prop.path}: {code.code}"


def test_the_codebook_names_no_code_that_is_not_in_the_lists() -> None:
    known = {code.code for prop in bundled_schema().properties() for code in prop.codes}
    in_tables = set(re.findall(r"^\| `(\w+)` \|", page("codebook.md"), re.MULTILINE))

    assert in_tables <= known
    assert in_tables


def test_every_property_stands_on_the_schema_page() -> None:
    for prop in bundled_schema().properties():
        assert f"`{prop.id}`" in page("schema.md"), prop.path


@pytest.mark.parametrize("name", [*FORMATS, *EXPORTERS, *EXTRACTORS])
def test_every_format_exporter_and_reader_stands_in_the_readme(name: str) -> None:
    words = {"text": "plain text", "jsonl": "JSON lines", "feed": "RSS", "docx": "DOCX", "rules": "rules"}

    assert words.get(name, name).lower() in README.lower()


# --- commands --------------------------------------------------------------------------------------------------------

COMMANDS: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_row_in_the_readme_and_an_example_in_its_help(name: str) -> None:
    assert f"| `ascribe {name}" in README
    assert f"ascribe {name}" in (COMMANDS[name].epilog or "")


def shell_lines() -> Iterator[tuple[str, list[str]]]:
    """Every `ascribe ...` in a code block of a page, as words."""
    for path in PAGES:
        for block in re.findall(r"^```\w*\n(.*?)^```", path.read_text("utf-8"), re.DOTALL | re.MULTILINE):
            for line in block.splitlines():
                if match := re.match(r"(?:\$ )?(?:\S*/)?ascribe (\w.*)", line):
                    yield path.name, shlex.split(match[1].split(" | ")[0], comments=True)


def test_commands_and_options_in_code_blocks_exist() -> None:
    lines = list(shell_lines())
    assert len(lines) >= 5
    for path, (name, *rest) in lines:
        assert name in COMMANDS, f"{path}: ascribe {name}"
        command = COMMANDS[name]
        if hasattr(command, "commands"):
            assert rest[0] in command.commands, f"{path}: ascribe {name} {rest[0]}"
            command = command.commands[rest[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        for word in rest:
            if word.startswith("-") and len(word) > 1:
                assert word.split("=")[0] in known | {"--help"}, f"{path}: ascribe {name} {word}"


def test_the_output_in_the_readme_is_what_the_commands_print() -> None:
    tool = ROOT / "tools" / "refresh_readme.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], check=False)

    assert done.returncode == 0, "run `make docs`"


def test_make_targets_that_pages_name_exist() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for path in PAGES:
        for block in re.findall(
            r"^```\w*\n(.*?)^```|`(make [^`]+)`", path.read_text("utf-8"), re.DOTALL | re.MULTILINE
        ):
            for name in re.findall(r"^make (\w+)", "\n".join(block), re.MULTILINE):
                assert name in targets, f"{path.name}: make {name}"


def test_the_schema_page_is_fresh(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["schema", "--format", "markdown"])

    assert ended.value.code == 0
    assert page("schema.md") == capsys.readouterr().out, "run `make docs`"


# --- bad input -------------------------------------------------------------------------------------------------------

RECORD = b"A bomb exploded at the market on Tuesday, police said. Nobody was hurt by it, they added."
WARC = (
    b"WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://paper.example/a\r\n"
    b"WARC-Date: 2024-03-06T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    b"Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(RECORD)
) + RECORD


def zipped(**parts: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return packed.getvalue()


def pdf_of_nothing(password: str | None = None) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=password)
    canvas.rect(50, 50, 400, 600)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


BROKEN = {
    "scanned.pdf": pdf_of_nothing(),
    "locked.pdf": pdf_of_nothing("secret"),
    "empty.txt": b"",
    "blank.txt": b"  \n\n ",
    "nul.txt": b"\0" * 5000,
    "photo.pdf": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
    "archive.zip": zipped(a=b"x"),
    "cut.pdf": (EXAMPLES / "silence-analysis.pdf").read_bytes()[:1500],
    "cut.docx": (EXAMPLES / "parakou-bulletin.docx").read_bytes()[:3000],
    "bomb.docx": zipped(types_xml=b"<x/>", word__document_xml=b"a" * (40 << 20)),
    "deep.html": b"<html><body>" + b"<div>" * 5000 + b"A bomb exploded." + b"</div>" * 5000,
    "menu.html": b"<html><body><nav><a href=/>Home</a><a href=/x>Sport</a></nav></body></html>",
    "bomb.xml": b'<!DOCTYPE r [<!ENTITY a "aa">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
    "broken.jsonl": b'{"id": "a", "text": "A bomb exploded."}\n{"id": "b", "text": \n',
    "textless.jsonl": b'{"id": "a", "title": "no text"}\n',
    "cut.warc": (WARC + b"\r\n\r\n") * 2 + WARC[:-40],
}
MENDED = {
    "text.pdf": RECORD,
    "pdf.txt": (EXAMPLES / "silence-analysis.pdf").read_bytes(),
    "broken.txt": "A bomb exploded in Orléans on Tuesday, said the préfet of the département. ".encode() * 5
    + b"\xff\xfe.",
    "russian.txt": "Во вторник на рынке взорвалась бомба, сообщила полиция. Никто не пострадал. ".encode() * 3,
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_page_on_bad_input_quotes_the_line_that_a_broken_file_gets(name: str) -> None:
    found = list(load(Source(name, BROKEN[name])))
    reasons = [item.reason for item in found if not isinstance(item, Document)]

    assert len(reasons) == 1
    assert f"`{reasons[0]}`" in page("bad-input.md")


@pytest.mark.parametrize("name", MENDED)
def test_the_page_on_bad_input_quotes_the_note_on_a_mended_file(name: str) -> None:
    (found,) = load(Source(name, MENDED[name]))

    assert isinstance(found, Document)
    assert any(f"`{note}`" in page("bad-input.md") for note in found.notes), found.notes


def test_no_page_has_a_gap_left_to_be_filled() -> None:
    for path in PAGES:
        assert not re.search(r"@@|TODO|TBD|FIXME|XXX|<!--", path.read_text("utf-8")), path.name
