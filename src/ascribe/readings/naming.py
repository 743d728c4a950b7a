"""Mentions of people and groups brought together under the fullest name that the document gives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ascribe.readings.aliases import bare, initialled, is_nameless
from ascribe.readings.marks import Mark

_ARTICLES = re.compile(r"^(?:the|an?|one|some|two|three|four|five|six|seven|eight|nine|ten)\s+", re.I)
PARTICLES = frozenset(
    "al el ben bin ibn abu abou bint da de del della der den di do dos du la le van von y e ter ten".split()
)
_ROLE_WORDS = frozenset(
    "group groups movement organisation organization militia militants militant fighters fighter rebels rebel "
    "guerrillas guerrilla insurgents gunmen force forces network cell faction members member men loyalists".split()
)
# Small words that initials leave out.
_UNSPOKEN = PARTICLES | frozenset("the of for and in on s des et und des der dem".split())
_POINTING = frozenset("it its they their them he she we who this that these those one same former latter".split())
_ACRONYM_AFTER = re.compile(r"\s*(?:\(|, or |\(also )(?P<short>[A-Z][\w/'’.-]{1,14})\)?")


def fold(words: str) -> str:
    """Words for comparing: case, accents, punctuation and a leading article taken away, every script kept."""
    spelled = unicodedata.normalize("NFKD", words.replace("’", "'"))
    bare = "".join(c for c in spelled if not unicodedata.combining(c)).casefold()
    bare = re.sub(r"[^\w ]+|_", " ", bare.replace("'", ""))
    return re.sub(r"^(?:the|an?) ", "", re.sub(r" +", " ", bare).strip())


def is_name(words: str) -> bool:
    """Whether words are a name rather than a description ("Chérif Chekatt", not "a gunman" or "Two men")."""
    if _ARTICLES.match(words):
        return False
    tokens = [t for t in re.split(r"[\s]+", words) if t]
    if not tokens:
        return False
    proper = [_is_capital(t) for t in tokens]
    return any(proper) and all(p or t.lower() in PARTICLES for p, t in zip(proper, tokens, strict=True))


def _is_capital(token: str) -> bool:
    """Whether a word is capitalised, also after a particle joined by a hyphen ("al-Baljiki")."""
    bare = token.lstrip("\"'“‘(")
    joint, _, rest = bare.partition("-")
    return bare[:1].isupper() or (joint.lower() in PARTICLES and rest[:1].isupper())


@dataclass(frozen=True, slots=True)
class Named:
    """One person or group of a document: its fullest name, every variant as written, and its marks."""

    name: str
    named: bool
    variants: tuple[str, ...]
    marks: tuple[Mark, ...]


def same_person(first: str, second: str) -> bool:
    """Two names of one person: equal, or one made of words of the other ("Chekatt", "Chérif Chekatt")."""
    a, b = fold(bare(first)).split(), fold(bare(second)).split()
    if not a or not b:
        return False
    if a == b:
        return True
    short, full = (a, b) if len(a) < len(b) else (b, a)
    return set(short) <= set(full) and any(len(w) > 1 and w not in PARTICLES for w in short)


def people(
    text: str, marks: Sequence[Mark], known: Iterable[str] = (), same: Mapping[str, str] = MappingProxyType({})
) -> tuple[Named, ...]:
    """The people behind marks of `perp` or `victim`, in the order of the text.

    `known` are names that the rest of the document gives, so that a surname here finds its full name there.
    `same` gives the name for which an alias stands. A description ("the gunman") is a person of its own unless its mark
    says whom it stands for.
    """
    names = sorted({n for n in known if is_name(n)}, key=lambda n: (-len(n.split()), -len(n), n))
    clusters: list[tuple[str, list[Mark]]] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        words = " ".join((mark.refers_to or text[mark.start : mark.end]).split())
        named = is_name(words) and not (mark.refers_to is None and is_nameless(text, mark.start, words))
        if named:
            words = same.get(words, words)
            full = initialled(words, names) or _fullest(text, mark.start, words, names)
            words = full if len(full) >= len(bare(words)) else words
            words = same.get(words, words)
        for index, (held, found) in enumerate(clusters):
            if held == words or (named and is_name(held) and same_person(held, words)):
                found.append(mark)
                if len(bare(words)) > len(bare(held)):
                    clusters[index] = (words, found)
                break
        else:
            clusters.append((words if named or not is_name(words) else words.lower(), [mark]))
    return tuple(_named(text, name, found) for name, found in clusters)


def _fullest(text: str, start: int, words: str, names: Sequence[str]) -> str:
    """The fullest of the names that words may stand for; of two people's, as of brothers, that which was told last."""
    meant = [n for n in names if same_person(n, words)]
    if len(meant) > 1 and any(not same_person(meant[0], n) for n in meant[1:]):
        return max(meant, key=lambda n: text.rfind(n, 0, start + len(n)))
    return meant[0] if meant else words


