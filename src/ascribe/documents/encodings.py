"""Bytes -> text, saying which encoding was used and whether it was declared, found or guessed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

BINARY = "no readable text: looks like a binary file; give the text itself, or a format that `ascribe` reads"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs that are no character sets, or whose time grows with the square of the input.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"}
)
_LATIN = frozenset({"iso8859-1", "ascii", "cp1252", "iso8859-15"})
_WESTERN = re.compile("[À-ÖØ-öø-ÿ‘’“”–—…€£«»°·¡¿§©®ŒœŠšŽžŸ\u00a0•‹›„‚†‡™]")
# What Czech and Slovak in windows-1250 look like when read as Western text.
_CZECH = re.compile("[a-z][ìøòï][a-z ].*[šžý]|[šžý].*[a-z][ìøòï][a-z ]", re.DOTALL)
_SAMPLE = 128 * 1024
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1c-\x1f\x7f\ufffd]")
_CONTROL_SHARE = 0.05


class UndecodableError(ValueError):
    """The bytes are no text; its message is the reason in one line."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding as shown to the user, and what had to be said about it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Decode bytes: by a byte order mark, the declared charset, UTF-8, or a guess, in this order.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8 also where a Western charset is declared: the declaration
    is the commoner mistake. Raises UndecodableError, with the reason, for what is not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _checked(_marked(data[len(mark) :], name))
    if looks_binary(data[:_SAMPLE]) and not _utf16_without_mark(data):
        raise UndecodableError(BINARY)
    return _checked(_declared(data, declared) or _unmarked_utf16(data) or _utf8(data) or _guessed(data))


def _checked(decoded: Decoded) -> Decoded:
    text = decoded.text
    if len(_CONTROLS.findall(text[:_SAMPLE])) > _CONTROL_SHARE * min(len(text), _SAMPLE):
        raise UndecodableError(BINARY)
    if controls := len(_CONTROLS.findall(text)) - text.count("\ufffd"):
        note = f"{controls} control character{'s' if controls > 1 else ''} in the text"
        return Decoded(text, decoded.encoding, (*decoded.notes, note))
    return decoded


def looks_binary(sample: bytes) -> bool:
    """Whether more than one byte in twenty is a control character, as text in a charset based on ASCII never has."""
    controls = sample.translate(None, bytes(range(0x20, 0x100)) + b"\t\n\v\f\r")
    return len(controls) > _CONTROL_SHARE * len(sample)


def charset(name: str | None) -> str | None:
    """The Python name of a declared charset, or None where it is unknown or no charset at all.

    ISO 8859-1 and ASCII mean windows-1252, as in the WHATWG Encoding Standard.
    """
    if not name or len(name) > 40:
        return None
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name.replace("_", "-") in _NO_CHARSETS:
        return None
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def shown(name: str) -> str:
    """The name of a charset as people write it."""
    return name.replace("cp125", "windows-125").replace("iso8859", "iso-8859").replace("_", "-")


def _marked(data: bytes, name: str) -> Decoded:
    note = "a byte order mark was dropped"
    try:
        return Decoded(data.decode(name), name, (note,))
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        return Decoded(text, name, (note, _replaced(text)))


def _replaced(text: str) -> str:
    count = text.count("\ufffd")
    return f"{count} broken character{'s' if count != 1 else ''} replaced by \ufffd"


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    name = charset(declared)
    if name is None:
        return _with_note(_utf8(data) or _guessed(data), f"the declared charset {declared[:40]!r} is unknown")
    if name in _LATIN and not data.isascii() and (found := _utf8(data)):
        return _with_note(found, f"declared as {shown(name)}, but is utf-8")
    try:
        return Decoded(data.decode(name), shown(name))
    except (UnicodeDecodeError, ValueError):
        return _with_note(_utf8(data) or _guessed(data), f"not the declared charset {shown(name)}")


def _with_note(decoded: Decoded, note: str) -> Decoded:
    return Decoded(decoded.text, decoded.encoding, (*decoded.notes, note))


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:4096]
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _unmarked_utf16(data: bytes) -> Decoded | None:
    name = _utf16_without_mark(data)
    if name is None:
        return None
    try:
        return Decoded(data.decode(name), f"{name} (guessed)")
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> Decoded:
    """UTF-8 with few broken bytes, Western text, or what charset-normalizer finds."""
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    right = sum(c > "\x7f" for c in mended[:_SAMPLE]) - broken
    if right > 0 and broken <= max(3, right // 10):
        return Decoded(mended, "utf-8", (_replaced(mended),))
    high = sum(b > 0x7F for b in data[:_SAMPLE])
    western = data.decode("cp1252", "replace")
    if (
        not _CZECH.search(western[:_SAMPLE])
        and high <= 0.25 * min(len(data), _SAMPLE)
        and len(_WESTERN.findall(western[:_SAMPLE])) >= 0.95 * high
    ):
        note = (_replaced(western),) if "\ufffd" in western else ()
        return Decoded(western, "windows-1252 (guessed)", note)
    return _normalized(data)


def _normalized(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    # A sample keeps the time bounded; it may end inside a character, which the library allows for.
    best = from_bytes(data[:_SAMPLE], explain=False).best()
    name = charset(best.encoding) if best else None
    if name is None:
        raise UndecodableError("no readable text: the encoding cannot be told; save it as UTF-8")
    text = data.decode(name, "replace")
    note = (_replaced(text),) if "\ufffd" in text else ()
    return Decoded(text, f"{shown(name)} (guessed)", note)


def beginning(data: bytes, size: int = 4096) -> str:
    """The first characters in lower case without leading blanks: enough to tell formats apart, never fails."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) : size].decode(name, "ignore").lstrip().lower()
    name = _utf16_without_mark(data) or "latin-1"
    return data[:size].decode(name, "ignore").lstrip().lower()
