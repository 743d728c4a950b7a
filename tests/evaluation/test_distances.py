"""Values are counted by the sentences between their words and the nearest mention of their incident."""

from __future__ import annotations

from typing import Any

from evaluation.distances import by_distance
from evaluation.gold_format import gold_document, read_document

TEXT = "A bomb went off in Arvika. Two people died. It rained. Nobody came. Nils Berg was held for it."


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def mark(slot: str, words: str, value: str | None = None) -> dict[str, Any]:
    start, end = at(words)
    return {"slot": slot, "start": start, "end": end, "value": value}


def statement(name: str, words: str, value: object) -> dict[str, Any]:
    start, end = at(words)
    return {"property": name, "value": value, "evidence": [{"start": start, "end": end, "quote": words}]}


INCIDENT = {
    "place": {"names": ["Arvika"], "country": "SE", "level": "city"},
    "killed": {"min": 2, "max": 2},
    "perpetrators": [{"names": ["Nils Berg"], "fate": None}],
}
GOLD = gold_document(
    {
        "name": "wire",
        "incidents": [
            {
                **INCIDENT,
                "id": "arvika",
                "evidence": [list(at("A bomb went off in Arvika."))],
                "spans": [
                    mark("event", "bomb", "bombing"),
                    mark("place", "Arvika"),
                    mark("killed", "Two people", "2"),
                    mark("perp", "Nils Berg", "Nils Berg"),
                ],
            }
        ],
    },
    TEXT,
)
READ = read_document(
    {
        "path": "wire",
        "text": TEXT,
        "incidents": [
            {
                **INCIDENT,
                "place": {"name": "Arvika", "country": "SE", "level": "city"},
                "killed": {"min": 3, "max": 3},
                "perpetrators": [],
                "evidence": [{"start": 0, "end": 26, "quote": TEXT[:26]}],
                "statements": [
                    statement("place", "Arvika", {"name": "Arvika", "country": "SE", "level": "city"}),
                    statement("killed", "Two people", {"min": 3, "max": 3}),
                ],
            }
        ],
    }
)


def test_values_are_counted_where_their_words_stand():
    found = by_distance({"wire": GOLD}, {"wire": READ})
    assert (found["the same sentence"].gold, found["the same sentence"].recall) == (1, 1.0)
    assert (found["the next one"].gold, found["the next one"].recall) == (1, 0.0)
    assert (found["the next one"].read, found["the next one"].precision) == (1, 0.0)
    assert (found["4-10"].gold, found["4-10"].recall, found["4-10"].read) == (1, 0.0, 0)


def test_an_incident_that_was_not_found_loses_its_values():
    found = by_distance({"wire": GOLD}, {})
    assert sum(one.gold for one in found.values()) == 3
    assert all(one.recall == 0 and one.read == 0 for one in found.values())