def _named(text: str, name: str, marks: list[Mark]) -> Named:
    said = dict.fromkeys(" ".join(text[m.start : m.end].split()) for m in marks)
    return Named(name, is_name(name), tuple(said), tuple(marks))


def acronyms(text: str, names: Iterable[tuple[int, int]]) -> dict[str, str]:
    """Short forms that the text introduces after a name: {"ELN": "National Liberation Army"}."""
    short: dict[str, str] = {}
    for start, end in names:
        match = _ACRONYM_AFTER.match(text, end)
        if match and match["short"].upper() == match["short"]:
            short.setdefault(match["short"], " ".join(text[start:end].split()))
    return short


def longer_names(name: str, names: Iterable[str], known: Callable[[str], str | None]) -> list[str]:
    """Names of groups that `name` is a part or the initials of ("the Front": "Llanero Front", "FPT": "Frente Popular
    Tecún"), only the longest of each. Names that `known` (the register) tells apart stay apart."""
    longer = [n for n in names if _is_short_for(name, n) and known(name) in (None, known(n))]
    # Of "Dawn", "Red Dawn" and "Red Dawn Front" the longest stands for all.
    return [n for n in longer if not any(_is_short_for(n, m) for m in longer)]


def _is_short_for(name: str, longer: str) -> bool:
    mine, theirs = fold(name).split(), fold(longer).split()
    letters = re.sub(r"[\W_]", "", name)
    if (len(mine) == 1 or "." in name) and letters.isupper() and 1 < len(letters) < 8:
        spoken = [w for w in theirs if w not in _UNSPOKEN]
        initials = ("".join(w[0] for w in theirs), "".join(w[0] for w in spoken))
        return len(theirs) > 1 and fold(letters) in initials
    return set(mine) < set(theirs) and any(w not in _UNSPOKEN for w in mine)


def group_core(name: str) -> str:
    """A group's name without words that only say that it is one ("PKK militants" -> "pkk")."""
    words = fold(name).split()
    core = [w for w in words if w not in _ROLE_WORDS]
    return " ".join(core or words)


def groups(text: str, marks: Sequence[Mark], same: dict[str, str]) -> tuple[Named, ...]:
    """The groups behind marks of `group` or `claimby`. `same` maps folded names to the one that stands for them all.

    "The group" alone names nobody; "the army" and "self-defence units" do where no group is named.
    """
    clusters: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        words = " ".join((mark.refers_to or text[mark.start : mark.end]).split())
        core = group_core(words)
        clusters.setdefault(same.get(core, core), []).append(replace(mark, refers_to=words))
    named, described = [], []
    for held in clusters.values():
        said = tuple(dict.fromkeys(m.refers_to or "" for m in held))
        capital = [s for s in said if not s.islower()]
        telling = [s for s in said if set(fold(s).split()) - _ROLE_WORDS - _POINTING]
        if capital:
            named.append(Named(max(capital, key=len), True, said, tuple(held)))
        elif telling:
            described.append(Named(max(telling, key=len), True, said, tuple(held)))
    return tuple(named or described)
