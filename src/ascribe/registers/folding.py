"""Names folded to keys, so that spellings of one name meet: case, accents, apostrophes, hyphens, "Saint"."""

from __future__ import annotations

import re
import unicodedata

# Letters that are no base letter plus accent in Unicode, and so survive decomposition.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ə": "e"}
)
_APOSTROPHES = re.compile("['\u2018\u2019\u201a\u201b\u02bb\u02bc\u02be\u02bf\u2032`\u00b4\u0060]")
_OTHER = re.compile(r"[^\w]+|_+")
_WORDS = {"saint": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft"}


def fold(name: str) -> str:
    """The key of a name: lower case, without accents and apostrophes, words parted by one space.

    Idempotent. Dots vanish between single letters ("U.S." is "us") and part words elsewhere.
    """
    if name.isascii():
        text = name.lower()
        if text.isalnum():
            return _WORDS.get(text, text)
        if text.replace(" ", "").isalnum():
            return " ".join(_WORDS.get(w, w) for w in text.split())
    else:
        text = unicodedata.normalize("NFKD", name.casefold())
        text = "".join(c for c in text if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    text = _APOSTROPHES.sub("", text)
    if "." in text:
        text = re.sub(r"(?<![^\W_])([^\W_])\.(?=[^\W_](?:\.|\b))", r"\1", text)
    words = _OTHER.sub(" ", text).split()
    return " ".join(_WORDS.get(w, w) for w in words)
