"""What is no claim and stands beside claims: pledges, confessions and messages of perpetrators; praise and denials."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ascribe.model import CodeValue, Stance, Statement
from ascribe.readings.claim_words import led_by
from ascribe.readings.marks import Mark
from ascribe.readings.scopes import Passage
from ascribe.readings.stating import stated
from ascribe.readings.surrounding import Surrounding

FILLS = frozenset(f"claim.{p}" for p in ("form", "on_behalf_of", "status", "by", "item"))
_FORMS = ("pledge", "confession", "message")
_STEPS = ("praised", "denied")
_BEFORE = 120  # characters before a perpetrator's word in which its subject may stand
_AFTER = 90  # characters after it in which the organisation may be named
_VERB_AFTER = re.compile(r"(?:\s+(?!and\b|but\b|said\b)[\w’'-]+){0,4}?\s+")
_VIDEO = re.compile(r"\b(?:videos?|recordings?|films?|notes?|letters?|manifestos?|messages?|posts?)\b", re.IGNORECASE)


def own_words(around: Surrounding) -> Iterator[list[Statement]]:
    """The statements of each account: one for each form of a perpetrator's word, one for a group's praise or denial."""
    pledges: set[tuple[int, int]] = set()
    for form in _FORMS:
        found = [m for p in around.passages if not p.follows for m in _perpetrators_words(around, form, p)]
        if form == "message":  # the video of a pledge is no further message
            found = [m for m in found if around.sentence(m) not in pledges]
        if found:
            pledges.update(around.sentence(m) for m in found)
            yield list(_own_word(around, form, found))
    for status in _STEPS:
        if around.incident.of("group"):
            yield from _steps(around, status)


def _perpetrators_words(around: Surrounding, form: str, passage: Passage) -> Iterator[Mark]:
    """Words for a pledge, confession or message whose subject is a perpetrator of this incident."""
    words = around.words.own_word
    for found in around.search(words[form], [passage]):
        begin = max(passage.start, found.start() - _BEFORE)
        claimed = any(m.start < found.end() and found.start() < m.end for m in around.incident.of("claim"))
        undone = led_by(around.text, found.start(), begin, words["not_done"], 1)
        if claimed or undone or not _by_a_perpetrator(around, begin, found, passage):
            continue
        hedged = led_by(around.text, found.start(), begin, words["hedged"], 3)
        stance: Stance = "suspected" if hedged else "asserted"
        yield replace(around.found(*found.span(), f"{form}_words"), stance=stance)


def _by_a_perpetrator(around: Surrounding, begin: int, found: re.Match[str], passage: Passage) -> bool:
    """Whether the nearest possible subject before the words is a perpetrator and no group."""
    perps = [m.end for m in around.incident.of("perp") if begin <= m.start and m.start < found.end()]
    words = around.words.own_word["people"].finditer(around.text, begin, found.start())
    people = max([*perps, *(w.end() for w in words)], default=None)
    if people is None:
        return False
    groups = [m.end for m in around.incident.of("group") if people <= m.start and m.end <= found.start()]
    return not groups and around.text.find(";", people, found.start()) < 0 and passage.start <= people


def _own_word(around: Surrounding, form: str, found: list[Mark]) -> Iterator[Statement]:
    yield stated(around.document, "form", CodeValue(form), found)
    for mark in found:
        end = around.sentence(mark)[1]
        group = around.group_at(mark.end, min(end, mark.end + _AFTER))
        led = group and led_by(around.text, group[0], mark.end - 1, around.words.own_word["behalf"], 6)
        if group and led:
            named = replace(around.found(*group, f"{form}_words"), stance=mark.stance)
            yield stated(around.document, "on_behalf_of", around.actor(around.words_of(named)), [named])
            break
    for mark in found:
        begin = max(around.sentence(mark)[0], mark.start - 40)
        item = _VIDEO.search(around.text, begin, min(len(around.text), mark.end + 20))
        if item and form != "confession":
            yield around.state("item", around.found(*item.span(), f"{form}_words"))
            break


def _steps(around: Surrounding, status: str) -> Iterator[list[Statement]]:
    """Praise or denial by a group that is marked: its name, then the words, then the act."""
    told: set[str] = set()
    claims = {(m.start, m.end) for m in around.incident.of("claim") if m.codes}
    groups = around.identities.groups(around.incident.of("group"))
    for mark in around.incident.of("group"):
        _, end = around.sentence(mark)
        gap = _VERB_AFTER.match(around.text, mark.end, min(end, mark.end + 60))
        search = around.words.steps[status]
        found = search.search(around.text, mark.end, min(end, mark.end + 60)) if gap else None
        if found is None or _VERB_AFTER.fullmatch(around.text, mark.end, found.start()) is None:
            continue
        if any(s < found.end() and found.start() < e for s, e in claims) or not around.owns(*found.span()):
            continue
        if not around.words.steps["act"].search(around.text, found.start(), min(end, found.end() + 60)):
            continue
        name = next((g.name for g in groups if around.names(mark, g)), None)
        if name is not None and name not in told:
            told.add(name)
            words = around.found(*found.span(), f"{status}_words")
            yield [
                stated(around.document, "status", CodeValue(status), [words]),
                stated(around.document, "by", around.actor(name), [replace(mark, stance="asserted")]),
            ]
