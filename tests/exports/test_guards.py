"""What may not leave the casebook does not leave it, in any format."""

from __future__ import annotations

import io
import re

import pytest
from telling import CLAIMANT, TOWNS, a_document, about, an_incident, said, told

from ascribe.exports import EXPORTERS, Options, exporter
from ascribe.exports.guards import QUOTE_CAP, is_minor
from ascribe.exports.summary import Cited, Shown
from ascribe.model import AUTHOR, ActorValue, CodeValue, CountValue, Incident, PersonValue, PlaceValue, Told
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
    assert "[restricted: sha256 " in out
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
