"""Markdown -> plain paragraphs: what is removed is markup, never a word, a number or a sign that has meaning.

A line-by-line reading of the common constructs, in time that grows with the text only; a text that is no Markdown
comes out as it is, but for the unwrapping of its paragraphs.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from ascribe.documents.markup import without_comments

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|(\d{1,9}[.)]))[ \t]+(?=\S)")
_QUOTE = re.compile(r"^(?: {0,3}>[ \t]?)+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S+.*$")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\](?:\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,300}\")?\)|\[[^\]\n]{0,200}\])")
_TITLE = r"(?:[ \t]+\"[^\"\n]{0,300}\")?"
_LINK = re.compile(
    r"\[([^\[\]]{1,1000})\]"
    rf"(?:\([^()\s]{{0,2000}}(?:\([^()\s]{{0,200}}\))?[^()\s]{{0,500}}{_TITLE}\)|\[[^\]\n]{{0,200}}\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_TAG = re.compile(
    r"</?(?:b|i|em|strong|u|s|sub|sup|span|p|div|a|br|small|mark|del|ins|center|font|kbd)\b[^<>]{0,500}>", re.I
)
_MARKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\*+|_+|~~")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The plain text, and its first heading where it has one."""

    text: str
    title: str | None


def render(source: str) -> Rendered:
    """The text of Markdown: paragraphs unwrapped, headings, items and rows on lines of their own."""
    page = _Page()
    for line in without_comments(source.replace("\r\n", "\n").replace("\r", "\n")).split("\n"):
        page.take(line)
    page.close()
    return Rendered(_assembled(page.blocks), page.title)


class _Page:
    """What has been read so far: whole blocks, the paragraph being gathered, and the code fence one is inside of."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.title: str | None = None
        self._paragraph: list[str] = []
        self._fence = ""

    def take(self, raw: str) -> None:
        if self._fence:
            self._take_code(raw)
            return
        line = _QUOTE.sub("", raw)
        if match := _FENCE.match(line):
            self.close()
            self._fence = match[1]
        elif heading := _HEADING.match(line):
            self.close()
            self._head(inline(heading[2]).strip())
            self.blocks.append(inline(heading[2]).strip())
        elif self._paragraph and _UNDERLINE.match(line):
            self._head(inline(" ".join(self._paragraph)).strip())
            self.close()
        elif not line.strip() or any(p.match(line) for p in (_RULE, _DEFINITION, _TABLE_RULE)):
            self.close()
        elif item := _ITEM.match(line):
            self.close()
            self._paragraph.append(f"{item[1]} {line[item.end() :]}" if item[1] else line[item.end() :])
        elif line.lstrip().startswith("|"):
            self.close()
            self.blocks.append(inline(" | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))))
        else:
            self._paragraph.append(line)

    def _take_code(self, raw: str) -> None:
        if raw.strip().startswith(self._fence):
            self._fence = ""
            self.blocks.append("")
        else:
            self.blocks.append(f"\x00{raw.rstrip()}")

    def _head(self, text: str) -> None:
        self.title = self.title or text or None

    def close(self) -> None:
        """End the paragraph."""
        text = inline("".join(_joined(self._paragraph))).strip()
        if text:
            self.blocks.append(text)
        self._paragraph = []


def _assembled(blocks: list[str]) -> str:
    """Blocks with an empty line between them; lines of code follow each other directly."""
    out: list[str] = []
    code = False
    for block in blocks:
        is_code = block.startswith("\x00")
        if not block.strip("\x00 "):
            code = False
            continue
        if out:
            out.append("\n" if is_code and code else "\n\n")
        out.append(block.lstrip("\x00"))
        code = is_code
    return "".join(out)


def _joined(paragraph: list[str]) -> list[str]:
    """The lines of one paragraph as one, with a line break only where the writer asked for it."""
    pieces: list[str] = []
    for i, line in enumerate(paragraph):
        last = i == len(paragraph) - 1
        hard = not last and bool(_HARD_BREAK.search(line))
        pieces.append((_HARD_BREAK.sub("", line) if hard else line).strip())
        if not last:
            pieces.append("\n" if hard else " ")
    return pieces


def inline(text: str) -> str:
    """Text without links' addresses, emphasis marks, inline tags, escapes and entities."""
    text = _FOOTNOTE.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    text = _TAG.sub(lambda m: "\n" if m[0].lower().startswith("<br") else "", _AUTOLINK.sub(r"\1", text))
    return html.unescape(_without_marks(text))


def _without_marks(text: str) -> str:
    """Text without the emphasis marks that have a partner; a lone asterisk or underscore is the writer's own."""
    removed: list[tuple[int, int]] = []
    open_marks: dict[str, tuple[int, int]] = {}
    for match in _MARKS.finditer(text):
        start, end, mark = match.start(), match.end(), match[0]
        if mark.startswith("\\"):
            removed.append((start, start + 1))
            continue
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if mark.startswith("_") and before.isalnum() and after.isalnum():
            continue  # snake_case
        partner = open_marks.get(mark)
        if partner is not None and (not before.isspace() or mark.startswith("`")):
            removed += [partner, (start, end)]
            del open_marks[mark]
        elif not after.isspace() or mark.startswith("`"):
            open_marks[mark] = (start, end)
    pieces: list[str] = []
    at = 0
    for start, end in sorted(removed):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return "".join(pieces)
