"""Tactics, weapons and targets: whether the quote, and what else tells the incident, can carry the code.

Much speaks for a code or against it: words on a list, words that leave it possible, words for nobody at all, and what
the bundled network makes of the quote. What each sign is worth was learned from annotated documents with codes put
wrong (`weights.toml`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ascribe.model import CountValue
from ascribe.readings.counts import count_value
from ascribe.readings.lexicon import coded
from ascribe.readings.llm.checks.told import TELLS
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.weights import Features, weighing
from ascribe.readings.marks import Slot
from ascribe.readings.naming import is_name

SLOT: Mapping[str, Slot] = {"tactics": "event", "weapons": "weapon", "target_types": "target"}
# Beyond so much of the network's conviction it makes no difference.
_SURE = 8.0


@dataclass(slots=True)
class _Incident:
    """The sentences that tell an incident, its mentions, and the words that count people."""

    sentences: set[int] = field(default_factory=set)
    mentions: set[tuple[int, int]] = field(default_factory=set)
    counted: set[tuple[int, int]] = field(default_factory=set)


class Evidence:
    """The facts of a document by incident, and what speaks for and against a code of one."""

    def __init__(self, ground: Ground, checked: Sequence[Checked]) -> None:
        self.ground = ground
        self._incidents: dict[int, _Incident] = defaultdict(_Incident)
        for one in checked:
            if one.holds:
                self._take(self._incidents[one.fact.incident], one)

    def _take(self, incident: _Incident, one: Checked) -> None:
        incident.sentences.add(one.fact.sentence)
        if one.fact.path == "event":
            incident.mentions.add((one.start, one.end))
        elif one.fact.prop is not None and one.fact.prop.type.name == "count":
            incident.counted.add((one.start, one.end))

    def features(self, one: Checked) -> Features | None:
        """What speaks for and against the code of a fact; None for what is no tactic, weapon or target."""
        prop = one.fact.prop
        if prop is None or prop.list_id is None or prop.list_id not in SLOT or not one.holds:
            return None
        incident = self._incidents[one.fact.incident]
        return {
            **self._of_words(one, prop.list_id, incident),
            **self._of_network(one, SLOT[prop.list_id], incident),
        }

    def _of_words(self, one: Checked, list_id: str, incident: _Incident) -> Features:
        ground, code = self.ground, one.fact.value
        words, lexicon = ground.words, ground.words.lexicon
        found = TELLS[list_id](lexicon, ground.text, one.start, one.end)
        kin = words.kin.get(list_id, {}).get(code, frozenset())
        hint = words.hints.get(list_id, {}).get(code)
        quote = " ".join(ground.text[one.start : one.end].split())
        sentence = ground.sentences[one.fact.sentence - 1]
        near = [ground.sentences[n - 1] for n in incident.sentences | {one.fact.sentence}]
        open_near = any(self._leaves_open(list_id, code, s.start, s.end) for s in near)
        return {
            "known": float(code in found),
            "kin": float(code not in found and bool(found & kin)),
            "other": float(bool(found) and not found & (kin | {code})),
            "nothing": float(not found),
            "open": float(hint is not None and hint.search(ground.text, one.start, one.end) is not None),
            "open_sentence": float(self._leaves_open(list_id, code, sentence.start, sentence.end)),
            "open_near": float(open_near),
            "bare": float(words.is_bare(list_id, code, quote)),
            "nobody": float(list_id == "target_types" and self._is_nobody(one)),
            "counted": float((one.start, one.end) in incident.counted),
            "mention": float((one.start, one.end) in incident.mentions),
            "civilians": float(code == "civilians"),
        }

    def _of_network(self, one: Checked, slot: Slot, incident: _Incident) -> Features:
        witness, code = self.ground.witness, one.fact.value
        scores = dict(witness.codes(one.start, one.end, slot))
        score = scores.pop(code, 0.0)
        near = [witness.codes(start, end, slot).get(code, 0.0) for start, end in incident.mentions]
        return {
            "score": _bounded(score),
            "margin": _bounded(score - max(scores.values(), default=0.0)),
            "told": _bounded(witness.tells(one.start, one.end, slot)),
            "score_near": _bounded(max(near, default=0.0)) if slot == "event" else 0.0,
        }

    def _leaves_open(self, list_id: str, code: str, start: int, end: int) -> bool:
        """Whether a stretch has a word of the code, one that may mean it, or one that leaves it possible."""
        words, text = self.ground.words, self.ground.text
        hint = words.hints.get(list_id, {}).get(code)
        if hint is not None and hint.search(text, start, end):
            return True
        meant = words.kin.get(list_id, {}).get(code, frozenset()) | {code}
        return bool(TELLS[list_id](words.lexicon, text, start, end) & meant)

    def _is_nobody(self, one: Checked) -> bool:
        """Whether a target is told by words for nobody ("no injuries"), or civilians by a name, which says no role."""
        ground, words = self.ground, self.ground.text[one.start : one.end]
        if one.fact.value == "civilians" and is_name(words) and not words.isupper():
            return True
        lexicon = ground.words.lexicon
        told = [(t.start, t.end) for t in lexicon.triggers(words, 0, len(words))]
        told += [(s, e) for s, e, _ in coded(lexicon.weapons, words, 0, len(words))]
        left = "".join(" " if any(s <= at < e for s, e in told) else c for at, c in enumerate(words))
        if ground.words.is_bare("target_types", one.fact.value, ground.words.harm["wounded"].sub(" ", left)):
            return True
        return count_value(words, ground.setting.language) == CountValue(0, 0)


def check(ground: Ground, checked: Sequence[Checked]) -> list[Checked]:
    """Every fact, those caught whose code the words do not carry by all that can be seen."""
    evidence = Evidence(ground, checked)
    return [_checked(ground, one, evidence.features(one)) for one in checked]


def _checked(ground: Ground, one: Checked, features: Features | None) -> Checked:
    prop = one.fact.prop
    if features is None or prop is None:
        return one
    quote, code = " ".join(ground.text[one.start : one.end].split()), one.fact.value
    weights = weighing(str(prop.list_id))
    reason = f"{quote!r} does not tell {code}"
    if features["bare"] or features["nobody"]:
        return one.fails("bare", reason) if code == "civilians" else weights.judge(one, features, ("bare", reason))
    return weights.judge(one, features, ("code", f"{reason}, and neither does what stands near"))


def _bounded(score: float) -> float:
    return max(-_SURE, min(_SURE, score))
