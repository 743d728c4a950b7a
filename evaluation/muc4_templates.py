"""A reading as templates of MUC-4 with five roles: a pure function of document and reading.

Conventions of the task that are not Ascribe's are applied here and nowhere else: fighting in which only soldiers are
attacked and acts older than two months are no incidents, and only named victims are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from ascribe.model import Account, ActorValue, CodeValue, DateValue, Document, PersonValue, Reading, Statement
from evaluation.muc4_scoring import ROLES, TYPE
from evaluation.muc4_words import (
    NUMBERS,
    PREPOSITIONS,
    ROBBERY,
    STOPPAGE,
    THINGS,
    is_listed,
    is_person,
    singular,
    weapon_words,
)
from evaluation.sentences import bounds

LONGEST_MENTION = 10  # words; longer evidence is a clause, no mention
OLDEST = timedelta(days=62)
_TYPES = {
    "bombing": "bombing",
    "suicide_bombing": "bombing",
    "kidnapping": "kidnapping",
    "hostage_taking": "kidnapping",
    "hijacking": "hijacking",
    "arson": "arson",
}
_KILLING = frozenset(("armed_assault", "assassination", "beheading", "massacre", "stabbing"))
_VAGUE = frozenset(("other", "threat", "armed_assault"))  # tactics beside which a robbery or a stoppage is one
_PREMISES = frozenset(
    ("business", "transport", "infrastructure", "diplomatic", "religious", "education", "media", "health")
)


def templates(
    document: Document, reading: Reading, body_start: int = 0, mentions: int = 1, as_marked: bool = False
) -> list[dict[str, Any]]:
    """One template an incident: `incident_type`, and for each role a list of entities, each a list of mentions.

    Mentions are the words of the text in lower case; words before `body_start` (the dateline) are no mentions. Of each
    entity at most `mentions` are given, the fullest first. Equal templates are given once.
    """
    found: list[dict[str, Any]] = []
    words = _Words(document, body_start, mentions, as_marked)
    for account in reading.of_kind("incident"):
        roles = _roles(words, reading, account, as_marked)
        if not as_marked and not _belongs(document, account, roles):
            continue
        for kind in incident_types(document, account):
            template = {TYPE: kind, **roles}
            if template not in found:
                found.append(template)
    return found


class _Words:
    """The mentions of a document that statements stand on."""

    def __init__(self, document: Document, body_start: int, most: int, as_marked: bool) -> None:
        self._bare = _plain if as_marked else _bare
        self.document = document
        self.body_start = body_start
        self.most = most

    def of(self, statement: Statement) -> list[str]:
        """The distinct mentions of one statement, in the order of the text; a name in place of a clause."""
        name = getattr(statement.value, "name", "")
        quotes = []
        for evidence in statement.evidence:
            if evidence.start >= self.body_start:
                words = evidence.quote.split()
                quotes.append(" ".join(words) if len(words) <= LONGEST_MENTION else self._name(name))
        return list(dict.fromkeys(q for q in map(self._bare, quotes) if q))

    def _name(self, name: str) -> str:
        return name if name and self.document.text.find(name, self.body_start) >= 0 else ""

    def entity(self, mentions: Iterable[str]) -> list[list[str]]:
        """One entity with its fullest mentions, or nothing."""
        chosen = sorted(dict.fromkeys(mentions), key=lambda words: -len(words.split()))[: self.most]
        return [chosen] if chosen else []

    def entities(self, mentions: Iterable[str]) -> list[list[str]]:
        """Mentions as entities: those whose words are all among another's are that one again."""
        kept: list[list[str]] = []
        for words in sorted(dict.fromkeys(mentions), key=lambda words: -len(words.split())):
            same = next((entity for entity in kept if _singulars(words) <= _singulars(entity[0])), None)
            if same is None:
                kept.append([words])
            else:
                same.append(words)
        return [entity[: self.most] for entity in kept]


def _singulars(words: str) -> set[str]:
    return {singular(word) for word in words.split()}


def _plain(words: str) -> str:
    return words.lower().strip(" \"'“”‘’.,;:")


