"""What may not leave the casebook does not leave it, in any format."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from telling import CLAIMANT, TOWNS, a_document, about, an_incident, said, told

from ascribe.exports import EXPORTERS, Options, exporter
from ascribe.exports.guards import QUOTE_CAP, is_minor
from ascribe.exports.summary import Cited, Shown
from ascribe.model import (
    AUTHOR,
    ActorValue,
    CodeValue,
    CountValue,
    Incident,
    PersonValue,
    PlaceValue,
    Told,
    Voice,
    sha256,
)
from ascribe.schema import bundled_schema

FORMATS = sorted(EXPORTERS)
NO_REASON = Options()


def export(name: str, accounts: list[Told], options: Options = NO_REASON) -> str:
    out = io.StringIO()
    exporter(name).write([Incident("x-1", tuple(accounts))], out, bundled_schema(), options)
    return out.getvalue()


def story(text: str, *victims: str, prop: str = "victims", restricted: bool = False) -> list[Told]:
    document = a_document(text, restricted=restricted)
    statements = [said(document, "place", TOWNS["Port Amsel"], "Port Amsel")]
    statements += [said(document, prop, PersonValue(v), v) for v in victims]
    statements.append(said(document, "killed", CountValue(1, 1), text))
    return told(document, an_incident(document, *statements))


@pytest.mark.parametrize("name", FORMATS)
def test_victims_names_are_left_out_also_of_other_quotes(name: str) -> None:
    out = export(name, story("A bomb in Port Amsel killed Mina Tarn. Mrs Tarn was 41.", "Mina Tarn"))
    assert "Mina" not in out
    assert "Tarn" not in out
    assert "[name withheld]" in out


@pytest.mark.parametrize("name", FORMATS)
def test_a_reason_lets_victims_names_out_and_is_written_down(name: str) -> None:
    out = export(
        name, story("A bomb in Port Amsel killed Mina Tarn, 41.", "Mina Tarn"), Options(victims_reason="memorial page")
    )
    assert "Mina Tarn" in out
    assert "memorial page" in out


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "A bomb in Port Amsel killed Mina Tarn, 9, at noon.",
        "A bomb in Port Amsel killed 12-year-old Mina Tarn.",
        "A bomb in Port Amsel killed the schoolgirl Mina Tarn.",
        "A bomb in Port Amsel killed a six-year-old, Mina Tarn.",
        "A bomb in Port Amsel killed Mina Tarn (14).",
        "A bomb in Port Amsel killed Mina Tarn. Mina Tarn was a pupil at the port school.",
        "A bomb in Port Amsel killed an 18-month-old baby, Mina Tarn.",
    ],
)
def test_names_of_minors_are_left_out_even_with_a_reason(name: str, text: str) -> None:
    out = export(name, story(text, "Mina Tarn"), Options(victims_reason="memorial page"))
    assert "Mina" not in out


@pytest.mark.parametrize("name", FORMATS)
def test_a_minor_is_not_named_as_perpetrator_either(name: str) -> None:
    out = export(
        name, story("A bomb in Port Amsel, set by Jonas Vell, 16, killed a man.", "Jonas Vell", prop="perpetrators")
    )
    assert "Vell" not in out


@pytest.mark.parametrize("name", FORMATS)
def test_a_child_among_the_victims_does_not_unname_the_perpetrator(name: str) -> None:
    text = "A bomb in Port Amsel, set by Jonas Vell, killed a 9-year-old girl."
    assert "Jonas Vell" in export(name, story(text, "Jonas Vell", prop="perpetrators"))


@pytest.mark.parametrize(
    ("text", "young"),
    [
        ("Mina Tarn, 34, died.", False),
        ("Mina Tarn died. A child was hurt.", False),
        ("The attack came 9 days later. Mina Tarn died.", False),
        ("Mina Tarn, aged 9, died.", True),
        ("Mina Tarn, a teenager, died.", True),
    ],
)
def test_age_counts_only_beside_the_name(text: str, young: bool) -> None:
    document = a_document(text)
    account = an_incident(document, said(document, "victims", PersonValue("Mina Tarn"), "Mina Tarn"))
    one = told(document, account)[0]
    shown = Shown(PersonValue("Mina Tarn"), (Cited(document, one.reading, account, account.statements[0]),))
    assert is_minor(shown, strict=False) is young


@pytest.mark.parametrize("name", FORMATS)
def test_figures_of_the_perpetrators_side_are_labelled_and_their_quotes_short(name: str) -> None:
    words = " ".join(f"w{n}" for n in range(60))
    document = a_document(f"In Port Amsel they say they killed 20 {words}.")
    accounts = told(
        document,
        an_incident(
            document,
            said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
            said(document, "killed", CountValue(20, 20), f"killed 20 {words}", voice=CLAIMANT),
        ),
    )
    out = export(name, accounts)
    assert "per claimant" in out
    assert f"w{QUOTE_CAP - 3}" in out
    assert f"w{QUOTE_CAP - 2}" not in out


@pytest.mark.parametrize("name", FORMATS)
def test_restricted_documents_show_hash_and_page_not_words(name: str) -> None:
    accounts = story("A bomb in Port Amsel killed a secret number.", restricted=True)
    out = export(name, accounts)
    assert "secret" not in out
    assert "[restricted: document " in out
    assert "secret" in export(name, accounts, Options(include_restricted=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_house_is_not_located(name: str) -> None:
    document = a_document("A bomb at 14 Tanner Street in Port Amsel.")
    accounts = told(
        document,
        an_incident(
            document,
            said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
            said(
                document, "sites", PlaceValue("14 Tanner Street", "site", "FR", 48.861234, 2.351234), "14 Tanner Street"
            ),
        ),
    )
    assert "Tanner" not in export(name, accounts)
    assert "48.861" not in export(name, accounts)


@pytest.mark.parametrize("name", FORMATS)
def test_a_withheld_value_is_told_from_one_that_is_not_stated(name: str) -> None:
    out = export(name, story("A bomb in Port Amsel killed Mina Tarn.", "Mina Tarn"))
    assert "withheld" in out.replace("[name withheld]", "")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("one", "other"), [("Ash Front", "Reed Corps"), ("Ash Front", "Army of Lenn")])
def test_every_group_is_written_by_the_same_rules(name: str, one: str, other: str) -> None:
    def tell(group: str) -> list[Told]:
        document = a_document(f"A bomb in Port Amsel. {group} said it did it.")
        return told(
            document,
            an_incident(document, said(document, "place", TOWNS["Port Amsel"], "Port Amsel")),
            about(
                document,
                "claim",
                said(document, "status", CodeValue("claimed"), "said", voice=AUTHOR),
                said(document, "by", ActorValue(group), group),
                key="c",
            ),
        )

    def neutral(group: str) -> str:
        plain = re.sub(r"[0-9a-f]{64}", "HASH", export(name, tell(group)).replace(group, "GROUP"))
        return re.sub(r'"(start|end)": \d+', r'"\1": 0', plain)

    assert neutral(one) == neutral(other)


def test_no_number_is_ever_told_of_a_person() -> None:
    for prop in bundled_schema().properties():
        if prop.type.name == "person":
            assert prop.type.columns() == ("",)
            assert prop.type.bounds(PersonValue("Jonas Vell")) == (None, None)
    header = export("csv", []).splitlines()[0]
    assert not any(word in header for word in ("score", "risk", "rank", "threat_level", "probability"))


def spoken(
    speaker: str, *victims: str, age: str = "41", restricted: bool = False, publisher: str | None = None
) -> list[Told]:
    names = " and ".join(victims) or "nobody"
    text = f"A bomb in Port Amsel hurt {names}. Five died, said {speaker}, {age}, on the day."
    document = replace(
        a_document(text, "f/leak-by-carlo-reed.txt" if restricted else "story.txt", restricted=restricted),
        title="Notes of Carlo Reed" if restricted else None,
        publisher=publisher,
        url="https://example.org/carlo-reed" if restricted else None,
    )
    statements = [said(document, "place", TOWNS["Port Amsel"], "Port Amsel")]
    statements += [said(document, "victims", PersonValue(v), v) for v in victims]
    statements.append(said(document, "killed", CountValue(5, 5), "Five", voice=Voice("quoted", speaker)))
    return told(document, an_incident(document, *statements))


@pytest.mark.parametrize("name", FORMATS)
def test_a_victim_who_speaks_is_not_named_as_the_speaker(name: str) -> None:
    out = export(name, spoken("Mina Tarn", "Mina Tarn"))
    assert "Tarn" not in out
    assert "quoting [name withheld]" in out
    assert "quoting Mina Tarn" in export(name, spoken("Mina Tarn", "Mina Tarn"), Options(victims_reason="memorial"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_minor_who_only_speaks_is_not_named_even_with_a_reason(name: str) -> None:
    assert "Tarn" not in export(name, spoken("Mina Tarn", age="9"), Options(victims_reason="memorial"))
    assert "quoting Mina Tarn" in export(name, spoken("Mina Tarn", age="39"))


@pytest.mark.parametrize("name", FORMATS)
def test_a_victim_whose_mention_is_not_shown_is_masked_all_the_same(name: str) -> None:
    document = a_document("A bomb in Port Amsel did not kill Mina Tarn, as was said.")
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "victims", PersonValue("Mina Tarn"), "Mina Tarn", stance="denied"),
        said(document, "killed", CountValue(1, 1), document.text),
    )
    assert "Tarn" not in export(name, told(document, an_incident(document, *statements)))


@pytest.mark.parametrize("name", FORMATS)
def test_restricted_documents_do_not_tell_their_sources(name: str) -> None:
    accounts = spoken("Carlo Reed", restricted=True, publisher="Reed Notes")
    out = export(name, accounts)
    assert "reed" not in out.lower()
    assert accounts[0].document.id in out
    assert "quoting [speaker withheld]" in out
    assert "quoting Carlo Reed" in export(name, accounts, Options(include_restricted=True))


def test_a_restricted_document_is_an_id_and_nothing_more() -> None:
    accounts = spoken("Carlo Reed", restricted=True, publisher="Reed Notes")
    (document,) = json.loads(export("jsonl", accounts))["documents"]
    told_of = {k: v for k, v in document.items() if v is not None}
    assert told_of == {"id": accounts[0].document.id, "name": "[restricted document]", "restricted": True}
    (open_one,) = json.loads(export("jsonl", accounts, Options(include_restricted=True)))["documents"]
    assert open_one["url"] == "https://example.org/carlo-reed"


@pytest.mark.parametrize("name", FORMATS)
def test_a_restricted_quote_leaves_no_hash_that_a_dictionary_finds(name: str) -> None:
    out = export(name, spoken("Carlo Reed", restricted=True))
    hashed = {sha256(word) for word in ("Five", "five", "Port Amsel", "Port", "Amsel")}
    assert not hashed & set(re.findall(r"[0-9a-f]{64}", out))
    assert re.search(r"\[restricted: document [0-9a-f]{64}, characters \d+-\d+\]", out)


def from_file(name: str, url: str | None = None) -> list[Told]:
    document = replace(a_document("A bomb in Port Amsel killed Mína Tarn-Vale.", name), url=url)
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "victims", PersonValue("Mína Tarn-Vale"), "Mína Tarn-Vale"),
    )
    return told(document, an_incident(document, *statements))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("file", ["f/mina-tarn-vale-murdered.txt", "f/MINA_TARN.VALE.txt", "f/tarnvale.txt"])
def test_file_names_and_addresses_do_not_name_victims(name: str, file: str) -> None:
    accounts = from_file(file, f"https://example.org/{file}")
    assert "tarn" not in export(name, accounts).lower()
    assert file in export(name, accounts, Options(victims_reason="memorial page"))


@pytest.mark.parametrize("name", FORMATS)
def test_other_file_names_stay(name: str) -> None:
    assert "f/port-amsel.txt" in export(name, from_file("f/port-amsel.txt"))


def test_a_value_is_whole_or_withheld() -> None:
    reason = Options(victims_reason="memorial page")
    document = a_document("A bomb in Port Amsel, set by Pedro Tarn, killed Mina Tarn, 9.")
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "perpetrators", PersonValue("Pedro Tarn"), "Pedro Tarn"),
        said(document, "victims", PersonValue("Mina Tarn"), "Mina Tarn"),
        said(document, "killed", CountValue(1, 1), document.text),
    )
    accounts = told(document, an_incident(document, *statements))
    (row,) = csv.DictReader(io.StringIO(export("csv", accounts, reason), newline=""))
    assert row["perpetrators"] == "[1 withheld]"
    assert "set by Pedro [name withheld], killed [name withheld], 9" in row["killed_evidence"]
    line = json.loads(export("jsonl", accounts, reason))
    assert line["values"]["perpetrators"] == []
    assert line["values"]["withheld"] == {"perpetrators": 1, "victims": 1}
    assert {s["property"] for s in line["statements"]} == {"place", "killed"}


def test_the_last_word_of_a_description_is_no_name() -> None:
    document = a_document("A bomb in Port Amsel killed a man from Lenn. Lenn mourned.")
    statements = (
        said(document, "place", TOWNS["Port Amsel"], "Port Amsel"),
        said(document, "victims", PersonValue("a man from Lenn", named=False), "a man from Lenn"),
        said(document, "killed", CountValue(1, 1), "Lenn mourned"),
    )
    assert "Lenn mourned" in export("csv", told(document, an_incident(document, *statements)))


@pytest.mark.parametrize("name", FORMATS)
def test_a_place_called_after_a_victim_is_withheld_and_a_town_of_that_name_is_not(name: str) -> None:
    document = a_document("A bomb in Tarn at the home of Mina Tarn in Tarn.")
    statements = (
        said(document, "place", PlaceValue("Tarn", "city", "FR", 48.86, 2.35), "Tarn"),
        said(document, "sites", PlaceValue("home of Mina Tarn", "site", "FR"), "home of Mina Tarn"),
        said(document, "victims", PersonValue("Mina Tarn"), "Mina Tarn"),
    )
    out = export(name, told(document, an_incident(document, *statements)))
    assert "home of" not in out.replace("home of [name withheld]", "")
    assert "Mina" not in out
    if name == "jsonl":
        values = json.loads(out)["values"]
        assert values["place"]["value"]["name"] == "Tarn"
        assert values["withheld"]["sites"] == 1


@pytest.mark.parametrize(
    ("origin", "rule"),
    [
        ("unsupported", "number: 'Mina Tarn' gives 1, not 9"),
        ("inferred", "undecided: the words around 'Mina Tarn' tell of another harm"),
    ],
)
def test_the_reason_of_a_check_names_no_victim_and_quotes_no_restricted_document(origin: str, rule: str) -> None:
    text = "A bomb in Port Amsel killed Mina Tarn, 41."
    for restricted in (False, True):
        document = a_document(text, restricted=restricted)
        checked = said(document, "wounded", CountValue(1, 1), "Mina Tarn", origin=origin, rule=rule, confidence=0.05)
        place = said(document, "place", TOWNS["Port Amsel"], "Port Amsel")
        victim = said(document, "victims", PersonValue("Mina Tarn"), "Mina Tarn")
        accounts = told(document, an_incident(document, place, victim, checked))
        out = export("jsonl", accounts, Options(include_proposed=True))

        assert "Mina" not in out
        kept = rule.partition(":")[0] if restricted else rule.replace("Mina Tarn", "[name withheld]")
        assert f'"rule": {json.dumps(kept)}' in out
