"""The front matter of an annotated document: the few YAML forms it uses, read strictly.

Block mappings by indentation, flow mappings and lists on one line, quoted and plain scalars, comments. Anything else
is an error. Against YAML 1.1, a plain `NO` is a word (a country), a day stays text, and a key given twice is refused.
"""

from __future__ import annotations

import json
import re
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Node: TypeAlias = "Scalar | list[Node] | dict[str | int, Node]"

_LINE = re.compile(r"(?P<indent> *)(?P<key>\"[^\"]*\"|'[^']*'|[^\s:#'\"{\[][^:]*?):(?:\s+(?P<value>.*))?$")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
_SINGLE = re.compile(r"'(?:[^']|'')*'")
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}


class FrontMatterError(ValueError):
    """The front matter is not in the forms that this module knows; says which line."""


def scalar(text: str) -> Scalar:
    """A plain word as the value it stands for; days and everything unknown stay text."""
    text = text.strip()
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if re.fullmatch(r"[-+]?(0|[1-9]\d*)", text):
        return int(text)
    if re.fullmatch(r"[-+]?\d+\.\d*", text):
        return float(text)
    return text


class _Flow:
    """A value on one line: quoted, `{...}`, `[...]` or plain words up to one of `stops`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1
        return self.text[self.at : self.at + 1]

    def take(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise FrontMatterError(f"expected {wanted!r} at …{self.text[self.at :]!r}")
        self.at += 1

    def value(self, stops: str) -> Node:
        match self.peek():
            case "{":
                return self._mapping()
            case "[":
                return self._list()
            case '"' | "'":
                return self._quoted()
        return scalar(self._plain(stops))

    def _quoted(self) -> str:
        pattern = _DOUBLE if self.text[self.at] == '"' else _SINGLE
        found = pattern.match(self.text, self.at)
        if found is None:
            raise FrontMatterError(f"no closing quotation mark: {self.text[self.at :]!r}")
        self.at = found.end()
        if pattern is _SINGLE:
            return found[0][1:-1].replace("''", "'")
        try:
            return str(json.loads(found[0]))
        except ValueError as error:
            raise FrontMatterError(f"{found[0]}: {error}") from None

    def _plain(self, stops: str) -> str:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops:
            if self.text.startswith(" #", self.at):
                break
            if self.text.startswith(": ", self.at) and not stops:
                raise FrontMatterError(f"words with a colon need quotation marks: {self.text!r}")
            self.at += 1
        return self.text[start : self.at]

    def _list(self) -> Node:
        self.take("[")
        found: list[Node] = []
        while self.peek() != "]":
            found.append(self.value(",]"))
            if self.peek() != "]":
                self.take(",")
        self.take("]")
        return found

    def _mapping(self) -> Node:
        self.take("{")
        found: dict[str | int, Node] = {}
        while self.peek() != "}":
            key = self._quoted() if self.peek() in ("'", '"') else self._plain(":,}").strip()
            self.take(":")
            if key in found:
                raise FrontMatterError(f"{key!r} stands there twice")
            found[key] = self.value(",}")
            if self.peek() != "}":
                self.take(",")
        self.take("}")
        return found

    def end(self) -> None:
        rest = self.text[self.at :].strip()
        if rest and not rest.startswith("#"):
            raise FrontMatterError(f"not understood: {rest!r} in {self.text!r}")


def _block(lines: list[tuple[int, str]], at: int, indent: int) -> tuple[dict[str | int, Node], int]:
    found: dict[str | int, Node] = {}
    while at < len(lines) and lines[at][0] >= indent:
        depth, line = lines[at]
        parts = _LINE.match(line)
        if depth != indent or parts is None:
            raise FrontMatterError(f"not understood: {line!r}")
        key = _key(parts["key"])
        if key in found:
            raise FrontMatterError(f"{key!r} stands there twice")
        at += 1
        value = parts["value"] or ""
        if value and not value.startswith("#"):
            flow = _Flow(value)
            found[key] = flow.value("")
            flow.end()
        elif at < len(lines) and lines[at][0] > indent:
            found[key], at = _block(lines, at, lines[at][0])
        else:
            found[key] = None
    return found, at


def _key(words: str) -> str | int:
    if words[0] in "'\"":
        return words[1:-1]
    return int(words) if words.isdigit() else words


def parse(text: str) -> dict[str | int, Node]:
    """The mapping that stands in `text`. Raises FrontMatterError."""
    kept = [line.rstrip() for line in text.split("\n")]
    lines = [(len(x) - len(x.lstrip(" ")), x) for x in kept if x.strip() and not x.lstrip().startswith("#")]
    found, at = _block(lines, 0, 0)
    if at != len(lines):
        raise FrontMatterError(f"not understood: {lines[at][1]!r}")
    return found
