"""Gold turned into the exchange format, as a faultless reader would give it."""

from __future__ import annotations

from typing import Any


def reading_of(gold: dict[str, Any], text: str) -> dict[str, Any]:
    """The gold of one document as a reading, with a statement for every slot whose words are marked."""
    incidents = [_incident(incident, text) for incident in gold["incidents"] if incident.get("required", True)]
    return {"path": f"{gold['name']}.txt", "text": text, "incidents": incidents}


def _incident(gold: dict[str, Any], text: str) -> dict[str, Any]:
    words = [_words(text, start, end) for start, end in gold["evidence"]]
    place = gold["place"] and {
        **{k: v for k, v in gold["place"].items() if k != "names"},
        "name": next(iter(gold["place"]["names"]), ""),
    }
    return {
        **{slot: gold[slot] for slot in ("status", "date", "tactics", "weapons", "target_types", "killed", "wounded")},
        "place": place,
        "perpetrators": [{"name": p["names"][0], "fate": p["fate"]} for p in gold["perpetrators"]],
        "victims": [{"name": v["names"][0]} for v in gold["victims"]],
        "groups": [{"name": g["names"][0], "stance": g["stance"]} for g in gold["groups"]],
        "claim": {
            "status": gold["claim"]["status"],
            "by": [names[0] for names in gold["claim"]["by"]],
            "outlets": [names[0] for names in gold["claim"]["outlets"]],
            "date": gold["claim"]["date"],
        },
        "involvement": gold["involvement"],
        "evidence": words,
        "statements": _statements(gold, text),
    }


def _statements(gold: dict[str, Any], text: str) -> list[dict[str, Any]]:
    codes = {"event": "tactics", "weapon": "weapons", "target": "target_types"}
    names = {
        "perp": "perpetrators",
        "victim": "victims",
        "group": "groups",
        "claimby": "claim.by",
        "outlet": "claim.outlets",
    }
    found = []
    for span in gold["spans"]:
        value = span["value"]
        slot = codes.get(span["slot"]) or names.get(span["slot"])
        if slot is None or value is None:
            continue
        for one in (
            value.split(",") if span["slot"] in codes else [value.rpartition(":")[0] if slot == "groups" else value]
        ):
            evidence = [_words(text, span["start"], span["end"])]
            found.append({"property": slot, "value": one.strip(), "evidence": evidence})
    return found


def _words(text: str, start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "quote": text[start:end]}
