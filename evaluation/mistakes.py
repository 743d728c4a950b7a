"""What kind of mistake each difference is: counted by class, with examples.

Classes of incidents: one that nothing stands for, one that nothing supports, two taken as one, one taken as two.
Classes of fillers: attached to the wrong incident of the document, the right words with the wrong value, the wrong
stance, the wrong edges of the words, and what is left: half right (from other words), missed and spurious.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from evaluation.fillers import SLOTS, Filler, Group, credit, wording
from evaluation.gold_format import GoldDocument, GoldIncident, ReadDocument, ReadIncident, Span, overlaps
from evaluation.metrics import Pair, align, describe, match_fillers

CLASSES = (
    "missed incident",
    "spurious incident",
    "two incidents taken as one",
    "one incident taken as two",
    "wrong attachment",
    "wrong normalisation",
    "wrong stance",
    "span edge",
    "half right",
    "missed filler",
    "spurious filler",
)
_NAMED = frozenset(("place", "perpetrators", "victims", "groups", "claim_by", "claim_outlets"))
_OF_ANY_INCIDENT = frozenset(("status", "claim_status"))  # the same value is right nearly everywhere
_CODED = frozenset(("tactics", "weapons", "target_types", "involvement", "fate"))


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake; `told` says in a few words what was read and what is right."""

    kind: str
    slot: str
    document: str
    told: str
    spans: tuple[Span, ...]


def _shared(one: Iterable[Span], other: Iterable[Span]) -> int:
    others = tuple(other)
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in others)


def _best(mine: tuple[Span, ...], others: list[tuple[Span, ...]]) -> int | None:
    """The position of those spans that share most characters with mine; None where none does."""
    shared = [_shared(mine, spans) for spans in others]
    return shared.index(max(shared)) if any(shared) else None


def _incident_mistakes(gold: GoldDocument, read: ReadDocument, pairs: list[Pair]) -> Iterator[Mistake]:
    """Unpaired incidents, told apart by the incident on the other side that shares most of their evidence."""
    given = [incident.evidence for incident in read.incidents]
    wanted = [incident.evidence for incident in gold.incidents]
    to_read = {pair.gold: pair.read for pair in pairs}
    to_gold = {pair.read: pair.gold for pair in pairs}
    for j, missed in enumerate(gold.incidents):
        if j in to_read or not missed.required:
            continue
        taken = _best(missed.evidence, given)
        if taken is not None and taken in to_gold:
            told = f"{missed.id} is told within {gold.incidents[to_gold[taken]].id}"
            yield Mistake("two incidents taken as one", "incident", gold.name, told, missed.evidence)
        else:
            yield Mistake("missed incident", "incident", gold.name, missed.id, missed.evidence)
    optional = [span for incident in gold.incidents if not incident.required for span in incident.evidence]
    for i, spare in enumerate(read.incidents):
        if i in to_gold or overlaps(spare.evidence, optional):
            continue
        taken = _best(spare.evidence, wanted)
        if taken is not None and taken in to_read:
            told = f"{gold.incidents[taken].id} stands there again as {describe(spare)}"
            yield Mistake("one incident taken as two", "incident", gold.name, told, spare.evidence)
        else:
            yield Mistake("spurious incident", "incident", gold.name, describe(spare), spare.evidence)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A filler of a paired incident that is not fully right; `half` is the gold filler it half matches."""

    slot: str
    filler: Filler
    read: ReadIncident
    gold: GoldIncident
    half: Filler | None

    @property
    def words(self) -> tuple[Span, ...]:
        return self.read.words_of(self.slot, self.filler)

    def told(self) -> str:
        wanted = self.half or next(iter(self.gold.fillers[self.slot]), None)
        right = "the gold has none" if wanted is None else f"the gold has {wording(wanted)}"
        return f"{self.gold.id} {self.slot}: {wording(self.filler)}; {right}"


def _belongs_elsewhere(wrong: _Wrong, document: GoldDocument) -> bool:
    """Whether the filler is right for another incident of the document; codes need the words of that incident too."""
    if wrong.slot in _OF_ANY_INCIDENT or wrong.half is not None:
        return False
    for other in document.incidents:
        if other is wrong.gold:
            continue
        right = any(credit(wrong.slot, wrong.filler, theirs) == 1 for theirs in other.fillers[wrong.slot])
        if right and (wrong.slot not in _CODED or overlaps(wrong.words, other.words(wrong.slot))):
            return True
    return False


def _kind(wrong: _Wrong, document: GoldDocument) -> str:
    if isinstance(wrong.filler, Group) and wrong.half is not None:
        return "wrong stance"
    if _belongs_elsewhere(wrong, document):
        return "wrong attachment"
    marked = wrong.gold.words(wrong.slot)
    if overlaps(wrong.words, marked):
        same_edges = set(wrong.words) & set(marked)
        return "span edge" if wrong.slot in _NAMED and not same_edges else "wrong normalisation"
    return "spurious filler" if wrong.half is None else "half right"


def _filler_mistakes(document: GoldDocument, read: ReadIncident, gold: GoldIncident) -> Iterator[Mistake]:
    for slot in SLOTS:
        if gold.skips(slot):
            continue
        given, wanted = read.fillers[slot], gold.fillers[slot]
        matched = {i: (j, got) for i, j, got in match_fillers(slot, given, wanted)}
        explained = 0
        for i, filler in enumerate(given):
            j, got = matched.get(i, (None, 0.0))
            if got == 1:
                continue
            wrong = _Wrong(slot, filler, read, gold, wanted[j] if j is not None else None)
            kind = _kind(wrong, document)
            explained += j is None and kind in ("wrong normalisation", "span edge")
            yield Mistake(kind, slot, document.name, wrong.told(), wrong.words or read.evidence)
        missed = [j for j in range(len(wanted)) if j not in {j for j, _ in matched.values()}]
        for j in missed[explained:]:
            told = f"{gold.id} {slot}: {wording(wanted[j])}"
            yield Mistake("missed filler", slot, document.name, told, gold.words_of(slot, wanted[j]))


def document_mistakes(gold: GoldDocument, read: ReadDocument | None) -> list[Mistake]:
    """Every mistake in one document. A missed filler that a wrong one explains is counted once, as the wrong one."""
    read = read or ReadDocument(gold.name, ())
    pairs = align(read, gold)
    found = list(_incident_mistakes(gold, read, pairs))
    for pair in pairs:
        if gold.incidents[pair.gold].required:
            found += _filler_mistakes(gold, read.incidents[pair.read], gold.incidents[pair.gold])
    return found


def mistakes(gold: Mapping[str, GoldDocument], read: Mapping[str, ReadDocument]) -> dict[str, list[Mistake]]:
    """The mistakes in all documents by class, every class present."""
    found: dict[str, list[Mistake]] = {kind: [] for kind in CLASSES}
    for name, document in gold.items():
        for mistake in document_mistakes(document, read.get(name)):
            found[mistake.kind].append(mistake)
    return found
