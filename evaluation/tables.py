"""The figures and lists of a measurement as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from evaluation.comparison import Change, told
from evaluation.distances import Found
from evaluation.gold_format import GoldDocument
from evaluation.metrics import DocumentScore, Tally, total
from evaluation.mistakes import Mistake
from evaluation.sentences import sentences

_SIZES = ((0, "none"), (1, "1"), (3, "2-3"), (6, "4-6"), (10, "7-10"), (10**9, "11+"))


def _figures(label: str, tally: Tally, width: int = 22) -> str:
    # rounded twice, as the reference scorer does, so that the two print the same digits
    f1, p, r = (f"{round(x, 4):.3f}" for x in (tally.f1, tally.precision, tally.recall))
    return f"{label:{width}} F1 {f1}  P {p}  R {r}  gold {tally.gold:5d}  read {tally.read:5d}"


def headline(scores: Iterable[DocumentScore]) -> Iterator[str]:
    """Incident and slot figures, the evidence share, then one line a slot."""
    figures = total(scores)
    share = "none given" if figures.evidence_right is None else f"{figures.evidence_right:.4f} of {figures.evidence}"
    yield f"{figures.documents} documents; evidence right: {share}"
    yield _figures("incidents", figures.incident)
    yield _figures("slots", figures.slots)
    yield ""
    for slot, tally in figures.by_slot.items():
        yield _figures(f"  {slot}", tally)


def breakdown(scores: Iterable[DocumentScore], gold: Mapping[str, GoldDocument]) -> Iterator[str]:
    """Incident and slot F1 by style of document and by number of incidents in it."""
    scores = list(scores)
    by_style: dict[str, list[DocumentScore]] = {}
    by_size: dict[str, list[DocumentScore]] = {label: [] for _, label in _SIZES}
    for score in scores:
        by_style.setdefault(gold[score.name].style or "(no style)", []).append(score)
        number = len(gold[score.name].incidents)
        by_size[next(label for most, label in _SIZES if number <= most)].append(score)
    for title, groups in (("by style", dict(sorted(by_style.items()))), ("by number of incidents", by_size)):
        yield f"{title:26}  documents  incident F1  slot F1  spurious incidents"
        for label, group in groups.items():
            if group:
                figures = total(group)
                spurious = sum(f.slot == "incident" and f.kind == "spurious" for s in group for f in s.findings)
                found = f"{figures.incident.f1:11.3f}  {figures.slots.f1:7.3f}"
                yield f"  {label:24}  {len(group):9d}  {found}  {spurious:9d}"


def distances(found: Mapping[str, Found]) -> Iterator[str]:
    """Recall and precision of values by their distance from the words that tell the act."""
    yield f"{'by distance from the event':26}  in the gold  recall    read  precision"
    for label, one in found.items():
        yield f"  {label:24}  {one.gold:11d}  {one.recall:6.3f}  {one.read:6d}  {one.precision:9.3f}"


def findings(scores: Iterable[DocumentScore], gold: Mapping[str, GoldDocument]) -> Iterator[str]:
    """What was missed and what was spurious in each document, whole incidents first, each with its sentence."""
    for score in scores:
        if not score.findings:
            continue
        yield f"{score.name}"
        for finding in sorted(score.findings, key=lambda f: (f.slot != "incident", f.incident or "", f.slot, f.kind)):
            yield f"  {finding.kind} {told(finding)}"
            yield from (f"      {s}" for s in sentences(gold[score.name].text, finding.spans))


def mistake_table(
    mistakes: Mapping[str, list[Mistake]], gold: Mapping[str, GoldDocument], examples: int = 3
) -> Iterator[str]:
    """One line a class with its count, then its first examples with their sentences."""
    for kind, found in mistakes.items():
        yield f"{len(found):5d}  {kind}"
        for mistake in found[:examples]:
            yield f"         {mistake.document}: {mistake.told}"
            yield from (f"           {s}" for s in sentences(gold[mistake.document].text, mistake.spans))


def change_list(changes: Iterable[Change]) -> Iterator[str]:
    """What was gained and what was lost: a mistake that went, a mistake that came."""
    changes = list(changes)
    for verdict in ("gained", "lost"):
        chosen = [c for c in changes if c.verdict == verdict]
        yield f"{verdict}: {len(chosen)}"
        for change in chosen:
            was = "no longer" if verdict == "gained" else "now"
            yield f"  {change.document}: {was} {change.kind}: {change.told}"
            yield from (f"      {s}" for s in change.sentences)