def _bare(words: str) -> str:
    """Lower-case words without a leading article or number, last preposition, quotation marks and punctuation."""
    kept = words.lower().strip(" \"'“”‘’.,;:").split()
    while len(kept) > 1 and (kept[0] in NUMBERS or kept[0].isdigit()):
        kept = kept[1:]
    while kept and kept[-1] in PREPOSITIONS:
        kept.pop()
    return " ".join(kept)


def _roles(words: _Words, reading: Reading, account: Account, as_marked: bool) -> dict[str, list[list[str]]]:
    said = [m for s in account.values("weapons") for m in words.of(s)]
    weapons = said if as_marked else [weapon for m in said if (weapon := weapon_words(m))]
    things = (
        [m for s in account.values("target_types") for m in words.of(s)] if as_marked else _physical(words, account)
    )
    found = {
        "PerpInd": [e for s in account.values("perpetrators") for e in words.entity(words.of(s))],
        "PerpOrg": _organisations(words, reading, account),
        "Target": words.entities(things),
        "Victim": [e for s in account.values("victims") if _named(s) for e in words.entity(words.of(s))],
        "Weapon": words.entities(weapons),
    }
    return {role: found[role] for role in ROLES}


def _named(statement: Statement) -> bool:
    return isinstance(statement.value, PersonValue) and statement.value.named


def _organisations(words: _Words, reading: Reading, account: Account) -> list[list[str]]:
    """The actors of attributions that are not denied; one entity for each organisation that the register knows."""
    by_actor: dict[str, list[str]] = {}
    for attribution in reading.about(account.key, "attribution"):
        for statement in attribution.values("actor"):
            if statement.stance != "denied" and isinstance(statement.value, ActorValue):
                who = statement.value.register_id or statement.value.name
                by_actor.setdefault(who, []).extend(words.of(statement))
    return [entity for mentions in by_actor.values() for entity in words.entity(mentions)]


def _physical(words: _Words, account: Account) -> Iterator[str]:
    """The mentions of things among the targets: those with a word for a thing, or premises that are no people."""
    for statement in account.values("target_types"):
        premises = isinstance(statement.value, CodeValue) and statement.value.code in _PREMISES
        for mention in words.of(statement):
            if is_listed(mention, THINGS) or (premises and not is_person(mention)):
                yield mention


def _codes(account: Account, property_id: str) -> list[str]:
    values = (statement.value for statement in account.values(property_id))
    return [value.code for value in values if isinstance(value, CodeValue)]


def incident_types(document: Document, account: Account) -> list[str]:
    """The types by the tactics, else by cue words or the weapon; what is left is an attack.

    The task wants a template for each type: killing beside a kidnapping or a fire is an attack of its own, beside a
    bomb it is the bombing.
    """
    codes = _codes(account, "tactics")
    kinds = list(dict.fromkeys(_TYPES[code] for code in codes if code in _TYPES))
    if kinds:
        beside = _KILLING.intersection(codes) and "bombing" not in kinds
        return [*kinds, "attack"] if beside else kinds
    return [_untold_type(document, account, codes)]


def _untold_type(document: Document, account: Account, codes: list[str]) -> str:
    if _VAGUE.issuperset(codes):
        first, last = bounds(document.text, account.anchor.start, account.anchor.end)
        sentence = document.text[first:last]
        if STOPPAGE.search(sentence):
            return "forced work stoppage"
        if ROBBERY.search(sentence):
            return "robbery"
    if not set(codes) - {"other", "threat"}:
        weapons = _codes(account, "weapons")
        if "explosives" in weapons:
            return "bombing"
        if "incendiary" in weapons:
            return "arson"
    return "attack"


def _belongs(document: Document, account: Account, roles: dict[str, list[list[str]]]) -> bool:
    """Whether the task counts it as an incident; one of which no role is known is hardly told of."""
    soldiers_only = set(_codes(account, "target_types")) == {"military"}
    if not any(roles.values()) or (soldiers_only and not roles["Victim"] and not roles["Target"]):
        return False
    when = account.first("date")
    published = document.publication.when.start if document.publication else None
    if when is None or published is None or not isinstance(when.value, DateValue) or when.value.end is None:
        return True
    return published - when.value.end <= OLDEST
