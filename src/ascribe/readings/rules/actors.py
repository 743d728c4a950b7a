"""Groups named in a unit, how firmly they are tied to the act, and claims of responsibility."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ascribe.model import Stance
from ascribe.readings.lexicon import Lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.naming import acronyms
from ascribe.readings.offsets import inside
from ascribe.readings.rules.units import Unit
from ascribe.registers.groups import GroupRegister


@dataclass(frozen=True, slots=True)
class GroupMention:
    """A group's name as it stands in the text."""

    start: int
    end: int


def find_groups(text: str, register: GroupRegister, lexicon: Lexicon, caps: bool) -> list[GroupMention]:
    """The names of groups: those of the register, those that look like one, and short forms the text introduces."""
    spans = {(s.start, s.end) for s in register.spans(text, caps=caps)}
    if not caps:
        for match in lexicon.group_shape.finditer(text):
            if not lexicon.capitals["state_forces"].search(match.group()):
                article = 4 if match.group().startswith("The ") else 0
                spans.add((match.start() + article, match.end()))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(end <= s or e <= start for s, e in kept):
            kept.append((start, end))
    for short in acronyms(text, kept):
        for match in re.finditer(rf"(?<!\w){re.escape(short)}(?!\w)", text):
            if all(match.end() <= s or e <= match.start() for s, e in kept):
                kept.append((match.start(), match.end()))
    return [GroupMention(start, end) for start, end in sorted(kept)]


def _stance(text: str, unit: Unit, group: GroupMention, lexicon: Lexicon) -> Stance:
    before = text[max(unit.start, group.start - 90) : group.start]
    around = text[max(unit.start, group.start - 90) : min(unit.end, group.end + 60)]
    if lexicon.phrases["cleared"].search(around):
        return "denied"
    if lexicon.voices["hedges"].search(before) or lexicon.voices["denials"].search(
        text, group.end, min(unit.end, group.end + 60)
    ):
        return "suspected"
    by = lexicon.phrases["officials"].search(text, unit.start, group.end)
    if by and lexicon.phrases["hold"].search(text, by.end(), min(by.end() + 50, group.end)):
        return "suspected"
    return "asserted"


def group_marks(text: str, unit: Unit, groups: Sequence[GroupMention], lexicon: Lexicon) -> list[Mark]:
    """The groups of a unit, each with how firmly the words tie it to the act."""
    here = inside(groups, unit.start, unit.end)
    return [Mark(g.start, g.end, "group", stance=_stance(text, unit, g, lexicon), confidence=0.6) for g in here]


def claim_marks(text: str, unit: Unit, groups: Sequence[GroupMention], lexicon: Lexicon) -> list[Mark]:
    """The claim in a unit, if there is one: its words, the claimant, the outlet and the day."""
    denied = lexicon.claims["not_claimed"].search(text, unit.start, unit.end)
    if denied:
        return [
            Mark(denied.start(), denied.end(), "claim", ("not_claimed",), confidence=0.8, rule="explicit_non_claim")
        ]
    here = inside(groups, unit.start, unit.end)
    claimed = lexicon.claims["claimed"].search(text, unit.start, unit.end) or _said_by(text, unit, here, lexicon)
    if claimed is None:
        return []
    marks = [Mark(claimed.start(), claimed.end(), "claim", ("claimed",), confidence=0.8, rule="claiming_words")]
    before = [g for g in here if g.end <= claimed.start()]
    by = re.match(r"(?:\s+(?:by|for it by|of))?\s+(?:the\s+)?", text[claimed.end() : unit.end])
    after = [g for g in here if by is not None and g.start - claimed.end() <= by.end()]
    claimants = after[:1] or before[-1:] or here[:1]
    marks += [Mark(g.start, g.end, "claimby", confidence=0.7) for g in claimants]
    marks += [Mark(g.start, g.end, "group", stance="claimed_only", confidence=0.7) for g in claimants]
    outlet = _outlet(text, unit, claimed.end(), lexicon)
    marks += [outlet] if outlet else []
    aside = [d for d in unit.dates if d.aside]
    when = aside or ([] if unit.tells else list(unit.dates))
    marks += [Mark(d.start, d.end, "claimdate", confidence=0.6) for d in when[:1]]
    return marks


def _said_by(text: str, unit: Unit, groups: Sequence[GroupMention], lexicon: Lexicon) -> re.Match[str] | None:
    """A verb of claiming whose subject is a group: within three words after its name."""
    verbs = lexicon.claims["claiming_verbs"]
    for group in groups:
        near = verbs.search(text, group.end, min(unit.end, group.end + 40))
        if (
            near
            and len(text[group.end : near.start()].split()) <= 3
            and not re.search(r"[.;]", text[group.end : near.start()])
        ):
            return near
    return None


def _outlet(text: str, unit: Unit, at: int, lexicon: Lexicon) -> Mark | None:
    for match in lexicon.claims["outlets"].finditer(text, unit.start, unit.end):
        before = text[max(unit.start, match.start() - 40) : match.start()]
        led = re.search(lexicon.claims["outlet_before"].pattern + r"\W+(?:[\w’'-]+\W+){0,3}$", before, re.IGNORECASE)
        if led or match.start() < at:
            return Mark(match.start(), match.end(), "outlet", confidence=0.6)
    return None
