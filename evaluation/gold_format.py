"""Gold and readings as they lie in files, loaded into what is compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from evaluation.annotated import SUFFIX, compile_file
from evaluation.fillers import Filler, Fillers, Named, fillers

Span: TypeAlias = tuple[int, int]

_MARKS = {
    "place": ("place",),
    "tactics": ("event",),
    "weapons": ("weapon",),
    "target_types": ("target",),
    "perpetrators": ("perp",),
    "victims": ("victim",),
    "groups": ("group",),
    "claim_status": ("claim",),
    "claim_by": ("claimby",),
    "claim_outlets": ("outlet",),
    "claim_date": ("claimdate",),
}


def overlaps(one: Iterable[Span], other: Iterable[Span]) -> bool:
    """Whether any span of the one shares a character with any of the other."""
    others = tuple(other)
    return any(a < d and c < b for a, b in one for c, d in others)


@dataclass(frozen=True, slots=True)
class GoldMark:
    """Words that the annotator marked; `value` as written in the tag."""

    start: int
    end: int
    slot: str
    value: str | None


@dataclass(frozen=True, slots=True)
class GoldIncident:
    """An incident of the gold. Fillers of `unscored` slots count neither way."""

    id: str
    required: bool
    unscored: frozenset[str]
    fillers: Fillers
    evidence: tuple[Span, ...]
    marks: tuple[GoldMark, ...]

    def skips(self, slot: str) -> bool:
        """Whether careful annotators could differ on the slot: `claim` stands for all its parts."""
        whole = "claim" if slot.startswith("claim") else "perpetrators" if slot == "fate" else slot
        return slot in self.unscored or whole in self.unscored

    def words(self, slot: str) -> tuple[Span, ...]:
        """The spans that the annotator marked for a slot."""
        wanted = _MARKS.get(slot, (slot,))
        return tuple((m.start, m.end) for m in self.marks if m.slot in wanted)

    def words_of(self, slot: str, filler: Filler) -> tuple[Span, ...]:
        """The spans for one filler: those whose tag names it, else all of the slot, else the event."""
        marks = [m for m in self.marks if m.slot in _MARKS.get(slot, (slot,))]
        names = (filler,) if isinstance(filler, str) else getattr(filler, "names", ())
        named = [m for m in marks if any(name in (m.value or "") for name in names)]
        return tuple((m.start, m.end) for m in named) or self.words(slot) or self.evidence


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with its gold; `published` is an ISO day, month or year."""

    name: str
    text: str
    incidents: tuple[GoldIncident, ...]
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    style: str = ""


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement of a reading; `value` in the exchange format."""

    property: str
    value: Any
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ReadIncident:
    """An incident of a reading."""

    fillers: Fillers
    evidence: tuple[Span, ...]
    statements: tuple[ReadStatement, ...]

    def words_of(self, slot: str, filler: Filler) -> tuple[Span, ...]:
        """The spans a filler was read from: of the statements with its value, else none."""
        wanted = slot.replace("claim_", "claim.")
        if isinstance(filler, Named) and filler.fate:
            found = [s for s in self.statements if s.property == wanted and s.value == filler.fate]
        else:
            same = (s for s in self.statements if s.property == wanted)
            found = [s for s in same if _first_name(filler) == _first_name(_as_filler(slot, s.value))]
        return tuple(span for s in found for span in s.spans)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A reading of one document; how many pieces of evidence it gives, and how many are not the text's words."""

    name: str
    incidents: tuple[ReadIncident, ...]
    evidence: int = 0
    evidence_wrong: int = 0


def _as_filler(slot: str, value: Any) -> Filler | None:
    """A statement's value as a filler of its slot."""
    part = slot.removeprefix("claim_")
    many = slot in (
        "perpetrators",
        "victims",
        "groups",
        "tactics",
        "weapons",
        "target_types",
        "claim_by",
        "claim_outlets",
    )
    if slot in ("perpetrators", "victims", "groups", "place") and isinstance(value, str):
        value = {"name": value}
    content = [value] if many else value
    found = fillers({"claim": {part: content}} if slot.startswith("claim_") else {slot: content})[slot]
    return found[0] if found else None


def _first_name(filler: Filler | None) -> object:
    """What two fillers of one slot have in common when they are the same reading: the name, or the value itself."""
    names = getattr(filler, "names", None)
    return names[0] if names else filler


def gold_document(gold: Mapping[str, Any], text: str, name: str | None = None) -> GoldDocument:
    """A gold file with the text it belongs to."""
    published = gold.get("published")
    return GoldDocument(
        name or gold["name"],
        text,
        tuple(_gold_incident(incident) for incident in gold["incidents"]),
        published=None if published is None else str(published),
        title=gold.get("title"),
        publisher=gold.get("publisher"),
        style=str(gold.get("style") or ""),
    )


def _gold_incident(incident: Mapping[str, Any]) -> GoldIncident:
    return GoldIncident(
        str(incident["id"]),
        bool(incident.get("required", True)),
        frozenset(incident.get("unscored") or ()),
        fillers(incident),
        tuple((start, end) for start, end in incident.get("evidence") or ()),
        tuple(GoldMark(m["start"], m["end"], m["slot"], m["value"]) for m in incident.get("spans") or ()),
    )


def _spans(part: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple((e["start"], e["end"]) for e in part.get("evidence") or ())


def read_document(reading: Mapping[str, Any], name: str | None = None) -> ReadDocument:
    """One document of `ascribe read --format json`."""
    text = reading.get("text", "")
    parts = [p for incident in reading["incidents"] for p in (incident, *(incident.get("statements") or ()))]
    evidence = [e for part in parts for e in part.get("evidence") or ()]
    return ReadDocument(
        name or Path(reading["path"]).stem,
        tuple(_read_incident(incident) for incident in reading["incidents"]),
        len(evidence),
        sum(text[e["start"] : e["end"]] != e["quote"] for e in evidence),
    )


def _read_incident(incident: Mapping[str, Any]) -> ReadIncident:
    statements = incident.get("statements") or ()
    return ReadIncident(
        fillers(incident),
        _spans(incident),
        tuple(ReadStatement(s["property"], s["value"], _spans(s)) for s in statements),
    )


def load_gold(folder: Path) -> dict[str, GoldDocument]:
    """The gold of a folder by name: NAME.json beside NAME.txt, or NAME.ann.txt, which is compiled here."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt")
        found[path.stem] = gold_document(json.loads(path.read_text("utf-8")), text.read_text("utf-8"), path.stem)
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        name = path.name.removesuffix(SUFFIX)
        if name not in found:
            annotated = compile_file(path)
            found[name] = gold_document(annotated.gold, annotated.text, name)
    return found


def load_readings(path: Path) -> dict[str, ReadDocument]:
    """The documents of a reading file by the stem of their path."""
    documents = json.loads(path.read_text("utf-8"))["documents"]
    return {read.name: read for read in map(read_document, documents)}
