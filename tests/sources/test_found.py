"""An incident as far as it is found."""

from __future__ import annotations

from telling import a_document, about, an_incident, said, told

from ascribe.model import ActorValue, CodeValue, CountValue, Incident
from ascribe.sources import found_only

TEXT = "A bomb killed 5 and hurt 30. The Ash Front claimed it."


def test_what_is_proposed_or_unsupported_is_left_out_with_what_hangs_on_it() -> None:
    document = a_document(TEXT)
    incident = an_incident(
        document,
        said(document, "killed", CountValue(5, 5), "5", confidence=0.9),
        said(document, "wounded", CountValue(30, 30), "30", confidence=0.2),
        said(document, "tactics", CodeValue("arson"), "bomb", origin="unsupported"),
    )
    claim = about(
        document, "claim", said(document, "by", ActorValue("Ash Front"), "Ash Front", confidence=0.1), key="c"
    )
    whole = Incident("x", tuple(told(document, incident, claim)))
    (kept,) = found_only(whole, 0.5).accounts
    assert [s.property for s in kept.account.statements] == ["killed"]
    assert kept.reading.about("i1", "claim") == ()
    assert [s.property for s in kept.reading.of_kind("incident")[0].statements] == ["killed"]
    (kept,) = found_only(whole, 0.0).accounts
    assert [s.property for s in kept.account.statements] == ["killed", "wounded"]
    assert len(kept.reading.about("i1", "claim")) == 1


def test_where_all_is_found_nothing_is_made_anew() -> None:
    document = a_document(TEXT)
    whole = Incident("x", tuple(told(document, an_incident(document, said(document, "killed", CountValue(5, 5), "5")))))
    assert found_only(whole, 0.5).accounts[0] is whole.accounts[0]
