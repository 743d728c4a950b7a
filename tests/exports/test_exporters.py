"""One contract for all exporters, and the particulars of each."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import TOWNS, PlainReader, a_document, about, an_incident, said, told

from ascribe.errors import AscribeError
from ascribe.exports import EXPORTERS, Options, exporter
from ascribe.exports.csv import _safe
from ascribe.model import ActorValue, CodeValue, CountValue, Incident, PlaceValue, Told
from ascribe.schema import bundled_schema

SCHEMA = bundled_schema()
NO_REASON = Options()
FORMATS = sorted(EXPORTERS)
FULL = (
    "On 2021-03-04 a bomb killed 5 people in Port Amsel, killing Mina Tarn. The Ash Front claimed it, but police "
    "suspect the Reed Front. Jonas Vell was arrested."
)
STRANGE = "On 2021-03-04 a bomb 🕯 killed 5 انفجار في Port Amsel. \u202eمرحبا The Ash Front claimed it."


def incidents(*texts: str) -> list[Incident]:
    out = []
    for number, text in enumerate(texts):
        document = a_document(text, f"{number}.txt", f"2021-03-1{number}")
        reading = PlainReader().read(document)
        out += [Incident(f"x-{number}-{a.key}", (Told(document, reading, a),)) for a in reading.of_kind("incident")]
    return out


def export(name: str, what: list[Incident], options: Options = NO_REASON) -> str:
    out = io.StringIO(newline="")
    exporter(name).write(what, out, SCHEMA, options)
    return out.getvalue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_incidents_give_the_same_characters(name: str) -> None:
    assert export(name, incidents(FULL, STRANGE)) == export(name, incidents(FULL, STRANGE))


@pytest.mark.parametrize("name", FORMATS)
def test_right_to_left_and_astral_text_survives(name: str) -> None:
    out = export(name, incidents(STRANGE))
    assert "The Ash Front claimed it" in out
    out_full = export(name, _whole_sentence(STRANGE))
    assert "🕯" in out_full
    assert "انفجار في" in out_full


def _whole_sentence(text: str) -> list[Incident]:
    document = a_document(text)
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "status", CodeValue("carried_out"), text),
    )
    return [Incident("x", tuple(told(document, an_incident(document, *statements))))]


@pytest.mark.parametrize("name", FORMATS)
def test_no_incidents_give_a_whole_file(name: str) -> None:
    out = export(name, [])
    if name == "csv":
        assert rows(out) == []
    elif name == "geojson":
        assert json.loads(out) == {"type": "FeatureCollection", "features": [], "unplaced": 0}
    else:
        assert out == ""


@pytest.mark.parametrize("name", FORMATS)
def test_suffixes_begin_with_a_dot(name: str) -> None:
    assert exporter(name).suffix.startswith(".")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(AscribeError, match="csv, geojson, jsonl"):
        exporter("xls")


def test_every_value_in_the_csv_has_its_words_beside_it() -> None:
    for row in rows(export("csv", incidents(FULL, STRANGE))):
        for prop in SCHEMA.properties():
            name = prop.id if prop.kind == "incident" else f"{prop.kind}_{prop.id}"
            filled = any(row[name + suffix] for suffix in prop.type.columns())
            withheld = "withheld" in row[name + prop.type.columns()[0]]
            assert bool(row[name + "_evidence"]) == (filled and not withheld), name


def test_every_value_in_the_json_lines_points_at_statements_with_words() -> None:
    made = incidents(FULL, STRANGE)
    texts = {t.document.id: t.document.text for i in made for t in i.accounts}
    for line in export("jsonl", made).splitlines():
        data = json.loads(line)
        for thing in (data["values"], *data.get("claim", []), *data.get("attribution", [])):
            for name, shown in thing.items():
                if name == "withheld" or shown in (None, []):
                    continue
                for value in shown if isinstance(shown, list) else [shown]:
                    assert value["statements"]
                    for number in value["statements"]:
                        assert data["statements"][number]["property"] == name
                        assert data["statements"][number]["evidence"]
        for statement in data["statements"]:
            for words in statement["evidence"]:
                if words.get("whole", True):
                    assert texts[statement["document"]][words["start"] : words["end"]] == words["quote"]


def test_every_value_on_the_map_has_its_words_beside_it() -> None:
    for feature in json.loads(export("geojson", incidents(FULL, STRANGE)))["features"]:
        said_of = feature["properties"]
        for name in ("date", "place", "tactics", "killed_low", "claim_by"):
            assert said_of[name]
            assert said_of[name.removesuffix("_low") + "_evidence"]


def test_the_csv_tells_suspicion_from_assertion() -> None:
    row = rows(export("csv", incidents(FULL)))[0]
    assert row["attribution_actor"] == "Ash Front | Reed Front"
    assert row["attribution_actor_said"] == "claimed only | suspected"
    assert row["killed_said"] == ""
    assert row["person_status_status"] == "arrested"


def test_the_csv_has_one_row_an_incident_and_ends_lines_as_csv_does() -> None:
    out = export("csv", incidents(FULL, FULL + " Again.", STRANGE))
    assert len(rows(out)) == 3
    assert out.count("\r\n") == 4


@pytest.mark.parametrize("cell", ["=1+1", "+1+cmd", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1", "-1 people"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert _safe(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-33.9", "+4", "12", "1e-05", "plain", "", "a=b"])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert _safe(cell) == cell


def test_a_group_whose_name_is_a_formula_is_harmless() -> None:
    evil = '=HYPERLINK("x")'
    document = a_document(f"A bomb, said {evil}, in Port Amsel.")
    accounts = told(
        document,
        an_incident(document, said(document, "place", TOWNS["Port Amsel"], "Port Amsel")),
        about(document, "claim", said(document, "by", ActorValue(evil), evil), key="c"),
    )
    assert rows(export("csv", [Incident("x", tuple(accounts))]))[0]["claim_by"] == "'" + evil


def placed(place: PlaceValue) -> list[Incident]:
    document = a_document(f"A bomb in {place.name}.")
    return [Incident("x", tuple(told(document, an_incident(document, said(document, "place", place, place.name)))))]


def test_coordinates_are_never_finer_than_the_place() -> None:
    city = json.loads(export("geojson", placed(PlaceValue("Ober", "city", "FR", 48.123456, 2.987654))))["features"][0]
    assert city["geometry"]["coordinates"] == [2.99, 48.12]
    assert city["properties"]["place_precision_km"] == 10
    site = json.loads(export("geojson", placed(PlaceValue("Hall", "site", "FR", 48.123456, 2.987654))))["features"][0]
    assert site["geometry"]["coordinates"] == [2.988, 48.123]
    assert "48.1234" not in json.dumps(site)


def test_a_line_of_json_lines_is_one_line_to_every_reader() -> None:
    assert len(export("jsonl", _whole_sentence("A bomb\u2028in\u0085Port Amsel.")).splitlines()) == 1


def test_incidents_without_a_point_are_counted_not_drawn() -> None:
    out = json.loads(export("geojson", [*placed(PlaceValue("Lenn", "region", "FR")), *incidents(FULL)]))
    assert out["unplaced"] == 1
    assert len(out["features"]) == 1


_TEXT = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40).filter(lambda t: t.strip())


@settings(max_examples=100, deadline=None)
@given(_TEXT, st.sampled_from(FORMATS))
def test_any_words_give_a_file_that_can_be_read_back(words: str, name: str) -> None:
    document = a_document(f"5 dead in Port Amsel {words}")
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "killed", CountValue(5, 5), document.text),
    )
    out = export(name, [Incident("x", tuple(told(document, an_incident(document, *statements))))])
    if name == "csv":
        assert rows(out)[0]["killed_low"] == "5"
    elif name == "geojson":
        assert json.loads(out)["features"][0]["properties"]["killed_low"] == 5
    else:
        quotes = [e["quote"] for s in json.loads(out)["statements"] for e in s["evidence"]]
        assert document.text in quotes
