# ruff: noqa: T201
"""MUC-4's train split as marked prose: `python -m training.muc4 TRAIN.jsonl` -> .train-data/muc4.jsonl

Templates give the words of five roles and a type, not where an incident is told. Every place in the body where a role's
words stand is marked for it; the words for acts (the lexicon of the rules) near a template's fillers, of a kind that
fits its type, are taken for the mentions of its incident. Slots that the templates say nothing of are not learned from.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from ascribe.readings.lexicon import Trigger, lexicon
from ascribe.readings.sentences import sentences
from training.config import MUC4

SLOT_OF = {"PerpInd": "perp", "PerpOrg": "group", "Target": "target", "Victim": "victim", "Weapon": "weapon"}
KNOWN = ["event", *SLOT_OF.values()]
CODE_OF = {
    "attack": "armed_assault",
    "bombing": "bombing",
    "kidnapping": "kidnapping",
    "arson": "arson",
    "hijacking": "hijacking",
    "robbery": "other",
    "forced work stoppage": "other",
}
FITTING = {
    "attack": {"armed_assault", "assassination", "massacre", "stabbing", "beheading", "bombing", "other", "threat"},
    "bombing": {"bombing", "suicide_bombing", "other", "threat"},
    "kidnapping": {"kidnapping", "hostage_taking", "threat"},
    "arson": {"arson", "other"},
    "hijacking": {"hijacking", "kidnapping", "other"},
}
ROBBERY = re.compile(r"\b(?:robb(?:ed|ery|ing)|stole|stolen|looted|theft)\b", re.I)
STOPPAGE = re.compile(r"\b(?:strike|stoppage|transportation stoppage)\b", re.I)


def places_of(words: str, text: str, start: int) -> list[tuple[int, int]]:
    """Where words stand in a body, whatever the blanks between them."""
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    return [m.span() for m in re.finditer(pattern, text[start:], re.I)]


def role_spans(template: dict, text: str, start: int) -> list[tuple[str, int, int]]:
    """Slot and place of every filler of a template; of mentions within one another the longer."""
    found = []
    for role, slot in SLOT_OF.items():
        spans = [
            (a + start, b + start)
            for entity in template[role]
            for mention in entity
            for a, b in places_of(mention, text, start)
        ]
        whole = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
        found += [(slot, a, b) for a, b in dict.fromkeys(whole)]
    return found


def event_spans(
    kinds: list[str],
    fillers: list[tuple[str, int, int]],
    triggers: list[Trigger],
    bounds: list[tuple[int, int]],
    text: str,
) -> list[tuple[int, int]]:
    """The words for acts that tell a template's incident: of a fitting kind, in the sentences of its fillers."""

    def number(at: int) -> int:
        return max((k for k, (a, _) in enumerate(bounds) if a <= at), default=0)

    def fits(trigger: Trigger) -> bool:
        if not trigger.tactics:
            return True
        return any(set(trigger.tactics) & FITTING.get(kind, {"other"}) for kind in kinds)

    near = {number(a) for _, a, _ in fillers}
    for reach in (0, 1):
        held = [t for t in triggers if fits(t) and any(abs(number(t.start) - n) <= reach for n in near)]
        if held:
            return [(t.start, t.end) for t in held]
    for kind, words in (("robbery", ROBBERY), ("forced work stoppage", STOPPAGE)):
        if kind in kinds:
            return [m.span() for m in words.finditer(text)][:2]
    return [(t.start, t.end) for t in triggers if fits(t)][:1]


def document_of(row: dict) -> dict:
    """One record in the form of the corpus."""
    text, start = row["text"], row.get("body_start") or 0
    bounds = [(s.start, s.end) for s in sentences(text)]
    triggers = [t for t in lexicon("en").triggers(text, start, len(text)) if t.strength != "tool"]
    spans: dict[tuple[str, int, int], dict] = {}
    for number, template in enumerate(row["gtt"]):
        kinds = [k.strip() for k in template["incident_type"].split("/")]
        codes = ",".join(dict.fromkeys(CODE_OF[k] for k in kinds if k in CODE_OF))
        fillers = role_spans(template, text, start)
        marks = [(slot, a, b, None) for slot, a, b in fillers]
        marks += [("event", a, b, codes) for a, b in event_spans(kinds, fillers, triggers, bounds, text)]
        for slot, a, b, value in marks:
            span = spans.setdefault((slot, a, b), {"slot": slot, "start": a, "end": b, "values": []})
            span["values"].append([number, value])
    return {
        "name": row["docid"],
        "text": text,
        "published": row.get("date"),
        "known": KNOWN,
        "fold": None,
        "spans": sorted(spans.values(), key=lambda s: (s["start"], s["end"], s["slot"])),
    }


def main() -> None:
    """Write the records."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    args = parser.parse_args()
    records = [document_of(json.loads(line)) for line in args.train.read_text("utf-8").splitlines()]
    MUC4.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    told = [r for r in records if r["spans"]]
    dumb = sum(not any(s["slot"] == "event" for s in r["spans"]) for r in told)
    print(f"{len(records)} documents, {len(told)} with incidents, {dumb} of them without a word for the act")


if __name__ == "__main__":
    main()
